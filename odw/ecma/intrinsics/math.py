"""Math (ECMA-262 21.3). Functions that the specification leaves approximate use the C library's."""

from __future__ import annotations

import math
from collections.abc import Callable
from math import inf, nan
from struct import error, pack, unpack
from typing import Any

from odw.ecma.abstract_ops.number_text import normalise
from odw.ecma.abstract_ops.operators import number_power
from odw.ecma.abstract_ops.type_conversion import to_int32, to_number, to_uint32
from odw.ecma.completion import throw
from odw.ecma.intrinsics.builders import define_constants, define_methods, define_tag, new_prototype
from odw.ecma.values import undefined


def abs_(this: Any, x: Any = undefined, *_: Any) -> Any:
    return abs(x if type(x) is int else to_number(x))


def floor(this: Any, x: Any = undefined, *_: Any) -> Any:
    n = x if type(x) is int else to_number(x)
    if type(n) is int or not math.isfinite(n) or n == 0:
        return n
    return normalise(math.floor(n))


def ceil(this: Any, x: Any = undefined, *_: Any) -> Any:
    n = to_number(x)
    if type(n) is int or not math.isfinite(n) or n == 0:
        return n
    return normalise(math.ceil(n)) if n > 0 or n <= -1 else -0.0


def round_(this: Any, x: Any = undefined, *_: Any) -> Any:
    """Halves go up, towards +∞: https://tc39.es/ecma262/#sec-math.round"""
    n = to_number(x)
    if type(n) is int or not math.isfinite(n) or n.is_integer():
        return n
    whole = math.floor(n)
    rounded = whole + 1 if n - whole >= 0.5 else whole
    return -0.0 if rounded == 0 and n < 0 else normalise(rounded)


def trunc(this: Any, x: Any = undefined, *_: Any) -> Any:
    n = to_number(x)
    if type(n) is int or not math.isfinite(n) or n == 0:
        return n
    whole = math.trunc(n)
    return -0.0 if whole == 0 and n < 0 else normalise(whole)


def sign(this: Any, x: Any = undefined, *_: Any) -> Any:
    n = to_number(x)
    return 1 if n > 0 else -1 if n < 0 else n


def max_(this: Any, *values: Any) -> Any:
    for value in values:
        if type(value) is not int:
            return _extreme(values, largest=True)
    return max(values) if values else -inf


def min_(this: Any, *values: Any) -> Any:
    for value in values:
        if type(value) is not int:
            return _extreme(values, largest=False)
    return min(values) if values else inf


def _extreme(values: Any, largest: bool) -> int | float:
    """Every argument is converted before any is compared; NaN wins, and 0 is more than -0."""
    numbers = [to_number(value) for value in values]
    best: int | float = -inf if largest else inf
    for n in numbers:
        if n != n:
            return nan
        if n == 0 == best:
            if (type(n) is int) is largest:
                best = n
        elif n > best if largest else n < best:
            best = n
    return best


def hypot(this: Any, *values: Any) -> Any:
    numbers = [to_number(value) for value in values]
    return normalise(math.hypot(*numbers)) if numbers else 0


def fround(this: Any, x: Any = undefined, *_: Any) -> Any:
    n = to_number(x)
    try:
        return normalise(unpack("<f", pack("<f", n))[0])
    except (OverflowError, error):
        return math.copysign(inf, n)


def clz32(this: Any, x: Any = undefined, *_: Any) -> Any:
    return 32 - to_uint32(x).bit_length()


def imul(this: Any, a: Any = undefined, b: Any = undefined, *_: Any) -> Any:
    product = (to_int32(a) * to_int32(b)) & 0xFFFFFFFF
    return product - 0x100000000 if product & 0x80000000 else product


def pow_(this: Any, base: Any = undefined, exponent: Any = undefined, *_: Any) -> Any:
    return number_power(to_number(base), to_number(exponent))


def atan2(this: Any, y: Any = undefined, x: Any = undefined, *_: Any) -> Any:
    return normalise(math.atan2(to_number(y), to_number(x)))


