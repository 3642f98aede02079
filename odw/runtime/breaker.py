"""The circuit breaker: after the same terminal failure three times in a row on one runtime, nothing more is sent to it.

Contract, section 3. What ends is the run, resumably: going on would turn every call that is left into the same failure.
"""

from __future__ import annotations

from odw.runtime.abc import Failure
from odw.runtime.halts import Parked

TERMINAL = ("quota", "authentication")
IN_A_ROW = 3


class Breaker:
    """Counts per runtime; any other end of a call there begins the count anew."""

    __slots__ = ("_rows",)

    def __init__(self) -> None:
        self._rows: dict[str, tuple[str, int]] = {}

    def note(self, runtime: str, failure: Failure | None) -> Parked | None:
        """How a call on ``runtime`` ended; the halt that parks the run when that was one too many."""
        if failure is None or failure.category not in TERMINAL:
            if self._rows:
                self._rows.pop(runtime, None)
            return None
        category, count = self._rows.get(runtime, ("", 0))
        count = count + 1 if category == failure.category else 1
        self._rows[runtime] = (failure.category, count)
        if count < IN_A_ROW:
            return None
        return Parked(
            f"{runtime}: {count} calls in a row failed with {failure.category}: {failure.message}; "
            "no more are started, and what failed runs again on resume",
            "circuit_open",
        )
