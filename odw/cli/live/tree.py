"""The tree of a run as lines: pure, from a RunView and the gauges of the process that drives it.

What is finished takes one line, what runs is told in full, and when the terminal is too low for all of it the rest is counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from odw.cli.live.cells import Line, Span, safe
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

SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
BAR = 12
NO_PHASE = "(no phase)"
SIBLINGS = 3  # finished calls of a phase that an estimate needs


class Gauges(NamedTuple):
    """What the events do not tell. ``queued`` holds label and phase of each call that waits for a slot, in order.

    ``total`` is the budget in ``unit``, None without one. ``paused``: nothing is started at present.
    """

    slots: int = 0
    queued: Sequence[tuple[str, str | None]] = ()
    spent: float = 0.0
    total: float | None = None
    unit: str = ""
    paused: bool = False


class _Phase:
    """The calls of one phase, sorted by what is to be shown of them."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.live: list[CallView] = []
        self.ended: list[CallView] = []
        self.queued: list[str] = []

    @property
    def count(self) -> int:
        return len(self.live) + len(self.ended) + len(self.queued)

    @property
    def over(self) -> bool:
        return bool(self.ended) and not self.live and not self.queued

    def ended_as(self, *states: str) -> int:
        return sum(call.status in states for call in self.ended)


def tree_lines(
    view: RunView, gauges: Gauges, now: float, height: int, planned: Sequence[str] = ()
) -> list[Line]:
    """At most ``height`` lines. ``now`` in milliseconds since 1970; ``planned``: the phases that meta announces."""
    phases = _phases(view, gauges, planned)
    head = [_headline(view, gauges, now)]
    gauge = _gauge_line(view, gauges, phases)
    if gauge and height > 3:
        head.append(gauge)
    return [*head, *_body(phases, now, max(0, height - len(head)))][:height]


def _phases(view: RunView, gauges: Gauges, planned: Sequence[str]) -> list[_Phase]:
    found: dict[str, _Phase] = {}
    for title in (*planned, *view.phases):
        found.setdefault(title, _Phase(title))
    for call in view.calls.values():
        group = found.setdefault(call.phase or NO_PHASE, _Phase(call.phase or NO_PHASE))
        (group.ended if call.over else group.live).append(call)
    for label, phase in gauges.queued:
        name = phase or NO_PHASE
        found.setdefault(name, _Phase(name)).queued.append(label)
    return list(found.values())


def _headline(view: RunView, gauges: Gauges, now: float) -> Line:
    begun = view.sessions[-1].started if view.sessions else now
    ended = sum(view.census.get(state, 0) for state in (DONE, FAILED, REPLAYED, SKIPPED, REFUSED))
    total = len(view.calls) + len(gauges.queued)
    state = view.status if view.end is not None else "paused" if gauges.paused else ""
    line = [Span(safe(view.name) or "workflow", "bold"), Span(f"  {duration(now - begun)}")]
    if state:
        line.append(Span(f"  {state}", {"completed": "good", "paused": "warn"}.get(state, "bad")))
    line.append(Span(f"  {ended}/{total} agents"))
    if view.usage.total:
        line.append(Span(f"  {tokens(view.usage.total)} tok"))
    if view.cost:
        line.append(Span(f"  {money(view.cost)}"))
    failed = view.census.get(FAILED, 0)
    if failed:
        line.append(Span(f"  {failed} failed", "bad"))
    return line


def _gauge_line(view: RunView, gauges: Gauges, phases: Sequence[_Phase]) -> list[Span]:
    """Slots, queue, budget, and how long what is known of will take."""
    running = view.census.get(RUNNING, 0) + view.census.get(WAITING, 0)
    if view.end is not None or not (gauges.slots or gauges.total):
        return []
    parts = []
    if gauges.slots:
        parts.append(f"{running}/{gauges.slots} slots")
    if gauges.queued:
        parts.append(f"{len(gauges.queued)} queued")
    if gauges.total:
        left = max(0.0, gauges.total - gauges.spent)
        shown = f"{money(left)}" if gauges.unit == "usd" else f"{tokens(left)} tok"
        parts.append(f"budget {shown} left ({100 * left / gauges.total:.0f} %)")
    left_ms = _estimate(phases, gauges.slots)
    if left_ms is not None:
        parts.append(f"about {duration(left_ms)} to go")
    return [Span("  " + "  ".join(parts), "dim")]


def _estimate(phases: Sequence[_Phase], slots: int) -> float | None:
    """What the calls that run or wait will take, by the mean of their finished siblings; None where those are too few."""
    work = 0.0
    longest = 0.0
    for phase in phases:
        waiting = len(phase.live) + len(phase.queued)
        if not waiting:
            continue
        known = [call.duration_ms or 0.0 for call in phase.ended if call.status in (DONE, FAILED)]
        if len(known) < SIBLINGS:
            return None
        mean = sum(known) / len(known)
        work += waiting * mean
        longest = max(longest, mean)
    if not work:
        return None
    return max(longest, work / max(1, slots))


