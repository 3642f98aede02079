"""What executors tell of tokens and dollars, at the border: an amount that no call can have used counts as not told.

Executors are programs of others, and a number that is none (NaN, negative, endless) would spoil every sum it enters and
every JSON file it is written to.
"""

from __future__ import annotations

from typing import Any

from odw.runtime.abc import Usage

MOST = 1e15  # tokens or dollars of one call; more is nonsense, and would drown every other number


def is_amount(told: Any) -> bool:
    """Whether ``told`` is a number of tokens or dollars that can be."""
    return isinstance(told, int | float) and not isinstance(told, bool) and 0 <= told <= MOST


def told_usage(told: Usage | None) -> Usage | None:
    """The usage with whole numbers only; None when there is nothing in it but nonsense."""
    if told is None or all(type(count) is int and 0 <= count <= MOST for count in told):
        return told
    usable = Usage(*map(tokens, told))
    return usable if any(usable) else None


def told_cost(told: Any) -> float | None:
    """US dollars, None when they are not told."""
    return told if is_amount(told) else None


def add_costs(one: float | None, other: float | None) -> float | None:
    """Their sum; None only if neither is known."""
    return other if one is None else one if other is None else one + other


def tokens(told: Any) -> int:
    """A number of tokens, 0 for what is none."""
    return int(told) if is_amount(told) else 0
