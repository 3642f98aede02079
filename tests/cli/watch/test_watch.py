"""The terminal UI, driven key by key by Textual's pilot on runs of the mock executor."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import DataTable, Input, Static

from odw.cli.watch.app import WatchApp
from odw.cli.watch.call_screen import CallScreen
from odw.cli.watch.help_screen import AskScreen, HelpScreen
from odw.cli.watch.run_screen import RunScreen
from odw.cli.watch.runs_screen import RunsScreen
from odw.executors import mock_backend
from odw.loader import Loader, run_workflow
from odw.runtime.control_client import Answer
from odw.runtime.options import RunOptions
from odw.runtime.run_dir import RunDir
from odw.settings import load_settings

HOSTILE = "evil [bold]x[/] \x1b[2J\x1b]0;t\x07 \u202e"
SCRIPT = """\
export const meta = {name: 'watched', description: 'for the UI'}
phase('First')
await parallel([1, 2, 3].map(n => () => agent('look at ' + n, {label: 'look ' + n})))
phase('Second')
await agent('it fails', {label: 'broken', mockFail: 'no luck', maxAttempts: 1})
await agent('the prompt\\nof two lines', {label: args.hostile, mockText: 'the answer'})
return 1
"""

Steps = Callable[[Pilot[None], WatchApp], Awaitable[None]]


@pytest.fixture
def directory(tmp_path: Path) -> RunDir:
    return make_run(tmp_path)


def make_run(project: Path, script: str = SCRIPT) -> RunDir:
    path = project / "watched.js"
    path.write_text(script)
    program = Loader(project, load_settings({}, {}, {})).load(str(path))
    options = RunOptions(str(project), args={"hostile": HOSTILE})
    outcome = run_workflow(program, options, mock_backend(), None)
    return RunDir.at(outcome.run_dir)


def drive(directory: RunDir, steps: Steps, size: tuple[int, int] = (120, 30), first: bool = True) -> None:
    async def run() -> None:
        app = WatchApp(Path(directory.project), directory if first else None)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await steps(pilot, app)

    asyncio.run(run())


def shown(app: WatchApp, selector: str) -> str:
    return str(app.screen.query_one(selector, Static).render())


def agents(app: WatchApp) -> list[str]:
    table = app.screen.query_one("#agents", DataTable)
    return [str(table.get_row_at(row)[2]) for row in range(table.row_count)]


def test_from_the_list_to_an_agent_and_back(directory: RunDir) -> None:
    async def steps(pilot: Pilot[None], app: WatchApp) -> None:
        assert isinstance(app.screen, RunsScreen)
        await pilot.press("enter")
        assert isinstance(app.screen, RunScreen) and shown(app, "#head").startswith("watched  completed")
        assert agents(app)[:4] == ["look 1", "look 2", "look 3", "broken"]
        await pilot.press("j", "down", "j", "enter")
        assert isinstance(app.screen, CallScreen)
        assert "Error\nmock: no luck" in shown(app, "#text") and "it fails" in shown(app, "#text")
        await pilot.press("escape", "escape")
        assert isinstance(app.screen, RunsScreen)

    drive(directory, steps, first=False)


def test_a_phase_a_filter_and_a_search_narrow_the_table(directory: RunDir) -> None:
    async def steps(pilot: Pilot[None], app: WatchApp) -> None:
        phases = app.screen.query_one("#phases", DataTable)
        assert [str(phases.get_row_at(row)[1]) for row in range(3)] == ["5/5", "3/3", "2/2"]
        await pilot.press("tab", "tab")
        phases.focus()
        await pilot.press("down")
        assert agents(app) == ["look 1", "look 2", "look 3"]
        await pilot.press("up", "f", "f")
        assert agents(app) == ["broken"] and "showing failed" in shown(app, "#head")
        await pilot.press("f", "f", "slash", *"look 2", "enter")
        assert agents(app) == ["look 2"]
        await pilot.press("slash", "escape")
        assert len(agents(app)) == 5 and not app.screen.query_one("#search", Input).has_class("open")

    drive(directory, steps)


def test_hostile_text_is_shown_as_text(directory: RunDir) -> None:
    async def steps(pilot: Pilot[None], app: WatchApp) -> None:
        label = agents(app)[4]
        assert "[bold]x[/]" in label and not set(label) & set("\x1b\x07\u202e")
        await pilot.press("G", "end", "down", "down", "down", "down", "enter")
        text = shown(app, "#text")
        assert "the prompt\nof two lines" in text and "the answer" in text and "\x1b" not in text

    drive(directory, steps)


def test_help_and_leaving(directory: RunDir) -> None:
    async def steps(pilot: Pilot[None], app: WatchApp) -> None:
        await pilot.press("question_mark")
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape")
        assert isinstance(app.screen, RunScreen)
        await pilot.press("q")

    drive(directory, steps, size=(40, 10))


def test_commands_go_to_the_run(directory: RunDir, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[str, str | None]] = []

    def send(where: RunDir, name: str, node: str | None = None) -> Answer:
        assert where.path == directory.path
        sent.append((name, node))
        return Answer(name != "stop", "not now", {})

    monkeypatch.setattr("odw.cli.watch.commands.send", send)

    async def until(pilot: Pilot[None], count: int) -> None:
        for _ in range(500):
            await pilot.pause(0.01)
            if len(sent) >= count and len(pilot.app._notifications) >= count:
                return
        raise AssertionError(f"only {sent} came")

    async def steps(pilot: Pilot[None], app: WatchApp) -> None:
        await pilot.press("p")
        await until(pilot, 1)
        await pilot.press("p")
        await until(pilot, 2)
        await pilot.press("x")  # every agent has ended: this is about the run
        assert isinstance(app.screen, AskScreen)
        await pilot.press("n")
        await pilot.press("x", "enter")
        await until(pilot, 3)
        assert sent == [
            ("pause", None),
            ("pause", None),
            ("stop", None),
        ]  # nothing says that this run is paused
        await pilot.press("r")  # nothing runs that could be started over
        assert len(sent) == 3

    drive(directory, steps)


def test_the_script_is_saved_as_a_workflow(directory: RunDir) -> None:
    async def steps(pilot: Pilot[None], app: WatchApp) -> None:
        await pilot.press("s")
        assert isinstance(app.screen, AskScreen)
        await pilot.press("enter")
        await pilot.press("s", "enter")  # a second time it is there already, and stays

    drive(directory, steps)
    saved = Path(directory.project) / ".odw/workflows/watched.js"
    assert saved.read_text() == SCRIPT


def test_a_run_that_goes_on(directory: RunDir) -> None:
    """The journal grows while the UI looks: first as far as the third end, then to its end."""
    journal = Path(directory.file("events.jsonl"))
    lines = journal.read_bytes().splitlines(keepends=True)
    kinds = [json.loads(line)["type"] for line in lines]
    cut = [n for n, kind in enumerate(kinds) if kind == "agent_done"][2] + 1
    journal.write_bytes(b"".join(lines[:cut]))

    async def steps(pilot: Pilot[None], app: WatchApp) -> None:
        assert shown(app, "#head").startswith("watched  dead") and len(agents(app)) == 3
        with journal.open("ab") as file:
            file.write(b"".join(lines[cut:]))
        screen = app.screen
        assert isinstance(screen, RunScreen)
        screen.look()
        await pilot.pause()
        assert shown(app, "#head").startswith("watched  completed") and len(agents(app)) == 5

    drive(directory, steps)


def test_a_thousand_agents(tmp_path: Path) -> None:
    script = (
        "export const meta = {name: 'many', description: 'x'}\n"
        "await parallel(Array.from({length: 1000}, (_, i) => () => agent('p' + i)))\n"
    )
    directory = make_run(tmp_path, script)

    async def steps(pilot: Pilot[None], app: WatchApp) -> None:
        table: Any = app.screen.query_one("#agents", DataTable)
        assert table.row_count == 1000
        await pilot.press("ctrl+end", "up", "enter")
        assert "p998" in shown(app, "#head")

    drive(directory, steps)


def test_no_runs_yet(tmp_path: Path) -> None:
    async def run() -> None:
        app = WatchApp(tmp_path)
        async with app.run_test() as pilot:
            await pilot.pause()
            assert "no runs yet" in shown(app, "#hint")

    asyncio.run(run())
