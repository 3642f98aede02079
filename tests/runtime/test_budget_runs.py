"""A spent budget in whole runs: how far it is overshot, by either policy, and what a resume with more money runs."""

from __future__ import annotations

from typing import Any

import pytest
import trio
from script_runs import Project, Ran

from odw.runtime.abc import CallRequest, Emit, Report, Usage
from odw.runtime.budget_limits import COST, OUTPUT, TOTAL, BudgetLimit, Limits
from odw.runtime.fakes import FakeExecutor

COUNT = 40
SOURCE = f"""
return await parallel([...Array({COUNT}).keys()].map((i) => () => agent(`item ${{i}}`, {{ label: `${{i}}` }})))
"""
POLICIES = pytest.mark.parametrize("policy", ["finish", "cancel"])


class Streaming(FakeExecutor):
    """Tells its usage in steps, with a turn for the others after each. ``peak`` is how many ran at once."""

    def __init__(self, size: int = 30, sizes: dict[str, int] | None = None, step: int = 10) -> None:
        super().__init__()
        self._size = size
        self._sizes = sizes or {}
        self._step = step
        self.running = self.peak = 0
        self.used: dict[str, int] = {}

    async def run(self, request: CallRequest, emit: Emit) -> Report:
        self.seen.append(request)
        self.running += 1
        self.peak = max(self.peak, self.running)
        size = self._sizes.get(request.label, self._size)
        try:
            for used in range(self._step, size, self._step):
                self._tell(request, emit, used)
                await trio.lowlevel.checkpoint()
        finally:
            self.running -= 1
        self.used[request.label] = size
        return Report(text=f"{request.label}!", usage=Usage(output=size), cost=size / 100)

    def _tell(self, request: CallRequest, emit: Emit, used: int) -> None:
        self.used[request.label] = used
        emit({"type": "usage", "usage": {"output": used}, "cost": used / 100})

    @property
    def labels(self) -> list[str]:
        return sorted((request.label for request in self.seen), key=int)


def spent(ran: Ran) -> float:
    """As the run's directory says now: a resume changes it."""
    return float(ran.state["budget"]["spent"])


def finished(ran: Ran) -> set[str]:
    return {event["label"] for event in ran.of("agent_done") if event["ok"]}


def assert_parked(ran: Ran) -> None:
    assert (ran.outcome.status, ran.outcome.exit_code) == ("parked", 4)
    assert "budget exhausted: spent " in ran.error.message


@POLICIES
@pytest.mark.parametrize("total", [1, 30, 31, 100, 299, 300, 301, 899])
def test_calls_of_one_size_overshoot_by_less_than_one(
    project: Project, trio_order: str, policy: str, total: int
) -> None:
    executor = Streaming()
    ran = project.run(
        SOURCE, executor=executor, budget=BudgetLimit(total), budget_policy=policy, concurrency=8
    )
    assert_parked(ran)
    assert total <= spent(ran) < total + 30
    assert spent(ran) == sum(executor.used.values())
    assert executor.peak <= 8
    if total > 300:  # the size of a call is known, and there is room for several
        assert executor.peak == 8


@POLICIES
def test_a_resume_with_more_runs_only_what_did_not_finish(project: Project, policy: str) -> None:
    first = Streaming()
    parked = project.run(SOURCE, executor=first, budget=BudgetLimit(301), budget_policy=policy, concurrency=4)
    assert_parked(parked)
    before, kept = spent(parked), finished(parked)
    assert 0 < len(kept) < COUNT
    second = Streaming()
    ran = project.run(
        SOURCE,
        executor=second,
        budget=BudgetLimit(301 + 5000),
        budget_policy=policy,
        resume_from=parked.outcome.run_id,
    )
    assert ran.result == [f"{i}!" for i in range(COUNT)]
    assert second.labels == [str(i) for i in range(COUNT) if str(i) not in kept]
    assert ran.outcome.census["replayed"] == len(kept)
    assert spent(ran) == before + 30 * (COUNT - len(kept))


@POLICIES
def test_a_resume_with_the_same_budget_parks_again_and_runs_nothing(project: Project, policy: str) -> None:
    options: dict[str, Any] = {"budget": BudgetLimit(300), "budget_policy": policy}
    parked = project.run(SOURCE, executor=Streaming(), **options)
    before, second = spent(parked), Streaming()
    again = project.run(SOURCE, executor=second, resume_from=parked.outcome.run_id, **options)
    assert_parked(again)
    assert second.seen == []
    assert spent(again) == before


