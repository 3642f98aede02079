"""Number: the constructor, its constants, the number texts, parseInt and parseFloat (ECMA-262 21.1, 19.2)."""

from __future__ import annotations

import re
from math import inf, isfinite, nan
from typing import Any

from odw.ecma import number_format
from odw.ecma.abstract_ops.number_text import WHITE_SPACE, normalise, number_to_string
from odw.ecma.abstract_ops.object_operations import get_prototype_from_constructor
from odw.ecma.abstract_ops.type_conversion import (
    to_int32,
    to_integer_or_infinity,
    to_number,
    to_numeric,
    to_string,
)
from odw.ecma.completion import range_error, type_error
from odw.ecma.intrinsics.builders import builtin, constructor, define_constants, define_hidden, define_methods
from odw.ecma.values import BigInt, undefined
from odw.ecma.wrappers import NumberObject

MAX_SAFE_INTEGER = 2**53 - 1


def number_call(this: Any, *arguments: Any) -> Any:
    if not arguments:
        return 0
    number = to_numeric(arguments[0])
    return normalise(number.value) if type(number) is BigInt else number


def number_construct(arguments: Any, new_target: Any) -> Any:
    number = number_call(undefined, *arguments)
    return NumberObject(number, get_prototype_from_constructor(new_target, "number_prototype"))


def this_number_value(this: Any, method: str) -> int | float:
    """ThisNumberValue (21.1.3.7.1)."""
    if type(this) is int or type(this) is float:
        return this
    if isinstance(this, NumberObject):
        return this.primitive  # type: ignore[no-any-return]
    raise type_error(f"Number.prototype.{method} requires that 'this' be a Number")


def to_string_(this: Any, radix: Any = undefined, *_: Any) -> Any:
    x = this_number_value(this, "toString")
    base = 10 if radix is undefined else to_integer_or_infinity(radix)
    if not 2 <= base <= 36:
        raise range_error("toString() radix argument must be between 2 and 36")
    if base == 10 or not isfinite(x):
        return number_to_string(x)
    if type(x) is int:
        return number_format.integer_to_radix(x, base)
    return number_format.to_radix(x, base)


def to_locale_string(this: Any, locales: Any = undefined, options: Any = undefined, *_: Any) -> Any:
    """https://tc39.es/ecma402/#sup-number.prototype.tolocalestring"""
    from odw.ecma.intrinsics.number_locale import format_number

    return format_number(this_number_value(this, "toLocaleString"), locales, options)


def value_of(this: Any, *_: Any) -> Any:
    return this_number_value(this, "valueOf")


def to_fixed(this: Any, digits: Any = undefined, *_: Any) -> Any:
    x = this_number_value(this, "toFixed")
    count = to_integer_or_infinity(digits)
    if not 0 <= count <= 100:
        raise range_error("toFixed() digits argument must be between 0 and 100")
    return number_format.to_fixed(x, count) if abs(x) < 1e21 else number_to_string(x)


def to_exponential(this: Any, digits: Any = undefined, *_: Any) -> Any:
    x = this_number_value(this, "toExponential")
    count = to_integer_or_infinity(digits)
    if not isfinite(x):
        return number_to_string(x)
    if not 0 <= count <= 100:
        raise range_error("toExponential() argument must be between 0 and 100")
    return number_format.to_exponential(x, None if digits is undefined else count)


def to_precision(this: Any, precision: Any = undefined, *_: Any) -> Any:
    x = this_number_value(this, "toPrecision")
    if precision is undefined:
        return number_to_string(x)
    count = to_integer_or_infinity(precision)
    if not isfinite(x):
        return number_to_string(x)
    if not 1 <= count <= 100:
        raise range_error("toPrecision() argument must be between 1 and 100")
    return number_format.to_precision(x, count)


def number_is_finite(this: Any, x: Any = undefined, *_: Any) -> Any:
    return type(x) is int or (type(x) is float and isfinite(x))


def number_is_integer(this: Any, x: Any = undefined, *_: Any) -> Any:
    return type(x) is int or (type(x) is float and x.is_integer())


def number_is_nan(this: Any, x: Any = undefined, *_: Any) -> Any:
    return type(x) is float and x != x


