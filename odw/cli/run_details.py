"""Everything that ``odw runs show`` says about a run, from its journal."""

from __future__ import annotations

from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from odw.cli.next_step import resume_words, run_words
from odw.errors import JournalDamaged
from odw.runtime.journal.audit import MISSING_END, ends_too_early
from odw.runtime.journal.reader import tail_events
from odw.runtime.run_store import JOURNAL, RunSummary, read_facts, summarize
from odw.runtime.state import StateFold

if TYPE_CHECKING:
    from odw.runtime.abc import Event
    from odw.runtime.run_dir import RunDir

SHOWN = 300
_CHANGED = {"scriptSha256": "script", "argsSha256": "args"}


class SessionRow(NamedTuple):
    """One process's turn at the run. ``changed``: what differs from the session before; ``ending`` as a status, or "" ."""

    started: str
    changed: list[str]
    ending: str


class RunDetails(NamedTuple):
    """``budget`` is {spent, total, unit, approx}; ``failures`` are lines ``label: category: message``; ``result`` is the value.

    ``damage`` says where the journal cannot be read any further, "" if it is whole.
    """

    summary: RunSummary
    message: str
    census: dict[str, Any]
    budget: dict[str, Any]
    sessions: list[SessionRow]
    fork_of: str | None
    failures: list[str]
    ended_well: bool
    result: Any
    damage: str

    @property
    def next_step(self) -> str:
        """The command that most likely comes next, or ""."""
        run = self.summary
        words = run_words(run.path)
        if self.damage:
            return f"odw journal verify {words}"
        if run.status == "failed":
            return f"mend the script, then: odw resume {words} --script {run.script}"
        if run.status in ("running", "paused"):
            return f"odw runs watch {words}"
        return resume_words(run.path, run.status, self.message, run.script)

    def to_json(self) -> dict[str, Any]:
        run = self.summary
        return {
            "runId": run.run_id,
            "name": run.name,
            "status": run.status,
            "message": self.message,
            "startedAt": run.started,
            "resumedAt": run.resumed,
            "endedAt": run.ended,
            "backend": run.backend,
            "script": run.script,
            "census": self.census,
            "budget": self.budget,
            "sessions": len(self.sessions),
            "sessionList": [row._asdict() for row in self.sessions],
            "forkOf": self.fork_of,
            "failures": self.failures,
            "result": self.result,
            "damage": self.damage,
            "path": run.path,
            "next": self.next_step,
        }


def read_details(directory: RunDir) -> RunDetails:
    """The details, as far as the journal is whole."""
    path = Path(directory.path)
    summary, facts = summarize(path), read_facts(path)
    story = _Story()
    tail = tail_events(directory.file(JOURNAL), checked=True)
    damage = ""
    try:
        for event in tail.poll():
            story.take(event)
        tail.poll()
    except JournalDamaged as error:
        damage = f"line {error.line}: {error.reason}"
    if not damage and ends_too_early(facts.get("status"), story.ended):
        damage = MISSING_END
    recorded = facts.get("budget")
    budget = {"spent": summary.spent, "total": None, "unit": summary.unit, "approx": False}
    if isinstance(recorded, dict):
        budget.update({name: recorded[name] for name in ("total", "approx") if name in recorded})
    fork_of = facts.get("forkOf")
    return RunDetails(
        summary, story.message, story.census, budget, story.sessions,
        fork_of if isinstance(fork_of, str) else None, story.failures, story.ended_well, story.result, damage,
    )  # fmt: skip


class _Story:
    """What the events of a run come to; each session tells its calls anew."""

    def __init__(self) -> None:
        self.fold = StateFold()
        self.sessions: list[SessionRow] = []
        self._begin()

    def _begin(self) -> None:
        self.message = ""
        self.failures: list[str] = []
        self.ended_well = False
        self.result: Any = None
        self._last_count: Event = {}

    @property
    def census(self) -> dict[str, Any]:
        """What the session counted itself at its end: only it knows the calls that it dropped before they began; else as far as
        the events tell."""
        return self._last_count or self.fold.census.to_json()

    def take(self, event: Event) -> None:
        kind = event["type"]
        self.fold.on_event(event)
        if kind in ("workflow_start", "workflow_resume"):
            self._begin()
            changed = [_CHANGED.get(name, name) for name in event.get("changed", ())]
            self.sessions.append(SessionRow(event["ts"], changed, ""))
        elif "imported" in event:
            self._end("results copied")
        elif kind == "agent_done" and not event["ok"]:
            error = event["error"]
            self.failures.append(f"{short(event['label'])}: {error['category']}: {short(error['message'])}")
        elif kind == "workflow_error":
            self.message = short(event["message"])
            self._last_count = event.get("census", {})
            self._end(event["status"])
        elif kind == "workflow_done":
            self.ended_well, self.result = True, event.get("result")
            self._last_count = event.get("census", {})
            self._end("completed")

    @property
    def ended(self) -> bool:
        return bool(self.sessions and self.sessions[-1].ending)

    def _end(self, status: str) -> None:
        if self.sessions:
            self.sessions[-1] = self.sessions[-1]._replace(ending=status)


def short(value: Any) -> str:
    """A text, or any value as JSON, in one line of bounded length."""
    text = value if isinstance(value, str) else dumps(value, ensure_ascii=False)
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"
