"""JSON.stringify of trees of plain objects and arrays, where no script code can run: the common case, and fast.

Whatever is not plain (a Date, a Map, a getter, a hole, an integer-like key, a very deep or circular tree) makes
``stringify_plain`` give up with None. Nothing was observable until then, so ``json_stringify.py`` can start afresh.
"""

from __future__ import annotations

import re
from typing import Any

from odw.ecma.abstract_ops.number_text import number_to_string
from odw.ecma.intrinsics.string_support import check_length
from odw.ecma.realm import R
from odw.ecma.values import JSArray, JSObject, Undefined

MAX_DEPTH = 60
_LONE_SURROGATE = re.compile("[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]")


class _NotPlain(Exception):
    """Something that the fast way does not know."""


def stringify_plain(value: Any, gap: str) -> Any:
    """The JSON text, ``undefined`` where JSON.stringify returns that, or None to give up."""
    kind = type(value)
    if kind is str:
        return quote(value)
    if kind is not JSObject and kind is not JSArray:
        return None
    if "toJSON" in R.object_prototype or "toJSON" in R.array_prototype.named:
        return None
    out: list[str] = []
    try:
        _Writer(gap, out).write(value, "\n", 0)
    except _NotPlain:
        return None
    text = "".join(out)
    check_length(len(text))
    return text if text.isascii() else _LONE_SURROGATE.sub(_escape_surrogate, text)


def quote(text: str) -> str:
    """QuoteJSONString (25.5.2.3)."""
    quoted = _encode(text)
    return quoted if quoted.isascii() else _LONE_SURROGATE.sub(_escape_surrogate, quoted)


def _encode(text: str) -> str:
    global _encode  # the json package is imported by the first use only
    from json.encoder import encode_basestring

    _encode = encode_basestring  # type: ignore[assignment]
    return encode_basestring(text)


def _escape_surrogate(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"


class _Writer:
    """Appends the pieces of the text to ``out``; ``keys`` remembers property names with their quotes and colon."""

    def __init__(self, gap: str, out: list[str]) -> None:
        self.gap = gap
        self.out = out
        self.keys: dict[Any, str] = {}
        self.colon = ": " if gap else ":"

    def key(self, name: Any) -> str:
        if type(name) is not str or (name[:1].isdecimal() and name.isdecimal()):
            raise _NotPlain  # a symbol, or an integer-like key, which would have to be moved to the front
        quoted = self.keys[name] = _encode(name) + self.colon
        return quoted

    def write(self, value: Any, newline: str, depth: int) -> None:
        """Write a JSObject or JSArray; ``newline`` starts a line at the level of its brackets."""
        if depth > MAX_DEPTH:
            raise _NotPlain
        out = self.out
        gap = self.gap
        inner = newline + gap
        separator = inner if gap else ""
        following = "," + separator
        if type(value) is JSArray:
            if not len(value):
                out.append("[]")
                return
            separator = "[" + separator
            for item in value:
                out.append(separator)
                separator = following
                kind = type(item)
                if kind is str:
                    out.append(_encode(item))
                elif kind is JSObject or kind is JSArray:
                    self.write(item, inner, depth + 1)
                elif kind is Undefined:
                    out.append("null")
                else:
                    out.append(_scalar(item))
            out.append(newline + "]" if gap else "]")
            return
        if "toJSON" in value:
            raise _NotPlain
        separator = "{" + separator
        keys = self.keys
        for name, item in value.items():
            kind = type(item)
            if kind is Undefined and type(name) is str:
                continue
            out.append(separator)
            separator = following
            out.append(keys.get(name) or self.key(name))
            if kind is str:
                out.append(_encode(item))
            elif kind is int:
                out.append(str(item))
            elif kind is JSObject or kind is JSArray:
                self.write(item, inner, depth + 1)
            else:
                out.append(_scalar(item))
        if separator is not following:
            out.append("{}")
        else:
            out.append(newline + "}" if gap else "}")


def _scalar(value: Any) -> str:
    kind = type(value)
    if kind is int:
        return int.__repr__(value)
    if value is None:
        return "null"
    if kind is bool:
        return "true" if value else "false"
    if kind is float:
        return number_to_string(value) if value - value == 0 else "null"
    raise _NotPlain