def number_is_safe_integer(this: Any, x: Any = undefined, *_: Any) -> Any:
    if type(x) is float:
        return x == 0  # -0; a safe integer other than it is an int
    return type(x) is int and -MAX_SAFE_INTEGER <= x <= MAX_SAFE_INTEGER


def is_finite(this: Any, x: Any = undefined, *_: Any) -> Any:
    return isfinite(to_number(x))


def is_nan(this: Any, x: Any = undefined, *_: Any) -> Any:
    number = to_number(x)
    return number != number


_FLOAT = re.compile(r"[+-]?(?:Infinity|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)")


def parse_float(this: Any, text: Any = undefined, *_: Any) -> Any:
    """https://tc39.es/ecma262/#sec-parsefloat-string"""
    if type(text) is int:
        return text
    match = _FLOAT.match(to_string(text).lstrip(WHITE_SPACE))
    return normalise(float(match.group())) if match else nan


def parse_int(this: Any, text: Any = undefined, radix: Any = undefined, *_: Any) -> Any:
    """https://tc39.es/ecma262/#sec-parseint-string-radix"""
    if type(text) is int and radix is undefined:
        return text
    s = to_string(text).lstrip(WHITE_SPACE)
    negative = s.startswith("-")
    if s[:1] in ("+", "-"):
        s = s[1:]
    base = to_int32(radix)
    if base not in (0, 16):
        if not 2 <= base <= 36:
            return nan
    elif s[:2] in ("0x", "0X"):
        s, base = s[2:], 16
    base = base or 10
    digits = _leading_digits(s, base)
    if not digits:
        return nan
    value = normalise(_integer(digits, base))
    return (-value if value else -0.0) if negative else value


def _leading_digits(s: str, base: int) -> str:
    allowed = number_format.DIGITS[:base]
    return re.match(f"[{allowed}{allowed.upper()}]*", s).group()  # type: ignore[union-attr]


def _integer(digits: str, base: int) -> int | float:
    """The Number that a run of digits denotes; V8 is exact in base 10 and where the base is a power of 2."""
    if base in (2, 4, 8, 16, 32):
        return int(digits, base)
    if base == 10:
        return int(digits) if len(digits) < 16 else float(digits)
    value = 0.0
    part, multiplier = 0, 1
    for digit in digits.lstrip("0"):
        if multiplier * base > 0xFFFFFFFF // 36:
            value = value * multiplier + part
            part, multiplier = 0, 1
        part = part * base + int(digit, base)
        multiplier *= base
    return value * multiplier + part


def install(realm: Any) -> None:
    prototype = NumberObject(0, realm.object_prototype)
    realm.number_prototype = prototype
    maker = constructor("Number", 1, prototype, number_call, number_construct)
    realm.number_constructor = maker
    define_methods(
        maker,
        {
            "isFinite": (number_is_finite, 1),
            "isInteger": (number_is_integer, 1),
            "isNaN": (number_is_nan, 1),
            "isSafeInteger": (number_is_safe_integer, 1),
        },
    )
    realm.parse_float = builtin(parse_float, "parseFloat", 1)
    realm.parse_int = builtin(parse_int, "parseInt", 2)
    realm.is_nan = builtin(is_nan, "isNaN", 1)
    realm.is_finite = builtin(is_finite, "isFinite", 1)
    define_hidden(maker, "parseFloat", realm.parse_float)
    define_hidden(maker, "parseInt", realm.parse_int)
    define_constants(
        maker,
        {
            "MAX_VALUE": 1.7976931348623157e308,
            "MIN_VALUE": 5e-324,
            "NaN": nan,
            "NEGATIVE_INFINITY": -inf,
            "POSITIVE_INFINITY": inf,
            "MAX_SAFE_INTEGER": MAX_SAFE_INTEGER,
            "MIN_SAFE_INTEGER": -MAX_SAFE_INTEGER,
            "EPSILON": 2.0**-52,
        },
    )
    define_methods(
        prototype,
        {
            "toExponential": (to_exponential, 1),
            "toFixed": (to_fixed, 1),
            "toPrecision": (to_precision, 1),
            "toString": (to_string_, 1),
            "valueOf": (value_of, 0),
            "toLocaleString": (to_locale_string, 0),
        },
    )
