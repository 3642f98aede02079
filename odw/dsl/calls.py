"""``call(prompt, …)``: one agent call, from a task of the workflow. Contract, section 3."""

from __future__ import annotations

import sys
from collections.abc import Coroutine, Mapping
from typing import TYPE_CHECKING, Any, TypeVar, overload

from trio.lowlevel import Abort, checkpoint_if_cancelled, current_task, reschedule, wait_task_rescheduled

from odw.dsl.current import DEADLINES, current_scope, driver_of
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
    return ask(str(prompt), chosen, result, call_site(sys._getframe(1)), "odw.call()")


async def ask(prompt: str, options: dict[str, Any], result: ResultType | None, site: Site, hook: str) -> Any:
    """Make the call and wait for its end; ``options`` as the contract spells them, ``result`` the type to construct.

    ``hook`` is what the author called, for messages.
    """
    scope = current_scope(hook)
    await checkpoint_if_cancelled()
    driver = driver_of(scope)
    if result is not None:
        result.prepare(driver.run, options)
    waiter = Waiter(driver, scope, prompt, options, site)
    driver.make_call(scope, waiter.make)
    if not waiter.ended:  # else it could not even be made
        await wait_task_rescheduled(waiter.abort)
    end, made = waiter.end, waiter.call
    waiter.call = None  # they refer to each other: what is no ring needs no collector
    if type(end) is CallOutcome:
        if end.failure is None:
            return end.value if result is None else result.construct(end.value)
        assert made is not None
        return _failed(driver, made, end, end.failure)
    assert isinstance(end, BaseException)
    raise end


class Waiter:
    """One call and the task that waits for it."""

    __slots__ = (
        "_deadlines",
        "_driver",
        "_options",
        "_prompt",
        "_scope",
        "_site",
        "_task",
        "_waits",
        "call",
        "end",
        "ended",
    )

    def __init__(
        self, driver: Driver, scope: Scope, prompt: str, options: dict[str, Any], site: Site
    ) -> None:
        self._driver = driver
        self._scope = scope
        self._prompt = prompt
        self._options = options
        self._site = site
        self._task = current_task()
        self._deadlines = DEADLINES.get() if driver.run.replay is not None else ()
        self._waits = True
        self.call: Call | None = None
        self.end: CallOutcome | BaseException | None = None
        self.ended = False

    def make(self) -> None:
        """Make the call; what forbids it is its end."""
        try:
            self.call = start_agent(
                self._driver.run,
                self._scope,
                self._prompt,
                self._options,
                self._settle,
                site_in(self._scope, self._site),
            )
            if self._deadlines and self._driver.run.anew == (self._scope.path, self.call.serial):
                for deadline in self._deadlines:
                    deadline.reset()
        except OptionError as error:
            kind = TypeError if error.kind == "TypeError" else InvalidOption
            self._refused(kind(error.message))
        except CallHalt as halt:
            self._refused(halt)

    def _refused(self, error: BaseException) -> None:
        self.end, self.ended = error, True
        if current_task() is not self._task:
            reschedule(self._task)

    def _settle(self, call: Call, end: CallOutcome | CallHalt) -> None:
        if self._waits:
            self.end, self.ended = end, True
            reschedule(self._task)

    def abort(self, _: Any) -> Abort:
        """The task was cancelled: nobody wants the answer any more."""
        self._waits = False
        if not self._driver.ending and not self._driver.withdraw(self.make) and self.call is not None:
            withdraw_call(self._driver.run, self.call)
            if self.call.order:
                self._driver.withdrawn.append(self.call)
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
