"""How the calls were asked whose results a fork copied: their starts are in the journal of the run that it is a fork of."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from odw.errors import JournalDamaged
from odw.runtime.journal.reader import tail_events
from odw.runtime.run_store import JOURNAL

if TYPE_CHECKING:
    from odw.runtime.abc import Event

_DEEPEST = 100  # forks of forks that are followed


class AskedIn(NamedTuple):
    """The ``agent_start`` of a call, and the directory of the run that made it."""

    run_dir: str
    start: Event

    @property
    def run_id(self) -> str:
        return Path(self.run_dir).name


def asked_in(run_dir: str, imported: Event) -> AskedIn | None:
    """Where the call of ``imported``, a line that the fork in ``run_dir`` copied, was made.

    A fork of a fork leads to the first. None when a run on the way is gone, or its journal does not reach so far.
    """
    events = _events(run_dir)
    for _ in range(_DEEPEST):
        origin = _fork_of(events)
        if origin is None:
            return None
        run_dir = str(Path(run_dir).with_name(origin))
        events = _events(run_dir)
        line, start = _line(events, imported["imported"])
        if line is None or "imported" not in line:
            return AskedIn(run_dir, start) if start is not None else None
        imported = line
    return None


def _line(events: list[Event], seq: int) -> tuple[Event | None, Event | None]:
    """The line of a number, an end of a call; and how that call began in the same session."""
    starts: dict[int, Event] = {}
    for event in events:
        if event["type"] in ("workflow_start", "workflow_resume"):
            starts = {}
        elif event["type"] == "agent_start":
            starts[event["index"]] = event
        if event["seq"] == seq:
            return event, starts.get(event.get("index", 0))
    return None, None


def _fork_of(events: list[Event]) -> str | None:
    """The id of the run that this one began as a fork of; a name that leads elsewhere is none."""
    found = events[0].get("forkOf") if events else None
    return found if isinstance(found, str) and Path(found).name == found and found != ".." else None


def _events(run_dir: str) -> list[Event]:
    """The lines of a journal that are whole; none where there is no journal."""
    with suppress(JournalDamaged, OSError):
        return tail_events(f"{run_dir}/{JOURNAL}", checked=True).poll()
    return []
