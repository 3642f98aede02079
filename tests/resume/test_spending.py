"""What earlier sessions spent: shown to the script where it was shown first, and nothing of it forgotten."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import trio
from script_runs import Project, Ran, failing, spending
from test_check_and_replay import replayed

from odw.runtime.abc import CallRequest, Emit, Failure, Planned, Report, Usage
from odw.runtime.budget_limits import COST, BudgetLimit
from odw.runtime.fakes import FakeExecutor, FakePlanner
from odw.runtime.journal.history import History
from odw.runtime.journal.reader import read_journal
from odw.runtime.told import MOST

Asked = list[tuple[str, str]]


class Purse:
    """Answers with 10 tokens each; ``failing`` labels fail with 5. ``asked`` has label and prompt of each request."""

    def __init__(self, *fails: str) -> None:
        self.fails = set(fails)
        self.asked: Asked = []

    def __call__(self, request: Any) -> Planned:
        self.asked.append((request.label, request.prompt))
        if request.label in self.fails:
            return Planned(Report(usage=Usage(output=5), error=failing().error))
        return Planned(spending(request.label))

    def take(self) -> Asked:
        taken, self.asked = self.asked, []
        return taken


# Shown where it was shown first

ASKS = """
const a = await agent('a', { label: 'a' })
const f = await agent('f', { label: 'f' })
const c = await agent(`c after ${budget.spent()}`, { label: 'c' })
return await agent(`d after ${budget.spent()}`, { label: 'd' })
"""


def test_later_sessions_see_sunk_spending_where_the_first_one_saw_it(project: Project) -> None:
    purse = Purse("f")
    first = project.run(ASKS, executor=FakePlanner(purse), on_failure="throw")
    purse.fails.clear()
    purse.take()

    def resume() -> Asked:
        project.run(ASKS, executor=FakePlanner(purse), resume_from=first.outcome.run_id)
        return purse.take()

    assert resume() == [("f", "f"), ("c", "c after 25"), ("d", "d after 35")]
    for _ in range(2):
        assert resume() == [], "the 5 tokens are shown again before c is asked for"
    assert replayed(project, first, ASKS, strict=True).divergences == []


def test_failures_that_went_on_are_shown_to_what_was_recorded_after_them(project: Project) -> None:
    """f fails, its session goes on; the next one makes c while f runs once more."""
    source = """
    const f = agent('f', { label: 'f', mock: 1 })
    await agent('a', { label: 'a' })
    const c = await agent(`c after ${budget.spent()}`, { label: 'c' })
    await f
    return c
    """
    delays = {"f": 1, "a": 2, "c": 3}
    purse = Purse("f")

    def slow(request: Any) -> Planned:
        return purse(request)._replace(delay_ms=delays[request.label])

    first = project.run(source, executor=FakePlanner(slow))
    assert purse.take()[-1] == ("c", "c after 15")
    delays["f"] = 50
    project.run(source, executor=FakePlanner(slow), resume_from=first.outcome.run_id)
    assert purse.take() == [("f", "f")]


def test_a_re_enactment_counts_a_failure_once(project: Project) -> None:
    source = """
    await agent('f', { label: 'f' })
    await agent('a', { label: 'a' })
    return budget.spent()
    """
    first = project.run(source, executor=FakePlanner(Purse("f")))
    assert first.result == 15
    assert replayed(project, first, source, strict=True).divergences == []
    again = project.run(source, executor=FakePlanner(Purse("f")), resume_from=first.outcome.run_id)
    assert again.result == 20
    assert replayed(project, first, source, strict=True).divergences == []


def test_a_call_that_was_cut_off_is_re_enacted_as_that(project: Project) -> None:
    """By the budget: the script saw an error that it could catch, not a failed call's null."""
    source = """
    await agent('small', { label: 'small' })
    const ends = await Promise.allSettled(['large', 'b'].map((x) => agent(x, { label: x })))
    return ends.map((end) => end.status === 'fulfilled' ? end.value : end.reason.name)
    """

    async def answer(request: CallRequest) -> Report:
        if request.label == "b":
            await trio.sleep_forever()
        return spending("done", 100 if request.label == "large" else 1)

    first = project.run(
        source, executor=FakeExecutor(answer), budget=BudgetLimit(100), budget_policy="cancel", concurrency=2
    )
    (cut,) = [event for event in first.of("agent_done") if "halt" in event]
    assert (cut["label"], first.result) == ("b", ["done", "WorkflowBudgetError"])
    assert replayed(project, first, source, strict=True).divergences == []


