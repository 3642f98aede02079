"""Function.prototype and the Function constructor, which refuses (ECMA-262 section 20.2)."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.calls import not_callable
from odw.ecma.abstract_ops.describe import describe
from odw.ecma.abstract_ops.function_text import function_text
from odw.ecma.abstract_ops.object_operations import create_list_from_array_like, get, ordinary_has_instance
from odw.ecma.abstract_ops.testing_comparison import nullish, typeof
from odw.ecma.abstract_ops.type_conversion import to_integer_or_infinity
from odw.ecma.completion import JsThrow, throw, type_error
from odw.ecma.functions import BoundFunction
from odw.ecma.intrinsics.builders import builtin, define_methods
from odw.ecma.values import JSFunction, Property, WellKnown, undefined


def not_applicable(value: Any) -> JsThrow:
    """V8's error for a list of arguments and no function to take it."""
    kind = typeof(value)
    what = "null" if value is None else "an object" if kind == "object" else f"a {kind}"
    shown = describe(value)
    return type_error(f"Function.prototype.apply was called on {shown}, which is {what} and not a function")


def call(this: Any, this_arg: Any = undefined, *args: Any) -> Any:
    """https://tc39.es/ecma262/#sec-function.prototype.call"""
    if not isinstance(this, JSFunction):
        raise not_callable(this)
    return this.call(this_arg, *args)


def apply(this: Any, this_arg: Any = undefined, arg_array: Any = undefined, *_: Any) -> Any:
    """https://tc39.es/ecma262/#sec-function.prototype.apply"""
    if not isinstance(this, JSFunction):
        raise not_callable(this) if nullish(arg_array) else not_applicable(this)
    if arg_array is undefined or arg_array is None:
        return this.call(this_arg)
    return this.call(this_arg, *create_list_from_array_like(arg_array))


def bind(this: Any, this_arg: Any = undefined, *args: Any) -> Any:
    """https://tc39.es/ecma262/#sec-function.prototype.bind"""
    target = this
    if not isinstance(target, JSFunction):
        raise type_error("Bind must be called on a function")
    bound = BoundFunction(target, this_arg, args)
    length: Any = 0
    if target.js_get_own_property("length") is not None:  # type: ignore[attr-defined]
        own = get(target, "length")
        if type(own) is int or type(own) is float:
            length = max(to_integer_or_infinity(own) - len(args), 0)
    name = get(target, "name")
    bound["length"] = Property(length, configurable=True)
    bound["name"] = Property(f"bound {name if type(name) is str else ''}", configurable=True)
    return bound


def to_string(this: Any, *_: Any) -> str:
    """https://tc39.es/ecma262/#sec-function.prototype.tostring"""
    if not isinstance(this, JSFunction):
        raise type_error("Function.prototype.toString requires that 'this' be a Function")
    return function_text(this)


def has_instance(this: Any, v: Any = undefined, *_: Any) -> bool:
    """https://tc39.es/ecma262/#sec-function.prototype-%symbol.hasinstance%"""
    return ordinary_has_instance(this, v)


def refuse_code(this: Any, *_: Any) -> Any:
    """NON-SPEC: no text becomes code (HostEnsureCanCompileStrings, 19.2.1.2, always refuses)."""
    raise throw("EvalError", "Code generation from strings disallowed for this context")


def _refuse_construction(args: Any, new_target: Any) -> Any:
    return refuse_code(undefined)


def refusing_constructor(realm: Any, name: str, prototype: Any, parent: Any) -> JSFunction:
    """A constructor of functions from text: Function, AsyncFunction, GeneratorFunction, …"""
    constructor = builtin(refuse_code, name, 1, _refuse_construction)
    if parent is not None:
        constructor._proto = parent
    constructor.materialize()  # type: ignore[attr-defined]
    constructor["prototype"] = Property(prototype)
    return constructor


def fill_prototype(realm: Any) -> None:
    prototype = realm.function_prototype
    prototype.materialize()
    restricted = Property(
        getter=realm.throw_type_error, setter=realm.throw_type_error, enumerable=False, configurable=True
    )
    prototype["arguments"] = restricted
    prototype["caller"] = restricted
    realm.function_constructor = refusing_constructor(realm, "Function", prototype, None)
    prototype["constructor"] = Property(realm.function_constructor, True, False, True)
    define_methods(
        prototype, {"apply": (apply, 2), "bind": (bind, 1), "call": (call, 1), "toString": (to_string, 0)}
    )
    realm.function_has_instance = builtin(has_instance, "[Symbol.hasInstance]", 1)
    prototype[WellKnown.has_instance] = Property(realm.function_has_instance)


def install(realm: Any) -> None:
    """``bootstrap`` has done it: every realm has %Function% from the start."""
