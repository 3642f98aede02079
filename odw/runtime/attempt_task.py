"""The attempts of one call in a task of the run's nursery: executor, deadlines, pauses, worktree.

The task never touches the journal's order of ends: it says how it ended, and the inbox works that off.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import trio

from odw.errors import ExecutorError
from odw.runtime import agent_events, events
from odw.runtime.abc import (
    ABSENT,
    CallOutcome,
    CallRequest,
    Event,
    Failure,
    PlanningExecutor,
    Report,
    Usage,
)
from odw.runtime.call import Call
from odw.runtime.context import RunContext
from odw.runtime.journal.history import usage_of
from odw.runtime.retry import Pause, Step
from odw.runtime.told import told_cost

if TYPE_CHECKING:
    from odw.runtime.redact import Redactor
    from odw.runtime.worktree import Worktrees

FOREVER = float("inf")


class AttemptTask:
    """One call while a task runs it. ``note`` records a step that is no request."""

    __slots__ = ("_call", "_idle", "_note", "_run")

    def __init__(self, run: RunContext, call: Call, note: Callable[[Step], None]) -> None:
        self._run = run
        self._call = call
        self._note = note
        self._idle: trio.CancelScope | None = None

    async def run(self, ended: Callable[[CallOutcome | None], None]) -> None:
        """Try until the call has an outcome; ``ended(None)`` if an order cut it off first."""
        call = self._call
        outcome: CallOutcome | None = None
        try:
            assert call.scope is not None
            with call.scope:
                outcome = await self._attempts()
        finally:
            try:
                if call.worktree is not None:
                    await self._discard()
            finally:  # until here the task is at work: an order must not take the call for idle
                call.scope = None
                self._run.inbox.tasks -= 1
        ended(None if call.order else outcome)

    async def _attempts(self) -> CallOutcome:
        call = self._call
        assert call.steps is not None
        report: Report | None = None
        while True:
            try:
                step = call.steps.send(report)
            except StopIteration as end:
                return await self._with_worktree(end.value)
            report = None
            if isinstance(step, CallRequest):
                report = await self._attempt(step)
                continue
            self._note(step)
            if isinstance(step, Pause):
                if call.worktree is not None:  # what a failed attempt left behind is no base for the next
                    await self._discard()
                await trio.sleep(step.seconds)

    async def _attempt(self, request: CallRequest) -> Report:
        """One try; whatever goes wrong in the executor is a report that carries a failure."""
        run, call = self._run, self._call
        tag = f"{run.tag}.{request.index}.{request.attempt}."
        request = call.trying = request._replace(tag=tag)
        try:
            if call.isolation is not None:
                request = call.trying = request._replace(cwd=await self._open_worktree(call))
            if call.executor.capabilities.processes:
                run.warden.ensure()
                request = request._replace(transcript=run.directory.transcript(tag))
            report = await self._ask(request)
        except Exception as error:  # noqa: BLE001 - the border to executors: whatever they raise is a failed attempt
            report = Report(error=failure_of(error))
        report = run.taken_in(_redacted(report), call.model or request.model)
        if report.usage is None and any(call.streamed):  # cut off, but it had told what it used
            report = report._replace(usage=call.streamed, cost=report.cost or call.streamed_cost)
        call.streamed, call.streamed_cost = Usage(), None
        return report

    async def _ask(self, request: CallRequest) -> Report:
        total, idle = self._call.deadlines
        with (
            trio.move_on_after(FOREVER if total is None else total) as total_scope,
            trio.move_on_after(FOREVER if idle is None else idle) as self._idle,
        ):
            return await self._answer(request)
        if total_scope.cancelled_caught:
            return Report(error=timed_out(total or 0.0))
        return Report(error=Failure("timeout", f"the executor was silent for {idle:g} s", retryable=True))

    async def _answer(self, request: CallRequest) -> Report:
        executor: Any = self._call.executor
        if isinstance(executor, PlanningExecutor):
            planned = executor.plan(request)
            await trio.sleep(planned.delay_ms / 1000)
            return planned.report
        report: Report = await executor.run(request, self._told)
        return report

    def _told(self, event: Event) -> None:
        """The executor tells of its progress: recorded; usage counts at once; silence is over."""
        run, call = self._run, self._call
        event = _hide().json(event)
        if self._idle is not None and call.deadlines.idle is not None:
            self._idle.deadline = trio.current_time() + call.deadlines.idle
        if event.get("type") == "started" and isinstance(event.get("model"), str):
            call.model = event["model"]
        used = event.get("type") == "usage"
        if used:
            usage = usage_of(event.get("usage"))
            cost = run.cost_of(usage, told_cost(event.get("cost")), call.model or call.request.model)
            event = events.usage_told(usage, cost)
        run.emit(events.agent_progress(call.request, call.trying.attempt, event))
        if not used or call.reservation is None:
            return
        call.streamed, call.streamed_cost = usage, cost
        gone = run.ledger.stream(call.reservation, *call.spent())
        if gone and run.options.budget_policy == "cancel":
            run.cancel_in_flight()

    async def _open_worktree(self, call: Call) -> str:
        if call.worktree is None:
            assert call.isolation is not None
            call.worktree = await self._worktrees().open(call.request.path, call.isolation.dirty)
            self._run.emit(events.worktree_start(call.request, call.worktree.branch, call.worktree.base))
        return call.worktree.cwd

    async def _with_worktree(self, outcome: CallOutcome) -> CallOutcome:
        """The outcome of an isolated call: its changes as a patch, whatever became of the call itself."""
        from odw.runtime.worktree_result import attach_worktree

        call = self._call
        if call.worktree is None or call.isolation is None:
            return outcome
        with trio.CancelScope(shield=True):  # paid for: an order that comes now is too late
            worktree, call.worktree = call.worktree, None
            result = await self._worktrees().close(
                worktree, list(call.isolation.allow), list(call.isolation.forbid)
            )
        self._run.emit(events.worktree_done(call.request, worktree.base, result.to_json()))
        if outcome.failure is not None:
            return outcome
        if result.failure is not None:
            return outcome._replace(failure=result.failure)
        return outcome._replace(value=attach_worktree(outcome.value, call.request.schema, result.to_json()))

    async def _discard(self) -> None:
        worktree, self._call.worktree = self._call.worktree, None
        if worktree is not None:
            with trio.CancelScope(shield=True):
                await self._worktrees().discard(worktree)

    def _worktrees(self) -> Worktrees:
        return self._run.worktrees


def _hide() -> Redactor:
    """The redactor, loaded with the first real executor: its patterns take longer to compile than a mock run has."""
    from odw.runtime.redact import redactor

    return redactor()


def _redacted(report: Report) -> Report:
    """The report without keys and tokens: from here on it is recorded, shown, and handed to the script."""
    hide = _hide()
    value = report.value if report.value is ABSENT else hide.json(report.value)
    report = report._replace(
        text=hide.text(report.text), value=value, model=_name(report.model), session=_name(report.session)
    )
    if report.error is None:
        return report
    return report._replace(error=report.error._replace(message=hide.text(report.error.message)))


def _name(name: str | None) -> str | None:
    """A name that an executor's program gave something; None for what is no name, too long or a secret."""
    if not isinstance(name, str) or len(name) > agent_events.NAME_LENGTH or _hide().text(name) != name:
        return None
    return name


def failure_of(error: Exception) -> Failure:
    """What an executor raised, as a failure."""
    if isinstance(error, ExecutorError):
        message = f"{error.message}. {error.hint}" if error.hint else error.message
        return Failure(error.category, message, error.retryable)
    return Failure("crash", f"the executor failed: {type(error).__name__}: {error}", retryable=False)


def timed_out(seconds: float) -> Failure:
    return Failure("timeout", f"no answer within {seconds:g} s", retryable=True)
