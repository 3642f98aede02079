"""Strings as code units (what every script string is) and as code points (what ``u`` and ``v`` patterns see)."""

from __future__ import annotations

import re

from odw.ecma.code_points import joined

_SURROGATE = re.compile("[\ud800-\udfff]")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


_last_asked: tuple[str, bool] = ("", False)


def has_pairs(text: str) -> bool:
    """Whether any two code units of the string make one code point. The answer for the last string is remembered, since
    a loop over all matches asks at each step."""
    global _last_asked
    if text.isascii():
        return False
    if _last_asked[0] is not text:
        _last_asked = (text, _PAIR.search(text) is not None)
    return _last_asked[1]


def to_code_points(text: str) -> str:
    """The string with each surrogate pair as one character; lone surrogates stay."""
    if text.isascii() or _SURROGATE.search(text) is None:
        return text
    return joined(text, "surrogatepass")


def to_code_units(text: str) -> str:
    """The string with each astral character as two surrogates."""
    if text.isascii() or _ASTRAL.search(text) is None:
        return text
    return _ASTRAL.sub(lambda match: surrogates(ord(match[0])), text)


def surrogates(code_point: int) -> str:
    """UTF16EncodeCodePoint (11.1.1): one or two code units."""
    if code_point < 0x10000:
        return chr(code_point)
    offset = code_point - 0x10000
    return chr(0xD800 + (offset >> 10)) + chr(0xDC00 + (offset & 0x3FF))
