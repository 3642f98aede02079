"""The conversation of a call, kept for people."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from typing import Any

HIDDEN = "[redacted]"


class Record:
    """A file of JSON lines, 0600, written at the end; "" for none. ``key`` is taken out wherever it stands."""

    def __init__(self, path: str, key: str) -> None:
        self._path = path
        self._key = key

    def write(self, messages: list[dict[str, Any]]) -> None:
        """A disk that is full costs the record, never the answer."""
        if not self._path:
            return
        from odw.runtime.redact import redactor

        text = "".join(json.dumps(message, ensure_ascii=False) + "\n" for message in messages)
        text = redactor().text(text.replace(self._key, HIDDEN) if self._key else text)
        with suppress(OSError):
            os.makedirs(os.path.dirname(self._path), 0o700, exist_ok=True)  # noqa: PTH103, PTH120
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
                file.write(text)
