"""escape and unescape (ECMA-262 annex B.2.1): ``unescape(encodeURIComponent(s))`` is a common way to get at UTF-8."""

from __future__ import annotations

import re
from typing import Any

from odw.ecma.abstract_ops.type_conversion import to_string
from odw.ecma.intrinsics.builders import builtin
from odw.ecma.intrinsics.string_support import check_length
from odw.ecma.values import undefined

_OTHERS = re.compile(r"[^A-Za-z0-9@*_+\-./]")
_ESCAPES = re.compile(r"%u([0-9A-Fa-f]{4})|%([0-9A-Fa-f]{2})")


def escape(this: Any, text: Any = undefined, *_: Any) -> str:
    s = to_string(text)
    check_length(len(s))
    escaped = _OTHERS.sub(_escaped, s)
    check_length(len(escaped))
    return escaped


def _escaped(match: re.Match[str]) -> str:
    unit = ord(match[0])
    return f"%{unit:02X}" if unit < 256 else f"%u{unit:04X}"


def unescape(this: Any, text: Any = undefined, *_: Any) -> str:
    return _ESCAPES.sub(lambda match: chr(int(match[1] or match[2], 16)), to_string(text))


def install(realm: Any) -> None:
    realm.escape = builtin(escape, "escape", 1)
    realm.unescape = builtin(unescape, "unescape", 1)
