"""``@step``: an effect of the workflow's own that runs once and replays after; ``now()``, ``random()`` and ``uuid()``, which are drawn once.

A step is identified like a call: by its name and arguments and, among equal ones, by its place. Its result is on disk before the
workflow sees it. Killed in the middle, it runs again on resume.
"""

from __future__ import annotations

import inspect
import random as random_module
import uuid as uuid_module
from collections.abc import Awaitable, Callable, Coroutine
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import partial, update_wrapper
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar, overload

from trio.lowlevel import Abort, current_task, reschedule, wait_task_rescheduled

from odw.dsl.border import message_of
from odw.dsl.current import SCOPE, STEP, current_scope, driver_of
from odw.dsl.json_values import to_json
from odw.dsl.signatures import returns_text
from odw.jsonvalue import JsonValue, content_hash
from odw.runtime import events
from odw.runtime.abc import ABSENT, Event
from odw.runtime.context import RunContext
from odw.runtime.journal.history import ResultLost, result_of

if TYPE_CHECKING:
    from odw.dsl.result_types import ResultType

P = ParamSpec("P")
T = TypeVar("T")

Runner = Callable[["Step[Any, Any]", tuple[Any, ...], dict[str, Any]], Awaitable[Any]]
RUNNER: ContextVar[Runner | None] = ContextVar("odw_step_runner", default=None)  # runs the bodies, in tests