def _body(phases: Sequence[_Phase], now: float, height: int) -> list[Line]:
    """A line or more for each phase; first the finished ones are put together, then the running calls are cut short."""
    over = [phase for phase in phases if phase.over]
    rest = [phase for phase in phases if not phase.over]
    lines: list[Line] = []
    room = height - sum(1 for phase in rest if phase.count) - (1 if any(not p.count for p in rest) else 0)
    if len(over) > max(1, room // 2):
        shown = max(0, room // 2 - 1)
        lines.append(_together(over[: len(over) - shown]))
        over = over[len(over) - shown :]
    lines += [_finished(phase) for phase in over]
    live = [phase for phase in rest if phase.count]
    for number, phase in enumerate(live):
        left = height - len(lines) - (len(live) - number - 1)
        lines += _running(phase, now, max(1, left))
    ahead = [phase.title for phase in rest if not phase.count]
    if ahead:
        lines.append([Span("○ " + " · ".join(map(safe, ahead)), "dim")])
    return lines


def _together(phases: Sequence[_Phase]) -> Line:
    calls = [call for phase in phases for call in phase.ended]
    names = f"{len(phases)} phases" if len(phases) != 1 else safe(phases[0].title)
    return _sum_line(names, calls)


def _finished(phase: _Phase) -> Line:
    return _sum_line(safe(phase.title), phase.ended)


def _sum_line(title: str, calls: Sequence[CallView]) -> Line:
    """``✓ review ×38  2 failed  1.2M tok  $3.10``"""
    failed = sum(call.status == FAILED for call in calls)
    line = [
        Span("✗ " if failed == len(calls) else "✓ ", "bad" if failed else "good"),
        Span(title, "bold"),
        Span(f" ×{len(calls)}"),
    ]
    return [*line, *_numbers(calls, failed)]


def _numbers(calls: Sequence[CallView], failed: int) -> list[Span]:
    line = []
    if failed:
        line.append(Span(f"  {failed} failed", "bad"))
    replayed = sum(call.status == REPLAYED for call in calls)
    if replayed:
        line.append(Span(f"  {replayed} replayed", "old"))
    left_out = sum(call.status in (SKIPPED, REFUSED) for call in calls)
    if left_out:
        line.append(Span(f"  {left_out} skipped", "warn"))
    used = sum(call.usage.total for call in calls)
    if used:
        line.append(Span(f"  {tokens(used)} tok", "dim"))
    cost = sum(call.cost or 0.0 for call in calls)
    if cost:
        line.append(Span(f"  {money(cost)}", "dim"))
    return line


def _running(phase: _Phase, now: float, room: int) -> list[Line]:
    """The phase with its bar, then its calls that run, the longest first, as far as there is room."""
    done = len(phase.ended)
    filled = round(BAR * done / phase.count) if phase.count else 0
    head: Line = [
        Span("▸ ", "busy"),
        Span(safe(phase.title), "bold"),
        Span("  "),
        Span("━" * filled, "good"),
        Span("─" * (BAR - filled), "dim"),
        Span(f" {done}/{phase.count}"),
        *_numbers(phase.ended, phase.ended_as(FAILED)),
    ]
    lines = [head]
    room -= 1
    calls = sorted(phase.live, key=lambda call: call.started or now)
    hidden = len(calls) + (1 if phase.queued else 0) - room
    shown = calls if hidden <= 0 else calls[: max(0, room - 1)]
    lines += [_call_line(call, now) for call in shown]
    more = []
    if len(calls) > len(shown):
        more.append(f"{len(calls) - len(shown)} more running")
    if phase.queued:
        more.append(f"{len(phase.queued)} queued")
    if more and len(lines) <= room:
        lines.append([Span(f"    … {', '.join(more)}", "dim")])
    return lines


def _call_line(call: CallView, now: float) -> Line:
    retries = len(call.attempts) - 1
    since = call.started if call.started is not None else now
    mark = (
        Span("  ↻ ", "warn") if call.status == WAITING else Span(f"  {SPINNER[int(now / 100) % 10]} ", "busy")
    )
    line = [mark, Span(safe(call.label)), Span(f"  {safe(call.group)}" if call.group else "", "dim")]
    line.append(Span(f"  {duration(now - since)}", "dim"))
    if call.usage.total:
        line.append(Span(f"  {tokens(call.usage.total)} tok", "dim"))
    if call.cost:
        line.append(Span(f"  {money(call.cost)}", "dim"))
    if retries:
        last = call.attempts[-2]
        why = (last.error or {}).get("category") or ("schema" if last.problems else "failed")
        line.append(Span(f"  attempt {retries + 1} ({safe(str(why))})", "warn"))
    doing = call.tool or call.said
    if doing:
        line.append(Span(f"  {safe(doing)}", "dim"))
    return line
