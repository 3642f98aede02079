"""One run from its directory to its outcome: who opens what, who closes it, and how an ending becomes a status."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from types import FrameType
from typing import Any

import trio

from odw.errors import InternalError, OdwError, UsageError, WorkflowError
from odw.jsonvalue import MAX_DEPTH, too_deep
from odw.runtime import control, events
from odw.runtime.abc import ABSENT, Backend, Clock, EventSink, Program, RunWatcher
from odw.runtime.clock import SystemClock
from odw.runtime.context import RunContext
from odw.runtime.halts import CallHalt, Halt, Interrupted, Parked, SliceExceeded, Stopped
from odw.runtime.options import RunOptions, RunOutcome
from odw.runtime.run_dir import RunDir, new_run_id
from odw.runtime.session import Session
from odw.runtime.sizes import check_result_size
from odw.runtime.slice_guard import signals_become_halts


def run_program(
    program: Program,
    options: RunOptions,
    backend: Backend,
    sink: EventSink | None = None,
    clock: Clock | None = None,
) -> RunOutcome:
    """Run a workflow to its end in a trio loop of its own."""
    with rarer_collections():
        return trio.run(partial(run_program_async, program, options, backend, sink, clock))


@contextmanager
def rarer_collections() -> Iterator[None]:
    """A run keeps what it makes (calls, promises, closures), so collecting at Python's own rate finds little, at length."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


async def run_program_async(
    program: Program,
    options: RunOptions,
    backend: Backend,
    sink: EventSink | None = None,
    clock: Clock | None = None,
) -> RunOutcome:
    """The same inside a trio loop that is there already.

    Raises UsageError when the run cannot be begun: bad args, a directory that cannot be written, a run that another
    process drives. JournalDamaged when there is something wrong with what a resume has to read.
    """
    clock = clock or SystemClock()
    if options.args is not ABSENT and too_deep(options.args):
        raise UsageError(f"the args nest more than {MAX_DEPTH} levels deep")
    name = options.resume_from or options.run_id or new_run_id(clock.wall())
    session = Session(program, options, backend, RunDir(options.project, name), clock)
    run: RunContext | None = None
    token = trio.lowlevel.current_trio_token()

    def on_signal(halt: Interrupted, frame: FrameType | None) -> None:
        # by the time that trio gets to it, the run is there
        token.run_sync_soon(lambda: run.inbox.halt(halt) if run is not None else None)
        if run is not None:
            run.guard.raise_in_slice(halt, frame)

    with signals_become_halts(on_signal):
        session.open()
        run = RunContext(options, backend, session.directory, clock, session.journal, sink)
        if isinstance(sink, RunWatcher):
            sink.attach(run)
        return await _drive(program, run, session)


async def _drive(program: Program, run: RunContext, session: Session) -> RunOutcome:
    """The run between the opening and the closing of what it needs."""
    run.on_status = session.write_status
    commands = control.Control(session.directory.file("control"))
    outcome: RunOutcome | None = None
    with run.guard.installed():
        try:
            session.restore(run)
            commands.open()
            outcome = await _run(program, run, session, commands)
        finally:  # a signal that comes now is too late to change anything
            commands.close()
            run.close()
            outcome = session.close(run, outcome)
    return outcome


async def _run(program: Program, run: RunContext, session: Session, commands: control.Control) -> RunOutcome:
    """Status and result of the program, with its last event recorded."""
    result: Any = None
    ending: BaseException | None = None
    async with trio.open_nursery() as nursery:
        run.nursery = nursery
        nursery.start_soon(commands.serve, partial(control.handle, run))
        try:
            session.announce(run)
            result = await program.run(run)
            check_result_size(result, run.options.max_value_mb)
        except (OdwError, Halt, KeyboardInterrupt) as error:
            ending = error
        except Exception as error:  # noqa: BLE001 - a bug of ours: the run is recorded as failed all the same
            ending = InternalError(f"{type(error).__name__}: {error}")
            ending.__cause__ = error
        if ending is None or isinstance(ending, OdwError):
            end_replays(run)
        if ending is not None:
            ending = await _wind_down(run, ending)
        running = run.ledger.in_flight
        if ending is not None:
            run.fold.census.dropped += running
        nursery.cancel_scope.cancel()
    if running:
        _book_stopped(run)
        calls = "agent call was" if running == 1 else "agent calls were"
        run.note(
            f"{running} {calls} still running at the end of the workflow and {'was' if running == 1 else 'were'} stopped"
        )
    return _outcome(program, run, result, ending)


