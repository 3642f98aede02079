"""Types as sets of values: an int and its bounds, a number, a string and its length; and what operators make of them.

``operation("+", Range(0, 9), Range(1, 1))`` is ``Range(1, 10)``; ``operation("*", NUMBER, None)`` is ``NUMBER``, since what is
no number becomes one there or throws.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, TypeAlias

SAFE: Final = 2**53  # beyond it a number is no Python int
HUGE: Final = 2**1000
FAR: Final = 2**52
START: Final = 2**51
STEP: Final = 16
LONGEST_STRING: Final = 2**29 - 24  # as in abstract_ops/operators.py
LONGEST_ARRAY: Final = 2**32 - 1
_LEVELS: Final = (0, 255, 65535, 2**31 - 1, 2**31, 2**32 - 1, START, SAFE)


class Range(NamedTuple):
    """A Python int from ``low`` to ``high``, both within 2**53: never a bool, never -0."""

    low: int
    high: int


class Whole(NamedTuple):
    """A finite number without a fraction, never -0, that may be beyond 2**53: an int or a float, of which bounds are known."""

    low: int
    high: int


class Text(NamedTuple):
    """A string of at most ``longest`` code units."""

    longest: int


Simple: TypeAlias = Literal["number", "boolean", "array", "nothing"]
ValueType: TypeAlias = Range | Whole | Text | Simple | None
NUMBER: Final = "number"  # normalised: int or float
BOOLEAN: Final = "boolean"
ARRAY: Final = "array"  # a JSArray of any shape
NOTHING: Final = "nothing"  # no value yet, while the types of variables that depend on each other are found

INT32: Final = Range(-(2**31), 2**31 - 1)
UINT32: Final = Range(0, 2**32 - 1)
STRING: Final = Text(LONGEST_STRING)


def is_number(value: ValueType) -> bool:
    return value == NUMBER or isinstance(value, Range | Whole)


def within(value: ValueType, bounds: Range) -> bool:
    """Whether a value is an int inside ``bounds``."""
    return isinstance(value, Range) and bounds.low <= value.low and value.high <= bounds.high


def operation(operator: str, left: ValueType, right: ValueType) -> ValueType:
    """The type of ``left operator right``; where one side is a number, the other one becomes one or throws."""
    if left == NOTHING or right == NOTHING:
        return NOTHING
    if operator == "+":
        return _sum(left, right)
    if operator == ">>>":
        return _shifted_right(left, right, UINT32)
    if not is_number(left) and not is_number(right):
        return None  # BigInts, perhaps
    if operator in _BITS:
        return _bits(operator, left, right)
    if isinstance(left, Range | Whole) and isinstance(right, Range):
        return _arithmetic(operator, left, right)
    return NUMBER


def join(one: ValueType, other: ValueType) -> ValueType:
    """What is true of both."""
    if one == other or other == NOTHING:
        return one
    if one == NOTHING:
        return other
    if isinstance(one, Range) and isinstance(other, Range):
        return Range(min(one.low, other.low), max(one.high, other.high))
    if isinstance(one, Text) and isinstance(other, Text):
        return Text(max(one.longest, other.longest))
    return NUMBER if is_number(one) and is_number(other) else None


def widened(old: ValueType, new: ValueType) -> ValueType:
    if isinstance(old, Range) and isinstance(new, Range):
        low, high = new
        if high > old.high:
            high = next(level for level in _LEVELS if high <= level)
        if low < old.low:
            low = -next(level for level in _LEVELS if -low <= level)
        return Range(low, high)
    return STRING if isinstance(new, Text) else new


def text_length(value: ValueType) -> int:
    """The longest text that ToString makes of a value."""
    if isinstance(value, Text):
        return value.longest
    return 25 if is_number(value) or value == BOOLEAN else LONGEST_STRING


def _sum(left: ValueType, right: ValueType) -> ValueType:
    if isinstance(left, Text) or isinstance(right, Text):
        return Text(min(text_length(left) + text_length(right), LONGEST_STRING))
    if isinstance(left, Range | Whole) and isinstance(right, Range):
        return _arithmetic("+", left, right)
    return NUMBER if is_number(left) and is_number(right) else None


def _arithmetic(operator: str, left: Range | Whole, right: Range) -> ValueType:
    if operator == "+":
        return _safe(left.low + right.low, left.high + right.high)
    if operator == "-":
        return _safe(left.low - right.high, left.high - right.low)
    if operator == "*":
        if _has_negative_zero(left, right):
            return NUMBER
        corners = [a * b for a in left for b in right]
        return _safe(min(corners), max(corners))
    if operator == "%" and left.low >= 0 and right.low > 0:
        return Range(0, min(left.high, right.high - 1))
    return NUMBER


def _has_negative_zero(left: Range | Whole, right: Range) -> bool:
    """Whether a product can be -0: a zero times what is below zero."""
    return (left.low <= 0 <= left.high and right.low < 0) or (right.low <= 0 <= right.high and left.low < 0)


def _safe(low: int, high: int) -> ValueType:
    if low >= -SAFE and high <= SAFE:
        return Range(low, high)
    if low < -HUGE or high > HUGE:
        return NUMBER
    # Rounding keeps the order; one of the bounds stays beyond 2**53, as no range's is.
    return Whole(min(low, int(float(low))), max(high, int(float(high))))


def _bits(operator: str, left: ValueType, right: ValueType) -> ValueType:
    if operator == ">>":
        return _shifted_right(left, right, INT32)
    if operator == "&":
        masks = [
            side.high
            for side in (left, right)
            if isinstance(side, Range) and within(side, Range(0, INT32.high))
        ]
        return Range(0, min(masks)) if masks else INT32
    if operator in ("|", "^") and isinstance(left, Range) and isinstance(right, Range):
        if within(left, Range(0, INT32.high)) and within(right, Range(0, INT32.high)):
            return Range(0, (1 << max(left.high, right.high).bit_length()) - 1)
        if operator == "|" and right == (0, 0) and within(left, INT32):
            return left
    if operator == "<<" and isinstance(left, Range) and isinstance(right, Range) and right.low == right.high:
        low, high = left.low << (right.low & 31), left.high << (right.low & 31)
        if within(Range(low, high), INT32):
            return Range(low, high)
    return INT32


def _shifted_right(left: ValueType, right: ValueType, domain: Range) -> ValueType:
    """``>>`` and ``>>>`` by a known count, of what is in the operator's domain or wrapped into it."""
    if not isinstance(right, Range) or right.low != right.high:
        return domain
    count = right.low & 31
    value = left if isinstance(left, Range) and within(left, domain) else domain
    return Range(value.low >> count, value.high >> count)


_BITS: Final = frozenset({"&", "|", "^", "<<", ">>"})
