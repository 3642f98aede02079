"""One agent in full, as it goes."""

from __future__ import annotations

import time
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from odw.cli.live.cells import safe
from odw.cli.watch.commands import Commands
from odw.cli.watch.detail import Section, sections
from odw.cli.watch.follow import RunFollower
from odw.cli.watch.rows import MARKS

LOOK_S = 0.5
_DIFF = {"+": "green", "-": "red", "@": "cyan"}


class CallScreen(Screen[None]):
    """Scrolls with the arrows, j and k; keeps its place while new things come."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,left", "app.pop_screen", "back"),
        Binding("j", "scroll('down')", show=False),
        Binding("k", "scroll('up')", show=False),
        Binding("x", "stop", "stop"),
        Binding("r", "restart", "restart"),
    ]

    def __init__(self, follower: RunFollower, index: int, commands: Commands) -> None:
        super().__init__()
        self._follower = follower
        self._index = index
        self._commands = commands
        self._shown: list[Section] = []

    def compose(self) -> ComposeResult:
        yield Static(id="head")
        with VerticalScroll(id="detail"):
            yield Static(id="text")
        yield Static(Text("↑ ↓ scroll   x stop   r restart   Esc back"), id="hint")

    def on_mount(self) -> None:
        self.query_one("#detail").focus()
        self.look()
        self.set_interval(LOOK_S, self.look)

    def look(self) -> None:
        call = self._follower.view.calls.get(self._index)
        if call is None:
            return
        mark, style = MARKS[call.status]
        self.query_one("#head", Static).update(Text(f"{mark} {safe(call.label)}", style))
        found = sections(self._follower, call, time.time() * 1000)
        if found != self._shown:
            self._shown = found
            self.query_one("#text", Static).update(_text(found))

    def action_scroll(self, way: str) -> None:
        detail = self.query_one("#detail", VerticalScroll)
        detail.scroll_down() if way == "down" else detail.scroll_up()

    def action_stop(self) -> None:
        self._commands.send("skip", str(self._index))

    def action_restart(self) -> None:
        self._commands.send("retry", str(self._index))


def _text(found: list[Section]) -> Text:
    text = Text()
    for section in found:
        text.append(f"{section.title}\n", "bold underline")
        if section.style == "diff":
            for line in section.text.split("\n"):
                text.append(f"{line}\n", _DIFF.get(line[:1], ""))
        else:
            text.append(f"{section.text}\n", "red" if section.style == "error" else "")
        text.append("\n")
    return text
