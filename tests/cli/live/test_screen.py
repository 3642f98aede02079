"""What the terminal shows after drawings, by a terminal emulator."""

from __future__ import annotations

import io
from typing import Any

import pyte
import pytest

from odw.cli.live.cells import Span
from odw.cli.live.screen import Screen


class Terminal(io.StringIO):
    """A terminal of any size that remembers what it shows."""

    def __init__(self, columns: int, rows: int) -> None:
        super().__init__()
        self.screen = pyte.HistoryScreen(columns, rows)
        self.screen.set_mode(pyte.modes.LNM)  # as a terminal driver turns newlines into CR LF
        self.stream = pyte.Stream(self.screen)

    def write(self, text: str) -> int:
        self.stream.feed(text)
        return len(text)

    @property
    def shown(self) -> list[str]:
        lines = [line.rstrip() for line in self.screen.display]
        while lines and not lines[-1]:
            lines.pop()
        return lines


def screen_of(terminal: Terminal, monkeypatch: pytest.MonkeyPatch, colour: bool = False) -> Screen:
    size = property(lambda self: (terminal.screen.columns, terminal.screen.lines))
    monkeypatch.setattr(Screen, "size", size)
    return Screen(terminal, colour)


def lines(*texts: str) -> list[Any]:
    return [[Span(text, "bold")] for text in texts]


def test_a_block_is_drawn_over_and_what_is_above_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal(20, 6)
    terminal.write("$ odw exec\n")
    screen = screen_of(terminal, monkeypatch)
    screen.draw(lines("tree 1", "  a"))
    screen.draw(lines("tree 2", "  b", "  c"), lines("a log"))
    assert terminal.shown == ["$ odw exec", "a log", "tree 2", "  b", "  c"]
    screen.draw(lines("tree 3"))
    assert terminal.shown == ["$ odw exec", "a log", "tree 3"] and terminal.screen.cursor.hidden
    screen.clear()
    assert terminal.shown == ["$ odw exec", "a log"] and not terminal.screen.cursor.hidden


def test_a_block_at_the_lower_edge_scrolls_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal(20, 5)
    screen = screen_of(terminal, monkeypatch)
    for number in range(9):
        screen.draw(lines(f"tree {number}", "  a", "  b", "too much", "by far"), lines(f"log {number}"))
    assert terminal.shown == ["tree 8", "  a", "  b", "too much"]
    scrolled = ["".join(c.data for c in line.values()).rstrip() for line in terminal.screen.history.top]
    assert scrolled[-2:] == ["log 7", "log 8"]


@pytest.mark.parametrize("colour", [False, True])
def test_wide_lines_are_cut(monkeypatch: pytest.MonkeyPatch, colour: bool) -> None:
    terminal = Terminal(24, 6)
    screen = screen_of(terminal, monkeypatch, colour)
    for _ in range(3):
        screen.draw(lines("日本語" * 10, "x" * 100))
    assert len(terminal.shown) == 2 and terminal.shown[1] == "x" * 22 + "…"


def test_a_terminal_that_became_narrower(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal(40, 10)
    screen = screen_of(terminal, monkeypatch)
    terminal.write("before\n")
    screen.draw(lines("x" * 39, "y" * 10))
    # what real terminals do: the long line now takes two rows
    terminal.screen.reset()
    terminal.screen.set_mode(pyte.modes.LNM)
    terminal.screen.resize(10, 30)
    terminal.write(f"before\n{'x' * 39}\n{'y' * 10}\n")
    monkeypatch.setattr(Screen, "size", property(lambda self: (30, 10)))
    screen.draw(lines("new"))
    assert terminal.shown[0] == "before" and terminal.shown[-1] == "new"


def test_a_tiny_terminal_gets_only_what_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal(10, 3)
    screen = screen_of(terminal, monkeypatch)
    screen.draw(lines("tree"), lines("a log"))
    screen.draw(lines("tree"))
    assert terminal.shown == ["a log"]
    screen.clear()
