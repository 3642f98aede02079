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
    rows: dict[int, AgentRow] = {}
    prompts: dict[str, str] = {}  # by key, of all sessions
    ends: dict[int, dict[str, Any]] = {}  # by seq, of all sessions
    for event in events:
        kind = event.get("type")
        if kind in ("workflow_start", "workflow_resume"):
            # a session executes the script from its beginning: every call comes anew, recorded ones as replays
            rows = {}
            started = model.started or event.get("ts", "")
            model = ReportModel(
                event.get("name", model.name), event.get("runId", ""), event.get("backend", "")
            )
            model.started = started
        elif kind == "agent_start":
            prompts[event.get("key", "")] = event.get("promptPreview", "")
            row = rows.get(event["index"])
            if row is not None:
                row.attempts = max(row.attempts, event.get("attempt", 1))
                continue
            _add(model, rows, event, prompts)
        elif kind == "agent_done":
            ends[event.get("seq", 0)] = event
            if "imported" in event:  # another run's result: a call of this one only when it replays
                continue
            if (row := rows.get(event["index"])) is not None:
                _end(row, event, run_dir)
        elif kind == "agent_skip":
            row = rows.get(event["index"]) or _add(model, rows, event, prompts)
            row.status = "skipped"
            row.error = "" if event["cached"] else event.get("reason", "")
            row.tokens = event.get("usage", {}).get("output", row.tokens)
            if event["cached"] and (end := ends.get(event["from"])) is not None:
                _end(row, end, run_dir)
                row.status = "replayed"
        elif kind == "log":
            model.logs.append(event.get("message", ""))
        elif kind in ("workflow_done", "workflow_error"):
            model.status = "done" if kind == "workflow_done" else event.get("status", "failed")
            model.ended = event.get("ts", "")
            model.result = _shown(event.get("result")) if kind == "workflow_done" else ""
            model.error = event.get("message", "")
    return model


def _add(
    model: ReportModel, rows: dict[int, AgentRow], event: dict[str, Any], prompts: dict[str, str]
) -> AgentRow:
    """A row for a call, in the group of its phase."""
    title = event.get("phase") or "no phase"
    row = rows[event["index"]] = AgentRow(
        event["index"],
        event["label"],
        title,
        event.get("runtime") or "",
        prompts.get(event.get("key", ""), ""),
    )
    group = next((group for group in model.phases if group.title == title), None)
    if group is None:
        group = PhaseGroup(title)
        model.phases.append(group)
    group.agents.append(row)
    return row


def _end(row: AgentRow, event: dict[str, Any], run_dir: Path | None) -> None:
    row.status = "done" if event["ok"] else "failed"
    row.duration_ms = event.get("durationMs", 0)
    row.tokens = event.get("usage", {}).get("output", 0)
    row.error = event.get("error", {}).get("message", "")
    row.result = _shown(_resolved(event, run_dir))


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
