"""Two small screens over the others: the keys, and a question."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

KEYS = """\
↑ ↓  j k   move            Enter   open          Esc ←   back
Tab        other table     f       filter        /       search
p          pause, go on    r       start a running agent over
x          stop: the agent under the cursor, or the run from the phases
s          save the script as a workflow of the project
o          open the report
q          leave; the run goes on

● running   ↻ tried again soon   ✓ done   ✗ failed   ↺ replayed
⊘ given up"""


class HelpScreen(ModalScreen[None]):
    """The keys."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,question_mark,enter,q", "dismiss", "close")]

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="box"):
            yield Static(Text(KEYS))


class AskScreen(ModalScreen[None]):
    """A question: ``answered`` gets the text that was typed; for a yes-or-no question without ``initial`` Enter means yes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,n", "no", "no", priority=False),
        Binding("enter,y", "yes", "yes", priority=False),
    ]

    def __init__(self, question: str, answered: Callable[[str], None], initial: str | None = None) -> None:
        super().__init__()
        self._question = question
        self._answered = answered
        self._initial = initial

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="box"):
            end = "  Enter: yes   Esc: no" if self._initial is None else "  Enter: save   Esc: leave it"
            yield Static(Text(f"{self._question}\n\n{end}"))
            if self._initial is not None:
                yield Input(self._initial, id="answer")

    def on_mount(self) -> None:
        if self._initial is not None:
            self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._finish(event.value)

    def action_yes(self) -> None:
        if self._initial is None:
            self._finish("")

    def action_no(self) -> None:
        self.dismiss()

    def _finish(self, answer: str) -> None:
        self.dismiss()
        self._answered(answer)
