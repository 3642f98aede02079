"""Promise objects and their operations (ECMA-262 section 27.2.1).

A reaction is a tuple ``(context, on_fulfilled, on_rejected, subject)`` of two plain Python functions
``(subject, argument)`` of which one becomes a job; so ``then``, ``await``, the combinators and a host share one mechanism
and only a ``then`` with script handlers pays for function objects.

Where the specification would make promises or functions that no script can ever see (the result of ``then`` inside
NewPromiseResolveThenableJob, say) and every method involved is untouched (``is_pristine``), they are not made. The jobs
are the same ones in the same order.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from odw.ecma import jobs
from odw.ecma.abstract_ops.describe import call_site_text, describe
from odw.ecma.abstract_ops.object_operations import construct, get
from odw.ecma.completion import SCRIPT_ERRORS, thrown_value, type_error
from odw.ecma.intrinsics.builders import builtin
from odw.ecma.realm import R
from odw.ecma.values import (
    JSFunction,
    ObjectBase,
    OrdinaryObject,
    Property,
    WellKnown,
    is_callable,
    is_constructor,
    undefined,
)

PENDING: Final = "pending"
FULFILLED: Final = "fulfilled"
REJECTED: Final = "rejected"

Run = Callable[[Any, Any], Any]


class PromiseObject(OrdinaryObject):
    """A promise (27.2.6): ``state`` is "pending", "fulfilled" or "rejected"; ``value`` the value or the reason."""

    __slots__ = ("is_handled", "reactions", "state", "value")
    class_name = "Promise"

    def __init__(self, proto: Any) -> None:
        self._proto = proto
        self.extensible = True
        self.state = PENDING
        self.value: Any = undefined
        self.reactions: list[tuple[Any, Run, Run, Any]] | None = None
        self.is_handled = False


class PromiseCapability:
    """PromiseCapability record (27.2.1.1): a promise and the functions that settle it."""

    __slots__ = ("promise", "reject", "resolve")

    def __init__(self, promise: Any, resolve: JSFunction, reject: JSFunction) -> None:
        self.promise = promise
        self.resolve = resolve
        self.reject = reject


def new_promise() -> PromiseObject:
    """A pending promise whose constructor is %Promise%."""
    return PromiseObject(R.promise_prototype)


def fulfill_promise(promise: PromiseObject, value: Any) -> None:
    """FulfillPromise (27.2.1.4); ``value`` is taken as it is, be it a thenable."""
    reactions = promise.reactions
    promise.reactions = None
    promise.state = FULFILLED
    promise.value = value
    if reactions:
        push = R.jobs.push
        for context, on_fulfilled, _, subject in reactions:
            push((context, on_fulfilled, subject, value))


def reject_promise(promise: PromiseObject, reason: Any) -> None:
    """RejectPromise (27.2.1.7). Does nothing to a promise that is settled already."""
    if promise.state != PENDING:
        return
    reactions = promise.reactions
    promise.reactions = None
    promise.state = REJECTED
    promise.value = reason
    if not promise.is_handled:
        R.jobs.reject(promise)
    if reactions:
        push = R.jobs.push
        for context, _, on_rejected, subject in reactions:
            push((context, on_rejected, subject, reason))


def resolve_promise(promise: PromiseObject, resolution: Any) -> None:
    """Promise Resolve Functions (27.2.1.3.2), for the one owner of a promise, who resolves or rejects it once."""
    if promise.state != PENDING:
        return
    if not isinstance(resolution, ObjectBase):
        fulfill_promise(promise, resolution)
        return
    if resolution is promise:
        reject_promise(promise, type_error("Chaining cycle detected for promise #<Promise>").value)
        return
    if is_pristine(resolution):
        R.jobs.push((jobs.current, _adopt, promise, resolution))
        return
    try:
        then = get(resolution, "then")
    except SCRIPT_ERRORS as error:
        reject_promise(promise, thrown_value(error))
        return
    if is_callable(then):
        R.jobs.push((jobs.current, _resolve_thenable, promise, (resolution, then)))
    else:
        fulfill_promise(promise, resolution)


def _resolve_thenable(promise: PromiseObject, thenable_and_then: tuple[Any, JSFunction]) -> None:
    """NewPromiseResolveThenableJob (27.2.2.2)."""
    thenable, then = thenable_and_then
    resolve, reject = create_resolving_functions(promise)
    try:
        then.call(thenable, resolve, reject)
    except SCRIPT_ERRORS as error:
        reject.call(undefined, thrown_value(error))


def _adopt(promise: PromiseObject, thenable: PromiseObject) -> None:
    """NewPromiseResolveThenableJob for a promise of ours whose ``then`` was the original when it was looked up."""
    if is_pristine(thenable):
        react(thenable, resolve_promise, reject_promise, promise)
    else:
        _resolve_thenable(promise, (thenable, R.promise_then))


def react(promise: PromiseObject, on_fulfilled: Run, on_rejected: Run, subject: Any) -> None:
    """PerformPromiseThen (27.2.5.4.1) with Python reactions: a job ``on_…(subject, value or reason)``."""
    state = promise.state
    if state == PENDING:
        reaction = (jobs.current, on_fulfilled, on_rejected, subject)
        if promise.reactions is None:
            promise.reactions = [reaction]
        else:
            promise.reactions.append(reaction)
    elif state == FULFILLED:
        R.jobs.push((jobs.current, on_fulfilled, subject, promise.value))
    else:
        if not promise.is_handled:
            R.jobs.handle(promise)
        R.jobs.push((jobs.current, on_rejected, subject, promise.value))
    promise.is_handled = True


def perform_promise_then(
    promise: PromiseObject,
    on_fulfilled: Any,
    on_rejected: Any,
    capability: PromiseCapability | PromiseObject | None = None,
) -> None:
    """PerformPromiseThen with script handlers, each ignored if not callable.

    A ``capability`` that is a promise stands for it and the functions of its own that nobody else has.
    """
    handlers = (
        on_fulfilled if is_callable(on_fulfilled) else None,
        on_rejected if is_callable(on_rejected) else None,
        capability,
    )
    react(promise, _on_fulfilled, _on_rejected, handlers)


def _on_fulfilled(handlers: tuple[Any, Any, Any], value: Any) -> None:
    """NewPromiseReactionJob (27.2.2.1) of a fulfilled promise."""
    handler, _, capability = handlers
    if handler is not None:
        _run_handler(handler, value, capability)
    elif capability is not None:
        resolve_capability(capability, value)


def _on_rejected(handlers: tuple[Any, Any, Any], reason: Any) -> None:
    """NewPromiseReactionJob of a rejected promise."""
    _, handler, capability = handlers
    if handler is not None:
        _run_handler(handler, reason, capability)
    elif capability is not None:
        reject_capability(capability, reason)


def _run_handler(handler: JSFunction, argument: Any, capability: Any) -> None:
    try:
        result = handler.call(undefined, argument)
    except SCRIPT_ERRORS as error:
        if capability is not None:
            reject_capability(capability, thrown_value(error))
        else:
            thrown_value(error)  # for a mistake of ours, which this raises
    else:
        if capability is not None:
            resolve_capability(capability, result)


def resolve_capability(capability: PromiseCapability | PromiseObject, value: Any) -> None:
    """Call(capability.[[Resolve]], undefined, « value »). A script's own function that throws is ignored."""
    if isinstance(capability, PromiseObject):
        resolve_promise(capability, value)
    else:
        _call_ignoring_errors(capability.resolve, value)


