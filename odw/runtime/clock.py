"""The system's clock: the one place of the runtime that reads time."""

from __future__ import annotations

import time

import trio


class SystemClock:
    """Monotonic time is trio's, so that a test's virtual clock governs every deadline."""

    def monotonic(self) -> float:
        return trio.current_time()

    def wall(self) -> float:
        return time.time()
