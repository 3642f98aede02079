"""Signs of life in the journal: idle deadlines and onlookers live on them, and they must not flood it."""

from __future__ import annotations

import trio

from odw.runtime.abc import CallRequest

EVERY_S = 5.0  # at most so often, unless the call may not be silent for so long


class Pace:
    """Says when the next sign of life is due. ``every_s``: seconds between two."""

    __slots__ = ("_next", "every_s")

    def __init__(self, request: CallRequest) -> None:
        stall = request.options.get("stallMs")
        allowed = stall / 3000 if isinstance(stall, int | float) and stall > 0 else EVERY_S
        self.every_s = min(EVERY_S, allowed)  # a few within the silence that ``stallMs`` allows
        self._next = 0.0

    def due(self) -> bool:
        """Whether it is time; then the next one is so much later."""
        now = trio.current_time()
        if now < self._next:
            return False
        self._next = now + self.every_s
        return True
