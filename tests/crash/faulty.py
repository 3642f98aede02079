"""Faults of the disk and sudden death: what the journal's writer calls is replaced in this process, then odw runs.

``python faulty.py FAULT ARGUMENT…`` runs ``odw ARGUMENT…`` with one of these, N counting from 1:

- ``kill@write:N[:bytes=K]``: SIGKILL at the Nth write, after K bytes of it (a number, ``half`` or ``all``; negative from the end);
- ``kill@sync:N``, ``kill@synced:N``: before and after the Nth sync;
- ``short@write:N``: the Nth write takes half of what it is given; ``enospc@write:N``: it takes half, then the disk is full;
- ``eio@write:N``, ``eio@sync:N``: the Nth fails. With ``+`` at the end of a fault, all later ones too.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from typing import Any, NamedTuple


class Fault(NamedTuple):
    """``number`` 0 never strikes: it only counts."""

    kind: str
    place: str
    number: int
    bytes: str = "0"
    for_ever: bool = False

    @classmethod
    def parse(cls, text: str) -> Fault:
        for_ever = text.endswith("+")
        kind, _, rest = text.rstrip("+").partition("@")
        place, number, *more = rest.split(":")
        return cls(kind, place, int(number), more[0].removeprefix("bytes=") if more else "0", for_ever)

    def __str__(self) -> str:
        size = f":bytes={self.bytes}" if self.bytes != "0" else ""
        return f"{self.kind}@{self.place}:{self.number}{size}{'+' * self.for_ever}"


class FaultyDisk:
    """Stands for the module ``os`` in the writer. Counts ``writes`` and ``syncs``, and notes the size of each write."""

    def __init__(self, fault: Fault) -> None:
        self._fault = fault
        self._full = False
        self.writes: list[int] = []
        self.syncs = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def write(self, fd: int, data: bytes | memoryview) -> int:
        self.writes.append(len(data))
        if self._full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        if self._strikes("write", len(self.writes)):
            kind = self._fault.kind
            if kind == "kill":
                if part := self._part(len(data)):
                    os.write(fd, data[:part])
                os.kill(os.getpid(), signal.SIGKILL)
            if kind == "eio":
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            if kind == "enospc":
                self._full = self._fault.for_ever
                if len(data) < 2:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                self._full = True
            return os.write(fd, data[: max(1, len(data) // 2)])
        return os.write(fd, data)

    def fsync(self, fd: int) -> None:
        self._sync(os.fsync, fd)

    def fdatasync(self, fd: int) -> None:
        self._sync(os.fdatasync, fd)

    def _sync(self, sync: Any, fd: int) -> None:
        self.syncs += 1
        if self._strikes("sync", self.syncs):
            if self._fault.kind == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        sync(fd)
        if self._strikes("synced", self.syncs):
            os.kill(os.getpid(), signal.SIGKILL)

    def _strikes(self, place: str, number: int) -> bool:
        fault = self._fault
        if fault.place != place or not fault.number:
            return False
        return number == fault.number or (fault.for_ever and number > fault.number)

    def _part(self, size: int) -> int:
        wanted = {"half": size // 2, "all": size}.get(self._fault.bytes)
        if wanted is None:
            wanted = int(self._fault.bytes)
        return min(size, wanted if wanted >= 0 else max(0, size + wanted))


def install(fault: Fault) -> FaultyDisk:
    """Let the writer of this process meet ``fault``."""
    from odw.runtime.journal import writer

    disk: Any = FaultyDisk(fault)
    writer.os = disk  # type: ignore[attr-defined]
    writer._sync = disk.fdatasync
    return disk


def main() -> int:
    install(Fault.parse(sys.argv[1]))
    from odw.cli.main import main as odw

    return odw(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
