"""``sleep`` and ``timeout`` on the inbox's time line: their firing is recorded, so a replay needs no waiting and keeps the order.

trio's own sleeps and deadlines work too; they are the world's: not recorded, and waited for again.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from types import TracebackType
from typing import Any

import trio
from trio.lowlevel import Abort, current_task, reschedule, wait_task_rescheduled

from odw.dsl.current import DEADLINES, current_scope, driver_of
from odw.runtime import events
from odw.runtime.call_path import Scope
from odw.runtime.inbox import Entry


class Timer:
    """Calls ``fire`` when the workflow has been told that ``seconds`` have passed, unless it is stopped before."""

    __slots__ = ("_entry", "_fire", "_milliseconds", "_over", "_path", "_recorded", "_run")

    def __init__(self, scope: Scope, seconds: float, fire: Callable[[], None]) -> None:
        run = self._run = driver_of(scope).run
        self._fire = fire
        self._over = False
        self._milliseconds = max(0, round(seconds * 1000))
        self._path = scope.next("t")
        recorded = run.replay.timer(self._path, self._milliseconds) if run.replay is not None else None
        self._recorded = recorded
        run.inbox.pending += 1
        self._entry = (
            self._live()
            if recorded is None
            else run.inbox.replay(recorded["seq"], self._due, recorded.get("at"))
        )

    def _live(self) -> Entry:
        inbox = self._run.inbox
        return inbox.at(self._milliseconds, inbox.next_serial(), self._due)

    def _due(self) -> None:
        inbox, recorded = self._run.inbox, self._recorded
        seq = recorded["seq"] if recorded is not None else None
        self._run.emit(events.timer_fired(self._path, self._milliseconds, inbox.moment, seq))
        inbox.hand_out(self._deliver, durable=False)

    def _deliver(self) -> None:
        if not self._over:
            self._over = True
            self._fire()

    def reset(self) -> None:
        """Fire by the clock, not where it is recorded to have fired."""
        if self._recorded is not None and not self._over and self._run.inbox.take_back(self._entry):
            self._recorded = None
            self._run.emit(events.timer_reset(self._path, self._milliseconds))
            self._entry = self._live()

    def stop(self) -> None:
        self._over = True
        if self._run.inbox.take_back(self._entry):
            self._run.inbox.pending -= 1


def _check(hook: str, seconds: Any) -> None:
    """Raises TypeError or ValueError for what is no length of time."""
    if not isinstance(seconds, int | float):
        raise TypeError(f"{hook} expects a number of seconds, found {type(seconds).__name__}")
    if not math.isfinite(seconds):
        raise ValueError(f"{hook} expects a finite number of seconds, found {seconds!r}")


async def sleep(seconds: float) -> None:
    """Wait; on a replay not at all. Raises TypeError, ValueError for what is no length of time."""
    _check("odw.sleep()", seconds)
    scope = current_scope("odw.sleep()")
    task = current_task()
    timer = Timer(scope, seconds, lambda: reschedule(task))

    def abort(_: Any) -> Abort:
        timer.stop()
        return Abort.SUCCEEDED

    await wait_task_rescheduled(abort)


class timeout:
    """``async with odw.timeout(30):`` raises TimeoutError when the block takes longer, in seconds; calls inside are withdrawn."""

    __slots__ = ("_cancel", "_fired", "_outer", "_seconds", "_timer")

    def __init__(self, seconds: float) -> None:
        _check("odw.timeout()", seconds)
        if seconds <= 0:
            raise ValueError(f"odw.timeout() expects a number of seconds above 0, found {seconds!r}")
        self._seconds = seconds
        self._cancel = trio.CancelScope()
        self._fired = False

    async def __aenter__(self) -> timeout:
        scope = current_scope("odw.timeout()")
        self._cancel.__enter__()
        self._timer = Timer(scope, self._seconds, self._fire)
        self._outer = DEADLINES.set((*DEADLINES.get(), self._timer))
        return self

    def _fire(self) -> None:
        self._fired = True
        self._cancel.cancel()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        DEADLINES.reset(self._outer)
        self._timer.stop()
        swallowed = self._cancel.__exit__(kind, error, trace)
        if self._fired and self._cancel.cancelled_caught:
            raise TimeoutError(f"it took longer than {self._seconds:g} s")
        return swallowed
