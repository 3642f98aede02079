"""Slots: how many calls run at once, granted first in, first out, in call order.

Not trio's CapacityLimiter: that grants to tasks, whose order of arrival is trio's choice; here a call takes its place in
the queue at the moment the script makes it. Calls of one runtime and phase queue in a lane of their own, so that one that is
held back by a limit of its runtime or its phase holds back nobody else; among the lanes the oldest call goes first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping

Start = Callable[[], bool]
_Lane = tuple[str, str | None]


class Slots:
    """``request(start, phase, runtime)`` queues; ``start()`` is called when a slot is free; whoever got one gives it back by ``release``.

    ``admits(phase, runtime)`` may hold calls back (the budget does, while those in flight could use up what is left).
    ``per_runtime`` bounds single runtimes. While ``paused``, nothing starts.
    """

    __slots__ = ("_admits", "_lanes", "_limits", "_number", "_pumping", "_used", "in_use", "paused", "size")

    def __init__(
        self,
        size: int,
        admits: Callable[[str | None, str], bool] = lambda phase, runtime: True,
        per_runtime: Mapping[str, int] | None = None,
    ) -> None:
        self.size = size
        self.in_use = 0
        self.paused = False
        self._admits = admits
        self._limits = per_runtime or {}
        self._used: dict[str, int] = {}
        self._lanes: dict[_Lane, deque[tuple[int, Start]]] = {}
        self._number = 0
        self._pumping = False

    def __len__(self) -> int:
        """How many calls wait."""
        return sum(map(len, self._lanes.values()))

    def request(self, start: Start, phase: str | None = None, runtime: str = "") -> None:
        """Queue ``start``; it returns False when it needs no slot after all (its call was refused)."""
        self._number += 1
        lane = self._lanes.get((runtime, phase))
        if lane is None:
            lane = self._lanes[runtime, phase] = deque()
        lane.append((self._number, start))
        self.pump()

    def release(self, runtime: str = "") -> None:
        self._give_back(runtime)
        self.pump()

    def pump(self) -> None:
        """Grant what can be granted. Not re-entered: a start that releases at once is served by the loop it is in."""
        if self._pumping:
            return
        self._pumping = True
        try:
            while self.in_use < self.size and not self.paused:
                key = self._first()
                if key is None:
                    return
                runtime = key[0]
                lane = self._lanes[key]
                _, start = lane.popleft()
                if not lane:
                    del self._lanes[key]
                self.in_use += 1
                if self._limits:
                    self._used[runtime] = self._used.get(runtime, 0) + 1
                if not start():
                    self._give_back(runtime)
        finally:
            self._pumping = False

    def drop_queue(self) -> list[Start]:
        """Forget the calls that wait, and return them in call order."""
        waiting = sorted(
            (entry for lane in self._lanes.values() for entry in lane), key=lambda entry: entry[0]
        )
        self._lanes.clear()
        return [start for _, start in waiting]

    def _first(self) -> _Lane | None:
        """The lane whose head has waited longest among those that may start."""
        found: _Lane | None = None
        oldest = 0
        for key, lane in self._lanes.items():
            number = lane[0][0]
            if (found is None or number < oldest) and self._may_start(*key):
                found, oldest = key, number
        return found

    def _may_start(self, runtime: str, phase: str | None) -> bool:
        limit = self._limits.get(runtime) if self._limits else None
        if limit is not None and self._used.get(runtime, 0) >= limit:
            return False
        return self._admits(phase, runtime)

    def _give_back(self, runtime: str) -> None:
        self.in_use -= 1
        if self._limits:
            self._used[runtime] = self._used.get(runtime, 0) - 1
