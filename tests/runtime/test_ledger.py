"""The budget: parsing, counting, reserving."""

from __future__ import annotations

import pytest

from odw.errors import UsageError
from odw.runtime.abc import CallOutcome, Usage
from odw.runtime.budget import COST, OUTPUT, TOTAL, BudgetLimit, Ledger, parse_budget
from odw.runtime.halts import BudgetExhausted


def outcome(
    output: int = 0, input: int = 0, cost: float | None = None, approximate: bool = False
) -> CallOutcome:
    return CallOutcome("", None, (), Usage(input=input, output=output), cost, None, approximate)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("500", BudgetLimit(500, OUTPUT)),
        ("500k", BudgetLimit(500_000, OUTPUT)),
        ("1.5M", BudgetLimit(1_500_000, OUTPUT)),
        ("2M-total", BudgetLimit(2_000_000, TOTAL)),
        ("$5", BudgetLimit(5, COST)),
        (" $0.25 ", BudgetLimit(0.25, COST)),
        ("$1k", BudgetLimit(1000, COST)),
    ],
)
def test_a_budget_is_output_tokens_all_tokens_or_dollars(text: str, limit: BudgetLimit) -> None:
    assert parse_budget(text) == limit


@pytest.mark.parametrize("text", ["", "lots", "-5", "5$", "$5-total", "1e6", "5kk", "∞", "0x10", "٥"])
def test_any_other_text_is_wrong_usage(text: str) -> None:
    with pytest.raises(UsageError, match="expected output tokens"):
        parse_budget(text)


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
    ledger.check()
    ledger.settle(ledger.reserve(), outcome(12, 100, 12.5))
    with pytest.raises(BudgetExhausted) as halt:
        ledger.check()
    assert halt.value.reason == message


def test_without_a_limit_spending_is_counted_and_nothing_is_refused() -> None:
    ledger = Ledger()
    ledger.settle(ledger.reserve(), outcome(7))
    ledger.check()
    assert (ledger.spent, ledger.remaining, ledger.unit) == (7, float("inf"), OUTPUT)


def test_a_call_starts_beside_others_only_if_the_mean_still_fits() -> None:
    ledger = Ledger(BudgetLimit(100))
    ledger.settle(ledger.reserve(), outcome(30))
    held = []
    while ledger.admits():
        held.append(ledger.reserve())
    assert len(held) == 2  # 30 spent, 2 · 30 reserved: a third would make 120
    ledger.settle(held.pop(), outcome(30))
    assert not ledger.admits()
    ledger.refund(held.pop())
    assert ledger.admits()
    assert ledger.reserved == 0


def test_a_call_that_is_alone_is_always_admitted() -> None:
    ledger = Ledger(BudgetLimit(10))
    ledger.settle(ledger.reserve(), outcome(9))
    assert ledger.admits()


def test_an_outcome_without_usage_makes_it_approximate() -> None:
    ledger = Ledger()
    ledger.settle(ledger.reserve(), outcome(approximate=True))
    assert ledger.approximate
