"""Testing and comparison operations (ECMA-262 section 7.2). https://tc39.es/ecma262/#sec-testing-and-comparison-operations"""

from __future__ import annotations

from math import copysign
from typing import Any

from odw.ecma.completion import type_error
from odw.ecma.values import (
    BigInt,
    JSArray,
    JSFunction,
    ObjectBase,
    Symbol,
    Undefined,
    is_callable,
    is_constructor,
    is_object,
    undefined,
)

_TYPE_NAMES = {
    Undefined: "undefined",
    type(None): "object",
    bool: "boolean",
    int: "number",
    float: "number",
    str: "string",
    Symbol: "symbol",
    BigInt: "bigint",
}


def typeof(v: Any) -> str:
    """The ``typeof`` operator (13.5.3)."""
    name = _TYPE_NAMES.get(type(v))
    if name is not None:
        return name
    return "function" if isinstance(v, JSFunction) else "object"


def nullish(v: Any) -> bool:
    return v is None or v is undefined


def require_object_coercible(v: Any, what: str = "") -> Any:
    """RequireObjectCoercible (7.2.1); ``what`` names the method in the error: "String.prototype.trim"."""
    if v is None or v is undefined:
        if what:
            raise type_error(f"{what} called on null or undefined")
        raise type_error("Cannot convert undefined or null to object")
    return v


def is_array(v: Any) -> bool:
    """IsArray (7.2.2); sees through proxies."""
    if isinstance(v, JSArray):
        return True
    while isinstance(v, ObjectBase) and v.class_name == "Proxy":  # type: ignore[attr-defined]
        v = v.target  # type: ignore[attr-defined]
        if v is None:
            raise type_error("Cannot perform 'IsArray' on a proxy that has been revoked")
    return isinstance(v, JSArray)


def is_integral_number(v: Any) -> bool:
    """IsIntegralNumber (7.2.6)."""
    if type(v) is int:
        return True
    return type(v) is float and v.is_integer()


def is_property_key(v: Any) -> bool:
    return type(v) is str or type(v) is Symbol


def strict_equals(a: Any, b: Any) -> bool:
    """IsStrictlyEqual (7.2.15), the ``===`` operator."""
    if a is b:
        return type(a) is not float or a == a
    ta = type(a)
    tb = type(b)
    if ta is tb:  # objects, symbols and the like are equal only to themselves
        return (ta is str or ta is int or ta is float or ta is BigInt) and a == b
    if ta is int:
        return tb is float and a == b
    return ta is float and tb is int and a == b


def same_value(a: Any, b: Any) -> bool:
    """SameValue (7.2.11), ``Object.is``: NaN equals itself and -0 differs from 0."""
    if a is b:
        return True
    if type(a) is float or type(b) is float:
        if type(a) is not float or type(b) is not float:
            return False  # the one representation of a number: an int is never the value of a float
        if a != a:
            return b != b
        return a == b and copysign(1.0, a) == copysign(1.0, b)
    return strict_equals(a, b)


def same_value_zero(a: Any, b: Any) -> bool:
    """SameValueZero (7.2.12), of ``includes``, Map and Set: NaN equals itself, -0 equals 0."""
    return strict_equals(a, b) or (type(a) is float and type(b) is float and a != a and b != b)


__all__ = [
    "is_array",
    "is_callable",
    "is_constructor",
    "is_integral_number",
    "is_object",
    "is_property_key",
    "nullish",
    "require_object_coercible",
    "same_value",
    "same_value_zero",
    "strict_equals",
    "typeof",
]
