"""What tokens cost: a table with a date (``prices.json``), which ``[prices]`` in odw.toml corrects and extends.

Prices are standard list prices in US dollars per million tokens: no discount for batches, no surcharge for long prompts or fast
modes; of a price that depends on the hour, the higher. A model without a price stays without one: a wrong price would let a
budget in dollars pass for kept.
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

PRICES = ("input", "output", "cache_read", "cache_write")

# What providers and clouds put around the name of a model.
_VENDOR = re.compile(
    r"(?:[a-z]{2,6}\.)?(?:anthropic|openai|google|deepseek|moonshot|moonshotai|qwen|minimax|zai|zhipu)\."
)
_DATE = r"20\d{6}|20\d\d-\d\d-\d\d|\d\d-\d\d(?:-?20\d\d)?|\d\d-20\d\d|(?:0[1-9]|1[0-2])[0-3]\d"
_TAIL = re.compile(rf"(?:\[[^\]]*\]|[-@](?:{_DATE}|latest|preview)|-v\d+(?::\d+)?|:[a-z0-9]+)\Z")
# After these words a name means another model: a different size, or the next version.
_ANOTHER = re.compile(
    r"\d|(?:air|deep|fast|flash|flex|highspeed|lite|max|mini|nano|plus|pro|spark|turbo|ultra)(?![a-z])"
)


class Price(NamedTuple):
    """US dollars per million tokens."""

    input: float
    output: float
    cache_read: float
    cache_write: float


@lru_cache(maxsize=1)
def price_table() -> dict[str, Any]:
    """``{date, currency, per, aliases: {name: model}, models: {model: {input, output, cache_read, cache_write}}}``.

    Read once, when a price is first wanted.
    """
    table: dict[str, Any] = json.loads(Path(__file__).with_name("prices.json").read_text("utf-8"))
    return table


def price_of(model: str, overrides: Mapping[str, Any] | None = None) -> Price | None:
    """The price of a model, None when neither ``overrides`` (model → its prices) nor the table knows it. Overrides that are no prices
    count as absent.

    A name is looked up as it is, then without provider, date and the like (``anthropic/claude-opus-5-5-20260922``), then by its
    longest known beginning (``gpt-5-codex-high`` → ``gpt-5-codex``), unless what follows names another model (``gpt-5-codex-mini``).
    """
    overrides = {own: entry for own, entry in (overrides or {}).items() if _is_price(entry)}
    name = _known_name(model, tuple(overrides))
    if name is None:
        return None
    return _price(overrides[name] if name in overrides else price_table()["models"][name])


def cost_of(usage: Usage, model: str, overrides: Mapping[str, Any] | None = None) -> float | None:
    """US dollars for one usage; None for a model without a price. ``usage.input`` does not contain the cached tokens."""
    price = price_of(model, overrides)
    if price is None:
        return None
    tokens = (usage.input, usage.output, usage.cache_read, usage.cache_write)
    try:
        cost = sum(count * each for count, each in zip(tokens, price, strict=True)) / 1_000_000
    except OverflowError:  # a count that no machine can have made
        return None
    return cost if 0 <= cost < math.inf else None


@lru_cache(maxsize=256)
def _known_name(model: str, overrides: tuple[str, ...]) -> str | None:
    """The entry that a model's name means: one of ``overrides``, or of the table's models."""
    table = price_table()
    own = {name.lower(): name for name in overrides}
    known: dict[str, str] = {name: name for name in table["models"]}
    known |= {alias: own.get(target, target) for alias, target in table["aliases"].items()}
    known |= own
    whole = model.strip().lower()
    plain = _plain(whole)
    for name in (whole, plain):
        if name in known:
            return known[name]
    begins = [name for name in known if plain.startswith(name) and _same(plain[len(name) :])]
    return known[max(begins, key=len)] if begins else None


def _plain(name: str) -> str:
    name = _VENDOR.sub("", name.rpartition("/")[2], count=1)
    while (cut := _TAIL.sub("", name)) not in (name, ""):
        name = cut
    return name


def _same(rest: str) -> bool:
    """Whether what follows a known name leaves it the same model: an effort, a channel, not a size or a version."""
    return rest[:1] in "-_:@" and not any(_ANOTHER.match(word) for word in re.split(r"[-_:@.]", rest[1:]))


def _is_price(entry: Any) -> bool:
    """Whether an override can be used: odw.toml is checked when it is read, what a program hands over is not."""
    if not isinstance(entry, Mapping) or not {"input", "output"} <= entry.keys():
        return False
    prices = [entry[name] for name in PRICES if name in entry]
    return all(
        isinstance(price, int | float) and not isinstance(price, bool) and 0 <= price < 1e15
        for price in prices
    )


def _price(entry: Mapping[str, Any]) -> Price:
    """Cached tokens cost as much as others where the entry does not say."""
    plain = float(entry["input"])
    return Price(
        plain,
        float(entry["output"]),
        float(entry.get("cache_read", plain)),
        float(entry.get("cache_write", plain)),
    )
