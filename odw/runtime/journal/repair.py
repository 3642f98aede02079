"""What is wrong with a journal, and how to go on with what is right in it. Nothing is thrown away."""

from __future__ import annotations

import json
import os
import time
from typing import Any, NamedTuple

from odw.errors import JournalDamaged, UsageError
from odw.runtime.journal.lock import lock
from odw.runtime.journal.reader import parse_journal, read_bytes
from odw.runtime.journal.records import VERSION, check_line
from odw.runtime.journal.writer import unused_aside, write_whole


class Verification(NamedTuple):
    """``lines`` are whole and in order, the last being ``seq`` with the sum ``chain``; ``torn`` bytes follow them.

    ``damage`` is the first line that is wrong, None in a whole journal; ``readable`` counts the lines from there on that look
    like events, and ``results`` the calls that ended well among them: those run again after a repair. ``newer``: that line is
    whole, but of a version that this odw does not know.
    """

    lines: int
    seq: int
    chain: str
    torn: int
    damage: JournalDamaged | None = None
    readable: int = 0
    results: int = 0
    newer: bool = False


class Repair(NamedTuple):
    """``kept`` lines are left; what followed, ``moved`` bytes, is in the file ``aside``. None if there was nothing to do.

    ``results``: how many results that could still be read are in it.
    """

    kept: int
    moved: int
    aside: str | None
    results: int


def verify(path: str) -> Verification:
    """Check every line. Raises UsageError when the file cannot be read."""
    return _verify(read_bytes(path), path)[0]


def repair(path: str) -> Repair:
    """Cut a journal back to the lines before the first damage; the rest goes to a file beside it, which is durable first.

    Raises UsageError while a process drives the run, for a journal of a newer odw, and when the disk refuses.
    """
    try:
        fd = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError as error:
        raise UsageError(f"the journal {path} cannot be opened: {error.strerror}") from None
    try:
        if not lock(fd):
            raise UsageError(
                f"the journal {path} is in use: a process drives its run",
                hint="End the run first: odw stop RUN.",
            )
        data = read_bytes(path)
        found, size = _verify(data, path)
        if found.newer and found.damage is not None:
            raise UsageError(
                f"the journal {path} is not damaged: line {found.damage.line} {found.damage.reason[3:]}",
                hint="Use that version of odw.",
            )
        if size == len(data):
            return Repair(found.lines, 0, None, 0)
        aside = unused_aside(os.path.dirname(path), size, time.time())  # noqa: PTH120
        write_whole(aside, data[size:])
        os.ftruncate(fd, size)
        os.fsync(fd)
        return Repair(found.lines, len(data) - size, os.path.basename(aside), found.results)  # noqa: PTH119
    except OSError as error:
        raise UsageError(
            f"the journal {path} could not be repaired: {error.strerror}",
            hint="It is as it was, or cut back with the rest beside it.",
        ) from None
    finally:
        os.close(fd)


def _verify(data: bytes, path: str) -> tuple[Verification, int]:
    """The findings, and how many bytes the whole lines before any damage take."""
    try:
        journal = parse_journal(data, path)
    except JournalDamaged as damage:
        lines = data.split(b"\n")
        kept, rest = lines[: damage.line - 1], lines[damage.line - 1 :]
        size = sum(len(line) + 1 for line in kept)
        journal = parse_journal(data[:size], path)
        events = [event for line in rest if (event := _event(line))]
        results = sum(event["type"] == "agent_done" and event.get("ok") is not False for event in events)
        newer = check_line(rest[0], journal.chain) is not None and _is_newer(_event(rest[0]))
        return Verification(
            len(kept), journal.seq, journal.chain, 0, damage, len(events), results, newer
        ), size
    lines_kept = data.count(b"\n", 0, journal.size)
    return Verification(lines_kept, journal.seq, journal.chain, len(journal.torn)), journal.size


def _event(line: bytes) -> dict[str, Any]:
    """The event that a line seems to hold, {} if it seems to hold none."""
    try:
        event = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return event if isinstance(event, dict) and isinstance(event.get("type"), str) else {}


def _is_newer(event: dict[str, Any]) -> bool:
    version = event.get("v")
    return isinstance(version, int) and version > VERSION
