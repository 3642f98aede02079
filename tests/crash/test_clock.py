"""The wall clock jumps; nothing that odw decides depends on it."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from script_runs import Project

from odw.loader import Loader
from odw.runtime.abc import Planned, Report
from odw.runtime.clock import SystemClock
from odw.runtime.fakes import FakePlanner, backend_of
from odw.runtime.journal.reader import read_journal
from odw.runtime.options import RunOptions
from odw.runtime.run import run_program
from odw.settings import load_settings

HOUR, YEAR = 3600.0, 365.25 * 86_400
SCRIPT = """
const state = await Promise.all([1, 2, 3].map((i) => agent(`look ${i}`, { label: `l${i}`, timeoutMs: 60000 })))
await new Promise((resolve) => setTimeout(resolve, 5))
return [...state, await agent('last')]
"""


class JumpingClock(SystemClock):
    """Each look at the wall finds it somewhere else."""

    def __init__(self, *walls: float) -> None:
        self._walls = walls
        self._looks = 0

    def wall(self) -> float:
        self._looks += 1
        return self._walls[self._looks % len(self._walls)]


NOW = 1_795_000_000.0
CLOCKS = {
    "an hour forth and back": (NOW, NOW + HOUR, NOW - HOUR),
    "years forth and back": (NOW, NOW + 20 * YEAR, NOW - 30 * YEAR),
    "backwards": tuple(NOW - second for second in range(500)),
    "1970": (0.0,),
    "2038": (2.0**31 - 1, 2.0**31),
}


@pytest.mark.parametrize("walls", CLOCKS.values(), ids=CLOCKS)
def test_a_jumping_clock_changes_nothing(project: Project, walls: tuple[float, ...]) -> None:
    path = project.write("main.js", SCRIPT)
    with contextlib.chdir(project.root):
        program = Loader(project.root, load_settings(environ={"ODW_NO_CACHE": "1"}), project.home).load(
            path.name
        )
    calls = 0

    def plan(request: Any) -> Planned:
        nonlocal calls
        calls += 1
        return Planned(Report(text=request.prompt), 2.0)

    def run(**options: Any) -> Any:
        return run_program(
            program,
            RunOptions(str(project.root), **options),
            backend_of(FakePlanner(plan)),
            None,
            JumpingClock(*walls),
        )

    first = run(run_id="r")
    assert first.result == ["look 1", "look 2", "look 3", "last"]
    journal = project.root / ".odw" / "runs" / "r" / "events.jsonl"
    events = read_journal(str(journal)).events
    assert all(0 <= event["durationMs"] < 5000 for event in events if event["type"] == "agent_done")
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[: len(lines) // 2]))
    done = sum(event["type"] == "agent_done" for event in read_journal(str(journal)).events)
    calls = 0
    assert run(resume_from="r").result == first.result
    assert calls == 4 - done
