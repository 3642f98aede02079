"""Bounds for one synchronous slice of script code: its time, the process's memory, and Ctrl-C.

A script that never awaits gives trio no chance to stop it, so a timer signal does: its handler runs in the main thread
between two instructions of the script and raises a halt there, which no handler of a script catches. Outside a slice
nothing is armed. In another thread than the main one, where Python delivers no signals, there is no bound.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

from odw.runtime.halts import Halt, Interrupted, MemoryCeiling, SliceExceeded

TICK_S = 0.1  # how often a running slice is looked at
GRACE_S = 1.0  # how much longer a slice may run until a tick meets it in a line of the script
_STATM = "/proc/self/statm"
_RUNTIME = "odw.runtime."


class SliceGuard:
    """``with guard:`` around every slice. ``locate(frame)`` (set by the front end) says where a slice stands."""

    __slots__ = (
        "_boundary",
        "_deadline",
        "_limit",
        "_memory",
        "_page",
        "_pending",
        "_tick",
        "active",
        "armed",
        "locate",
    )

    def __init__(self, limit_s: float, memory_mb: int) -> None:
        self._limit = limit_s
        self._memory = memory_mb * 1024 * 1024
        self._page = os.sysconf("SC_PAGE_SIZE")
        self._tick = min(TICK_S, limit_s / 4)
        self._deadline = 0.0
        self._boundary: FrameType | None = None  # who runs the slice
        self._pending: Halt | None = None  # to be raised as soon as that does no harm
        self.active = False
        self.armed = False
        self.locate: Callable[[FrameType | None], object | None] = lambda frame: None

    def __enter__(self) -> None:
        if self.active:
            self._deadline = time.perf_counter() + self._limit
            self._boundary = sys._getframe(1)
            self.armed = True
            signal.setitimer(signal.ITIMER_REAL, self._tick, self._tick)

    def __exit__(self, *exc: object) -> None:
        # The tick may raise once more before the first line has run; then ``installed`` disarms in the end.
        self.armed = False
        self._boundary = None
        if self.active:
            signal.setitimer(signal.ITIMER_REAL, 0)

    def raise_in_slice(self, halt: Halt, frame: FrameType | None) -> None:
        """From a signal handler: raise ``halt`` in the slice that runs, now or at the next tick that finds the script at work."""
        self._pending = halt  # between two slices: the next one may be endless
        if self.armed and self._harmless(frame):
            self._pending = None
            raise halt

    def _harmless(self, frame: FrameType | None) -> bool:
        """Whether a halt may be raised here: not while the slice is inside the runtime.

        A journal, a ledger or a queue that is left in the middle of a step would be wrong for what still has to be recorded.
        """
        while frame is not None and frame is not self._boundary:
            if str(frame.f_globals.get("__name__", "")).startswith(_RUNTIME):
                return False
            frame = frame.f_back
        return True

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Own SIGALRM for the duration of a run."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = signal.signal(signal.SIGALRM, self._on_tick)
        hook, sys.unraisablehook = sys.unraisablehook, _quiet_about_halts(sys.unraisablehook)
        self.active = True
        try:
            yield
        finally:
            self.active = self.armed = False
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
            sys.unraisablehook = hook

    def _on_tick(self, signal_number: int, frame: FrameType | None) -> None:
        if not self.armed or not self._harmless(frame):
            return
        if self._pending is not None:
            halt, self._pending = self._pending, None
            raise halt
        now = time.perf_counter()
        if now >= self._deadline:
            place = self.locate(frame)
            if not place and now < self._deadline + GRACE_S:
                return  # between two jobs: a later tick finds the script at a line
            raise SliceExceeded(
                f"the script ran for {self._limit:g} s without awaiting anything; "
                "an endless loop? (ODW_SCRIPT_SLICE_S raises the limit)",
                place,
            )
        if self._memory < self._resident():
            raise MemoryCeiling(
                f"the script's values need more than {self._memory // 1048576} MB of memory "
                "(ODW_SCRIPT_MEMORY_MB raises the limit)",
                self.locate(frame),
            )

    def _resident(self) -> int:
        try:
            with open(_STATM, "rb") as statm:  # noqa: PTH123 - in a signal handler: as little as possible
                return int(statm.read().split()[1]) * self._page
        except OSError:  # no /proc: no ceiling
            return 0


def _quiet_about_halts(hook: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A halt that a signal raised inside a finalizer is lost there; the next tick raises another, so nobody need know."""

    def on_unraisable(unraisable: Any) -> None:
        if not isinstance(unraisable.exc_value, Halt):
            hook(unraisable)

    return on_unraisable


def _nothing() -> None:
    return


# Called right before the process ends at a second signal: whoever has changed the terminal puts it in order. It must not wait.
last_words: Callable[[], None] = _nothing


def at_second_signal(words: Callable[[], None]) -> None:
    """Let ``words`` be the last thing that a process does which is told twice to end."""
    global last_words
    last_words = words


@contextmanager
def signals_become_halts(on_halt: Callable[[Interrupted, FrameType | None], Any]) -> Iterator[None]:
    """While a run lasts: SIGINT, SIGTERM and SIGHUP end it in order, a second one at once.

    ``on_halt`` gets the halt and the interrupted frame, inside the signal handler.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    seen = False

    def on_signal(number: int, frame: FrameType | None) -> None:
        nonlocal seen
        if seen:
            with suppress(Exception):
                last_words()
            os._exit(128 + number)  # the journal is append-only: nothing recorded is lost
        seen = True
        on_halt(Interrupted(number), frame)

    numbers = [signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
    before = {
        number: signal.signal(number, on_signal)
        for number in numbers
        if signal.getsignal(number) is not signal.SIG_IGN  # nohup, background jobs: ignored stays ignored
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
