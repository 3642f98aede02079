"""What a pattern's arguments must be. Messages are those of the scripts of the same name."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from odw.patterns._prompts import text


def count(name: str, value: int, least: int = 1) -> int:
    """A whole number from ``least`` on. Raises ValueError."""
    if type(value) is not int or value < least:
        raise ValueError(f"expected {name} as a whole number from {least} on, found {text(value)}")
    return value


def amount(name: str, value: float) -> float:
    """A number from 0 on. Raises ValueError."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < math.inf:
        raise ValueError(f"expected {name} as a number from 0 on, found {text(value)}")
    return value


def template(name: str, value: str, *holes: str) -> str:
    """A prompt that has these holes. Raises TypeError, ValueError."""
    words(name, value)
    for hole in holes:
        if f"{{{hole}}}" not in value:
            raise ValueError(f"{name} has no {{{hole}}} in it")
    return value


def words(name: str, value: str) -> str:
    """A text that says something. Raises TypeError."""
    if not isinstance(value, str) or not value.strip():
        raise TypeError(f"expected {name} as a text, found {text(value)}")
    return value


def several(name: str, values: Iterable[Any], least: int = 1) -> list[Any]:
    """At least so many values, as a list. Raises TypeError."""
    if isinstance(values, str) or len(found := list(values)) < least:
        raise TypeError(f"expected {name} as a list of at least {least}, found {text(values)}")
    return found