# Nothing is forgotten


class Tells(FakeExecutor):
    """``steps(request, emit)`` says what an attempt does; its events are the executor's own."""

    def __init__(self, steps: Callable[[CallRequest, Emit], Any]) -> None:
        super().__init__()
        self._steps = steps

    async def run(self, request: CallRequest, emit: Emit) -> Report:
        self.seen.append(request)
        report: Report = await self._steps(request, emit)
        return report


def killed_at(ran: Ran, kind: str) -> None:
    """Leave the journal as a kill -9 behind its first line of this type."""
    path = ran.dir / "events.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    last = next(i for i, line in enumerate(lines) if f'"type":"{kind}"'.encode() in line)
    path.write_bytes(b"".join(lines[: last + 1]))


def sunk(ran: Ran) -> list[tuple[int, float | None]]:
    history = History().read(read_journal(str(ran.dir / "events.jsonl")).events)
    return [(entry.usage.output, entry.cost) for entry in history.sunk]


SCHEMA = "{ label: 'x', schema: { type: 'integer' } }"


@pytest.mark.parametrize(
    ("options", "bad", "kind"),
    [
        ("{ label: 'x' }", Report(error=Failure("transient", "x", True)), "agent_retry"),
        (SCHEMA, Report(text="no number"), "agent_schema_invalid"),
    ],
)
def test_what_ended_attempts_used_is_known_though_the_call_is_killed_in_a_later_one(
    project: Project, options: str, bad: Report, kind: str
) -> None:
    reports = [bad._replace(usage=Usage(output=1000), cost=0.5), spending("7", 10)._replace(cost=0.01)]
    source = f"return await agent('x', {options})"
    first = project.run(source, executor=FakePlanner(lambda r: Planned(reports[r.attempt - 1])))
    assert first.state["budget"]["spent"] == 1010
    killed_at(first, kind)
    assert sunk(first) == [(1000, 0.5)]
    again = project.run(
        source, executor=FakePlanner(lambda r: Planned(reports[1])), resume_from=first.outcome.run_id
    )
    assert again.state["budget"]["spent"] == 1010


def test_ended_attempts_and_what_the_next_one_told_add_up(project: Project) -> None:
    async def steps(request: CallRequest, emit: Emit) -> Report:
        emit({"type": "usage", "usage": {"output": 100 * request.attempt}})
        if request.attempt == 1:  # tells 100, then says that it was 130
            return Report(error=Failure("transient", "x", True), usage=Usage(output=130))
        return spending("ok", 250)

    first = project.run("return await agent('x')", executor=Tells(steps))
    path = first.dir / "events.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    told = [i for i, line in enumerate(lines) if b'"agent_progress"' in line]
    path.write_bytes(b"".join(lines[: told[1] + 1]))
    assert sunk(first) == [(330, None)]


def test_a_journal_of_before_tells_what_was_streamed(project: Project) -> None:
    """Its ``agent_retry`` has no usage."""
    history = History().read(
        [
            {"type": "workflow_start", "seq": 1, "name": "x"},
            {"type": "agent_start", "seq": 2, "index": 1, "key": "k", "path": "a0", "label": "x", "phase": None},
            {"type": "agent_progress", "seq": 3, "index": 1, "event": {"type": "usage", "usage": {"output": 40}}},
            {"type": "agent_retry", "seq": 4, "index": 1, "attempt": 2},
            {"type": "agent_progress", "seq": 5, "index": 1, "event": {"type": "usage", "usage": {"output": 2}}},
        ]
    )  # fmt: skip
    assert [(entry.position, entry.usage.output) for entry in history.sunk] == [(5, 42)]


