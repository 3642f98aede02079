"""The parser's own exception: turned into a ``ScriptRejected`` at the door, in ``syntax/__init__.py``."""

from __future__ import annotations


class SyntaxProblem(Exception):
    """What is wrong with ``text[start:end]``. ``opener`` is the offset of the bracket or quote that is never closed."""

    def __init__(self, message: str, start: int, end: int, opener: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end
        self.opener = opener
