"""What ``odw doctor`` tells about odw.toml, the settings and where each came from, and the executor for calls that name none."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from odw.errors import UsageError

_CHOOSE = "Install one of them, name another executor as default_executor in odw.toml, or give --backend."


def project_facts(project: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """About odw.toml, and its table; the table is empty when the file is wrong."""
    from odw.executors import declared_names
    from odw.settings_file import find_project_file

    facts: dict[str, Any] = {"path": None, "valid": True, "problem": None, "next": None}
    try:
        path, table = find_project_file(project)
        facts["path"] = None if path is None else str(path)
        declared_names(table)
    except UsageError as error:
        facts.update(valid=False, problem=error.message, next=error.hint or "Correct the file.")
        return facts, {}
    return facts, table


def settings_facts(table: dict[str, Any]) -> dict[str, Any]:
    """Every setting with its origin; how many agents may run at once, and why that many."""
    from odw.runtime.budget_limits import budget_limits
    from odw.settings import load_settings
    from odw.settings_file import per_runtime

    facts: dict[str, Any] = {"values": {}, "concurrency": None, "problem": None, "next": None}
    try:
        settings = load_settings(toml=table)
        budget_limits(None, None, {}, table)
    except UsageError as error:
        facts.update(problem=error.message, next=error.hint or "Correct the value.")
        return facts
    facts["values"] = {
        name: {"value": settings.value_of(name), "origin": origin}
        for name, origin in settings.origins().items()
    }
    value, origin = settings.value_of("concurrency"), settings.origins()["concurrency"]
    cores = os.cpu_count() or 2
    facts["concurrency"] = {
        "value": value,
        "origin": origin,
        "why": f"min(16, max(2, cores - 2)) with {cores} cores"
        if origin == "default"
        else f"set by {origin}",
        "perRuntime": per_runtime(table),
    }
    return facts


def default_facts(table: dict[str, Any], executors: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Which executor takes a call that names none, why that one, and whether it could."""
    from odw.executors.choice import default_executor

    facts: dict[str, Any] = {"executor": None, "why": None, "ready": False, "problem": None, "next": None}
    named = table.get("default_executor") is not None
    try:
        name = default_executor(table)
    except UsageError as error:
        facts.update(problem=error.message, next=error.hint if named else _CHOOSE)
        return facts
    facts["executor"] = name
    facts["why"] = "default_executor in odw.toml" if named else "the first of claude, codex on PATH"
    if name == "mock":
        facts["ready"] = True
        return facts
    standing = next((executor for executor in executors if executor["name"] == name), None)
    if standing is not None and standing["state"] == "ready":
        facts["ready"] = True
    elif standing is not None:
        others = [executor["name"] for executor in executors if executor["state"] == "ready"]
        facts["problem"] = standing["problem"]
        facts["next"] = f"{standing['next']}{f'; or --backend {others[0]}' if others else ''}"
    return facts
