"""One run: its phases on the left, their agents on the right, as they go."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import DataTable, Input, Static

from odw.cli.live.cells import safe
from odw.cli.watch.call_screen import CallScreen
from odw.cli.watch.commands import Commands
from odw.cli.watch.follow import RunFollower
from odw.cli.watch.help_screen import AskScreen
from odw.cli.watch.rows import (
    ALL,
    FILTERS,
    MARKS,
    RUN_STYLES,
    call_cells,
    calls_of,
    headline,
    phase_rows,
)
from odw.runtime.run_dir import RunDir
from odw.runtime.run_view import CallView

LOOK_S = 0.25
COLUMNS = (("", 1), ("#", 5), ("agent", 34), ("model", 16), ("time", 8), ("tokens", 7), ("cost", 8), ("", 60))


class RunScreen(Screen[None]):
    """Follows one run; keys that act on an agent act on the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,left", "back", "back"),
        Binding("j", "move('down')", show=False),
        Binding("k", "move('up')", show=False),
        Binding("f", "filter", "filter"),
        Binding("slash", "search", "search"),
        Binding("p", "pause", "pause"),
        Binding("x", "stop", "stop"),
        Binding("r", "restart", "restart"),
        Binding("s", "save", "save"),
        Binding("o", "report", "report"),
    ]

    def __init__(self, directory: RunDir) -> None:
        super().__init__()
        self.follower = RunFollower(directory)
        self._commands = Commands(directory, self._said)
        self._phase = ALL
        self._filter = 0
        self._needle = ""
        self._cells: dict[int, tuple[str, ...]] = {}  # as they stand in the table
        self._session = 0

    def compose(self) -> ComposeResult:
        yield Static(id="head")
        with Horizontal():
            yield DataTable(id="phases", cursor_type="row", show_header=False)
            yield DataTable(id="agents", cursor_type="row")
        yield Input(placeholder="search in labels and models; Enter keeps it, Esc drops it", id="search")
        yield Static(
            Text("? help  q leave  Enter detail  f filter  / search  p pause  x stop  r restart  o report"),
            id="hint",
        )

    def on_mount(self) -> None:
        phases = self._phases
        phases.add_column("phase", width=18, key="phase")
        phases.add_column("calls", width=7, key="calls")
        for number, (name, width) in enumerate(COLUMNS):
            self._agents.add_column(name, width=width, key=str(number))
        self._agents.focus()
        self.look()
        self.set_interval(LOOK_S, self.look)

    @property
    def _phases(self) -> DataTable[Text]:
        return self.query_one("#phases", DataTable)

    @property
    def _agents(self) -> DataTable[Text]:
        return self.query_one("#agents", DataTable)

    # what is shown

    def look(self) -> None:
        """Read on, and show what has changed."""
        news = self.follower.poll()
        if not self.is_current and not news:
            return
        now = time.time() * 1000
        view, status = self.follower.view, self.follower.status
        line = Text(headline(view, status, now), RUN_STYLES.get(status, ""))
        name, needle = FILTERS[self._filter][0], self._needle
        if name != "all" or needle:
            line.append(f"   showing {name}{f' with {needle!r}' if needle else ''}", "reverse")
        if self.follower.damage:
            line.append(f"   damaged: {safe(self.follower.damage)}", "bold red")
        self.query_one("#head", Static).update(line)
        if len(view.sessions) != self._session:  # somebody resumed the run: its calls are made anew
            self._session = len(view.sessions)
            self._rebuild(now)
        elif news:
            self._show_phases()
            self._update(now)
        else:
            self._update(now, only_running=True)

    def _show_phases(self) -> None:
        table = self._phases
        rows = phase_rows(self.follower.view)
        current = table.cursor_row
        if table.row_count != len(rows):
            table.clear()
            for row in rows:
                table.add_row(Text(""), Text(""), key=row.title)
            table.move_cursor(row=min(current, len(rows) - 1))
        for row in rows:
            style = "red" if row.failed else "green" if row.made and row.ended == row.made else ""
            table.update_cell(row.title, "phase", Text(row.shown, style))
            table.update_cell(row.title, "calls", Text(f"{row.ended}/{row.made}", style))

    def _wanted(self) -> list[CallView]:
        return calls_of(self.follower.view, self._phase, FILTERS[self._filter][1], self._needle)

    def _rebuild(self, now: float) -> None:
        """Fill the table of agents anew; the cursor stays on its agent where that is still there."""
        self._show_phases()
        table = self._agents
        current = self.current()
        table.clear()
        self._cells = {}
        for call in self._wanted():
            self._add(call, now)
        if current is not None and current.index in self._cells:
            table.move_cursor(row=table.get_row_index(str(current.index)))

    def _add(self, call: CallView, now: float) -> None:
        cells = self._cells[call.index] = call_cells(call, now)
        self._agents.add_row(*map(Text, cells[:1]), *map(Text, cells[1:]), key=str(call.index))
        self._agents.update_cell(str(call.index), "0", Text(*MARKS[call.status]))

    def _update(self, now: float, only_running: bool = False) -> None:
        """Change the cells that differ, add the calls that are new, in call order; take out what the filter no longer passes."""
        table = self._agents
        calls = self._wanted()
        if not only_running and [call.index for call in calls][: len(self._cells)] != [*self._cells]:
            self._rebuild(now)
            return
        for call in calls:
            before = self._cells.get(call.index)
            if before is None:
                self._add(call, now)
                continue
            if only_running and call.over:
                continue
            cells = call_cells(call, now)
            if cells == before:
                continue
            self._cells[call.index] = cells
            for number, (old, new) in enumerate(zip(before, cells, strict=True)):
                if old != new:
                    shown = Text(*MARKS[call.status]) if number == 0 else Text(new)
                    table.update_cell(str(call.index), str(number), shown)

    def current(self) -> CallView | None:
        """The agent under the cursor."""
        table = self._agents
        if not table.row_count:
            return None
        key = table.coordinate_to_cell_key(table.cursor_coordinate).row_key.value
        return self.follower.view.calls.get(int(str(key)))

    # what is done

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        if event.data_table.id != "phases" or event.row_key.value is None:
            return
        phase = str(event.row_key.value)
        if phase != self._phase:
            self._phase = phase
            self._rebuild(time.time() * 1000)

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        if event.data_table.id == "phases":
            self._agents.focus()
            return
        call = self.current()
        if call is not None:
            self.app.push_screen(CallScreen(self.follower, call.index, self._commands))

    def action_back(self) -> None:
        search = self.query_one("#search", Input)
        if search.has_class("open"):
            search.remove_class("open")
            search.value = ""
            self._agents.focus()
        elif self._agents.has_focus and self._phase != ALL:
            self._phases.move_cursor(row=0)
        else:
            self.app.pop_screen()

    def action_move(self, way: str) -> None:
        table = self._phases if self._phases.has_focus else self._agents
        table.action_cursor_down() if way == "down" else table.action_cursor_up()

    def action_filter(self) -> None:
        self._filter = (self._filter + 1) % len(FILTERS)
        self._rebuild(time.time() * 1000)
        self.look()

    def action_search(self) -> None:
        search = self.query_one("#search", Input)
        search.add_class("open")
        search.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._needle = event.value
        self._rebuild(time.time() * 1000)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.query_one("#search", Input).remove_class("open")
        self._agents.focus()

    def action_pause(self) -> None:
        self._commands.pause_or_go_on(self.follower.view.paused)

    def action_stop(self) -> None:
        call = None if self._phases.has_focus else self.current()
        if call is not None and not call.over:
            index = call.index
            question = f"Give up agent {index} ({safe(call.label)[:60]})? The workflow gets null for it."
            self._ask(question, lambda _: self._commands.send("skip", str(index)))
        else:
            self._ask("Stop the whole run? It can be resumed.", lambda _: self._commands.send("stop"))

    def action_restart(self) -> None:
        call = self.current()
        if call is None or call.over:
            self._said("only an agent that runs can be started over", True)
            return
        self._commands.send("retry", str(call.index))

    def action_save(self) -> None:
        script = self.follower.script()
        if script is None:
            self._said("the run has no script any more", True)
            return
        self.app.push_screen(
            AskScreen(
                "Save the script as a workflow of this project, named:",
                lambda name: self._commands.save(name, script),
                self.follower.view.name,
            )
        )

    def action_report(self) -> None:
        self._commands.open_report()

    def _ask(self, question: str, answered: Callable[[str], None]) -> None:
        self.app.push_screen(AskScreen(question, answered))

    def _said(self, message: str, wrong: bool) -> None:
        """Show an answer; from any thread."""
        show = partial(
            self.app.notify, safe(message), severity="error" if wrong else "information", markup=False
        )
        if threading.current_thread() is threading.main_thread():
            show()
        else:
            self.app.call_from_thread(show)
