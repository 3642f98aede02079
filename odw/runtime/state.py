"""The derived snapshot of a run: a fold over its events, written as ``state.json`` with rust-odw's fields.

Live runs and readers of an old journal use the same fold, so a snapshot never says anything that the events do not.
"""

from __future__ import annotations

from typing import Any

from odw.runtime.abc import Event

PREVIEW = 200


class StateFold:
    """An EventSink; ``snapshot()`` is what has happened so far. Memory: a small dict per agent."""

    __slots__ = ("_agents", "_checkpoints", "_end", "_phases", "_start", "census", "patches", "spent")

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        """A session begins: it executes the script from its beginning, so it makes every call anew."""
        self._agents: dict[int, dict[str, Any]] = {}
        self._checkpoints: dict[str, Any] = {}
        self._phases: list[str] = []
        self._start: Event = {}
        self._end: Event = {}
        self.census = Census()
        self.patches = 0

    def on_event(self, event: Event) -> None:
        kind = event["type"]
        if "imported" in event:  # another run's result, which this one may come to use
            return
        if kind == "agent_start":
            self._agents[event["index"]] = {
                "label": event["label"],
                "phase": event["phase"],
                "runtime": event["runtime"],
                "path": event["path"],
                "status": "running",
            }
            self.census.started += 1
        elif kind == "agent_done":
            agent = self._agents.setdefault(
                event["index"], {"label": event["label"], "phase": event["phase"]}
            )
            withdrawn = bool(event.get("withdrawn"))
            agent["status"] = "completed" if event["ok"] else "withdrawn" if withdrawn else "failed"
            agent["durationMs"] = event["durationMs"]
            agent["tokens"] = event["usage"]["output"]
            if event["ok"]:
                self.census.succeeded += 1
            elif withdrawn:
                self.census.withdrawn += 1
            else:
                agent["error"] = event["error"]
                self.census.fail(event["error"]["category"])
        elif kind == "agent_retry":
            self.census.retried += 1
        elif kind == "agent_schema_invalid":
            self.census.schema_retries += 0 if event["final"] else 1
        elif kind == "agent_skip":
            self._skipped(event)
        elif kind == "worktree_done":
            self.patches += bool(event.get("patch"))
        elif kind == "checkpoint":
            self._checkpoints[event["name"]] = event["value"]
        elif kind == "phase":
            if event["title"] not in self._phases:
                self._phases.append(event["title"])
        elif kind in ("workflow_start", "workflow_resume"):
            self._begin()
            self._start = event
        elif kind in ("workflow_done", "workflow_error"):
            self._end = event

    def _skipped(self, event: Event) -> None:
        agent = self._agents.setdefault(
            event["index"], {"label": event["label"], "phase": event["phase"], "path": event["path"]}
        )
        self.census.skip(event["cached"], "skipped" in event)
        if event["cached"]:
            agent["status"] = "completed"
            agent["replayed"] = True
            if "usage" in event:
                agent["tokens"] = event["usage"]["output"]
        else:
            agent["status"] = "skipped"
            agent["reason"] = event["reason"]

    def snapshot(self, budget: dict[str, Any], time: str | None) -> dict[str, Any]:
        """``time`` (ISO 8601) is when the run ended, None while it runs."""
        end = self._end
        state: dict[str, Any] = {
            "workflow": self._start.get("name"),
            "runId": self._start.get("runId"),
            "backend": self._start.get("backend"),
            "status": self._status(),
            "phases": self._phases,
            "agents": {str(index): agent for index, agent in self._agents.items()},
            "failedAgents": [
                {"index": index, "label": agent["label"], "error": agent["error"]}
                for index, agent in self._agents.items()
                if agent.get("status") == "failed"
            ],
            "checkpoints": self._checkpoints,
            "budget": budget,
            "census": self.census.to_json(),
        }
        if end.get("type") == "workflow_done":
            state.update(result=end.get("result"), completedAt=time)
        elif end:
            state.update(error={"message": end["message"], "status": end["status"]}, failedAt=time)
        return state

    def _status(self) -> str:
        if not self._end:
            return "running"
        return "completed" if self._end["type"] == "workflow_done" else str(self._end["status"])


class Census:
    """How the calls of a run ended, counted."""

    __slots__ = (
        "dropped",
        "failed",
        "refused",
        "replayed",
        "retried",
        "schema_retries",
        "skipped",
        "started",
        "succeeded",
        "withdrawn",
    )

    def __init__(self) -> None:
        self.started = 0
        self.succeeded = 0
        self.replayed = 0
        self.retried = 0
        self.schema_retries = 0
        self.skipped = 0
        self.refused = 0
        self.dropped = 0
        self.withdrawn = 0  # by the workflow itself: what lost a race
        self.failed: dict[str, int] = {}

    def fail(self, category: str) -> None:
        self.failed[category] = self.failed.get(category, 0) + 1

    def skip(self, cached: bool, by_hand: bool) -> None:
        if cached:
            self.replayed += 1
        elif by_hand:
            self.skipped += 1
        else:
            self.refused += 1

    def to_json(self) -> dict[str, Any]:
        return {
            "started": self.started,
            "succeeded": self.succeeded,
            "replayed": self.replayed,
            "retried": self.retried + self.schema_retries,
            "failed": sum(self.failed.values()),
            "failedByCategory": dict(self.failed),
            "skipped": self.skipped,
            "dropped": self.dropped + self.refused,
            "withdrawn": self.withdrawn,
        }
