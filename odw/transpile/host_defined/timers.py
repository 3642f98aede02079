"""``setTimeout`` and ``clearTimeout``, on the inbox's time line, so that the order in which they fire can be recorded.

A timer that fired in an earlier session fires again in its recorded place among all ends, without waiting.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from odw.ecma import jobs
from odw.ecma.abstract_ops.type_conversion import to_number
from odw.ecma.completion import type_error
from odw.ecma.values import is_callable, undefined
from odw.runtime import events
from odw.runtime.call_path import Scope
from odw.runtime.context import RunContext
from odw.runtime.inbox import Entry

LONGEST_MS = 2**31 - 1


class Timers:
    """The timers of one run by the number that ``setTimeout`` returned."""

    __slots__ = ("_entries", "_run", "_scope")

    def __init__(self, run: RunContext, scope: Callable[[], Scope]) -> None:
        self._run = run
        self._scope = scope
        self._entries: dict[int, Entry] = {}

    def set_timeout(self, this: Any, callback: Any = undefined, delay: Any = undefined, *args: Any) -> int:
        """https://nodejs.org/api/timers.html: below 1 or above 2^31-1 milliseconds means 1."""
        if not is_callable(callback):
            raise type_error('The "callback" argument must be of type function.')
        milliseconds = to_number(delay)
        if not 1 <= milliseconds <= LONGEST_MS:
            milliseconds = 1
        inbox = self._run.inbox
        number = inbox.next_serial()
        scope = self._scope()
        path = scope.next("t")
        context = jobs.current

        replay = self._run.replay
        recorded = replay.timer(path, milliseconds) if replay is not None else None
        if recorded is not None and self._run.anew == (scope.path, number - 1):
            # the deadline of a call that had failed, or was edited: fired at its recorded place it would end it at once
            recorded = None
            self._run.emit(events.timer_reset(path, milliseconds))

        def fire() -> None:
            seq = recorded["seq"] if recorded is not None else None
            self._run.emit(events.timer_fired(path, milliseconds, inbox.moment, seq))
            inbox.hand_out(deliver, durable=False)

        def deliver() -> None:
            if self._entries.pop(number, None) is not None:
                jobs.run_in_context(context, callback.call, undefined, *args)

        inbox.pending += 1
        self._entries[number] = (
            inbox.at(int(milliseconds), number, fire)
            if recorded is None
            else inbox.replay(recorded["seq"], fire, recorded.get("at"))
        )
        return number

    def clear_timeout(self, this: Any, number: Any = undefined, *_: Any) -> Any:
        entry = self._entries.pop(number, None) if type(number) is int else None
        if entry is not None and self._run.inbox.take_back(entry):
            self._run.inbox.pending -= 1
        return undefined
