"""Running a workflow script in this process, on a fake executor, and looking at all that came of it."""

from __future__ import annotations

import contextlib
import json
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

from odw.executors import mock_backend
from odw.loader import Loader, run_workflow
from odw.runtime.abc import Backend, CallRequest, Event, Failure, Planned, Report, Usage
from odw.runtime.fakes import EventList, FakePlanner, backend_of
from odw.runtime.options import RunOptions, RunOutcome
from odw.settings import load_settings

META = "export const meta = { name: 'case', description: 'A case.' }\n"


class RecordingMock:
    """The mock executor, or ``mock`` in its place, remembering each attempt of a call with its whole prompt."""

    name = "mock"

    def __init__(self, mock: Any) -> None:
        self._mock = mock
        self.capabilities = mock.capabilities
        self.requests: list[CallRequest] = []

    def plan(self, request: CallRequest) -> Planned:
        self.requests.append(request)
        planned: Planned = self._mock.plan(request)
        return planned


def recorded_mock(mock: Any = None) -> tuple[RecordingMock, Backend]:
    """A recorder, and the mock backend with it for every runtime."""
    backend = mock_backend()
    recorder = RecordingMock(mock or backend.runtimes[backend.default])
    return recorder, Backend(backend.name, backend.default, dict.fromkeys(backend.runtimes, recorder))


class Ran:
    """One run: its outcome, its events as a sink saw them, its directory, the requests its executor got."""

    def __init__(self, outcome: RunOutcome, sink: EventList, executor: Any) -> None:
        self.outcome = outcome
        self.events: list[Event] = sink.events
        self.of = sink.of
        self.logs = sink.logs
        self.notes = [event["message"] for event in sink.of("note")]
        self.executor = executor
        self.dir = Path(outcome.run_dir)

    @property
    def result(self) -> Any:
        """The result of a run that must have completed."""
        assert self.outcome.error is None, (self.outcome.error, getattr(self.outcome.error, "report", ""))
        return self.outcome.result

    @property
    def error(self) -> Any:
        assert self.outcome.error is not None, self.outcome.result
        return self.outcome.error

    @property
    def journal(self) -> list[Any]:
        return [json.loads(line) for line in (self.dir / "events.jsonl").read_text().splitlines()]

    @property
    def state(self) -> Any:
        return json.loads((self.dir / "state.json").read_text())


class Project:
    """A directory with workflows; ``run(source)`` runs one there."""

    def __init__(self, root: Path) -> None:
        self.root = root / "project"
        self.home = root / "home"
        self.root.mkdir()
        self.home.mkdir()

    def write(self, name: str, body: str, meta: str | None = None) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((META if meta is None else meta) + textwrap.dedent(body))
        return path

    def run(
        self,
        source: str,
        answer: Callable[[Any], Any] | None = None,
        *,
        executor: Any = None,
        runtimes: tuple[str, ...] = (),
        sink: EventList | None = None,
        meta: str | None = None,
        file: str = "main.js",
        **options: Any,
    ) -> Ran:
        """``answer(request)`` is a text, a Planned or a Report; ``options`` are those of RunOptions."""
        path = self.write(file, source, meta)
        settings = load_settings(environ={"ODW_NO_CACHE": "1"})
        executor = executor or FakePlanner(_planned(answer) if answer else None)
        sink = sink or EventList()
        with contextlib.chdir(self.root):
            program = Loader(self.root, settings, self.home).load(str(path.relative_to(self.root)))
        outcome = run_workflow(
            program, RunOptions(str(self.root), **options), backend_of(executor, *runtimes), sink
        )
        return Ran(outcome, sink, executor)


def _planned(answer: Callable[[Any], Any]) -> Callable[[Any], Planned | str]:
    def plan(request: Any) -> Planned | str:
        found = answer(request)
        return Planned(found) if isinstance(found, Report) else found

    return plan


def failing(category: str = "unknown", message: str = "no luck", retryable: bool = False) -> Report:
    return Report(error=Failure(category, message, retryable))


def spending(text: str = "ok", output: int = 10, input: int = 0) -> Report:
    return Report(text=text, usage=Usage(input=input, output=output))
