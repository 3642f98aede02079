"""The executors of a run under test: one that says what the test says, and one that asks for real and records."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import trio

from odw.errors import UsageError
from odw.executors import RUNTIMES, Runtimes, declared_names
from odw.executors.choice import choose_backend
from odw.executors.mock import MockExecutor, with_file
from odw.executors.mock_answers import Answer
from odw.runtime.abc import (
    Backend,
    CallRequest,
    Capabilities,
    Emit,
    Executor,
    Failure,
    Planned,
    Report,
    Usage,
)
from odw.runtime.attempt_task import failure_of
from odw.runtime.context import RunContext
from odw.runtime.halts import Stopped
from odw.testing.answers import AnswerBook, Reply, recorded, synthesized
from odw.testing.recordings import Tape

# Milliseconds between the ends of two calls where no two may come at the same moment.
_NO_TIME = 1e-6
# Failures that say nothing about the question, and are not worth recording.
_NOBODY = ("configuration", "authentication", "quota")


class Trouble:
    """The first thing that went wrong with the answers themselves: it ends the run, and the test."""

    def __init__(self) -> None:
        self.error: BaseException | None = None
        self.run: RunContext | None = None

    @property
    def ending(self) -> bool:
        return self.run is not None and self.run.inbox.halted is not None

    def met(self, error: BaseException) -> Report:
        if self.error is None:
            self.error = error
            if self.run is not None:
                self.run.inbox.halt(Stopped("the answers of the test are wrong"))
        return Report(error=Failure("configuration", str(error)))


class ScriptedExecutor(MockExecutor):
    """Answers every call from the test's answers and its recorded ones. It plans, so time is the run's own.

    ``one_by_one``: no two calls end at the same moment, so that a run can be stopped between any two.
    """

    def __init__(
        self, book: AnswerBook, tape: Tape | None, trouble: Trouble, one_by_one: bool = False
    ) -> None:
        super().__init__()
        self._book = book
        self._tape = tape
        self._trouble = trouble
        self._step = _NO_TIME if one_by_one else 0.0
        self._asked = 0

    def plan(self, request: CallRequest) -> Planned:
        self._asked += 1
        report, delay = self._plan(request)
        return Planned(report, delay + self._asked * self._step)

    def _plan(self, request: CallRequest) -> Planned:
        try:
            answer = self._book.answer(request)
            if answer is synthesized:
                return super().plan(request)
            if answer is recorded:
                return _the(self._tape).replay(request)
            return planned(request, answer)
        except BaseException as error:  # noqa: BLE001 - the test's own code: what it raises, pytest.fail() too, ends the test
            return Planned(self._trouble.met(error))


class RecordingExecutor:
    """Asks the real executor for what is to be recorded and is not yet; everything else as ``ScriptedExecutor``."""

    def __init__(
        self,
        book: AnswerBook,
        tape: Tape,
        trouble: Trouble,
        real: Executor,
        runtime: str,
    ) -> None:
        self.name = real.name
        self.capabilities: Capabilities = real.capabilities
        self._book = book
        self._tape = tape
        self._trouble = trouble
        self._real = real
        self._runtime = runtime

    async def run(self, request: CallRequest, emit: Emit) -> Report:
        found = self._without_asking(request)
        if found is None:
            return await self._ask(request, emit)
        await trio.sleep(found.delay_ms / 1000)
        return found.report

    def _without_asking(self, request: CallRequest) -> Planned | None:
        try:
            answer = self._book.answer(request)
            if answer is synthesized:
                return MockExecutor().plan(request)
            if answer is not recorded:
                return planned(request, answer)
            found = self._tape.find(request)
            return found and found._replace(delay_ms=0.0)
        except BaseException as error:  # noqa: BLE001 - as above
            return Planned(self._trouble.met(error))

    async def _ask(self, request: CallRequest, emit: Emit) -> Report:
        """Ask for real, and record how it ended, unless it says that nobody can be asked at all."""
        begun = trio.current_time()
        try:
            report = await self._real.run(request._replace(runtime=self._runtime), emit)
        except trio.Cancelled:  # by a deadline, or the workflow wants the answer no more
            if not self._trouble.ending:
                self._tape.record(request, None, trio.current_time() - begun)
            raise
        except Exception as error:  # noqa: BLE001 - the border to executors: whatever they raise is a failed attempt
            report = Report(error=failure_of(error))
        if report.error is not None and report.error.category in _NOBODY:
            return self._trouble.met(
                UsageError(f"{self.name} could not be asked for {request.label!r}: {report.error.message}")
            )
        self._tape.record(request, report, trio.current_time() - begun)
        return report


def planned(request: CallRequest, reply: Reply) -> Planned:
    """What a reply makes of a call."""
    answer = Answer(reply.value, reply.failure, reply.tokens, reply.after * 1000)
    report, delay = MockExecutor(_Just(answer)).plan(request)
    if reply.input_tokens is not None:
        used = report.usage or Usage()
        report = report._replace(usage=used._replace(input=reply.input_tokens))
    if reply.cost is not None:
        report = report._replace(cost=reply.cost)
    if reply.model is not None:
        report = report._replace(model=reply.model)
    if report.error is None:
        for path, content in reply.writes.items():
            report = with_file(request, {"path": path, "content": content}, report)
    return Planned(report, delay)


class _Just:
    """One answer, whatever the call."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def answer_for(self, request: CallRequest) -> Answer:
        return self._answer


class Answering:
    """Who answers the calls of one run: the test, its recording and, while it ``records``, a real executor."""

    def __init__(
        self,
        book: AnswerBook,
        trouble: Trouble,
        tape: Tape | None,
        record_with: str | None,
        project_file: Mapping[str, Any],
        one_by_one: bool,
    ) -> None:
        names = (*RUNTIMES, *declared_names(project_file))
        self.records = tape is not None and record_with is not None and book.wants_recorded
        if tape is None or record_with is None or not self.records:
            scripted = ScriptedExecutor(book, tape, trouble, one_by_one)
            self.backend = Backend("mock", "mock", dict.fromkeys(names, scripted))
            return
        real = choose_backend({"backend": record_with}, project_file)

        def make(name: str) -> Executor:
            meant = real.default if name == "mock" else name
            return RecordingExecutor(book, tape, trouble, real.runtimes[meant], meant)

        self.backend = Backend("mock", "mock", Runtimes({name: partial(make, name) for name in names}))


def _the(tape: Tape | None) -> Tape:
    if tape is None:
        raise TypeError(
            "recorded answers need a file: use the fixture odw_run, or Project(recording=Recording(FILE))"
        )
    return tape
