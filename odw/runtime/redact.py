"""Keys and tokens, taken out of all that executors bring back before anything is recorded, shown or handed to a script.

Known by value: what stands in environment variables whose names say that it is a secret, and in odw.toml's ``env`` tables.
Known by pattern: the shapes that the large providers give their keys. Bytes are redacted as they leave a process, which
covers its transcript and its last words; what has been parsed is redacted once more at the runtime's border, which covers
escapes and executors without a process.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from json import dumps
from typing import Any

HIDDEN = "[redacted]"
LONG = 16  # characters of a word in small letters that is taken for a secret all the same
SHORTEST = 8  # characters of a value that is looked for; shorter ones would be found everywhere
LONGEST = 16 << 10  # bytes of a key or token of a provider, which has to be seen whole
HELD_BACK = 1024  # bytes that stay behind of something longer, which is none

_SECRET_NAME = re.compile(r"KEY|TOKEN|SECRET|PASSW|CREDENTIAL|AUTH|COOKIE", re.IGNORECASE)
# Names that only look like it, and values that are no secrets: paths and addresses.
_NO_SECRET_NAME = re.compile(
    r"KEYBOARD|KEYMAP|AUTHOR|MONKEY|TOKENS\Z|TOKENIZER|SSH_AUTH_SOCK|XAUTHORITY|_FILE\Z|_PATH\Z|_DIR\Z", re.I
)
_NO_SECRET_VALUE = re.compile(
    r"/|~/|https?://[^@]*\Z|(?:true|false|none|null|enabled|disabled)\Z|\d{1,12}\Z", re.IGNORECASE
)

# What a pattern looks for, by the letters that every match of it begins with: a search for those is far quicker than the
# pattern, and nearly always in vain.
_START = r"(?:(?<![A-Za-z0-9_-])|(?<=\\[nrtbf])|(?<=\\u[0-9A-Fa-f]{4}))"  # a token begins; in JSON maybe behind an escape
_PATTERNS = {
    # OpenAI, Anthropic, DeepSeek, OpenRouter, Qwen, Kimi; names such as sk-learn-… have no digits
    "sk-": rf"{_START}sk-(?=[A-Za-z_-]{{0,64}}[0-9])[A-Za-z0-9][A-Za-z0-9_-]{{18,}}",
    **{f"gh{kind}_": rf"{_START}gh{kind}_[A-Za-z0-9]{{30,}}" for kind in "pousr"},
    "github_pat_": rf"{_START}github_pat_[A-Za-z0-9_]{{30,}}",
    "glpat-": rf"{_START}glpat-[A-Za-z0-9_-]{{18,}}",
    "xox": rf"{_START}xox[abeoprs]-[A-Za-z0-9-]{{10,}}",
    "AKIA": rf"{_START}AKIA[A-Z0-9]{{16}}\b",
    "ASIA": rf"{_START}ASIA[A-Z0-9]{{16}}\b",
    "AIza": rf"{_START}AIza[A-Za-z0-9_-]{{35}}",
    "npm_": rf"{_START}npm_[A-Za-z0-9]{{36}}\b",
    "hf_": rf"{_START}hf_[A-Za-z0-9]{{30,}}",
    "eyJ": rf"{_START}eyJ[A-Za-z0-9_-]{{10,}}\.eyJ[A-Za-z0-9_-]{{10,}}\.[A-Za-z0-9_-]{{10,}}",  # a JSON web token
    "earer ": r"(?<=earer )(?=\S{0,64}[0-9]|\S{1,64}[A-Z])[A-Za-z0-9._~+/-]{20,}",
    "-----BEGIN ": r"-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"(?:(?:\\[nr]|[\r\n])+[ \t]*[A-Za-z-]+: [^\r\n\\\"]*)*"  # an encrypted one says how, on lines of their own
    r"(?:(?:\\[nr]|\s)+[A-Za-z0-9+/=]{16,})+(?:(?:\\[nr]|\s)+[A-Za-z0-9+/=]+)?"
    r"(?:(?:\\[nr]|\s)*-----END [A-Z ]*PRIVATE KEY-----)?",  # which may have been cut off
}


_TEXT_PATTERNS = tuple((trigger, re.compile(pattern)) for trigger, pattern in _PATTERNS.items())
_BYTE_PATTERNS = tuple(
    (trigger.encode(), re.compile(pattern.encode())) for trigger, pattern in _PATTERNS.items()
)
_HIDDEN_BYTES = HIDDEN.encode()
# What keys and tokens are made of, in bytes: whatever else stands before one or after it ends it.
_TOKEN = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.~+/"
_BEARER = b"earer "
_PEM = b"-----BEGIN "
# A private key as far as it goes, up to the end: what else follows its first line shows that it is only spoken of.
_PEM_GOES_ON = re.compile(
    rb"-----BEGIN [A-Z ]*PRIVATE KEY-----"
    rb"(?:(?:\\[nr]|[\r\n])[ \t]*(?:[A-Za-z-]+: [^\r\n\\\"]*|[A-Za-z0-9+/=]*[ \t]*))*(?:\\|-{1,5}[A-Z -]*|[A-Za-z-]+:?)?\Z"
)
_PEM_AT_END = re.compile(rb"-----END [A-Z ]*-----\Z")
_PEM_KIND = 48  # bytes within which it says whether it is a private key


class Redactor:
    """Hides what it knows. ``learn`` adds values; nothing is ever forgotten."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._values: set[str] = set()
        self._known = re.compile("(?!)")
        self._byte_values: tuple[bytes, ...] = ()
        self._known_bytes = re.compile(b"(?!)")
        self.learn(environ)

    def learn(self, environ: Mapping[str, str]) -> None:
        """Add the variables whose names say that they hold a secret."""
        new = {value for name, value in environ.items() if is_secret(name, value)}
        if new <= self._values:
            return
        self._values |= new
        for value in new:  # as it stands inside a text of JSON
            self._values |= {dumps(value)[1:-1], dumps(value, ensure_ascii=False)[1:-1]}
        # the longest first, or a key that begins with another would keep its end
        known = [re.escape(value) for value in sorted(self._values, key=len, reverse=True)]
        self._known = re.compile("|".join(known))
        self._byte_values = tuple(value.encode("utf-8", "surrogateescape") for value in self._values)
        self._known_bytes = re.compile("|".join(known).encode("utf-8", "surrogateescape"))

    def text(self, text: str) -> str:
        if any(value in text for value in self._values):
            text = self._known.sub(HIDDEN, text)
        for trigger, pattern in _TEXT_PATTERNS:
            if trigger in text:
                text = pattern.sub(HIDDEN, text)
        return text

    def beside_values(self, data: bytes, cut: int) -> int:
        """The last place up to ``cut`` that is in no known value, also in none that may go on after the end of ``data``."""
        for value in self._byte_values:
            at = max(0, len(data) - len(value) + 1) - 1
            while (at := data.find(value[:1], at + 1, cut)) >= 0:
                if value.startswith(data[at:]):
                    cut = at
        if any(value in data for value in self._byte_values):
            for match in self._known_bytes.finditer(data):
                if match.start() < cut < match.end():
                    return match.start()
        return cut

    def bytes(self, data: bytes) -> bytes:
        if any(value in data for value in self._byte_values):
            data = self._known_bytes.sub(_HIDDEN_BYTES, data)
        for trigger, pattern in _BYTE_PATTERNS:
            if trigger in data:
                data = pattern.sub(_HIDDEN_BYTES, data)
        return data

    def json(self, value: Any) -> Any:
        """A JSON value with every text in it redacted, keys too; the value itself if there is nothing to hide."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            items = [self.json(item) for item in value]
            return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
        if isinstance(value, dict):
            entries = {self.text(key): self.json(item) for key, item in value.items()}
            same = all(a is b for a, b in zip(entries.values(), value.values(), strict=False))
            return value if same and entries.keys() == value.keys() else entries
        return value


class RedactedStream:
    """Bytes that come in chunks: what may be the beginning of a secret is held back until more has come.

    However the chunks are cut, what comes out is what ``Redactor.bytes`` makes of the whole, unless a token is longer than LONGEST.
    """

    __slots__ = ("_held", "_redactor")

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor
        self._held = b""

    def feed(self, chunk: bytes | bytearray) -> bytes:
        """What can be passed on by now."""
        data = self._held + chunk if self._held else bytes(chunk)
        cut = self._redactor.beside_values(data, min(_token_start(data), _private_key_start(data)))
        self._held = data[cut:]
        return self._redactor.bytes(data[:cut])

    def end(self) -> bytes:
        held, self._held = self._held, b""
        return self._redactor.bytes(held)


def _token_start(data: bytes) -> int:
    """Where the token begins with which ``data`` ends, and the word that says that it is one."""
    start = len(data.rstrip(_TOKEN))
    if _PEM_AT_END.search(data, max(0, len(data) - _PEM_KIND)):  # its dashes are no beginning
        return len(data)
    if data.endswith(_BEARER, 0, start):
        start -= len(_BEARER)
    elif data.endswith(b"\\", 0, start):
        start -= 1  # the letter after it may be an escape's, with the token behind that
    return start if len(data) - start <= LONGEST else len(data) - HELD_BACK


def _private_key_start(data: bytes) -> int:
    """Where the private key begins that does not end in ``data``."""
    start = data.rfind(_PEM, max(0, len(data) - LONGEST))
    if start < 0:
        return len(data)
    return start if len(data) - start < _PEM_KIND or _PEM_GOES_ON.match(data, start) else len(data)


def is_secret(name: str, value: str) -> bool:
    """Whether a variable holds a secret, by its name and by what its value looks like."""
    return (
        len(value) >= SHORTEST
        and _SECRET_NAME.search(name) is not None
        and _NO_SECRET_NAME.search(name) is None
        and _NO_SECRET_VALUE.match(value) is None
        and (
            len(value) >= LONG or not value.isalpha() or not value.islower()
        )  # "postgres" stands in honest answers
    )


_redactor: Redactor | None = None


def redactor() -> Redactor:
    """The process's one, which knows odw's own environment."""
    global _redactor
    if _redactor is None:
        _redactor = Redactor(os.environ)
    return _redactor
