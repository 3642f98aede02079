"""The operators of ECMA-262 chapter 13 on any values. Fast by exact type first; ``bool`` is no ``int`` here.

Numbers leave normalised (see values.py): an int result beyond 2**53 becomes the nearest double, which is what IEEE
arithmetic gives, since the operands are exact. In the hottest operators 2**53 is written out, and two comparisons stand
for a chain: a literal costs less than a name, and CPython copies the middle of a chain.
"""

from __future__ import annotations

from math import copysign, fmod, inf, nan
from typing import Any

from odw.ecma.abstract_ops import bigint_operators as bigints
from odw.ecma.abstract_ops.exponentiation import number_power
from odw.ecma.abstract_ops.number_text import int_to_float, normalise, string_to_bigint
from odw.ecma.abstract_ops.testing_comparison import nullish, strict_equals, typeof
from odw.ecma.abstract_ops.type_conversion import (
    to_int32,
    to_number,
    to_numeric,
    to_primitive,
    to_string,
    to_uint32,
    truthy,
)
from odw.ecma.completion import range_error, type_error
from odw.ecma.values import BigInt, ObjectBase, Symbol, undefined

MAX_STRING = 2**29 - 24  # V8's limit, in code units


def add(a: Any, b: Any) -> Any:
    """``a + b`` (13.15.3)."""
    ta = type(a)
    if ta is int and type(b) is int:
        r = a + b
        if r <= 9007199254740992 and r >= -9007199254740992:
            return r
        return normalise(r)
    if ta is str and type(b) is str:
        if len(a) + len(b) > MAX_STRING:
            raise range_error("Invalid string length")
        return a + b
    tb = type(b)
    if (ta is float and (tb is float or tb is int)) or (ta is int and tb is float):
        r = a + b
        return normalise(r) if r.is_integer() else r
    if (ta is str and tb is int) or (ta is int and tb is str):
        return f"{a}{b}"
    a = to_primitive(a)
    b = to_primitive(b)
    if type(a) is str or type(b) is str:
        return add(to_string(a), to_string(b))
    a = to_numeric(a)
    b = to_numeric(b)
    if type(a) is BigInt or type(b) is BigInt:
        return bigints.add(a, b)
    return normalise(a + b)


def sub(a: Any, b: Any) -> Any:
    """``a - b``."""
    ta = type(a)
    if ta is int and type(b) is int:
        r = a - b
        if r <= 9007199254740992 and r >= -9007199254740992:
            return r
        return normalise(r)
    tb = type(b)
    if not ((ta is float or ta is int) and (tb is float or tb is int)):
        a = to_numeric(a)
        b = to_numeric(b)
        if type(a) is BigInt or type(b) is BigInt:
            return bigints.sub(a, b)
    return normalise(a - b)


def mul(a: Any, b: Any) -> Any:
    """``a * b``."""
    ta = type(a)
    if ta is int and type(b) is int:
        r = a * b
        if not r:
            return -0.0 if a < 0 or b < 0 else 0
        if r <= 9007199254740992 and r >= -9007199254740992:
            return r
        return normalise(r)
    tb = type(b)
    if not ((ta is float or ta is int) and (tb is float or tb is int)):
        a = to_numeric(a)
        b = to_numeric(b)
        if type(a) is BigInt or type(b) is BigInt:
            return bigints.mul(a, b)
        if type(a) is int and type(b) is int:
            return mul(a, b)
    r = a * b
    return normalise(r) if r.is_integer() else r


def div(a: Any, b: Any) -> Any:
    """``a / b``."""
    ta = type(a)
    tb = type(b)
    if not ((ta is float or ta is int) and (tb is float or tb is int)):
        a = to_numeric(a)
        b = to_numeric(b)
        if type(a) is BigInt or type(b) is BigInt:
            return bigints.div(a, b)
    if not b:
        if a == 0 or a != a:
            return nan
        return copysign(inf, a) * copysign(1.0, b)
    if ta is int and a == 0:
        return 0 if b > 0 else -0.0 if b < 0 else nan
    r = a / b
    return normalise(r) if r.is_integer() else r


