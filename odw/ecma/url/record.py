"""URL records and their serialization (URL standard, sections 4.1 and 4.5)."""

from __future__ import annotations

SPECIAL_PORTS: dict[str, int | None] = {
    "ftp": 21,
    "file": None,
    "http": 80,
    "https": 443,
    "ws": 80,
    "wss": 443,
}


class UrlRecord:
    """``host`` is None or serialized; ``path`` is a list of segments, or a str when it is opaque."""

    __slots__ = ("fragment", "host", "password", "path", "port", "query", "scheme", "username")

    def __init__(self, scheme: str = "") -> None:
        self.scheme = scheme
        self.username = ""
        self.password = ""
        self.host: str | None = None
        self.port: int | None = None
        self.path: list[str] | str = []
        self.query: str | None = None
        self.fragment: str | None = None

    @property
    def is_special(self) -> bool:
        return self.scheme in SPECIAL_PORTS

    @property
    def cannot_have_credentials_or_port(self) -> bool:
        return not self.host or self.scheme == "file"

    def copy_authority(self, base: UrlRecord) -> None:
        self.username, self.password = base.username, base.password
        self.host, self.port = base.host, base.port

    def segments(self) -> list[str]:
        """The path, which the caller knows not to be opaque."""
        assert isinstance(self.path, list)
        return self.path

    def shorten_path(self) -> None:
        """Drop the last segment; a drive letter of a file URL stays."""
        path = self.segments()
        if path and not (self.scheme == "file" and len(path) == 1 and is_normalized_drive_letter(path[0])):
            path.pop()

    def pathname(self) -> str:
        if isinstance(self.path, str):
            return self.path
        return "".join(f"/{segment}" for segment in self.path)

    def host_and_port(self) -> str:
        if self.host is None:
            return ""
        return self.host if self.port is None else f"{self.host}:{self.port}"

    def origin(self) -> str:
        """The origin, serialized."""
        if self.is_special and self.scheme != "file":
            return f"{self.scheme}://{self.host_and_port()}"
        if self.scheme == "blob":
            from odw.ecma.url.host import InvalidUrl
            from odw.ecma.url.parser import parse_url

            try:
                inner = parse_url(self.pathname(), None)
            except InvalidUrl:
                return "null"
            return inner.origin() if inner.scheme in ("http", "https") else "null"
        return "null"

    def href(self) -> str:
        """URL serializer."""
        parts = [self.scheme, ":"]
        if self.host is not None:
            parts.append("//")
            if self.username or self.password:
                parts.append(self.username)
                if self.password:
                    parts += [":", self.password]
                parts.append("@")
            parts.append(self.host_and_port())
        elif isinstance(self.path, list) and len(self.path) > 1 and not self.path[0]:
            parts.append("/.")
        parts.append(self.pathname())
        if self.query is not None:
            parts += ["?", self.query]
        if self.fragment is not None:
            parts += ["#", self.fragment]
        return "".join(parts)


def is_drive_letter(text: str) -> bool:
    """Windows drive letter: ``C:`` or ``C|``."""
    return len(text) == 2 and text[0].isascii() and text[0].isalpha() and text[1] in ":|"


def is_normalized_drive_letter(text: str) -> bool:
    return is_drive_letter(text) and text[1] == ":"


def starts_with_drive_letter(text: str) -> bool:
    return is_drive_letter(text[:2]) and (len(text) == 2 or text[2] in "/\\?#")
