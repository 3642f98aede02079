"""The providers of bamboo: which of them has its key, and which one a profile comes to. Bamboo's own table is the source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from odw.executors.probes_login import READY, UNKNOWN

if TYPE_CHECKING:
    from odw.executors._profile import Profile


class ProviderStanding(NamedTuple):
    """``state`` is "yes", "no" or "unknown" (a server of one's own, which is not asked). ``key`` is the name of a variable, or ""."""

    name: str
    state: str
    key: str
    base_url: str
    model: str
    next: str = ""


class Chosen(NamedTuple):
    """What a profile comes to; ``problem`` and ``wrong`` (it is not for want of a key) when it comes to nothing."""

    provider: str | None = None
    model: str | None = None
    by: str = ""
    keys: tuple[str, ...] = ()
    problem: str = ""
    wrong: bool = False


def provider_standings(environ: Mapping[str, str]) -> list[ProviderStanding]:
    """All of them, in bamboo's order."""
    from odw.executors.bamboo.provider import GENERIC_BASE, PROVIDERS, NoProvider, choose

    found = []
    for provider in PROVIDERS.values():
        name, key = provider.name, provider.key
        base, step = provider.base_url, ""
        try:
            choice = choose(name, provider.model or "any", None, environ)
            base, state = choice.base_url, READY if choice.key else UNKNOWN
        except NoProvider as error:
            if not base:
                step = f"set {GENERIC_BASE[0]}"
            else:  # a key is there, and yet: its address is none
                step = f"set {key}" if not environ.get(key) else str(error)
            state = "no"
        found.append(ProviderStanding(name, state, key, _shown(base), provider.model, step))
    return found


def provider_of(profile: Profile, environ: Mapping[str, str]) -> Chosen:
    """The provider and model that a call without wishes of its own gets."""
    from odw.executors.bamboo.provider import NoProvider, choose

    try:
        choice = choose(profile.provider, profile.model or "any", profile.base_url, environ)
    except NoProvider as error:
        return Chosen(
            profile.provider, profile.model, problem=str(error), wrong=error.category == "configuration"
        )
    key = choice.provider.key if choice.key else ""
    model = profile.model or choice.provider.model or None
    return Chosen(choice.provider.name, model, key or _shown(choice.base_url), (key,) if key else ())


def _shown(url: str) -> str:
    """An address without the name and password that may be in it."""
    scheme, mark, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{mark}{host.rpartition('@')[2]}{slash}{path.partition('?')[0]}" if mark else ""
