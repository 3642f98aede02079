"""One agent call from its slot to its result: the border to executors.

Everything that decides (``retry.attempts``) is a generator, driven in one of two ways. An executor that plans its answers runs
on the inbox's time line; any other runs in a task of the run's nursery (``attempt_task.py``). Either way the end of a call
is worked off by the inbox, in call order, and is recorded before the script hears of it.
"""

from __future__ import annotations

from functools import cache, partial
from typing import Any, cast

import trio

from odw.runtime import events
from odw.runtime.abc import CallOutcome, CallRequest, Failure, PlanningExecutor, Report, Usage
from odw.runtime.attempt_task import AttemptTask, failure_of, timed_out
from odw.runtime.call import CANCEL, RESTART, SKIP, WITHDRAW, Call, Settle
from odw.runtime.context import RunContext
from odw.runtime.halts import BudgetExhausted, CallHalt
from odw.runtime.journal.history import Recorded
from odw.runtime.retry import Invalid, Pause, Step, attempts

WITHDRAWN = "withdrawn by the workflow"


def start_call(run: RunContext, call: Call, settle: Settle) -> None:
    """Queue a call; ``settle`` is called once, by the front end's own loop, when it has ended."""
    call.settle = settle
    call.made = run.inbox.now
    run.inbox.pending += 1
    run.calls[call.request.index] = call
    call.waits = True
    phase = run.ledger.lane(call.request.phase)
    run.slots.request(partial(_dispatch, run, call), phase, call.request.runtime)


def replay_call(run: RunContext, call: Call, recorded: Recorded, value: Any, settle: Settle) -> None:
    """A call that an earlier session ended: its end comes when the recorded order says so, and waits for nothing.

    Until then it stands in the queue and takes its slot like any other: those behind it start when they would have started.
    """
    call.settle = settle
    run.inbox.pending += 1
    phase = run.ledger.lane(call.request.phase)
    run.slots.request(partial(_stand_in, call), phase, call.request.runtime)
    end = partial(_end_replayed, run, call, recorded, value)
    run.inbox.replay(recorded.seq, end, recorded.event.get("at"))


def _stand_in(call: Call) -> bool:
    """A slot is free for a call that replays, unless its end has come already."""
    call.stands_in = not call.ended
    return call.stands_in


def _dispatch(run: RunContext, call: Call) -> bool:
    """A slot is free for ``call``: start it, or refuse it if the budget was spent while it waited."""
    call.waits = False
    if call.ended or call.order:  # someone gave it up while it waited
        return False
    request = call.request
    halt = run.ledger.exhausted(request.phase, request.runtime)
    if halt is not None:
        run.inbox.at(0, call.serial, partial(_refuse, run, call, halt))
        return False
    call.reservation = run.ledger.reserve(request.phase, request.runtime)
    call.started = run.inbox.now
    long = len(request.prompt) > events.PREVIEW
    prompt_ref = run.journal.blob(request.prompt, ".txt", False) if long else None
    if run.journal.failed:  # the run is about to park: what is not recorded must not begin
        run.ledger.refund(call.reservation)
        call.reservation = None
        run.slots.paused = call.waits = True
        return False
    waited = call.started - call.made
    run.emit(events.agent_start(request, call.config, call.group, prompt_ref, waited))
    _begin(run, call)
    return True


def _begin(run: RunContext, call: Call) -> None:
    call.steps = attempts(call.trying, call.policy, call.judge, call.done)
    if _plans(type(call.executor)) and call.isolation is None:
        _advance(run, call, None)
        return
    assert run.nursery is not None
    run.inbox.task_begins()
    call.scope = trio.CancelScope()  # made here, so that an order can come before the task's first step
    task = AttemptTask(run, call, partial(note_step, run, call))
    run.nursery.start_soon(task.run, partial(_task_ended, run, call))


@cache
def _plans(kind: type[Any]) -> bool:
    """Whether executors of a class are PlanningExecutors; remembered, since asking a Protocol is slow."""
    return issubclass(kind, PlanningExecutor)


def _refuse(run: RunContext, call: Call, halt: CallHalt) -> None:
    if call.ended:
        return
    _forget(run, call)
    run.emit(events.agent_refused(call.request, halt.reason))
    run.inbox.hand_out(partial(call.settle, call, halt), durable=False)


