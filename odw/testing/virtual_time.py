"""Time in a run under test: it stands still while something is done, and jumps to the next moment when everything waits."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import trio
from trio.testing import MockClock

from odw.dsl.steps import RUNNER, Step
from odw.testing.answers import same_function

# How long everything must have waited before time jumps, in seconds of real time, where git is at work meanwhile.
BESIDE_PROCESSES = 1.0


class DatedClock:
    """The runtime's clock on trio's time; the date is ``begin`` plus what has passed."""

    def __init__(self, begin: datetime | None) -> None:
        self._begin = time.time() if begin is None else begin.timestamp()
        self._start = trio.current_time()

    def monotonic(self) -> float:
        return trio.current_time()

    def wall(self) -> float:
        return self._begin + trio.current_time() - self._start


class VirtualTime:
    """trio's mock clock, which jumps. Steps are the world's: while the body of one runs, time passes as outside."""

    def __init__(self, threshold: float) -> None:
        self.clock = MockClock(autojump_threshold=threshold)
        self._threshold = threshold
        self._effects = 0

    async def run_step(self, step: Step[Any, Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Run the body of a step in real time."""
        self._effects += 1
        self.clock.autojump_threshold, self.clock.rate = float("inf"), 1.0
        try:
            return await step.body(args, kwargs)
        finally:
            self._effects -= 1
            if not self._effects:
                self.clock.autojump_threshold, self.clock.rate = self._threshold, 0.0


@contextmanager
def steps_run(given: Mapping[Any, Any], virtual: VirtualTime | None) -> Iterator[None]:
    """What stands in for the steps in ``given`` (a value, or a function of their arguments); the others run."""

    async def run(step: Step[Any, Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        for known, value in given.items():
            if known == step.name or same_function(known, step):
                found = value(*args, **kwargs) if callable(value) else value
                return await found if hasattr(found, "__await__") else found
        if virtual is None or step.name == "odw.human":  # a person is the test's, not the world's
            return await step.body(args, kwargs)
        return await virtual.run_step(step, args, kwargs)

    token = RUNNER.set(run)
    try:
        yield
    finally:
        RUNNER.reset(token)
