"""``odw doctor``: what is here to run agents with, what is missing, and the next step for each."""

from __future__ import annotations

import os
from json import dumps
from pathlib import Path
from typing import Any

from odw.cli.doctor_command_facts import (
    disk_facts,
    git_facts,
    machine_facts,
    odw_facts,
    terminal_facts,
)
from odw.cli.doctor_command_lines import doctor_lines
from odw.cli.doctor_command_settings import default_facts, project_facts, settings_facts
from odw.cli.launch import project_of
from odw.cli.terminal import say, say_line

VERSION = 1  # of the JSON form: it rises when something is renamed or taken away


def doctor_command(values: dict[str, Any]) -> int:
    """Exit code 0 if a run could work with some real executor, else 1. Nothing is written and no model is called."""
    report = examine(project_of(values))
    if values["json"]:
        say(dumps(report, ensure_ascii=False, separators=(",", ":")))
    else:
        for line in doctor_lines(report):
            say_line(line)
    return 0 if report["ok"] else 1


def examine(project: Path) -> dict[str, Any]:
    """The whole report; docs/doctor.md describes it."""
    import trio

    file, table = project_facts(project)
    executors, providers, git = trio.run(_ask, project, table)
    settings = settings_facts(table)
    disk = disk_facts(project)
    default = default_facts(table, executors)
    usable = file["valid"] and settings["problem"] is None and disk["writable"]
    return {
        "version": VERSION,
        "ok": usable and any(executor["state"] == "ready" for executor in executors),
        "odw": odw_facts(),
        "executors": executors,
        "providers": providers,
        "default": default,
        "projectFile": file,
        "settings": settings,
        "git": git,
        "disk": disk,
        "terminal": terminal_facts(os.environ),
        "machine": machine_facts(),
    }


async def _ask(
    project: Path, table: dict[str, Any]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, Any]]:
    """What takes asking programs, all at the same time."""
    import trio

    from odw.executors.probes import Surroundings, probe_executors
    from odw.executors.probes_providers import provider_standings

    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - Path.home() raises where there is none
    where = Surroundings(project, home, os.environ)
    executors: list[dict[str, Any]] = []
    git: dict[str, Any] = {}

    async def ask_executors() -> None:
        executors.extend(_executor_json(standing) for standing in await probe_executors(table, where))

    async def ask_git() -> None:
        git.update(await git_facts(str(project)))

    async with trio.open_nursery() as nursery:
        nursery.start_soon(ask_executors)
        nursery.start_soon(ask_git)
    providers = [_provider_json(standing) for standing in provider_standings(os.environ)]
    return executors, providers, git


def _executor_json(standing: Any) -> dict[str, Any]:
    return {
        "name": standing.name,
        "use": standing.use,
        "state": standing.state,
        "declared": standing.declared,
        "program": standing.program,
        "version": standing.version or None,
        "login": standing.by or None,
        "keys": list(standing.keys),
        "missingKeys": list(standing.missing),
        "model": standing.model,
        "provider": standing.provider,
        "problem": standing.problem or None,
        "next": standing.next or None,
    }


def _provider_json(provider: Any) -> dict[str, Any]:
    return {
        "name": provider.name,
        "ready": {"yes": True, "no": False}.get(provider.state),
        "key": provider.key or None,
        "baseUrl": provider.base_url or None,
        "model": provider.model or None,
        "next": provider.next or None,
    }
