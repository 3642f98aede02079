"""The Promise constructor and its prototype (ECMA-262 section 27.2)."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.describe import describe
from odw.ecma.abstract_ops.iteration_errors import incompatible_receiver
from odw.ecma.abstract_ops.object_operations import (
    ordinary_create_from_constructor,
    species_constructor,
)
from odw.ecma.abstract_ops.promise_operations import (
    PromiseObject,
    create_resolving_functions,
    invoke_then,
    is_pristine,
    new_promise,
    new_promise_capability,
    perform_promise_then,
    promise_resolve,
    reject_promise,
)
from odw.ecma.completion import SCRIPT_ERRORS, JsThrow, thrown_value, type_error
from odw.ecma.intrinsics.builders import builtin, constructor, define_methods, define_tag, new_prototype
from odw.ecma.intrinsics.promise_combinators import COMBINATORS
from odw.ecma.realm import R
from odw.ecma.values import (
    JSFunction,
    JSObject,
    ObjectBase,
    Property,
    WellKnown,
    is_callable,
    undefined,
)


def call_promise(this: Any, *_: Any) -> Any:
    raise type_error("Promise constructor cannot be invoked without 'new'")


def construct_promise(args: Any, new_target: Any) -> Any:
    """Promise (27.2.3.1)."""
    executor = args[0] if args else undefined
    if not isinstance(executor, JSFunction):
        raise type_error(f"Promise resolver {describe(executor)} is not a function")
    if new_target is R.promise_constructor:
        promise = new_promise()
    else:
        promise = ordinary_create_from_constructor(new_target, "promise_prototype", PromiseObject)
    resolve, reject = create_resolving_functions(promise)
    try:
        executor.call(undefined, resolve, reject)
    except SCRIPT_ERRORS as error:
        reject.call(undefined, thrown_value(error))
    return promise


def promise_then(this: Any, on_fulfilled: Any = undefined, on_rejected: Any = undefined, *_: Any) -> Any:
    """Promise.prototype.then (27.2.5.4)."""
    if is_pristine(this):
        derived = new_promise()
        perform_promise_then(this, on_fulfilled, on_rejected, derived)
        return derived
    if not isinstance(this, PromiseObject):
        raise incompatible_receiver("Promise.prototype.then", this)
    species = species_constructor(this, R.promise_constructor)
    capability = new_promise_capability(species)
    perform_promise_then(this, on_fulfilled, on_rejected, capability)
    return capability.promise


def promise_catch(this: Any, on_rejected: Any = undefined, *_: Any) -> Any:
    """Promise.prototype.catch (27.2.5.1)."""
    return _invoke_then(this, undefined, on_rejected)


def promise_finally(this: Any, on_finally: Any = undefined, *_: Any) -> Any:
    """Promise.prototype.finally (27.2.5.3)."""
    if not isinstance(this, ObjectBase):
        raise type_error("Promise.prototype.finally called on non-object")
    species = species_constructor(this, R.promise_constructor)
    if not isinstance(on_finally, JSFunction):
        return _invoke_then(this, on_finally, on_finally)

    def then_finally(_this: Any, value: Any = undefined, *_: Any) -> Any:
        def return_value(_this: Any, *_: Any) -> Any:
            return value

        promise = promise_resolve(species, on_finally.call(undefined))
        return _invoke_then(promise, builtin(return_value, "", 0))

    def catch_finally(_this: Any, reason: Any = undefined, *_: Any) -> Any:
        def throw_reason(_this: Any, *_: Any) -> Any:
            raise JsThrow(reason)

        promise = promise_resolve(species, on_finally.call(undefined))
        return _invoke_then(promise, builtin(throw_reason, "", 0))

    return _invoke_then(this, builtin(then_finally, "", 1), builtin(catch_finally, "", 1))


def _invoke_then(promise: Any, *handlers: Any) -> Any:
    if is_pristine(promise):
        return promise_then(promise, *handlers)
    return invoke_then(promise, *handlers)


def static_resolve(this: Any, value: Any = undefined, *_: Any) -> Any:
    """Promise.resolve (27.2.4.7)."""
    if not isinstance(this, ObjectBase):
        raise type_error("PromiseResolve called on non-object")
    return promise_resolve(this, value)


def static_reject(this: Any, reason: Any = undefined, *_: Any) -> Any:
    """Promise.reject (27.2.4.6)."""
    if this is R.promise_constructor:
        promise = new_promise()
        reject_promise(promise, reason)
        return promise
    if not isinstance(this, ObjectBase):
        raise type_error("PromiseReject called on non-object")
    capability = new_promise_capability(this)
    capability.reject.call(undefined, reason)
    return capability.promise


def static_with_resolvers(this: Any, *_: Any) -> Any:
    """Promise.withResolvers (27.2.4.8)."""
    capability = new_promise_capability(this)
    return JSObject(
        {"promise": capability.promise, "resolve": capability.resolve, "reject": capability.reject}
    )


def static_try(this: Any, callback: Any = undefined, *args: Any) -> Any:
    """Promise.try (27.2.4.9)."""
    if not isinstance(this, ObjectBase):
        raise type_error("Promise.try called on non-object")
    capability = new_promise_capability(this)
    try:
        if not is_callable(callback):
            raise type_error(f"{describe(callback)} is not a function")
        result = callback.call(undefined, *args)
    except SCRIPT_ERRORS as error:
        capability.reject.call(undefined, thrown_value(error))
    else:
        capability.resolve.call(undefined, result)
    return capability.promise


def species(this: Any, *_: Any) -> Any:
    return this


def install(realm: Any) -> None:
    prototype = realm.promise_prototype = new_prototype()
    function = constructor("Promise", 1, prototype, call_promise, construct_promise)
    realm.promise_constructor = function
    define_methods(
        function,
        {
            **COMBINATORS,
            "reject": (static_reject, 1),
            "resolve": (static_resolve, 1),
            "withResolvers": (static_with_resolvers, 0),
            "try": (static_try, 1),
        },
    )
    realm.promise_static_resolve = function["resolve"].value
    realm.promise_species = builtin(species, "get [Symbol.species]", 0)
    function[WellKnown.species] = Property(getter=realm.promise_species, setter=undefined, configurable=True)
    define_methods(
        prototype,
        {"then": (promise_then, 2), "catch": (promise_catch, 1), "finally": (promise_finally, 1)},
    )
    realm.promise_then = prototype["then"].value
    define_tag(prototype, "Promise")
