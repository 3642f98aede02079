"""A journal from bytes back to events: every line checked, a torn tail told apart from damage."""

from __future__ import annotations

import hashlib
import json
from typing import Any, NamedTuple

from odw.errors import JournalDamaged, UsageError
from odw.runtime.abc import Event
from odw.runtime.journal.records import SUM_DIGITS, VERSION

_TAIL = len(',"sum":""}') + SUM_DIGITS


class Journal(NamedTuple):
    """``size`` is the number of bytes up to the end of the last whole line, ``torn`` what follows it, b"" if nothing."""

    events: list[Event]
    seq: int
    chain: str
    size: int
    torn: bytes


def read_journal(path: str) -> Journal:
    """All events of a journal, in order. Raises UsageError when it cannot be read, JournalDamaged when a line is wrong.

    A last line without its newline is torn: its writer was killed, and nobody has used what it says. So is a tail of NUL
    bytes, which file systems leave after a power loss. A line that is there twice in a row counts once.
    """
    return parse_journal(read_bytes(path), path)


def read_bytes(path: str) -> bytes:
    """What the file holds. Raises UsageError."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read()
    except OSError as error:
        raise UsageError(f"the journal {path} cannot be read: {error.strerror}") from None


def parse_journal(data: bytes, path: str) -> Journal:
    """The same from its bytes; ``path`` is for messages."""
    size = _size_of_lines(data)
    lines = _Lines(path)
    take = lines.take
    found = [take(line) for line in data[:size].split(b"\n")[:-1]]
    return Journal([event for event in found if event is not None], lines.seq, lines.chain, size, data[size:])


def _size_of_lines(data: bytes) -> int:
    """Where the torn tail begins: after the last newline, but before NUL bytes that end the file."""
    end = len(data.rstrip(b"\0\n"))
    if b"\0" not in data[end:]:
        return data.rfind(b"\n") + 1
    return end + 1 if data[end : end + 1] == b"\n" else data.rfind(b"\n", 0, end) + 1


class _Lines:
    """Takes lines in order and checks each: its sum over the sum before it, then its number and version."""

    __slots__ = ("_before", "_path", "chain", "number", "seq")

    def __init__(self, path: str) -> None:
        self._path = path
        self._before = b"\n"  # no line
        self.chain = ""
        self.number = 0  # of the line in the file, which counts repeated ones too
        self.seq = 0

    def take(self, line: bytes) -> Event | None:
        """The event of the next line, None if it is the line before once more. Raises JournalDamaged."""
        self.number += 1
        found = hashlib.sha256(self.chain.encode("ascii") + line[:-_TAIL]).hexdigest()[:SUM_DIGITS]
        if line[-_TAIL:] != b',"sum":"%b"}' % found.encode("ascii"):
            if line == self._before:
                return None
            raise self._damage(_why_the_sum_differs(line, self.seq))
        try:
            event: Event = json.loads(line)
        except (ValueError, RecursionError):
            raise self._damage("its checksum is right, and yet it is not JSON") from None
        if event.get("seq") != self.seq + 1 or event.get("v") != VERSION:
            raise self._damage(_why_it_does_not_fit(event, self.seq))
        self.seq += 1
        self.chain = found
        self._before = line
        return event

    def _damage(self, reason: str) -> JournalDamaged:
        return JournalDamaged(self._path, self.number, self.seq + 1, reason)


def _why_the_sum_differs(line: bytes, seq: int) -> str:
    """What is wrong with a line that should follow the one numbered ``seq``, as far as can be told."""
    if not line:
        return "it is empty"
    if b"\0" in line:
        return "it holds NUL bytes"
    if line.endswith(b"\r"):
        return "its line ends were changed to CRLF"
    try:
        event: Any = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        return "it is not UTF-8"
    except (ValueError, RecursionError):
        return "it is not JSON"
    if not isinstance(event, dict):
        return "it is not a JSON object"
    found = event.get("seq")
    if isinstance(found, int) and found > seq + 1:
        return f"lines are missing before it (expected seq {seq + 1}, found {found})"
    if isinstance(found, int) and found <= seq:
        return f"it is out of order (expected seq {seq + 1}, found {found})"
    return "its checksum differs: the line, or one before it, was altered"


def _why_it_does_not_fit(event: Event, seq: int) -> str:
    """The same for a line whose sum is right. Later versions keep ``v``, ``seq`` and ``sum``, so they can be told."""
    version = event.get("v")
    if isinstance(version, int) and version > VERSION:
        return f"it was written by a newer odw (version {version}, this one knows {VERSION})"
    if version != VERSION:
        return f"its version is {version!r} (this odw knows {VERSION})"
    return f"it is out of order (expected seq {seq + 1}, found {event.get('seq')!r})"


class TailReader:
    """What is appended to a journal while someone watches: whole lines only.

    ``checked``: each line is checked as ``read_journal`` does; ``damage`` is set when one was wrong, and nothing comes after
    it. Unchecked lines are events at least by their form; who waits for one answer needs no more.
    """

    __slots__ = ("_checked", "_lines", "_offset", "_path", "damage")

    def __init__(self, path: str, *, checked: bool) -> None:
        self._path = path
        self._checked = checked
        self._offset = 0
        self._lines = _Lines(path)
        self.damage: JournalDamaged | None = None

    def poll(self) -> list[Event]:
        """The events that came since the last call. Raises JournalDamaged, but not before all that is whole was returned.

        A resume that cuts off a torn tail cuts nothing that was returned. A repair may: then all is returned anew.
        """
        if self.damage is not None:
            raise self.damage
        events: list[Event] = []
        appended = self._appended()
        take = self._lines.take if self._checked else _event_or_none
        try:
            for line in appended:
                event = take(line)
                if event is not None:
                    events.append(event)
        except JournalDamaged as damage:
            self.damage = damage
            if not events:
                raise
        return events

    def _appended(self) -> list[bytes]:
        try:
            with open(self._path, "rb") as file:  # noqa: PTH123
                if file.seek(0, 2) < self._offset:
                    self._offset, self._lines = 0, _Lines(self._path)
                file.seek(self._offset)
                data = file.read()
        except OSError:
            return []
        size = _size_of_lines(data)
        self._offset += size
        return data[:size].split(b"\n")[:-1]


def _event_or_none(line: bytes) -> Event | None:
    try:
        event: Any = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return event if isinstance(event, dict) and isinstance(event.get("type"), str) else None


def tail_events(path: str, *, checked: bool = False) -> TailReader:
    """A follower of the journal at ``path``, from its beginning."""
    return TailReader(path, checked=checked)
