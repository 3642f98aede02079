"""Type conversion (ECMA-262 section 7.1). https://tc39.es/ecma262/#sec-type-conversion"""

from __future__ import annotations

from math import inf, isfinite, nan
from typing import Any

from odw.ecma.abstract_ops.describe import call_site_text, describe
from odw.ecma.abstract_ops.number_text import (
    WHITE_SPACE,
    array_index,
    bigint_to_string,
    int_to_float,
    is_array_index,
    normalise,
    number_to_string,
    string_to_bigint,
    string_to_number,
)
from odw.ecma.code_points import joined
from odw.ecma.completion import range_error, syntax_error, type_error
from odw.ecma.realm import R
from odw.ecma.values import MAX_SAFE, BigInt, JSFunction, ObjectBase, Symbol, WellKnown, undefined
from odw.ecma.wrappers import BigIntObject, BooleanObject, NumberObject, StringObject, SymbolObject

MAX_LENGTH = MAX_SAFE - 1  # 2**53 - 1, the largest length


def to_primitive(v: Any, hint: str = "default") -> Any:
    """ToPrimitive (7.1.1); ``hint`` is "default", "string" or "number"."""
    if not isinstance(v, ObjectBase):
        return v
    exotic = v.js_get(WellKnown.to_primitive, v)  # type: ignore[attr-defined]
    if exotic is None or exotic is undefined:
        return ordinary_to_primitive(v, "number" if hint == "default" else hint)
    if not isinstance(exotic, JSFunction):
        raise type_error(f"{call_site_text(exotic)} is not a function")
    result = exotic.call(v, hint)
    if isinstance(result, ObjectBase):
        raise type_error("Cannot convert object to primitive value")
    return result


def ordinary_to_primitive(o: Any, hint: str) -> Any:
    """OrdinaryToPrimitive (7.1.1.1)."""
    for name in ("toString", "valueOf") if hint == "string" else ("valueOf", "toString"):
        method = o.js_get(name, o)
        if isinstance(method, JSFunction):
            result = method.call(o)
            if not isinstance(result, ObjectBase):
                return result
    raise type_error("Cannot convert object to primitive value")


def truthy(v: Any) -> bool:
    """ToBoolean (7.1.2)."""
    if v is True or v is False:
        return v
    t = type(v)
    if t is str:
        return v != ""  # type: ignore[no-any-return]
    if t is int:
        return v != 0  # type: ignore[no-any-return]
    if v is undefined or v is None:
        return False
    if t is float:
        return v == v and v != 0  # type: ignore[no-any-return]
    return t is not BigInt or v.value != 0


to_boolean = truthy


def to_numeric(v: Any) -> Any:
    """ToNumeric (7.1.3): a number or a BigInt."""
    t = type(v)
    if t is int or t is float or t is BigInt:
        return v
    primitive = to_primitive(v, "number")
    return primitive if type(primitive) is BigInt else to_number(primitive)


def to_number(v: Any) -> int | float:
    """ToNumber (7.1.4), normalised."""
    t = type(v)
    if t is int or t is float:
        return v  # type: ignore[no-any-return]
    if t is str:
        return string_to_number(v)
    if v is undefined:
        return nan
    if v is None or v is False:
        return 0
    if v is True:
        return 1
    if t is Symbol:
        raise type_error("Cannot convert a Symbol value to a number")
    if t is BigInt:
        raise type_error("Cannot convert a BigInt value to a number")
    return to_number(to_primitive(v, "number"))


def to_integer_or_infinity(v: Any) -> Any:
    """ToIntegerOrInfinity (7.1.5): an int of any size, or a float that is infinite."""
    if type(v) is int:
        return v
    number = to_number(v)
    if type(number) is int:
        return number
    if number != number:
        return 0
    return int(number) if isfinite(number) else number


def to_int32(v: Any) -> int:
    """ToInt32 (7.1.6)."""
    if type(v) is int and -0x80000000 <= v <= 0x7FFFFFFF:
        return v
    return ((to_uint32(v) + 0x80000000) & 0xFFFFFFFF) - 0x80000000


def to_uint32(v: Any) -> int:
    """ToUint32 (7.1.7)."""
    number = to_number(v)
    if type(number) is float:
        if not isfinite(number):
            return 0
        number = int(number)
    return int(number) & 0xFFFFFFFF


def to_int16(v: Any) -> int:
    return ((to_uint32(v) + 0x8000) & 0xFFFF) - 0x8000


def to_uint16(v: Any) -> int:
    """ToUint16 (7.1.9)."""
    return to_uint32(v) & 0xFFFF


