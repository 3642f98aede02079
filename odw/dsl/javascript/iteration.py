"""What ``for … of`` and ``…`` go through."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from odw.dsl.javascript import errors
from odw.dsl.javascript.values import text
from odw.ecma.values import undefined


def iterate(value: Any) -> Iterable[Any]:
    """The items of a list, a text (its characters), a Map, a Set, a generator. Raises TypeError for what has none."""
    if isinstance(value, list | str):
        return value
    if value is None or value is undefined or isinstance(value, dict | int | float) or callable(value):
        raise errors.TypeError(f"{text(value) if not isinstance(value, dict) else 'object'} is not iterable")
    try:
        return iter(value)  # type: ignore[no-any-return]
    except TypeError:
        raise errors.TypeError(
            "object is not iterable (cannot read property Symbol(Symbol.iterator))"
        ) from None


def unpack(value: Any, count: int, rest: bool = False) -> list[Any]:
    """The first ``count`` items, undefined for those that lack; with ``rest`` the others as a list after them."""
    items = list(iterate(value))
    first = items[:count] + [undefined] * (count - len(items))
    return [*first, items[count:]] if rest else first


def spread(value: Any) -> dict[str, Any]:
    """What ``{...value}`` takes from a value: nothing from null, undefined, numbers and booleans."""
    if isinstance(value, dict):
        return value
    if isinstance(value, list):
        return {str(index): item for index, item in enumerate(value)}
    if isinstance(value, str):
        from odw.dsl.javascript.values import units

        return dict(spread(list(units(value))))
    return dict(getattr(value, "properties", {}))


def without(value: Any, *names: str) -> dict[str, Any]:
    """``const {a, b, ...rest} = value``: the rest."""
    if value is None or value is undefined:
        raise errors.TypeError(f"Cannot destructure '{text(value)}' as it is {text(value)}.")
    return {name: item for name, item in spread(value).items() if name not in names}