def mod(a: Any, b: Any) -> Any:
    """``a % b``: the sign of the dividend."""
    ta = type(a)
    tb = type(b)
    if ta is int and tb is int and a >= 0 and b > 0:
        return a % b
    if not ((ta is float or ta is int) and (tb is float or tb is int)):
        a = to_numeric(a)
        b = to_numeric(b)
        if type(a) is BigInt or type(b) is BigInt:
            return bigints.mod(a, b)
    if not b or a != a or b != b or a in (inf, -inf):
        return nan
    r = fmod(a, b)
    if r == 0:
        return copysign(0.0, a) if copysign(1.0, a) < 0 else 0
    return normalise(r)


def power(a: Any, b: Any) -> Any:
    """``a ** b`` (6.1.6.1.3)."""
    a = to_numeric(a)
    b = to_numeric(b)
    if type(a) is BigInt or type(b) is BigInt:
        return bigints.power(a, b)
    return number_power(a, b)


def neg(v: Any) -> Any:
    """``-v``."""
    if type(v) is int:
        return -v if v else -0.0
    v = to_numeric(v)
    if type(v) is BigInt:
        return BigInt(-v.value)
    return normalise(-v) if v else normalise(copysign(0.0, -copysign(1.0, v)))


def inc(v: Any) -> Any:
    """ToNumeric, plus 1."""
    if type(v) is int and v < 9007199254740992:
        return v + 1
    v = to_numeric(v)
    return BigInt(v.value + 1) if type(v) is BigInt else normalise(float(v) + 1.0)


def dec(v: Any) -> Any:
    """ToNumeric, minus 1."""
    if type(v) is int and v > -9007199254740992:
        return v - 1
    v = to_numeric(v)
    return BigInt(v.value - 1) if type(v) is BigInt else normalise(float(v) - 1.0)


# --- bits ------------------------------------------------------------------------------------------------------------


def _int32(r: int) -> int:
    """ToInt32 (7.1.6) of an int of any size."""
    return r if -0x80000000 <= r <= 0x7FFFFFFF else ((r + 0x80000000) & 0xFFFFFFFF) - 0x80000000


def bit_and(a: Any, b: Any) -> Any:
    if type(a) is int and type(b) is int:  # the low 32 bits are those of ToInt32's results
        return _int32(a & b)
    a = to_numeric(a)
    b = to_numeric(b)
    if type(a) is BigInt or type(b) is BigInt:
        return bigints.bit_and(a, b)
    return to_int32(a) & to_int32(b)


def bit_or(a: Any, b: Any) -> Any:
    if type(a) is int and type(b) is int:
        return _int32(a | b)
    a = to_numeric(a)
    b = to_numeric(b)
    if type(a) is BigInt or type(b) is BigInt:
        return bigints.bit_or(a, b)
    return to_int32(a) | to_int32(b)


def bit_xor(a: Any, b: Any) -> Any:
    if type(a) is int and type(b) is int:
        return _int32(a ^ b)
    a = to_numeric(a)
    b = to_numeric(b)
    if type(a) is BigInt or type(b) is BigInt:
        return bigints.bit_xor(a, b)
    return to_int32(a) ^ to_int32(b)


def bit_not(v: Any) -> Any:
    v = to_numeric(v)
    return BigInt(~v.value) if type(v) is BigInt else ~to_int32(v)


def shl(a: Any, b: Any) -> Any:
    """``a << b``."""
    if type(a) is int and type(b) is int:
        return _int32(a << (b & 31))
    a = to_numeric(a)
    b = to_numeric(b)
    if type(a) is BigInt or type(b) is BigInt:
        return bigints.shl(a, b)
    return ((((to_uint32(a) << (to_uint32(b) & 31)) & 0xFFFFFFFF) + 0x80000000) & 0xFFFFFFFF) - 0x80000000


def shr(a: Any, b: Any) -> Any:
    """``a >> b``."""
    if type(a) is int and type(b) is int:
        return _int32(a) >> (b & 31)
    a = to_numeric(a)
    b = to_numeric(b)
    if type(a) is BigInt or type(b) is BigInt:
        return bigints.shr(a, b)
    return to_int32(a) >> (to_uint32(b) & 31)


