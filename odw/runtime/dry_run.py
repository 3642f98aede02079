"""A dry run: a workflow executed on an executor that plans its answers, without leaving a trace and without waiting.

It is a rehearsal in which every call without a record is answered. The project is the real one, so that schemas are found where they
are, but nothing is written into it: a call with ``isolation`` gets no worktree and is told that it changed nothing.
"""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

from odw.errors import OdwError, WorkflowError
from odw.jsonvalue import JsonValue
from odw.runtime.abc import Backend, CallOutcome, Event, EventSink, Program
from odw.runtime.activity import start_call
from odw.runtime.call import Call, Settle
from odw.runtime.context import RunContext
from odw.runtime.halts import Halt, SliceExceeded
from odw.runtime.journal.history import History
from odw.runtime.journal.reader import read_journal
from odw.runtime.journal.replay import Replay
from odw.runtime.options import RunOptions
from odw.runtime.rehearsal import rehearse
from odw.runtime.run_dir import RunDir
from odw.runtime.worktree_result import attach_worktree

UNCHANGED: dict[str, Any] = {"changed": False, "files": [], "diff": "", "branch": "", "patch": None}


class DryRun(NamedTuple):
    """``calls`` are those that would run, in call order; ``error`` is what the script came to, None when it came to its ``result``.

    ``status`` is that of a run with this ending: "completed", "failed" or "parked".
    """

    calls: list[Call]
    events: list[Event]
    result: JsonValue
    error: OdwError | None
    status: str


def dry_run(program: Program, options: RunOptions, backend: Backend, sink: EventSink | None = None) -> DryRun:
    """Execute ``program``; every executor of ``backend`` must be a PlanningExecutor. ``sink`` sees the events as they happen.

    With ``options.resume_from`` the recorded calls of that run replay and are not among ``calls``. Raises what reading its
    journal raises: UsageError, JournalDamaged.
    """
    directory = RunDir(options.project, options.resume_from or "dry-run")
    history = History()
    if options.resume_from is not None:
        history.read(read_journal(directory.file("events.jsonl")).events)
    calls: list[Call] = []
    found = rehearse(
        program,
        options._replace(dry_run=True),
        backend,
        directory,
        Replay(history, options.policy),
        partial(_run_live, calls),
        sink,
    )
    status, error = _ending(found.ending)
    return DryRun(calls, found.events, found.result, error, status)


def _ending(ending: BaseException | None) -> tuple[str, OdwError | None]:
    if isinstance(ending, Halt):
        place = ending.place if isinstance(ending, SliceExceeded) else None
        return ending.status, WorkflowError(ending.reason, report=str(place or ""))
    assert ending is None or isinstance(ending, OdwError)
    return "completed" if ending is None else "failed", ending


def count_calls(program: Program, options: RunOptions, backend: Backend) -> int:
    """How many agent calls a dry run makes; of a run that is resumed, those that do not replay."""
    return len(dry_run(program, options, backend).calls)


def stand_in(backend: Backend, mock: Backend) -> Backend:
    """``backend`` by all its names, with the executor of ``mock`` in the place of every one of its own."""
    planner = mock.runtimes[mock.default]
    return Backend(backend.name, backend.default, dict.fromkeys((*backend.runtimes, *mock.runtimes), planner))


def _run_live(calls: list[Call], run: RunContext, call: Call, settle: Settle) -> None:
    calls.append(call)
    options = {name: value for name, value in call.request.options.items() if name != "mockWriteFile"}
    call.request = call.trying = call.request._replace(
        options=options
    )  # the mock writes into the project otherwise
    if call.isolation is not None:
        call.isolation = None
        settle = partial(_with_unchanged_worktree, settle)
    start_call(run, call, settle)


def _with_unchanged_worktree(settle: Settle, call: Call, end: Any) -> None:
    if isinstance(end, CallOutcome) and end.failure is None:
        end = end._replace(value=attach_worktree(end.value, call.request.schema, dict(UNCHANGED)))
    settle(call, end)
