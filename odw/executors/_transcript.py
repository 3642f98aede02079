"""All that a program wrote, in a file of the run directory: for people, for tests, and for what was paid for and not understood."""

from __future__ import annotations

import os
from contextlib import suppress

LIMIT = 64 << 20  # bytes of one attempt; the rest is counted, not kept


class Transcript:
    """A file, 0600, that grows as the program writes. A disk that is full costs the transcript, never the call."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._descriptor = -1
        self._length = 0
        self._broken = not path

    def write(self, chunk: bytes | bytearray) -> None:
        if self._broken or not chunk:
            return
        if self._descriptor < 0:
            self._open()
        room = LIMIT - self._length
        self._length += len(chunk)
        if room > 0:
            self._append(bytes(chunk[:room]))

    def close(self) -> None:
        if self._descriptor < 0:
            return
        if self._length > LIMIT:
            self._append(f"\n[odw: {self._length - LIMIT} bytes more were not kept]\n".encode())
        with suppress(OSError):
            os.close(self._descriptor)
        self._descriptor = -1

    def _open(self) -> None:
        try:
            os.makedirs(os.path.dirname(self._path), 0o700, exist_ok=True)  # noqa: PTH103, PTH120
            self._descriptor = os.open(
                self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600
            )
        except OSError:
            self._broken = True

    def _append(self, data: bytes) -> None:
        try:
            while data:
                data = data[os.write(self._descriptor, data) :]
        except OSError:
            self._broken = True