def ushr(a: Any, b: Any) -> Any:
    """``a >>> b``."""
    if type(a) is int and type(b) is int:
        return (a & 0xFFFFFFFF) >> (b & 31)
    a = to_numeric(a)
    b = to_numeric(b)
    if type(a) is BigInt or type(b) is BigInt:
        bigints.same_kind(a, b)
        raise type_error("BigInts have no unsigned right shift, use >> instead")
    return to_uint32(a) >> (to_uint32(b) & 31)


# --- comparison ------------------------------------------------------------------------------------------------------


def lt(a: Any, b: Any) -> bool:
    """``a < b``."""
    ta = type(a)
    tb = type(b)
    if ((ta is int or ta is float) and (tb is int or tb is float)) or (ta is str and tb is str):
        return a < b  # type: ignore[no-any-return]
    return is_less_than(to_primitive(a, "number"), to_primitive(b, "number")) is True


def gt(a: Any, b: Any) -> bool:
    """``a > b``."""
    ta = type(a)
    tb = type(b)
    if ((ta is int or ta is float) and (tb is int or tb is float)) or (ta is str and tb is str):
        return a > b  # type: ignore[no-any-return]
    a = to_primitive(a, "number")
    return is_less_than(to_primitive(b, "number"), a, swapped=True) is True


def le(a: Any, b: Any) -> bool:
    """``a <= b``."""
    ta = type(a)
    tb = type(b)
    if ((ta is int or ta is float) and (tb is int or tb is float)) or (ta is str and tb is str):
        return a <= b  # type: ignore[no-any-return]
    a = to_primitive(a, "number")
    return is_less_than(to_primitive(b, "number"), a, swapped=True) is False


def ge(a: Any, b: Any) -> bool:
    """``a >= b``."""
    ta = type(a)
    tb = type(b)
    if ((ta is int or ta is float) and (tb is int or tb is float)) or (ta is str and tb is str):
        return a >= b  # type: ignore[no-any-return]
    return is_less_than(to_primitive(a, "number"), to_primitive(b, "number")) is False


def is_less_than(a: Any, b: Any, swapped: bool = False) -> bool | None:
    """IsLessThan (7.2.13) of two primitives; None for undefined. ``swapped``: ``b`` is converted first."""
    if type(a) is str and type(b) is str:
        return a < b
    if type(a) is BigInt and type(b) is str:
        value = string_to_bigint(b)
        return None if value is None else a.value < value
    if type(a) is str and type(b) is BigInt:
        value = string_to_bigint(a)
        return None if value is None else value < b.value
    if swapped:
        y = to_numeric(b)
        x = to_numeric(a)
    else:
        x = to_numeric(a)
        y = to_numeric(b)
    x = x.value if type(x) is BigInt else x
    y = y.value if type(y) is BigInt else y
    if x != x or y != y:
        return None
    return bool(x < y)


def equals(a: Any, b: Any) -> bool:
    """``a == b``: IsLooselyEqual (7.2.14)."""
    ta = type(a)
    tb = type(b)
    if ta is tb:
        return strict_equals(a, b)
    if a is None or a is undefined:
        return b is None or b is undefined
    if b is None or b is undefined:
        return False
    if isinstance(a, ObjectBase):
        return a is b if isinstance(b, ObjectBase) else equals(to_primitive(a), b)
    if isinstance(b, ObjectBase):
        return equals(a, to_primitive(b))
    if ta is Symbol or tb is Symbol:
        return False
    if ta is BigInt or tb is BigInt:
        return _equals_bigint(a, b) if ta is BigInt else _equals_bigint(b, a)
    return strict_equals(to_number(a), to_number(b))


def _equals_bigint(a: BigInt, b: Any) -> bool:
    if type(b) is str:
        return a.value == string_to_bigint(b)
    return bool(a.value == to_number(b))


to_number_value = to_number

__all__ = [
    "add",
    "bit_and",
    "bit_not",
    "bit_or",
    "bit_xor",
    "dec",
    "div",
    "equals",
    "ge",
    "gt",
    "inc",
    "int_to_float",
    "is_less_than",
    "le",
    "lt",
    "mod",
    "mul",
    "neg",
    "nullish",
    "number_power",
    "power",
    "shl",
    "shr",
    "strict_equals",
    "sub",
    "to_number_value",
    "to_numeric",
    "to_string",
    "truthy",
    "typeof",
    "ushr",
]
