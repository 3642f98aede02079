"""Slots: how many calls run at once, granted first in, first out, in call order.

Not trio's CapacityLimiter: that grants to tasks, whose order of arrival is trio's choice; here a call takes its place in
the queue at the moment the script makes it. ``gate`` may hold the queue back (the budget does, while the calls in
flight could use up what is left).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable


class Slots:
    """``request(start)`` queues; ``start()`` is called when a slot is free; whoever got one gives it back by ``release``."""

    __slots__ = ("_pumping", "gate", "in_use", "queue", "size")

    def __init__(self, size: int, gate: Callable[[], bool] = lambda: True) -> None:
        self.size = size
        self.in_use = 0
        self.queue: deque[Callable[[], bool]] = deque()
        self.gate = gate
        self._pumping = False

    def request(self, start: Callable[[], bool]) -> None:
        """Queue ``start``; it returns False when it needs no slot after all (its call was refused)."""
        self.queue.append(start)
        self.pump()

    def release(self) -> None:
        self.in_use -= 1
        self.pump()

    def pump(self) -> None:
        """Grant what can be granted. Not re-entered: a start that releases at once is served by the loop it is in."""
        if self._pumping:
            return
        self._pumping = True
        try:
            queue = self.queue
            while queue and self.in_use < self.size and self.gate():
                self.in_use += 1
                if not queue.popleft()():
                    self.in_use -= 1
        finally:
            self._pumping = False

    def drop_queue(self) -> int:
        """Forget the calls that wait; says how many there were."""
        count = len(self.queue)
        self.queue.clear()
        return count
