"""Sets of characters as sorted, disjoint ranges ``((low, high), …)``, and what they look like inside ``[…]`` for ``re``."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import TypeAlias

Ranges: TypeAlias = tuple[tuple[int, int], ...]

MAX_CODE_POINT = 0x10FFFF

DIGITS: Ranges = ((0x30, 0x39),)
WORD: Ranges = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
# WhiteSpace and LineTerminator (12.2, 12.3)
SPACE: Ranges = (
    (0x09, 0x0D),
    (0x20, 0x20),
    (0xA0, 0xA0),
    (0x1680, 0x1680),
    (0x2000, 0x200A),
    (0x2028, 0x2029),
    (0x202F, 0x202F),
    (0x205F, 0x205F),
    (0x3000, 0x3000),
    (0xFEFF, 0xFEFF),
)
LINE_TERMINATORS: Ranges = ((0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029))
NOTHING = "[^\\x00-\U0010ffff]"  # as wide as any class, for the engines' lookbehinds
ALL: Ranges = ((0, MAX_CODE_POINT),)


def normalised(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """The same set, sorted, with touching ranges joined."""
    result: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if result and low <= result[-1][1] + 1:
            if high > result[-1][1]:
                result[-1] = (result[-1][0], high)
        else:
            result.append((low, high))
    return tuple(result)


def complement(ranges: Ranges) -> Ranges:
    """Every code point that is not in the set."""
    result: list[tuple[int, int]] = []
    following = 0
    for low, high in ranges:
        if low > following:
            result.append((following, low - 1))
        following = high + 1
    if following <= MAX_CODE_POINT:
        result.append((following, MAX_CODE_POINT))
    return tuple(result)


def intersection(left: Ranges, right: Ranges) -> Ranges:
    """What both sets hold."""
    outside = normalised(complement(left) + complement(right))
    return complement(outside)


def difference(left: Ranges, right: Ranges) -> Ranges:
    """What only ``left`` holds."""
    return intersection(left, complement(right))


def contains(ranges: Ranges, code: int) -> bool:
    """Membership."""
    at = bisect_right(ranges, (code, MAX_CODE_POINT)) - 1
    return at >= 0 and code <= ranges[at][1]


def of_code_units(ranges: Ranges) -> Ranges:
    """A set that holds the same of the characters up to U+FFFF, in fewer ranges: what is above does not matter."""
    last = bisect_right(ranges, (0xFFFF, MAX_CODE_POINT))
    kept = ranges[:last]
    return (*kept[:-1], (kept[-1][0], MAX_CODE_POINT)) if kept and kept[-1][1] >= 0xFFFF else kept


def literal(code: int) -> str:
    """One character as ``re`` reads it, inside a class and outside."""
    character = chr(code)
    return character if code >= 0x80 or character.isalnum() else f"\\x{code:02x}"


def members_text(ranges: Ranges) -> str:
    """The members of a class, without its brackets."""
    return "".join(literal(low) if low == high else f"{literal(low)}-{literal(high)}" for low, high in ranges)


def class_text(ranges: Ranges) -> str:
    """Text that matches exactly one character of the set (the engines' dot matches every character here)."""
    if not ranges:
        return NOTHING
    if ranges == ALL:
        return "."
    if len(ranges) == 1 and ranges[0][0] == ranges[0][1]:
        return literal(ranges[0][0])
    if (
        ranges[-1][1] == MAX_CODE_POINT
    ):  # to re, a few characters left out are much cheaper than all the others
        return f"[^{members_text(complement(ranges))}]"
    return f"[{members_text(ranges)}]"


SPACE_MEMBERS = members_text(SPACE)
LINE_TERMINATOR_MEMBERS = members_text(LINE_TERMINATORS)
