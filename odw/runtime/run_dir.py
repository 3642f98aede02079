"""The directory of one run: ``<project>/.odw/runs/<run id>/`` (contract, section 7).

Directories are 0700 and files 0600: prompts and answers may hold what others on the machine should not read.
"""

from __future__ import annotations

import hashlib
import os
import time
from contextlib import suppress
from json import dumps, loads
from typing import Any

from odw.errors import UsageError
from odw.runtime.journal.writer import FILE_MODE, sync_directory, write_whole

DIRECTORY_MODE = 0o700


def new_run_id(wall: float) -> str:
    """``20261121-034012-123-9f3a``: sorts by time, to the millisecond, and is unique by its random end."""
    milliseconds = int(wall * 1000)
    stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime(milliseconds // 1000))
    return f"{stamp}-{milliseconds % 1000:03d}-{os.urandom(3).hex()}"


class RunDir:
    """Paths and the small files of a run."""

    __slots__ = ("path", "project", "run_id")

    def __init__(self, project: str, run: str) -> None:
        """``run`` is the id of a run of the project; or the absolute path of a directory that was moved or copied out of the
        one it began in, for a run that now belongs to this one."""
        self.project = project
        self.run_id = os.path.basename(run)  # noqa: PTH119
        self.path = os.path.join(project, ".odw", "runs", run)  # noqa: PTH118

    @classmethod
    def at(cls, path: str, otherwise: str = ".") -> RunDir:
        """The run whose directory is ``path`` (absolute). Its project is the one that it lies in, else ``otherwise``."""
        home, run_id = os.path.split(path)
        odw, runs = os.path.split(home)
        project, dot_odw = os.path.split(odw)
        return cls(project, run_id) if (dot_odw, runs) == (".odw", "runs") else cls(otherwise, path)

    @property
    def reference(self) -> str:
        """What stands for the run beside its project, in ``RunDir`` and on a command line: its id, or its directory."""
        return self.run_id if self._in_project else self.path

    @property
    def _in_project(self) -> bool:
        return self.path == os.path.join(self.project, ".odw", "runs", self.run_id)  # noqa: PTH118

    def file(self, name: str) -> str:
        return f"{self.path}/{name}"

    def transcript(self, tag: str) -> str:
        """Where an attempt's process may write all that it says; ``tag`` is ``<run>.<session>.<call>.<attempt>.``"""
        session, call, attempt = tag.rstrip(".").rsplit(".", 3)[1:]
        return f"{self.path}/nodes/transcripts/{session}-{call}-{attempt}.out"

    @property
    def shown(self) -> str:
        """The path as people see it, relative to the project where it is in it."""
        return f".odw/runs/{self.run_id}" if self._in_project else self.path

    def create(self) -> None:
        """Make the directory and what surrounds it. Raises UsageError when the project cannot be written."""
        home = os.path.join(self.project, ".odw")  # noqa: PTH118
        try:
            for directory in (home, f"{home}/runs"):
                if not os.path.isdir(directory):  # noqa: PTH112
                    os.makedirs(directory, DIRECTORY_MODE, exist_ok=True)  # noqa: PTH103
            if not os.path.exists(f"{home}/.gitignore"):  # noqa: PTH110
                _write(f"{home}/.gitignore", b"*\n")
            if not self._never_began():
                os.mkdir(self.path, DIRECTORY_MODE)  # noqa: PTH102
            os.makedirs(self.file("nodes"), DIRECTORY_MODE, exist_ok=True)  # noqa: PTH103
            sync_directory(f"{home}/runs")
        except OSError as error:
            if isinstance(error, FileExistsError) and os.path.isdir(self.path):  # noqa: PTH112
                raise UsageError(
                    f"there is a run {self.run_id} already", hint=f"Go on with it: odw resume {self.run_id}"
                ) from None
            raise UsageError(
                f"cannot create the run directory {self.shown}: {error.strerror}",
                hint="Run in a directory that you can write, or name one with --path.",
            ) from None

    def _never_began(self) -> bool:
        """Whether the directory is what a run left that was killed before its first line: it may have the name again."""
        if not os.path.isdir(self.path) or os.path.exists(self.file("run.json")):  # noqa: PTH110, PTH112
            return False
        try:
            return not os.path.getsize(self.file("events.jsonl"))  # noqa: PTH202
        except OSError:  # no journal
            return True

    def point_latest(self) -> None:
        """Let ``.odw/runs/latest`` point here."""
        if not self._in_project:
            return
        runs = os.path.dirname(self.path)  # noqa: PTH120
        temporary = f"{runs}/.latest-{self.run_id}"
        try:
            os.symlink(self.run_id, temporary)  # noqa: PTH211
            os.replace(temporary, f"{runs}/latest")  # noqa: PTH105
        except OSError:  # a file system without symlinks: readers then take the greatest run id
            return

    def write_json(self, name: str, value: Any, indent: int | None = 2, *, durable: bool = False) -> None:
        """Replace a file as a whole; ``durable`` for what cannot be derived from the journal.

        ``indent`` None writes one line, many times faster.
        """
        temporary = self.file(f".{name}.tmp")
        data = (dumps(value, ensure_ascii=False, indent=indent) + "\n").encode("utf-8", "replace")
        if durable:
            write_whole(self.file(name), data)
            return
        temporary = self.file(f".{name}.tmp")
        _write(temporary, data)
        os.replace(temporary, self.file(name))  # noqa: PTH105

    def keep_text(self, name: str, text: str) -> str:
        """Write a file that a resume needs, durably, and return the SHA-256 of its bytes.

        What it held before is kept in ``nodes/`` under its own hash, so that every session's script can be read again.
        """
        data = text.encode("utf-8", "replace")
        before = self._read(name)
        if before != data:
            if before:
                digest = hashlib.sha256(before).hexdigest()
                write_whole(self.file(f"nodes/{digest}{os.path.splitext(name)[1]}"), before)  # noqa: PTH122
            write_whole(self.file(name), data)
        return hashlib.sha256(data).hexdigest()

    def read_json(self, name: str) -> dict[str, Any]:
        """An object from a file; {} when it is not there or broken, since all of it can be derived."""
        try:
            value = loads(self._read(name))
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}

    def remove(self, name: str) -> None:
        with suppress(FileNotFoundError):
            os.unlink(self.file(name))  # noqa: PTH108

    def _read(self, name: str) -> bytes:
        try:
            with open(self.file(name), "rb") as file:  # noqa: PTH123
                return file.read()
        except OSError:
            return b""


def _write(path: str, data: bytes) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, FILE_MODE)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(fd, view) :]
    finally:
        os.close(fd)


def iso_time(wall: float) -> str:
    milliseconds = int(wall * 1000)
    stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(milliseconds // 1000))
    return f"{stamp}.{milliseconds % 1000:03d}Z"
