"""``odw runs list|show|watch``: the runs of a project, from their files alone."""

from __future__ import annotations

import time
from json import dumps
from typing import TYPE_CHECKING, Any

from odw.cli.launch import census_line, project_of
from odw.cli.run_details import RunDetails, read_details
from odw.cli.terminal import PlainProgress, note, say
from odw.errors import UsageError
from odw.runtime.journal.lock import is_locked
from odw.runtime.journal.reader import tail_events
from odw.runtime.options import EXIT_CODES
from odw.runtime.run_store import JOURNAL, RunSummary, find_run, list_runs

if TYPE_CHECKING:
    from odw.runtime.run_dir import RunDir

LOOK_S = 0.2
LIMIT = 50
FAILURES = 10


def list_command(values: dict[str, Any]) -> int:
    """A table, the newest run first."""
    limit = _limit(values["limit"])
    runs = [run for run in list_runs(project_of(values)) if values["status"] in (None, run.status)][:limit]
    if values["json"]:
        say(dumps([_run_json(run) for run in runs], ensure_ascii=False, separators=(",", ":")))
    elif runs:
        _table([_row(run) for run in runs])
    else:
        note("no runs" if values["status"] is None else f"no runs with the status {values['status']}")
    return 0


def _limit(given: str | None) -> int:
    if given is None:
        return LIMIT
    if not given.isdigit() or not int(given):
        raise UsageError(f"--limit: expected a whole number from 1, found {given!r}")
    return int(given)


def _row(run: RunSummary) -> list[str]:
    failed = str(run.failed) if run.failed else ""
    return [
        run.run_id, run.status, run.name, run.started[:19].replace("T", " "), duration(run.started, run.ended),
        str(run.calls), failed, amount(run.spent, run.unit),
    ]  # fmt: skip


def _table(rows: list[list[str]]) -> None:
    head = ["run", "status", "workflow", "started (UTC)", "took", "calls", "failed", "spent"]
    rows = [head, *rows]
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    for row in rows:
        say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _run_json(run: RunSummary) -> dict[str, Any]:
    return {
        "runId": run.run_id, "name": run.name, "status": run.status, "startedAt": run.started, "endedAt": run.ended,
        "backend": run.backend, "script": run.script, "calls": run.calls, "failed": run.failed, "spent": run.spent,
        "unit": run.unit, "path": run.path,
    }  # fmt: skip


def show_command(values: dict[str, Any]) -> int:
    """One run on one screen: what it came to, failures first, and what to do next."""
    directory = find_run(project_of(values), values["run"])
    details = read_details(directory)
    if values["json"]:
        say(dumps(details.to_json(), ensure_ascii=False, separators=(",", ":")))
        return 0
    for line in _lines(details):
        say(line)
    return 0


def _lines(details: RunDetails) -> list[str]:
    run = details.summary
    took = duration(run.started, run.ended)
    lines = [
        f"{run.name}  {run.run_id}",
        f"  status    {run.status}" + (f": {details.message}" if details.message else ""),
        f"  started   {run.started}" + (f", took {took}" if took else ""),
        f"  backend   {run.backend}   script {run.script}",
        f"  calls     {census_line(details.census)}",
        f"  spent     {amount(run.spent, run.unit)}"
        + (f" of {amount(details.total, run.unit)}" if details.total is not None else "")
        + (" (approximate)" if details.approximate else ""),
    ]
    if details.sessions > 1:
        lines.append(
            f"  sessions  {details.sessions}"
            + (f", forked from {details.fork_of}" if details.fork_of else "")
        )
    lines += [f"  failed    {failure}" for failure in details.failures[:FAILURES]]
    if len(details.failures) > FAILURES:
        lines.append(f"            and {len(details.failures) - FAILURES} more")
    if details.result is not None:
        lines.append(f"  result    {details.result}")
    lines.append(f"  files     {run.path}")
    if details.next_step:
        lines.append(f"  next      {details.next_step}")
    return lines


def watch_command(values: dict[str, Any]) -> int:
    """Follow a run until it ends; its exit code is this one's."""
    directory = find_run(project_of(values), values["run"] or "latest")
    progress = PlainProgress()
    tail = tail_events(directory.file(JOURNAL))
    ending: dict[str, Any] = {}
    while True:
        alive = is_locked(
            directory.file(JOURNAL)
        )  # looked at before the events: nothing comes after it is gone
        events = tail.poll()
        for event in events:
            progress.on_event(event)
            if event["type"] in ("workflow_done", "workflow_error"):
                ending = event
            elif event["type"] == "workflow_resume":
                ending = {}
        if not alive and not events:
            return _ended(directory, ending)
        if not events:
            time.sleep(LOOK_S)


def _ended(directory: RunDir, ending: dict[str, Any]) -> int:
    if not ending:
        note(f"no process drives this run any more. Go on with it: odw resume {directory.run_id}")
        return EXIT_CODES["interrupted"]
    if ending["type"] == "workflow_done":
        result = ending.get("result")
        return 1 if isinstance(result, dict) and result.get("ok") is False else 0
    return EXIT_CODES.get(ending["status"], 1)


def duration(started: str, ended: str | None) -> str:
    """``1.2 s``, ``3 min 4 s``; "" when either end is unknown."""
    from datetime import datetime

    try:
        seconds = (datetime.fromisoformat(str(ended)) - datetime.fromisoformat(started)).total_seconds()
    except ValueError:
        return ""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def amount(spent: float, unit: str) -> str:
    """``$1.20``, ``12,000 output tokens``."""
    return f"${spent:.2f}" if unit == "usd" else f"{spent:,.0f} {unit.replace('-', ' ')}"
