"""Counting votes where some may be missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

Decision: TypeAlias = Literal["confirmed", "refuted", "undecided"]


def decision(in_favour: int, abstained: int, needed: int) -> Decision:
    """What votes decide: undecided when those that abstained could have made up what is ``needed``."""
    if in_favour >= needed:
        return "confirmed"
    return "undecided" if in_favour + abstained >= needed else "refuted"


def sorted_out(verdicts: Sequence[Any]) -> tuple[list[Any], list[Any], list[Any]]:
    """The claims that were confirmed, refuted, and left undecided."""
    kinds = ("confirmed", "refuted", "undecided")
    first, second, third = ([entry.claim for entry in verdicts if entry.verdict == kind] for kind in kinds)
    return first, second, third
