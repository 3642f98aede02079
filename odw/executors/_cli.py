"""One attempt of an agent program that answers in lines: started, read, watched and accounted for.

What is particular to a program stands in its executor: its command line, and a Reading that knows its events.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Protocol, TypeAlias

from odw.executors._ended import exit_text
from odw.executors._environment import NETWORK, environment
from odw.executors._life import Pace
from odw.executors._process import Ended, Limits, run_process
from odw.executors._profile import Profile
from odw.executors._stream import Lines
from odw.executors._transcript import Transcript
from odw.runtime import agent_events
from odw.runtime.abc import CallRequest, Emit, Event, Failure, Report
from odw.runtime.redact import redactor

LINE_LIMIT = 16 << 20  # an event may carry a whole file; a longer one is passed over
TOTAL_LIMIT = 1 << 30  # an agent that works for hours tells a lot, and nothing of it stays in memory


class Reading(Protocol):
    """Makes sense of what one program writes, and keeps what the report needs.

    ``line`` gets each line of standard output and must not raise for any of them. ``report`` comes once, after the end,
    however it came; the text of a failed attempt is part of it.
    """

    def line(self, line: str) -> None: ...

    def report(self, ended: Ended) -> Report: ...


class Invocation:
    """How a program is started for one attempt: ``argv``, what it reads, and which of odw's variables it may see.

    ``keys`` are names, ``prefixes`` beginnings of names; ``env`` is set on top, before what the profile sets.
    """

    __slots__ = ("argv", "env", "keys", "prefixes", "stdin")

    def __init__(
        self,
        argv: Sequence[str],
        stdin: bytes | None = None,
        *,
        keys: Sequence[str] = (),
        prefixes: Sequence[str] = (),
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.argv = argv
        self.stdin = stdin
        self.keys = keys
        self.prefixes = prefixes
        self.env = env or {}


async def run_cli(
    invocation: Invocation, reading: Reading, request: CallRequest, emit: Emit, profile: Profile
) -> Report:
    """Run the program to its end, and give its lines to ``reading``. Raises ExecutorError if it cannot be started."""
    child = environment(
        os.environ,
        (*NETWORK, *invocation.keys, *profile.pass_env),
        {**invocation.env, **profile.env},
        tuple(invocation.prefixes),
    )
    redactor().learn(child)
    output = _LineOutput(reading, request, emit)
    errors = Transcript(f"{request.transcript}.err" if request.transcript else "")

    def on_stderr(chunk: bytes | bytearray) -> None:
        errors.write(chunk)
        output.alive()

    emit(agent_events.started(invocation.argv[0]))
    try:
        ended = await run_process(
            invocation.argv,
            output,
            env=child,
            cwd=request.cwd,
            tag=request.tag,
            stdin=invocation.stdin,
            limits=Limits(profile.timeout_s, profile.idle_s),
            on_stderr=on_stderr,
        )
    finally:
        output.close()
        errors.close()
    report = reading.report(ended)._replace(exit=exit_text(ended))
    if report.error is not None and output.passed_over:
        report = report._replace(error=_with_passed_over(report.error, output.passed_over))
    return report


def _with_passed_over(error: Failure, count: int) -> Failure:
    """What was not read may be why: nobody is to search for an answer that the program did give."""
    what = "1 line" if count == 1 else f"{count} lines"
    return error._replace(
        message=f"{error.message}; {what} of its output had more than {LINE_LIMIT >> 20} MB and were not read, "
        "see its transcript"
    )


# (request, emit) -> the report, and whether the session was lost that should have been continued
Attempt: TypeAlias = Callable[[CallRequest, Emit], Awaitable[tuple[Report, bool]]]


async def in_session_or_anew(attempt: Attempt, request: CallRequest, emit: Emit) -> Report:
    """The attempt; once more without its session if somebody has cleaned that up: the prompt has all that the session had."""
    report, lost = await attempt(request, emit)
    if lost:
        report, _ = await attempt(request._replace(session=None), emit)
    return report


def program_of(profile: Profile, default: str) -> list[str]:
    """The words that start the program: those of the profile, else its usual name."""
    return list(profile.program) or [default]


class _LineOutput:
    """The process's Output: the transcript gets the bytes, the reading the lines, the journal a sign of life."""

    def __init__(self, reading: Reading, request: CallRequest, emit: Emit) -> None:
        self._lines = Lines(reading.line, LINE_LIMIT, TOTAL_LIMIT, pass_over=True)
        self._transcript = Transcript(request.transcript)
        self._emit = emit
        self._pace = Pace(request)
        self._bytes = 0

    def feed(self, chunk: bytes | bytearray) -> None:
        self._bytes += len(chunk)
        self._transcript.write(chunk)
        self._lines.feed(chunk)
        self.alive()

    def end(self) -> None:
        self._lines.end()

    @property
    def passed_over(self) -> int:
        """How many lines were too long to be read."""
        return self._lines.passed_over

    def alive(self) -> None:
        if self._pace.due():
            self._emit(agent_events.output(self._bytes))

    def close(self) -> None:
        self._transcript.close()


class Telling:
    """Emits what a program tells, each thing once: a usage that did not change is no news."""

    def __init__(self, emit: Emit) -> None:
        self._emit = emit
        self._last: dict[str, Event] = {}

    def tell(self, event: Event) -> None:
        kind = event["type"]
        if kind in ("usage", "session", "started", "text"):
            if self._last.get(kind) == event:
                return
            self._last[kind] = event
        self._emit(event)
