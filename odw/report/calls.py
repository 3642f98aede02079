"""The calls of a run as rows of one table: all that lists, charts and drawings need, without the large texts."""

from __future__ import annotations

from typing import Any

from odw.report.run_time import RunTime
from odw.report.source import Source
from odw.runtime.run_view import RUNNING, WAITING, CallView

COLUMNS = (
    "index", "path", "label", "phase", "status", "executor", "model", "site", "session", "queued", "started", "ended",
    "duration", "input", "output", "cacheRead", "cacheWrite", "reasoning", "cost", "tools", "attempts", "category",
    "message", "files", "worktree",
)  # fmt: skip
NAMED = ("phase", "status", "executor", "model")  # columns that hold positions in lists of names
CUT = "cut"  # a call that was running when its run ended
LABEL = 300  # characters
MESSAGE = 400


class Names:
    """Names that repeat, each once; a row has its position."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._positions: dict[str, int] = {}

    def position(self, name: str) -> int:
        position = self._positions.get(name)
        if position is None:
            position = self._positions[name] = len(self.names)
            self.names.append(name)
        return position


class CallTable:
    """``rows`` in call order, each with the values of COLUMNS; ``names`` for those of NAMED; ``sites`` are ``[line, column, file]``."""

    def __init__(self, source: Source, time: RunTime) -> None:
        self.names = {name: Names() for name in NAMED}
        self.sites: list[list[Any]] = []
        self._site_positions: dict[tuple[Any, ...], int] = {}
        self._going = source.status in ("running", "paused")
        for title in source.view.phases:
            self.names["phase"].position(title)
        self.calls = sorted(source.view.calls.values(), key=lambda call: call.index)
        self.rows = [self._row(call, time) for call in self.calls]

    def status(self, call: CallView) -> str:
        return call.status if self._going or call.status not in (RUNNING, WAITING) else CUT

    def _row(self, call: CallView, time: RunTime) -> list[Any]:
        names = self.names
        spans = time.spans(call)
        usage, error = call.usage, call.error or {}
        there = call.started is not None and call.session > 0
        ended = call.ended if call.over else None
        files = (call.worktree or {}).get("files")
        return [
            call.index,
            call.path,
            call.label[:LABEL],
            names["phase"].position(phase) if (phase := phase_name(call)) else None,
            names["status"].position(self.status(call)),
            names["executor"].position(call.runtime),
            names["model"].position(call.model) if call.model else None,
            self._site(call.site),
            call.session,
            time.at(call.queued, call.session) if there and call.queued is not None else None,
            spans[0][0] if spans and there else None,
            time.at(ended, call.session) if there and ended is not None else None,
            _duration(call, spans),
            usage.input,
            usage.output,
            usage.cache_read,
            usage.cache_write,
            usage.reasoning,
            None if call.cost is None else round(call.cost, 6),
            call.tool_count,
            [[*span, _outcome(call, n)] for n, span in enumerate(spans)],
            error.get("category"),
            str(error.get("message", ""))[:MESSAGE] or None,
            len(files) if isinstance(files, list) else 0,
            1 if call.worktree is not None else 0,
        ]

    def _site(self, site: list[Any] | None) -> int | None:
        if not site:
            return None
        key = tuple(site)
        if key not in self._site_positions:
            self._site_positions[key] = len(self.sites)
            self.sites.append(list(site))
        return self._site_positions[key]


def phase_name(call: CallView) -> str:
    """A call's phase; of one without, the sub-workflow it belongs to; "" for neither."""
    return call.phase or call.group


def _duration(call: CallView, spans: list[list[int]]) -> int | None:
    """Milliseconds from its slot to its end; of one that runs, so far."""
    if call.session == 0 and call.end is not None:
        return int(call.end.get("durationMs", 0))
    if call.duration_ms is not None:
        return round(call.duration_ms)
    return spans[-1][1] - spans[0][0] if spans else None


def _outcome(call: CallView, position: int) -> str:
    """How an attempt ended: "ok", "failed", "invalid" (against its schema), "cut", or "running"."""
    attempt = call.attempts[position]
    if attempt.problems:
        return "invalid"
    if attempt.error is not None:
        return "failed"
    if attempt.ended is None:
        return "cut" if call.over else "running"
    return "ok"
