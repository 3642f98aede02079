"""What the files of String share: the receiver, the longest string, code points."""

from __future__ import annotations

from typing import Any, Final

from odw.ecma import limits
from odw.ecma.abstract_ops.type_conversion import to_string
from odw.ecma.code_points import joined
from odw.ecma.completion import range_error, type_error
from odw.ecma.values import undefined

MAX_STRING: Final = 2**29 - 24  # code units, as in V8
short_cuts: dict[type, Any] = {}
"""The class of regular expressions → the module with ``is_pristine`` and the ways ``match_quickly`` and so on, which skip
the look-ups by which they take over the work. Empty until the first of them is made, which loads the engine."""


def this_string(this: Any, method: str) -> str:
    """ToString(RequireObjectCoercible(this value))."""
    if type(this) is str:
        return this
    if this is None or this is undefined:
        name = method if method[0] == "[" else f".{method}"
        raise type_error(f"String.prototype{name} called on null or undefined")
    return to_string(this)


def check_length(length: int) -> None:
    """Refuse to build a string that V8 would not build either."""
    if length >= limits.LARGE:
        if length > MAX_STRING:
            raise range_error("Invalid string length")
        limits.expect(length)


def is_high(unit: str) -> bool:
    return "\ud800" <= unit <= "\udbff"


def is_low(unit: str) -> bool:
    return "\udc00" <= unit <= "\udfff"


def to_code_points(text: str) -> str:
    """Code units → code points; lone surrogates stay as they are."""
    return joined(text, "surrogatepass")
