"""A run as people look at it: a fold over its events that the live tree, the terminal UI and the report share.

Fed event by event, in order, from a live run or from a journal; a reader that comes late feeds all from the beginning and has the
same. Each session executes the script anew, so ``calls`` are those of the last one; what a replayed call got is found
in the session that ran it. Nothing in here is trusted: texts are the script's and the agents' own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from odw.runtime.abc import Event, Usage
from odw.runtime.journal.history import usage_of

# A call's states. A replayed one is done, or given up, from its first event on.
RUNNING, WAITING, DONE, FAILED, REPLAYED, SKIPPED, REFUSED = (
    "running", "waiting", "done", "failed", "replayed", "skipped", "refused",
)  # fmt: skip
ENDED = frozenset((DONE, FAILED, REPLAYED, SKIPPED, REFUSED))
TOOLS_KEPT = 200  # per call, the last ones; ``tool_count`` counts all


class AttemptView:
    """One try of a call. Times are milliseconds since 1970; ``ended`` is None while it runs."""

    __slots__ = ("cost", "ended", "error", "number", "problems", "started", "text", "text_ref", "usage")

    def __init__(self, number: int, started: float) -> None:
        self.number = number
        self.started = started
        self.ended: float | None = None
        self.usage: Usage | None = None
        self.cost: float | None = None
        self.error: dict[str, Any] | None = None
        self.problems: list[str] = []
        self.text: str | None = None
        self.text_ref: str | None = None


class CallView:
    """One agent call of the last session. ``queued`` is when the script made it, ``started`` when it got its slot.

    ``start`` and ``end`` are its events (``agent_start``; ``agent_done`` or ``agent_skip``), where large texts are found; of a
    replayed call those of the session that ran it. ``site`` is ``[line, column]`` of the call in the script, from 1.
    """

    __slots__ = (
        "attempts", "cost", "end", "ended", "error", "group", "index", "key", "label", "model", "path", "phase", "queued",
        "runtime", "said", "session", "site", "start", "started", "status", "tool", "tool_count", "tools", "usage",
        "worktree",
    )  # fmt: skip

    def __init__(self, event: Event, session: int) -> None:
        self.index: int = event["index"]
        self.session = session
        self.key: str = event.get("key", "")
        self.path: str = event.get("path", "")
        self.label: str = event.get("label", "")
        self.phase: str | None = event.get("phase")
        self.group: str = event.get("group", "")
        self.runtime: str = event.get("runtime", "")
        self.site: list[int] | None = event.get("site")
        self.status = RUNNING
        self.queued: float | None = None
        self.started: float | None = None
        self.ended: float | None = None
        self.start: Event | None = None
        self.end: Event | None = None
        self.attempts: list[AttemptView] = []
        self.usage = Usage()
        self.cost: float | None = None
        self.model: str | None = None
        self.error: dict[str, Any] | None = None
        self.said = ""
        self.tool = ""
        self.tools: list[tuple[float, str]] = []
        self.tool_count = 0
        self.worktree: Event | None = None

    @property
    def over(self) -> bool:
        return self.status in ENDED

    @property
    def duration_ms(self) -> float | None:
        if self.started is None or self.ended is None:
            return None
        return max(0.0, self.ended - self.started)

    @property
    def waited_ms(self) -> float:
        """How long it was in the queue for a slot."""
        if self.queued is None or self.started is None:
            return 0.0
        return max(0.0, self.started - self.queued)


class SessionView:
    """One process's turn at the run. ``status`` is how it ended, "" while it goes on or when it was killed; ``ended`` is None only while it is the last."""

    __slots__ = ("changed", "ended", "message", "number", "started", "status")

    def __init__(self, number: int, started: float, changed: list[str]) -> None:
        self.number = number
        self.started = started
        self.ended: float | None = None
        self.status = ""
        self.message = ""
        self.changed = changed


