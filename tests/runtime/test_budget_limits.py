"""Limits as people write them, and where they may be written."""

from __future__ import annotations

import pytest

from odw.errors import UsageError
from odw.runtime.budget_limits import (
    COST,
    OUTPUT,
    TOTAL,
    BudgetLimit,
    Limits,
    budget_limits,
    budget_text,
    parse_budget,
    raised,
)


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
    assert parse_budget(budget_text(limit)) == limit


@pytest.mark.parametrize("text", ["", "lots", "-5", "5$", "$5-total", "1e6", "5kk", "∞", "0x10", "٥", "+5"])
def test_any_other_text_is_wrong_usage(text: str) -> None:
    with pytest.raises(UsageError, match="expected output tokens"):
        parse_budget(text)


@pytest.mark.parametrize(
    ("before", "more", "after"),
    [
        (BudgetLimit(1000), "+200", BudgetLimit(1200)),
        (BudgetLimit(5, COST), "+2.5", BudgetLimit(7.5, COST)),
        (BudgetLimit(5, COST), "+$1", BudgetLimit(6, COST)),
        (BudgetLimit(5, COST), "+$2k", BudgetLimit(2005, COST)),
        (BudgetLimit(1000, TOTAL), "+1k", BudgetLimit(2000, TOTAL)),
        (BudgetLimit(1000, TOTAL), "+1k-total", BudgetLimit(2000, TOTAL)),
    ],
)
def test_a_plus_adds_to_what_was_there(before: BudgetLimit, more: str, after: BudgetLimit) -> None:
    assert raised(before, more) == after


@pytest.mark.parametrize(
    ("before", "more", "message"),
    [
        (None, "+1k", "no budget"),
        (BudgetLimit(5), "+$1", "another unit"),
        (BudgetLimit(5), "+x", "expected"),
        (BudgetLimit(5, COST), "+100k", "k and M"),
        (BudgetLimit(5, COST), "+.1 M", "k and M"),
    ],
)
def test_a_plus_needs_something_to_add_to(before: BudgetLimit | None, more: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        raised(before, more)


FILE = {
    "budget": {"total": "9k", "phases": {"Review": "1k", "Write": "2k"}},
    "runtimes": {"codex": {"budget": "$2"}},
}
META = {
    "budget": {"total": "7k", "phases": {"Review": "3k"}, "runtimes": {"mock": 50}},
    "phases": ["Plan", {"title": "Write", "budget": "4k"}, {"title": "Last"}],
}


def test_the_nearest_place_wins() -> None:
    assert budget_limits("1k", {"budget": {"total": 5}}, META, FILE).run == BudgetLimit(1000)
    assert budget_limits(None, {"budget": {"total": 5}}, META, FILE).run == BudgetLimit(5, TOTAL)
    assert budget_limits(None, None, META, FILE).run == BudgetLimit(7000)
    assert budget_limits(None, None, {}, FILE).run == BudgetLimit(9000)
    assert budget_limits(None, None, {}, {}) == Limits()


def test_phases_and_runtimes() -> None:
    found = budget_limits(None, None, META, FILE)
    assert {"Review": BudgetLimit(3000), "Write": BudgetLimit(4000)} == found.phases
    assert {"codex": BudgetLimit(2, COST), "mock": BudgetLimit(50)} == found.runtimes


@pytest.mark.parametrize(
    "meta",
    [{"budget": None}, {"budget": True}, {"budget": {"total": -5}}, {"budget": []}, {"phases": 5}, {"phases": [{"title": 5, "budget": "1k"}]}],
)  # fmt: skip
def test_what_is_no_limit_in_a_scripts_meta_is_none(meta: dict[str, object]) -> None:
    assert budget_limits(None, None, meta, {}) == Limits()


@pytest.mark.parametrize("total", [0, -1, True, "5", None, [], float("nan")])
def test_odd_totals_in_args_are_no_budget(total: object) -> None:
    assert budget_limits(None, {"budget": {"total": total}}, {}, {}).run is None


def test_a_wrong_text_names_its_place() -> None:
    with pytest.raises(UsageError, match=r"odw\.toml: budget\.phases\.Review: expected"):
        budget_limits(None, None, {}, {"budget": {"phases": {"Review": "much"}}})
    with pytest.raises(UsageError, match=r"meta\.phases\.Plan: expected"):
        budget_limits(None, None, {"phases": [{"title": "Plan", "budget": "much"}]}, {})
