"""encodeURI, decodeURI and their component forms (ECMA-262 19.2.6)."""

from __future__ import annotations

import re
from typing import Any

from odw.ecma.abstract_ops.type_conversion import from_host_string, to_string
from odw.ecma.completion import throw
from odw.ecma.intrinsics.builders import builtin
from odw.ecma.intrinsics.string_support import check_length, to_code_points
from odw.ecma.values import undefined

UNRESERVED = "A-Za-z0-9_.!~*'()-"
RESERVED = ";/?:@&=+$,#"  # with the fragment sign, what encodeURI and decodeURI leave alone
_RESERVED = frozenset(RESERVED)
_ESCAPED = {False: re.compile(f"[^{UNRESERVED}]+"), True: re.compile(f"[^{UNRESERVED}{RESERVED}]+")}
_OCTETS = re.compile("(?:%[0-9A-Fa-f]{2})+|%")


def _malformed() -> Exception:
    return throw("URIError", "URI malformed")


def encode(text: str, keep_reserved: bool) -> str:
    """Encode (19.2.6.5)."""

    def escape(match: re.Match[str]) -> str:
        try:
            octets = to_code_points(match.group()).encode("utf-8")
        except UnicodeEncodeError:
            raise _malformed() from None
        return "".join([f"%{octet:02X}" for octet in octets])

    check_length(len(text))
    return _ESCAPED[keep_reserved].sub(escape, text)


def decode(text: str, keep_reserved: bool) -> str:
    """Decode (19.2.6.6): a run of escapes at a time, since well-formed UTF-8 is so character by character and as a whole."""

    def unescape(match: re.Match[str]) -> str:
        run = match.group()
        try:
            characters = bytes.fromhex(run.replace("%", " ")).decode("utf-8")
        except ValueError:  # a lone percent sign, or octets that are no UTF-8
            raise _malformed() from None
        if run == "%":
            raise _malformed()
        if keep_reserved and not _RESERVED.isdisjoint(characters):
            return _unescape_others(run, characters)
        return from_host_string(characters)

    return _OCTETS.sub(unescape, text)


def _unescape_others(run: str, characters: str) -> str:
    """A run of escapes with the reserved characters left as they were written."""
    parts: list[str] = []
    at = 0
    for character in characters:
        end = at + 3 * len(character.encode("utf-8"))
        parts.append(run[at:end] if character in _RESERVED else from_host_string(character))
        at = end
    return "".join(parts)


def encode_uri(this: Any, uri: Any = undefined, *_: Any) -> Any:
    return encode(to_string(uri), keep_reserved=True)


def encode_uri_component(this: Any, component: Any = undefined, *_: Any) -> Any:
    return encode(to_string(component), keep_reserved=False)


def decode_uri(this: Any, encoded: Any = undefined, *_: Any) -> Any:
    return decode(to_string(encoded), keep_reserved=True)


def decode_uri_component(this: Any, encoded: Any = undefined, *_: Any) -> Any:
    return decode(to_string(encoded), keep_reserved=False)


def install(realm: Any) -> None:
    realm.encode_uri = builtin(encode_uri, "encodeURI", 1)
    realm.encode_uri_component = builtin(encode_uri_component, "encodeURIComponent", 1)
    realm.decode_uri = builtin(decode_uri, "decodeURI", 1)
    realm.decode_uri_component = builtin(decode_uri_component, "decodeURIComponent", 1)
