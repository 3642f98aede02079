"""Map and Set: they keep the order of insertion, and tell 1 from true and one list from another that is equal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from odw.ecma.values import undefined


def _identity(value: Any) -> Any:
    """What SameValueZero (ECMA-262 7.2.11) compares by."""
    if isinstance(value, str) or value is None:
        return value
    if isinstance(value, bool):
        return (bool, value)
    if isinstance(value, int | float):
        return "NaN!" if value != value else (float, value)
    return (id, id(value))


class Map:
    """``new Map(entries)``. In Python: ``m[key] = value``, ``m.get(key)``, ``key in m``, ``len(m)``, ``m.items()``."""

    __slots__ = ("_entries",)

    def __init__(self, entries: Any = None) -> None:
        self._entries: dict[Any, tuple[Any, Any]] = {}
        if entries is not None and entries is not undefined:
            from odw.dsl.javascript.iteration import iterate

            for name, value in iterate(entries):
                self[name] = value

    def __setitem__(self, name: Any, value: Any) -> None:
        self._entries[_identity(name)] = (name, value)

    def set(self, name: Any, value: Any = undefined) -> Map:
        self[name] = value
        return self

    def get(self, name: Any, otherwise: Any = undefined) -> Any:
        found = self._entries.get(_identity(name))
        return otherwise if found is None else found[1]

    def has(self, name: Any) -> bool:
        return _identity(name) in self._entries

    __contains__ = has

    def delete(self, name: Any) -> bool:
        return self._entries.pop(_identity(name), None) is not None

    def clear(self) -> None:
        self._entries.clear()

    def __len__(self) -> int:
        return len(self._entries)

    def __bool__(self) -> bool:
        return True

    def items(self) -> Iterator[Any]:
        return _walk(self._entries, lambda entry: [*entry])

    def keys(self) -> Iterator[Any]:
        return _walk(self._entries, lambda entry: entry[0])

    def values(self) -> Iterator[Any]:
        return _walk(self._entries, lambda entry: entry[1])

    __iter__ = items

    def for_each(self, fn: Callable[..., Any]) -> None:
        from odw.dsl.javascript.functions import call

        for name, value in self.items():
            call(fn, value, name, self)

    def javascript_text(self) -> str:
        return "[object Map]"


class Set:
    """``new Set(items)``. In Python: ``s.add(x)``, ``x in s``, ``len(s)``, ``for x in s`` in the order of insertion."""

    __slots__ = ("_items",)

    def __init__(self, items: Any = None) -> None:
        self._items: dict[Any, Any] = {}
        if items is not None and items is not undefined:
            from odw.dsl.javascript.iteration import iterate

            for item in iterate(items):
                self._items.setdefault(_identity(item), item)

    def add(self, item: Any) -> Set:
        self._items.setdefault(_identity(item), item)
        return self

    def has(self, item: Any) -> bool:
        return _identity(item) in self._items

    __contains__ = has

    def delete(self, item: Any) -> bool:
        found = _identity(item) in self._items
        self._items.pop(_identity(item), None)
        return found

    def clear(self) -> None:
        self._items.clear()

    def __len__(self) -> int:
        return len(self._items)

    def __bool__(self) -> bool:
        return True

    def values(self) -> Iterator[Any]:
        return _walk(self._items, lambda item: item)

    __iter__ = values

    def for_each(self, fn: Callable[..., Any]) -> None:
        from odw.dsl.javascript.functions import call

        for item in self.values():
            call(fn, item, item, self)

    def javascript_text(self) -> str:
        return "[object Set]"


def _walk(entries: dict[Any, Any], shown: Callable[[Any], Any]) -> Iterator[Any]:
    """The entries in order, those included that are added on the way; those that are removed before their turn do not come."""
    seen: set[Any] = set()
    changed = True
    while changed:
        changed = False
        for identity in list(entries):
            if identity not in seen and identity in entries:
                seen.add(identity)
                changed = True
                yield shown(entries[identity])


SETS: dict[str, Callable[..., Any]] = {
    "add": Set.add,
    "clear": Set.clear,
    "delete": Set.delete,
    "entries": lambda value: ([item, item] for item in value),
    "forEach": Set.for_each,
    "has": Set.has,
    "keys": Set.values,
    "values": Set.values,
    "difference": lambda value, other: Set(item for item in value if item not in other),
    "intersection": lambda value, other: Set(item for item in value if item in other),
    "union": lambda value, other: Set([*value, *other]),
}
MAPS: dict[str, Callable[..., Any]] = {
    "clear": Map.clear,
    "delete": Map.delete,
    "entries": Map.items,
    "forEach": Map.for_each,
    "get": lambda value, name=undefined: value.get(name),
    "has": Map.has,
    "keys": Map.keys,
    "set": Map.set,
    "values": Map.values,
}
