"""Limits as people write them: ``500k``, ``2M-total``, ``$5``, ``+200k``; on the command line, in args, in meta, in odw.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from odw.errors import UsageError
from odw.settings_file import OF_RUNTIMES

OUTPUT, TOTAL, COST = "output-tokens", "total-tokens", "usd"
_BUDGET = re.compile(r"(\$)?\s*([0-9]+(?:\.[0-9]+)?|\.[0-9]+)\s*([kmKM])?(-total)?\Z")
_COUNT = re.compile(r"[0-9.]+\s*[kmKM]\Z")
_SCALE = {"k": 1e3, "m": 1e6}


class BudgetLimit(NamedTuple):
    """A total in one unit."""

    total: float
    unit: str = OUTPUT


class Limits(NamedTuple):
    """The limit of the run, and those of phases (by title) and runtimes (by name); each has its own unit."""

    run: BudgetLimit | None = None
    phases: Mapping[str, BudgetLimit] = {}
    runtimes: Mapping[str, BudgetLimit] = {}


def parse_budget(text: str, where: str = "--budget") -> BudgetLimit:
    """``500k``, ``1.5M``, ``2M-total``, ``$5``; raises UsageError for anything else."""
    match = _BUDGET.match(text.strip())
    if not match or (match[1] and match[4]):
        raise UsageError(
            f"{where}: expected output tokens (500k), all tokens (2M-total) or dollars ($5), found {text!r}"
        )
    number = float(match[2]) * _SCALE.get((match[3] or "").lower(), 1)
    unit = COST if match[1] else TOTAL if match[4] else OUTPUT
    return BudgetLimit(number if unit == COST else float(int(number)), unit)


def raised(before: BudgetLimit | None, text: str, where: str = "--budget") -> BudgetLimit:
    """``+200k`` on top of ``before``. A number alone is in the unit of what was there; but one with k or M is never dollars.

    Raises UsageError.
    """
    number = text.strip().removeprefix("+")
    if before is None:
        parse_budget(number, where)
        raise UsageError(
            f"{where} {text}: the run has no budget that this could add to",
            hint="Give a total, without the +.",
        )
    if before.unit == COST and _COUNT.match(number):
        raise UsageError(
            f"{where} {text}: the run's budget is {budget_text(before)}, and k and M are for tokens",
            hint="Say how many dollars are to be added: +5, or +$5.",
        )
    if "$" not in number and not number.endswith("-total"):
        number = {COST: f"${number}", TOTAL: f"{number}-total"}.get(before.unit, number)
    more = parse_budget(number, where)
    if more.unit != before.unit:
        raise UsageError(
            f"{where} {text}: the run's budget is {budget_text(before)}, in another unit",
            hint="Add in that unit, or give a new total, without the +.",
        )
    return BudgetLimit(before.total + more.total, before.unit)


def budget_text(limit: BudgetLimit) -> str:
    """A limit as ``parse_budget`` reads it."""
    number = f"{limit.total:.10f}".rstrip("0").rstrip(".")
    return f"${number}" if limit.unit == COST else f"{number}-total" if limit.unit == TOTAL else number


def budget_limits(
    flag: str | None, args: Any, meta: Any, project_file: Mapping[str, Any] | None = None
) -> Limits:
    """All limits of a run. For the run: ``--budget`` > ``args.budget.total`` (all tokens, as in rust-odw) > ``meta.budget`` > odw.toml.

    For a phase: ``meta.phases[i].budget`` > ``meta.budget.phases`` > odw.toml; for a runtime: ``meta.budget.runtimes`` > odw.toml. Raises UsageError.
    """
    project_file = project_file or {}
    filed = project_file.get("budget", {})
    filed = filed if isinstance(filed, dict) else {"total": filed}
    declared = meta.get("budget") if isinstance(meta, dict) else None
    declared = declared if isinstance(declared, dict) else {"total": declared}
    run = _run_limit(flag, args, declared, filed)
    phases = _named(filed.get("phases"), "odw.toml: budget.phases")
    phases.update(_named(declared.get("phases"), "meta.budget.phases"))
    phases.update(_of_phases(meta))
    runtimes = {
        name: limit
        for section in OF_RUNTIMES
        for name, entry in project_file.get(section, {}).items()
        if (limit := _limit(entry.get("budget"), f"odw.toml: {section}.{name}.budget")) is not None
    }
    runtimes.update(_named(filed.get("runtimes"), "odw.toml: budget.runtimes"))
    runtimes.update(_named(declared.get("runtimes"), "meta.budget.runtimes"))
    return Limits(run, phases, runtimes)


def _run_limit(
    flag: str | None, args: Any, declared: Mapping[str, Any], filed: Mapping[str, Any]
) -> BudgetLimit | None:
    if flag is not None:
        return parse_budget(flag)
    given = args.get("budget") if isinstance(args, dict) else None
    total: Any = given.get("total") if isinstance(given, dict) else None
    if _is_number(total) and total > 0:
        return BudgetLimit(float(total), TOTAL)
    return _limit(declared.get("total"), "meta.budget") or _limit(
        filed.get("total"), "odw.toml: budget.total"
    )


def _limit(value: Any, where: str) -> BudgetLimit | None:
    """A limit as text, or as a number of output tokens; anything else in a script's meta is not a limit."""
    if isinstance(value, str):
        return parse_budget(value, where)
    return BudgetLimit(float(value)) if _is_number(value) and value > 0 else None


def _named(table: Any, where: str) -> dict[str, BudgetLimit]:
    if not isinstance(table, Mapping):
        return {}
    found = {str(name): _limit(value, f"{where}.{name}") for name, value in table.items()}
    return {name: limit for name, limit in found.items() if limit is not None}


def _of_phases(meta: Any) -> dict[str, BudgetLimit]:
    phases = meta.get("phases") if isinstance(meta, dict) else None
    entries = [entry for entry in phases if isinstance(entry, dict)] if isinstance(phases, list) else []
    return _named(
        {entry["title"]: entry.get("budget") for entry in entries if isinstance(entry.get("title"), str)},
        "meta.phases",
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
