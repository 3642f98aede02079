"""When things ran: how many at once, how many waited, and the chain of calls that the run's length comes from."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from odw.report.run_time import RunTime
from odw.runtime.run_view import CallView

BUCKETS = 240
LOOK_BACK = 64  # ends before a start that may have led to it
TOGETHER_MS = 5  # ends so close that their order says little


def parallelism(calls: list[CallView], time: RunTime) -> dict[str, Any]:
    """``{step, running, waiting, peak}``: the mean number of calls that run, and that wait in the queue, for each step of ms."""
    length = max(1.0, time.length)
    step = length / BUCKETS
    running, waiting = [0.0] * BUCKETS, [0.0] * BUCKETS
    edges: list[tuple[int, int]] = []
    for call in calls:
        spans = time.spans(call)
        for start, end in spans:
            _spread(running, start, end, step)
            edges += [(start, 1), (max(end, start + 1), -1)]
        if spans and call.queued is not None:
            _spread(waiting, time.at(call.queued, call.session), spans[0][0], step)
    peak = now = 0
    for _, change in sorted(edges):
        now += change
        peak = max(peak, now)
    return {
        "step": round(step, 3),
        "running": [round(n, 2) for n in running],
        "waiting": [round(n, 2) for n in waiting],
        "peak": peak,
    }


def _spread(buckets: list[float], start: float, end: float, step: float) -> None:
    """Add one to each bucket between ``start`` and ``end``, in part to the first and the last."""
    low, high = max(0.0, start / step), min(end / step, float(len(buckets)))
    first, last = int(low), int(high)
    if first == last:
        if first < len(buckets):
            buckets[first] += max(0.0, high - low)
        return
    buckets[first] += first + 1 - low
    for position in range(first + 1, last):
        buckets[position] += 1
    if last < len(buckets):
        buckets[last] += high - last


def busy_ms(calls: list[CallView], time: RunTime) -> int:
    """The sum of the times of all attempts that ran in this run: what one agent after the other would have taken."""
    return sum(end - start for call in calls for start, end in time.spans(call))


def critical_path(calls: list[CallView]) -> list[int]:
    """Indexes of the calls, from first to last, each of which could begin when the one before it ended.

    Found backwards from the call that ended last, by the order of the lines in the journal; among ends at the same time one that is nearer
    in the script's structure is taken.
    """
    ran = [call for call in calls if call.session > 0 and call.start is not None]
    ended = sorted((_end_seq(call), call.index) for call in ran if _ended(call))
    by_index = {call.index: call for call in ran}
    seqs = [seq for seq, _ in ended]
    last = max(ran, key=lambda call: (not _ended(call), _end_seq(call)), default=None)
    path: list[int] = []
    while last is not None:
        path.append(last.index)
        before = bisect_left(seqs, _start_seq(last))
        found = [by_index[index] for _, index in ended[max(0, before - LOOK_BACK) : before]]
        last = _nearest(found, last)
    return path[::-1]


def _nearest(found: list[CallView], to: CallView) -> CallView | None:
    if not found:
        return None
    latest = found[-1].ended or 0.0
    near = [call for call in found if (call.ended or 0.0) >= latest - TOGETHER_MS]
    return max(near, key=lambda call: (_shared(call.path, to.path), _end_seq(call)))


def _shared(one: str, other: str) -> int:
    """How many levels of structure two calls share; the stages of one item of a pipeline count as the same level."""
    count = 0
    for left, right in zip(one.split("/"), other.split("/"), strict=False):
        if left.split(".")[0].rstrip("]") != right.split(".")[0].rstrip("]"):
            break
        count += 1
    return count


def _ended(call: CallView) -> bool:
    return call.end is not None and call.over


def _end_seq(call: CallView) -> int:
    return int((call.end or {}).get("seq", 0))


def _start_seq(call: CallView) -> int:
    return int((call.start or {}).get("seq", 0))
