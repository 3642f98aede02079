"""What a person or the budget does to calls that run: skip, start over, cancel; and the circuit breaker."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import trio
from script_runs import Project, failing

from odw.runtime import activity
from odw.runtime.abc import CallRequest, Emit, Event, Planned, Report, Usage
from odw.runtime.budget_limits import BudgetLimit
from odw.runtime.fakes import EventList, FakeExecutor, FakePlanner

SOURCE = "return await parallel(['a', 'b', 'c'].map((x) => () => agent(x, { label: x })))"
Act = Callable[[Any, Any], Any]


class Acting(EventList):
    """A sink that does something to a call at its n-th start. It finds the run through the executor's request."""

    def __init__(self, label: str, act: Act, at_start: int = 1) -> None:
        super().__init__()
        self.run: Any = None
        self._label = label
        self._act = act
        self._left = at_start

    def on_event(self, event: Event) -> None:
        super().on_event(event)
        if event["type"] == "agent_start" and event["label"] == self._label:
            self._left -= 1
            if self._left == 0:
                call = self.run.calls[event["index"]]
                self.run.inbox.at(0, 0, lambda: self._act(self.run, call))


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The run contexts that are made."""
    from odw.runtime.context import RunContext

    made: list[Any] = []
    before = RunContext.__init__

    def remember(self: Any, *args: Any, **kwargs: Any) -> None:
        before(self, *args, **kwargs)
        made.append(self)
        if isinstance(self._sink, Acting):
            self._sink.run = self

    monkeypatch.setattr(RunContext, "__init__", remember)
    return made


class Waiting(FakeExecutor):
    """Answers at once, but for "b", which waits for ever the first ``times`` times."""

    name = "planner"  # part of a call's key: the tests resume with either executor

    def __init__(self, times: int = 1, told: Usage | None = None) -> None:
        super().__init__()
        self._times = times
        self._told = told

    async def run(self, request: CallRequest, emit: Emit) -> Report:
        self.seen.append(request)
        if request.label == "b" and self._times:
            self._times -= 1
            if self._told is not None:
                emit({"type": "usage", "usage": {"input": 0, "output": self._told.output}})
            await trio.sleep_forever()
        return Report(text=f"{request.label}!", usage=Usage(output=5))


def planner() -> FakePlanner:
    waits = iter([60_000.0])

    def answer(request: CallRequest) -> Planned:
        delay = next(waits, 0.0) if request.label == "b" else 0.0
        return Planned(Report(text=f"{request.label}!", usage=Usage(output=5)), delay)

    return FakePlanner(answer)


@pytest.mark.parametrize("executor", [Waiting, planner], ids=["task", "time line"])
def test_a_skipped_call_gives_null_now_and_on_resume(
    project: Project, held: Any, trio_order: str, executor: Any
) -> None:
    sink = Acting("b", activity.skip_call)
    ran = project.run(SOURCE, executor=executor(), sink=sink)
    assert ran.result == ["a!", None, "c!"]
    assert ran.outcome.census["skipped"] == 1
    second = FakePlanner()
    again = project.run(SOURCE, executor=second, resume_from=ran.outcome.run_id)
    assert second.seen == []
    assert again.result == ["a!", None, "c!"]


def test_a_call_that_waits_for_a_slot_can_be_skipped(project: Project, held: Any) -> None:
    def skip_last(run: Any, call: Any) -> None:
        activity.skip_call(run, next(c for c in run.calls.values() if c.request.label == "c"))

    executor = FakePlanner(lambda request: f"{request.label}!")
    ran = project.run(SOURCE, executor=executor, sink=Acting("a", skip_last), concurrency=1)
    assert ran.result == ["a!", "b!", None]
    assert [request.label for request in executor.seen] == ["a", "b"]


@pytest.mark.parametrize("executor", [Waiting, planner], ids=["task", "time line"])
def test_a_call_is_started_over(project: Project, held: Any, trio_order: str, executor: Any) -> None:
    asked = executor()
    said: list[str] = []
    sink = Acting("b", lambda run, call: said.append(activity.retry_call(run, call)))
    ran = project.run(SOURCE, executor=asked, sink=sink)
    assert ran.result == ["a!", "b!", "c!"]
    assert said == [""]
    assert [request.label for request in asked.seen].count("b") == 2
    assert len([e for e in ran.of("agent_retry") if e["error"]["message"] == "started over by hand"]) == 1


def test_what_a_cut_off_attempt_told_of_its_usage_counts(project: Project, held: Any) -> None:
    executor = Waiting(told=Usage(output=40))
    sink = Acting("b", activity.retry_call)
    ran = project.run(SOURCE, executor=executor, sink=sink)
    assert ran.state["budget"]["spent"] == 5 * 3 + 40


def test_cancel_ends_what_runs_when_the_money_is_gone(project: Project) -> None:
    """Three calls of unequal size; the second tells that it has used up the budget while it runs."""
    source = """
    await agent('first', { label: 'first' })
    return await parallel(['a', 'b', 'c'].map((x) => () => agent(x, { label: x })))
    """
    executor = Waiting(told=Usage(output=95))
    ran = project.run(source, executor=executor, budget=BudgetLimit(100), budget_policy="cancel")
    assert ran.outcome.status == "parked"
    assert ran.outcome.exit_code == 4
    assert 100 <= ran.state["budget"]["spent"] <= 100 + 95
    cut = {event["label"]: event["error"]["category"] for event in ran.of("agent_done") if not event["ok"]}
    assert cut["b"] == "cancelled"
    assert set(cut.values()) == {"cancelled"}
    again = project.run(source, executor=Waiting(0), budget=BudgetLimit(500), resume_from=ran.outcome.run_id)
    assert again.result == ["a!", "b!", "c!"]
    assert again.outcome.census["replayed"] > 0


def test_three_equal_terminal_failures_in_a_row_park_the_run(project: Project) -> None:
    source = "return await parallel([...Array(20).keys()].map((i) => () => agent(`${i}`)))"
    asked: list[str] = []

    def answer(request: Any) -> Any:
        asked.append(request.prompt)
        return failing("quota", "no credit left") if int(request.prompt) >= 2 else "ok"

    ran = project.run(source, answer, concurrency=2)
    assert ran.outcome.status == "parked"
    assert "3 calls in a row failed with quota: no credit left" in ran.error.message
    assert len(asked) <= 6  # and not all 20
    again = project.run(source, lambda r: "ok", resume_from=ran.outcome.run_id)
    assert again.result == ["ok"] * 20
    assert again.outcome.census["replayed"] == 2


@pytest.mark.parametrize("category", ["crash", "configuration", "unknown"])
def test_other_failures_do_not(project: Project, category: str) -> None:
    source = "return await parallel([...Array(5).keys()].map((i) => () => agent(`${i}`)))"
    ran = project.run(source, lambda r: failing(category))
    assert ran.result == [None] * 5


def test_a_success_between_begins_the_count_anew(project: Project) -> None:
    source = "for (let i = 0; i < 9; i++) await agent(`${i}`)"
    ran = project.run(source, lambda r: "ok" if int(r.prompt) % 3 == 2 else failing("quota"))
    assert ran.outcome.status == "completed"


def test_a_silent_executor_is_cut_off_after_stall_ms(project: Project, autojump_run: Any) -> None:
    source = "return await agent('b', { label: 'b', stallMs: 5000, maxAttempts: 1, onFailure: 'report' })"
    ran = autojump_run(source, Waiting())
    assert ran.result["error"]["category"] == "timeout"
    assert "silent for 5 s" in ran.result["error"]["message"]


@pytest.fixture
def autojump_run(project: Project, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs on a clock that jumps whenever nothing happens."""
    from functools import partial

    from odw.runtime import run as run_module

    real = trio.run

    def jumping(function: Any, *args: Any) -> Any:
        return real(function, *args, clock=trio.testing.MockClock(autojump_threshold=0))

    monkeypatch.setattr(run_module.trio, "run", jumping)
    return partial(_run_with, project)


def _run_with(project: Project, source: str, executor: Any) -> Any:
    return project.run(source, executor=executor)
