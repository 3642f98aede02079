"""What earlier sessions of a run left behind: its recorded calls and timers, in the order in which they ended.

A journal holds one session per process that drove the run. Each session executed the script from its beginning, so a later
one says anew where a call stands (``agent_skip`` with ``from``), while the result itself is written once. This module folds
all of it into what a resume needs; ``replay.py`` hands it out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from json import loads
from pathlib import Path
from typing import Any

from odw.runtime.abc import Event, Failure, Usage

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
        cost: float | None = self.event.get("cost")
        return cost

    @property
    def failure(self) -> Failure | None:
        error = self.event.get("error")
        if error is None:
            return None
        return Failure(error["category"], error["message"], error["retryable"])


class Started:
    """A call that a session began; ``spent`` is what its executor told of its usage so far."""

    __slots__ = ("cost", "event", "spent")

    def __init__(self, event: Event) -> None:
        self.event = event
        self.spent = Usage()
        self.cost: float | None = None


class History:
    """The recorded past of a run.

    - ``calls``: every call that ended, by the ``seq`` of its end;
    - ``starts``: the ``agent_start`` line of every live call by (session, index), for explanations;
    - ``sites``: (scope, key) → what became of the first, second, … call of that content there; None is an unfinished one;
    - ``order``: call number → (key, its end or None), as the latest session that came so far made them;
    - ``timers``: (path, milliseconds) → the line of its firing;
    - ``unfinished``: calls of the last session that began and did not end;
    - ``sunk``: spending that no recorded result stands for.
    """

    def __init__(self) -> None:
        self.calls: dict[int, Recorded] = {}
        self.starts: dict[tuple[int, int], Event] = {}
        self.sites: dict[tuple[str, str], list[Recorded | None]] = {}
        self.order: dict[int, tuple[str, Recorded | None]] = {}
        self.timers: dict[tuple[str, float], Event] = {}
        self.unfinished: list[Event] = []
        self.sunk: list[tuple[Event, Usage, float | None]] = []
        self.sessions: list[Event] = []
        self.end: Event | None = None
        self._live: dict[int, Started] = {}
        self._places: dict[tuple[str, str], list[tuple[int, int, int | None]]] = {}
        self._ended: dict[
            tuple[int, str], Recorded
        ] = {}  # by number and key: a fork's lines may share numbers

    def read(self, events: Iterable[Event]) -> History:
        """Fold the lines of a journal, in order; returns itself."""
        readers = {
            "agent_start": self._start,
            "agent_progress": self._progress,
            "agent_done": self._done,
            "agent_skip": self._skip,
            "timer_fired": self._timer,
            "workflow_start": self._session,
            "workflow_resume": self._session,
            "workflow_done": self._set_end,
            "workflow_error": self._set_end,
        }
        for event in events:
            reader = readers.get(event["type"])
            if reader is not None:
                reader(event)
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
            started.cost = told.get("cost")

    def _done(self, event: Event) -> None:
        call = Recorded(event, RESULT if event["ok"] else FAILURE, len(self.sessions))
        self.calls[call.seq] = call
        self._end(event, call)
        if not event["ok"]:
            self.sunk.append((event, call.usage, call.cost))

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
        self._ended[index, call.key] = call

    def _place(self, event: Event) -> None:
        scope, ordinal = split_path(event["path"])
        self._places.setdefault((scope, event["key"]), []).append((ordinal, event["index"], event.get("nth")))
        self.order[event["index"]] = (event["key"], None)

    def _timer(self, event: Event) -> None:
        self.timers.setdefault((event["path"], event["delayMs"]), event)

    def _close_session(self) -> None:
        """Lay what this session found over what earlier ones knew: it may have come less far than they did."""
        for site, places in self._places.items():
            known = self.sites.setdefault(site, [])
            for rank, (_, index, nth) in enumerate(sorted(places, key=lambda place: place[:2])):
                number = rank if nth is None else nth  # journals of before had no numbers
                known.extend([None] * (number + 1 - len(known)))
                known[number] = self._ended.get((index, site[1])) or known[number]
        for (index, key), call in self._ended.items():
            self.order[index] = (key, call)
        self.unfinished = [started.event for started in self._live.values()]
        for started in self._live.values():
            if any(started.spent) or started.cost:
                self.sunk.append((started.event, started.spent, started.cost))
        self._live, self._places, self._ended = {}, {}, {}


def split_path(path: str) -> tuple[str, int]:
    """``w0/p1[3]/a2`` → (``w0/p1[3]``, 2)."""
    scope, _, last = path.rpartition("/")
    return scope, int(last[1:])


def usage_of(entry: dict[str, int] | None) -> Usage:
    """Usage from its form in the journal."""
    if not entry:
        return Usage()
    return Usage(
        entry.get("input", 0),
        entry.get("output", 0),
        entry.get("cacheRead", 0),
        entry.get("cacheWrite", 0),
        entry.get("reasoning", 0),
    )


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
