"""The URL parser (URL standard, section 4.4), its states as functions that each take the rest of the input."""

from __future__ import annotations

import re

from odw.ecma.url.host import InvalidUrl, parse_host
from odw.ecma.url.percent import CONTROL, FRAGMENT, PATH, QUERY, SPECIAL_QUERY, USERINFO, encode
from odw.ecma.url.record import (
    SPECIAL_PORTS,
    UrlRecord,
    is_drive_letter,
    is_normalized_drive_letter,
    starts_with_drive_letter,
)

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_TRIMMED = "".join(map(chr, range(0x21)))
_REMOVED = dict.fromkeys(map(ord, "\t\n\r"))


def parse_url(text: str, base: UrlRecord | None) -> UrlRecord:
    """The record of a URL, or InvalidUrl."""
    text = text.strip(_TRIMMED).translate(_REMOVED)
    match = _SCHEME.match(text)
    if match is None:
        return _without_scheme(text, base)
    url = UrlRecord(match[1].lower())
    rest = text[match.end() :]
    if url.scheme == "file":
        _file(url, rest, base if base is not None and base.scheme == "file" else None)
    elif url.is_special:
        if base is not None and base.scheme == url.scheme and not rest.startswith("//"):
            _relative(url, rest, base)
        else:
            _authority(url, rest.lstrip("/\\"))
    elif rest.startswith("//"):
        _authority(url, rest[2:])
    elif rest.startswith("/"):
        parse_path(url, rest[1:])
    else:
        _opaque_path(url, rest)
    return url


def _without_scheme(text: str, base: UrlRecord | None) -> UrlRecord:
    """No scheme state."""
    if base is None:
        raise InvalidUrl
    url = UrlRecord(base.scheme)
    if isinstance(base.path, str):
        if not text.startswith("#"):
            raise InvalidUrl
        url.path, url.query = base.path, base.query
        url.fragment = encode(text[1:], FRAGMENT)
    elif base.scheme == "file":
        _file(url, text, base)
    else:
        _relative(url, text, base)
    return url


def _slashes(url: UrlRecord) -> str:
    return "/\\" if url.is_special else "/"


def _relative(url: UrlRecord, text: str, base: UrlRecord) -> None:
    """Relative state and relative slash state."""
    slashes = _slashes(url)
    if text and text[0] in slashes:
        if len(text) > 1 and text[1] in slashes:
            _authority(url, text[2:].lstrip("/\\") if url.is_special else text[2:])
        else:
            url.copy_authority(base)
            parse_path(url, text[1:])
        return
    url.copy_authority(base)
    _relative_to_path(url, text, base)


def _relative_to_path(url: UrlRecord, text: str, base: UrlRecord) -> None:
    """What a relative reference does to the path and the query of its base."""
    url.path = list(base.path)
    url.query = base.query
    if text and text[0] not in "?#":
        url.shorten_path()
    if text and text[0] != "#":
        url.query = None
    if text and text[0] not in "?#":
        parse_path(url, text)
    else:
        _query_and_fragment(url, text)


def _authority(url: UrlRecord, text: str) -> None:
    """Authority, host and port states."""
    stops = "/\\?#" if url.is_special else "/?#"
    end = next((index for index, character in enumerate(text) if character in stops), len(text))
    authority, rest = text[:end], text[end:]
    credentials, at, host = authority.rpartition("@")
    if at:
        if not host:
            raise InvalidUrl
        username, _, password = credentials.partition(":")
        url.username = encode(username, USERINFO)
        url.password = encode(password, USERINFO)
    host, port = split_port(host)
    if not host and (url.is_special or port is not None):
        raise InvalidUrl
    url.host = parse_host(host, url.is_special) if host else ""
    if port:
        url.port = parse_port(port, url.scheme)
    _path_start(url, rest)


def split_port(text: str) -> tuple[str, str | None]:
    """A host and what follows its colon; None without a colon."""
    bracket = text.rfind("]")
    colon = text.find(":", bracket + 1 if text.startswith("[") and bracket >= 0 else 0)
    if text.startswith("[") and bracket < 0:
        return text, None
    return (text, None) if colon < 0 else (text[:colon], text[colon + 1 :])


def parse_port(text: str, scheme: str) -> int | None:
    """Port state: the number, or None for the scheme's default."""
    if not (text.isascii() and text.isdigit()) or int(text[-400:]) > 65535:
        raise InvalidUrl
    port = int(text)
    return None if SPECIAL_PORTS.get(scheme) == port else port


def _path_start(url: UrlRecord, text: str) -> None:
    """Path start state."""
    if url.is_special:
        parse_path(url, text[1:] if text and text[0] in "/\\" else text)
    elif text and text[0] not in "?#":
        parse_path(url, text[1:] if text[0] == "/" else text)
    else:
        _query_and_fragment(url, text)


def parse_path(url: UrlRecord, text: str, whole: bool = False) -> None:
    """Path state: add the segments to the path. ``whole``: a ``?`` or ``#`` has no meaning (the pathname setter)."""
    end = len(text)
    if not whole:
        end = next((index for index, character in enumerate(text) if character in "?#"), end)
    path = url.segments()
    segments = (text[:end].replace("\\", "/") if url.is_special else text[:end]).split("/")
    for index, segment in enumerate(segments):
        last = index == len(segments) - 1
        kind = segment.lower().replace("%2e", ".")
        if kind == "..":
            url.shorten_path()
            if last:
                path.append("")
        elif kind == ".":
            if last:
                path.append("")
        else:
            if url.scheme == "file" and not path and is_drive_letter(segment):
                segment = f"{segment[0]}:"
            path.append(encode(segment, PATH))
    _query_and_fragment(url, text[end:])


def _opaque_path(url: UrlRecord, text: str) -> None:
    """Opaque path state."""
    end = next((index for index, character in enumerate(text) if character in "?#"), len(text))
    url.path = encode(text[:end], CONTROL)
    _query_and_fragment(url, text[end:])


def _query_and_fragment(url: UrlRecord, text: str) -> None:
    """Query state and fragment state, from a ``?`` or ``#`` or the end."""
    query, hash_, fragment = text.partition("#")
    if query:
        url.query = encode_query(url, query[1:])
    if hash_:
        url.fragment = encode(fragment, FRAGMENT)


def encode_query(url: UrlRecord, text: str) -> str:
    return encode(text, SPECIAL_QUERY if url.is_special else QUERY)


def _file(url: UrlRecord, text: str, base: UrlRecord | None) -> None:
    """File state; ``base`` is a file URL, or None."""
    url.host = ""
    if text and text[0] in "/\\":
        _file_slash(url, text[1:], base)
    elif base is not None:
        url.host = base.host
        if text and text[0] not in "?#" and starts_with_drive_letter(text):
            parse_path(url, text)
        else:
            _relative_to_path(url, text, base)
    else:
        parse_path(url, text)


def _file_slash(url: UrlRecord, text: str, base: UrlRecord | None) -> None:
    """File slash state and file host state."""
    if text and text[0] in "/\\":
        text = text[1:]
        end = next((index for index, character in enumerate(text) if character in "/\\?#"), len(text))
        if is_drive_letter(text[:end]):
            parse_path(url, text)
            return
        host = parse_host(text[:end], True) if end else ""
        url.host = "" if host == "localhost" else host
        _path_start(url, text[end:])
        return
    if base is not None:
        url.host = base.host
        segments = base.segments()
        if not starts_with_drive_letter(text) and segments and is_normalized_drive_letter(segments[0]):
            url.segments().append(segments[0])
    parse_path(url, text)
