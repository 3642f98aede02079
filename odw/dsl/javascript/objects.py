"""Object's functions: keys in JavaScript's order, copies, and the methods that every object has."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from odw.dsl.javascript import errors
from odw.dsl.javascript.iteration import iterate, spread
from odw.dsl.javascript.values import index_of_key, key, nullish, text
from odw.ecma.values import undefined


class Object(dict[str, Any]):
    """The base of a script's classes: properties are entries, methods are attributes of the class."""

    frozen = False
    __hash__ = object.__hash__  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other


def _ordered(value: dict[str, Any]) -> dict[str, Any]:
    """Integer keys first, in their order, then the others as they were added (ECMA-262 10.1.11)."""
    if not any(name[:1].isdigit() for name in value):
        return value
    numbers = [name for name in value if index_of_key(name) >= 0]
    if not numbers:
        return value
    numbers.sort(key=int)
    first = dict.fromkeys(numbers)
    return {name: value[name] for name in (*numbers, *(name for name in value if name not in first))}


def own(value: Any) -> dict[str, Any]:
    """The own properties of a value, in JavaScript's order. Raises TypeError for null and undefined."""
    if nullish(value):
        raise errors.TypeError("Cannot convert undefined or null to object")
    return _ordered(spread(value))


def keys(value: Any) -> list[str]:
    return list(own(value))


def values(value: Any) -> list[Any]:
    return list(own(value).values())


def entries(value: Any) -> list[list[Any]]:
    return [[name, item] for name, item in own(value).items()]


def names_in(value: Any) -> list[str]:
    """What ``for (const name in value)`` goes through."""
    return [] if nullish(value) else keys(value)


def from_entries(pairs: Any) -> dict[str, Any]:
    from odw.dsl.javascript.members import get

    return {key(get(pair, 0)): get(pair, 1) for pair in iterate(pairs)}


def assign(target: Any, *sources: Any) -> Any:
    """``Object.assign(target, …sources)``: gives ``target``."""
    from odw.dsl.javascript.members import put

    for source in sources:
        for name, item in _ordered(spread(source)).items():
            put(target, name, item)
    return target


def freeze(value: Any) -> Any:
    """``Object.freeze(value)``: here only a promise of the script's, which nothing enforces."""
    return value


def has_own(value: Any, name: Any) -> bool:
    return key(name) in spread(value)


def group_by(items: Iterable[Any], fn: Callable[..., Any]) -> dict[str, list[Any]]:
    """``Object.groupBy(items, fn)``."""
    from odw.dsl.javascript.functions import call

    groups: dict[str, list[Any]] = {}
    for index, item in enumerate(iterate(items)):
        groups.setdefault(key(call(fn, item, index)), []).append(item)
    return _ordered(groups)


def structured_clone(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: structured_clone(item) for name, item in value.items()}
    return [structured_clone(item) for item in value] if isinstance(value, list) else value


def invoke_optional(value: Any, name: str, *given: Any) -> Any:
    """``value?.name(…)``: undefined when ``value`` is null or undefined."""
    from odw.dsl.javascript.members import invoke

    return undefined if nullish(value) else invoke(value, name, *given)


METHODS: dict[str, Callable[..., Any]] = {
    "hasOwnProperty": has_own,
    "propertyIsEnumerable": has_own,
    "toString": text,
    "toLocaleString": text,
    "valueOf": lambda value: value,
}
