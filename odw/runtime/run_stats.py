"""What the runs of a project used, added up by model, workflow, executor or day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from odw.runtime.abc import Usage
from odw.runtime.run_view import FAILED, REPLAYED, CallView, RunView

GROUPS = ("model", "workflow", "executor", "day")


class Row(NamedTuple):
    """``calls`` that were made, replays not among them; ``cost`` in US dollars, of those calls whose cost is known."""

    name: str
    runs: int
    calls: int
    failed: int
    usage: Usage
    cost: float


class Stats:
    """Add runs with ``take``; what a session replayed was used by an earlier one, and counts once."""

    def __init__(self, by: str) -> None:
        self._by = by
        self._runs: dict[str, set[str]] = {}
        self._rows: dict[str, list[CallView]] = {}

    def take(self, run_id: str, view: RunView) -> None:
        """A run whose events have all been told to ``view``."""
        for call in view.every_call():
            if call.status == REPLAYED:
                continue
            name = self._name(call, view)
            self._rows.setdefault(name, []).append(call)
            self._runs.setdefault(name, set()).add(run_id)

    def rows(self) -> list[Row]:
        """The most expensive first, by cost and then by tokens; days in their order."""
        rows = [_row(name, len(self._runs[name]), calls) for name, calls in self._rows.items()]
        if self._by == "day":
            return sorted(rows, key=lambda row: row.name)
        return sorted(rows, key=lambda row: (-row.cost, -row.usage.total, row.name))

    def _name(self, call: CallView, view: RunView) -> str:
        if self._by == "model":
            return call.model or "?"
        if self._by == "workflow":
            return view.name or "?"
        if self._by == "executor":
            return call.runtime or "?"
        moment = call.ended if call.ended is not None else view.moment
        return datetime.fromtimestamp(moment / 1000, UTC).strftime("%Y-%m-%d")


def total(rows: Iterable[Row], runs: int) -> Row:
    """All rows as one; a run may be in several of them, so their number comes from outside."""
    rows = list(rows)
    return Row(
        "total",
        runs,
        sum(row.calls for row in rows),
        sum(row.failed for row in rows),
        sum((row.usage for row in rows), Usage()),
        sum(row.cost for row in rows),
    )


def _row(name: str, runs: int, calls: list[CallView]) -> Row:
    return Row(
        name,
        runs,
        len(calls),
        sum(call.status == FAILED for call in calls),
        sum((call.usage for call in calls), Usage()),
        sum(call.cost or 0.0 for call in calls),
    )
