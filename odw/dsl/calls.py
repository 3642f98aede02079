"""``call(prompt, …)``: one agent call, from a task of the workflow. Contract, section 3."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Coroutine, Generator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, overload

from trio.lowlevel import Abort, checkpoint_if_cancelled, current_task, reschedule, wait_task_rescheduled

from odw.dsl.current import DEADLINES, SCOPE, STEP, current_scope, driver_of
from odw.dsl.errors import AgentFailed, InvalidOption
from odw.dsl.options import CallOptions, contract_options
from odw.dsl.places import Site, call_site, site_in
from odw.runtime.abc import CallOutcome, Failure
from odw.runtime.activity import withdraw_call
from odw.runtime.call import Call
from odw.runtime.call_path import Scope
from odw.runtime.halts import CallHalt
from odw.runtime.primitives.agent import failure_report, start_agent
from odw.runtime.primitives.agent_schema import OptionError

if TYPE_CHECKING:
    from typing import Unpack

    from odw.dsl.driver import Driver
    from odw.dsl.result_types import ResultType

T = TypeVar("T")
# what a call asks: the prompt, the options as the contract spells them, the type to construct
Asked: TypeAlias = "tuple[str, dict[str, Any], ResultType | None]"


@overload
async def call(prompt: str, *, schema: type[T], **options: Unpack[CallOptions]) -> T | None: ...
@overload
async def call(prompt: str, *, schema: Mapping[str, Any] | str, **options: Unpack[CallOptions]) -> Any: ...
@overload
async def call(prompt: str, *, schema: None = None, **options: Unpack[CallOptions]) -> str | None: ...


def call(prompt: str, *, schema: Any = None, **options: Any) -> Coroutine[Any, Any, Any]:
    """Ask an agent. Without ``schema`` its final text; with one the value.

    ``schema`` is a type (a pydantic model, a dataclass, a TypedDict, ``list[…]`` of one, …), a JSON Schema, or the path of one.
    None when the agent failed, unless ``on_failure`` says otherwise. Raises InvalidOption, TypeError; CapReached and
    BudgetExhausted, which are no Exceptions, when no call may be made any more.
    """
    chosen = contract_options(options, "odw.call()") if options else {}
    result: ResultType | None = None
    if schema is not None:
        if isinstance(schema, dict | str):
            chosen["schema"] = schema
        elif isinstance(schema, Mapping):
            chosen["schema"] = dict(schema)
        else:
            from odw.dsl.result_types import result_type

            result = result_type(schema)
    asked = (str(prompt), chosen, result)
    return AgentCall(lambda: asked, call_site(sys._getframe(1)), "odw.call()")


class AgentCall(Coroutine[Any, Any, T]):
    """A call that has not been made. Awaited, it is made and waited for; a fan-out makes it without a task of its own.

    ``ask`` says what is asked; ``hook`` is what the author called, for messages; ``outside`` answers where no workflow runs.
    """

    __slots__ = ("_ask", "_hook", "_outside", "_running", "_site", "_used")

    def __init__(
        self,
        ask: Callable[[], Asked],
        site: Site,
        hook: str,
        outside: Callable[[], Coroutine[Any, Any, T]] | None = None,
    ) -> None:
        self._ask = ask
        self._site = site
        self._hook = hook
        self._outside = outside
        self._used = False
        self._running: Coroutine[Any, Any, T] | None = None

    def __await__(self) -> Generator[Any, Any, T]:
        return self._begin().__await__()

    def start(self, driver: Driver, scope: Scope, wake: Callable[[Waiter], None]) -> Waiter:
        """Make the call in ``scope``; ``wake`` gets the waiter once it has ended. Raises what cannot be asked."""
        self._use()
        waiter = Waiter(driver, scope, self._ask(), self._site)
        waiter.wake = wake
        driver.make_call(scope, waiter.make)
        return waiter

    def _begin(self) -> Coroutine[Any, Any, T]:
        self._use()
        if self._outside is not None and SCOPE.get() is None and STEP.get() is None:
            return self._outside()
        return _make(self._ask, self._site, self._hook)

    def _use(self) -> None:
        if self._used:
            raise RuntimeError("cannot reuse an agent call that was awaited before: make another one")
        self._used = True

    # as a coroutine, for start_soon() and the like

    def send(self, value: Any) -> Any:
        if self._running is None:
            self._running = self._begin()
        return self._running.send(value)

    def throw(self, *error: Any) -> Any:
        if self._running is None:
            self._running = self._begin()
        return self._running.throw(*error)

    def close(self) -> None:
        self._used = True
        if self._running is not None:
            self._running.close()

    def __del__(self) -> None:
        if not self._used:
            line, file = (self._site[0], self._site[2]) if self._site else (0, "<unknown>")
            warnings.warn_explicit(
                f"the call of {self._hook} was never awaited", RuntimeWarning, str(file), int(line)
            )


def ask(
    prompt: str, options: dict[str, Any], result: ResultType | None, site: Site, hook: str
) -> Coroutine[Any, Any, Any]:
    """Make a call and wait for its end; the arguments are those of ``Asked`` and ``AgentCall``."""
    return _make(lambda: (prompt, options, result), site, hook)


async def _make(asked: Callable[[], Asked], site: Site, hook: str) -> Any:
    scope = current_scope(hook)
    await checkpoint_if_cancelled()
    driver = driver_of(scope)
    waiter = Waiter(driver, scope, asked(), site)
    driver.make_call(scope, waiter.make)
    if not waiter.ended:  # else it could not even be made
        task = current_task()
        waiter.wake = lambda _: reschedule(task)
        await wait_task_rescheduled(waiter.abort)
        waiter.wake = None  # they refer to each other: what is no ring needs no collector
    return waiter.outcome()


class Waiter:
    """One call, and what waits for it: ``wake`` is told of its end, which ``outcome`` then is."""

    __slots__ = (
        "_asked",
        "_call",
        "_deadlines",
        "_driver",
        "_end",
        "_given_up",
        "_scope",
        "_site",
        "ended",
        "wake",
    )

    def __init__(self, driver: Driver, scope: Scope, asked: Asked, site: Site) -> None:
        self._driver = driver
        self._scope = scope
        self._asked = asked
        self._site = site
        self._deadlines = DEADLINES.get() if driver.run.replay is not None else ()
        self._given_up = False
        self._call: Call | None = None
        self._end: CallOutcome | BaseException | None = None
        self.wake: Callable[[Waiter], None] | None = None
        self.ended = False

    @property
    def typed(self) -> bool:
        """Whether its outcome takes code of the author's: that of a result type."""
        return self._asked[2] is not None

    def outcome(self) -> Any:
        """The value of a call that has ended. Raises what it ended with."""
        end, made = self._end, self._call
        self._call = None  # a call refers to what waits for it
        if type(end) is CallOutcome:
            if end.failure is None:
                result = self._asked[2]
                return end.value if result is None else result.construct(end.value)
            assert made is not None
            return _failed(self._driver, made, end, end.failure)
        assert isinstance(end, BaseException)
        raise end

    def make(self) -> None:
        """Make the call; what forbids it is its end."""
        prompt, options, result = self._asked
        run = self._driver.run
        if result is not None:
            result.prepare(run, options)
        try:
            self._call = start_agent(
                run, self._scope, prompt, options, self._settle, site_in(self._scope, self._site)
            )
            if self._deadlines and run.anew == (self._scope.path, self._call.serial):
                for deadline in self._deadlines:
                    deadline.reset()
        except OptionError as error:
            kind = TypeError if error.kind == "TypeError" else InvalidOption
            self._over(kind(error.message))
        except CallHalt as halt:
            self._over(halt)

    def _settle(self, call: Call, end: CallOutcome | CallHalt) -> None:
        if not self._given_up:
            self._over(end)

    def _over(self, end: CallOutcome | BaseException) -> None:
        self._end, self.ended = end, True
        if self.wake is not None:
            self.wake(self)

    def give_up(self) -> None:
        """Nobody wants the answer any more: the call is withdrawn."""
        self._given_up = True
        self.wake = None
        driver, call = self._driver, self._call
        if not driver.ending and not driver.withdraw(self.make) and call is not None:
            withdraw_call(driver.run, call)
            if call.order:
                driver.withdrawn.append(call)

    def abort(self, _: Any) -> Abort:
        """The task that waits was cancelled."""
        self.give_up()
        return Abort.SUCCEEDED


def _failed(driver: Driver, call: Call, outcome: CallOutcome, failure: Failure) -> Any:
    message = f"[{call.request.label}] failed: {failure.message}"
    driver.run.log(message)
    if call.on_failure == "null":
        return None
    report = failure_report(call, outcome)
    if call.on_failure == "throw":
        raise AgentFailed(message, failure.category, report)
    return report
