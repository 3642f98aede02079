"""A command of the author's, run as a step: once, recorded, and killed with all that it started when its time is up or odw dies."""

from __future__ import annotations

import itertools
import os
from dataclasses import dataclass

from odw.dsl.current import current_run
from odw.dsl.steps import Step
from odw.errors import ExecutorError
from odw.executors._process import Limits, run_process
from odw.executors._stream import Tail

SHOWN = 4000  # bytes of the end of what a command printed
CANNOT_RUN = 127  # as a shell has it
TIMED_OUT = 124  # as timeout(1) has it

_numbers = itertools.count()


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended; ``output`` is the end of what it printed. ``code`` is that of a shell: 128 and more for a signal."""

    code: int
    output: str


class _End:
    """Keeps the end of standard output and standard error, as they come."""

    def __init__(self) -> None:
        self._tail = Tail(SHOWN)
        self.bytes = 0

    def feed(self, chunk: bytes | bytearray) -> None:
        self.bytes += len(chunk)
        self._tail.feed(chunk)

    def end(self) -> None:
        pass

    @property
    def text(self) -> str:
        cut = f"… ({self.bytes - SHOWN} bytes before)\n" if self.bytes > SHOWN else ""
        return cut + self._tail.text.rstrip()


async def run_command(command: str, timeout: float) -> Ran:
    """Run ``command`` by the shell, in the project, with odw's own environment, for at most ``timeout`` seconds."""
    run = current_run("odw.patterns.quality_gate()")
    tag = f"{run.tag}.command-{next(_numbers)}."  # of this one alone: at its end all that bears the tag is killed

    async def effect(command: str, timeout: float) -> Ran:
        run.warden.ensure()
        output = _End()
        try:
            ended = await run_process(
                ["/bin/sh", "-c", command],
                output,
                env=os.environ,
                cwd=str(run.options.project),
                tag=tag,
                limits=Limits(total_s=timeout),
                on_stderr=output.feed,
            )
        except ExecutorError as error:
            return Ran(CANNOT_RUN, error.message)
        if ended.stopped is not None:
            return Ran(TIMED_OUT, f"{output.text}\n{ended.stopped.message}".strip())
        code = ended.code if ended.code is not None else 128 + (ended.signal or 0)
        return Ran(code, output.text)

    step: Step[[str, float], Ran] = Step(effect, "quality-gate", Ran(0, ""))
    return await step(command, timeout)
