"""A variable of one turn of a loop, which functions keep while it changes."""

from __future__ import annotations

from typing import Any

from odw.dsl.javascript import errors

_EMPTY = object()


class Cell:
    """One variable; ``value`` is what it holds. Reading one that holds nothing yet raises ReferenceError."""

    __slots__ = ("_held", "_name")

    def __init__(self, name: str, value: Any = _EMPTY) -> None:
        self._name = name
        self._held = value

    @property
    def value(self) -> Any:
        if self._held is _EMPTY:
            raise errors.ReferenceError(f"Cannot access '{self._name}' before initialization")
        return self._held

    @value.setter
    def value(self, value: Any) -> None:
        self._held = value

    def put(self, value: Any) -> Any:
        """Set it; gives ``value``."""
        self._held = value
        return value
