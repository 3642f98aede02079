"""String.prototype: characters, pieces, padding and trimming (ECMA-262 22.1.3)."""

from __future__ import annotations

from math import nan
from typing import Any

from odw.ecma.abstract_ops.number_text import number_to_string
from odw.ecma.abstract_ops.type_conversion import (
    WHITE_SPACE,
    clamp_index,
    to_integer_or_infinity,
    to_length,
    to_string,
)
from odw.ecma.completion import range_error
from odw.ecma.intrinsics.string_support import check_length, is_high, is_low, this_string
from odw.ecma.values import undefined


def at(this: Any, index: Any = undefined, *_: Any) -> Any:
    s = this_string(this, "at")
    k = to_integer_or_infinity(index)
    if k < 0:
        k += len(s)
    return s[int(k)] if 0 <= k < len(s) else undefined


def char_at(this: Any, position: Any = undefined, *_: Any) -> Any:
    if type(this) is str and type(position) is int:
        return this[position] if 0 <= position < len(this) else ""
    s = this_string(this, "charAt")
    k = to_integer_or_infinity(position)
    return s[k] if 0 <= k < len(s) else ""


def char_code_at(this: Any, position: Any = undefined, *_: Any) -> Any:
    if type(this) is str and type(position) is int:
        return ord(this[position]) if 0 <= position < len(this) else nan
    s = this_string(this, "charCodeAt")
    k = to_integer_or_infinity(position)
    return ord(s[k]) if 0 <= k < len(s) else nan


def code_point_at(this: Any, position: Any = undefined, *_: Any) -> Any:
    s = this_string(this, "codePointAt")
    k = to_integer_or_infinity(position)
    if not 0 <= k < len(s):
        return undefined
    first = s[k]
    if is_high(first) and k + 1 < len(s) and is_low(s[k + 1]):
        return 0x10000 + ((ord(first) - 0xD800) << 10) + ord(s[k + 1]) - 0xDC00
    return ord(first)


def slice_(this: Any, start: Any = undefined, end: Any = undefined, *_: Any) -> Any:
    if type(this) is str and type(start) is int:
        if end is undefined:
            return this[start:]  # Python's slices count from the end and clamp just the same
        if type(end) is int:
            return this[start:end]
    s = this_string(this, "slice")
    length = len(s)
    return s[clamp_index(start, length) : clamp_index(end, length, length)]


def substring(this: Any, start: Any = undefined, end: Any = undefined, *_: Any) -> Any:
    if type(this) is str and type(start) is int and start >= 0:
        if end is undefined:
            return this[start:]
        if type(end) is int and start <= end:
            return this[start:end]
    s = this_string(this, "substring")
    length = len(s)
    from_ = min(max(to_integer_or_infinity(start), 0), length)
    to = length if end is undefined else min(max(to_integer_or_infinity(end), 0), length)
    return s[from_:to] if from_ < to else s[to:from_]


def substr(this: Any, start: Any = undefined, length: Any = undefined, *_: Any) -> Any:
    """https://tc39.es/ecma262/#sec-string.prototype.substr"""
    s = this_string(this, "substr")
    from_ = clamp_index(start, len(s))
    count = len(s) if length is undefined else min(max(to_integer_or_infinity(length), 0), len(s))
    return s[from_ : from_ + count]


def concat(this: Any, *items: Any) -> Any:
    parts = [this_string(this, "concat"), *[to_string(item) for item in items]]
    check_length(sum(map(len, parts)))
    return "".join(parts)


def repeat(this: Any, count: Any = undefined, *_: Any) -> Any:
    s = this_string(this, "repeat")
    n = to_integer_or_infinity(count)
    if n < 0 or type(n) is float:
        raise range_error(f"Invalid count value: {to_string(count)}")
    if not s:
        return ""
    check_length(len(s) * n)
    return s * n


def pad_start(this: Any, max_length: Any = undefined, filler: Any = undefined, *_: Any) -> Any:
    s = this_string(this, "padStart")
    return _padding(s, max_length, filler) + s


def pad_end(this: Any, max_length: Any = undefined, filler: Any = undefined, *_: Any) -> Any:
    s = this_string(this, "padEnd")
    return s + _padding(s, max_length, filler)


def _padding(s: str, max_length: Any, filler: Any) -> str:
    """What StringPad (22.1.3.17.1) adds."""
    wanted = max_length if type(max_length) is int else to_length(max_length)
    if wanted <= len(s):
        return ""
    if filler is undefined:
        fill = " "
    else:
        fill = filler if type(filler) is str else to_string(filler)
    if not fill:
        return ""
    check_length(wanted)
    missing = wanted - len(s)
    if len(fill) == 1:
        return fill * missing
    return (fill * (missing // len(fill) + 1))[:missing]


def trim(this: Any, *_: Any) -> Any:
    if type(this) is str:
        return this.strip(WHITE_SPACE)
    return this_string(this, "trim").strip(WHITE_SPACE)


def trim_start(this: Any, *_: Any) -> Any:
    return this_string(this, "trimLeft").lstrip(WHITE_SPACE)  # the name that V8's message has


def trim_end(this: Any, *_: Any) -> Any:
    return this_string(this, "trimRight").rstrip(WHITE_SPACE)


def invalid_code_point(value: int | float) -> Exception:
    return range_error(f"Invalid code point {number_to_string(value)}")
