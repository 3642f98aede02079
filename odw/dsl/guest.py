"""A workflow in Python inside one of another language, which owns the loop over the inbox and gives it turns."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any

import trio
from trio.lowlevel import spawn_system_task

from odw.dsl.binding import bind
from odw.dsl.border import uncaught
from odw.dsl.current import SCOPE, PythonFrame
from odw.dsl.driver import Driver
from odw.dsl.human import GATE
from odw.dsl.json_values import to_json
from odw.dsl.workflows import Workflow
from odw.errors import UsageError
from odw.jsonvalue import JsonValue
from odw.runtime.call_path import Scope
from odw.runtime.context import RunContext
from odw.runtime.inbox import Action

Done = Callable[[JsonValue, BaseException | None], None]


class PythonGuest:
    """A ``@workflow`` that a script calls."""

    def __init__(self, workflow: Workflow[Any, Any]) -> None:
        self.name = workflow.name
        self.meta = workflow.meta
        self._workflow = workflow

    def start(self, run: RunContext, scope: Scope, args: Any, done: Done) -> GuestDriver:
        """Begin it in ``scope``; ``done`` gets its result, or what it failed with. Raises UsageError for args that do not fit.

        What is returned is the same for all guests of a run: it has to be given its turns, and to be closed.
        """
        positional, named = bind(self._workflow, args)
        driver = _driver(run)
        frame = scope.frame
        own = PythonFrame(driver, frame.name, frame.meta, args, frame.depth, frame.group)

        async def body() -> JsonValue:
            return to_json(await self._workflow.fn(*positional, **named), f"the result of {self.name}")

        driver.start(Scope(own, scope.path), body, done)
        return driver


class GuestDriver(Driver):
    """Drives the guests of one run. ``busy`` as long as one of them has not ended."""

    def __init__(self, run: RunContext) -> None:
        super().__init__(run, _no_children)
        self._alone = False
        self._guests: dict[trio.CancelScope, trio.Event] = {}
        self._installed = False

    @property
    def busy(self) -> bool:
        return bool(self._guests)

    def start(self, scope: Scope, body: Callable[[], Any], done: Done) -> None:
        if not self._installed:
            trio.lowlevel.add_instrument(self)
            self._installed = True
        cancel = trio.CancelScope()
        self._guests[cancel] = trio.Event()
        task = spawn_system_task(self._guest, cancel, scope, body, done, name="odw workflow")
        self._tasks.add(task)
        self._runnable += 1

    async def _guest(
        self, cancel: trio.CancelScope, scope: Scope, body: Callable[[], Any], done: Done
    ) -> None:
        SCOPE.set(scope)
        GATE.set(self.run.options.human)
        value: JsonValue = None
        error: BaseException | None = None
        with cancel:
            try:
                value = await body()
            except trio.Cancelled:
                raise
            except BaseException as raised:  # noqa: BLE001 - the host raises it, where the workflow was called
                error = uncaught(raised)
        self._guests.pop(cancel).set()
        if not self.ending:
            done(value, error)

    async def settle(self) -> None:
        """Let the guests run until they have nothing left to do. Raises the halt that came meanwhile."""
        while self._runnable or self._put_by or self._start_slots():
            if self._runnable:
                await self._park()
            if self._inbox.halted is not None:
                raise self._inbox.halted
            self._make_calls()

    async def next(self) -> Action | None:
        """The inbox's next completion; None when a guest went on by itself while there was none."""
        return await self._next()

    async def close(self) -> None:
        """Cancel the guests that have not ended, and wait for them."""
        self.ending = True
        with trio.CancelScope(shield=True):
            for cancel, over in list(self._guests.items()):
                cancel.cancel()
                await over.wait()
        if self._installed:
            self._installed = False
            trio.lowlevel.remove_instrument(self)


_drivers: weakref.WeakKeyDictionary[RunContext, GuestDriver] = weakref.WeakKeyDictionary()


def _driver(run: RunContext) -> GuestDriver:
    driver = _drivers.get(run)
    if driver is None:
        driver = _drivers[run] = GuestDriver(run)
    return driver


def _no_children(reference: str, is_path: bool) -> Any:
    raise UsageError("a sub-workflow has no sub-workflows")
