"""A thread that looks at the slices of a script which runs in another thread than the main one.

Python delivers signals to the main thread only. To any other an exception can be sent (``PyThreadState_SetAsyncExc``): it is
raised there between two instructions, as a signal handler would raise it.
"""

from __future__ import annotations

import ctypes
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

from odw.runtime.halts import Halt

_send = ctypes.pythonapi.PyThreadState_SetAsyncExc


class Watcher:
    """Asks ``due(frame)`` every ``tick_s`` seconds about the thread that made it, and raises there what that returns."""

    def __init__(self, tick_s: float, due: Callable[[FrameType | None], Halt | None]) -> None:
        self._target = threading.get_ident()
        self._tick = tick_s
        self._due = due
        self._sending = threading.Lock()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="odw slice watcher", daemon=True)
        self._thread.start()

    def take_back(self) -> None:
        """The slice has ended: what was sent and has not been raised yet never will be."""
        with self._sending:
            _send(ctypes.c_ulong(self._target), None)

    def end(self) -> None:
        """Watch no longer."""
        self._ended.set()
        self._thread.join()
        self.take_back()

    def _watch(self) -> None:
        while not self._ended.wait(self._tick):
            with self._sending:
                frame = sys._current_frames().get(self._target)
                halt = self._due(frame)
                if halt is not None:
                    _send(ctypes.c_ulong(self._target), ctypes.py_object(_class_of(halt)))


def _class_of(halt: Halt) -> type[Halt]:
    """A class whose instances are as ``halt`` is: CPython makes the exception itself, in the other thread."""

    def made(self: Any) -> None:
        self.__dict__.update(halt.__dict__)
        self.args = halt.args

    return type(type(halt).__name__, (type(halt),), {"__init__": made})
