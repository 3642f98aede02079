"""From UTF-16 code units, which every script string is made of, to code points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

STEP: Final = 2**18  # code units that CPython converts at one go, deaf to signals


def joined(text: str, errors: str) -> str:
    """The string with each surrogate pair as one character; ``errors`` says what becomes of lone ones, as in ``bytes.decode``."""
    if len(text) <= STEP:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", errors)
    return "".join([joined(piece, errors) for piece in _pieces(text)])


def _pieces(text: str) -> Iterator[str]:
    """The string in pieces, none of which ends within a pair."""
    start = 0
    while start < len(text):
        end = start + STEP
        if "\ud800" <= text[end - 1 : end] <= "\udbff":
            end -= 1
        yield text[start:end]
        start = end
