"""What an agent said, piece by piece: it may talk for hours, and only the end of that is kept."""

from __future__ import annotations

from collections import deque

KEPT = 8 << 20  # characters; an answer is never as long


class Said:
    """The last pieces, each whole. ``complete`` is False when there were more than are kept."""

    __slots__ = ("_length", "_pieces", "complete")

    def __init__(self) -> None:
        self._pieces: deque[str] = deque()
        self._length = 0
        self.complete = True

    def __bool__(self) -> bool:
        return any(self._pieces)

    def add(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)
        while self._length > KEPT and len(self._pieces) > 1:
            self._length -= len(self._pieces.popleft())
            self.complete = False

    def clear(self) -> None:
        """What was said until now is not the answer."""
        self._pieces.clear()
        self._length = 0
        self.complete = True

    @property
    def last(self) -> str:
        return self._pieces[-1] if self._pieces else ""

    def text(self, between: str = "\n\n") -> str:
        return between.join(self._pieces)

    @property
    def problem(self) -> str:
        """Why it is no answer when it is not complete."""
        return f"output-limit: an answer of more than {KEPT} characters"
