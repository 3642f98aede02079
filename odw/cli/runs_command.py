"""``odw runs list|show|watch``: the runs of a project, from their files alone."""

from __future__ import annotations

import sys
import time
from itertools import islice
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from odw.cli.launch import amount, census_line, project_of
from odw.cli.live.progress import on_terminal
from odw.cli.next_step import run_words
from odw.cli.run_details import RunDetails, read_details, short
from odw.cli.terminal import PlainProgress, note, say
from odw.errors import UsageError
from odw.runtime.journal.lock import is_locked
from odw.runtime.journal.reader import tail_events
from odw.runtime.options import EXIT_CODES
from odw.runtime.run_store import JOURNAL, RunSummary, each_run, find_run

if TYPE_CHECKING:
    from odw.runtime.abc import Event
    from odw.runtime.run_dir import RunDir

LOOK_S = 0.2
LIMIT = 50
FAILURES = 10
FILES = (JOURNAL, "state.json", "script.js", "script.py", "args.json", "report.html", "output.log", "nodes")


def list_command(values: dict[str, Any]) -> int:
    """A table, the newest run first."""
    limit = _limit(values["limit"])
    wanted = (run for run in each_run(project_of(values)) if values["status"] in (None, run.status))
    runs = list(islice(wanted, limit))
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
    if not given.isascii() or not given.isdigit() or not int(given[:9]):
        raise UsageError(f"--limit: expected a whole number from 1, found {given!r}")
    return int(given[:9])


def _row(run: RunSummary) -> list[str]:
    failed = str(run.failed) if run.failed else ""
    return [
        run.run_id, run.status, _cell(run.name), moment(run.started), took(run), str(run.calls), failed,
        amount(run.spent, run.unit),
    ]  # fmt: skip


def _cell(text: str, width: int = 40) -> str:
    """One line of bounded length: a name is the script's, and may hold anything."""
    line = " ".join(text.split())
    return line if len(line) <= width else f"{line[: width - 1]}…"


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
    run, budget = details.summary, details.budget
    of = f" of {amount(budget['total'], run.unit)}" if isinstance(budget["total"], int | float) else ""
    lines = [f"  failed    {failure}" for failure in details.failures[:FAILURES]]
    if len(details.failures) > FAILURES:
        lines.append(
            f"            and {len(details.failures) - FAILURES} more: odw logs {run_words(run.path)}"
        )
    elapsed = took(run)
    return [
        f"{_cell(run.name, 80)}  {run.run_id}",
        f"  status    {run.status}{f': {details.message}' if details.message not in ('', run.status) else ''}",
        *([f"  damaged   {details.damage}"] if details.damage else []),
        *lines,
        f"  calls     {census_line(details.census)}",
        f"  spent     {amount(run.spent, run.unit)}{of}{' (approximate)' if budget['approx'] else ''}",
        f"  started   {moment(run.started)} UTC{_span(run, elapsed)}",
        f"  script    {run.script}   backend {run.backend}",
        *_sessions(details),
        *([f"  result    {short(details.result)}"] if details.ended_well else []),
        f"  files     {run.path}: {', '.join(name for name in FILES if (Path(run.path) / name).exists())}",
        *([f"  next      {details.next_step}"] if details.next_step else []),
    ]


def _span(run: RunSummary, elapsed: str) -> str:
    ended = f", ended {moment(run.ended)}" if run.ended else ""
    return f"{ended}{f', took {elapsed}' if elapsed else ''}"


def _sessions(details: RunDetails) -> list[str]:
    """A line for each, if there are several; the first of a fork only copied another run's results."""
    lines = [f"  fork of   {details.fork_of}"] if details.fork_of else []
    if len(details.sessions) > 1:
        for number, row in enumerate(details.sessions, 1):
            changed = f"   changed: {', '.join(row.changed)}" if row.changed else ""
            lines.append(f"  session {number:<2}{moment(row.started)}   {row.ending or 'no ending'}{changed}")
    return lines


def watch_command(values: dict[str, Any]) -> int:
    """The full-screen view on a terminal; else follow a run until it ends: its exit code is this one's."""
    project = project_of(values)
    if not values["plain"] and on_terminal(sys.stdin) and on_terminal(sys.stdout):
        from odw.cli.watch.app import watch

        watch(project, find_run(project, values["run"]) if values["run"] else None)
        return 0
    directory = find_run(project, values["run"] or "latest")
    try:
        return _ended(directory, _follow(directory))
    except KeyboardInterrupt:
        note(f"not watching any more. Once more: odw runs watch {run_words(directory.path)}")
        return EXIT_CODES["interrupted"]


def _follow(directory: RunDir) -> Event:
    """Print what there is and what comes, until no process drives the run; its last event if that ended it, else {}."""
    progress = PlainProgress()
    tail = tail_events(directory.file(JOURNAL), checked=True)
    ending: Event = {}
    while True:
        # looked at before the events: nothing comes after the driver is gone
        driven = is_locked(directory.file(JOURNAL))
        events = tail.poll()
        for event in events:
            progress.on_event(event)
            if event["type"] in ("workflow_done", "workflow_error"):
                ending = event
            elif event["type"] == "workflow_resume":
                ending = {}
        if not driven and not events:
            return ending
        if not events:
            time.sleep(LOOK_S)


def _ended(directory: RunDir, ending: Event) -> int:
    if not ending:
        note(f"no process drives this run any more. Go on with it: odw resume {run_words(directory.path)}")
        return EXIT_CODES["interrupted"]
    if ending["type"] == "workflow_error":
        return EXIT_CODES.get(ending["status"], 1)
    result = ending.get("result")
    if isinstance(result, dict) and result.get("ok") is False:
        return 1
    options = directory.read_json("run.json").get("options")
    strict = isinstance(options, dict) and options.get("fail_on") == "partial"
    partial = any(ending.get("census", {}).get(name) for name in ("failed", "skipped", "dropped"))
    return 1 if strict and partial else 0


def took(run: RunSummary) -> str:
    """How long the last session took, or has taken so far."""
    return duration(
        run.resumed or run.started, run.ended if run.status not in ("running", "paused") else None
    )


def duration(started: str, ended: str | None) -> str:
    """``1.2 s``, ``3 min 4 s``; until now if ``ended`` is None; "" when a time is no time."""
    from datetime import UTC, datetime

    try:
        end = datetime.fromisoformat(ended) if ended is not None else datetime.now(UTC)
        seconds = (end - datetime.fromisoformat(started)).total_seconds()
    except (ValueError, TypeError):
        return ""
    if seconds < 60:
        return f"{max(seconds, 0):.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def moment(time_: str | None) -> str:
    """``2026-11-21 08:01:49``, from ISO 8601."""
    return (time_ or "?")[:19].replace("T", " ")
