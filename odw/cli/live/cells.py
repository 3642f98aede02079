"""Text in the cells of a terminal: widths, cutting, and colours that are put on last, so that they never count as width."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from odw.diagnostics import printable

RESET = "\x1b[0m"
STYLES = {
    "": "",
    "dim": "\x1b[2m",
    "bold": "\x1b[1m",
    "good": "\x1b[32m",
    "bad": "\x1b[31m",
    "warn": "\x1b[33m",
    "busy": "\x1b[36m",
    "old": "\x1b[34m",
}


class Span(NamedTuple):
    """A piece of a line; ``style`` is a key of STYLES."""

    text: str
    style: str = ""


Line = Sequence[Span]


def safe(text: str) -> str:
    """Another's text on one line, with control characters and marks that turn the direction of writing shown, not obeyed."""
    return printable(" ".join(text.split()))


@lru_cache(4096)
def cell_width(character: str) -> int:
    """0, 1 or 2 cells (Unicode annex 11; ambiguous characters count as 1)."""
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def width_of(text: str) -> int:
    return len(text) if text.isascii() else sum(map(cell_width, text))


def cut(text: str, width: int) -> str:
    """At most ``width`` cells of ``text``; what is left out is shown as one ``…``."""
    if width_of(text) <= width:
        return text
    if width <= 0:
        return ""
    kept, used = [], 1
    for character in text:
        used += cell_width(character)
        if used > width:
            break
        kept.append(character)
    return "".join(kept) + "…"


def fit(line: Line, width: int) -> list[Span]:
    """The line in ``width`` cells: what does not fit is cut off at its end."""
    fitted, left = [], width
    for span in line:
        if left <= 0:
            break
        text = cut(span.text, left)
        left -= width_of(text)
        fitted.append(span._replace(text=text))
    return fitted


def paint(line: Line, width: int, colour: bool) -> str:
    """The line as it is written: cut to ``width``, in colours or plain."""
    fitted = fit(line, width)
    if not colour:
        return "".join(span.text for span in fitted)
    return "".join(f"{STYLES[s.style]}{s.text}{RESET}" if s.style else s.text for s in fitted)
