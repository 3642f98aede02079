"""One fan-out under way: its slots, each at its own stage.

A slot's functions are called in order by the task that waits for the fan-out. What they return decides: an agent call is made at once,
and its end goes on with the slot (no task is needed for that, which is most of what a slot would cost); anything else that is awaited
gets a task of its own; a plain value is the result.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Awaitable, Callable
from contextvars import copy_context
from types import CoroutineType
from typing import Any, Protocol

import trio
from trio.lowlevel import Abort, Task, current_task, reschedule, wait_task_rescheduled

from odw.dsl.border import halt_in, leaves, message_of
from odw.dsl.calls import AgentCall, Waiter
from odw.dsl.current import SCOPE
from odw.dsl.driver import Driver
from odw.dsl.places import FAN_SITE, call_site
from odw.runtime.call_path import Scope
from odw.runtime.halts import CallHalt, Halt

# (slot, stage, what the stage before gave) -> a value, or an awaitable of one
Body = Callable[[int, int, Any], Any]


class Book(Protocol):
    """What is recorded of a fan-out, and the scopes of its slots; ``limit`` is how many may be under way at once."""

    path: str
    limit: int | None

    def slot(self, index: int, stage: int | None = None) -> Scope: ...
    def finished(self) -> None: ...
    def failed(self, index: int, message: str) -> None: ...
    def halted(self, halt: CallHalt) -> None: ...


class Fan:
    """``await fan.run()`` once. ``body`` is called for each of ``count`` slots and ``stages`` stages.

    ``staged``: a stage is a place of its own, and one that gives None ends its slot. ``first``: what ends all the others, "result" or
    "error". Afterwards ``errors`` has what slots raised, ``winner`` the slot that ended all others by its result, ``begun`` how many
    have begun.
    """

    def __init__(
        self,
        driver: Driver,
        book: Book,
        count: int,
        body: Body,
        *,
        stages: int = 1,
        staged: bool = False,
        first: str = "",
    ) -> None:
        self.path = book.path
        self.errors: dict[int, Exception] = {}
        self.winner: int | None = None
        self._driver = driver
        self._book = book
        self._site = call_site(sys._getframe(1))
        self._body = body
        self._last = stages - 1
        self._staged = staged
        self._first = first
        self._values: list[Any] = [None] * count
        self.begun = 0  # slots
        self._allowed = 0  # slots that may begin now
        self._left = count
        self._closed = False  # nobody waits for it any more: no slot begins
        self._free = book.limit or count
        self._calls: dict[int, Waiter] = {}  # of the slots that wait for one without a task
        self._ended: deque[tuple[int, int, Waiter]] = deque()  # slot, stage
        self._awaited: deque[tuple[int, int, Scope, Awaitable[Any]]] = (
            deque()
        )  # for the tasks that have not begun
        self._halt: Halt | None = None
        self._task: Task | None = None  # the one that waits for the slots, while it waits
        self._context = copy_context()
        self._going = False

    async def run(self) -> list[Any]:
        """What the slots gave, in order, None for those that raised. Raises the halt that one of them met."""
        if not self._values:
            await trio.lowlevel.checkpoint()
            return []
        self._context.run(FAN_SITE.set, self._site)
        try:
            async with trio.open_nursery() as nursery:
                self._nursery = nursery
                self._driver.begin(self)
                try:
                    while self._left > 0:
                        if not self._ended:
                            self._task = current_task()
                            await wait_task_rescheduled(self._abort)
                        self._turn()
                finally:
                    self._closed = True
                    self._driver.end(self)
                    self._give_up()
        except BaseExceptionGroup as group:
            # slots keep what they raise to themselves, so this is a cancellation, or a halt that a step raised
            halt = halt_in(group)
            if halt is not None:
                raise halt from None
            raise
        if self._halt is not None:
            raise self._halt
        return self._values

    def start(self) -> bool:
        """The driver's: all else waits, so the slots that may begin do; False when none may."""
        if self.winner is None:
            self._allowed = min(self._free, len(self._values) - self.begun)
        if self._allowed:
            self._wake()
        return self._allowed > 0

    # --- in the task that waits, or while all wait --------------------------------------------------------------------

    def _turn(self) -> None:
        self._going = True
        try:
            self._context.run(self._go_on)
        finally:
            self._going = False

    def _go_on(self) -> None:
        while self._ended:
            index, stage, waiter = self._ended.popleft()
            try:
                value = waiter.outcome()
            except BaseException as error:  # noqa: BLE001 - judged there
                self._raised(index, error)
            else:
                self._after(index, stage, value)
        while self._allowed and self.winner is None:
            self._allowed -= 1
            self._free -= 1
            index = self.begun
            self.begun += 1
            self._enter(index, 0, None)
        self._allowed = 0

    def _after(self, index: int, stage: int, value: Any) -> None:
        """A stage has given ``value``."""
        if stage == self._last or (self._staged and value is None):
            self._done(index, value)
        else:
            self._enter(index, stage + 1, value)

    def _enter(self, index: int, stage: int, value: Any) -> None:
        """Go on with a slot from ``stage``, as far as nothing has to be waited for."""
        try:
            while True:
                scope = self._book.slot(index, stage if self._staged else None)
                SCOPE.set(scope)
                value = self._body(index, stage, value)
                if type(value) is AgentCall:
                    self._call(index, stage, value, scope)
                    return
                if type(value) is CoroutineType or isinstance(value, Awaitable):
                    self._awaited.append((index, stage, scope, value))
                    self._driver.own = True
                    self._nursery.start_soon(self._slot, name="odw slot")
                    self._driver.own = False
                    return
                if stage == self._last or (self._staged and value is None):
                    break
                stage += 1
        except BaseException as error:  # noqa: BLE001 - judged there
            self._raised(index, error)
        else:
            self._done(index, value)

    def _call(self, index: int, stage: int, call: AgentCall[Any], scope: Scope) -> None:
        def wake(waiter: Waiter) -> None:
            self._calls.pop(index, None)
            if waiter.typed or stage < self._last:
                self._ended.append((index, stage, waiter))
                if self._task is not None and not self._going:
                    self._turn()  # what waits for nothing needs no turn of trio's loop
                return
            try:
                value = waiter.outcome()
            except BaseException as error:  # noqa: BLE001 - judged there
                self._raised(index, error)
            else:
                self._done(index, value)

        waiter = call.start(self._driver, scope, wake)
        if not waiter.ended:
            self._calls[index] = waiter

    # --- in a task of its own ---------------------------------------------------------------------------------------

    async def _slot(self) -> None:
        # whichever task begins takes what is next, so the order of the tasks says nothing
        index, stage, scope, awaitable = self._awaited.popleft()
        try:
            while True:
                SCOPE.set(scope)
                value = await awaitable
                while True:
                    if stage == self._last or (self._staged and value is None):
                        self._done(index, value)
                        return
                    stage += 1
                    scope = self._book.slot(index, stage if self._staged else None)
                    SCOPE.set(scope)
                    value = self._body(index, stage, value)
                    if isinstance(value, Awaitable):
                        break
                awaitable = value
        except trio.Cancelled:
            raise
        except BaseException as error:  # noqa: BLE001 - judged there
            self._raised(index, error)

    # --- the end of a slot --------------------------------------------------------------------------------------------

    def _done(self, index: int, value: Any) -> None:
        self._values[index] = value
        self._book.finished()
        if self._first == "result":
            if self.winner is None:
                self.winner = index
                for _ in range(self._left - 1):
                    self._book.finished()
                self._end_others()
            return
        self._over()

    def _raised(self, index: int, error: BaseException) -> None:
        """The contract: a slot that raises gives None. Raises what is no affair of the slot's."""
        if self.winner is not None and all(
            isinstance(leaf, Exception | trio.Cancelled | CallHalt) for leaf in leaves(error)
        ):
            return  # one that lost, while it was being ended
        if isinstance(error, Exception):
            self.errors[index] = error
            if self._first == "error":
                self._end_others()
                return
            self._book.failed(index, message_of(error))
        else:
            halt = halt_in(error)
            if not isinstance(halt, CallHalt):
                raise error
            self._book.halted(halt)
            self._halt = self._halt or halt
        self._over()

    def _over(self) -> None:
        self._left -= 1
        self._free += 1
        if self._left == 0:
            self._wake()
        elif self.begun < len(self._values) and not self._closed:
            self._driver.again(self)

    def _end_others(self) -> None:
        self._left = 0
        self._nursery.cancel_scope.cancel()

    def _wake(self) -> None:
        if self._task is not None:
            task, self._task = self._task, None
            reschedule(task)

    def _abort(self, _: Any) -> Abort:
        self._task = None
        return Abort.SUCCEEDED

    def _give_up(self) -> None:
        """The calls that are still under way are withdrawn, in the order of their slots."""
        for index in sorted(self._calls):
            self._calls[index].give_up()
        self._calls.clear()
