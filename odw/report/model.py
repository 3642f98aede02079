"""What the report shows, folded from the events of a run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from odw.jsonvalue import JsonValue


@dataclass(slots=True)
class AgentRow:
    """One agent call: times in milliseconds, tokens of output."""

    index: int
    label: str
    phase: str
    executor: str
    prompt: str
    status: str = "running"
    duration_ms: int = 0
    tokens: int = 0
    result: str = ""
    error: str = ""
    attempts: int = 1


@dataclass(slots=True)
class PhaseGroup:
    """The agents of one phase, in call order."""

    title: str
    agents: list[AgentRow] = field(default_factory=list)

    @property
    def failed(self) -> int:
        return sum(agent.status == "failed" for agent in self.agents)

    @property
    def tokens(self) -> int:
        return sum(agent.tokens for agent in self.agents)


@dataclass(slots=True)
class ReportModel:
    """Everything on the page. ``phases`` keep the order in which they first appear."""

    name: str = "workflow"
    run_id: str = ""
    backend: str = ""
    status: str = "running"
    started: str = ""
    ended: str = ""
    result: str = ""
    error: str = ""
    phases: list[PhaseGroup] = field(default_factory=list)
    logs: list[str] = field(default_factory=list)
    script: str = ""

    @property
    def agents(self) -> list[AgentRow]:
        return [agent for phase in self.phases for agent in phase.agents]


def read_run(run_dir: Path) -> ReportModel:
    """The model of the run in ``run_dir``; a torn last line is left out."""
    model = fold(_events(run_dir / "events.jsonl"), run_dir)
    script = run_dir / "script.js"
    if script.is_file():
        model.script = script.read_text("utf-8", errors="replace")
    return model


def fold(events: Iterable[dict[str, Any]], run_dir: Path | None = None) -> ReportModel:
    model = ReportModel()
    groups: dict[str, PhaseGroup] = {}
    rows: dict[int, AgentRow] = {}
    for event in events:
        kind = event.get("type")
        if kind == "workflow_start":
            model.name, model.run_id = event.get("name", model.name), event.get("runId", "")
            model.backend, model.started = event.get("backend", ""), event.get("ts", "")
        elif kind == "agent_start":
            row = rows.get(event["index"])
            if row is not None:
                row.attempts = max(row.attempts, event.get("attempt", 1))
                continue
            title = event.get("phase") or "no phase"
            row = AgentRow(
                event["index"],
                event["label"],
                title,
                event.get("runtime") or "",
                event.get("promptPreview", ""),
            )
            rows[row.index] = row
            group = groups.get(title)
            if group is None:
                group = groups[title] = PhaseGroup(title)
                model.phases.append(group)
            group.agents.append(row)
        elif kind == "agent_done" and (row := rows.get(event["index"])):
            row.status = "done" if event["ok"] else "failed"
            row.duration_ms = event.get("durationMs", 0)
            row.tokens = event.get("usage", {}).get("output", 0)
            row.error = event.get("error", {}).get("message", "")
            row.result = _shown(_resolved(event, run_dir))
        elif kind == "log":
            model.logs.append(event.get("message", ""))
        elif kind in ("workflow_done", "workflow_error"):
            model.status = "done" if kind == "workflow_done" else event.get("status", "failed")
            model.ended = event.get("ts", "")
            model.result = _shown(event.get("result")) if kind == "workflow_done" else ""
            model.error = event.get("message", "")
    return model


def _resolved(event: dict[str, Any], run_dir: Path | None) -> JsonValue:
    reference = event.get("resultRef")
    if reference is None or run_dir is None:
        return event.get("result")
    blob = (run_dir / reference).resolve()
    if not blob.is_relative_to(run_dir.resolve()) or not blob.is_file():
        return f"(not found: {reference})"
    text: str = blob.read_text("utf-8", errors="replace")
    return text


def _shown(value: JsonValue) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)


def _events(journal: Path) -> Iterator[dict[str, Any]]:
    if not journal.is_file():
        return
    with journal.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            try:
                event = json.loads(line)
            except ValueError:
                continue
            if isinstance(event, dict):
                yield event
