"""The BigInt type's operations (ECMA-262 section 6.1.6.2). Either operand may be a number: that is the TypeError.

https://tc39.es/ecma262/#sec-ecmascript-language-types-bigint-type
"""

from __future__ import annotations

from typing import Any

from odw.ecma import limits
from odw.ecma.completion import range_error, type_error
from odw.ecma.values import BigInt

MAX_BITS = 2**30  # V8's limit


def same_kind(a: Any, b: Any) -> tuple[int, int]:
    if type(a) is not BigInt or type(b) is not BigInt:
        raise type_error("Cannot mix BigInt and other types, use explicit conversions")
    return a.value, b.value


def add(a: Any, b: Any) -> BigInt:
    x, y = same_kind(a, b)
    return BigInt(x + y)


def sub(a: Any, b: Any) -> BigInt:
    x, y = same_kind(a, b)
    return BigInt(x - y)


def mul(a: Any, b: Any) -> BigInt:
    x, y = same_kind(a, b)
    _check_size(x.bit_length() + y.bit_length() - 1)
    return BigInt(x * y)


def div(a: Any, b: Any) -> BigInt:
    x, y = same_kind(a, b)
    if not y:
        raise range_error("Division by zero")
    q = abs(x) // abs(y)
    return BigInt(q if (x < 0) == (y < 0) else -q)


def mod(a: Any, b: Any) -> BigInt:
    x, y = same_kind(a, b)
    if not y:
        raise range_error("Division by zero")
    r = abs(x) % abs(y)
    return BigInt(-r if x < 0 else r)


def power(a: Any, b: Any) -> BigInt:
    x, y = same_kind(a, b)
    if y < 0:
        raise range_error("undefined must be positive")  # so Node 20
    if x not in (0, 1, -1):
        _check_size((abs(x).bit_length() - 1) * y)
    elif x == -1:
        return BigInt(-1 if y & 1 else 1)
    else:
        return BigInt(x if y else 1)
    return BigInt(x**y)


def shl(a: Any, b: Any) -> BigInt:
    x, y = same_kind(a, b)
    return _shift(x, y)


def shr(a: Any, b: Any) -> BigInt:
    x, y = same_kind(a, b)
    return _shift(x, -y)


def bit_and(a: Any, b: Any) -> BigInt:
    x, y = same_kind(a, b)
    return BigInt(x & y)


def bit_or(a: Any, b: Any) -> BigInt:
    x, y = same_kind(a, b)
    return BigInt(x | y)


def bit_xor(a: Any, b: Any) -> BigInt:
    x, y = same_kind(a, b)
    return BigInt(x ^ y)


def _shift(x: int, places: int) -> BigInt:
    if places <= 0:
        return BigInt(x >> min(-places, MAX_BITS))
    if x:
        _check_size(x.bit_length() + places)
        return BigInt(x << places)
    return BigInt(0)


def _check_size(bits: int) -> None:
    if bits > MAX_BITS:
        raise range_error("Maximum BigInt size exceeded")
    limits.expect(bits // 8)
