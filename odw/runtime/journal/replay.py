"""Which recorded result a call gets. Each is given out once, so equal calls stay distinct.

A call is identified by its content (its key) and, among equal calls, by its place: the enclosing path and its number among
the calls of equal content there. So an inserted, removed or reordered neighbour changes nothing for it. A call without a
record at its place takes an unclaimed one of equal content, first from a place of the same shape: that is a call that moved.

Contract, section 7. The policy ``prefix`` is the built-in tool's: results count up to the first call that differs.
"""

from __future__ import annotations

import re
from collections import deque
from functools import cached_property

from odw.runtime.abc import Event
from odw.runtime.journal.history import History, Recorded, split_path

_NUMBERS = re.compile(r"\d+")


class Replay:
    """Hands out the records of a history. ``all_endings``: recorded failures and refusals too, to re-enact a run.

    ``unreadable``: call number → its record, the text of which is gone from ``nodes/``, and why that cannot be read.
    """

    def __init__(self, history: History, policy: str = "call", *, all_endings: bool = False) -> None:
        self.history = history
        self._all = all_endings
        self._prefix = policy == "prefix"
        self._intact = True  # under "prefix": no call has differed yet
        self._claimed: set[int] = set()
        self.unreadable: dict[int, tuple[Recorded, str]] = {}
        self._free: dict[str, dict[str, deque[Recorded]]] = {}
        for call in sorted(history.calls.values(), key=lambda call: (call.session, call.index)):
            if self._usable(call):
                shapes = self._free.setdefault(call.key, {})
                shapes.setdefault(_shape(call.path), deque()).append(call)

    def claim(self, key: str, path: str, nth: int, index: int) -> Recorded | None:
        """The record for a call, now taken; None if it must run. Calls are to be asked for in call order."""
        call = self._in_prefix(key, index) if self._prefix else self._find(key, path, nth)
        if call is not None:
            self._claimed.add(call.seq)
        return call

    def is_anew(self, key: str, path: str, nth: int) -> bool:
        """Whether a call that gets no record is another than the one that is recorded: that had failed, or stood in its place.

        One that was in flight, in the queue, or withdrawn when its session ended is the recorded one, going on.
        """
        scope, _ = split_path(path)
        site = self.history.sites.get((scope, key))
        if site is None or nth >= len(site):
            return path in self._paths
        call = site[nth]
        return call is not None and "withdrawn" not in call.event

    @cached_property
    def _paths(self) -> set[str]:
        """Every place where a call is known to have been."""
        known = {call.path for call in self.history.calls.values()}
        return known | {event["path"] for event in self.history.unfinished}

    def lose(self, call: Recorded, index: int, why: str) -> None:
        """A record that was claimed for the call numbered ``index`` cannot be read, so that call runs."""
        self._intact = False
        self.unreadable[index] = (call, why)

    def timer(self, path: str, delay_ms: float) -> Event | None:
        """The line that records the firing of a timer, None if it did not fire."""
        return self.history.timers.get((path, delay_ms))

    def step(self, key: str, path: str, nth: int) -> Event | None:
        """The line that records an effect, now taken: the one of this place, else one of equal content that moved."""
        steps = self.history.steps
        scope, _ = split_path(path)
        places = [(key, scope, nth), *(place for place in steps if place[0] == key and place[1] != scope)]
        for place in places:
            event = steps.get(place)
            if event is not None and event["seq"] not in self._claimed:
                self._claimed.add(event["seq"])
                return event
        return None

    @property
    def orphans(self) -> list[Recorded]:
        """Records that no call asked for."""
        return [
            call
            for call in self.history.calls.values()
            if self._usable(call) and call.seq not in self._claimed
        ]

    def _usable(self, call: Recorded) -> bool:
        return self._all or call.final

    def _find(self, key: str, path: str, nth: int) -> Recorded | None:
        scope, _ = split_path(path)
        site = self.history.sites.get((scope, key))
        if site is not None and nth < len(site):
            call = site[nth]
            if call is None or not self._usable(call):
                return None  # it stood here and did not finish
            if call.seq not in self._claimed:
                return call
        return self._moved(key, _shape(path))

    def _moved(self, key: str, shape: str) -> Recorded | None:
        shapes = self._free.get(key)
        if shapes is None:
            return None
        for free in (shapes.get(shape), *shapes.values()):
            while free:
                call = free.popleft()
                if call.seq not in self._claimed:
                    return call
        return None

    def _in_prefix(self, key: str, index: int) -> Recorded | None:
        recorded, call = self.history.order.get(index, ("", None))
        same = recorded == key and call is not None and self._usable(call) and call.seq not in self._claimed
        self._intact = self._intact and same
        return call if self._intact else None


def _shape(path: str) -> str:
    """A place without its numbers: ``p1[3]/a2`` → ``p[]/a``."""
    return _NUMBERS.sub("", path)
