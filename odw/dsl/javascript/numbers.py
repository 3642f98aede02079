"""Numbers: Math, parsing, formatting, 32-bit integers. The rules are those of ``odw.ecma``."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, isfinite, nan
from typing import Any

from odw.dsl.javascript.strings import lifted, translated
from odw.dsl.javascript.values import is_number, number, text, tidy, units
from odw.ecma.abstract_ops import type_conversion
from odw.ecma.abstract_ops.number_text import number_to_string
from odw.ecma.completion import JsThrow
from odw.ecma.intrinsics import math as ecma_math
from odw.ecma.intrinsics import number as ecma_number
from odw.ecma.intrinsics.number_locale import format_plain
from odw.ecma.values import undefined


def _of_numbers(native: Callable[..., Any]) -> Callable[..., Any]:
    def function(*given: Any) -> Any:
        return native(undefined, *[tidy(number(item)) for item in given])

    function.__name__ = native.__name__.strip("_")
    return function


floor = _of_numbers(ecma_math.floor)
ceil = _of_numbers(ecma_math.ceil)
round_ = _of_numbers(ecma_math.round_)
trunc = _of_numbers(ecma_math.trunc)
sign = _of_numbers(ecma_math.sign)
absolute = _of_numbers(ecma_math.abs_)
largest = _of_numbers(ecma_math.max_)
smallest = _of_numbers(ecma_math.min_)
sqrt = _of_numbers(ecma_math.sqrt)
hypot = _of_numbers(ecma_math.hypot)
cbrt = _of_numbers(ecma_math.cbrt)
imul = _of_numbers(ecma_math.imul)
clz32 = _of_numbers(ecma_math.clz32)
fround = _of_numbers(ecma_math.fround)
atan2 = _of_numbers(ecma_math.atan2)


def math_function(name: str) -> Callable[..., Any]:
    """The others of Math by name: sin, log2, exp, …"""
    from odw.dsl.javascript.strings import ready
    from odw.ecma.realm import R

    ready()
    native = R.global_object.js_get("Math", R.global_object).js_get(name, undefined)
    return lambda *given: native.call(undefined, *[tidy(number(item)) for item in given])


def to_int32(value: Any) -> int:
    """``value | 0``."""
    return type_conversion.to_int32(tidy(number(value)))


def to_uint32(value: Any) -> int:
    """``value >>> 0``."""
    return type_conversion.to_uint32(tidy(number(value)))


def bit_and(a: Any, b: Any) -> int:
    return to_int32(a) & to_int32(b)


def bit_or(a: Any, b: Any) -> int:
    return to_int32(a) | to_int32(b)


def bit_xor(a: Any, b: Any) -> int:
    return to_int32(a) ^ to_int32(b)


def bit_not(a: Any) -> int:
    return ~to_int32(a)


def shift_left(a: Any, b: Any) -> int:
    return to_int32(to_int32(a) << (to_uint32(b) & 31))


def shift_right(a: Any, b: Any) -> int:
    return to_int32(a) >> (to_uint32(b) & 31)


def shift_right_unsigned(a: Any, b: Any) -> int:
    return to_uint32(a) >> (to_uint32(b) & 31)


def parse_int(value: Any, radix: Any = undefined) -> int | float:
    found: int | float = ecma_number.parse_int(undefined, units(text(value)), radix)
    return found


def parse_float(value: Any) -> int | float:
    found: int | float = ecma_number.parse_float(undefined, units(text(value)))
    return found


def is_integer(value: Any) -> bool:
    return is_number(value) and isfinite(value) and value == int(value)


def is_finite(value: Any) -> bool:
    """``Number.isFinite(value)``: no conversion."""
    return is_number(value) and isfinite(value)


def is_nan(value: Any) -> bool:
    return is_number(value) and value != value


def number_is_nan(value: Any) -> bool:
    """``isNaN(value)``, which converts."""
    return is_nan(number(value))


def number_is_finite(value: Any) -> bool:
    """``isFinite(value)``, which converts."""
    return is_finite(number(value))


def is_safe_integer(value: Any) -> bool:
    return is_integer(value) and abs(value) < 2**53


def _method(native: Callable[..., Any]) -> Callable[..., Any]:
    def method(value: Any, *given: Any) -> Any:
        from odw.dsl.javascript.strings import ready

        ready()
        try:
            return native(tidy(number(value)), *given)
        except JsThrow as thrown:
            raise translated(thrown) from None

    return method


to_fixed = _method(ecma_number.to_fixed)


def to_locale_string(value: Any, locales: Any = undefined, options: Any = undefined) -> str:
    """In the manner of en-US: ``1,234.5``."""
    if isinstance(options, dict) and options:
        digits = options.get("maximumFractionDigits", options.get("minimumFractionDigits"))
        if digits is not None:
            shown = str(to_fixed(value, digits))
            whole, dot, fraction = shown.partition(".")
            least = int(options.get("minimumFractionDigits", 0))
            while fraction and len(fraction) > least and fraction.endswith("0"):
                fraction = fraction[:-1]
            return format_plain(int(whole)) + (dot + fraction if fraction else "")
    return format_plain(tidy(number(value)))


METHODS: dict[str, Callable[..., Any]] = {
    "toExponential": _method(ecma_number.to_exponential),
    "toFixed": to_fixed,
    "toLocaleString": to_locale_string,
    "toPrecision": _method(ecma_number.to_precision),
    "toString": _method(ecma_number.to_string_),
    "valueOf": lambda value: value,
}

__all__ = [
    "METHODS", "absolute", "atan2", "bit_and", "bit_not", "bit_or", "bit_xor", "cbrt", "ceil", "clz32", "floor", "fround",
    "hypot", "imul", "inf", "is_finite", "is_integer", "is_nan", "is_safe_integer", "largest", "lifted", "math_function",
    "nan", "number_to_string", "parse_float", "parse_int", "round_", "shift_left", "shift_right",
    "shift_right_unsigned", "sign", "smallest", "sqrt", "to_fixed", "to_int32", "to_locale_string", "to_uint32", "trunc",
]  # fmt: skip