def cbrt(this: Any, x: Any = undefined, *_: Any) -> Any:
    n = to_number(x)
    return normalise(math.cbrt(n)) if math.isfinite(n) and n != 0 else n


def sqrt(this: Any, x: Any = undefined, *_: Any) -> Any:
    n = to_number(x)
    return nan if n < 0 else normalise(math.sqrt(n))


def random(this: Any, *_: Any) -> Any:
    raise throw(
        "Error",
        "Math.random() is unavailable in workflow scripts: results must be reproducible. "
        "Vary the prompt or label by index instead.",
    )


def _exp(n: float) -> float:
    try:
        return math.exp(n)
    except OverflowError:
        return inf


def _expm1(n: float) -> float:
    try:
        return math.expm1(n)
    except OverflowError:
        return inf


def _cosh(n: float) -> float:
    try:
        return math.cosh(n)
    except OverflowError:
        return inf


def _sinh(n: float) -> float:
    try:
        return math.sinh(n)
    except OverflowError:
        return math.copysign(inf, n)


def _logarithm(function: Callable[[float], float], zero: float) -> Callable[[float], float]:
    """A logarithm that is -∞ at ``zero``, where Python's raises."""

    def total(n: float) -> float:
        return -inf if n == zero else function(n)

    return total


def _atanh(n: float) -> float:
    return math.copysign(inf, n) if abs(n) == 1 else math.atanh(n)


def _lifted(function: Callable[[float], float]) -> Callable[..., Any]:
    """A function of one number; outside its domain it is NaN."""

    def native(this: Any, x: Any = undefined, *_: Any) -> Any:
        n = to_number(x)
        try:
            return normalise(function(float(n)))
        except ValueError:
            return nan

    return native


METHODS: dict[Any, tuple[Callable[..., Any], int]] = {
    "abs": (abs_, 1),
    "acos": (_lifted(math.acos), 1),
    "acosh": (_lifted(math.acosh), 1),
    "asin": (_lifted(math.asin), 1),
    "asinh": (_lifted(math.asinh), 1),
    "atan": (_lifted(math.atan), 1),
    "atanh": (_lifted(_atanh), 1),
    "atan2": (atan2, 2),
    "ceil": (ceil, 1),
    "cbrt": (cbrt, 1),
    "expm1": (_lifted(_expm1), 1),
    "clz32": (clz32, 1),
    "cos": (_lifted(math.cos), 1),
    "cosh": (_lifted(_cosh), 1),
    "exp": (_lifted(_exp), 1),
    "floor": (floor, 1),
    "fround": (fround, 1),
    "hypot": (hypot, 2),
    "imul": (imul, 2),
    "log": (_lifted(_logarithm(math.log, 0)), 1),
    "log1p": (_lifted(_logarithm(math.log1p, -1)), 1),
    "log2": (_lifted(_logarithm(math.log2, 0)), 1),
    "log10": (_lifted(_logarithm(math.log10, 0)), 1),
    "max": (max_, 2),
    "min": (min_, 2),
    "pow": (pow_, 2),
    "random": (random, 0),
    "round": (round_, 1),
    "sign": (sign, 1),
    "sin": (_lifted(math.sin), 1),
    "sinh": (_lifted(_sinh), 1),
    "sqrt": (sqrt, 1),
    "tan": (_lifted(math.tan), 1),
    "tanh": (_lifted(math.tanh), 1),
    "trunc": (trunc, 1),
}


def install(realm: Any) -> None:
    namespace = new_prototype()
    realm.math = namespace
    define_methods(namespace, METHODS)
    define_constants(
        namespace,
        {
            "E": math.e,
            "LN10": 2.302585092994046,
            "LN2": 0.6931471805599453,
            "LOG10E": 0.4342944819032518,
            "LOG2E": 1.4426950408889634,
            "PI": math.pi,
            "SQRT1_2": 0.7071067811865476,
            "SQRT2": 1.4142135623730951,
        },
    )
    define_tag(namespace, "Math")
