"""Power loss: what was written and not synced is gone, cut or zeros; names that were made and not synced may not be there.

Stricter than any real file system, but allowed by POSIX: nothing counts but fsync of the file and fsync of its directory.
"""

from __future__ import annotations

import os
import random
import signal
from pathlib import Path
from typing import Any, NamedTuple


class PowerLoss(NamedTuple):
    """The power fails at the ``number``-th operation; ``told`` is a file that gets the size of the synced journal."""

    number: int
    seed: int
    told: Path


class LossyDisk:
    """Stands for the module ``os`` in the writer; at the loss it undoes what was not synced, then kills the process."""

    def __init__(self, loss: PowerLoss) -> None:
        self._loss = loss
        self._rng = random.Random(loss.seed)
        self._operations = 0
        self._names: dict[int, str] = {}  # of open descriptors
        self._safe: dict[str, bytes] = {}  # what of a file would survive
        self._made: list[str] = []  # names that their directory may not have yet
        self._replaced: list[tuple[str, bytes | None]] = []  # and what was there before

    def __getattr__(self, name: str) -> Any:
        return getattr(os, name)

    def open(self, path: str, flags: int, *mode: int) -> int:
        writes = bool(flags & (os.O_WRONLY | os.O_RDWR))
        there = os.path.exists(path)  # noqa: PTH110
        before = _read(path) if writes and there else b""
        fd = os.open(path, flags, *mode)
        self._names[fd] = path
        if writes:
            self._safe.setdefault(path, before)
            if not there:
                self._made.append(path)
        return fd

    def close(self, fd: int) -> None:
        self._names.pop(fd, None)
        os.close(fd)

    def write(self, fd: int, data: bytes | memoryview) -> int:
        size = os.write(fd, data)
        self._operation()
        return size

    def ftruncate(self, fd: int, size: int) -> None:
        os.ftruncate(fd, size)
        self._operation()

    def replace(self, source: str, target: str) -> None:
        before = _read(target) if os.path.exists(target) else None  # noqa: PTH110
        os.replace(source, target)  # noqa: PTH105
        self._replaced.append((target, before))
        self._safe[target] = self._safe.pop(source)
        self._made = [path for path in self._made if path != source]
        self._operation()

    def fsync(self, fd: int) -> None:
        os.fsync(fd)
        self._operation()
        path = self._names[fd]
        if not os.path.isdir(path):  # noqa: PTH112
            self._safe[path] = _read(path)
            if path.endswith("events.jsonl"):
                self._loss.told.write_text(str(len(self._safe[path])))
            return
        self._made = [made for made in self._made if os.path.dirname(made) != path]  # noqa: PTH120
        self._replaced = [entry for entry in self._replaced if os.path.dirname(entry[0]) != path]  # noqa: PTH120

    def fdatasync(self, fd: int) -> None:
        self.fsync(fd)

    def _operation(self) -> None:
        self._operations += 1
        if self._operations == self._loss.number:
            self._lose_contents()
            self._lose_names()
            os.kill(os.getpid(), signal.SIGKILL)

    def _lose_contents(self) -> None:
        for path, safe in self._safe.items():
            if os.path.exists(path) and (now := _read(path)) != safe:  # noqa: PTH110
                Path(path).write_bytes(self._what_is_left(safe, now))

    def _what_is_left(self, safe: bytes, now: bytes) -> bytes:
        rng = self._rng
        if not now.startswith(safe):
            return rng.choice((safe, now))
        fate = rng.choice(("gone", "gone", "cut", "zeros", "zeros", "whole"))
        if fate == "gone":
            return safe
        if fate == "cut":
            return now[: rng.randint(len(safe), len(now))]
        left = bytearray(now)
        if fate == "zeros":
            for start in range(0, len(now), 512):
                begin, end = max(start, len(safe)), min(start + 512, len(now))
                if begin < end and rng.random() < 0.5:
                    left[begin:end] = bytes(end - begin)
        return bytes(left)

    def _lose_names(self) -> None:
        for path, before in reversed(self._replaced):
            if self._rng.random() < 0.5:
                if before is None:
                    Path(path).unlink()
                else:
                    Path(path).write_bytes(before)
        for path in self._made:
            if self._rng.random() < 0.5:
                Path(path).unlink(missing_ok=True)


def install(loss: PowerLoss) -> LossyDisk:
    """Let the journal and the files of the run's directory meet ``loss`` in this process."""
    from odw.runtime import run_dir
    from odw.runtime.journal import writer

    disk: Any = LossyDisk(loss)
    writer.os = run_dir.os = disk  # type: ignore[attr-defined]
    writer._sync = disk.fdatasync
    return disk


def _read(path: str) -> bytes:
    return Path(path).read_bytes()
