"""JavaScript's operators where Python's do something else: on texts and numbers mixed, on zero, on booleans."""

from __future__ import annotations

from math import copysign, fmod, inf, nan
from typing import Any

from odw.dsl.javascript.values import is_number, nullish, number, text, tidy, units
from odw.ecma.abstract_ops.exponentiation import number_power
from odw.ecma.values import undefined


def add(a: Any, b: Any) -> Any:
    """``a + b``: joins when one of them is no number, boolean, null or undefined."""
    if isinstance(a, str) and isinstance(b, str):
        return a + b
    if is_number(a) and is_number(b):
        return tidy(a + b)
    if _plain(a) and _plain(b):
        return tidy(number(a) + number(b))
    return text(a) + text(b)


def _plain(value: Any) -> bool:
    return value is None or value is undefined or isinstance(value, int | float)


def subtract(a: Any, b: Any) -> int | float:
    return tidy(number(a) - number(b))


def multiply(a: Any, b: Any) -> int | float:
    x, y = number(a), number(b)
    if isinstance(x, int) and isinstance(y, int):
        product = x * y
        return -0.0 if not product and (x < 0 or y < 0) else tidy(product)
    return tidy(float(x) * float(y))


def divide(a: Any, b: Any) -> int | float:
    x, y = number(a), number(b)
    if y == 0:
        if x == 0 or x != x:
            return nan
        return inf if (x > 0) == (copysign(1, y) > 0) else -inf
    return tidy(x / y)


def remainder(a: Any, b: Any) -> int | float:
    """The sign is that of ``a``."""
    x, y = number(a), number(b)
    if y == 0 or x != x or y != y or x in (inf, -inf):
        return nan
    if isinstance(x, int) and isinstance(y, int):
        rest = abs(x) % abs(y)
        return (-rest if rest else -0.0) if x < 0 else rest
    return tidy(fmod(x, y))


def power(a: Any, b: Any) -> int | float:
    return tidy(number_power(tidy(number(a)), tidy(number(b))))


def negative(a: Any) -> int | float:
    x = number(a)
    return -0.0 if isinstance(x, int) and not x else tidy(-x)


def same(a: Any, b: Any) -> bool:
    """``a === b``: lists and dicts by identity, and true is not 1."""
    if a is b:
        return not (isinstance(a, float) and a != a)
    if isinstance(a, str):
        return isinstance(b, str) and a == b
    return is_number(a) and is_number(b) and bool(a == b)


def same_value_zero(a: Any, b: Any) -> bool:
    return same(a, b) or (isinstance(a, float) and isinstance(b, float) and a != a and b != b)


def same_value(a: Any, b: Any) -> bool:
    """``Object.is(a, b)``."""
    if is_number(a) and is_number(b) and a == 0 and b == 0:
        return copysign(1, a) == copysign(1, b)
    return same_value_zero(a, b)


def equal(a: Any, b: Any) -> bool:
    """``a == b``, with JavaScript's conversions."""
    if nullish(a) or nullish(b):
        return nullish(a) and nullish(b)
    if isinstance(a, str) and isinstance(b, str):
        return a == b
    if _primitive(a) and _primitive(b):
        return bool(number(a) == number(b))
    if _primitive(a) or _primitive(b):
        return equal(a if _primitive(a) else text(a), b if _primitive(b) else text(b))
    return a is b


def _primitive(value: Any) -> bool:
    return isinstance(value, str | int | float)


def _compared(a: Any, b: Any) -> tuple[Any, Any]:
    x = a if _plain(a) else text(a)
    y = b if _plain(b) else text(b)
    if isinstance(x, str) and isinstance(y, str):
        return (x, y) if x.isascii() and y.isascii() else (units(x), units(y))
    return number(x), number(y)


def less(a: Any, b: Any) -> bool:
    x, y = _compared(a, b)
    return bool(x < y)


def less_equal(a: Any, b: Any) -> bool:
    x, y = _compared(a, b)
    return bool(x <= y)


def greater(a: Any, b: Any) -> bool:
    return less(b, a)


def greater_equal(a: Any, b: Any) -> bool:
    return less_equal(b, a)


def is_a(value: Any, kind: Any) -> bool:
    """``value instanceof kind``, for the classes and built-in kinds of a workflow."""
    if isinstance(kind, type) and issubclass(kind, BaseException):
        from odw.dsl.javascript.errors import is_error

        return is_error(value, kind.__name__)
    return isinstance(value, kind)
