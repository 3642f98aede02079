"""One agent call from its slot to its result: the border to executors.

Everything that decides (``retry.attempts``) is a generator; this module drives it in one of two ways. An executor that
plans its answers runs on the inbox's time line; any other runs in a task of the run's nursery. Either way the end of a
call is worked off by the inbox, in call order, and is recorded before the script hears of it.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import cache, partial
from typing import Any, cast

import trio

from odw.errors import ExecutorError
from odw.runtime import events
from odw.runtime.abc import (
    CallOutcome,
    CallRequest,
    Event,
    Executor,
    Failure,
    PlanningExecutor,
    Report,
)
from odw.runtime.context import RunContext
from odw.runtime.halts import BudgetExhausted, CallHalt
from odw.runtime.retry import Invalid, Judge, Pause, RetryPolicy, Step, attempts

Settle = Callable[["Call", "CallOutcome | CallHalt"], None]


class Call:
    """A call that was made. ``settle(call, outcome or halt)`` hands the end to the front end, as one completion."""

    __slots__ = (
        "config",
        "executor",
        "group",
        "judge",
        "on_failure",
        "policy",
        "request",
        "reservation",
        "serial",
        "settle",
        "started",
        "steps",
        "timeout_s",
    )

    def __init__(
        self,
        request: CallRequest,
        executor: Executor,
        policy: RetryPolicy,
        judge: Judge | None,
        config: dict[str, Any],
        on_failure: str,
        group: str,
        timeout_s: float | None,
        serial: int,
    ) -> None:
        self.request = request
        self.executor = executor
        self.policy = policy
        self.judge = judge
        self.config = config
        self.on_failure = on_failure
        self.group = group
        self.timeout_s = timeout_s
        self.serial = serial
        self.started = 0.0
        self.reservation = 0.0
        self.steps: Generator[Step, Report | None, CallOutcome] | None = None
        self.settle: Settle = lambda call, end: None


def start_call(run: RunContext, call: Call, settle: Settle) -> None:
    """Queue a call; ``settle`` is called once, by the front end's own loop, when it has ended."""
    call.settle = settle
    run.inbox.pending += 1
    run.slots.request(partial(_dispatch, run, call))


def _dispatch(run: RunContext, call: Call) -> bool:
    """A slot is free for ``call``: start it, or refuse it if the budget was spent while it waited."""
    try:
        run.ledger.check()
    except BudgetExhausted as halt:
        run.inbox.at(0, call.serial, partial(_refuse, run, call, halt))
        return False
    call.reservation = run.ledger.reserve()
    call.started = run.inbox.now
    request = call.request
    prompt_ref = (
        run.journal.blob(request.prompt, ".txt", False) if len(request.prompt) > events.PREVIEW else None
    )
    run.emit(events.agent_start(request, call.config, call.group, prompt_ref))
    call.steps = attempts(request, call.policy, call.judge)
    if _plans(type(call.executor)):
        _advance(run, call, cast("PlanningExecutor", call.executor), None)
    else:
        assert run.nursery is not None
        run.inbox.tasks += 1
        run.nursery.start_soon(_run_in_task, run, call)
    return True


@cache
def _plans(kind: type[Any]) -> bool:
    """Whether executors of a class are PlanningExecutors; remembered, since asking a Protocol is slow."""
    return issubclass(kind, PlanningExecutor)


def _refuse(run: RunContext, call: Call, halt: CallHalt) -> None:
    run.emit(events.agent_skip(call.request, halt.reason, cached=False))
    run.inbox.hand_out(partial(call.settle, call, halt), durable=False)


