"""Runs a script, and the workflow in Python that odw writes for it over the script's own journal; says in what they differ."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from script_runs import META, recorded_mock

from odw.loader import Loader, run_workflow
from odw.runtime.abc import ABSENT, CallRequest
from odw.runtime.fakes import EventList
from odw.runtime.options import RunOptions
from odw.settings import load_settings
from odw.transpile.driver import check_script, python_workflow
from odw.transpile.source import Source, load_source


def written(path: Path) -> str:
    """The workflow in Python for the script at a path."""
    return python_workflow(check_script(load_source(path)))


def written_of(body: str) -> str:
    """The same for a script's body."""
    return python_workflow(check_script(Source(META + body, "case.js")))


def differences_of(body: str, folder: Path) -> list[str]:
    """``differences`` of a script's body, written into ``folder``."""
    script = folder / "case.js"
    script.write_text(META + body)
    return differences(script)


def differences(script: Path, args: Any = ABSENT) -> list[str]:
    """Run ``script`` on the mock, then what is written for it over its journal; [] when all replays and all is equal."""
    python = script.with_suffix(".py")
    python.write_text(written(script), "utf-8", "replace")
    first, events, asked = _run(script, args)
    again, more_events, asked_again = _run(python, args, resume_from=Path(first.run_dir).name)
    failed = {
        event["index"] for event in events.of("agent_done") if not event["ok"]
    }  # these run again, by the contract
    may_run = [request.prompt for request in asked if request.index in failed]
    found = [f"a new call: {r.prompt[:200]!r}" for r in asked_again if r.prompt not in may_run]
    if (first.error is None) != (again.error is None):
        found.append(f"error: {first.error!r} became {again.error!r}\n{getattr(again.error, 'report', '')}")
    elif first.error is not None and again.error is not None:
        if first.error.message != again.error.message:
            found.append(f"error: {first.error.message!r} became {again.error.message!r}")
    elif json.dumps(first.result) != json.dumps(again.result):
        found.append(f"result: {first.result!r}\nbecame  {again.result!r}")
    if _logs(events) != _logs(more_events):
        found.append(f"logs: {_logs(events)!r}\nbecame {_logs(more_events)!r}")
    return found


def _run(path: Path, args: Any, **options: Any) -> tuple[Any, EventList, list[CallRequest]]:
    recorder, backend = recorded_mock()
    sink = EventList()
    program = Loader(path.parent, load_settings(environ={"ODW_NO_CACHE": "1"}), path.parent).load(str(path))
    outcome = run_workflow(program, RunOptions(str(path.parent), args, **options), backend, sink)
    return outcome, sink, recorder.requests


def _logs(events: EventList) -> list[str]:
    return [line for line in events.logs if not line.startswith("[warn] unhandled rejection")]
