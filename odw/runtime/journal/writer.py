"""The one writer of a run's journal.

``append`` only encodes; ``flush`` hands the lines to the kernel, for those who watch; ``commit`` returns when they are on
the disk. A failure of either ends the writing for good and parks the run: after a failed fsync the kernel may have
dropped the pages and call the next fsync a success (Rebello et al., USENIX ATC 2020). What comes in afterwards, from calls
that were in flight, is kept in memory, and ``close`` makes one attempt to save it through a fresh descriptor.
"""

from __future__ import annotations

import hashlib
import os
import time
from typing import TYPE_CHECKING

from odw.runtime.abc import Clock, Event
from odw.runtime.halts import Parked
from odw.runtime.journal.lock import lock
from odw.runtime.journal.records import Encoder

if TYPE_CHECKING:
    from odw.runtime.journal.reader import Journal

FILE_MODE = 0o600
_sync = getattr(os, "fdatasync", os.fsync)


class JournalBusy(Exception):
    """Another process holds the journal's lock: it drives the run."""


class JournalWriter:
    """Appends to ``path``, locked while this is open; ``nodes`` is the directory of texts too large for a line.

    With ``create`` False the file has to be there. Raises JournalBusy, and OSError when it cannot be opened or locked.
    """

    __slots__ = (
        "_buffer", "_clock", "_encoder", "_fd", "_nodes", "_path", "_stored", "_synced", "_unreported", "_unsynced",
        "_unwritten_blobs", "failed",
    )  # fmt: skip

    def __init__(
        self, path: str, nodes: str, clock: Clock, encoder: Encoder | None = None, *, create: bool = True
    ) -> None:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC | (os.O_CREAT if create else 0)
        self._fd = os.open(path, flags, FILE_MODE)
        try:
            if not lock(self._fd):
                raise JournalBusy(path)
        except BaseException:
            os.close(self._fd)
            raise
        self._path = path
        self._nodes = nodes
        self._clock = clock
        self._encoder = encoder or Encoder()
        self._buffer: list[bytes] = []  # encoded, not given to the kernel
        self._unsynced: list[bytes] = []  # given to the kernel, or tried to, since the last sync
        self._synced = (
            os.fstat(self._fd).st_size,
            self._encoder.chain,
        )  # bytes on the disk, and their last sum
        self._stored: dict[str, bool] = {}  # name -> whether it is durable
        self._unwritten_blobs: dict[str, bytes] = {}
        self._unreported: Parked | None = None
        self.failed = False

    def go_on_after(self, journal: Journal) -> str | None:
        """Continue a journal that was read under this writer's lock.

        A torn tail is moved to a file beside it, whose name is returned. What was read is on the disk when this returns: a
        killed writer may have left lines that are not, and a script is about to see what they say. Raises OSError.
        """
        kept: str | None = None
        if journal.torn:
            aside = unused_aside(os.path.dirname(self._path), journal.size, self._clock.wall())  # noqa: PTH120
            write_whole(aside, journal.torn)
            os.ftruncate(self._fd, journal.size)
            kept = os.path.basename(aside)  # noqa: PTH119
        os.fsync(self._fd)
        self._encoder = Encoder(journal.seq, journal.chain)
        self._synced = (journal.size, journal.chain)
        return kept

    @property
    def empty(self) -> bool:
        """Whether nothing was ever written."""
        return self._synced[0] == 0 and self._encoder.seq == 0

    def append(self, event: Event) -> None:
        """Number, sum and keep an event."""
        self._buffer.append(self._encoder.line(event, self._clock.wall()))

    def flush(self) -> None:
        """Write what was appended. The kernel may take less than it is given without an error, so this loops."""
        if not self._buffer or self.failed:
            return self._report()
        lines = b"".join(self._buffer)
        self._buffer.clear()
        self._unsynced.append(lines)
        data = memoryview(lines)
        try:
            while data:
                data = data[os.write(self._fd, data) :]
        except OSError as error:
            self._fail("written", error)
        return self._report()

    def commit(self) -> None:
        """Make all that was appended durable."""
        self.flush()
        if self.failed or not self._unsynced:
            return
        try:
            _sync(self._fd)
        except OSError as error:
            self._fail("synced", error)
            self._report()
        size, _ = self._synced
        self._synced = (size + sum(map(len, self._unsynced)), self._encoder.chain)
        self._unsynced.clear()

    def blob(self, text: str, suffix: str, durable: bool = True) -> str:
        """Store a large text under its hash and return its name relative to the run directory.

        ``durable`` before this returns, for what was paid for; a prompt can be made again.
        """
        return self.blob_bytes(text.encode("utf-8", "replace"), suffix, durable)

    def blob_bytes(self, data: bytes, suffix: str, durable: bool = True) -> str:
        """The same for bytes. A failure is reported by the next ``commit``, before which nobody uses what was stored."""
        name = f"{hashlib.sha256(data).hexdigest()}{suffix}"
        if not self._stored.get(name, False) and (durable or name not in self._stored):
            path = os.path.join(self._nodes, name)  # noqa: PTH118 - os calls throughout: this is the hot path
            try:
                if not _is_whole(path, data):
                    write_whole(path, data, durable)
                elif (
                    durable
                ):  # a prompt of the same text, or left by a process that was killed before its sync
                    _sync_whole(path)
            except OSError as error:
                self._unwritten_blobs[path] = data
                self._fail("extended", error)
            self._stored[name] = durable
        return f"nodes/{name}"

    def close(self) -> None:
        """Commit and close; after a failure, one attempt to save what is still in memory."""
        if self._fd < 0:
            return
        try:
            if self.failed:
                self._unreported = None
                self._rescue()
            else:
                self.commit()
        finally:
            os.close(self._fd)
            self._fd = -1

    def _fail(self, verb: str, error: OSError) -> None:
        if not self.failed:
            self.failed = True
            self._unreported = Parked(
                f"the journal could not be {verb}: {error.strerror or error}; "
                "what it holds is safe, and the run can be resumed when the disk is in order"
            )

    def _report(self) -> None:
        """Raise the failure, once."""
        failure, self._unreported = self._unreported, None
        if failure is not None:
            raise failure

    def _rescue(self) -> None:
        """Cut the file back to what was synced, read that again, and append the rest. In vain if the disk is still full."""
        from odw.errors import OdwError
        from odw.runtime.journal.reader import read_journal

        size, chain = self._synced
        try:
            for path, data in self._unwritten_blobs.items():
                write_whole(path, data)
            fd = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)
            try:
                os.ftruncate(fd, size)
                if read_journal(self._path).chain != chain:
                    return
                view = memoryview(b"".join([*self._unsynced, *self._buffer]))
                while view:
                    view = view[os.write(fd, view) :]
                os.fsync(fd)
            finally:
                os.close(fd)
        except (OSError, OdwError):
            return


def unused_aside(folder: str, size: int, wall: float) -> str:
    """A path for what is cut off a journal of ``size`` bytes: ``events.torn-<UTC>-<size>``, with a number if that is taken."""
    name = f"{folder}/events.torn-{time.strftime('%Y%m%d-%H%M%S', time.gmtime(wall))}-{size}"
    number, free = 1, name
    while os.path.exists(free):  # noqa: PTH110
        number += 1
        free = f"{name}-{number}"
    return free


def _is_whole(path: str, data: bytes) -> bool:
    """Whether a stored text is there already; after a power loss a file may be there, short or full of zeros."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read() == data
    except OSError:
        return False


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


def _sync_whole(path: str) -> None:
    """Make durable what ``write_whole`` wrote without."""
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
    sync_directory(os.path.dirname(path))  # noqa: PTH120


def sync_directory(path: str) -> None:
    """Make the names in a directory durable."""
    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
