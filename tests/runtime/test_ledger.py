"""The ledger: what is spent, held and shown, on the accounts of the run, its phases and its runtimes."""

from __future__ import annotations

import math
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odw.runtime.abc import Usage
from odw.runtime.budget import Ledger
from odw.runtime.budget_limits import COST, OUTPUT, TOTAL, BudgetLimit, Limits
from odw.runtime.halts import BudgetExhausted

P, R = None, "mock"  # no phase, some runtime


def used(output: int = 0, input: int = 0) -> Usage:
    return Usage(input=input, output=output)


def call(ledger: Ledger, output: int, input: int = 0, cost: float | None = None) -> None:
    """One call from its start to the script."""
    ledger.settle(ledger.reserve(P, R), used(output, input), cost)
    ledger.show(P, R, used(output, input), cost)


@pytest.mark.parametrize(
    ("unit", "message"),
    [
        (OUTPUT, "workflow budget exhausted: spent 12 >= total 10 tokens"),
        (TOTAL, "workflow budget exhausted: spent 112 >= total 10 tokens"),
        (COST, "workflow budget exhausted: spent $12.50 >= total $10.00"),
    ],
)
def test_the_hard_check_names_spent_and_total(unit: str, message: str) -> None:
    ledger = Ledger(BudgetLimit(10, unit))
    ledger.check(P, R)
    call(ledger, 12, 100, 12.5)
    with pytest.raises(BudgetExhausted) as halt:
        ledger.check(P, R)
    assert halt.value.reason == message


def test_without_a_limit_spending_is_counted_and_nothing_is_refused() -> None:
    ledger = Ledger()
    call(ledger, 7)
    ledger.check(P, R)
    assert ledger.exhausted(P, R) is None
    assert ledger.admits(P, R)
    assert (7.0, 7.0, math.inf) == (ledger.spent, ledger.settled, ledger.remaining)


def test_while_nothing_is_known_one_call_runs_alone() -> None:
    ledger = Ledger(BudgetLimit(1000))
    assert ledger.admits(P, R)
    first = ledger.reserve(P, R)
    assert not ledger.admits(P, R)
    ledger.settle(first, used(300), None)
    one, _ = ledger.reserve(P, R), ledger.admits(P, R)
    assert ledger.admits(P, R)  # 300 spent, 300 held, 300 more fit
    two = ledger.reserve(P, R)
    assert not ledger.admits(P, R)  # 300 + 600 + 300 do not
    ledger.refund(one)
    ledger.refund(two)
    assert ledger.in_flight == 0


def test_what_a_call_streams_counts_when_it_is_more_than_was_held() -> None:
    ledger = Ledger(BudgetLimit(1000))
    call(ledger, 100)
    one = ledger.reserve(P, R)
    assert ledger.admits(P, R)
    assert not ledger.stream(one, used(850), None)
    assert not ledger.admits(P, R)  # 100 spent, 850 streamed: 100 more do not fit
    assert ledger.stream(one, used(900), None)  # all of it is gone
    ledger.settle(one, used(900), None)
    assert ledger.exhausted(P, R) is not None


def test_the_script_sees_what_it_was_handed_and_the_gate_what_is_true() -> None:
    ledger = Ledger(BudgetLimit(100))
    ledger.settle(ledger.reserve(P, R), used(100), None)
    ledger.check(P, R)  # not handed out yet: the script may still ask
    assert ledger.exhausted(P, R) is not None
    ledger.show(P, R, used(100), None)
    with pytest.raises(BudgetExhausted):
        ledger.check(P, R)


def test_recorded_and_sunk_spending() -> None:
    ledger = Ledger(BudgetLimit(1000))
    ledger.restore(P, R, used(200), None)
    ledger.sunk(4, P, R, used(50), None)
    ledger.sunk(9, P, R, used(5), None)
    assert (ledger.spent, ledger.settled) == (0.0, 255.0)
    ledger.reveal(4)
    assert ledger.spent == 0, "only what was spent before that line"
    ledger.show(P, R, used(200), None)
    assert ledger.spent == 200
    ledger.reveal(9)
    assert ledger.spent == 250
    ledger.reveal()
    ledger.reveal()
    assert ledger.spent == 255
    assert ledger.reserve(P, R) is not None and ledger.admits(P, R)  # the size of a call is known


def test_a_phase_and_a_runtime_have_accounts_of_their_own() -> None:
    limits = Limits(BudgetLimit(1000), {"Review": BudgetLimit(100)}, {"codex": BudgetLimit(2, COST)})
    ledger = Ledger(limits)
    for phase, runtime, cost in (("Review", "claude", None), ("Write", "codex", 2.5)):
        ledger.settle(ledger.reserve(phase, runtime), used(100), cost)
        ledger.show(phase, runtime, used(100), cost)
    with pytest.raises(
        BudgetExhausted, match='budget of phase "Review" exhausted: spent 100 >= total 100 tokens'
    ):
        ledger.check("Review", "claude")
    with pytest.raises(
        BudgetExhausted, match=r"budget of runtime codex exhausted: spent \$2.50 >= total \$2.00"
    ):
        ledger.check("Write", "codex")
    ledger.check("Write", "claude")
    assert ledger.counts_cost
    found = ledger.to_json()
    assert {name: found[name] for name in ("total", "spent", "unit", "approx")} == {
        "total": 1000,
        "spent": 200.0,
        "unit": OUTPUT,
        "approx": False,
    }
    assert found["phases"]["Review"]["spent"] == 100
    assert found["runtimes"]["codex"]["spent"] == 2.5


