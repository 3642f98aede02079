"""``odw runs prune``: old runs removed, after a look at which."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from functools import partial
from json import dumps
from typing import Any

from odw.cli.launch import project_of
from odw.cli.live.cells import safe
from odw.cli.terminal import note, say, say_line
from odw.errors import UsageError
from odw.runtime.prune import Pruned, age_seconds, choose, prune
from odw.runtime.run_store import RunSummary, list_runs


def prune_command(values: dict[str, Any]) -> int:
    """``odw runs prune``; 1 when something could not be removed."""
    keep, age, statuses = _keep(values["keep"]), values["older_than"], values["status"] or []
    if keep is None and age is None and not statuses:
        raise UsageError(
            "which runs? Nothing says which are to go",
            hint="Give --keep N, --older-than AGE or --status STATUS; several must all fit.",
        )
    before = None if age is None else _moment(age)
    project = project_of(values)
    doomed = choose(list_runs(project), keep, before, statuses)
    if not doomed:
        if values["json"]:
            say("[]")
        note("no runs to remove")
        return 0
    if not values["yes"]:
        _list(doomed)
        if not _agreed(len(doomed)):
            note("nothing was removed; --yes does not ask")
            return 2 if not sys.stdin.isatty() else 0
    import trio

    removed = trio.run(partial(prune, str(project), doomed))
    if values["json"]:
        say(dumps([_json(entry) for entry in removed], ensure_ascii=False, separators=(",", ":")))
    else:
        _show(removed)
    return 1 if any(entry.refused for entry in removed) else 0


def _keep(given: str | None) -> int | None:
    if given is None:
        return None
    if not given.isascii() or not given.isdigit() or len(given) > 9:
        raise UsageError(f"--keep: expected a whole number, found {given!r}")
    return int(given)


def _moment(age: str) -> str:
    """So long ago, as the journal writes it."""
    try:
        seconds = age_seconds(age)
    except UsageError as error:
        raise UsageError(f"--older-than: {error.message}") from None
    moment = datetime.fromtimestamp(max(0.0, time.time() - seconds), UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S")


def _list(runs: list[RunSummary]) -> None:
    for run in runs:
        say_line(f"{run.run_id}  {run.status:<11}  {safe(run.name)[:40]}")


def _agreed(count: int) -> bool:
    if not sys.stdin.isatty():
        return False
    sys.stderr.write(f"Remove {'this run' if count == 1 else f'these {count} runs'}? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _show(removed: list[Pruned]) -> None:
    gone = [entry for entry in removed if not entry.refused]
    megabytes = sum(entry.size for entry in gone) / 1e6
    branches = sum(entry.branches for entry in gone)
    more = f" and {branches} branch{'' if branches == 1 else 'es'}" if branches else ""
    say_line(f"removed {len(gone)} run{'' if len(gone) == 1 else 's'}{more}, {megabytes:.1f} MB")
    for entry in removed:
        if entry.refused:
            note(f"run {entry.run.run_id} was left: {entry.refused}")


def _json(entry: Pruned) -> dict[str, Any]:
    return {
        "runId": entry.run.run_id,
        "removed": not entry.refused,
        "bytes": entry.size,
        "branches": entry.branches,
        **({"reason": entry.refused} if entry.refused else {}),
    }
