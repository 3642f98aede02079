"""Strings for synthesized values: readable words, the required length, a common format, a match of a pattern."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Below = Callable[[int], int]  # a number from 0 to n - 1

WORDS = (
    "alpha",
    "river",
    "stone",
    "cloud",
    "maple",
    "ember",
    "north",
    "quiet",
    "amber",
    "delta",
    "field",
    "harbor",
)
FORMATS: dict[str, str] = {
    "date": "2024-0{a}-1{b}",
    "date-time": "2024-0{a}-1{b}T0{a}:00:00Z",
    "time": "0{a}:1{b}:00Z",
    "email": "user{n}@example.com",
    "uri": "https://example.com/{n}",
    "url": "https://example.com/{n}",
    "hostname": "host{n}.example.com",
    "ipv4": "192.0.2.{n}",
    "uuid": "00000000-0000-4000-8000-{n:012d}",
}
REPEAT_MORE = 3  # how far beyond its minimum an open repetition goes at most


def text_for(schema: dict[str, Any], name: str, below: Below) -> str:
    """A string valid under ``schema``; a pattern that cannot be generated is left to the validator."""
    low, high = schema.get("minLength", 0), schema.get("maxLength")
    pattern = schema.get("pattern")
    if isinstance(pattern, str):
        for _ in range(20):
            text = _matching(pattern, below)
            if text is not None and low <= len(text) and (high is None or len(text) <= high):
                return text
    form = schema.get("format")
    if form in FORMATS:
        n = below(250)
        return FORMATS[form].format(a=1 + n % 9, b=n % 10, n=n)
    text = f"{name} {WORDS[below(len(WORDS))]} {below(100)}"
    while len(text) < low:
        text += f" {WORDS[below(len(WORDS))]}"
    if high is not None and len(text) > high:
        text = text[:high]
        if text != text.strip():  # a cut at a blank: keep the length, lose the blank
            text = text.strip().ljust(len(text), "x")
    return text


def _matching(pattern: str, below: Below) -> str | None:
    """A text that ``pattern`` matches, or None. Python's own regex parser reads the pattern."""
    from re import _parser  # type: ignore[attr-defined]  # the parser of the standard library has no public name

    try:
        tree = _parser.parse(pattern)
        text = "".join(_pieces(tree, below))
        return text if re.search(pattern, text) else None
    except (re.error, _CannotGenerate, RecursionError):
        return None


class _CannotGenerate(Exception):
    """The pattern uses something that no text is made for, such as a lookbehind."""


def _pieces(tree: Any, below: Below) -> list[str]:
    return [_piece(str(op), argument, below) for op, argument in tree]


def _piece(op: str, argument: Any, below: Below) -> str:
    if op == "LITERAL":
        return chr(argument)
    if op == "NOT_LITERAL":
        return "a" if argument != ord("a") else "b"
    if op == "ANY":
        return chr(97 + below(26))
    if op in ("AT", "ASSERT_NOT", "ASSERT"):
        return ""
    if op == "IN":
        return _one_of(argument, below)
    if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        low, high, body = argument
        count = low + below(min(int(high) - low, REPEAT_MORE) + 1)
        return "".join(piece for _ in range(count) for piece in _pieces(body, below))
    if op == "SUBPATTERN":
        return "".join(_pieces(argument[3], below))
    if op == "BRANCH":
        branches = argument[1]
        return "".join(_pieces(branches[below(len(branches))], below))
    if op == "CATEGORY":
        return _of_category(str(argument), below)
    raise _CannotGenerate(op)


def _one_of(members: Any, below: Below) -> str:
    first, *_ = members
    if str(first[0]) == "NEGATE":
        for candidate in "abcxyz019 _-.,/AZ":
            if not any(_has(member, candidate) for member in members[1:]):
                return candidate
        raise _CannotGenerate("NEGATE")
    op, argument = members[below(len(members))]
    if str(op) == "RANGE":
        low, high = argument
        return chr(low + below(high - low + 1))
    return _piece(str(op), argument, below)


def _has(member: Any, character: str) -> bool:
    op, argument = str(member[0]), member[1]
    if op == "LITERAL":
        return chr(argument) == character
    if op == "RANGE":
        return bool(argument[0] <= ord(character) <= argument[1])
    if op == "CATEGORY":
        kinds = {"DIGIT": r"\d", "WORD": r"\w", "SPACE": r"\s"}
        name = str(argument).removeprefix("CATEGORY_")
        inside = bool(re.match(kinds.get(name.removeprefix("NOT_"), r"\w"), character))
        return inside != name.startswith("NOT_")
    return False


def _of_category(category: str, below: Below) -> str:
    name = category.removeprefix("CATEGORY_")
    if name == "DIGIT":
        return chr(48 + below(10))
    if name == "SPACE":
        return " "
    if name == "NOT_WORD":
        return "-"
    return chr(97 + below(26))
