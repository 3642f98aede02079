"""The lower end of a terminal as a place that is drawn anew: what is written above it scrolls away as usual.

Only the cursor's moves up and the erasing of lines are used, which every terminal since the VT100 has. The size is asked for
at each drawing, so a resize needs no signal. When lines that were drawn got wrapped by a narrower terminal the next drawing
may leave a trace above; it never writes over what was there before.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TextIO

from odw.cli.live.cells import Line, paint, width_of

SMALLEST = (20, 4)  # columns and rows; below that nothing is drawn
_HIDE, _SHOW = "\x1b[?25l", "\x1b[?25h"


class Screen:
    """Draws blocks of lines at the end of ``stream``, which is a terminal."""

    def __init__(self, stream: TextIO, colour: bool) -> None:
        self._stream = stream
        self._colour = colour
        self._drawn: list[int] = []  # width of each line of the block that stands there
        self._hidden = False

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        try:
            size = os.get_terminal_size(self._stream.fileno())
        except (OSError, ValueError):
            return 80, 24
        return size.columns or 80, size.lines or 24

    def draw(self, lines: Sequence[Line], above: Sequence[Line] = ()) -> None:
        """Put ``lines`` in the place of the block that stands there; ``above`` is written before them, and stays."""
        columns, rows = self.size
        room = rows - 1
        text = [self._erase(columns)]
        text += [paint(line, 10**6, self._colour) + "\n" for line in above]
        self._drawn = []
        if columns >= SMALLEST[0] and rows >= SMALLEST[1]:
            if not self._hidden:
                text.insert(0, _HIDE)
                self._hidden = True
            for line in lines[:room]:
                painted = paint(line, columns - 1, self._colour)
                self._drawn.append(min(columns - 1, sum(width_of(span.text) for span in line)))
                text.append(painted + "\n")
        self._stream.write("".join(text))
        self._stream.flush()

    def clear(self) -> None:
        """Take the block away and give the cursor back."""
        shown = _SHOW if self._hidden else ""
        self._stream.write(self._erase(self.size[0]) + shown)
        self._stream.flush()
        self._drawn, self._hidden = [], False

    def give_back(self, words: str) -> None:
        """From a signal handler, right before the process ends: the cursor is shown again, and ``words`` stand on a line of their own."""
        shown = _SHOW if self._hidden else ""
        os.write(self._stream.fileno(), f"{shown}\n{words}\n".encode("utf-8", "replace"))

    def _erase(self, columns: int) -> str:
        """Up to the block's first line, also when the terminal has become so narrow that its lines take two, and off with it."""
        up = sum(max(1, -(-width // max(1, columns))) for width in self._drawn)
        return f"\x1b[{up}F\x1b[J" if up else ""