def _advance(run: RunContext, call: Call, report: Report | None) -> None:
    """The time line's way: take the report of the last attempt, put the next step on the line."""
    assert call.steps is not None
    # a recorded end may have moved the inbox's now past the moment that this stands at
    since = call.entry.due if call.entry is not None else run.inbox.now
    try:
        step = call.steps.send(report)
        while type(step) is Invalid:
            note_step(run, call, step)
            step = call.steps.send(None)
    except StopIteration as end:
        _finish(run, call, end.value)
        return
    if isinstance(step, Pause):
        note_step(run, call, step)
        call.entry = run.inbox.at(step.seconds * 1000, call.serial, partial(_advance, run, call, None), since)
        return
    assert isinstance(step, CallRequest)
    call.trying = step
    try:
        planned = cast("PlanningExecutor", call.executor).plan(step)
        answer, delay = run.taken_in(planned.report, call.model or step.model), planned.delay_ms
    except Exception as error:  # noqa: BLE001 - the border to executors: whatever they raise is a failed attempt
        answer, delay = Report(error=failure_of(error)), 0.0
    total = call.deadlines.total
    if total is not None and delay > total * 1000:
        answer, delay = Report(error=timed_out(total)), total * 1000
    call.entry = run.inbox.at(delay, call.serial, partial(_advance, run, call, answer), since)


def note_step(run: RunContext, call: Call, step: Step) -> None:
    """Record why the next attempt is made, or that there is none."""
    if isinstance(step, Pause):
        ended = call.done[-1]
        run.emit(events.agent_retry(call.request, step.failure, step.next_attempt, step.seconds, ended))
    elif isinstance(step, Invalid):
        run.emit(events.agent_schema_invalid(call.request, call.done[-1], step.last))


def _task_ended(run: RunContext, call: Call, outcome: CallOutcome | None) -> None:
    """From the task: None when someone's order cut it off."""
    if outcome is not None:
        call.arrived = True
        run.inbox.arrive(call.serial, partial(_finish, run, call, outcome))
    else:
        run.inbox.arrive(call.serial, partial(_obey, run, call))


def _finish(run: RunContext, call: Call, outcome: CallOutcome) -> None:
    """In the inbox: record the end, free the slot, hand it out."""
    if call.ended:
        return
    outcome = run.approximated(outcome)
    request = call.request
    event = events.agent_done(
        request, outcome, run.inbox.now - call.started, events.result_entry(run.journal, outcome.value)
    )
    if len(outcome.attempts) > 1 or outcome.failure is not None or call.judge is not None:
        event["attempts"] = [events.attempt_json(attempt, run.journal) for attempt in outcome.attempts]
    if run.inbox.moment is not None:
        event["at"] = run.inbox.moment
    run.emit(event)
    halt = run.breaker.note(request.runtime, outcome.failure)
    if halt is not None:
        run.slots.paused = True  # before the slot of this call goes to the next one
        run.inbox.halt(halt)
    _settle_ledger(run, call, outcome.usage, outcome.cost, outcome.approximate)
    run.inbox.hand_out(partial(_deliver, run, call, outcome, outcome.usage, outcome.cost), durable=True)


def _settle_ledger(
    run: RunContext, call: Call, usage: Usage, cost: float | None, approximate: bool = False
) -> None:
    """Book what a call that was dispatched came to, free its slot."""
    _forget(run, call)
    if call.reservation is None:
        return
    run.ledger.settle(call.reservation, usage, cost, approximate)
    call.reservation = None
    if run.options.budget_policy == "cancel" and run.ledger.exhausted(
        call.request.phase, call.request.runtime
    ):
        cancel_in_flight(run)
    run.slots.release(call.request.runtime)


def _forget(run: RunContext, call: Call) -> None:
    call.ended = True
    run.calls.pop(call.request.index, None)


def _deliver(
    run: RunContext,
    call: Call,
    end: CallOutcome | CallHalt,
    usage: Usage,
    cost: float | None,
    recorded: Recorded | None = None,
) -> None:
    """The script gets the end; only now does its budget show what was spent, so that a replay shows it alike.

    What was spent in vain before a ``recorded`` end is shown with that; a recorded failure, which only a re-enactment hands
    out, is itself such spending.
    """
    phase, runtime = call.request.phase, call.request.runtime
    if recorded is None:
        run.ledger.show(phase, runtime, usage, cost)
        run.ledger.reveal()
    elif recorded.final:
        run.ledger.show(phase, runtime, usage, cost)
        run.ledger.reveal(recorded.seq)
    else:
        run.ledger.reveal(recorded.seq + 1)
    call.settle(call, end)


