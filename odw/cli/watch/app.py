"""The terminal UI: which screen comes first, and what all screens need."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

from odw.cli.watch.help_screen import HelpScreen
from odw.cli.watch.run_screen import RunScreen
from odw.cli.watch.runs_screen import RunsScreen
from odw.runtime.run_dir import RunDir

STYLE = """
Screen { layout: vertical; }
#head { height: 1; background: $panel; padding: 0 1; }
#hint { height: 1; background: $panel; color: $text-muted; padding: 0 1; }
#search { display: none; height: 3; }
#search.open { display: block; }
#phases { width: 30; border-right: solid $panel; }
#detail { padding: 0 1; }
DataTable { height: 1fr; scrollbar-size-horizontal: 0; scrollbar-size-vertical: 1; }
HelpScreen, AskScreen { align: center middle; }
#box { width: 76; max-width: 95%; height: auto; max-height: 90%; border: round $primary; background: $surface; padding: 1 2; }
"""


class WatchApp(App[None]):
    """Starts at the list of runs, or with the run that was asked for on top of it."""

    CSS = STYLE
    TITLE = "odw"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "help"),
        Binding("q", "quit", "quit"),
        Binding("ctrl+c", "quit", show=False, priority=True),
    ]

    def __init__(self, project: Path, directory: RunDir | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.project = project
        self._first = directory

    def on_mount(self) -> None:
        self.push_screen(RunsScreen(self.project))
        if self._first is not None:
            self.push_screen(RunScreen(self._first))

    def action_help(self) -> None:
        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen())


def watch(project: Path, directory: RunDir | None) -> None:
    """Run the UI until it is left."""
    WatchApp(project, directory).run()