class RunView:
    """Everything that the events have told so far; ``moment`` is the time of the last one."""

    def __init__(self) -> None:
        self.start: Event = {}
        self.end: Event | None = None
        self.sessions: list[SessionView] = []
        self.moment = self._before = 0.0
        self._past: dict[int, CallView] = {}  # by the seq of the line that ended it, of all sessions
        self._cut: list[CallView] = []  # calls of earlier sessions that had not ended when theirs did
        self.calls: dict[int, CallView] = {}
        self._begin()

    def _begin(self) -> None:
        self._cut += [call for call in self.calls.values() if not call.over]
        self.calls = {}
        self.paused = False
        self.phases: dict[str, str | None] = {}  # title -> detail, in the order in which they began
        self.fanouts: dict[
            str, Event
        ] = {}  # path -> its start, what its end adds; ``made``: the seq of its start
        self.groups: dict[str, Event] = {}  # path of a sub-workflow -> its start, and what its end adds
        self.logs: list[Event] = []  # log, note, checkpoint, control and failed items, in order
        self.census: dict[str, int] = {}
        self.usage = Usage()
        self.cost = 0.0

    # what people ask first

    @property
    def name(self) -> str:
        return str(self.start.get("name", ""))

    @property
    def run_id(self) -> str:
        return str(self.start.get("runId", ""))

    @property
    def status(self) -> str:
        """``running``, ``paused``, ``completed``, or how the last session ended otherwise."""
        if self.end is None:
            return "paused" if self.paused else "running"
        return "completed" if self.end["type"] == "workflow_done" else str(self.end.get("status", "failed"))

    def every_call(self) -> Iterator[CallView]:
        """The calls of all sessions that were really made, replays and another run's results not among them."""
        yield from (call for call in self._past.values() if call.session)
        yield from self._cut
        yield from (call for call in self.calls.values() if not call.over)

    def take(self, event: Event) -> None:
        """The next event. Types and fields that are not known are passed over."""
        self._before, self.moment = self.moment, milliseconds(event.get("ts")) or self.moment
        handle = _HANDLERS.get(event.get("type", ""))
        if handle is not None:
            handle(self, event)

    def _workflow(self, event: Event) -> None:
        self.start = event if not self.start else {**self.start, **event}
        self.end = None
        self._begin()
        if self.sessions and self.sessions[-1].ended is None:
            self.sessions[-1].ended = self._before  # it was killed: that is the last that was heard of it
        number = len(self.sessions) + 1
        self.sessions.append(SessionView(number, self.moment, list(event.get("changed", ()))))

    def _workflow_end(self, event: Event) -> None:
        self.end = event
        if self.sessions:
            session = self.sessions[-1]
            session.ended, session.status = self.moment, self.status
            session.message = event.get("message", "")

    def _phase(self, event: Event) -> None:
        self.phases.setdefault(event["title"], event.get("detail"))

    def _call(self, event: Event) -> CallView:
        call = self.calls.get(event["index"])
        if call is None:
            call = self.calls[event["index"]] = CallView(event, len(self.sessions))
            if call.phase:
                self.phases.setdefault(call.phase, None)
            self._count(None, RUNNING)
        return call

    def _count(self, before: str | None, after: str) -> None:
        if before is not None:
            self.census[before] -= 1
        self.census[after] = self.census.get(after, 0) + 1

    def _becomes(self, call: CallView, status: str) -> None:
        if status != call.status:
            self._count(call.status, status)
            call.status = status

    def _agent_start(self, event: Event) -> None:
        call = self._call(event)
        call.start = event
        call.started = self.moment
        call.queued = self.moment - event.get("waitedMs", 0)
        call.attempts.append(AttemptView(event.get("attempt", 1), self.moment))
        self._becomes(call, RUNNING)

    def _progress(self, event: Event) -> None:
        call = self.calls.get(event["index"])
        if call is None:
            return
        told = event.get("event", {})
        kind = told.get("type")
        if kind == "usage":
            self._spend(call, usage_of(told.get("usage")), told.get("cost"))
        elif kind == "tool":
            call.tool = f"{told.get('name', '')} {told.get('summary', '')}".strip()
            call.tool_count += 1
            call.tools.append((self.moment, call.tool))
            del call.tools[:-TOOLS_KEPT]
        elif kind == "text":
            call.said = str(told.get("text", ""))
        elif kind == "started" and told.get("model"):
            call.model = str(told["model"])

    def _spend(self, call: CallView, usage: Usage, cost: float | None) -> None:
        """What the attempt that runs has used so far, on top of those before it."""
        if call.attempts:
            call.attempts[-1].usage = usage
            call.attempts[-1].cost = cost
            usage = sum((attempt.usage or Usage() for attempt in call.attempts), Usage())
            costs = [attempt.cost for attempt in call.attempts if attempt.cost is not None]
            cost = sum(costs) if costs else None
        self._account(call, usage, cost)

    def _account(self, call: CallView, usage: Usage, cost: float | None) -> None:
        self.usage = Usage(*(a - b + c for a, b, c in zip(self.usage, call.usage, usage, strict=True)))
        self.cost += (cost or 0.0) - (call.cost or 0.0)
        call.usage, call.cost = usage, cost

    def _retry(self, event: Event) -> None:
        call = self.calls.get(event["index"])
        if call is None:
            return
        if call.attempts:
            last = call.attempts[-1]
            last.ended, last.error = self.moment, event.get("error")
        call.attempts.append(AttemptView(event["attempt"], self.moment + event.get("delayMs", 0)))
        self._becomes(call, WAITING if event.get("delayMs") else RUNNING)

    def _invalid(self, event: Event) -> None:
        call = self.calls.get(event["index"])
        if call is None:
            return
        if call.attempts:
            last = call.attempts[-1]
            last.ended, last.problems = self.moment, list(event.get("problems", ()))
        if not event.get("final"):
            call.attempts.append(AttemptView(event["attempt"] + 1, self.moment))
        self._becomes(call, RUNNING)

    def _agent_done(self, event: Event) -> None:
        imported = "imported" in event
        call = CallView(event, 0) if imported else self._call(event)
        call.end = event
        call.ended = self.moment
        call.model = event.get("model", call.model)
        call.error = event.get("error")
        status = DONE if event.get("ok") else SKIPPED if event.get("withdrawn") else FAILED
        if imported:
            call.status = status
            call.start = event
            call.usage, call.cost = usage_of(event.get("usage")), event.get("cost")
        else:
            self._becomes(call, status)
            self._account(call, usage_of(event.get("usage")), event.get("cost"))
        _finish_attempts(call, event, self.moment)
        self._past[event.get("seq", 0)] = call

    def _agent_skip(self, event: Event) -> None:
        call = self._call(event)
        call.end = event
        call.ended = self.moment
        if not event.get("cached"):
            self._becomes(call, SKIPPED if event.get("skipped") else REFUSED)
            call.error = {"category": "cancelled", "message": str(event.get("reason", "")), "retryable": True}
            if "usage" in event:
                self._account(call, usage_of(event["usage"]), event.get("cost"))
            self._past[event.get("seq", 0)] = call
            return
        self._becomes(call, REPLAYED)
        self._account(call, usage_of(event.get("usage")), event.get("cost"))
        origin = self._past.get(event.get("from", 0))
        if origin is None:
            return
        for name in ("start", "end", "attempts", "model", "error", "tools", "tool_count", "worktree", "said"):
            setattr(call, name, getattr(origin, name))
        call.started, call.queued, call.ended = origin.started, origin.queued, origin.ended
        call.session = origin.session

    def _worktree(self, event: Event) -> None:
        call = self.calls.get(event["index"])
        if call is not None:
            call.worktree = event

    def _fanout(self, event: Event) -> None:
        known = self.fanouts.get(event["path"], {"made": event.get("seq")})
        self.fanouts[event["path"]] = {**known, **event, "kind": event["type"].split("_")[0]}

    def _group(self, event: Event) -> None:
        known = self.groups.get(event["path"], {"made": event.get("seq")})
        self.groups[event["path"]] = {**known, **event}

    def _control(self, event: Event) -> None:
        if event.get("ok") and event.get("command") in ("pause", "unpause"):
            self.paused = event["command"] == "pause"
        self._log(event)

    def _log(self, event: Event) -> None:
        self.logs.append(event)