def test_cancel_cuts_off_calls_that_turn_out_larger_than_those_before(
    project: Project, trio_order: str
) -> None:
    """Ten small calls teach a mean that the next ones exceed by far: eight start, and are cut off in mid-stream."""
    sizes = {str(i): 10 if i < 10 else 500 for i in range(COUNT)}
    executor = Streaming(sizes=sizes)
    ran = project.run(
        SOURCE, executor=executor, budget=BudgetLimit(600), budget_policy="cancel", concurrency=8
    )
    assert_parked(ran)
    assert executor.peak == 8
    before = spent(ran)
    assert 600 <= before < 600 + 10  # one step of one call
    assert executor.running == 0
    assert finished(ran) == {str(i) for i in range(10)}
    again = project.run(
        SOURCE, executor=Streaming(), budget=BudgetLimit(10_000), resume_from=ran.outcome.run_id
    )
    assert again.outcome.census["replayed"] == 10
    assert spent(again) == before + 30 * 30  # what was cut off stays spent


def test_finish_lets_such_calls_end_and_starts_no_other(project: Project, trio_order: str) -> None:
    sizes = {str(i): 10 if i < 10 else 500 for i in range(COUNT)}
    executor = Streaming(sizes=sizes)
    ran = project.run(
        SOURCE, executor=executor, budget=BudgetLimit(600), budget_policy="finish", concurrency=8
    )
    assert_parked(ran)
    assert finished(ran) == {str(i) for i in range(18)}
    assert spent(ran) == 10 * 10 + 8 * 500
    second = Streaming()
    again = project.run(SOURCE, executor=second, budget=BudgetLimit(10_000), resume_from=ran.outcome.run_id)
    assert len(again.result) == COUNT
    assert second.labels == [str(i) for i in range(18, COUNT)]


@POLICIES
def test_dollars_are_held_to_like_tokens(project: Project, policy: str) -> None:
    ran = project.run(
        SOURCE, executor=Streaming(), budget=BudgetLimit(2, COST), budget_policy=policy, concurrency=8
    )
    assert_parked(ran)
    assert 2 <= spent(ran) < 2 + 0.3
    assert (
        f"exhausted: spent {'$2.10' if policy == 'finish' else '$2.00'} >= total $2.00" in ran.error.message
    )


@pytest.mark.parametrize(("policy", "review"), [("finish", 120), ("cancel", 100)])
def test_a_script_may_go_on_when_a_phase_is_spent(project: Project, policy: str, review: int) -> None:
    source = """
    const many = (phase) => parallel([...Array(10).keys()].map((i) => () => agent(`${phase} ${i}`, { phase })))
    let halted = ''
    try { await many('Review') } catch (error) { halted = error.message }
    return { halted, written: await many('Write') }
    """
    limits = Limits(None, {"Review": BudgetLimit(100)}, {})
    ran = project.run(source, executor=Streaming(), budget=limits, budget_policy=policy, concurrency=4)
    assert f'budget of phase "Review" exhausted: spent {review} >= total 100 tokens' == ran.result["halted"]
    assert len(ran.result["written"]) == 10
    assert spent(ran) == review + 300
    assert ran.state["budget"]["phases"]["Review"]["spent"] == review


class Nonsense(FakeExecutor):
    """Tells a usage that cannot be, while it runs and at its end."""

    def __init__(self, amount: Any) -> None:
        super().__init__()
        self._amount = amount

    async def run(self, request: CallRequest, emit: Emit) -> Report:
        emit(
            {"type": "usage", "usage": {"input": self._amount, "output": self._amount}, "cost": self._amount}
        )
        return Report(text="ok", usage=Usage(self._amount, self._amount), cost=self._amount)


@pytest.mark.parametrize("unit", [OUTPUT, TOTAL, COST])
@pytest.mark.parametrize("amount", [-5, 10**400, 1.0e300])
def test_a_usage_that_cannot_be_counts_as_nothing(project: Project, unit: str, amount: Any) -> None:
    source = "return [await agent('a'), await agent('b'), budget.spent(), budget.remaining()]"
    budget = BudgetLimit(100, unit)
    ran = project.run(source, executor=Nonsense(amount), budget=budget)
    assert ran.result == ["ok", "ok", 0, 100]
    again = project.run(source, executor=FakeExecutor(), budget=budget, resume_from=ran.outcome.run_id)
    assert again.result == ["ok", "ok", 0, 100]
    assert again.executor.seen == []


class Hanging(FakeExecutor):
    """``slow`` tells of 70 tokens and never ends."""

    async def run(self, request: CallRequest, emit: Emit) -> Report:
        if request.label == "slow":
            emit({"type": "usage", "usage": {"output": 70}})
            self.seen.append(request)
            await trio.sleep_forever()
        while not self.seen:  # the other one has told
            await trio.lowlevel.checkpoint()
        return Report(text=request.label, usage=Usage(output=30))


def test_what_a_call_that_is_stopped_at_the_end_had_used_is_spent(project: Project) -> None:
    script = "return Promise.race([agent('s', {label: 'slow'}), agent('q', {label: 'quick'})])"
    ran = project.run(script, executor=Hanging())
    assert ran.result == "quick"
    assert (ran.state["budget"]["spent"], ran.state["budget"]["approx"]) == (100, True)
