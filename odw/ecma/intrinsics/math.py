"""Math (ECMA-262 21.3). Functions that the specification leaves approximate have V8's last digits (``elementary``)."""

from __future__ import annotations

import importlib
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
    return normalise(abs(to_number(x)))


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
    if type(n) is int or not math.isfinite(n) or float(n).is_integer():
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
    """https://tc39.es/ecma262/#sec-math.hypot with V8's rounding: squares of the ratios to the largest, summed exactly."""
    numbers = [abs(float(to_number(value))) for value in values]
    if inf in numbers:
        return inf
    if any(n != n for n in numbers):
        return nan
    largest = max(numbers, default=0.0)
    if largest == 0:
        return 0
    total = lost = 0.0
    for n in numbers:
        term = (n / largest) * (n / largest) - lost
        following = total + term
        lost = (following - total) - term
        total = following
    return normalise(math.sqrt(total) * largest)


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
    ny, nx = float(to_number(y)), float(to_number(x))
    if ny == 0 or nx == 0 or not (math.isfinite(ny) and math.isfinite(nx)):
        return normalise(math.atan2(ny, nx))
    from odw.ecma.trigonometry import atan2 as precise

    return normalise(precise(ny, nx))


def cbrt(this: Any, x: Any = undefined, *_: Any) -> Any:
    n = to_number(x)
    from odw.ecma.elementary import cbrt as precise

    return normalise(precise(float(n))) if math.isfinite(n) and n != 0 else n


def sqrt(this: Any, x: Any = undefined, *_: Any) -> Any:
    n = to_number(x)
    return nan if n < 0 else normalise(math.sqrt(n))


def random(this: Any, *_: Any) -> Any:
    raise throw(
        "Error",
        "Math.random() is unavailable in workflow scripts: results must be reproducible. "
        "Vary the prompt or label by index instead.",
    )


def _atanh(n: float) -> float:
    return math.copysign(inf, n) if abs(n) == 1 else math.atanh(n)


def _function(system: Callable[[float], float], precise: str, pole: float = nan) -> Callable[..., Any]:
    """A function of one number. ``system`` is the C library's, for domain, limits and special values; ``precise``
    names the one that gives the digits, imported when first needed. At ``pole`` the value is -∞; outside the domain it
    is NaN."""
    digits: Callable[[float], float] | None = None

    def native(this: Any, x: Any = undefined, *_: Any) -> Any:
        nonlocal digits
        n = float(to_number(x))
        try:
            value = system(n)
        except ValueError:
            return -inf if n == pole else nan
        except OverflowError:
            return -inf if n < 0 and system is math.sinh else inf
        if n != 0 and math.isfinite(value) and math.isfinite(n):
            if digits is None:
                digits = _load(precise)
            value = digits(n)
        return normalise(value)

    return native


def _load(name: str) -> Callable[[float], float]:
    module, _, function = name.partition(".")
    return getattr(importlib.import_module(f"odw.ecma.{module}"), function)  # type: ignore[no-any-return]


METHODS: dict[Any, tuple[Callable[..., Any], int]] = {
    "abs": (abs_, 1),
    "acos": (_function(math.acos, "trigonometry.acos"), 1),
    "acosh": (_function(math.acosh, "hyperbolic.acosh"), 1),
    "asin": (_function(math.asin, "trigonometry.asin"), 1),
    "asinh": (_function(math.asinh, "hyperbolic.asinh"), 1),
    "atan": (_function(math.atan, "trigonometry.atan"), 1),
    "atanh": (_function(_atanh, "hyperbolic.atanh"), 1),
    "atan2": (atan2, 2),
    "ceil": (ceil, 1),
    "cbrt": (cbrt, 1),
    "expm1": (_function(math.expm1, "hyperbolic.expm1"), 1),
    "clz32": (clz32, 1),
    "cos": (_function(math.cos, "trigonometry.cos"), 1),
    "cosh": (_function(math.cosh, "hyperbolic.cosh"), 1),
    "exp": (_function(math.exp, "elementary.exp"), 1),
    "floor": (floor, 1),
    "fround": (fround, 1),
    "hypot": (hypot, 2),
    "imul": (imul, 2),
    "log": (_function(math.log, "elementary.log", pole=0), 1),
    "log1p": (_function(math.log1p, "hyperbolic.log1p", pole=-1), 1),
    "log2": (_function(math.log2, "elementary.log2", pole=0), 1),
    "log10": (_function(math.log10, "elementary.log10", pole=0), 1),
    "max": (max_, 2),
    "min": (min_, 2),
    "pow": (pow_, 2),
    "random": (random, 0),
    "round": (round_, 1),
    "sign": (sign, 1),
    "sin": (_function(math.sin, "trigonometry.sin"), 1),
    "sinh": (_function(math.sinh, "hyperbolic.sinh"), 1),
    "sqrt": (sqrt, 1),
    "tan": (_function(math.tan, "trigonometry.tan"), 1),
    "tanh": (_function(math.tanh, "hyperbolic.tanh"), 1),
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
