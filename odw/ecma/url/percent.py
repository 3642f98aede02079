"""Percent-encoding (URL standard, section 1.3) and application/x-www-form-urlencoded (section 5)."""

from __future__ import annotations

from odw.ecma import limits

FRAGMENT = frozenset(' "<>`')
QUERY = frozenset(' "#<>')
SPECIAL_QUERY = QUERY | frozenset("'")
PATH = QUERY | frozenset("?`{}")  # NON-SPEC: as in Node 20, without the "^" that the standard has added since
USERINFO = PATH | frozenset("/:;=@[\\]^|")
CONTROL: frozenset[str] = frozenset()

PAIR_BYTES = 200  # of a name and a value in a list
_HEX = frozenset("0123456789abcdefABCDEF")
_FORM_SAFE = frozenset("*-._0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


def encode(text: str, encode_set: frozenset[str]) -> str:
    """UTF-8 percent-encode what is in the set, or is no printable ASCII character."""
    if text.isascii() and text.isprintable() and encode_set.isdisjoint(text):
        return text
    parts = []
    for character in text:
        if " " <= character <= "~" and character not in encode_set:
            parts.append(character)
        else:
            parts.extend(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))
    return "".join(parts)


def decode(text: str) -> bytes:
    """Percent-decode."""
    if "%" not in text:
        return text.encode("utf-8", "replace")
    result = bytearray()
    position = 0
    while position < len(text):
        digits = text[position + 1 : position + 3]
        if text[position] == "%" and len(digits) == 2 and digits[0] in _HEX and digits[1] in _HEX:
            result.append(int(digits, 16))
            position += 3
        else:
            result += text[position].encode("utf-8", "replace")
            position += 1
    return bytes(result)


def parse_form(text: str) -> list[list[str]]:
    """The name and value pairs of a query string (5.1)."""
    limits.expect(PAIR_BYTES * text.count("&"))
    pairs = []
    for sequence in text.split("&"):
        if sequence:
            name, _, value = sequence.replace("+", " ").partition("=")
            pairs.append([decode(part).decode("utf-8", "replace") for part in (name, value)])
    return pairs


def serialize_form(pairs: list[list[str]]) -> str:
    """The query string of name and value pairs (5.2)."""
    return "&".join(f"{_form(name)}={_form(value)}" for name, value in pairs)


def _form(text: str) -> str:
    parts = []
    for character in text:
        if character in _FORM_SAFE:
            parts.append(character)
        elif character == " ":
            parts.append("+")
        else:
            parts.extend(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))
    return "".join(parts)
