"""Runs a script, and the workflow in Python that odw writes for it over the script's own journal; says in what they differ."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from odw.executors import mock_backend
from odw.loader import Loader, run_workflow
from odw.runtime.abc import ABSENT, Backend, CallRequest, Planned
from odw.runtime.fakes import EventList
from odw.runtime.options import RunOptions
from odw.settings import load_settings
from odw.transpile.driver import check_script, python_workflow
from odw.transpile.source import Source, load_source


class Recorder:
    """The mock executor, remembering each call."""

    name = "mock"

    def __init__(self, mock: Any) -> None:
        self._mock = mock
        self.capabilities = mock.capabilities
        self.requests: list[CallRequest] = []

    def plan(self, request: CallRequest) -> Planned:
        self.requests.append(request)
        planned: Planned = self._mock.plan(request)
        return planned


def written(path: Path) -> str:
    """The workflow in Python for the script at a path."""
    return python_workflow(check_script(load_source(path)))


def written_of(body: str) -> str:
    """The same for a script's body."""
    meta = "export const meta = { name: 'case', description: 'A case.' }\n"
    return python_workflow(check_script(Source(meta + body, "case.js")))


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
    backend = mock_backend()
    recorder = Recorder(backend.runtimes[backend.default])
    recorded = Backend(backend.name, backend.default, dict.fromkeys(backend.runtimes, recorder))
    sink = EventList()
    program = Loader(path.parent, load_settings(environ={"ODW_NO_CACHE": "1"}), path.parent).load(str(path))
    outcome = run_workflow(program, RunOptions(str(path.parent), args, **options), recorded, sink)
    return outcome, sink, recorder.requests


def _logs(events: EventList) -> list[str]:
    return [line for line in events.logs if not line.startswith("[warn] unhandled rejection")]
