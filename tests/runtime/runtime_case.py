"""A run context in memory, for tests of one part of the runtime."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from odw.jsonvalue import JsonValue
from odw.runtime.abc import CallOutcome
from odw.runtime.call_path import Frame, Scope
from odw.runtime.clock import SystemClock
from odw.runtime.context import RunContext
from odw.runtime.fakes import CoroutineProgram, EventList, FakePlanner, MemoryJournal, backend_of
from odw.runtime.options import RunOptions, RunOutcome
from odw.runtime.primitives.agent import start_agent
from odw.runtime.run import run_program
from odw.runtime.run_dir import RunDir


def context(executor: Any = None, **options: Any) -> RunContext:
    """Inside a trio loop: a context whose journal is a MemoryJournal."""
    made = RunOptions("/project", **options)
    directory = RunDir("/project", "r1")
    return RunContext(
        made, backend_of(executor or FakePlanner()), directory, SystemClock(), MemoryJournal(), EventList()
    )


def main_scope(**meta: Any) -> Scope:
    return Scope(Frame("test", meta))


class Gathered:
    """Calls made from Python, and what became of them, in the order of settling."""

    def __init__(self, run: RunContext, scope: Scope | None = None) -> None:
        self.run = run
        self.scope = scope or main_scope()
        self.settled: list[tuple[str, Any]] = []

    def call(self, prompt: str, **options: Any) -> None:
        start_agent(self.run, self.scope, prompt, options, lambda call, end: self._settle(prompt, end))

    def _settle(self, prompt: str, end: Any) -> None:
        value = end.value if isinstance(end, CallOutcome) and end.failure is None else end
        self.settled.append((prompt, value))

    async def all(self) -> list[tuple[str, Any]]:
        while self.run.inbox.pending:
            (await self.run.inbox.next())()
        return self.settled

    @property
    def order(self) -> list[str]:
        return [prompt for prompt, _ in self.settled]


def run_python(
    folder: Path,
    body: Callable[[RunContext], Awaitable[JsonValue]],
    executor: Any = None,
    **options: Any,
) -> tuple[RunOutcome, EventList]:
    """A whole run of a Python coroutine."""
    sink = EventList()
    outcome = run_program(
        CoroutineProgram(body),
        RunOptions(str(folder), **options),
        backend_of(executor or FakePlanner()),
        sink,
    )
    return outcome, sink