def _book_stopped(run: RunContext) -> None:
    """What calls that were stopped at the end had told of their usage was spent too."""
    for call in list(run.calls.values()):
        if call.reservation is not None and call.dispatched:
            usage, cost = call.spent()
            run.ledger.settle(call.reservation, usage, cost, approximate=True)


def end_replays(run: RunContext) -> None:
    """The script has ended by itself: recorded ends that came together with its last one are recorded here too, so that this
    session has the ends that the first one had."""
    run.slots.paused = True
    run.slots.drop_queue()
    run.inbox.drain()


async def _wind_down(run: RunContext, ending: BaseException) -> BaseException:
    """No call starts any more; those in flight are paid for, so they may end and are recorded.

    After a signal or a stop they get the grace, after a halt of the run's own (budget, cap, quota, a full disk) all the time they
    need, until a signal comes. The ending that counts is returned.
    """
    run.slots.paused = True
    run.slots.drop_queue()
    run.fold.census.dropped += sum(call.waits for call in run.calls.values())
    hasty = isinstance(ending, Interrupted | Stopped)
    if not (hasty or isinstance(ending, CallHalt | Parked)) or not run.ledger.in_flight:
        return ending
    count = run.ledger.in_flight
    calls = "1 call" if count == 1 else f"{count} calls"
    limit = f" for up to {run.options.grace_s:g} s" if hasty else "; Ctrl-C gives them up"
    run.note(f"waiting for {calls} in flight{limit}")
    first = run.inbox.halted

    def unfinished() -> bool:
        # another halt of the run's own, such as an open circuit, is no reason to give up what is paid for
        told = run.inbox.halted is not first and isinstance(run.inbox.halted, Interrupted | Stopped)
        return run.ledger.in_flight > 0 and (hasty or not told)

    with trio.move_on_after(run.options.grace_s if hasty else float("inf")):
        try:
            run.journal.flush()
            await run.inbox.settle(unfinished)
        except (
            Parked
        ) as parked:  # the disk, in the middle of it; what is in memory is saved at the end, if it can be
            return parked
    if run.inbox.halted is not first and isinstance(run.inbox.halted, Interrupted | Stopped):
        return run.inbox.halted
    return ending


def _outcome(program: Program, run: RunContext, result: Any, ending: BaseException | None) -> RunOutcome:
    directory = run.directory
    status, error = _status(ending)
    census = run.fold.census.to_json()
    if error is None:
        run.emit(events.workflow_done(program.name, result, run.agents, census))
    else:
        report = getattr(error, "report", "")
        facts: dict[str, Any] = {
            "code": getattr(error, "code", status),
            "calls": run.agents,
            "census": census,
        }
        if report:
            facts["report"] = report
        if isinstance(ending, Interrupted):
            facts["signal"] = ending.signal_number
        run.emit(events.workflow_error(program.name, status, error.message, **facts))
    return RunOutcome(
        status, result if error is None else None, error, directory.run_id, directory.path, census,
        run.options.fail_on, run.fold.patches,
    )  # fmt: skip


def _status(ending: BaseException | None) -> tuple[str, OdwError | None]:
    if ending is None:
        return "completed", None
    if isinstance(ending, OdwError):
        return "failed", ending
    if isinstance(ending, SliceExceeded):
        return "failed", WorkflowError(ending.reason, report=str(ending.place or ""), code="slice_exceeded")
    if isinstance(ending, Halt):
        code = ending.code if isinstance(ending, Parked) else _CODES.get(type(ending).__name__, ending.status)
        return ending.status, WorkflowError(ending.reason, code=code)
    if isinstance(ending, KeyboardInterrupt):
        return "interrupted", WorkflowError("interrupted", code="interrupted")
    raise InternalError(f"a run ended with {type(ending).__name__}")


_CODES = {"CapReached": "agent_cap", "BudgetExhausted": "budget_exhausted"}