def _finish_attempts(call: CallView, event: Event, moment: float) -> None:
    """What the last event knows of each attempt, the raw texts above all."""
    if not call.attempts:
        call.attempts.append(AttemptView(1, moment - event.get("durationMs", 0)))
    last = call.attempts[-1]
    last.ended = last.ended or moment
    if last.error is None:
        last.error = event.get("error")
    by_number = {attempt.number: attempt for attempt in call.attempts}
    for entry in event.get("attempts", ()):
        attempt = by_number.get(entry.get("attempt"))
        if attempt is None:
            continue
        attempt.text, attempt.text_ref = entry.get("text"), entry.get("textRef")
        attempt.problems = list(entry.get("problems", attempt.problems))
        attempt.error = entry.get("error", attempt.error)
        attempt.usage = usage_of(entry["usage"]) if "usage" in entry else attempt.usage
        attempt.cost = entry.get("cost", attempt.cost)


def milliseconds(stamp: Any) -> float:
    """An event's ``ts`` as milliseconds since 1970 (a number is that already); 0 when it is none."""
    if isinstance(stamp, int | float):
        return stamp
    try:
        return datetime.fromisoformat(stamp).timestamp() * 1000
    except (TypeError, ValueError):
        return 0.0


_HANDLERS = {
    "workflow_start": RunView._workflow,
    "workflow_resume": RunView._workflow,
    "workflow_done": RunView._workflow_end,
    "workflow_error": RunView._workflow_end,
    "phase": RunView._phase,
    "agent_start": RunView._agent_start,
    "agent_progress": RunView._progress,
    "agent_retry": RunView._retry,
    "agent_schema_invalid": RunView._invalid,
    "agent_done": RunView._agent_done,
    "agent_skip": RunView._agent_skip,
    "worktree_start": RunView._worktree,
    "worktree_done": RunView._worktree,
    "parallel_start": RunView._fanout,
    "parallel_done": RunView._fanout,
    "pipeline_start": RunView._fanout,
    "pipeline_done": RunView._fanout,
    "parallel_item_error": RunView._log,
    "pipeline_item_error": RunView._log,
    "workflow_call_start": RunView._group,
    "workflow_call_done": RunView._group,
    "log": RunView._log,
    "note": RunView._log,
    "checkpoint": RunView._log,
    "control": RunView._control,
}
