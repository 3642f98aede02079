"""``parallel``, ``parallel_map``, ``pipeline``, ``gather_settled`` and ``race``. Contract, section 4.

Each slot is a task with a scope of its own; the driver starts them one after the other. A slot that raises gives None and a line in
the log. A halt that a slot meets (budget, cap) ends the fan-out once the slots that are under way have ended: what they asked is
paid for.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, Awaitable, Callable, Iterable, Sequence
from types import CoroutineType, FunctionType
from typing import Any, NamedTuple, TypeAlias, TypeVar, cast

import trio
from trio.lowlevel import Abort, Task, current_task, reschedule, wait_task_rescheduled

from odw.dsl.border import halt_in, message_of
from odw.dsl.current import SCOPE, current_scope, driver_of
from odw.dsl.driver import Branches, Driver
from odw.dsl.signatures import accepts
from odw.runtime.halts import CallHalt, Halt
from odw.runtime.primitives.parallel import Fanout

T = TypeVar("T")
R = TypeVar("R")
Thunk: TypeAlias = Callable[[], Awaitable[T]] | Callable[[int], Awaitable[T]] | Awaitable[T]
Body = Callable[[int], Awaitable[Any]]


class Settled(NamedTuple):
    """How one slot of ``gather_settled`` ended: its ``value``, or the ``error`` it raised."""

    value: Any = None
    error: Exception | None = None

    @property
    def ok(self) -> bool:
        return self.error is None


async def parallel(
    calls: Iterable[Thunk[T]] | AsyncIterable[Thunk[T]],
    *,
    label: str | None = None,
    phase: str | None = None,
    max: int | None = None,
) -> list[T | None]:
    """Run all at the same time and wait for all: their results in order, None for each that raised.

    ``calls`` are functions without arguments (or with one, the index), or awaitables such as ``review(file)``. ``max`` limits how many
    are under way at once.
    """
    bodies = [_body(thunk) for thunk in await _listed(calls, "odw.parallel()")]
    fan = _Fan("odw.parallel()", "parallel", len(bodies), label, phase, max)
    return await fan.run(bodies)


async def parallel_map(
    fn: Callable[..., Awaitable[R]],
    items: Iterable[T],
    *,
    label: str | None = None,
    phase: str | None = None,
    max: int | None = None,
) -> list[R | None]:
    """``fn(item)`` for every item at the same time (``fn(item, index)`` if it takes two); results in order, None for each that raised."""
    if not callable(fn):
        raise TypeError(
            "odw.parallel_map() expects a function as the first argument: parallel_map(fn, items)"
        )
    count = accepts(fn, 1, 2)
    elements = list(items)
    fan = _Fan("odw.parallel_map()", "parallel", len(elements), label, phase, max)

    def body(index: int) -> Awaitable[Any]:
        return fn(elements[index]) if count == 1 else fn(elements[index], index)

    return await fan.run([body] * len(elements))


async def pipeline(items: Iterable[Any], *stages: Callable[..., Any]) -> list[Any]:
    """Each item goes through the stages by itself, without waiting for the others. The last stage's results in order.

    A stage gets as many of ``(previous, item, index)`` as it has required parameters. One that returns None, or raises, ends its item
    with None. A stage may be a plain function.
    """
    if not all(callable(stage) for stage in stages):
        raise TypeError("odw.pipeline() stages must be functions: pipeline(items, stage, …)")
    counts = [accepts(stage, 1, 3) for stage in stages]
    elements = list(items)
    fan = _Fan("odw.pipeline()", "pipeline", len(elements))
    book = fan.book

    async def body(index: int) -> Any:
        value = item = elements[index]
        for number, (stage, count) in enumerate(zip(stages, counts, strict=True)):
            if number:
                SCOPE.set(book.slot(index, number))
            value = stage(*(value, item, index)[:count])
            if isinstance(value, Awaitable):
                value = await value
            if value is None:
                break
        return value

    return await fan.run([body] * len(elements), staged=True)


async def gather_settled(
    calls: Iterable[Thunk[T]] | AsyncIterable[Thunk[T]],
    *,
    label: str | None = None,
    phase: str | None = None,
    max: int | None = None,
) -> list[Settled]:
    """Like ``parallel``, but tells how each ended: ``[Settled(value=…), Settled(error=…)]``."""
    bodies = [_body(thunk) for thunk in await _listed(calls, "odw.gather_settled()")]
    fan = _Fan("odw.gather_settled()", "parallel", len(bodies), label, phase, max)
    values = await fan.run(bodies)
    return [Settled(value, fan.errors.get(index)) for index, value in enumerate(values)]


async def race(calls: Iterable[Thunk[T]], *, label: str | None = None, phase: str | None = None) -> T:
    """The result of the first that ends without raising; the others are cancelled, and their calls withdrawn.

    Raises ExceptionGroup when all of them raise, ValueError when there are none.
    """
    bodies = [_body(thunk) for thunk in calls]
    if not bodies:
        raise ValueError("odw.race() needs at least one call")
    fan = _Fan("odw.race()", "parallel", len(bodies), label, phase, racing=True)
    values = await fan.run(bodies)
    if fan.winner is None:
        raise ExceptionGroup("odw.race(): all of them failed", [fan.errors[i] for i in sorted(fan.errors)])
    return cast("T", values[fan.winner])


class _Fan:
    """One fan-out under way."""

    def __init__(
        self,
        hook: str,
        kind: str,
        count: int,
        label: str | None = None,
        phase: str | None = None,
        max: int | None = None,
        racing: bool = False,
    ) -> None:
        scope = current_scope(hook)
        if max is not None and max < 1:
            raise ValueError(f"{hook}: max must be at least 1, found {max}")
        self._driver: Driver = driver_of(scope)
        options: dict[str, Any] = {"label": label, "phase": phase, "max": max}
        self.book = Fanout(self._driver.run, scope, kind, count, options)
        self.errors: dict[int, Exception] = {}
        self.winner: int | None = None
        self._racing = racing
        self._values: list[Any] = [None] * count
        self._left = count
        self._free = self.book.limit or count
        self._halt: Halt | None = None
        self._nursery: trio.Nursery | None = None
        self._bodies: Sequence[Body] = ()
        self._staged = False
        self._begun = 0
        self._task: Task | None = None  # the one that waits for the slots
        self._branches: Branches | None = None

    async def run(self, bodies: Sequence[Body], staged: bool = False) -> list[Any]:
        """Run one body per slot; what they return. Raises the halt that one of them met."""
        if not bodies:
            await trio.lowlevel.checkpoint()
            return []
        self._bodies, self._staged = bodies, staged
        self._task = current_task()
        try:
            async with trio.open_nursery() as nursery:
                self._nursery = nursery
                self._branches = self._driver.begin(self.book.path, nursery, self._startable, self._slot)
                try:
                    await wait_task_rescheduled(self._abort)
                finally:
                    self._driver.end(self._branches)
        except BaseExceptionGroup as group:
            # slots keep what they raise to themselves, so this is a cancellation, or a halt that a step raised
            halt = halt_in(group)
            if halt is not None:
                raise halt from None
            raise
        if self._halt is not None:
            raise self._halt
        return self._values

    def _startable(self) -> int:
        return 0 if self.winner is not None else min(self._free, len(self._bodies) - self._begun)

    async def _slot(self) -> None:
        index = self._begun
        self._begun += 1
        self._free -= 1
        SCOPE.set(self.book.slot(index, 0 if self._staged else None))
        try:
            self._values[index] = await self._bodies[index](index)
        except Exception as error:  # noqa: BLE001 - the contract: a slot that raises gives None
            self.errors[index] = error
            self.book.failed(index, message_of(error))
        except CallHalt as halt:
            self._halted(halt)
        except BaseExceptionGroup as group:
            found = halt_in(group)
            if not isinstance(found, CallHalt):
                raise
            self._halted(found)
        else:
            self.book.finished()
            if self._racing:
                self._won(index)
                return
        self._left -= 1
        self._free += 1
        if self._left == 0:
            if self._task is not None:
                task, self._task = self._task, None
                reschedule(task)
        elif self._begun < len(self._bodies):
            assert self._branches is not None
            self._driver.again(self._branches)

    def _halted(self, halt: CallHalt) -> None:
        self.book.halted(halt)
        self._halt = self._halt or halt

    def _won(self, index: int) -> None:
        if self.winner is None:
            self.winner = index
            assert self._nursery is not None
            self._nursery.cancel_scope.cancel()
            for _ in range(self._left - 1):
                self.book.finished()

    def _abort(self, _: Any) -> Abort:
        self._task = None
        return Abort.SUCCEEDED


def _body(thunk: Any) -> Body:
    if type(thunk) is not FunctionType:
        if isinstance(thunk, Awaitable):
            return lambda index: thunk
        if not callable(thunk):
            raise TypeError(
                f"expected functions or awaitables, found {type(thunk).__name__}: odw.parallel([lambda: odw.call(…), …])"
            )
    if accepts(thunk, 0, 1) == 0:
        return lambda index: _awaited(thunk())
    return lambda index: _awaited(thunk(index))


def _awaited(value: Any) -> Awaitable[Any]:
    return value if type(value) is CoroutineType or isinstance(value, Awaitable) else _ready(value)


async def _ready(value: Any) -> Any:
    return value


async def _listed(calls: Any, hook: str) -> list[Any]:
    if isinstance(calls, AsyncIterable):
        return [thunk async for thunk in calls]
    if not isinstance(calls, Iterable) or isinstance(calls, str | bytes):
        raise TypeError(f"{hook} expects a list of functions or awaitables, found {type(calls).__name__}")
    return list(calls)
