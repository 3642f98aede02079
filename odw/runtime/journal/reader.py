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
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            data = file.read()
    except OSError as error:
        raise UsageError(f"the journal {path} cannot be read: {error.strerror}") from None
    return parse_journal(data, path)


def parse_journal(data: bytes, path: str) -> Journal:
    """The same from its bytes; ``path`` is for messages."""
    size = data.rfind(b"\n") + 1
    torn = data[size:]
    stripped = data[:size].rstrip(b"\0\n") if data[:size].endswith(b"\0\n") else None
    if stripped is not None:  # a tail of NULs that has a newline in it
        size = stripped.rfind(b"\n") + 1
        torn = data[size:]
    events: list[Event] = []
    seq, chain, number = 0, "", 0
    sha256, loads = hashlib.sha256, json.loads
    before = b""
    for line in data[:size].split(b"\n")[:-1]:
        number += 1
        body = line[:-_TAIL]
        found = sha256(chain.encode("ascii") + body).hexdigest()[:SUM_DIGITS]
        if line[-_TAIL:] != b',"sum":"%b"}' % found.encode("ascii"):
            if line == before and number > 1:
                continue
            raise _damage(path, number, seq, line, events)
        try:
            event = loads(line)
        except ValueError:  # its writer summed nonsense: no journal of ours
            raise _damage(path, number, seq, line, events) from None
        if event.get("seq") != seq + 1 or event.get("v") != VERSION:
            raise _damage(path, number, seq, line, events)
        seq += 1
        chain = found
        before = line
        events.append(event)
    return Journal(events, seq, chain, size, torn)


def _damage(path: str, number: int, seq: int, line: bytes, before: list[Event]) -> JournalDamaged:
    reason = _reason(line, seq)
    return JournalDamaged(path, number, seq + 1, reason)


def _reason(line: bytes, seq: int) -> str:
    """What is wrong with a line that should follow the one numbered ``seq``."""
    if b"\0" in line:
        return "it holds NUL bytes"
    if line.endswith(b"\r"):
        return "its line ends were changed to CRLF"
    try:
        event: Any = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        return "it is not UTF-8"
    except ValueError:
        return "it is not JSON"
    if not isinstance(event, dict):
        return "it is not a JSON object"
    version, found = event.get("v"), event.get("seq")
    if isinstance(version, int) and version > VERSION:
        return f"it was written by a newer odw (version {version}, this one knows {VERSION})"
    if isinstance(found, int) and found > seq + 1:
        return f"lines are missing before it (expected seq {seq + 1}, found {found})"
    if isinstance(found, int) and found <= seq:
        return f"it is out of order (expected seq {seq + 1}, found {found})"
    return "its checksum differs: the line, or one before it, was altered"


class TailReader:
    """What is appended to a journal while someone watches; whole lines only, not checked beyond being JSON."""

    __slots__ = ("_offset", "_path")

    def __init__(self, path: str) -> None:
        self._path = path
        self._offset = 0

    def poll(self) -> list[Event]:
        """The events that came since the last call. A resume that cuts off a torn tail cuts nothing that was returned."""
        try:
            with open(self._path, "rb") as file:  # noqa: PTH123
                file.seek(self._offset)
                data = file.read()
        except OSError:
            return []
        end = data.rfind(b"\n") + 1
        self._offset += end
        events = []
        for line in data[:end].splitlines():
            try:
                event = json.loads(line)
            except ValueError:
                continue
            if isinstance(event, dict):
                events.append(event)
        return events


def tail_events(path: str) -> TailReader:
    """A follower of the journal at ``path``, from its beginning."""
    return TailReader(path)
