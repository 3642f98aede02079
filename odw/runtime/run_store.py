"""The runs of a project: found by what people type, and listed with what each came to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from odw.errors import UsageError
from odw.runtime.journal.lock import is_locked
from odw.runtime.journal.reader import tail_events
from odw.runtime.run_dir import RunDir
from odw.runtime.state import StateFold

_ID = re.compile(r"(?!\.\.?\Z)[A-Za-z0-9._-]{1,64}\Z")
JOURNAL = "events.jsonl"


class RunSummary(NamedTuple):
    """One run, as far as its files tell. ``status`` is "dead" for one that was running and has no process any more."""

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


def find_run(project: Path, word: str) -> RunDir:
    """The run that ``word`` means: an id, the unique beginning of one, ``latest``, or a directory (or the journal in it).

    Raises UsageError.
    """
    if "/" in word or word in (".", ".."):
        return _at(Path(word))
    runs = project / ".odw" / "runs"
    if word == "latest":
        return _latest(project, runs)
    if not _ID.match(word):
        raise UsageError(f"not a run's id: {word[:80]!r}", hint="See: odw runs list")
    if (runs / word / JOURNAL).is_file():
        return RunDir(str(project), word)
    found = [path.name for path in _directories(runs) if path.name.startswith(word)]
    if len(found) == 1:
        return RunDir(str(project), found[0])
    if found:
        listing = ", ".join(sorted(found)[:8])
        raise UsageError(f"{len(found)} runs begin with {word}: {listing}", hint="Give more of the id.")
    if (Path(word) / JOURNAL).is_file():
        return _at(Path(word))
    raise UsageError(f"no run {word} in {_shown(runs)}", hint="See: odw runs list")


def list_runs(project: Path) -> list[RunSummary]:
    """All runs of a project, the newest first."""
    directories = sorted(_directories(project / ".odw" / "runs"), key=lambda path: path.name, reverse=True)
    return [summarize(path) for path in directories]


def summarize(path: Path) -> RunSummary:
    """A run from ``run.json``, which is only a summary: whatever is missing in it shows as empty."""
    facts = _object(path / "run.json")
    census, budget = facts.get("census"), facts.get("budget")
    if not isinstance(census, dict):  # a run that goes on, or was killed
        census = _census(path / JOURNAL)
    budget = budget if isinstance(budget, dict) else {}
    return RunSummary(
        path.name,
        str(facts.get("name", "?")),
        status_of(path, facts),
        str(facts.get("startedAt", "")),
        facts.get("endedAt"),
        str(facts.get("backend", "?")),
        str(facts.get("script", "?")),
        sum(_count(census.get(name)) for name in ("succeeded", "replayed", "failed", "skipped")),
        _count(census.get("failed")),
        float(budget.get("spent") or 0),
        str(budget.get("unit", "output-tokens")),
        str(path),
    )


def _census(journal: Path) -> dict[str, Any]:
    """What the last session's calls came to so far, as far as the journal can be read."""
    fold = StateFold()
    for event in tail_events(str(journal)).poll():
        with suppress(KeyError, TypeError):  # a damaged line: verify says so, a list need not
            fold.on_event(event)
    return fold.census.to_json()


def status_of(path: Path, facts: dict[str, Any]) -> str:
    """The recorded status; "dead" when it says that the run goes on and no process holds the journal."""
    status = str(facts.get("status", "running"))
    return "dead" if status in ("running", "paused") and not is_locked(str(path / JOURNAL)) else status


def _latest(project: Path, runs: Path) -> RunDir:
    link = runs / "latest"
    if link.is_symlink() and (link / JOURNAL).is_file():
        return RunDir(str(project), link.resolve().name)
    names = sorted(path.name for path in _directories(runs))
    if not names:
        raise UsageError(f"there are no runs in {_shown(runs)}", hint="Start one with: odw exec SCRIPT")
    return RunDir(str(project), names[-1])


def _directories(runs: Path) -> Iterator[Path]:
    """The directories that hold a journal."""
    try:
        entries = list(runs.iterdir())
    except OSError:
        return
    for path in entries:
        if _ID.match(path.name) and path.name != "latest" and (path / JOURNAL).is_file():
            yield path


def _at(path: Path) -> RunDir:
    path = path.parent if path.name == JOURNAL else path
    if not (path / JOURNAL).is_file():
        raise UsageError(f"no run at {path}: it holds no {JOURNAL}", hint="See: odw runs list")
    return RunDir.at(str(path.resolve()))


def _object(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def _count(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _shown(runs: Path) -> str:
    return f"{runs.parent.parent.name}/.odw/runs"
