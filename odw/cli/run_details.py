"""Everything that ``odw runs show`` says about a run, from its journal."""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING, Any, NamedTuple

from odw.errors import OdwError
from odw.runtime.journal.reader import read_journal
from odw.runtime.run_store import JOURNAL, RunSummary, summarize
from odw.runtime.state import StateFold

if TYPE_CHECKING:
    from odw.runtime.run_dir import RunDir

SHOWN = 300


class RunDetails(NamedTuple):
    """``total`` is the budget, None without one; ``failures`` are lines ``label: category: message``; ``result`` is cut short."""

    summary: RunSummary
    message: str
    census: dict[str, Any]
    total: float | None
    approximate: bool
    sessions: int
    fork_of: str | None
    failures: list[str]
    result: str | None
    next_step: str

    def to_json(self) -> dict[str, Any]:
        run = self.summary
        return {
            "runId": run.run_id,
            "name": run.name,
            "status": run.status,
            "message": self.message,
            "startedAt": run.started,
            "endedAt": run.ended,
            "backend": run.backend,
            "script": run.script,
            "census": self.census,
            "budget": {
                "spent": run.spent,
                "total": self.total,
                "unit": run.unit,
                "approx": self.approximate,
            },
            "sessions": self.sessions,
            "forkOf": self.fork_of,
            "failures": self.failures,
            "path": run.path,
            "next": self.next_step,
        }


def read_details(directory: RunDir) -> RunDetails:
    """The details; a damaged journal is said, and costs what only it can tell."""
    from pathlib import Path

    summary = summarize(Path(directory.path))
    facts = directory.read_json("run.json")
    budget = directory.read_json("state.json").get("budget") or {}
    fold = StateFold()
    message, sessions = "", 0
    failures: list[str] = []
    result: str | None = None
    try:
        for event in read_journal(directory.file(JOURNAL)).events:
            kind = event["type"]
            fold.on_event(event)
            if kind in ("workflow_start", "workflow_resume"):
                sessions += 1
                message, failures, result = "", [], None
            elif kind == "agent_done" and not event["ok"]:
                error = event["error"]
                failures.append(f"{event['label']}: {error['category']}: {_short(error['message'])}")
            elif kind == "workflow_error":
                message = _short(event["message"])
            elif kind == "workflow_done":
                result = _short(dumps(event.get("result"), ensure_ascii=False))
    except OdwError as error:
        message = error.message
    census = fold.census.to_json()
    return RunDetails(
        summary, message, census, budget.get("total"), bool(budget.get("approx")), max(sessions, 1), facts.get("forkOf"),
        failures, result, _next_step(summary),
    )  # fmt: skip


def _next_step(run: RunSummary) -> str:
    if run.status in ("parked", "interrupted", "stopped", "dead"):
        return f"odw resume {run.run_id}"
    if run.status == "failed":
        return f"mend the script, then: odw resume {run.run_id} --script {run.script}"
    if run.status in ("running", "paused"):
        return f"odw runs watch {run.run_id}"
    return ""


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"
