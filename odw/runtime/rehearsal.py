"""A script executed against recorded results without any executor and without leaving a trace: what ``--check`` and ``replay`` do.

Nothing is written, no time passes: timers jump, and when nothing more can come the rehearsal ends.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import trio

from odw.errors import OdwError
from odw.runtime.abc import Backend, CallRequest, Capabilities, Emit, Event, EventSink, Program, Report
from odw.runtime.call import Call, Settle
from odw.runtime.clock import SystemClock
from odw.runtime.context import RunContext
from odw.runtime.fakes import MemoryJournal
from odw.runtime.halts import Halt
from odw.runtime.journal.replay import Replay
from odw.runtime.options import RunOptions
from odw.runtime.run import end_replays
from odw.runtime.run_dir import RunDir
from odw.runtime.session import restore_spending

Unmatched = Callable[[RunContext, Call, Settle], None]


class NothingLeft(Halt):
    """All that waits, waits for calls that are not made."""

    def __init__(self) -> None:
        super().__init__("nothing left that could happen")


class Rehearsal(NamedTuple):
    """``ending`` is None when the script came to its ``result``."""

    events: list[Event]
    result: Any
    ending: BaseException | None


class AbsentExecutor:
    """Stands for the executors of a recorded run; it is never asked."""

    name = "recorded"
    capabilities = Capabilities(providers=True)

    async def run(self, request: CallRequest, emit: Emit) -> Report:
        raise AssertionError("a rehearsal asks no executor")


def recorded_backend(events: list[Event]) -> Backend:
    """The backend of a recorded run, as far as it shows in the keys of its calls: the names of its runtimes."""
    name, default = "recorded", ""
    runtimes = set()
    for event in events:
        if event["type"] in ("workflow_start", "workflow_resume"):
            name = event["backend"]
        elif "runtime" in event:
            runtimes.add(event["runtime"])
            if event["type"] == "agent_start" and "runtime" not in event["config"]:
                default = event["runtime"]
    default = default or name
    return Backend(name, default, dict.fromkeys((*sorted(runtimes), default), AbsentExecutor()))


def rehearse(
    program: Program,
    options: RunOptions,
    backend: Backend,
    directory: RunDir,
    replay: Replay,
    unmatched: Unmatched,
    sink: EventSink | None = None,
) -> Rehearsal:
    """Execute ``program``; calls without a record go to ``unmatched``, which may settle them through the inbox.

    ``sink`` sees the events as they happen.
    """
    return trio.run(partial(_rehearse, program, options, backend, directory, replay, unmatched, sink))


async def _rehearse(
    program: Program,
    options: RunOptions,
    backend: Backend,
    directory: RunDir,
    replay: Replay,
    unmatched: Unmatched,
    sink: EventSink | None,
) -> Rehearsal:
    clock, journal = SystemClock(), MemoryJournal()
    run = RunContext(options, backend, directory, clock, journal, sink)
    run.replay = replay
    run.unmatched = partial(unmatched, run)
    run.inbox.on_idle = lambda: run.inbox.halt(NothingLeft())
    restore_spending(run, replay.history)
    result: Any = None
    ending: BaseException | None = None
    with run.guard.installed():
        try:
            result = await program.run(run)
        except (OdwError, Halt) as error:
            ending = error
        if ending is None or isinstance(ending, OdwError):
            end_replays(run)
    return Rehearsal(journal.events, result, ending)
