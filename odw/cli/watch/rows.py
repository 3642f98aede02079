"""What the tables of the terminal UI hold, as plain data: from runs and calls to cells."""

from __future__ import annotations

from typing import NamedTuple

from odw.cli.live.cells import safe
from odw.cli.live.quantities import duration, money, tokens
from odw.runtime.run_view import (
    DONE,
    FAILED,
    REFUSED,
    REPLAYED,
    RUNNING,
    SKIPPED,
    WAITING,
    CallView,
    RunView,
)

MARKS = {
    RUNNING: ("●", "cyan"), WAITING: ("↻", "yellow"), DONE: ("✓", "green"), FAILED: ("✗", "red"), REPLAYED: ("↺", "blue"),
    SKIPPED: ("⊘", "yellow"), REFUSED: ("⊘", "dim"),
}  # fmt: skip
RUN_STYLES = {
    "running": "cyan", "paused": "yellow", "completed": "green", "failed": "red", "dead": "red", "parked": "yellow",
    "interrupted": "yellow", "stopped": "yellow",
}  # fmt: skip
# What ``f`` goes through: a name, and the states that it lets pass.
FILTERS: tuple[tuple[str, frozenset[str]], ...] = (
    ("all", frozenset(MARKS)),
    ("running", frozenset((RUNNING, WAITING))),
    ("failed", frozenset((FAILED, SKIPPED, REFUSED))),
    ("done", frozenset((DONE, REPLAYED))),
)
ALL = ""  # the phase that stands for all of them
NO_PHASE = "(no phase)"


class PhaseRow(NamedTuple):
    """``title`` is ALL for the first row."""

    title: str
    shown: str
    ended: int
    made: int
    failed: int


def phase_rows(view: RunView) -> list[PhaseRow]:
    """One for all calls, then one for each phase that has calls or was begun."""
    counts: dict[str, list[int]] = {title: [0, 0, 0] for title in view.phases}
    for call in view.calls.values():
        row = counts.setdefault(call.phase or NO_PHASE, [0, 0, 0])
        row[0] += call.over
        row[1] += 1
        row[2] += call.status == FAILED
    totals = [sum(column) for column in zip(*counts.values(), strict=True)] or [0, 0, 0]
    rows = [PhaseRow(ALL, "All agents", *totals)]
    return rows + [PhaseRow(title, safe(title), *numbers) for title, numbers in counts.items()]


def calls_of(view: RunView, phase: str, states: frozenset[str], needle: str) -> list[CallView]:
    """The calls that the filter, the phase and the search let pass, in call order."""
    wanted = needle.casefold()
    return [
        call
        for call in view.calls.values()
        if call.status in states
        and (phase == ALL or (call.phase or NO_PHASE) == phase)
        and (not wanted or wanted in call.label.casefold() or wanted in (call.model or "").casefold())
    ]


def call_cells(call: CallView, now: float) -> tuple[str, ...]:
    """Mark, number, label, model, time, tokens, cost, what it does or why it failed."""
    mark = MARKS[call.status][0]
    attempts = f"attempt {len(call.attempts)}  " if len(call.attempts) > 1 else ""
    doing = attempts + (_error(call) or ("" if call.over else call.tool or call.said))
    label = f"{call.label}  {call.group}" if call.group else call.label
    return (
        mark,
        str(call.index),
        safe(label)[:80],
        safe(call.model or call.runtime)[:24],
        _time(call, now),
        tokens(call.usage.total) if call.usage.total else "",
        money(call.cost) if call.cost else "",
        safe(doing)[:120],
    )


def _time(call: CallView, now: float) -> str:
    if call.started is None:
        return ""
    return duration((call.ended if call.ended is not None else now) - call.started)


def _error(call: CallView) -> str:
    if not call.error:
        return ""
    return f"{call.error.get('category', '')}: {call.error.get('message', '')}"


def headline(view: RunView, status: str, now: float) -> str:
    """``review  running  1m 05s  12/40 agents  84k tok  $0.42  2 failed``"""
    begun = view.sessions[-1].started if view.sessions else now
    until = now if view.end is None and status != "dead" else view.moment
    ended = sum(call.over for call in view.calls.values())
    parts = [safe(view.name) or "?", status, duration(until - begun), f"{ended}/{len(view.calls)} agents"]
    if view.usage.total:
        parts.append(f"{tokens(view.usage.total)} tok")
    if view.cost:
        parts.append(money(view.cost))
    failed = view.census.get(FAILED, 0)
    if failed:
        parts.append(f"{failed} failed")
    return "  ".join(parts)
