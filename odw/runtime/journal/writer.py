"""The one writer of a run's journal.

``append`` only encodes; ``flush`` hands the lines to the kernel, for those who watch; ``commit`` returns when they are on
the disk. A failure of either ends the writing for good and parks the run: after a failed fsync the kernel may have
dropped the pages and call the next fsync a success (Rebello et al., USENIX ATC 2020).
"""

from __future__ import annotations

import hashlib
import os

from odw.runtime.abc import Clock, Event
from odw.runtime.halts import Parked
from odw.runtime.journal.records import Encoder

FILE_MODE = 0o600
_sync = getattr(os, "fdatasync", os.fsync)


class JournalWriter:
    """Appends to ``path``; ``nodes`` is the directory of content-addressed texts too large for a line."""

    __slots__ = ("_buffer", "_clock", "_encoder", "_fd", "_nodes", "_unsynced", "failed")

    def __init__(self, path: str, nodes: str, clock: Clock, encoder: Encoder | None = None) -> None:
        self._fd = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, FILE_MODE)
        self._nodes = nodes
        self._clock = clock
        self._encoder = encoder or Encoder()
        self._buffer: list[bytes] = []
        self._unsynced = False
        self.failed = False

    def append(self, event: Event) -> None:
        self._buffer.append(self._encoder.line(event, self._clock.wall()))

    def flush(self) -> None:
        """Write what was appended. The kernel may take less than it is given without an error, so this loops."""
        if not self._buffer or self.failed:
            return
        data = memoryview(b"".join(self._buffer))
        self._buffer.clear()
        self._unsynced = True
        try:
            while data:
                data = data[os.write(self._fd, data) :]
        except OSError as error:
            raise self._fail("written", error) from error

    def commit(self) -> None:
        """Make all that was appended durable."""
        self.flush()
        if self.failed or not self._unsynced:
            return
        try:
            _sync(self._fd)
        except OSError as error:
            raise self._fail("synced", error) from error
        self._unsynced = False

    def blob(self, text: str, suffix: str, durable: bool = True) -> str:
        """Store a large text under its hash and return its name relative to the run directory.

        ``durable`` before this returns, for what was paid for; a prompt can be made again.
        """
        data = text.encode("utf-8", "replace")
        name = f"{hashlib.sha256(data).hexdigest()}{suffix}"
        path = os.path.join(self._nodes, name)  # noqa: PTH118 - os calls throughout: this is the hot path
        if not os.path.exists(path):  # noqa: PTH110
            try:
                write_whole(path, data, durable)
            except OSError as error:
                raise self._fail("extended", error) from error
        return f"nodes/{name}"

    def close(self) -> None:
        """Commit and close; quiet about a failure that was reported before."""
        if self._fd < 0:
            return
        try:
            if not self.failed:
                self.commit()
        finally:
            os.close(self._fd)
            self._fd = -1

    def _fail(self, verb: str, error: OSError) -> Parked:
        self.failed = True
        return Parked(
            f"the journal could not be {verb}: {error.strerror or error}; "
            "what it holds is safe, and the run can be resumed when the disk is in order"
        )


def write_whole(path: str, data: bytes, durable: bool = True) -> None:
    """Write ``path`` so that it is seen absent, as before, or whole; if ``durable``, after a power loss too."""
    temporary = f"{path}.tmp-{os.getpid()}"
    fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, FILE_MODE)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(fd, view) :]
        if durable:
            os.fsync(fd)
    finally:
        os.close(fd)
    os.replace(temporary, path)  # noqa: PTH105
    if durable:
        sync_directory(os.path.dirname(path))  # noqa: PTH120


def sync_directory(path: str) -> None:
    """Make the names in a directory durable."""
    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