def reject_capability(capability: PromiseCapability | PromiseObject, reason: Any) -> None:
    """Call(capability.[[Reject]], undefined, « reason »). A script's own function that throws is ignored."""
    if isinstance(capability, PromiseObject):
        reject_promise(capability, reason)
    else:
        _call_ignoring_errors(capability.reject, reason)


def _call_ignoring_errors(function: JSFunction, argument: Any) -> None:
    # Both are called at the end of a job, and what a job throws goes nowhere.
    try:
        function.call(undefined, argument)
    except SCRIPT_ERRORS as error:
        thrown_value(error)  # for a mistake of ours, which this raises


def create_resolving_functions(promise: PromiseObject) -> tuple[JSFunction, JSFunction]:
    """CreateResolvingFunctions (27.2.1.3): resolve and reject, of which the first call of either counts."""
    resolved = False

    def resolve(this: Any, resolution: Any = undefined, *_: Any) -> Any:
        nonlocal resolved
        if not resolved:
            resolved = True
            resolve_promise(promise, resolution)
        return undefined

    def reject(this: Any, reason: Any = undefined, *_: Any) -> Any:
        nonlocal resolved
        if not resolved:
            resolved = True
            reject_promise(promise, reason)
        return undefined

    return builtin(resolve, "", 1), builtin(reject, "", 1)


