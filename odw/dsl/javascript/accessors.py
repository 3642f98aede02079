"""Getters and setters of an object literal: entries that are asked each time (ECMA-262 13.2.5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from odw.dsl.javascript import errors
from odw.ecma.values import undefined


class Accessor:
    """A property by its functions; ``js.Accessors`` calls them."""

    __slots__ = ("get", "set")

    def __init__(self, get: Callable[[], Any] | None = None, set: Callable[[Any], Any] | None = None) -> None:
        self.get = get
        self.set = set


class Accessors(dict[str, Any]):
    """An object some of whose entries are an ``Accessor``. Setting one without a setter raises TypeError."""

    __hash__ = object.__hash__  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other

    def __getitem__(self, name: str) -> Any:
        held = super().__getitem__(name)
        if type(held) is Accessor:
            return undefined if held.get is None else held.get()
        return held

    def __setitem__(self, name: str, value: Any) -> None:
        held = super().get(name)
        if type(held) is not Accessor:
            super().__setitem__(name, value)
        elif held.set is not None:
            held.set(value)
        else:
            raise errors.TypeError(f"Cannot set property {name} of #<Object> which has only a getter")

    def get(self, name: str, otherwise: Any = None) -> Any:
        if name not in self:
            return otherwise
        return self[name]  # not dict.get, which would not ask a getter

    def __iter__(self) -> Iterator[str]:  # with it, ``{**x}`` and ``dict(x)`` ask the getters
        return super().__iter__()

    def values(self) -> Any:
        return [self[name] for name in self]

    def items(self) -> Any:
        return [(name, self[name]) for name in self]

    def pop(self, name: str, otherwise: Any = None) -> Any:
        super().pop(name, None)
        return otherwise
