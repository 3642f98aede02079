"""The price table: which entry a model's name means, and what a usage costs by it."""

from __future__ import annotations

import math
import subprocess
import sys
from typing import Any

import pytest

from odw.runtime.abc import Usage
from odw.runtime.prices import PRICES, Price, cost_of, price_of, price_table

MODELS = price_table()["models"]


def test_every_entry_has_four_prices_and_every_alias_leads_to_one() -> None:
    for model, entry in MODELS.items():
        assert tuple(entry) == PRICES, model
        assert all(isinstance(price, int | float) and 0 < price < 1000 for price in entry.values()), model
        assert entry["output"] > entry["input"], model
        assert entry["cache_read"] <= entry["input"] <= entry["cache_write"], model
    assert [alias for alias, model in price_table()["aliases"].items() if model not in MODELS] == []
    assert [name for name in (*MODELS, *price_table()["aliases"]) if name != name.lower()] == []


def test_the_table_says_of_what_day_it_is() -> None:
    table = price_table()
    assert len(table["date"].split("-")) == 3
    assert (table["currency"], table["per"]) == ("USD", 1_000_000)


@pytest.mark.parametrize("model", MODELS)
def test_every_entry_is_found_by_its_own_name(model: str) -> None:
    assert price_of(model) == Price(*MODELS[model].values())
    assert price_of(f"some-provider/{model.upper()}") == price_of(model)


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("opus", "claude-opus-5-5"),
        ("sonnet[1m]", "claude-sonnet-5-5"),
        ("claude-opus-4-20250514", "claude-opus-4"),
        ("claude-sonnet-4-5@20250929", "claude-sonnet-4-5"),
        ("claude-3-5-haiku-latest", "claude-3-5-haiku"),
        ("anthropic/claude-opus-5-5-20260922", "claude-opus-5-5"),
        ("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "claude-sonnet-4-5"),
        ("openrouter/openai/gpt-5-codex:nitro", "gpt-5-codex"),
        ("gpt-4o-2024-08-06", "gpt-4o"),
        ("gpt-5-codex-high", "gpt-5-codex"),
        ("gemini-2.5-flash-preview-09-2025", "gemini-2.5-flash"),
        ("gemini-3.1-pro-preview", "gemini-3.1-pro"),
        ("kimi-k2-0905-preview", "kimi-k2"),
        ("qwen/qwen3-coder-plus", "qwen3-coder-plus"),
        ("GLM-4.6", "glm-4.6"),
    ],
)
def test_provider_date_and_effort_do_not_matter(name: str, model: str) -> None:
    assert price_of(name) == price_of(model) is not None


@pytest.mark.parametrize(
    "name",
    ["", "/", "gpt", "gpt-5.9", "gpt-50", "claude-opus-4-9", "gpt-5-codex-mini", "o3-deep-research",
     "claude-opus-5-5-fast", "kimi-k2-turbo", "opus-4", "my-gpt-5", "a model"],
)  # fmt: skip
def test_another_version_or_size_is_another_model(name: str) -> None:
    assert price_of(name) is None
    assert cost_of(Usage(1, 1), name) is None


def test_overrides_correct_and_extend_the_table() -> None:
    own = {
        "Mine": {"input": 1, "output": 2},
        "gpt-5": {"input": 7, "output": 8, "cache_read": 0, "cache_write": 9},
    }
    assert price_of("mine", own) == Price(1, 2, 1, 1)  # cached tokens cost like others unless it says so
    assert price_of("house/mine-high", own) == Price(1, 2, 1, 1)
    assert price_of("gpt-5-high", own) == Price(7, 8, 0, 9)
    assert price_of("gpt-5-codex", own) == price_of("gpt-5-codex")  # the table knows that one better
    assert price_of("opus", {"claude-opus-5-5": {"input": 1, "output": 2}}) == Price(1, 2, 1, 1)
    assert price_of("mine") is None


@pytest.mark.parametrize(
    "odd",
    [None, 5, "cheap", [], {}, {"input": 1}, {"input": "1", "output": 2}, {"input": True, "output": 2},
     {"input": -1, "output": 2}, {"input": math.nan, "output": 2}, {"input": 1, "output": math.inf},
     {"input": 10**400, "output": 2}, {"input": 1, "output": 2, "cache_read": None}],
)  # fmt: skip
def test_an_override_that_is_no_price_counts_as_absent(odd: Any) -> None:
    assert price_of("gpt-5", {"gpt-5": odd}) == price_of("gpt-5")
    assert cost_of(Usage(output=1), "mine", {"mine": odd}) is None


def test_a_cost_counts_every_kind_of_token_once() -> None:
    own = {"m": {"input": 1, "output": 10, "cache_read": 0.1, "cache_write": 1.25}}
    usage = Usage(
        input=1_000_000, output=100_000, cache_read=2_000_000, cache_write=400_000, reasoning=50_000
    )
    assert cost_of(usage, "m", own) == pytest.approx(1 + 1 + 0.2 + 0.5)  # reasoning is part of the output
    assert cost_of(Usage(), "m", own) == 0


@pytest.mark.parametrize("output", [-5, 10**400, math.nan, math.inf])
def test_a_usage_that_cannot_be_has_no_cost(output: Any) -> None:
    assert cost_of(Usage(output=output), "gpt-5") is None


def test_nothing_is_read_before_a_price_is_wanted() -> None:
    code = (
        "import sys, odw.runtime.run; assert 'odw.runtime.prices' not in sys.modules;"
        "import odw.runtime.prices as p; assert p.price_table.cache_info().currsize == 0"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
