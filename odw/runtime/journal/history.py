"""What earlier sessions of a run left behind: its recorded calls and timers, in the order in which they ended.

A journal holds one session per process that drove the run. Each session executed the script from its beginning, so a later
one says anew where a call stands (``agent_skip`` with ``from``), while the result itself is written once. This module folds
all of it into what a resume needs; ``replay.py`` hands it out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from json import loads
from math import inf
from pathlib import Path
from typing import Any, NamedTuple

from odw.runtime.abc import Event, Failure, Usage
from odw.runtime.told import add_costs, tokens, told_cost

RESULT, FAILURE, SKIPPED, REFUSED = "result", "failure", "skipped", "refused"


class Recorded:
    """A call that ended. ``seq`` is that of its line: the place of its end among all ends, for ever.

    ``path``, ``index`` and ``session`` say where the latest session that made the call found it; ``kind`` is one of RESULT, FAILURE, SKIPPED
    (given up by a person: null), REFUSED (no budget was left).
    """

    __slots__ = ("event", "index", "key", "kind", "nth", "path", "seq", "session")

    def __init__(self, event: Event, kind: str, session: int) -> None:
        self.event = event
        self.kind = kind
        self.session = session
        self.seq: int = event["seq"]
        self.key: str = event["key"]
        self.path: str = event["path"]
        self.index: int = event["index"]
        self.nth: int | None = event.get("nth")

    @property
    def final(self) -> bool:
        """Whether a resume takes it as it is; failed and refused calls run again."""
        return self.kind in (RESULT, SKIPPED)

    @property
    def usage(self) -> Usage:
        return usage_of(self.event.get("usage"))

    @property
    def cost(self) -> float | None:
        return told_cost(self.event.get("cost"))

    @property
    def halt(self) -> str | None:
        """The sentence of the halt that the script got for it: no budget was left when its turn came, or it was cut off."""
        halt: str | None = self.event.get("halt")
        return halt or (str(self.event["reason"]) if self.kind == REFUSED else None)

    @property
    def failure(self) -> Failure | None:
        error = self.event.get("error")
        if error is None:
            return None
        return Failure(error["category"], error["message"], error["retryable"])


class Started:
    """A call that a session began, and what it spent: in attempts that ended, and in the one that goes on, as far as told."""

    __slots__ = ("cost", "ended", "ended_cost", "event", "spent")

    def __init__(self, event: Event) -> None:
        self.event = event
        self.ended = Usage()
        self.ended_cost: float | None = None
        self.spent = Usage()
        self.cost: float | None = None

    def end_attempt(self, event: Event) -> None:
        """The line says what the attempt used; in journals of before it does not, and what was told meanwhile counts."""
        if "usage" in event or "cost" in event:
            self.spent, self.cost = usage_of(event.get("usage")), told_cost(event.get("cost"))
        self.ended, self.ended_cost = self.ended + self.spent, add_costs(self.ended_cost, self.cost)
        self.spent, self.cost = Usage(), None

    def sunk(self, position: int) -> Sunk:
        return Sunk(position, self.event, self.ended + self.spent, add_costs(self.ended_cost, self.cost))


class Sunk(NamedTuple):
    """Spending that no result stands for; ``position`` is the line by which it was spent."""

    position: int
    event: Event
    usage: Usage
    cost: float | None


class History:
    """The recorded past of a run.

    - ``calls``: every call that ended, by the ``seq`` of its end;
    - ``starts``: the ``agent_start`` line of every live call by (session, index), for explanations;
    - ``sites``: (scope, key) → what became of the first, second, … call of that content there; None is an unfinished one;
    - ``order``: call number → (key, its end or None), as the latest session that came so far made them, up to where nothing
      follows that was made before something in front of it ran anew;
    - ``timers``: (path, milliseconds) → the line of its firing;
    - ``steps``: (key, scope, number among those of this key there) → the line of the effect that ended well;
    - ``unfinished``: calls of the last session that began and did not end;
    - ``sunk``: spending that no recorded result stands for, by position.
    """

    def __init__(self) -> None:
        self.calls: dict[int, Recorded] = {}
        self.starts: dict[tuple[int, int], Event] = {}
        self.sites: dict[tuple[str, str], list[Recorded | None]] = {}
        self.order: dict[int, tuple[str, Recorded | None]] = {}
        self.timers: dict[tuple[str, float], Event] = {}
        self.steps: dict[tuple[str, str, int], Event] = {}
        self.unfinished: list[Event] = []
        self.sunk: list[Sunk] = []
        self.sessions: list[Event] = []
        self.end: Event | None = None
        self._seq = 0
        self._live: dict[int, Started] = {}
        self._made: dict[int, str] = {}  # number → key, of this session
        self._first_live: float = inf  # the number of the first call of this session that did not replay
        self._places: dict[tuple[str, str], list[tuple[int, int, int | None]]] = {}
        self._ended: dict[
            tuple[int, str], Recorded
        ] = {}  # by number and key: a fork's lines may share numbers

    def read(self, events: Iterable[Event]) -> History:
        """Fold the lines of a journal, in order; returns itself."""
        readers = {
            "agent_start": self._start,
            "agent_progress": self._progress,
            "agent_retry": self._attempt_ended,
            "agent_schema_invalid": self._attempt_ended,
            "agent_done": self._done,
            "agent_skip": self._skip,
            "timer_fired": self._timer,
            "step_done": self._step,
            "timer_reset": self._timer_reset,
            "workflow_start": self._session,
            "workflow_resume": self._session,
            "workflow_done": self._set_end,
            "workflow_error": self._set_end,
        }
        for event in events:
            reader = readers.get(event["type"])
            if reader is not None:
                reader(event)
            self._seq = event["seq"]
        self._close_session()
        return self

    def _session(self, event: Event) -> None:
        if self.sessions:
            self._close_session()
        self.sessions.append(event)
        self.end = None

    def _set_end(self, event: Event) -> None:
        self.end = event

    def _start(self, event: Event) -> None:
        index = event["index"]
        self._live[index] = Started(event)
        self.starts[len(self.sessions), index] = event
        self._place(event)

    def _progress(self, event: Event) -> None:
        told = event["event"]
        started = self._live.get(event["index"])
        if started is not None and told.get("type") == "usage":
            started.spent = usage_of(told.get("usage"))
            started.cost = told_cost(told.get("cost"))

    def _attempt_ended(self, event: Event) -> None:
        started = self._live.get(event["index"])
        if started is not None:
            started.end_attempt(event)

    def _done(self, event: Event) -> None:
        call = Recorded(event, RESULT if event["ok"] else FAILURE, len(self.sessions))
        self.calls[call.seq] = call
        self._end(event, call)
        if not event["ok"]:
            self.sunk.append(Sunk(call.seq, event, call.usage, call.cost))

    def _skip(self, event: Event) -> None:
        if event["cached"]:
            call = self.calls.get(event["from"])
            if call is None:
                return
            call.path, call.index, call.session = event["path"], event["index"], len(self.sessions)
            call.nth = event.get("nth")
        else:
            call = Recorded(event, SKIPPED if event.get("skipped") else REFUSED, len(self.sessions))
            self.calls[call.seq] = call
        self._end(event, call)

    def _end(self, event: Event, call: Recorded) -> None:
        index = event["index"]
        if self._live.pop(index, None) is None:
            self._place(event)
        if not event.get("cached"):
            self._first_live = min(self._first_live, index)
        self._ended[index, call.key] = call

    def _place(self, event: Event) -> None:
        scope, ordinal = split_path(event["path"])
        self._places.setdefault((scope, event["key"]), []).append((ordinal, event["index"], event.get("nth")))
        self._made[event["index"]] = event["key"]

    def _timer_reset(self, event: Event) -> None:
        self.timers.pop((event["path"], event["delayMs"]), None)

    def _timer(self, event: Event) -> None:
        self.timers.setdefault((event["path"], event["delayMs"]), event)

    def _step(self, event: Event) -> None:
        if event["ok"] and "from" not in event:
            scope, _ = split_path(event["path"])
            self.steps[event["key"], scope, event["nth"]] = event

    def _close_session(self) -> None:
        """Lay what this session found over what earlier ones knew: it may have come less far than they did."""
        for site, places in self._places.items():
            known = self.sites.setdefault(site, [])
            for rank, (_, index, nth) in enumerate(sorted(places, key=lambda place: place[:2])):
                number = rank if nth is None else nth  # journals of before had no numbers
                known.extend([None] * (number + 1 - len(known)))
                known[number] = self._ended.get((index, site[1])) or known[number]
        first_live = min(self._first_live, *self._live, inf)
        self.order = {index: made for index, made in self.order.items() if index <= first_live}
        for index, key in self._made.items():
            self.order[index] = (key, self._ended.get((index, key)))
        self.unfinished = [started.event for started in self._live.values()]
        sunk = [started.sunk(self._seq) for started in self._live.values()]
        self.sunk += [entry for entry in sunk if any(entry.usage) or entry.cost]
        self._live, self._places, self._ended, self._made = {}, {}, {}, {}
        self._first_live = inf


def split_path(path: str) -> tuple[str, int]:
    """``w0/p1[3]/a2`` → (``w0/p1[3]``, 2)."""
    scope, _, last = path.rpartition("/")
    return scope, int(last[1:])


def usage_of(entry: Any) -> Usage:
    """Usage from its form in the journal and in what executors tell."""
    if not isinstance(entry, dict):
        return Usage()
    names = ("input", "output", "cacheRead", "cacheWrite", "reasoning")
    return Usage(*(tokens(entry.get(name, 0)) for name in names))


def result_of(event: Event, run_dir: str) -> Any:
    """The result that an ``agent_done`` line holds or names. Raises ResultLost when its file is gone or altered."""
    reference = event.get("resultRef")
    if reference is None:
        return event.get("result")
    text = read_blob(run_dir, reference)
    return loads(text) if reference.endswith(".json") else text


class ResultLost(Exception):
    """A file that a line of the journal names is not there, or not what it was."""


def read_blob(run_dir: str, reference: str) -> str:
    """The text stored as ``nodes/<sha256>.<suffix>``, checked against its name."""
    name = reference.removeprefix("nodes/")
    if "/" in name or name.startswith("."):
        raise ResultLost(f"{reference} is no name of a stored text")
    try:
        data = (Path(run_dir) / "nodes" / name).read_bytes()
    except OSError as error:
        raise ResultLost(f"{reference}: {error.strerror}") from None
    if hashlib.sha256(data).hexdigest() != name.partition(".")[0]:
        raise ResultLost(f"{reference} was altered")
    return data.decode("utf-8", "replace")
