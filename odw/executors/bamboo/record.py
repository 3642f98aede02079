"""The conversation of a call, kept for people, and for the attempt that goes on with it."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from typing import Any

HIDDEN = "[redacted]"
LARGEST = 64 << 20  # bytes of a conversation that is gone on with


class Record:
    """A file of JSON lines, 0600, that grows with the conversation; "" for none. ``key`` is taken out wherever it stands."""

    def __init__(self, path: str, key: str) -> None:
        self._path = path
        self._key = key
        self._descriptor = -1

    def add(self, *messages: dict[str, Any]) -> None:
        """A disk that is full costs the record, never the answer."""
        if not self._path:
            return
        from odw.runtime.redact import redactor

        text = "".join(json.dumps(message, ensure_ascii=False) + "\n" for message in messages)
        data = (
            redactor().text(text.replace(self._key, HIDDEN) if self._key else text).encode("utf-8", "replace")
        )
        with suppress(OSError):
            if self._descriptor < 0:
                os.makedirs(os.path.dirname(self._path), 0o700, exist_ok=True)  # noqa: PTH103, PTH120
                flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC
                self._descriptor = os.open(self._path, flags, 0o600)
            while data:
                data = data[os.write(self._descriptor, data) :]


def recorded(path: str) -> list[dict[str, Any]] | None:
    """The messages of an earlier attempt, fit to go on with; None if they cannot be had.

    Calls that got no result get one: providers refuse a conversation without.
    """
    try:
        with open(path, encoding="utf-8") as file:  # noqa: PTH123
            messages = [json.loads(line) for line in file.read(LARGEST).split("\n") if line]
    except (OSError, ValueError, RecursionError):
        return None
    roles = [message.get("role") if isinstance(message, dict) else None for message in messages]
    if roles[:2] != ["system", "user"] or None in roles:
        return None
    found: list[dict[str, Any]] = []
    open_calls: list[str] = []
    for message in [*messages, {"role": "end"}]:
        if message["role"] == "tool":
            with suppress(ValueError):
                open_calls.remove(message.get("tool_call_id", ""))
        else:
            found += [{"role": "tool", "tool_call_id": name, "content": "(no result)"} for name in open_calls]
            open_calls = [call["id"] for call in message.get("tool_calls") or ()]
        found.append(message)
    return found[:-1]
