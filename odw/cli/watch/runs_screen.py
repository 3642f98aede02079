"""The list of runs."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import DataTable, Static

from odw.cli.live.cells import safe
from odw.cli.watch.rows import RUN_STYLES
from odw.cli.watch.run_screen import RunScreen
from odw.errors import UsageError
from odw.runtime.run_store import RunSummary, find_run, list_runs

LOOK_S = 2.0  # between two looks at the directory of runs
COLUMNS = ("run", "status", "workflow", "started", "calls", "failed")


class RunsScreen(Screen[None]):
    """All runs of the project, the newest first; Enter opens one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "move('down')", show=False),
        Binding("k", "move('up')", show=False),
        Binding("escape", "app.quit", show=False),
    ]

    def __init__(self, project: Path) -> None:
        super().__init__()
        self._project = project
        self._shown: list[RunSummary] | None = None  # None: not looked yet

    def compose(self) -> ComposeResult:
        yield Static(Text("odw  runs of this project"), id="head")
        yield DataTable(cursor_type="row", zebra_stripes=False)
        yield Static(Text("Enter open   ? help   q leave"), id="hint")

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        for name in COLUMNS:
            table.add_column(name, key=name)
        table.focus()
        self.look()
        self.set_interval(LOOK_S, self.look)

    def look(self) -> None:
        """Take over what has changed in the runs' files."""
        if not self.is_current:
            return
        runs = list_runs(self._project)
        if runs == self._shown:
            return
        table = self.query_one(DataTable)
        current = self._shown[table.cursor_row].run_id if self._shown and table.row_count else None
        self._shown = runs
        table.clear()
        for run in runs:
            status = Text(run.status, RUN_STYLES.get(run.status, ""))
            started = run.started[:19].replace("T", " ")
            failed = Text(str(run.failed), "red") if run.failed else Text("")
            table.add_row(
                run.run_id, status, Text(safe(run.name)[:40]), started, str(run.calls), failed, key=run.run_id
            )
        for number, run in enumerate(runs):
            if run.run_id == current:
                table.move_cursor(row=number)
        if not runs:
            self.query_one("#hint", Static).update(
                Text("There are no runs yet. Start one with: odw exec SCRIPT")
            )

    def on_screen_resume(self) -> None:
        self.look()

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        try:
            self.app.push_screen(RunScreen(find_run(self._project, str(event.row_key.value))))
        except UsageError as error:
            self.notify(safe(error.message), severity="error", markup=False)

    def action_move(self, way: str) -> None:
        table = self.query_one(DataTable)
        table.action_cursor_down() if way == "down" else table.action_cursor_up()
