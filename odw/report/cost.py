"""What a run used, by phase, model and executor; and what went wrong, the causes first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from odw.report.calls import CUT
from odw.report.run_time import RunTime
from odw.runtime.run_view import DONE, FAILED, REFUSED, REPLAYED, SKIPPED, CallView

CALLS_NAMED = 200  # of one cause

Status = Callable[[CallView], str]


def shares(
    calls: Iterable[CallView], key: Callable[[CallView], str], time: RunTime, status: Status
) -> list[dict[str, Any]]:
    """A sum for each ``key``, in order of first appearance: calls, states, tokens, dollars (None: not told), milliseconds."""
    found: dict[str, dict[str, Any]] = {}
    for call in calls:
        name = key(call)
        share = found.get(name)
        if share is None:
            share = found[name] = {
                "name": name, "calls": 0, "states": {}, "retries": 0, "input": 0, "output": 0, "cached": 0, "cost": None, "ms": 0,
                "first": None, "last": None,
            }  # fmt: skip
        share["calls"] += 1
        state = status(call)
        share["states"][state] = share["states"].get(state, 0) + 1
        share["retries"] += max(0, len(call.attempts) - 1)
        share["input"] += call.usage.input
        share["output"] += call.usage.output
        share["cached"] += call.usage.cache_read + call.usage.cache_write
        if call.cost is not None:
            share["cost"] = round((share["cost"] or 0.0) + call.cost, 6)
        spans = time.spans(call)
        share["ms"] += sum(end - start for start, end in spans)
        for start, end in spans:
            share["first"] = start if share["first"] is None else min(share["first"], start)
            share["last"] = end if share["last"] is None else max(share["last"], end)
    return list(found.values())


def causes(calls: Iterable[CallView], status: Status) -> list[dict[str, Any]]:
    """Calls that gave no result, by cause: ``{status, category, message, retryable, count, calls}``, the most frequent first."""
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for call in calls:
        state = status(call)
        if state not in (FAILED, SKIPPED, REFUSED, CUT):
            continue
        error = call.error or {}
        message = str(error.get("message", "")) or (
            "still running when the run ended" if state == CUT else ""
        )
        category = str(error.get("category", "")) if state == FAILED else ""
        cause = found.setdefault(
            (state, category, message[:200]),
            {"status": state, "category": category, "message": message[:2000], "retryable": bool(error.get("retryable")), "count": 0, "calls": []},
        )  # fmt: skip
        cause["count"] += 1
        if len(cause["calls"]) < CALLS_NAMED:
            cause["calls"].append(call.index)
    order = (FAILED, CUT, SKIPPED, REFUSED)
    return sorted(found.values(), key=lambda cause: (order.index(cause["status"]), -cause["count"]))


def retried(calls: Iterable[CallView]) -> list[dict[str, Any]]:
    """Attempts after which there was another, by cause: ``{category, count, calls}``."""
    found: dict[str, dict[str, Any]] = {}
    for call in calls:
        for attempt in call.attempts[:-1]:
            category = "schema" if attempt.problems else str((attempt.error or {}).get("category", "unknown"))
            cause = found.setdefault(category, {"category": category, "count": 0, "calls": []})
            cause["count"] += 1
            if call.index not in cause["calls"][-1:] and len(cause["calls"]) < CALLS_NAMED:
                cause["calls"].append(call.index)
    return sorted(found.values(), key=lambda cause: -cause["count"])


def at_sites(calls: Iterable[CallView], status: Status) -> list[dict[str, Any]]:
    """What each call site of the script came to: ``{line, column, file, calls, ok, failed, output, cost}``, in order of the script."""
    found: dict[tuple[str, int, int], dict[str, Any]] = {}
    for call in calls:
        if not call.site:
            continue
        line, column, *rest = call.site
        file = str(rest[0]) if rest else ""
        site = found.setdefault(
            (file, line, column),
            {"line": line, "column": column, "file": file, "calls": 0, "ok": 0, "failed": 0, "output": 0, "cost": None, "first": call.index},
        )  # fmt: skip
        state = status(call)
        site["calls"] += 1
        site["ok"] += state in (DONE, REPLAYED)
        site["failed"] += state == FAILED
        site["output"] += call.usage.output
        if call.cost is not None:
            site["cost"] = round((site["cost"] or 0.0) + call.cost, 6)
    return [found[key] for key in sorted(found)]
