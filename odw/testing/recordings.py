"""Recorded answers: a file of JSON beside the test, with an entry for each attempt that was made for real.

A call finds its entry by what it asks, so that edits of a workflow which change no question need no new recording. Secrets are
redacted, and the project's directory is written as ``<project>``.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from odw.diagnostics import printable
from odw.runtime.abc import CallRequest, Planned, Report
from odw.runtime.redact import redactor
from odw.testing.differences import differences, likeness
from odw.testing.recorded_entries import (
    Entry,
    asked_of_entry,
    asked_of_request,
    entry_of,
    planned_of,
    question,
    read_entries,
    write_entries,
)

DIRECTORY = "<project>"


class MissingAnswer(AssertionError):
    """A call has no recorded answer."""


class Recording:
    """The file of one test. ``how`` is the command that records it; ``used`` are the entries that a run has asked for."""

    def __init__(self, path: Path, how: str = "pytest --odw-record", name: str = "") -> None:
        self.path = path
        self.how = how
        self._name = name
        self._used: set[int] = set()
        self._tapes = 0
        self._old = read_entries(path) if path.is_file() else []
        self._new: list[tuple[tuple[int, int, int], Entry]] = []
        self.entries = self._old
        self._by_question: dict[str, list[Entry]] = {}
        for entry in self._old:
            self._by_question.setdefault(question(asked_of_entry(entry)), []).append(entry)

    def tape(self, project: str, script: str) -> Tape:
        """For one run of the workflow in the file ``script``, in the directory ``project``."""
        self._tapes += 1
        return Tape(self, self._tapes, project, script)

    def asking(self, asked: dict[str, Any]) -> list[Entry]:
        """The entries that asked just this."""
        return self._by_question.get(question(asked), [])

    def use(self, entry: Entry) -> None:
        self._used.add(id(entry))

    def add(self, entry: Entry, order: tuple[int, int, int]) -> None:
        """Keep a new entry, on the disk at once: it was paid for. ``order`` is its place among the new ones: answers come as they like."""
        self._new.append((order, entry))
        self._new.sort(key=lambda new: new[0])
        self.entries = [*self._old, *(new for _, new in self._new)]
        self._by_question.setdefault(question(asked_of_entry(entry)), []).append(entry)
        self.use(entry)
        self._save()

    def drop_unused(self) -> None:
        """Forget what no run of the test has asked for."""
        kept = [entry for entry in self.entries if id(entry) in self._used]
        if len(kept) < len(self.entries):
            self.entries = self._old = kept
            self._new = []
            self._save()

    def _save(self) -> None:
        write_entries(self.path, self._name, self.entries)


class Tape:
    """A recording as one run plays it: each entry answers once."""

    def __init__(self, recording: Recording, number: int, project: str, script: str) -> None:
        self._recording = recording
        self._number = number
        self._project = project
        self._script = script
        self._played: set[int] = set()

    def replay(self, request: CallRequest) -> Planned:
        """The recorded answer. Raises MissingAnswer, which says what is there instead and how to record."""
        found = self.find(request)
        if found is None:
            raise MissingAnswer(self._missing(request))
        return found

    def find(self, request: CallRequest) -> Planned | None:
        """The recorded answer: of those that were asked the same, the one at the same place first."""
        same = [
            entry for entry in self._recording.asking(self._asked(request)) if id(entry) not in self._played
        ]
        if not same:
            return None
        entry = next((entry for entry in same if entry.get("path") == request.path), same[0])
        self._played.add(id(entry))
        self._recording.use(entry)
        return planned_of(replaced(entry["answer"], DIRECTORY, self._project))

    def record(self, request: CallRequest, report: Report | None, seconds: float) -> None:
        """Keep what an attempt came to after so many seconds; None: it was cut off, and had not answered."""
        entry = entry_of(request, asked_of_request(request), report, seconds)
        entry = redactor().json(replaced(entry, self._project, DIRECTORY))
        self._played.add(id(entry))
        self._recording.add(entry, (self._number, request.index, request.attempt))

    def _asked(self, request: CallRequest) -> dict[str, Any]:
        """What a call asks, as the file would say it."""
        asked: dict[str, Any] = redactor().json(replaced(asked_of_request(request), self._project, DIRECTORY))
        return asked

    def _place(self, site: tuple[int | str, ...]) -> str:
        line, column, *file = site
        shown = str(file[0]) if file else self._script
        return f"{os.path.relpath(shown) if os.path.isabs(shown) else shown}:{line}:{column}"  # noqa: PTH117

    def _missing(self, request: CallRequest) -> str:
        asked = self._asked(request)
        place = f", made at {self._place(request.site)}" if request.site else ""
        again = f", attempt {request.attempt}" if request.attempt > 1 else ""
        lines = [f"no recorded answer for the call {request.label!r} ({request.path}{place}{again})"]
        file = os.path.relpath(self._recording.path)
        entries = self._recording.entries
        if not entries:
            lines.append(f"  nothing is recorded yet in {file}")
        else:
            nearest = max(entries, key=lambda entry: likeness(asked_of_entry(entry), asked))
            lines.append(f"  the nearest in {file} is {nearest.get('label')!r} ({nearest.get('path')})")
            found = differences(asked_of_entry(nearest), asked)
            if found:
                lines += [
                    "  what differs, recorded (-) and asked now (+):",
                    *(f"    {line}" for line in found),
                ]
            else:
                count = len(self._recording.asking(asked))
                times = "once" if count == 1 else f"{count} times"
                lines.append(f"  it is the same, but was asked {times} then, and is asked once more now")
        lines.append("  Ask for real and record what comes back, which spends what the agents cost:")
        lines.append(f"    {self._recording.how}")
        return printable("\n".join(lines))


def replaced(value: Any, old: str, new: str) -> Any:
    """A JSON value with ``old`` replaced in all its texts."""
    if isinstance(value, str):
        return value.replace(old, new)
    if isinstance(value, list):
        return [replaced(item, old, new) for item in value]
    if isinstance(value, dict):
        return {name: replaced(item, old, new) for name, item in value.items()}
    return value