def _advance(run: RunContext, call: Call, executor: PlanningExecutor, report: Report | None) -> None:
    """The time line's way: take the report of the last attempt, put the next step on the line."""
    assert call.steps is not None
    try:
        step = call.steps.send(report)
        while type(step) is Invalid:
            _note(run, call, step)
            step = call.steps.send(None)
    except StopIteration as end:
        _finish(run, call, end.value)
        return
    if isinstance(step, Pause):
        _note(run, call, step)
        run.inbox.at(step.seconds * 1000, call.serial, partial(_advance, run, call, executor, None))
        return
    assert isinstance(step, CallRequest)
    try:
        planned = executor.plan(step)
        answer, delay = planned.report, planned.delay_ms
    except Exception as error:  # noqa: BLE001 - the border to executors: whatever they raise is a failed attempt
        answer, delay = Report(error=_failure(error)), 0.0
    if call.timeout_s is not None and delay > call.timeout_s * 1000:
        answer, delay = _timed_out(call), call.timeout_s * 1000
    run.inbox.at(delay, call.serial, partial(_advance, run, call, executor, answer))


async def _run_in_task(run: RunContext, call: Call) -> None:
    """The task's way: await the executor, sleep the pauses; the end arrives at the inbox."""
    assert call.steps is not None
    report: Report | None = None
    try:
        while True:
            step = call.steps.send(report)
            report = None
            if isinstance(step, CallRequest):
                report = await _attempt(run, call, step)
            else:
                _note(run, call, step)
                if isinstance(step, Pause):
                    await trio.sleep(step.seconds)
    except StopIteration as end:
        run.inbox.arrive(call.serial, partial(_finish, run, call, end.value))
    finally:
        run.inbox.tasks -= 1


async def _attempt(run: RunContext, call: Call, request: CallRequest) -> Report:
    emit = partial(_progress, run, call)
    with trio.move_on_after(float("inf") if call.timeout_s is None else call.timeout_s):
        try:
            return await call.executor.run(request, emit)
        except Exception as error:  # noqa: BLE001 - the border to executors: whatever they raise is a failed attempt
            return Report(error=_failure(error))
    return _timed_out(call)


def _failure(error: Exception) -> Failure:
    if isinstance(error, ExecutorError):
        return Failure(error.category, error.message, error.retryable)
    return Failure("crash", f"the executor failed: {type(error).__name__}: {error}", retryable=False)


def _timed_out(call: Call) -> Report:
    return Report(error=Failure("timeout", f"no answer within {call.timeout_s:g} s", retryable=True))


def _progress(run: RunContext, call: Call, event: Event) -> None:
    run.emit({"type": "agent_progress", "index": call.request.index, "event": event})


def _note(run: RunContext, call: Call, step: Pause | Invalid | CallRequest) -> None:
    if isinstance(step, Pause):
        run.emit(events.agent_retry(call.request, step.failure, step.next_attempt, step.seconds))
    elif isinstance(step, Invalid):
        run.emit(events.agent_schema_invalid(call.request, step.attempt, step.problems, step.last))


def _finish(run: RunContext, call: Call, outcome: CallOutcome) -> None:
    """In the inbox: record the end, free the slot, hand it out."""
    run.ledger.settle(call.reservation, outcome)
    event = events.agent_done(
        call.request, outcome, run.inbox.now - call.started, _result_entry(run, outcome.value)
    )
    if len(outcome.attempts) > 1 or outcome.failure is not None or call.judge is not None:
        event["attempts"] = [
            events.attempt_json(attempt, _text_entry(run, attempt.text)) for attempt in outcome.attempts
        ]
    run.emit(event)
    run.slots.release()
    run.inbox.hand_out(partial(call.settle, call, outcome), durable=True)


def _result_entry(run: RunContext, value: Any) -> dict[str, Any]:
    if isinstance(value, str):
        if len(value) > events.INLINE:
            return {"resultRef": run.journal.blob(value, ".txt")}
    elif isinstance(value, dict | list):
        text = _large_json(value)
        if text is not None:
            return {"resultRef": run.journal.blob(text, ".json")}
    return {"result": value}


def _large_json(value: Any) -> str | None:
    from json import dumps

    text = dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text if len(text) > events.INLINE else None


def _text_entry(run: RunContext, text: str) -> dict[str, str]:
    if len(text) > events.INLINE:
        return {"textRef": run.journal.blob(text, ".txt")}
    return {"text": text}
