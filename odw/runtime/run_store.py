"""The runs of a project: found by what people type, and listed with what each came to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from odw.errors import JournalDamaged, UsageError
from odw.runtime.abc import Event
from odw.runtime.journal.history import usage_of
from odw.runtime.journal.lock import is_locked
from odw.runtime.journal.reader import tail_events
from odw.runtime.run_dir import RunDir
from odw.runtime.run_facts import journal_lost
from odw.runtime.state import StateFold

_ID = re.compile(r"(?!\.\.?\Z)[A-Za-z0-9._-]{1,64}\Z")
JOURNAL = "events.jsonl"
LISTED = 8  # runs that a message names at most
_FIRST_LINE = 65536  # bytes that a journal's first line takes at most


class RunSummary(NamedTuple):
    """One run, as far as its files tell; what none tells is "?", "" or None.

    ``status`` is "dead" for a run that was going on and has no process any more. ``started`` is when its first session began,
    ``resumed`` its last, None with one session; ``ended`` is the last sign of life of a dead run. Times are ISO 8601, UTC.
    ``calls`` counts those of the last session that ended; ``spent`` is in ``unit``.
    """

    run_id: str
    name: str
    status: str
    started: str
    ended: str | None
    backend: str
    script: str
    calls: int
    failed: int
    spent: float
    unit: str
    path: str
    resumed: str | None = None


def find_run(project: Path, word: str) -> RunDir:
    """The run that ``word`` means: an id, the unique beginning of one, ``latest``, or a directory (or the journal in it).

    A directory that lies in no project's ``.odw/runs`` is taken for a run of ``project``, which must be absolute. Raises UsageError.
    """
    if "/" in word or word in (".", ".."):
        return _at(Path(word), project)
    runs = project / ".odw" / "runs"
    if word == "latest":
        return _latest(project, runs)
    if not _ID.match(word):
        raise UsageError(f"not a run's id: {word[:80]!r}", hint="See: odw runs list")
    if (runs / word / JOURNAL).is_file():
        return RunDir(str(project), word)
    facts = read_facts(runs / word)
    if facts.get("sessions"):
        raise journal_lost(RunDir(str(project), word), facts)
    names = sorted((path.name for path in _directories(runs)), reverse=True)
    found = [name for name in names if name.startswith(word)]
    if len(found) == 1:
        return RunDir(str(project), found[0])
    if found:
        raise UsageError(
            f"{len(found)} runs begin with {word}: {_listing(found)}", hint="Give more of the id."
        )
    if (Path(word) / JOURNAL).is_file():
        return _at(Path(word), project)
    raise UsageError(f"no run {word} in {_shown(runs)}", hint=_near(word, names))


def _near(word: str, names: list[str]) -> str:
    """What may have been meant: an id that is spelled alike, or those that hold ``word`` elsewhere than at the beginning."""
    from odw.diagnostics import closest

    if not names:
        return "There are no runs yet. Start one with: odw exec SCRIPT"
    meant = closest(word, names)
    if meant is not None:
        return f"Did you mean {meant}?"
    inside = [name for name in names if len(word) > 2 and word in name]
    return f"Did you mean {_listing(inside)}?" if inside else "See: odw runs list"


def _listing(names: list[str]) -> str:
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return ", ".join(names[:LISTED]) + more


def list_runs(project: Path) -> list[RunSummary]:
    """All runs of a project, the one that began last first."""
    return list(each_run(project))


def each_run(project: Path) -> Iterator[RunSummary]:
    """The same, one at a time: who wants only the newest need not wait for the rest."""
    runs = _directories(project / ".odw" / "runs")
    for path in sorted(runs, key=lambda path: (_began(path), path.name), reverse=True):
        yield summarize(path)


def _began(path: Path) -> str:
    """When a run began, from the least that has to be read; "" if nothing tells."""
    started = read_facts(path).get("startedAt")
    if isinstance(started, str) and started:
        return started
    try:
        with (path / JOURNAL).open("rb") as file:
            first = json.loads(file.readline(_FIRST_LINE))
    except (OSError, ValueError, RecursionError):
        return ""
    return _text(first.get("ts"), "") if isinstance(first, dict) else ""


def summarize(path: Path) -> RunSummary:
    """A run from ``run.json`` if that tells how it ended, else from its journal."""
    facts = read_facts(path)
    status = _text(facts.get("status"), "running")
    ended = facts.get("endedAt")
    census, budget = facts.get("census"), facts.get("budget")
    past = _Past()
    if status in ("running", "paused"):
        driven = is_locked(str(path / JOURNAL))  # before the journal is read: nothing comes after it is gone
        past.read(path)
        status = status if driven else past.status
        census, budget = past.fold.census.to_json(), past.budget(facts)
        ended = (
            None if driven else past.last.get("ts")
        )  # what run.json says is of the run that this is a fork of
    census = census if isinstance(census, dict) else {}
    budget = budget if isinstance(budget, dict) else {}
    return RunSummary(
        path.name,
        _text(facts.get("name"), _text(past.start.get("name"), "?")),
        status,
        _text(facts.get("startedAt"), _text(past.start.get("ts"), "")),
        ended if isinstance(ended, str) else None,
        _text(facts.get("backend"), _text(past.start.get("backend"), "?")),
        _text(facts.get("script"), _text(past.start.get("script"), "?")),
        sum(int(_number(census.get(name))) for name in ("succeeded", "replayed", "failed", "skipped")),
        int(_number(census.get("failed"))),
        _number(budget.get("spent")),
        _text(budget.get("unit"), "output-tokens"),
        str(path),
        _text(facts.get("resumedAt"), "") or None,
    )


class _Past:
    """What a journal tells of a run that has not said itself how it ended."""

    def __init__(self) -> None:
        self.fold = StateFold()
        self.start: Event = {}
        self.last: Event = {}
        self._end: Event = {}
        self._output, self._tokens, self._cost = 0, 0, 0.0

    def read(self, path: Path) -> None:
        """Fold the lines that are whole: what is wrong with others is for ``odw journal verify`` to say."""
        events: list[Event] = []
        with suppress(JournalDamaged):
            events = tail_events(str(path / JOURNAL), checked=True).poll()
        for event in events:
            self.start = self.start or event
            self.last = event
            if event.get("type") in ("workflow_done", "workflow_error"):
                self._end = event
            elif event.get("type") == "workflow_resume":
                self._end = {}
            with suppress(KeyError, TypeError):  # whole, but of another odw: a list has no need to fail
                self.fold.on_event(event)
                self._count(event)

    def _count(self, event: Event) -> None:
        """Add up what calls used; one that replays has its usage on the line of its end."""
        if event["type"] == "agent_done" or (event["type"] == "agent_skip" and not event["cached"]):
            usage = usage_of(event.get("usage"))
            self._output += usage.output
            self._tokens += usage.total
            self._cost += event.get("cost") or 0

    @property
    def status(self) -> str:
        if not self._end:
            return "dead"
        return (
            "completed" if self._end["type"] == "workflow_done" else _text(self._end.get("status"), "failed")
        )

    def budget(self, facts: dict[str, Any]) -> dict[str, Any]:
        """What was spent, in the unit of the run's ``--budget``."""
        from odw.runtime.budget_limits import COST, OUTPUT, TOTAL, parse_budget

        unit, options = OUTPUT, facts.get("options")
        if isinstance(options, dict) and isinstance(options.get("budget"), str):
            with suppress(UsageError):
                unit = parse_budget(options["budget"]).unit
        return {"spent": {OUTPUT: self._output, TOTAL: self._tokens, COST: self._cost}[unit], "unit": unit}


