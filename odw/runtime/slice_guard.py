"""Bounds for one synchronous slice of script code: its time, the process's memory, and Ctrl-C.

A script that never awaits gives trio no chance to stop it, so a timer does: between two instructions of the script a halt is
raised there, which no handler of a script catches. In the main thread the timer is a signal (SIGALRM); in any other, where
Python delivers none, a thread that watches (``slice_watcher.py``). Outside a slice nothing is armed.

Memory is looked at on the same ticks, at the beginning of slices, and before a large piece is taken (``expect``).
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
from odw.runtime.resident import resident_bytes
from odw.runtime.slice_watcher import Watcher

TICK_S = 0.1  # how often a running slice is looked at
GRACE_S = 1.0  # how much longer a slice may run until a tick meets it in a line of the script
ROOM = 500  # calls beyond the recursion limit for looking at a slice, and for its way out
_RUNTIME = "odw.runtime."


class SliceGuard:
    """``with guard:`` around every slice. ``locate(frame)`` (set by the front end) says where a slice stands."""

    __slots__ = (
        "_boundary",
        "_deadline",
        "_limit",
        "_measured",
        "_memory",
        "_pending",
        "_recursion",
        "_tick",
        "_watcher",
        "active",
        "armed",
        "locate",
    )

    def __init__(self, limit_s: float, memory_mb: int) -> None:
        self._limit = limit_s
        self._memory = memory_mb * 1024 * 1024
        self._tick = min(TICK_S, limit_s / 4)
        self._deadline = 0.0
        self._measured = 0.0  # when memory was last looked at
        self._recursion = 0  # the recursion limit of the slice
        self._boundary: FrameType | None = None  # who runs the slice
        self._pending: Halt | None = None  # to be raised as soon as that does no harm
        self._watcher: Watcher | None = None
        self.active = False
        self.armed = False
        self.locate: Callable[[FrameType | None], object | None] = lambda frame: None

    def __enter__(self) -> None:
        if not self.active:
            return
        now = time.perf_counter()
        if now >= self._measured + TICK_S:  # slices may all be too short for a tick
            self._check_memory(now, None)
        self._deadline = now + self._limit
        self._recursion = sys.getrecursionlimit()
        self._boundary = sys._getframe(1)
        self.armed = True
        if self._watcher is None:
            signal.setitimer(signal.ITIMER_REAL, self._tick, self._tick)

    def __exit__(self, *exc: object) -> None:
        # The tick may raise once more before the first line has run; then ``installed`` disarms in the end.
        self.armed = False
        self._boundary = None
        if self.active:
            if self._watcher is None:
                signal.setitimer(signal.ITIMER_REAL, 0)
            else:
                self._watcher.take_back()

    def raise_in_slice(self, halt: Halt, frame: FrameType | None) -> None:
        """From a signal handler: raise ``halt`` in the slice that runs, now or at the next tick that finds the script at work."""
        self._pending = halt  # between two slices: the next one may be endless
        if self.armed and self._harmless(frame):
            self._pending = None
            raise halt

    def expect(self, size: int) -> None:
        """The script is about to take ``size`` bytes at once. Raises MemoryCeiling where the process has no room for them."""
        if self.armed and self._memory < resident_bytes() + size:
            raise self._ceiling(sys._getframe(1))

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
        """Own SIGALRM, or a watching thread, for the duration of a run."""
        if threading.current_thread() is threading.main_thread():
            watcher, before = None, signal.signal(signal.SIGALRM, self._on_tick)
        else:
            watcher, before = Watcher(self._tick, self._due_elsewhere), None
        hook, sys.unraisablehook = sys.unraisablehook, _quiet_about_halts(sys.unraisablehook)
        self._watcher = watcher
        self.active = True
        try:
            yield
        finally:
            self.active = self.armed = False
            if watcher is None:
                signal.setitimer(signal.ITIMER_REAL, 0)
                signal.signal(signal.SIGALRM, before)
            else:
                watcher.end()
            sys.unraisablehook = hook

    def _on_tick(self, signal_number: int, frame: FrameType | None) -> None:
        if not self.armed:
            return
        # A script at the end of its stack would get a RecursionError out of this handler instead of a halt, and so would
        # its ``finally`` blocks on the way out, which have to ask whether a halt is passing.
        sys.setrecursionlimit(self._recursion + ROOM)
        halt = self.due(frame)
        if halt is not None:
            raise halt
        with suppress(RecursionError):  # still that deep: the next tick lowers it
            sys.setrecursionlimit(self._recursion)

    def _due_elsewhere(self, frame: FrameType | None) -> Halt | None:
        """``due`` for a thread that watches; there is room for the way out of the slice then, as in ``_on_tick``."""
        halt = self.due(frame)
        if halt is not None:
            sys.setrecursionlimit(self._recursion + ROOM)
        return halt

    def due(self, frame: FrameType | None) -> Halt | None:
        """The halt to be raised in the slice, whose innermost frame is ``frame``; None while it may go on."""
        if not self.armed or not self._harmless(frame):
            return None
        if self._pending is not None:
            halt, self._pending = self._pending, None
            return halt
        now = time.perf_counter()
        if now >= self._deadline:
            place = self.locate(frame)
            if not place and now < self._deadline + GRACE_S:
                return None  # between two jobs: a later tick finds the script at a line
            return SliceExceeded(
                f"the script ran for {self._limit:g} s without awaiting anything; "
                "an endless loop? (ODW_SCRIPT_SLICE_S raises the limit)",
                place,
            )
        self._measured = now
        return self._ceiling(frame) if self._memory < resident_bytes() else None

    def _check_memory(self, now: float, frame: FrameType | None) -> None:
        self._measured = now
        if self._memory < resident_bytes():
            raise self._ceiling(frame)

    def _ceiling(self, frame: FrameType | None) -> MemoryCeiling:
        return MemoryCeiling(
            f"the script's values need more than {self._memory // 1048576} MB of memory "
            "(ODW_SCRIPT_MEMORY_MB raises the limit)",
            self.locate(frame),
        )


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
