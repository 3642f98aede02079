"""The sessions of ``odw task``: ``<dir>/.odw/tasks/<session>/``, 0700, with files of 0600.

``state.json`` is the report as of now, ``events.jsonl`` what the executor told, ``task-N.txt`` and ``answer-N.txt`` the texts of
turn N, ``output-N.log`` all that its program wrote, ``driver.log`` the driver's own last words. All of it is redacted.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from odw.errors import UsageError
from odw.runtime.journal.lock import is_locked, lock
from odw.runtime.journal.writer import FILE_MODE, write_whole
from odw.runtime.run_dir import DIRECTORY_MODE

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
_SHOWN = 10


class TaskSession:
    """One session's directory."""

    def __init__(self, place: Path, name: str) -> None:
        self.place = place
        self.name = name
        self.directory = place / ".odw" / "tasks" / name

    @classmethod
    def named(cls, place: Path, name: str) -> TaskSession:
        """Raises UsageError for what can be no name of a directory."""
        if not _NAME.fullmatch(name):
            raise UsageError(
                "--session: expected up to 128 letters, digits, dots, dashes and underscores, the first a letter or "
                f"digit, found {name!r}"
            )
        return cls(place, name)

    def file(self, name: str) -> str:
        return str(self.directory / name)

    def create(self) -> None:
        """Make the directory and what surrounds it. Raises UsageError if it cannot be written."""
        home = self.place / ".odw"
        try:
            self.directory.mkdir(DIRECTORY_MODE, parents=True, exist_ok=True)
            for directory in (home / "tasks", self.directory):
                directory.chmod(DIRECTORY_MODE)
            if not (home / ".gitignore").exists():
                (home / ".gitignore").write_text("*\n")
        except OSError as error:
            raise UsageError(
                f"cannot create {self.directory}: {error.strerror}",
                hint="Work in a directory that you can write, or name one with --cd.",
            ) from None

    def take(self) -> int:
        """The lock that a driver holds, as a descriptor. Raises UsageError while another drives the session."""
        fd = os.open(self.file("lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, FILE_MODE)
        try:
            if lock(fd):
                return fd
        except OSError as error:
            os.close(fd)
            raise UsageError(
                f"cannot lock {self.directory}: {error.strerror}",
                hint="Its file system knows no locks: name another directory with --cd.",
            ) from None
        os.close(fd)
        raise UsageError(
            f"the session {self.name} is at work",
            hint=f"Wait for it (odw task logs -f --session {self.name}), stop it (odw task stop), or name another.",
        )

    @property
    def driven(self) -> bool:
        """Whether a process works on it now."""
        return is_locked(self.file("lock"))

    def load(self) -> dict[str, Any]:
        """The report as it was last written; {} if there is none."""
        try:
            value = json.loads(Path(self.file("state.json")).read_bytes())
        except (OSError, ValueError):
            return {}
        return value if isinstance(value, dict) else {}

    def save(self, report: dict[str, Any]) -> None:
        """Replace the report. Raises UsageError if there is no room for it."""
        self.write_text("state.json", json.dumps(report, ensure_ascii=False, indent=2) + "\n")

    def write_text(self, name: str, text: str) -> None:
        try:
            write_whole(self.file(name), text.encode("utf-8", "replace"), durable=False)
        except OSError as error:
            raise UsageError(f"cannot write {self.file(name)}: {error.strerror}") from None

    def read_text(self, name: str) -> str:
        """ "" if there is no such file."""
        try:
            return Path(self.file(name)).read_bytes().decode("utf-8", "replace")
        except OSError:
            return ""

    def appender(self, name: str) -> int:
        """A descriptor that appends to a file of the session."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW
        return os.open(self.file(name), flags, FILE_MODE)


def sessions(place: Path) -> Iterator[TaskSession]:
    """Those of a directory, the one that began last first."""
    found = []
    with suppress(OSError):
        for entry in (place / ".odw" / "tasks").iterdir():
            session = TaskSession(place, entry.name)
            report = session.load()
            if report:
                found.append((str(report.get("started_at", "")), entry.name, session))
    for *_, session in sorted(found, key=lambda each: each[:2], reverse=True):
        yield session


def find_session(place: Path, name: str | None) -> TaskSession:
    """The session of that name, or without one the last. Raises UsageError if there is none."""
    if name is not None:
        session = TaskSession.named(place, name)
        if session.load():
            return session
    known = [session.name for session in sessions(place)]
    if name is None and known:
        return TaskSession(place, known[0])
    if not known:
        raise UsageError(
            f"there is no task session in {place}",
            hint="Begin one with odw task exec, or name its directory with --cd.",
        )
    from odw.diagnostics import closest

    meant = closest(str(name), known)
    raise UsageError(
        f"there is no task session {name} in {place}",
        hint=f"Did you mean {meant}?"
        if meant
        else f"There are: {', '.join(known[:_SHOWN])}{', …' if known[_SHOWN:] else ''}.",
    )