def read_facts(path: Path) -> dict[str, Any]:
    """``run.json``; {} when it is not there or broken, since it can be derived."""
    try:
        value = json.loads((path / "run.json").read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _latest(project: Path, runs: Path) -> RunDir:
    """Where the link points, else the greatest id: file systems without links have none, and a deleted run leaves one."""
    names = sorted(path.name for path in _directories(runs))
    if not names:
        raise UsageError(f"there are no runs in {_shown(runs)}", hint="Start one with: odw exec SCRIPT")
    with suppress(OSError):
        name = (runs / "latest").readlink().name
        if name in names:
            return RunDir(str(project), name)
    return RunDir(str(project), names[-1])


def _directories(runs: Path) -> Iterator[Path]:
    """The directories that hold a journal; a link, such as a killed process left of ``latest``, is no run of its own."""
    try:
        entries = list(runs.iterdir())
    except OSError:
        return
    for path in entries:
        if _ID.match(path.name) and not path.is_symlink() and (path / JOURNAL).is_file():
            yield path


def _at(path: Path, project: Path) -> RunDir:
    path = path.parent if path.name == JOURNAL else path
    if not (path / JOURNAL).is_file():
        raise UsageError(f"no run at {path}: it holds no {JOURNAL}", hint="See: odw runs list")
    return RunDir.at(str(path.resolve()), str(project))


def _text(value: Any, otherwise: str) -> str:
    return value if isinstance(value, str) and value else otherwise


def _number(value: Any) -> float:
    return value if isinstance(value, int | float) and value == value and abs(value) < 1e18 else 0


def _shown(runs: Path) -> str:
    here = Path.cwd()
    return str(runs.relative_to(here) if runs.is_relative_to(here) else runs)
