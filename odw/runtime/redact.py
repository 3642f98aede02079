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
from typing import Any

HIDDEN = "[redacted]"
SHORTEST = 8  # characters of a value that is looked for; shorter ones would be found everywhere
HELD_BACK = 1024  # bytes at the end of a chunk that may be the beginning of a secret

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
_PATTERNS = {
    "sk-": r"\bsk-[A-Za-z0-9][A-Za-z0-9_-]{18,}",  # OpenAI, Anthropic, DeepSeek, OpenRouter, Qwen, Kimi
    **{f"gh{kind}_": rf"\bgh{kind}_[A-Za-z0-9]{{30,}}" for kind in "pousr"},
    "github_pat_": r"\bgithub_pat_[A-Za-z0-9_]{30,}",
    "glpat-": r"\bglpat-[A-Za-z0-9_-]{18,}",
    "xox": r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}",
    "AKIA": r"\bAKIA[A-Z0-9]{16}\b",
    "ASIA": r"\bASIA[A-Z0-9]{16}\b",
    "AIza": r"\bAIza[A-Za-z0-9_-]{35}",
    "npm_": r"\bnpm_[A-Za-z0-9]{36}\b",
    "hf_": r"\bhf_[A-Za-z0-9]{30,}",
    "eyJ": r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}",  # a JSON web token
    "earer ": r"(?<=earer )[A-Za-z0-9._~+/-]{20,}",
    "-----BEGIN ": r"-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]{40,}?-----END [A-Z ]*PRIVATE KEY-----",
}


_TEXT_PATTERNS = tuple((trigger, re.compile(pattern)) for trigger, pattern in _PATTERNS.items())
_BYTE_PATTERNS = tuple(
    (trigger.encode(), re.compile(pattern.encode())) for trigger, pattern in _PATTERNS.items()
)
_HIDDEN_BYTES = HIDDEN.encode()


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

    def known_bytes(self, data: bytes) -> bytes:
        """Hides the values that are known, whole, wherever they stand."""
        if any(value in data for value in self._byte_values):
            return self._known_bytes.sub(_HIDDEN_BYTES, data)
        return data

    def bytes(self, data: bytes) -> bytes:
        data = self.known_bytes(data)
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
    """Bytes that come in chunks: what may be the beginning of a secret is held back until more has come."""

    __slots__ = ("_held", "_redactor")

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor
        self._held = b""

    def feed(self, chunk: bytes | bytearray) -> bytes:
        """What can be passed on by now."""
        data = self._redactor.known_bytes(self._held + chunk if self._held else bytes(chunk))
        cut = (
            data.rfind(b"\n") + 1
        )  # no secret goes over a line but a private key, which comes escaped or whole
        if not cut and len(data) > HELD_BACK:
            far = len(data) - HELD_BACK
            cut = max(data.rfind(b" ", 0, far), data.rfind(b'"', 0, far)) + 1 or far
        self._held = data[cut:]
        return self._redactor.bytes(data[:cut])

    def end(self) -> bytes:
        held, self._held = self._held, b""
        return self._redactor.bytes(held)


def is_secret(name: str, value: str) -> bool:
    """Whether a variable holds a secret, by its name and by what its value looks like."""
    return (
        len(value) >= SHORTEST
        and _SECRET_NAME.search(name) is not None
        and _NO_SECRET_NAME.search(name) is None
        and _NO_SECRET_VALUE.match(value) is None
    )


_redactor: Redactor | None = None


def redactor() -> Redactor:
    """The process's one, which knows odw's own environment."""
    global _redactor
    if _redactor is None:
        _redactor = Redactor(os.environ)
    return _redactor
