"""Hosts: domains, IPv4 and IPv6 addresses, opaque hosts (URL standard, section 3)."""

from __future__ import annotations

from odw.ecma.url.percent import CONTROL, decode, encode

_FORBIDDEN = frozenset("\0\t\n\r #/:<>?@[\\]^|")
_FORBIDDEN_DOMAIN = _FORBIDDEN | frozenset("%\x7f") | frozenset(map(chr, range(0x20)))
_IGNORED = dict.fromkeys([0xAD, 0x200B, 0x2060, 0xFEFF, *range(0xFE00, 0xFE10)])


class InvalidUrl(Exception):
    """The input is no valid URL: the parser's "failure"."""


def parse_host(text: str, special: bool) -> str:
    """The host, serialized (3.5)."""
    if text.startswith("["):
        if not text.endswith("]"):
            raise InvalidUrl
        return f"[{serialize_ipv6(parse_ipv6(text[1:-1]))}]"
    if not special:
        if not _FORBIDDEN.isdisjoint(text):
            raise InvalidUrl
        return encode(text, CONTROL)
    domain = domain_to_ascii(decode(text).decode("utf-8", "replace"))
    if not domain or not _FORBIDDEN_DOMAIN.isdisjoint(domain):
        raise InvalidUrl
    return parse_ipv4(domain) if _ends_in_number(domain) else domain


def domain_to_ascii(domain: str) -> str:
    """UTS 46 ToASCII, without its checks on bidirectional text and joiners."""
    if domain.isascii():
        domain = domain.lower()
        if "xn--" not in domain:
            return domain
    else:
        import unicodedata

        mapped = domain.translate(_IGNORED)
        mapped = "".join(c if c in "ßς" else c.casefold() for c in unicodedata.normalize("NFKC", mapped))
        domain = unicodedata.normalize("NFKC", mapped).replace("。", ".")
    return ".".join(_label(label) for label in domain.split("."))


def _label(label: str) -> str:
    if not label.isascii():
        if "\ufffd" in label or label[:4] == "xn--":
            raise InvalidUrl
        return f"xn--{label.encode('punycode').decode('ascii')}"
    if label[:4] == "xn--":
        try:
            decoded = label[4:].encode("ascii").decode("punycode")
        except (UnicodeError, ValueError, OverflowError):
            raise InvalidUrl from None
        if not decoded or decoded.isascii():
            raise InvalidUrl
    return label


def _ends_in_number(domain: str) -> bool:
    """Ends-in-a-number checker (3.6)."""
    parts = domain.split(".")
    if parts[-1] == "" and len(parts) > 1:
        parts.pop()
    last = parts[-1]
    if last.isascii() and last.isdigit():
        return True
    try:
        return _ipv4_number(last) >= 0
    except InvalidUrl:
        return False


def _ipv4_number(text: str) -> int:
    if not text:
        raise InvalidUrl
    base = 10
    if text[:2] in ("0x", "0X"):
        text, base = text[2:], 16
    elif len(text) > 1 and text[0] == "0":
        text, base = text[1:], 8
    if not text:
        return 0
    allowed = "0123456789abcdefABCDEF" if base == 16 else "0123456789"[:base]
    if any(character not in allowed for character in text):
        raise InvalidUrl
    return int(text[:400], base) if len(text) <= 400 else 2**64


def parse_ipv4(domain: str) -> str:
    """IPv4 parser and serializer (3.6, 3.7)."""
    parts = domain.split(".")
    if parts[-1] == "" and len(parts) > 1:
        parts.pop()
    if len(parts) > 4:
        raise InvalidUrl
    numbers = [_ipv4_number(part) for part in parts]
    if any(number > 255 for number in numbers[:-1]) or numbers[-1] >= 256 ** (5 - len(numbers)):
        raise InvalidUrl
    address = numbers[-1]
    for index, number in enumerate(numbers[:-1]):
        address += number * 256 ** (3 - index)
    return ".".join(str(address >> shift & 255) for shift in (24, 16, 8, 0))


def parse_ipv6(text: str) -> list[int]:
    """IPv6 parser (3.6): the eight pieces."""
    head, double, tail = text.partition("::")
    left = _pieces(head) if head else []
    if not double:
        if len(left) != 8:
            raise InvalidUrl
        return left
    right = _pieces(tail) if tail else []
    missing = 8 - len(left) - len(right)
    if missing < 1 or _has_ipv4(head):
        raise InvalidUrl
    return left + [0] * missing + right


def _has_ipv4(text: str) -> bool:
    return "." in text


def _pieces(text: str) -> list[int]:
    """Groups of up to four hexadecimal digits, the last of which may be an IPv4 address in dotted form."""
    pieces: list[int] = []
    groups = text.split(":")
    for index, group in enumerate(groups):
        if index == len(groups) - 1 and "." in group:
            numbers = group.split(".")
            if len(numbers) != 4 or any(not _is_byte(number) for number in numbers):
                raise InvalidUrl
            a, b, c, d = map(int, numbers)
            pieces += [a << 8 | b, c << 8 | d]
        elif 1 <= len(group) <= 4 and all(c in "0123456789abcdefABCDEF" for c in group):
            pieces.append(int(group, 16))
        else:
            raise InvalidUrl
    return pieces


def _is_byte(text: str) -> bool:
    return text.isascii() and text.isdigit() and str(int(text[:4])) == text and int(text) <= 255


def serialize_ipv6(pieces: list[int]) -> str:
    """IPv6 serializer (3.7): the first longest run of two zeros or more is left out."""
    best, length = -1, 1
    start = 0
    while start < 8:
        end = start
        while end < 8 and pieces[end] == 0:
            end += 1
        if end - start > length:
            best, length = start, end - start
        start = max(end, start + 1)
    texts = [f"{piece:x}" for piece in pieces]
    if best < 0:
        return ":".join(texts)
    return f"{':'.join(texts[:best])}::{':'.join(texts[best + length :])}"
