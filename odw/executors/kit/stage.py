"""Where a case is played: one executor, one directory, attempts one after the other, and the checks that follow each."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import trio

from odw.errors import ExecutorError
from odw.executors.kit.checks import Broken, check_events, check_nothing_left, check_report, require
from odw.executors.kit.stand_in import as_line
from odw.executors.kit.subject import Subject
from odw.runtime.abc import ABSENT, CallOutcome, CallRequest, Event, Executor, Failure, Report
from odw.runtime.process_tags import tagged
from odw.runtime.retry import CATEGORIES, Pause, RetryPolicy, attempts
from odw.schema import NOT_JSON, Validator, json_in_text

ANSWER = "The answer is 42."
USAGE = {"input": 11, "output": 7, "cost": 0.25}
SCHEMA = {
    "type": "object",
    "properties": {"answer": {"type": "integer"}},
    "required": ["answer"],
    "additionalProperties": False,
}
PATIENCE_S = 120.0  # an executor that takes longer for one attempt with a stand-in hangs
LIVE_PATIENCE_S = 600.0
_LOOK_S = 0.01

Acts = Sequence[Sequence[Sequence[Any]]]


class Sizes(NamedTuple):
    """How many bytes a case takes; ``step``: of all the ways to cut or to spoil an output, each so many-eth is tried."""

    output: int = 100 << 20
    line: int = 64 << 20
    prompt: int = 5_000_000
    step: int = 1


QUICK = Sizes(8 << 20, 17 << 20, 600_000, 7)


class Seen(NamedTuple):
    """What came of one attempt: ``report``, also of a raised failure; None if it was cancelled. ``started``: its program's
    starts, each as the stand-in told of it."""

    report: Report | None
    events: list[Event]
    started: list[dict[str, Any]]

    @property
    def answered(self) -> Report:
        """The report of an attempt that must have been cancelled by nobody and failed by nothing."""
        report = self.ended
        if report.error is not None:
            raise Broken(f"the attempt failed: {report.error.category}: {report.error.message}")
        return report

    @property
    def failed(self) -> Failure:
        report = self.ended
        if report.error is None:
            raise Broken(f"expected a failure, found the answer {report.text[:200]!r}")
        return report.error

    @property
    def ended(self) -> Report:
        assert self.report is not None
        return self.report


class Stage:
    """``play`` runs one attempt with the stand-in, ``attempt`` one with whatever executor is given."""

    def __init__(self, subject: Subject, directory: Path, tag: str, sizes: Sizes) -> None:
        self.subject = subject
        self.sizes = sizes
        self.directory = directory
        self._tag = tag
        self._plays = 0
        self._attempts = 0

    async def play(
        self,
        *acts: Sequence[Sequence[Any]],
        env: dict[str, str] | None = None,
        marks: Sequence[str] = (),
        timeout_s: float | None = None,
        idle_s: float | None = None,
        until: Callable[[], bool] | None = None,
        **request: Any,
    ) -> Seen:
        """One attempt of a program that does the first of ``acts``, and the next ones each time it is started again.

        ``until``: the attempt is cancelled when it holds. Raises Broken for whatever no attempt may do.
        """
        executor, witness = self.prepare(acts, marks, env or {}, timeout_s, idle_s)
        return await self.attempt(executor, self.request(**request), until, witness)

    def prepare(
        self,
        acts: Acts,
        marks: Sequence[str],
        env: dict[str, str],
        timeout_s: float | None = None,
        idle_s: float | None = None,
    ) -> tuple[Executor, Path]:
        """The executor with a play, and where its program tells what it was given."""
        self._plays += 1
        witness = self.directory / f"play-{self._plays}"
        witness.mkdir()
        play = {
            "acts": acts,
            "marks": marks,
            "options": dict(self.subject.table),
            "witness": str(witness),
        }
        file = self.directory / f"play-{self._plays}.json"
        file.write_text(json.dumps(play), "utf-8")
        given = {"timeout_s": timeout_s, "idle_s": idle_s}
        limits = {key: value for key, value in given.items() if value is not None}
        return self.subject.playing(file, env, **limits), witness

    def request(self, prompt: str = "What is the answer?", schema: Any = None, **more: Any) -> CallRequest:
        """A call's first attempt, in a directory of its own."""
        cwd = self.directory / "cwd"
        cwd.mkdir(exist_ok=True)
        return CallRequest(
            prompt, {}, schema, None, None, self.subject.name, "kit", None, 1, "0" * 64, "a0", str(cwd),
        )._replace(**more)  # fmt: skip

    async def attempt(
        self,
        executor: Executor,
        request: CallRequest,
        until: Callable[[], bool] | None = None,
        witness: Path | None = None,
        patience_s: float = PATIENCE_S,
    ) -> Seen:
        """Run it, cancelled when ``until`` holds, and check all that holds for every attempt."""
        self._attempts += 1
        tag = f"{self._tag}{self._attempts}."
        request = request._replace(tag=tag, transcript=str(self.directory / f"transcript-{self._attempts}"))
        events: list[Event] = []
        report: Report | None = None
        with trio.move_on_after(patience_s) as patience:
            async with trio.open_nursery() as nursery:
                if until is not None:
                    nursery.start_soon(_cancel_when, until, nursery.cancel_scope)
                report = await _run(executor, request, events)
                nursery.cancel_scope.cancel()
        require(not patience.cancelled_caught, f"it did not end within {patience_s:g} s")
        check_nothing_left(tag)
        check_events(events)
        if report is not None:
            check_report(report)
        return Seen(report, events, self.starts(witness) if witness is not None else [])

    async def call(
        self, executor: Executor, request: CallRequest, patience_s: float = PATIENCE_S
    ) -> CallOutcome:
        """A call with a schema, as the runtime makes it: up to three attempts, each told what was wrong with the last."""
        validator = Validator(request.schema)

        def judge(report: Report) -> tuple[Any, tuple[str, ...]]:
            value = json_in_text(report.text) if report.value is ABSENT else report.value
            if value is NOT_JSON:
                return None, ("$: the answer holds no JSON",)
            return value, validator.problems(value)

        steps = attempts(request, RetryPolicy(3, 0.0), judge)
        report: Report | None = None
        while True:
            try:
                step = steps.send(report)
            except StopIteration as end:
                outcome: CallOutcome = end.value
                return outcome
            report = None
            if isinstance(step, CallRequest):
                report = (await self.attempt(executor, step, patience_s=patience_s)).ended
            elif isinstance(step, Pause):
                await trio.sleep(step.seconds)

    @staticmethod
    def starts(witness: Path) -> list[dict[str, Any]]:
        """What the program told of each of its starts so far."""
        files = sorted(witness.glob("*.json"), key=lambda file: int(file.stem))
        return [json.loads(text) for file in files if (text := file.read_text("utf-8"))]

    @staticmethod
    def lines(lines: Sequence[Any]) -> str:
        """Lines of a dialect, as the step ``raw`` takes them."""
        return base64.b64encode(b"".join(map(as_line, lines))).decode()

    def running(self) -> int:
        """How many processes the attempt under way has."""
        return len(tagged(f"{self._tag}{self._attempts}."))

    def files(self) -> Iterator[Path]:
        """What the executor wrote beside the call: its transcripts, and files in the call's directory."""
        yield from self.directory.glob("transcript-*")
        yield from (self.directory / "cwd").rglob("*")

    @contextmanager
    def memory_within(self, limit: int) -> Iterator[None]:
        """Raises Broken if Python's own memory grows by more than ``limit`` bytes meanwhile."""
        import tracemalloc

        began = not tracemalloc.is_tracing()
        if began:
            tracemalloc.start()
        try:
            before = tracemalloc.get_traced_memory()[0]
            tracemalloc.reset_peak()
            yield
            grown = tracemalloc.get_traced_memory()[1] - before
        finally:
            if began:
                tracemalloc.stop()
        require(
            grown <= limit, f"memory grew by {grown >> 20} MB; at most {limit >> 20} MB are sensible here"
        )


async def _run(executor: Executor, request: CallRequest, events: list[Event]) -> Report:
    try:
        return await executor.run(request, events.append)
    except ExecutorError as error:
        require(error.category in CATEGORIES, f"run() raised an error of unknown class {error.category!r}")
        return Report(error=Failure(error.category, error.message, error.retryable))
    except BaseExceptionGroup as group:
        _, others = group.split(trio.Cancelled)  # it may have failed and been cancelled at once
        if others is None or not isinstance(others, ExceptionGroup):
            raise
        raise Broken(f"run() raised {_first(others)}") from others
    except Exception as error:
        raise Broken(f"run() raised {type(error).__name__}: {error}") from error


async def _cancel_when(condition: Callable[[], bool], scope: trio.CancelScope) -> None:
    while not condition():
        await trio.sleep(_LOOK_S)
    scope.cancel()


def _first(error: BaseException) -> str:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return f"{type(error).__name__}: {error}"
