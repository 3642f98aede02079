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
_ESCAPED = {False: re.compile(f"[^{UNRESERVED}]+"), True: re.compile(f"[^{UNRESERVED}{RESERVED}]+")}
_OCTETS = re.compile("%[0-9A-Fa-f]{2}")


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
    """Decode (19.2.6.6)."""
    parts: list[str] = []
    start = 0
    percent = text.find("%")
    while percent >= 0:
        parts.append(text[start:percent])
        octets, start = _read_character(text, percent)
        try:
            character = octets.decode("utf-8")
        except UnicodeDecodeError:
            raise _malformed() from None
        if keep_reserved and character in RESERVED:
            parts.append(text[percent:start])
        else:
            parts.append(from_host_string(character))
        percent = text.find("%", start)
    parts.append(text[start:])
    return "".join(parts)


def _read_character(text: str, position: int) -> tuple[bytes, int]:
    """The octets of one UTF-8 sequence that is percent-encoded from ``position``, and where it ends."""
    octets = bytearray()
    needed = 1
    while len(octets) < needed:
        if _OCTETS.match(text, position) is None:
            raise _malformed()
        octets.append(int(text[position + 1 : position + 3], 16))
        position += 3
        if len(octets) == 1 and octets[0] >= 0x80:
            needed = 2 if octets[0] < 0xE0 else 3 if octets[0] < 0xF0 else 4
    return bytes(octets), position


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
