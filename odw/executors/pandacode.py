"""The pandacode executor: ``pandacode <codex|claude|bamboo> exec``, one process for each attempt (docs/executors/pandacode.md).

It is rust-odw's, whose program runs other agents in one shape; odw's own ``pandacode`` (docs/task.md) has that shape too. The
prompt goes into a file. When the agent asks the user something, it is told to decide by itself.
"""

from __future__ import annotations

import os

from odw.executors._cli import Invocation, run_cli
from odw.executors._files import call_files
from odw.executors._profile import Profile
from odw.executors._prompt import prompt_text
from odw.executors._wishes import wishes_of
from odw.executors.pandacode_argv import (
    DEPTH,
    Task,
    answer_line,
    child_depth,
    first_line,
    program_words,
    task_of,
    variables,
)
from odw.executors.pandacode_report import WAITING, PandacodeReading, too_many_questions
from odw.runtime.abc import CallRequest, Capabilities, Emit, Report

RUNTIMES = ("codex", "claude", "bamboo")
MOST_ANSWERS = 6


class PandacodeExecutor:
    """The pandacode program under one profile."""

    capabilities = Capabilities(
        providers=True, processes=True, interrupt=True, runtimes=RUNTIMES, permissions=("read",)
    )

    def __init__(self, profile: Profile) -> None:
        self.name = profile.name
        self._profile = profile

    async def run(self, request: CallRequest, emit: Emit) -> Report:
        """One attempt. Raises ExecutorError if pandacode cannot be started, or for a wish that it cannot have."""
        wishes = wishes_of(request, self._profile)
        task = task_of(request, wishes, RUNTIMES, self._profile.timeout_s)
        program = program_words(self._profile, os.environ)
        prompt = prompt_text(request, native_agent=True)
        if wishes.system is not None:
            prompt = f"{wishes.system}\n\n{prompt}"
        reading = PandacodeReading(emit, wishes.model)
        with call_files({"task.txt": prompt.encode("utf-8", "replace")}) as files:
            line = [*program, *first_line(task, files["task.txt"]), *self._profile.args]
            report = await self._start(line, task, reading, request, emit)
            for _ in range(MOST_ANSWERS):
                if reading.state != WAITING:
                    return report
                session = reading.session or task.session
                line = [*program, *answer_line(task, session), *self._profile.args]
                report = await self._start(line, task, reading, request, emit)
        return report if reading.state != WAITING else too_many_questions(report, MOST_ANSWERS)

    async def _start(
        self, line: list[str], task: Task, reading: PandacodeReading, request: CallRequest, emit: Emit
    ) -> Report:
        names, prefixes = variables(task)
        invocation = Invocation(
            line, keys=names, prefixes=prefixes, env={**task.env, DEPTH: child_depth(os.environ)}
        )
        reading.begin()
        return await run_cli(invocation, reading, request, emit, self._profile)