def to_bigint(v: Any) -> BigInt:
    """ToBigInt (7.1.13)."""
    primitive = to_primitive(v, "number")
    t = type(primitive)
    if t is BigInt:
        return primitive  # type: ignore[no-any-return]
    if t is bool:
        return BigInt(int(primitive))
    if t is str:
        value = string_to_bigint(primitive)
        if value is None:
            raise syntax_error(f"Cannot convert {primitive} to a BigInt")
        return BigInt(value)
    raise type_error(f"Cannot convert {describe(primitive)} to a BigInt")


def number_to_bigint(number: int | float) -> BigInt:
    """NumberToBigInt (21.2.1.1.1)."""
    if type(number) is float and not number.is_integer():
        raise range_error(
            f"The number {number_to_string(number)} cannot be converted to a BigInt because it is not an integer"
        )
    return BigInt(int(number))


def to_string(v: Any) -> str:
    """ToString (7.1.17)."""
    t = type(v)
    if t is str:
        return v  # type: ignore[no-any-return]
    if t is int:
        return int.__repr__(v)
    if t is float:
        return number_to_string(v)
    if v is undefined:
        return "undefined"
    if v is None:
        return "null"
    if t is bool:
        return "true" if v else "false"
    if t is Symbol:
        raise type_error("Cannot convert a Symbol value to a string")
    if t is BigInt:
        return bigint_to_string(v.value)
    return to_string(to_primitive(v, "string"))


def to_object(v: Any) -> Any:
    """ToObject (7.1.18)."""
    if isinstance(v, ObjectBase):
        return v
    t = type(v)
    if t is str:
        return StringObject(v, R.string_prototype)
    if t is int or t is float:
        return NumberObject(v, R.number_prototype)
    if t is bool:
        return BooleanObject(v, R.boolean_prototype)
    if t is Symbol:
        return SymbolObject(v, R.symbol_prototype)
    if t is BigInt:
        return BigIntObject(v, R.bigint_prototype)
    raise type_error("Cannot convert undefined or null to object")


def to_property_key(v: Any) -> Any:
    """ToPropertyKey (7.1.19): a str or a Symbol."""
    t = type(v)
    if t is str or t is Symbol:
        return v
    if t is int:
        return int.__repr__(v)
    primitive = to_primitive(v, "string")
    return primitive if type(primitive) is Symbol else to_string(primitive)


def to_length(v: Any) -> int:
    """ToLength (7.1.20)."""
    length = v if type(v) is int else to_integer_or_infinity(v)
    return 0 if length <= 0 else int(min(length, MAX_LENGTH))


def to_index(v: Any) -> int:
    """ToIndex (7.1.22); RangeError outside 0 … 2**53 - 1."""
    if v is undefined:
        return 0
    integer = to_integer_or_infinity(v)
    if not 0 <= integer <= MAX_LENGTH:
        raise range_error("Invalid value: not (convertible to) a safe integer")
    return int(integer)


def clamp_index(v: Any, length: int, default: int = 0) -> int:
    """A relative index argument (``slice``'s start): negative counts from the end; clamped to 0 … ``length``."""
    if v is undefined:
        return default
    index = v if type(v) is int else to_integer_or_infinity(v)
    if index < 0:
        return int(max(index + length, 0)) if index != -inf else 0
    return int(min(index, length))


def from_host_string(text: str) -> str:
    """Code points → UTF-16 code units, the library's representation of a string."""
    if text.isascii() or max(text) <= "\uffff":
        return text
    units: list[str] = []
    for c in text:
        if c <= "\uffff":
            units.append(c)
        else:
            code = ord(c) - 0x10000
            units.append(chr(0xD800 + (code >> 10)))
            units.append(chr(0xDC00 + (code & 0x3FF)))
    return "".join(units)


def to_host_string(text: str) -> str:
    """UTF-16 code units → code points; lone surrogates become U+FFFD, so that the text can be encoded."""
    if text.isascii():
        return text
    return joined(text, "replace")


__all__ = [
    "MAX_LENGTH",
    "WHITE_SPACE",
    "array_index",
    "bigint_to_string",
    "clamp_index",
    "from_host_string",
    "int_to_float",
    "is_array_index",
    "normalise",
    "number_to_bigint",
    "number_to_string",
    "ordinary_to_primitive",
    "string_to_bigint",
    "string_to_number",
    "to_bigint",
    "to_boolean",
    "to_host_string",
    "to_index",
    "to_int16",
    "to_int32",
    "to_integer_or_infinity",
    "to_length",
    "to_number",
    "to_numeric",
    "to_object",
    "to_primitive",
    "to_property_key",
    "to_string",
    "to_uint16",
    "to_uint32",
    "truthy",
]