def new_promise_capability(constructor: Any) -> PromiseCapability:
    """NewPromiseCapability (27.2.1.5)."""
    if constructor is R.promise_constructor:
        promise = new_promise()
        return PromiseCapability(promise, *create_resolving_functions(promise))
    if not is_constructor(constructor):
        raise type_error(f"{describe(constructor)} is not a constructor")
    settlers: list[Any] = [undefined, undefined]

    def executor(this: Any, resolve: Any = undefined, reject: Any = undefined, *_: Any) -> Any:
        if settlers[0] is not undefined or settlers[1] is not undefined:
            raise type_error("Promise executor has already been invoked with non-undefined arguments")
        settlers[:] = resolve, reject
        return undefined

    derived = construct(constructor, [builtin(executor, "", 2)])
    resolve, reject = settlers
    if not is_callable(resolve) or not is_callable(reject):
        raise type_error("Promise resolve or reject function is not callable")
    return PromiseCapability(derived, resolve, reject)


def promise_resolve(constructor: Any, value: Any) -> Any:
    """PromiseResolve (27.2.4.7.1): ``value`` itself if it is a promise that ``constructor`` made."""
    if isinstance(value, PromiseObject):
        if constructor is R.promise_constructor and has_native_constructor(value):
            return value
        if get(value, "constructor") is constructor:
            return value
    if constructor is R.promise_constructor:
        promise = new_promise()
        resolve_promise(promise, value)
        return promise
    capability = new_promise_capability(constructor)
    capability.resolve.call(undefined, value)
    return capability.promise


def invoke_then(promise: Any, *handlers: Any) -> Any:
    """Invoke(promise, "then", handlers)."""
    then = get(promise, "then")
    if not isinstance(then, JSFunction):
        raise type_error(f"{call_site_text(then)} is not a function")
    return then.call(promise, *handlers)


def has_native_constructor(promise: PromiseObject) -> bool:
    """Whether ``promise.constructor`` is %Promise% for certain, without a look-up that a script could see."""
    if promise._proto is not R.promise_prototype or dict.__len__(promise):
        return False
    constructor = R.promise_prototype.get("constructor")
    return type(constructor) is Property and constructor.value is R.promise_constructor


def is_pristine(value: Any) -> bool:
    """Whether ``value`` is a promise on which ``then`` and its species look-up are the original ones."""
    if type(value) is not PromiseObject or not has_native_constructor(value):
        return False
    then = R.promise_prototype.get("then")
    species = R.promise_constructor.get(WellKnown.species)
    return (
        type(then) is Property
        and then.value is R.promise_then
        and type(species) is Property
        and species.getter is R.promise_species
    )


def host_then(
    promise: PromiseObject, on_fulfilled: Callable[[Any], None], on_rejected: Callable[[Any], None]
) -> None:
    """For hosts: call one of two Python functions, in a job, when ``promise`` settles; marks it handled."""
    react(promise, _host_fulfilled, _host_rejected, (on_fulfilled, on_rejected))


def _host_fulfilled(callbacks: tuple[Callable[[Any], None], Any], value: Any) -> None:
    callbacks[0](value)


def _host_rejected(callbacks: tuple[Any, Callable[[Any], None]], reason: Any) -> None:
    callbacks[1](reason)