# Nonsense, and money that is not told


def numbers(value: Any) -> Iterator[float]:
    """All of them, wherever in a JSON value."""
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from numbers(inner)
    elif isinstance(value, int | float):
        yield value


@pytest.mark.parametrize("nonsense", [math.nan, math.inf, -math.inf, -5, 10**400, 1e300])
def test_nonsense_reaches_neither_ledger_nor_files(project: Project, nonsense: Any) -> None:
    async def steps(request: CallRequest, emit: Emit) -> Report:
        emit({"type": "usage", "usage": {"output": nonsense, "input": 3}, "cost": nonsense})
        if request.attempt == 1:
            error = Failure("transient", "x", True)
            return Report(error=error, usage=Usage(output=nonsense, input=4), cost=nonsense)
        return Report(text="ok", usage=Usage(output=7, cache_read=nonsense), cost=nonsense)

    ran = project.run("return [await agent('x'), budget.spent()]", executor=Tells(steps))
    assert ran.result == ["ok", 7]
    files = [json.loads(path.read_text()) for path in ran.dir.glob("*.json")]
    assert all(0 <= number <= MOST for number in numbers([*files, *ran.journal]))
    (retry,) = ran.of("agent_retry")
    assert (retry["usage"], "cost" in retry) == ({"input": 4, "output": 0}, False)


def test_a_planner_may_tell_nonsense_too(project: Project) -> None:
    report = Report(text="ok", usage=Usage(output=math.nan), cost=math.nan)  # type: ignore[arg-type]
    ran = project.run("return await agent('x')", executor=FakePlanner(lambda r: Planned(report)))
    (done,) = ran.of("agent_done")
    assert done["usage"] == {"input": 0, "output": 0}
    assert done["approx"] is True
    assert "cost" not in done


PRICES = {"own": {"input": 1.0, "output": 1000.0}}


@pytest.mark.parametrize("model_in", ["event", "option"])
def test_streamed_tokens_are_dollars_at_once(project: Project, model_in: str) -> None:
    """The model is the one that the executor names, else the one that was asked for."""

    async def steps(request: CallRequest, emit: Emit) -> Report:
        if model_in == "event":
            emit({"type": "started", "program": "fake", "model": "own"})
        emit({"type": "usage", "usage": {"output": 2000}})
        await trio.sleep_forever()
        raise AssertionError

    model = ", model: 'own'" if model_in == "option" else ""
    ran = project.run(
        f"return await agent('x', {{ label: 'x'{model} }})",
        executor=Tells(steps), budget=BudgetLimit(2, COST), budget_policy="cancel", prices=PRICES,
    )  # fmt: skip
    assert ran.outcome.status == "parked"
    assert "spent $2.00 >= total $2.00" in ran.error.message
    assert ran.of("agent_progress")[-1]["event"]["cost"] == 2.0
    assert sunk(ran) == [(2000, 2.0)], "a resume books the dollars too"


def test_each_attempt_has_its_own_price(project: Project) -> None:
    reports = [
        Report(error=Failure("transient", "x", True), usage=Usage(output=1000), model="own"),
        Report(text="ok", usage=Usage(output=10), cost=0.5),
    ]
    ran = project.run(
        "return await agent('x')",
        executor=FakePlanner(lambda r: Planned(reports[r.attempt - 1])),
        prices=PRICES,
    )
    assert [event["cost"] for event in (*ran.of("agent_retry"), *ran.of("agent_done"))] == [1.0, 1.5]


def test_dollars_that_nothing_tells_make_the_budget_approximate(project: Project) -> None:
    ran = project.run(
        "return await agent('x')",
        executor=FakePlanner(lambda r: Planned(spending("ok"))),
        budget=BudgetLimit(2, COST),
    )
    assert ran.state["budget"]["approx"] is True
    assert any("no price is known for a model that is not told" in note for note in ran.notes)
