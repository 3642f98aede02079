"""The limits and defaults of a run, each with the place it came from: defaults < odw.toml < environment < flags.

Contract, section 5. Nothing here reads a file or starts anything; ``load_settings`` gets its layers as mappings, so that
the command line, the tests and a worker all resolve a value by the same rules.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from odw.errors import UsageError

ON_FAILURE = ("null", "throw", "report")
BUDGET_POLICIES = ("finish", "cancel")
FAIL_ON = ("error", "partial")
REPLAY_POLICIES = ("call", "prefix")


class Setting(NamedTuple):
    """A value and its origin: "default", "odw.toml", "environment ODW_…" or "flag --…"."""

    value: Any
    origin: str


class Settings(NamedTuple):
    """Every setting by name; ``value_of("concurrency")`` is the value, the attribute itself carries the origin."""

    concurrency: Setting
    max_agents: Setting
    script_slice_s: Setting
    script_memory_mb: Setting
    max_script_bytes: Setting
    max_value_mb: Setting
    on_failure: Setting
    max_attempts: Setting
    budget_policy: Setting
    fail_on: Setting
    policy: Setting
    grace_s: Setting
    confirm_above: Setting
    cache_dir: Setting
    no_cache: Setting

    def value_of(self, name: str) -> Any:
        return _get(self, name).value

    def origins(self) -> dict[str, str]:
        """Name → origin, for ``odw doctor`` and ``run.json``."""
        return {name: _get(self, name).origin for name in self._fields}


def _get(settings: Settings, name: str) -> Setting:
    found: Setting = object.__getattribute__(settings, name)
    return found


def default_concurrency(cores: int | None = None) -> int:
    """``min(16, max(2, cores - 2))``: agents wait on the network, so two cores stay free for everything else."""
    return min(16, max(2, (cores or os.cpu_count() or 2) - 2))


def default_cache_dir(environ: Mapping[str, str]) -> str:
    """``$XDG_CACHE_HOME/odw``, else ``~/.cache/odw`` (XDG base directory specification)."""
    base = environ.get("XDG_CACHE_HOME", "")
    if not base.startswith("/"):  # the specification: a relative path is to be ignored
        base = os.path.join(environ.get("HOME") or os.path.expanduser("~"), ".cache")  # noqa: PTH111, PTH118 - pathlib costs start-up time here
    return os.path.join(base, "odw")  # noqa: PTH118


def _integer(low: int, high: int) -> Callable[[Any, str], int]:
    def parse(raw: Any, where: str) -> int:
        try:
            number = int(str(raw).strip())
        except ValueError:
            number = low - 1
        if not low <= number <= high:
            raise UsageError(f"{where}: expected a whole number from {low} to {high}, found {raw!r}")
        return number

    return parse


def _positive(raw: Any, where: str) -> float:
    try:
        number = float(str(raw).strip())
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise UsageError(f"{where}: expected a number above 0, found {raw!r}")
    return number


def _not_negative(raw: Any, where: str) -> float:
    try:
        number = float(str(raw).strip())
    except ValueError:
        number = -1.0
    if not 0 <= number < float("inf"):
        raise UsageError(f"{where}: expected a number, 0 or more, found {raw!r}")
    return number


def _one_of(known: tuple[str, ...]) -> Callable[[Any, str], str]:
    def parse(raw: Any, where: str) -> str:
        if raw not in known:
            raise UsageError(f"{where}: expected one of {', '.join(known)}, found {raw!r}")
        return str(raw)

    return parse


def _path(raw: Any, where: str) -> str:
    if not isinstance(raw, str):
        raise UsageError(f"{where}: expected a path, found {raw!r}")
    return raw


def _switch(raw: Any, where: str) -> bool:
    word = str(raw).strip().lower()
    if word in ("0", "false", "no", "off"):
        return False
    if word in ("1", "true", "yes", "on"):
        return True
    raise UsageError(f"{where}: expected yes or no, found {raw!r}")


class _Rule(NamedTuple):
    parse: Callable[[Any, str], Any]
    default: Callable[[Mapping[str, str]], Any]
    variable: str  # the environment variable, or ""
    flag: str = ""  # where it is not the name with dashes
    section: tuple[str, str] | None = None  # where odw.toml may have it too: (table, key)


_RULES: dict[str, _Rule] = {
    "concurrency": _Rule(_integer(1, 1024), lambda _: default_concurrency(), "ODW_CONCURRENCY"),
    "max_agents": _Rule(_integer(1, 10**9), lambda _: 1000, "ODW_MAX_AGENTS"),
    "script_slice_s": _Rule(_positive, lambda _: 30.0, "ODW_SCRIPT_SLICE_S"),
    "script_memory_mb": _Rule(_integer(64, 2**31), lambda _: 2048, "ODW_SCRIPT_MEMORY_MB"),
    "max_script_bytes": _Rule(_integer(1, 2**31), lambda _: 512 * 1024, "ODW_MAX_SCRIPT_BYTES"),
    "max_value_mb": _Rule(_integer(1, 2**20), lambda _: 64, "ODW_MAX_VALUE_MB"),
    "on_failure": _Rule(_one_of(ON_FAILURE), lambda _: "null", "ODW_ON_FAILURE"),
    "max_attempts": _Rule(_integer(1, 100), lambda _: 3, ""),
    "budget_policy": _Rule(
        _one_of(BUDGET_POLICIES), lambda _: "finish", "ODW_BUDGET_POLICY", section=("budget", "policy")
    ),
    "fail_on": _Rule(_one_of(FAIL_ON), lambda _: "error", "ODW_FAIL_ON"),
    "policy": _Rule(_one_of(REPLAY_POLICIES), lambda _: "call", ""),
    "grace_s": _Rule(_not_negative, lambda _: 5.0, "ODW_GRACE_S", "--grace"),
    "confirm_above": _Rule(_integer(0, 10**9), lambda _: None, "ODW_CONFIRM_ABOVE"),
    "cache_dir": _Rule(_path, default_cache_dir, "ODW_CACHE_DIR"),
    "no_cache": _Rule(_switch, lambda _: False, "ODW_NO_CACHE"),
}


SETTINGS = tuple(_RULES)


def load_settings(
    flags: Mapping[str, Any] | None = None,
    environ: Mapping[str, str] | None = None,
    toml: Mapping[str, Any] | None = None,
) -> Settings:
    """Resolve every setting; a flag whose value is None was not given. Raises UsageError that names the place."""
    flags, environ, toml = flags or {}, os.environ if environ is None else environ, toml or {}
    resolved: dict[str, Setting] = {}
    for name, rule in _RULES.items():
        if flags.get(name) is not None:
            flag = rule.flag or f"--{name.replace('_', '-')}"
            resolved[name] = Setting(rule.parse(flags[name], flag), f"flag {flag}")
        elif rule.variable and environ.get(rule.variable):
            resolved[name] = Setting(
                rule.parse(environ[rule.variable], rule.variable), f"environment {rule.variable}"
            )
        elif name in toml:
            resolved[name] = Setting(rule.parse(toml[name], f"odw.toml: {name}"), "odw.toml")
        elif rule.section is not None and rule.section[1] in toml.get(rule.section[0], {}):
            table, key = rule.section
            resolved[name] = Setting(rule.parse(toml[table][key], f"odw.toml: {table}.{key}"), "odw.toml")
        else:
            resolved[name] = Setting(rule.default(environ), "default")
    return Settings(**resolved)
