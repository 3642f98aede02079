"""One run from its directory to its outcome: who opens what, who closes it, and how an ending becomes a status."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import trio

import odw
from odw.errors import InternalError, OdwError, UsageError, WorkflowError
from odw.jsonvalue import MAX_DEPTH, content_hash, too_deep
from odw.runtime import events
from odw.runtime.abc import ABSENT, Backend, Clock, EventSink, Program
from odw.runtime.clock import SystemClock
from odw.runtime.context import RunContext
from odw.runtime.halts import CallHalt, Halt, Interrupted, Parked, SliceExceeded
from odw.runtime.journal.writer import JournalWriter
from odw.runtime.options import RunOptions, RunOutcome
from odw.runtime.run_dir import RunDir, iso_time, new_run_id
from odw.runtime.slice_guard import signals_become_halts

PRETTY_AGENTS = 200  # state.json is indented up to this many agents


def run_program(
    program: Program,
    options: RunOptions,
    backend: Backend,
    sink: EventSink | None = None,
    clock: Clock | None = None,
) -> RunOutcome:
    """Run a workflow to its end in a trio loop of its own."""
    with _rarer_collections():
        return trio.run(partial(run_program_async, program, options, backend, sink, clock))


@contextmanager
def _rarer_collections() -> Iterator[None]:
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
    """The same inside a trio loop that is there already."""
    clock = clock or SystemClock()
    if options.args is not ABSENT and too_deep(options.args):
        raise UsageError(f"the args nest more than {MAX_DEPTH} levels deep")
    directory = RunDir(options.project, options.run_id or new_run_id(clock.wall()))
    directory.create()
    facts = _facts(program, options, backend, directory, clock)
    directory.write_json("run.json", facts)
    directory.point_latest()
    journal = JournalWriter(directory.file("events.jsonl"), directory.file("nodes"), clock)
    run = RunContext(options, backend, directory, clock, journal, sink)
    token = trio.lowlevel.current_trio_token()
    try:
        with (
            run.guard.installed(),
            signals_become_halts(run.guard, lambda halt: token.run_sync_soon(run.inbox.halt, halt)),
        ):
            outcome = await _run(program, run)
    finally:
        journal.close()
    ended = iso_time(clock.wall())
    state = run.fold.snapshot(run.budget_json(), ended)
    directory.write_json("state.json", state, indent=2 if run.agents <= PRETTY_AGENTS else None)
    directory.write_json(
        "run.json", {**facts, "status": outcome.status, "endedAt": ended, "census": outcome.census}
    )
    return outcome


async def _run(program: Program, run: RunContext) -> RunOutcome:
    """Status and result of the program, with its last event recorded."""
    run.emit(
        events.workflow_start(
            program.name,
            run.directory.run_id,
            run.backend.name,
            f"{run.directory.shown}/events.jsonl",
            script=program.file,
            odw=odw.__version__,
        )
    )
    result: Any = None
    ending: BaseException | None = None
    async with trio.open_nursery() as nursery:
        run.nursery = nursery
        try:
            result = await program.run(run)
        except (OdwError, Halt, KeyboardInterrupt) as error:
            ending = error
            if isinstance(error, CallHalt):
                ending = await _let_finish(run) or error
        except Exception as error:  # noqa: BLE001 - a bug of ours: the run is recorded as failed all the same
            ending = InternalError(f"{type(error).__name__}: {error}")
            ending.__cause__ = error
        running = run.ledger.in_flight
        nursery.cancel_scope.cancel()
    if running:
        calls = "agent call was" if running == 1 else "agent calls were"
        run.note(
            f"{running} {calls} still running at the end of the workflow and {'was' if running == 1 else 'were'} stopped"
        )
    return _outcome(program, run, result, ending)


async def _let_finish(run: RunContext) -> Halt | None:
    """After a cap or a spent budget: the calls in flight are paid for, so they end and are recorded."""
    run.fold.census.dropped += run.slots.drop_queue()
    try:
        while run.ledger.in_flight:
            await run.inbox.next()
    except Halt as halt:
        return halt
    return None


def _outcome(program: Program, run: RunContext, result: Any, ending: BaseException | None) -> RunOutcome:
    directory = run.directory
    status, error = _status(ending)
    resume = f"odw resume {directory.run_id}"
    hint = f"Resume it with: {resume}" if status in ("parked", "interrupted", "stopped") else ""
    if error is None:
        run.emit(events.workflow_done(program.name, result, run.fold.census.to_json()))
    else:
        report = getattr(error, "report", "")
        facts: dict[str, Any] = {"code": getattr(error, "code", status)}
        if report:
            facts["report"] = report
        if isinstance(ending, Interrupted):
            facts["signal"] = ending.signal_number
        run.emit(events.workflow_error(program.name, status, error.message, **facts))
    return RunOutcome(
        status, result if error is None else None, error, directory.run_id, directory.path,
        run.fold.census.to_json(), hint,
    )  # fmt: skip


def _status(ending: BaseException | None) -> tuple[str, OdwError | None]:
    if ending is None:
        return "completed", None
    if isinstance(ending, OdwError):
        return "failed", ending
    if isinstance(ending, SliceExceeded):
        return "failed", WorkflowError(ending.reason, report=str(ending.place or ""), code="slice_exceeded")
    if isinstance(ending, Halt):
        code = (
            "journal_failed"
            if isinstance(ending, Parked)
            else _CODES.get(type(ending).__name__, ending.status)
        )
        return ending.status, WorkflowError(ending.reason, code=code)
    if isinstance(ending, KeyboardInterrupt):
        return "interrupted", WorkflowError("interrupted", code="interrupted")
    raise InternalError(f"a run ended with {type(ending).__name__}")


_CODES = {"CapReached": "agent_cap", "BudgetExhausted": "budget_exhausted"}


def _facts(
    program: Program, options: RunOptions, backend: Backend, directory: RunDir, clock: Clock
) -> dict[str, Any]:
    """run.json: what was started, when, with what; ``script.js`` and ``args.json`` are written beside it."""
    suffix = os.path.splitext(program.file)[1] or ".js"  # noqa: PTH122
    script_hash = directory.write_text(f"script{suffix}", program.source)
    given = options.args is not ABSENT
    if given:
        directory.write_json("args.json", options.args)
    return {
        "v": 1,
        "runId": directory.run_id,
        "name": program.name,
        "status": "running",
        "startedAt": iso_time(clock.wall()),
        "script": program.file,
        "scriptSha256": script_hash,
        "argsSha256": content_hash(options.args) if given else None,
        "backend": backend.name,
        "concurrency": options.concurrency,
        "maxAgents": options.max_agents,
        "onFailure": options.on_failure,
        "options": dict(options.recorded or {}),
        "odw": odw.__version__,
        "python": f"{sys.version_info.major}.{sys.version_info.minor}.{sys.version_info.micro}",
        "pid": os.getpid(),
    }
