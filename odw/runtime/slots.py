"""Slots: how many calls run at once, granted first in, first out, in call order.

Not trio's CapacityLimiter: that grants to tasks, whose order of arrival is trio's choice; here a call takes its place in
the queue at the moment the script makes it. Calls of one runtime and phase queue in a lane of their own, so that one that is
held back by a limit of its runtime or its phase holds back nobody else; among the lanes the oldest call goes first. A heap of the
lanes' heads finds it, so that thousands of lanes (a phase per item) cost no more than one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from heapq import heappop, heappush

Start = Callable[[], bool]
_Lane = tuple[str, str | None]


class Slots:
    """``request(start, phase, runtime)`` queues; ``start()`` is called when a slot is free; whoever got one gives it back by ``release``.

    ``admits(phase, runtime)`` may hold calls back (the budget does, while those in flight could use up what is left).
    ``per_runtime`` bounds single runtimes. While ``paused``, nothing starts.
    """

    __slots__ = (
        "_admits",
        "_heads",
        "_lanes",
        "_limits",
        "_number",
        "_pumping",
        "_used",
        "in_use",
        "paused",
        "size",
    )

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
        self._heads: list[tuple[int, _Lane]] = []  # (number of a lane's first call, the lane), one per lane
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
            heappush(self._heads, (self._number, (runtime, phase)))
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
                found = self._next()
                if found is None:
                    return
                runtime, start = found
                self.in_use += 1
                if self._limits:
                    self._used[runtime] = self._used.get(runtime, 0) + 1
                if not start():
                    self._give_back(runtime)
        finally:
            self._pumping = False

    def drop_queue(self) -> None:
        """Forget the calls that wait."""
        self._lanes.clear()
        self._heads.clear()

    def _next(self) -> tuple[str, Start] | None:
        """Take the call that has waited longest among those that may start."""
        held_back: list[tuple[int, _Lane]] = []
        found: tuple[str, Start] | None = None
        while self._heads and found is None:
            head = heappop(self._heads)
            key = head[1]
            if not self._may_start(*key):
                held_back.append(head)
                continue
            lane = self._lanes[key]
            found = key[0], lane.popleft()[1]
            if lane:
                heappush(self._heads, (lane[0][0], key))
            else:
                del self._lanes[key]
        for head in held_back:
            heappush(self._heads, head)
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
