"""Cutting a list or a text into chunks. Lengths are in characters (code points), so that no cut goes through one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from odw.patterns._prompts import text

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Chunk(Generic[T]):
    """A part of the input: its number from 1, its items (lines, of a text), and what goes into a prompt."""

    number: int
    items: list[T]
    text: str


def chunks_of_items(
    items: Sequence[T], size: int | None, characters: int | None, say: Callable[[str], None]
) -> list[Chunk[T]]:
    """At most ``size`` items and ``characters`` to a chunk; an item that is longer has one for itself."""
    pieces: list[tuple[T, str]] = []
    for number, item in enumerate(items, 1):
        written = text(item)
        if characters is not None and len(written) > characters:
            say(_longer("item", number, len(written), characters, "it is a chunk of its own"))
        pieces.append((item, written))
    return _packed(pieces, "\n\n", size, characters)


def chunks_of_text(whole: str, characters: int, say: Callable[[str], None]) -> list[Chunk[str]]:
    """Whole lines, at most ``characters`` to a chunk; only a line that is longer is cut."""
    pieces: list[tuple[str, str]] = []
    for number, line in enumerate(whole.split("\n"), 1):
        if len(line) <= characters:
            pieces.append((line, line))
            continue
        say(_longer("line", number, len(line), characters, "it is cut"))
        parts = [line[at : at + characters] for at in range(0, len(line), characters)]
        pieces += [(part, part) for part in parts]
    return _packed(pieces, "\n", None, characters)


def _longer(what: str, number: int, length: int, characters: int, so: str) -> str:
    return f"{what} {number} has {length} characters, more than {characters}: {so}"


def _packed(
    pieces: Sequence[tuple[Any, str]], joint: str, size: int | None, characters: int | None
) -> list[Chunk[Any]]:
    groups: list[list[tuple[Any, str]]] = []
    length = 0
    for piece in pieces:
        longer = length + len(joint) + len(piece[1])
        if not groups or len(groups[-1]) == size or (characters is not None and longer > characters):
            groups.append([])
            longer = len(piece[1])
        groups[-1].append(piece)
        length = longer
    return [
        Chunk(number, [item for item, _ in group], joint.join(written for _, written in group))
        for number, group in enumerate(groups, 1)
    ]
