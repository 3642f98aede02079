"""The driver: runs a workflow's trio tasks until all of them wait, then takes one completion from the inbox, again and again.

The inbox wants to be asked only when the workflow has nothing left to do. Which of a workflow's tasks can run is counted with
trio's own instrument hooks: exactly, and whatever else goes on in the loop (executors, control commands). trio runs the tasks
of a batch in a random order, so three things here make the order of what a workflow does follow from its structure:

- the slots of one ``parallel`` or ``pipeline`` begin in their order, and only when all else waits (fan.py);
- calls that are made while other tasks of the workflow can run are put by, and made in the order of their paths once none can,
  which is the order in which JavaScript would make them;
- a task of the author's own nursery has a branch of its own, numbered by ``start_soon`` in the task that said it.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Protocol

import trio
from trio.lowlevel import Abort, Task, current_task, reschedule, wait_task_rescheduled

from odw.dsl.current import SCOPE
from odw.dsl.lanes import Lane
from odw.runtime.call_path import Scope
from odw.runtime.context import RunContext
from odw.runtime.inbox import Action

if TYPE_CHECKING:
    from odw.dsl.children import LoadChild
    from odw.runtime.call import Call

Body = Callable[[], Awaitable[Any]]


class Slots(Protocol):
    """A fan-out whose slots wait for their turn. ``start`` begins those that may; False when none may."""

    path: str

    def start(self) -> bool: ...


class Driver(trio.abc.Instrument):
    """One run of a workflow in Python. ``ending``: the workflow is over, what it still waits for is not withdrawn."""

    def __init__(self, run: RunContext, load_child: LoadChild) -> None:
        self.run = run
        self.load_child = load_child
        self.own = False  # the tasks that are being spawned see to their scopes themselves
        self.ending = False
        self.pumps: list[Callable[[], None]] = []  # other front ends that want a turn after each completion
        self.withdrawn: list[Call] = []
        self._inbox = run.inbox
        self._alone = True  # nobody but the workflow's tasks gets a turn after a completion
        self._tasks: set[Task] = set()
        self._runnable = 0  # tasks that are scheduled, the one included whose step it is
        self._branches: list[Slots] = []  # a stack: the last one is asked first
        self._begun: list[Slots] = []  # since all tasks waited last
        self._put_by: list[tuple[Scope, Action]] = []
        self._finished = False
        self._result: Any = None
        self._error: BaseException | None = None  # of the workflow
        self._failure: BaseException | None = None  # of the runtime
        self._task: Task | None = None  # the driver's own
        self._parked = False
        self._waiting: trio.CancelScope | None = None
        self._nursery: trio.Nursery | None = None
        self._paused: list[Task] = []  # a stack: they go on, one at a time, once all else waits

    # --- the loop -------------------------------------------------------------------------------------------------

    async def drive(self, scope: Scope, body: Body) -> Any:
        """Run ``body`` in ``scope`` to its result. Raises what it raises, or the halt that ended the run."""
        halt: BaseException | None = None
        trio.lowlevel.add_instrument(self)
        try:
            async with trio.open_nursery() as nursery:
                self._nursery = nursery
                driver = current_task()
                self._tasks.add(driver)  # for a moment: its children are the workflow's
                self.own = True
                nursery.start_soon(self._main, scope, body, name="odw workflow")
                self.own = False
                self._tasks.discard(driver)
                try:
                    await self._loop()
                except trio.Cancelled:
                    raise
                except BaseException as error:  # noqa: BLE001 - kept, so that the nursery does not wrap it
                    halt = error
                self.ending = True
                nursery.cancel_scope.cancel()
        finally:
            self.ending = True
            trio.lowlevel.remove_instrument(self)
        if halt is not None:
            raise halt
        if self._error is not None:
            raise self._error
        return self._result

    async def _main(self, scope: Scope, body: Body) -> None:
        SCOPE.set(scope)
        try:
            self._result = await body()
        except BaseException as error:  # noqa: BLE001 - judged at the border, in program.py
            self._error = error
        self._finished = True

    async def _loop(self) -> None:
        while True:
            if self._runnable:
                await self._park()
            if self._failure is not None:
                raise self._failure
            if self._inbox.halted is not None:
                raise self._inbox.halted
            if self._put_by:
                self._make_calls()
            if self._runnable or self._start_slots():
                continue
            if self._put_by:
                continue
            if self._finished and not self._owes():
                return
            deliver = await self._next()
            if deliver is not None:
                deliver()
                for pump in self.pumps:
                    pump()

    def _owes(self) -> bool:
        """Whether a call that was withdrawn has not been recorded yet, with what it had spent."""
        self.withdrawn = [call for call in self.withdrawn if not call.ended]
        return bool(self.withdrawn)

    async def _next(self) -> Action | None:
        """The next completion; None when the workflow went on by itself while there was none."""
        if self._inbox.on_idle is not None and self._inbox.pending == 0:
            await self._park()  # a rehearsal, and what the workflow waits for is its own: a sleep, a thread
            return None
        with trio.CancelScope() as scope:
            self._waiting = scope
            try:
                return await self._inbox.next()
            finally:
                self._waiting = None
        return None

    async def _park(self) -> None:
        self._task = current_task()
        self._parked = True
        await wait_task_rescheduled(self._unpark)

    def _unpark(self, _: Any) -> Abort:
        self._parked = False
        return Abort.SUCCEEDED

    # --- what tasks of the workflow ask -----------------------------------------------------------------------------

    def make_call(self, scope: Scope, action: Action) -> None:
        """Do ``action``, which makes a call in ``scope``: now if no other task can run, else when none can, in the order of paths."""
        if self._runnable > 1 or self._put_by or self._begun or self._branches:
            self._put_by.append((scope, action))
        else:
            action()

    def withdraw(self, action: Action) -> bool:
        """Take back what ``make_call`` has put by; False if it is done already."""
        kept = [entry for entry in self._put_by if entry[1] != action]
        found = len(kept) < len(self._put_by)
        self._put_by = kept
        return found

    def begin(self, slots: Slots) -> None:
        """Begin the slots of a fan-out once all else waits; to be ended with ``end``."""
        self._begun.append(slots)

    def again(self, slots: Slots) -> None:
        """Slots that were held back may have one that can begin now."""
        if slots not in self._branches and slots not in self._begun:
            self._begun.append(slots)

    def end(self, slots: Slots) -> None:
        """None of them begins any more."""
        for known in (self._branches, self._begun):
            if slots in known:
                known.remove(slots)

    def start_beside(self, body: Body) -> None:
        """Start a task of the workflow that lives as long as the run, in the scope and context of the running task."""
        nursery = self._nursery
        assert nursery is not None
        own, self.own = self.own, True
        self._tasks.add(nursery.parent_task)
        nursery.start_soon(body, name="odw promise")
        self._tasks.discard(nursery.parent_task)
        self.own = own

    async def until_quiet(self) -> None:
        """Wait until every other task of the workflow waits; those that wait here go on one at a time, the last one first."""
        await self.wait_in(self._paused)

    async def wait_in(self, waiting: list[Task]) -> None:
        """Wait until somebody takes this task from ``waiting`` and lets it go on, by ``resume_in_order`` for example."""
        task = current_task()
        waiting.append(task)

        def abort(_: Any) -> Abort:
            for tasks in (waiting, self._paused):
                if task in tasks:
                    tasks.remove(task)
            return Abort.SUCCEEDED

        await wait_task_rescheduled(abort)

    def resume_in_order(self, tasks: list[Task]) -> None:
        """Let tasks go on that wait for the same thing, each once the one before it waits again."""
        if tasks:
            self._paused.extend(reversed(tasks[1:]))
            reschedule(tasks[0])

    def _make_calls(self) -> None:
        calls, self._put_by = self._put_by, []
        if len(calls) > 1 and not _in_order(calls):
            calls.sort(key=lambda entry: order_of(_order(entry[0])))
        for _, action in calls:
            action()

    def _quiet(self) -> None:
        """Every task of the workflow waits: the next slots begin, or the loop goes on."""
        if self._paused and self._inbox.halted is None:
            reschedule(self._paused.pop())
            return
        while not self._start_slots():
            if not self._parked or not self._alone or self._put_by or self._finished or self.pumps:
                break
            if not self._deliver_next():
                break
            if self._runnable:
                return
        else:
            return
        if self._parked:
            self._parked = False
            reschedule(self._task)  # type: ignore[arg-type]
        elif self._waiting is not None:
            self._waiting.cancel()

    def _start_slots(self) -> bool:
        """Begin slots of the fan-out whose turn it is; False when none may."""
        if self._begun:
            if len(self._begun) > 1:
                self._begun.sort(key=lambda slots: order_of(slots.path), reverse=True)
            self._branches += self._begun
            self._begun.clear()
        while self._branches and self._inbox.halted is None:
            if self._branches.pop().start():
                return True
        return False

    def _deliver_next(self) -> bool:
        """The loop's next turn without waking it, if that takes no waiting; whether something was handed out."""
        try:
            deliver = self._inbox.next_ready()
            if deliver is not None:
                deliver()
        except BaseException as error:  # noqa: BLE001 - trio would only log it; the loop raises it
            self._failure = error
            return False
        return deliver is not None

    # --- hooks of trio ------------------------------------------------------------------------------------------------

    def task_spawned(self, task: Task) -> None:
        nursery = task.parent_nursery
        if nursery is None or nursery.parent_task not in self._tasks:
            return
        self._tasks.add(task)
        parent = None if self.own else task.context.get(SCOPE)  # None inside a step, too
        if parent is not None:
            task.context.run(SCOPE.set, parent.inside(parent.next("n")))

    def task_scheduled(self, task: Task) -> None:
        if task in self._tasks:
            self._runnable += 1

    def after_task_step(self, task: Task) -> None:
        if task in self._tasks:
            self._runnable -= 1
            if task.coro.cr_frame is None:
                self._tasks.discard(task)
            if not self._runnable or self._inbox.halted is not None:
                self._quiet()


_NUMBERS = re.compile(r"(\d+)")


def order_of(path: str) -> tuple[int | str, ...]:
    """A path as a key that sorts ``p0[2]`` before ``p0[10]``."""
    return tuple(int(part) if part.isdigit() else part for part in _NUMBERS.split(path))


def _order(scope: Scope) -> str:
    return scope.order if type(scope) is Lane else scope.path


def _in_order(calls: list[tuple[Scope, Action]]) -> bool:
    """Whether all calls come from slots of one fan-out, in their order: what most often is, and is quick to see."""
    fan, last = "", -1
    for scope, _ in calls:
        path, _, slot = scope.path.rpartition("[")
        if not slot[:-1].isdigit() or (fan and path != fan) or (number := int(slot[:-1])) < last:
            return False
        fan, last = path, number
    return True
