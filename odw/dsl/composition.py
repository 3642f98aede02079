"""``parallel``, ``parallel_map``, ``pipeline``, ``gather``, ``gather_settled`` and ``race``. Contract, section 4.

Each slot has a scope of its own; they begin one after the other. A slot that raises gives None and a line in the log. A halt that a slot meets (budget, cap) ends the fan-out once the slots that are under way have ended: what they asked is
paid for.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, Awaitable, Callable, Coroutine, Iterable, Sequence
from types import FunctionType
from typing import Any, NamedTuple, TypeAlias, TypeVar, cast

from odw.dsl.current import current_scope, driver_of
from odw.dsl.driver import Driver
from odw.dsl.fan import Fan
from odw.dsl.lanes import Lanes
from odw.dsl.signatures import accepts
from odw.runtime.primitives.parallel import Fanout

T = TypeVar("T")
R = TypeVar("R")
Thunk: TypeAlias = Callable[[], Awaitable[T]] | Callable[[int], Awaitable[T]] | Awaitable[T]


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
    thunks = await _listed(calls, "odw.parallel()")
    return await _run(_fan("odw.parallel()", [_caller(thunk) for thunk in thunks], label, phase, max), thunks)


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

    def begin(index: int) -> Awaitable[Any]:
        return fn(elements[index]) if count == 1 else fn(elements[index], index)

    return await _fan("odw.parallel_map()", [begin] * len(elements), label, phase, max).run()


async def pipeline(items: Iterable[Any], *stages: Callable[..., Any]) -> list[Any]:
    """Each item goes through the stages by itself, without waiting for the others. The last stage's results in order.

    A stage gets as many of ``(previous, item, index)`` as it has required parameters. One that returns None, or raises, ends its item
    with None. A stage may be a plain function.
    """
    if not all(callable(stage) for stage in stages):
        raise TypeError("odw.pipeline() stages must be functions: pipeline(items, stage, …)")
    stages = stages or (_same,)
    counts = [accepts(stage, 1, 3) for stage in stages]
    elements = list(items)
    driver, book = _book("odw.pipeline()", "pipeline", len(elements))

    def body(index: int, stage: int, value: Any) -> Any:
        item = elements[index]
        return stages[stage](*(value if stage else item, item, index)[: counts[stage]])

    return await Fan(driver, book, len(elements), body, stages=len(stages), staged=True).run()


def _same(value: Any) -> Any:
    return value


async def gather_settled(
    calls: Iterable[Thunk[T]] | AsyncIterable[Thunk[T]],
    *,
    label: str | None = None,
    phase: str | None = None,
    max: int | None = None,
) -> list[Settled]:
    """Like ``parallel``, but tells how each ended: ``[Settled(value=…), Settled(error=…)]``."""
    thunks = await _listed(calls, "odw.gather_settled()")
    fan = _fan("odw.gather_settled()", [_caller(thunk) for thunk in thunks], label, phase, max)
    values = await _run(fan, thunks)
    return [Settled(value, fan.errors.get(index)) for index, value in enumerate(values)]


async def gather(calls: Iterable[Thunk[T]] | AsyncIterable[Thunk[T]]) -> list[T]:
    """Run all at the same time: their results in order. The first that raises ends the others, and what it raised is raised.

    It is no place of its own: what is called inside counts as called here, as under ``Promise.all`` in a script.
    """
    thunks = await _listed(calls, "odw.gather()")
    callers = [_caller(thunk) for thunk in thunks]
    scope = current_scope("odw.gather()")
    fan = Fan(
        driver_of(scope),
        Lanes(scope),
        len(callers),
        lambda index, stage, value: callers[index](index),
        first="error",
    )
    values = await _run(fan, thunks)
    for error in fan.errors.values():
        raise error
    return values


async def race(calls: Iterable[Thunk[T]], *, label: str | None = None, phase: str | None = None) -> T:
    """The result of the first that ends without raising; the others are cancelled, and their calls withdrawn.

    Raises ExceptionGroup when all of them raise, ValueError when there are none.
    """
    thunks = list(calls)
    if not thunks:
        raise ValueError("odw.race() needs at least one call")
    fan = _fan("odw.race()", [_caller(thunk) for thunk in thunks], label, phase, first="result")
    values = await _run(fan, thunks)
    if fan.winner is None:
        raise ExceptionGroup("odw.race(): all of them failed", [fan.errors[i] for i in sorted(fan.errors)])
    return cast("T", values[fan.winner])


def _fan(
    hook: str,
    callers: Sequence[Callable[[int], Any]],
    label: str | None = None,
    phase: str | None = None,
    max: int | None = None,
    first: str = "",
) -> Fan:
    driver, book = _book(hook, "parallel", len(callers), label, phase, max)
    return Fan(driver, book, len(callers), lambda index, stage, value: callers[index](index), first=first)


def _book(
    hook: str,
    kind: str,
    count: int,
    label: str | None = None,
    phase: str | None = None,
    max: int | None = None,
) -> tuple[Driver, Fanout]:
    scope = current_scope(hook)
    if max is not None and max < 1:
        raise ValueError(f"{hook}: max must be at least 1, found {max}")
    driver = driver_of(scope)
    return driver, Fanout(driver.run, scope, kind, count, {"label": label, "phase": phase, "max": max})


async def _run(fan: Fan, thunks: Sequence[Any]) -> list[Any]:
    """Run it; awaitables that it did not come to are closed, so that Python does not complain of them."""
    try:
        return await fan.run()
    finally:
        for thunk in thunks[fan.begun :]:
            if isinstance(thunk, Coroutine):
                thunk.close()


def _caller(thunk: Any) -> Callable[[int], Any]:
    """What begins a slot: a function of its index that gives a value, or an awaitable of one."""
    if type(thunk) is not FunctionType:
        if isinstance(thunk, Awaitable):
            return lambda index: thunk
        if not callable(thunk):
            raise TypeError(
                f"expected functions or awaitables, found {type(thunk).__name__}: odw.parallel([lambda: odw.call(…), …])"
            )
    if accepts(thunk, 0, 1) == 0:
        return lambda index: thunk()
    return cast("Callable[[int], Any]", thunk)


async def _listed(calls: Any, hook: str) -> list[Any]:
    if isinstance(calls, AsyncIterable):
        return [thunk async for thunk in calls]
    if not isinstance(calls, Iterable) or isinstance(calls, str | bytes):
        raise TypeError(f"{hook} expects a list of functions or awaitables, found {type(calls).__name__}")
    return list(calls)
