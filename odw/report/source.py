"""What a report is made of: the run as its journal tells it, and the files beside the journal."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from odw.errors import JournalDamaged
from odw.runtime.abc import Event
from odw.runtime.journal.history import ResultLost, read_blob
from odw.runtime.journal.lock import is_locked
from odw.runtime.journal.reader import tail_events
from odw.runtime.run_facts import script_file
from odw.runtime.run_store import JOURNAL, read_facts
from odw.runtime.run_view import RunView


class Source(NamedTuple):
    """``facts`` is run.json; ``damage`` says where the journal cannot be read any further, "" if it is whole.

    ``status`` is that of the run: one that nobody drives and that did not end is "dead". ``planned``: nothing was asked, it is a
    dry run. ``directory`` is None for a run that has no files.
    """

    view: RunView
    facts: dict[str, Any]
    script: str
    args: str
    damage: str
    status: str
    planned: bool = False
    directory: Path | None = None

    def text(self, reference: str) -> str | None:
        """A large text that a line of the journal names; None when it is gone or was altered."""
        if self.directory is None:
            return None
        try:
            return read_blob(str(self.directory), reference)
        except ResultLost:
            return None


def read_source(run_dir: Path) -> Source:
    """The run in ``run_dir``, as far as its journal is whole."""
    journal = str(run_dir / JOURNAL)
    driven = is_locked(journal)  # before the events: nothing comes after the driver is gone
    view, damage = RunView(), ""
    tail = tail_events(journal, checked=True)
    try:
        _feed(view, tail.poll())
        tail.poll()
    except JournalDamaged as error:
        damage = f"line {error.line}: {error.reason}"
    facts = read_facts(run_dir)
    status = view.status
    if status in ("running", "paused"):
        status = status if driven else "dead"
    script = _file(run_dir / script_file(str(view.start.get("script", ""))))
    return Source(view, facts, script, _file(run_dir / "args.json"), damage, status, directory=run_dir)


def planned_source(
    name: str, path: str, script: str, args: Any, events: Iterable[Event], status: str
) -> Source:
    """A dry run, from the events that it told; they have no times, their order stands for it."""
    view = RunView()
    start = {
        "type": "workflow_start",
        "name": name,
        "runId": "",
        "backend": "mock",
        "script": path,
        "ts": _TIMELESS,
    }
    _feed(view, [start, *({**event, "seq": n, "ts": _TIMELESS} for n, event in enumerate(events, 1))])
    text = "" if args is None else json.dumps(args, ensure_ascii=False, indent=2)
    return Source(view, {}, script, text, "", status, planned=True)


_TIMELESS = "1970-01-01T00:00:01+00:00"


def _feed(view: RunView, events: Iterable[Event]) -> None:
    for event in events:
        with suppress(
            KeyError, TypeError, AttributeError
        ):  # whole, but of another odw: the rest is still worth seeing
            view.take(event)


def _file(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace")
    except OSError:
        return ""