def test_a_full_account_holds_back_only_what_it_concerns() -> None:
    ledger = Ledger(Limits(None, {"Review": BudgetLimit(100)}))
    ledger.reserve("Review", R)
    assert not ledger.admits("Review", R)
    assert ledger.admits("Write", R)


@pytest.mark.parametrize(
    ("usage", "cost"),
    [(None, None), (Usage(output=-5), -1.0), (Usage(output=10**30), math.nan), (Usage(), math.inf)],
)
@pytest.mark.parametrize("unit", [OUTPUT, TOTAL, COST])
def test_nonsense_from_an_executor_corrupts_nothing(usage: Any, cost: Any, unit: str) -> None:
    ledger = Ledger(BudgetLimit(100, unit))
    reservation = ledger.reserve(P, R)
    ledger.stream(reservation, usage, cost)
    ledger.settle(reservation, usage, cost)
    assert 0 <= ledger.settled < math.inf
    assert ledger.in_flight == 0


def test_an_end_without_usage_makes_it_approximate() -> None:
    ledger = Ledger()
    ledger.settle(ledger.reserve(P, R), None, None, approximate=True)
    assert ledger.to_json()["approx"] is True


def test_a_reservation_is_given_back_once() -> None:
    ledger = Ledger(BudgetLimit(100))
    reservation = ledger.reserve(P, R)
    ledger.settle(reservation, used(10), None)
    ledger.settle(reservation, used(10), None)
    ledger.refund(reservation)
    assert (ledger.settled, ledger.in_flight) == (10.0, 0)


def crowd(limit: float, sizes: list[int], slots: int, seed: int) -> tuple[Ledger, float]:
    """Calls of these sizes as the runtime drives them: started while admitted, streaming and ending in random order."""
    dice = random.Random(seed)
    ledger = Ledger(BudgetLimit(limit))
    waiting, running = list(reversed(sizes)), []
    while waiting or running:
        while waiting and len(running) < slots and ledger.admits(P, R) and ledger.exhausted(P, R) is None:
            running.append((ledger.reserve(P, R), waiting.pop()))
        if not running:
            break
        reservation, size = running[dice.randrange(len(running))]
        if dice.random() < 0.5:
            ledger.stream(reservation, used(dice.randrange(size + 1)), None)
        else:
            running.remove((reservation, size))
            ledger.settle(reservation, used(size), None)
        account = ledger._run
        assert account.reserved >= -1e-6
        assert account.streamed >= -1e-6
    assert ledger.in_flight == 0
    assert ledger._run.reserved == 0
    return ledger, ledger.settled - limit


@settings(max_examples=200, deadline=None)
@given(
    size=st.integers(1, 500), count=st.integers(1, 60), limit=st.integers(1, 5000), slots=st.integers(1, 32), seed=st.integers()
)  # fmt: skip
def test_calls_of_one_size_overshoot_by_less_than_one(
    size: int, count: int, limit: int, slots: int, seed: int
) -> None:
    ledger, over = crowd(limit, [size] * count, slots, seed)
    assert over < size
    if ledger.exhausted(P, R) is None:
        assert ledger.settled == size * count  # nothing was held back for good


@settings(max_examples=200, deadline=None)
@given(sizes=st.lists(st.integers(1, 1000), min_size=1, max_size=60), limit=st.integers(1, 5000), slots=st.integers(1, 32), seed=st.integers())  # fmt: skip
def test_calls_of_any_size_all_end_and_all_is_given_back(
    sizes: list[int], limit: int, slots: int, seed: int
) -> None:
    ledger, over = crowd(limit, sizes, slots, seed)
    assert over < slots * max(sizes)
    assert ledger.exhausted(P, R) is not None or ledger.settled == sum(sizes)


def test_a_call_that_tells_nothing_teaches_nothing_about_the_size_of_a_call() -> None:
    ledger = Ledger(BudgetLimit(1000))
    ledger.settle(ledger.reserve(P, R), None, None)  # it failed before it used anything
    ledger.reserve(P, R)
    assert not ledger.admits(P, R)


def test_calls_of_an_executor_that_never_tells_run_side_by_side_after_a_few() -> None:
    ledger = Ledger(BudgetLimit(1000))
    for _ in range(3):
        ledger.settle(ledger.reserve(P, R), None, None, approximate=True)
    ledger.reserve(P, R)
    assert ledger.admits(P, R)


def test_silent_calls_do_not_make_the_others_look_small() -> None:
    ledger = Ledger(BudgetLimit(1000))
    for usage in (None, used(300), None):
        ledger.settle(ledger.reserve(P, R), usage, None)
    ledger.reserve(P, R)
    assert ledger.admits(P, R)  # 300 spent, 300 held, 300 more
    ledger.reserve(P, R)
    assert not ledger.admits(P, R)
