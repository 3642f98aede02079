"""What assigning to a part of a URL does (URL standard, section 6.1): each function changes a record or leaves it alone."""

from __future__ import annotations

import re

from odw.ecma.url.host import InvalidUrl, parse_host
from odw.ecma.url.parser import encode_query, parse_path, parse_port, split_port
from odw.ecma.url.percent import FRAGMENT, USERINFO, encode
from odw.ecma.url.record import SPECIAL_PORTS, UrlRecord

_REMOVED = dict.fromkeys(map(ord, "\t\n\r"))
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*)(?::|\Z)")


def set_protocol(url: UrlRecord, text: str) -> None:
    match = _SCHEME.match(text.translate(_REMOVED))
    if match is None:
        return
    scheme = match[1].lower()
    if (scheme in SPECIAL_PORTS) != url.is_special:
        return
    if scheme == "file" and (url.username or url.password or url.port is not None):
        return
    if url.scheme == "file" and not url.host:
        return
    url.scheme = scheme
    if url.port is not None and url.port == SPECIAL_PORTS.get(scheme):
        url.port = None


def set_username(url: UrlRecord, text: str) -> None:
    if not url.cannot_have_credentials_or_port:
        url.username = encode(text, USERINFO)


def set_password(url: UrlRecord, text: str) -> None:
    if not url.cannot_have_credentials_or_port:
        url.password = encode(text, USERINFO)


def set_host(url: UrlRecord, text: str, with_port: bool = True) -> None:
    """The setters of ``host`` and, without the port, ``hostname``."""
    if isinstance(url.path, str):
        return
    text = text.translate(_REMOVED)
    stops = "/\\?#" if url.is_special else "/?#"
    end = next((index for index, character in enumerate(text) if character in stops), len(text))
    host, port = split_port(text[:end])
    if url.scheme == "file":
        host, port = text[:end], None
    if port is not None and (not host or not with_port):
        return
    if not host and (url.is_special and url.scheme != "file"):
        return
    if not host and (url.username or url.password or url.port is not None):
        return
    try:
        parsed = parse_host(host, url.is_special) if host else ""
    except InvalidUrl:
        return
    url.host = "" if url.scheme == "file" and parsed == "localhost" else parsed
    if port:
        set_port(url, port)


def set_port(url: UrlRecord, text: str) -> None:
    if url.cannot_have_credentials_or_port:
        return
    if not text:
        url.port = None
        return
    digits = re.match("[0-9]*", text.translate(_REMOVED))
    if digits is not None and digits[0]:
        try:
            url.port = parse_port(digits[0], url.scheme)
        except InvalidUrl:
            return


def set_pathname(url: UrlRecord, text: str) -> None:
    if isinstance(url.path, str):
        return
    query, fragment = url.query, url.fragment
    url.path = []
    text = text.translate(_REMOVED)
    slashes = "/\\" if url.is_special else "/"
    if text[:1] and text[0] in slashes:
        parse_path(url, text[1:], whole=True)
    elif text or url.is_special:
        parse_path(url, text, whole=True)
    url.query, url.fragment = query, fragment


def set_search(url: UrlRecord, text: str) -> None:
    if text:
        url.query = encode_query(url, (text[1:] if text[0] == "?" else text).translate(_REMOVED))
    else:
        url.query = None


def set_hash(url: UrlRecord, text: str) -> None:
    if text:
        url.fragment = encode((text[1:] if text[0] == "#" else text).translate(_REMOVED), FRAGMENT)
    else:
        url.fragment = None