class Step(Generic[P, T]):
    """A ``@step`` function. Outside a run, calling it is a plain call."""

    def __init__(self, fn: Callable[..., Any], name: str | None, rehearse: Any) -> None:
        update_wrapper(self, fn)
        self._fn = fn
        self._name = name or fn.__name__
        self._signature = inspect.signature(fn)
        self._rehearse = rehearse
        self._result: ResultType | None = None
        self._typed = False

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> Coroutine[Any, Any, T]:
        return self._call(args, kwargs)

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        """As a method: the instance is the first argument, and part of what identifies the step."""
        return self if instance is None else partial(self, instance)

    async def _call(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
        if SCOPE.get() is None:
            plain_result: T = await self.body(args, kwargs)
            return plain_result
        place = _Place(self._name, self._arguments(args, kwargs))
        value: Any
        recorded = place.recorded()
        if recorded is not None:
            value = await place.replayed(recorded)
        elif place.run.unmatched is not None:
            value = await self._stand_in(place, args, kwargs)
        else:
            value = await self._effect(place, args, kwargs)
        result = self._result_type()
        typed: T = value if result is None else result.construct(value)
        return typed

    async def _effect(self, place: _Place, args: tuple[Any, ...], kwargs: dict[str, Any]) -> JsonValue:
        clock = place.run.clock
        begun = clock.monotonic()
        scope, step = SCOPE.set(None), STEP.set(self._name)
        try:
            value = await (RUNNER.get() or Step.body)(self, args, kwargs)
            converted = to_json(value, f"the result of the step {self._name}")
        except Exception as error:
            place.failed(message_of(error))
            raise
        finally:
            SCOPE.reset(scope)
            STEP.reset(step)
        return await place.done(converted, (clock.monotonic() - begun) * 1000)

    async def _stand_in(self, place: _Place, args: tuple[Any, ...], kwargs: dict[str, Any]) -> JsonValue:
        """In a rehearsal nothing has an effect: ``rehearse`` stands in, or the workflow waits here."""
        if self._rehearse is not ABSENT:
            value = self._rehearse(*args, **kwargs) if callable(self._rehearse) else self._rehearse
            return to_json(value, f"what stands in for the step {self._name}")
        if place.run.options.dry_run:
            raise RuntimeError(
                f"the step {self._name} is not run in a dry run: say what stands in for it with @odw.step(rehearse=…)"
            )
        await place.never()
        raise AssertionError("unreachable")

    @property
    def name(self) -> str:
        return self._name

    async def body(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Run the function itself."""
        value = self._fn(*args, **kwargs)
        return await value if isinstance(value, Awaitable) else value

    def _arguments(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> JsonValue:
        bound = self._signature.bind(*args, **kwargs)
        bound.apply_defaults()
        return to_json(dict(bound.arguments), f"the arguments of the step {self._name}")

    def _result_type(self) -> ResultType | None:
        if not self._typed:
            if not returns_text(self._fn):
                from odw.dsl.result_types import result_type, return_type

                self._result = result_type(return_type(self._fn))
            self._typed = True
        return self._result


class _Place:
    """One use of a step, or of a drawn value, in the structure of the workflow."""

    def __init__(self, name: str, arguments: JsonValue) -> None:
        scope = current_scope(name if name.startswith("odw.") else f"the step {name}")
        self.run: RunContext = driver_of(scope).run
        key = content_hash({"step": name, "args": arguments})
        self._facts = (name, key, scope.next("s"), self.run.nth_equal(scope.path, key))

    def recorded(self) -> Event | None:
        if self.run.replay is None:
            return None
        _, key, path, nth = self._facts
        return self.run.replay.step(key, path, nth)

    async def replayed(self, recorded: Event) -> JsonValue:
        """The recorded result, when the recorded order says so. Raises RuntimeError when its file is gone."""
        value = self.read(recorded)
        inbox = self.run.inbox
        hand = _Hand(self.run)

        def end() -> None:
            self.run.emit(events.step_replayed(*self._facts, recorded))
            inbox.hand_out(hand.give, durable=False)

        inbox.replay(recorded["seq"], end)
        await hand.wait()
        return value

    def read(self, recorded: Event) -> JsonValue:
        try:
            value: JsonValue = result_of(recorded, self.run.directory.path)
        except ResultLost as lost:
            raise RuntimeError(f"the recorded result of {self._facts[0]} cannot be read: {lost}") from None
        return value

    async def done(self, value: JsonValue, duration_ms: float) -> JsonValue:
        """Record the result; returns once it is on disk, and when its turn has come."""
        inbox = self.run.inbox
        hand = _Hand(self.run)

        def end() -> None:
            entry = events.result_entry(self.run.journal, value)
            self.run.emit(events.step_done(*self._facts, entry, duration_ms))
            inbox.hand_out(hand.give, durable=True)

        inbox.arrive(inbox.next_serial(), end)
        await hand.wait()
        return value

    def failed(self, message: str) -> None:
        self.run.emit(events.step_failed(*self._facts, message))

    def drawn(self, draw: Callable[[], JsonValue]) -> JsonValue:
        """A value that takes no time: the recorded one, else a new one. It is on disk before any result that follows from it."""
        recorded = self.recorded()
        if recorded is not None:
            self.run.emit(events.step_replayed(*self._facts, recorded))
            return self.read(recorded)
        value = draw()
        self.run.emit(events.step_done(*self._facts, {"result": value}))
        return value

    async def never(self) -> None:
        await _Hand(self.run).wait()


class _Hand:
    """A task that waits for one completion of the inbox."""

    __slots__ = ("_task",)

    def __init__(self, run: RunContext) -> None:
        run.inbox.pending += 1
        self._task: Any = current_task()

    def give(self) -> None:
        if self._task is not None:
            reschedule(self._task)

    async def wait(self) -> None:
        await wait_task_rescheduled(self._abort)

    def _abort(self, _: Any) -> Abort:
        self._task = None
        return Abort.SUCCEEDED


@overload
def step(fn: Callable[P, Awaitable[T]], /) -> Step[P, T]: ...
@overload
def step(
    *, name: str | None = None, rehearse: Any = ...
) -> Callable[[Callable[P, Awaitable[T]]], Step[P, T]]: ...


def step(fn: Any = None, /, *, name: str | None = None, rehearse: Any = ABSENT) -> Any:
    """Make a function a step: it runs once, its result (JSON, made from and into the return type) is recorded and replays.

    A renamed function keeps its records with ``name``. ``rehearse`` (a value, or a function of the same arguments) stands in for
    it where nothing may have an effect: dry runs and ``odw resume --check``.
    """
    if fn is not None:
        return Step(fn, name, rehearse)
    return lambda function: Step(function, name, rehearse)


def now() -> datetime:
    """The time, in UTC, as it was when the workflow first asked here."""
    place = _Place("odw.now", None)
    return datetime.fromtimestamp(float(str(place.drawn(lambda: round(place.run.clock.wall(), 6)))), UTC)


def random() -> float:
    """A number from 0.0 up to 1.0, drawn once."""
    return float(str(_Place("odw.random", None).drawn(random_module.SystemRandom().random)))


def uuid() -> str:
    """A random UUID as text, drawn once."""
    return str(_Place("odw.uuid", None).drawn(lambda: str(uuid_module.uuid4())))
