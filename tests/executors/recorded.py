"""An executor whose program is a player of recordings: what it was started with, what it told, what it brought back."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import trio
from process_trees import DEADLINE_S

from odw.executors import create_executor
from odw.runtime.abc import CallRequest, Event, Report

RECORDINGS = Path(__file__).parent / "recordings"
PLAYER = Path(__file__).parent / "player.py"
SESSION = "11111111-2222-4333-8444-555555555555"
SCHEMA = {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}


class Played:
    """``starts``: one table for each start of the program; see player.py."""

    def __init__(self, report: Report, events: list[Event], starts: list[dict[str, Any]]) -> None:
        self.report = report
        self.events = events
        self.starts = starts

    def of(self, kind: str) -> list[Event]:
        return [event for event in self.events if event["type"] == kind]

    @property
    def argv(self) -> list[str]:
        words: list[str] = self.starts[-1]["argv"]
        return words

    @property
    def stdin(self) -> str:
        return str(self.starts[-1]["stdin"])

    @property
    def env(self) -> dict[str, str]:
        table: dict[str, str] = self.starts[-1]["env"]
        return table

    def after(self, flag: str) -> str:
        """The word after ``flag``."""
        return self.argv[self.argv.index(flag) + 1]

    def file(self, flag: str) -> str:
        """What was in the file that ``flag`` named."""
        return str(self.starts[-1]["files"][self.after(flag)])


class Player:
    """One executor of a kind, for as many attempts as wanted."""

    def __init__(self, kind: str, folder: Path, *recordings: str, **table: Any) -> None:
        self._log = folder / "starts"
        self._folder = folder
        files = [str(RECORDINGS / f"{kind}-{name}.jsonl") for name in recordings]
        program = [sys.executable, "-S", "-E", str(PLAYER), str(self._log), *files]
        self.executor = create_executor(kind, {"program": program, **table})

    async def ask(self, **fields: Any) -> Played:
        events: list[Event] = []
        with trio.fail_after(DEADLINE_S):
            report = await self.executor.run(self._request(**fields), events.append)
        lines = self._log.read_text("utf-8").splitlines() if self._log.exists() else []
        return Played(report, events, [json.loads(line) for line in lines])

    def _request(self, **fields: Any) -> CallRequest:
        request = CallRequest(
            "Do it", {}, None, None, None, "x", "job", None, 1, "0" * 64, "a0", str(self._folder)
        )
        return request._replace(tag=f"recorded-{os.getpid()}.1.1.1.")._replace(**fields)


async def play(kind: str, folder: Path, recording: str, **fields: Any) -> Played:
    """One attempt. ``table`` among the fields goes to the executor's table of odw.toml."""
    return await Player(kind, folder, recording, **fields.pop("table", {})).ask(**fields)


def misshapen(recording: str) -> Iterator[str]:
    """Of each kind of event in a recording one, as often as it has values: each in turn replaced by something else."""
    lines = (RECORDINGS / recording).read_text("utf-8").splitlines()[1:]
    for line in {json.loads(each).get("type"): each for each in lines}.values():
        event = json.loads(line)
        for path in _paths(event):
            for other in (None, 1, "x", [], {}, [[]], {"type": {}}):
                yield json.dumps(_put(event, path, other))


def _paths(value: Any) -> Iterator[tuple[Any, ...]]:
    yield ()
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in items:
        for path in _paths(each):
            yield (key, *path)


def _put(value: Any, path: tuple[Any, ...], other: Any) -> Any:
    if not path:
        return other
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = _put(copy[path[0]], path[1:], other)
    return copy
