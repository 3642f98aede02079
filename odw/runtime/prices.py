"""What tokens cost: a table with a date (``prices.json``), which ``[prices]`` in odw.toml corrects and extends.

Prices are list prices in US dollars per million tokens, without discounts for batches or surcharges for long contexts; a model's
name is matched without its provider and date, then by its longest known beginning (``gpt-5-codex-high`` → ``gpt-5-codex``).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from odw.runtime.abc import Usage

_DATE = re.compile(r"[-@](?:20\d{6}|20\d\d-\d\d-\d\d|latest|preview(?:-[\d-]+)?)\Z")
_BOUNDARY = "-.:@["  # a known name ends at one of these, or where the whole name does


class Price(NamedTuple):
    """US dollars per million tokens."""

    input: float
    output: float
    cache_read: float
    cache_write: float


@lru_cache(maxsize=1)
def price_table() -> dict[str, Any]:
    """``{date, currency, per, models: {name: {input, output, cache_read, cache_write}}}``; read once, when first wanted."""
    table: dict[str, Any] = json.loads(Path(__file__).with_name("prices.json").read_text("utf-8"))
    return table


def price_of(model: str, overrides: Mapping[str, Any] | None = None) -> Price | None:
    """The price of a model, None when neither ``overrides`` nor the table knows it."""
    for prices in (overrides or {}, price_table()["models"]):
        found = _find(model, prices)
        if found is not None:
            return found
    return None


def cost_of(usage: Usage, model: str, overrides: Mapping[str, Any] | None = None) -> float | None:
    """US dollars for one usage; None for a model without a price. ``usage.input`` does not contain the cached tokens."""
    price = price_of(model, overrides)
    if price is None:
        return None
    cost = (
        usage.input * price.input
        + usage.output * price.output
        + usage.cache_read * price.cache_read
        + usage.cache_write * price.cache_write
    ) / 1_000_000
    return cost if 0 <= cost < math.inf else None


def _find(model: str, prices: Mapping[str, Any]) -> Price | None:
    name = model.strip().lower()
    if (exact := _price(prices.get(model) or prices.get(name))) is not None:
        return exact
    name = _DATE.sub("", name.rpartition("/")[2])
    known = [
        key for key in prices
        if name == key.lower() or (name.startswith(key.lower()) and name[len(key)] in _BOUNDARY)
    ]  # fmt: skip
    return _price(prices[max(known, key=len)]) if known else None


def _price(entry: Any) -> Price | None:
    """A price from its table; what is missing there costs as much as plain input, or nothing for output."""
    if not isinstance(entry, Mapping):
        return None
    base = _number(entry.get("input"), 0.0)
    return Price(
        base,
        _number(entry.get("output"), 0.0),
        _number(entry.get("cache_read"), base),
        _number(entry.get("cache_write"), base),
    )


def _number(value: Any, default: float) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < math.inf:
        return float(value)
    return default
