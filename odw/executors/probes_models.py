"""The models that each executor is known to offer: names that ``model`` may have, and what a call costs with them.

A list, not a fence: any other name is passed on as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from odw.errors import UsageError
from odw.executors import KINDS
from odw.executors._profile import Profile, read_profile
from odw.runtime.prices import Price, price_of, price_table

# As the programs list them; the first is what they take by themselves, where that does not depend on the account.
_OFFERED: dict[str, tuple[str, ...]] = {
    "claude": ("sonnet", "opus", "haiku", "fable", "best", "opusplan", "sonnet[1m]", "opus[1m]", "fable[1m]"),
    "codex": (
        "gpt-6.1-sol", "gpt-6.1-terra", "gpt-6-astra", "gpt-6-sol", "gpt-6-luna",
        "gpt-5.6-sol", "gpt-5.6-terra", "gpt-5.6-luna", "gpt-5.5",
    ),
    "gemini": (
        "auto", "pro", "flash", "flash-lite", "gemini-3.1-pro-preview", "gemini-3-pro-preview", "gemini-3-flash-preview",
        "gemini-2.5-pro", "gemini-2.5-flash", "gemini-2.5-flash-lite",
    ),
    "opencode": (),
    "pandacode": (),
}  # fmt: skip
_MORE = {
    "claude": "also full names such as claude-sonnet-4-6",
    "codex": "also what your account has beyond these",
    "opencode": "PROVIDER/MODEL; opencode models lists what your providers have",
    "pandacode": "those of the runtime that it passes the call on to",
    "command": "what its program takes as {model}",
}


class Offer(NamedTuple):
    """One model of one executor. ``provider`` is one of bamboo's; ``price`` None if none is known."""

    name: str
    provider: str | None = None
    alias_of: str | None = None
    price: Price | None = None
    default: bool = False


class Offers(NamedTuple):
    """What one executor offers; ``more`` says in words what else there is."""

    name: str
    use: str
    declared: bool
    models: tuple[Offer, ...]
    more: str = ""


def all_offers(project_file: Mapping[str, Any]) -> list[Offers]:
    """Of odw's own executors in their order, then of those that odw.toml declares. Raises UsageError for a wrong table."""
    tables = project_file.get("executors", {})
    prices = project_file.get("prices", {})
    return [_offers(name, tables.get(name), prices) for name in dict.fromkeys((*KINDS, *tables))]


def _offers(name: str, table: Any, prices: Mapping[str, Any]) -> Offers:
    declared = table is not None
    if isinstance(table, Mapping) and "argv" in table:
        return Offers(name, "command", True, (), _MORE["command"])
    profile = read_profile(name, table if declared else {})
    if profile.use == "bamboo":
        return Offers(
            name,
            "bamboo",
            declared,
            _of_providers(profile, prices),
            "also any other name that a provider knows",
        )
    if profile.use not in KINDS:
        own = (_offer(profile.model, prices, default=True),) if profile.model else ()
        return Offers(name, profile.use, declared, own, "what the other package's executor takes")
    names = dict.fromkeys((*((profile.model,) if profile.model else ()), *_OFFERED[profile.use]))
    models = tuple(_offer(each, prices, default=each == profile.model) for each in names)
    return Offers(name, profile.use, declared, models, _MORE.get(profile.use, ""))


def _of_providers(profile: Profile, prices: Mapping[str, Any]) -> tuple[Offer, ...]:
    """The profile's own model, and the default of each provider that it may mean. Raises UsageError for one that there is not."""
    from odw.executors.bamboo.provider import PROVIDERS

    if profile.provider is not None and profile.provider not in PROVIDERS:
        raise UsageError(
            f"odw.toml: executors.{profile.name}.provider: there is no provider {profile.provider!r}",
            hint=f"Known: {', '.join(PROVIDERS)}.",
        )
    named = {(profile.provider, profile.model): True} if profile.model else {}
    for name, provider in PROVIDERS.items():
        if provider.model and profile.provider in (None, name):
            named.setdefault((name, provider.model), not profile.model)
    return tuple(
        _offer(model, prices, provider, default=default) for (provider, model), default in named.items()
    )


def _offer(
    name: str, prices: Mapping[str, Any], provider: str | None = None, *, default: bool = False
) -> Offer:
    return Offer(name, provider, price_table()["aliases"].get(name.lower()), price_of(name, prices), default)