def _end_replayed(run: RunContext, call: Call, recorded: Recorded, value: Any) -> None:
    usage, cost = recorded.usage, recorded.cost
    run.emit(events.agent_replayed(call.request, recorded.event, call.group))
    call.ended = True
    if call.stands_in:
        run.slots.release(call.request.runtime)
    end: CallOutcome | CallHalt
    if recorded.halt is not None:
        end = BudgetExhausted.recorded(recorded.halt)
    else:
        tried = events.attempts_of(recorded.event)
        end = CallOutcome(value, recorded.failure, tried, usage, cost, recorded.event.get("model"))
    run.inbox.hand_out(partial(_deliver, run, call, end, usage, cost, recorded), durable=False)


def skip_call(run: RunContext, call: Call) -> None:
    """Give a call up: the script gets null for it, now and on every resume."""
    _order(run, call, SKIP)


def withdraw_call(run: RunContext, call: Call) -> None:
    """The workflow waits for a call no longer (a race is lost, a deadline has passed): end it. A resume that asks runs it again."""
    _order(run, call, WITHDRAW)


def retry_call(run: RunContext, call: Call) -> str:
    """Start a running call over; what its attempt spent counts, the attempt does not. Returns why not, or ""."""
    if call.ended or call.arrived:
        return "it has ended"
    if not call.dispatched:
        return "it waits for a slot and has not started"
    _order(run, call, RESTART)
    return ""


def cancel_in_flight(run: RunContext) -> None:
    """The budget is spent: end every call that runs. They run again when the run is resumed with more."""
    for call in list(run.calls.values()):
        request = call.request
        if call.dispatched and run.ledger.exhausted(request.phase, request.runtime):
            _order(run, call, CANCEL)


def _order(run: RunContext, call: Call, order: str) -> None:
    if (
        call.ended
        or call.arrived
        or call.order in (SKIP, CANCEL, WITHDRAW)
        or call.request.index not in run.calls
    ):
        return
    call.order = order
    if call.scope is not None:
        call.scope.cancel()
        return
    if call.entry is not None:
        run.inbox.take_back(call.entry)
        call.entry = None
    run.inbox.at(0, call.serial, partial(_obey, run, call))
    run.inbox.wake()


def _obey(run: RunContext, call: Call) -> None:
    """In the inbox, when nothing of the call runs any more."""
    if call.ended or not call.order:
        return
    order, call.order = call.order, ""
    usage, cost = call.spent()
    request = call.request
    if order == RESTART:
        cut = Failure("cancelled", "started over by hand", retryable=True)
        ended = events.cut_attempt(call.trying, call.streamed, call.streamed_cost, cut)
        call.done.append(ended)
        call.streamed, call.streamed_cost = Usage(), None
        run.emit(events.agent_retry(request, cut, call.trying.attempt, 0.0, ended))
        _begin(run, call)
        return
    if order == WITHDRAW and not call.dispatched:
        _forget(run, call)
        run.emit(events.agent_refused(request, WITHDRAWN))
        run.inbox.hand_out(partial(call.settle, call, CallOutcome(None, None)), durable=False)
        return
    if order == SKIP:
        run.emit(events.agent_given_up(request, usage, cost))
        end: CallOutcome | CallHalt = CallOutcome(None, None, tuple(call.done), usage, cost)
    else:
        end, why = _cut_off(run, call, order)
        failure = Failure("cancelled", why, retryable=True)
        outcome = CallOutcome(None, failure, tuple(call.done), usage, cost)
        event = events.agent_done(request, outcome, run.inbox.now - call.started, {})
        run.emit({**event, **({"halt": end.reason} if isinstance(end, CallHalt) else {"withdrawn": True})})
    _settle_ledger(run, call, usage, cost)
    run.inbox.hand_out(partial(_deliver, run, call, end, usage, cost), durable=True)


def _cut_off(run: RunContext, call: Call, order: str) -> tuple[CallOutcome | CallHalt, str]:
    """What a call comes to that was ended by CANCEL or WITHDRAW, and why."""
    if order == WITHDRAW:
        return CallOutcome(None, None), WITHDRAWN
    halt = run.ledger.exhausted(call.request.phase, call.request.runtime)
    end = halt or BudgetExhausted.recorded("workflow budget exhausted")
    return end, f"cut off: {end.reason}"
