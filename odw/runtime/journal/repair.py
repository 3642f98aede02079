"""What is wrong with a journal, and how to go on with what is right in it. Nothing is thrown away."""

from __future__ import annotations

import json
import os
import time
from typing import NamedTuple

from odw.errors import JournalDamaged, UsageError
from odw.runtime.journal.lock import lock
from odw.runtime.journal.reader import parse_journal
from odw.runtime.journal.writer import write_whole


class Verification(NamedTuple):
    """``lines`` are whole and in order, the last being ``seq`` with the sum ``chain``; ``torn`` bytes follow them.

    ``damage`` is the first line that is wrong, None in a whole journal; ``readable`` counts the lines after it that look
    like events, and ``results`` the ends of calls among them.
    """

    lines: int
    seq: int
    chain: str
    torn: int
    damage: JournalDamaged | None = None
    readable: int = 0
    results: int = 0


class Repair(NamedTuple):
    """``kept`` lines are left; what followed, ``moved`` bytes, is in the file ``aside``. None if there was nothing to do."""

    kept: int
    moved: int
    aside: str | None
    results: int


def verify(path: str) -> Verification:
    """Check every line. Raises UsageError when the file cannot be read."""
    return _verify(_bytes(path), path)[0]


def repair(path: str) -> Repair:
    """Cut a journal back to the lines before the first damage; the rest goes to a file beside it, which is durable first.

    Raises UsageError while a process drives the run.
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
        data = _bytes(path)
        found, size = _verify(data, path)
        if size == len(data):
            return Repair(found.lines, 0, None, 0)
        stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
        name = f"events.torn-{stamp}-{size}"
        write_whole(os.path.join(os.path.dirname(path), name), data[size:])  # noqa: PTH118, PTH120
        os.ftruncate(fd, size)
        os.fsync(fd)
        return Repair(found.lines, len(data) - size, name, found.results)
    finally:
        os.close(fd)


def _verify(data: bytes, path: str) -> tuple[Verification, int]:
    """The findings, and how many bytes the whole lines before any damage take."""
    try:
        journal = parse_journal(data, path)
    except JournalDamaged as damage:
        lines = data.split(b"\n")
        kept = lines[: damage.line - 1]
        size = sum(len(line) + 1 for line in kept)
        journal = parse_journal(data[:size], path)
        rest = [line for line in lines[damage.line - 1 :] if _kind(line)]
        results = sum(_kind(line) == "agent_done" for line in rest)
        return Verification(len(kept), journal.seq, journal.chain, 0, damage, len(rest), results), size
    count = journal.size and data[: journal.size].count(b"\n")
    return Verification(count, journal.seq, journal.chain, len(journal.torn)), journal.size


def _kind(line: bytes) -> str:
    """The type of the event that a line seems to hold, "" if it seems to hold none."""
    try:
        event = json.loads(line)
    except ValueError:
        return ""
    return str(event.get("type", "")) if isinstance(event, dict) else ""


def _bytes(path: str) -> bytes:
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read()
    except OSError as error:
        raise UsageError(f"the journal {path} cannot be read: {error.strerror}") from None
