"""Methods of arrays that are more than an expression in Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cmp_to_key
from math import inf
from typing import Any

from odw.dsl.javascript import errors
from odw.dsl.javascript.functions import call, fitted
from odw.dsl.javascript.iteration import iterate
from odw.dsl.javascript.operators import same, same_value_zero
from odw.dsl.javascript.values import integer, nullish, number, text, truthy, units
from odw.ecma.values import undefined


def join(items: Iterable[Any], separator: Any = ",") -> str:
    """``items.join(separator)``: null and undefined are empty."""
    by = "," if separator is undefined else text(separator)
    return by.join(item if type(item) is str else "" if nullish(item) else text(item) for item in items)


def sort(items: list[Any], compare: Any = undefined) -> list[Any]:
    """Sort in place, by ``compare`` or as texts; undefined goes to the end. Gives ``items``."""
    found = [item for item in items if item is not undefined]
    missing = len(items) - len(found)
    if compare is undefined:
        found.sort(key=lambda item: _order(text(item)))
    else:
        fn = fitted(compare, 2)
        found.sort(key=cmp_to_key(lambda a, b: _sign(fn(a, b))))
    items[:] = found + [undefined] * missing
    return items


def _sign(value: Any) -> int:
    x = number(value)
    return 1 if x > 0 else -1 if x < 0 else 0


def _order(value: str) -> str:
    return value if value.isascii() else units(value)


def sorted_(items: Iterable[Any], compare: Any = undefined) -> list[Any]:
    """``items.toSorted(compare)``."""
    return sort(list(items), compare)


def _bounds(length: int, start: Any, end: Any) -> tuple[int, int]:
    low, high = integer(start), integer(end, length)
    low = max(low + length, 0) if low < 0 else min(low, length)
    high = max(high + length, 0) if high < 0 else min(high, length)
    return int(low), int(high)


def slice_list(items: list[Any], start: Any = undefined, end: Any = undefined) -> list[Any]:
    low, high = _bounds(len(items), start, end)
    return items[low : max(low, high)]


def splice(items: list[Any], start: Any = undefined, count: Any = inf, *new: Any) -> list[Any]:
    """Take out ``count`` items at ``start`` and put ``new`` in their place; gives those taken out."""
    low, _ = _bounds(len(items), start, undefined)
    most = len(items) - low if count is inf else int(min(max(integer(count), 0), len(items) - low))
    taken = items[low : low + most]
    items[low : low + most] = new
    return taken


def flat(items: Iterable[Any], depth: Any = 1) -> list[Any]:
    """``items.flat(depth)``."""
    found: list[Any] = []
    for item in items:
        if isinstance(item, list) and depth >= 1:
            found += flat(item, depth - 1)
        else:
            found.append(item)
    return found


def flat_map(items: list[Any], fn: Callable[..., Any]) -> list[Any]:
    return flat(map_(items, fn))


def map_(items: list[Any], fn: Callable[..., Any]) -> list[Any]:
    take = fitted(fn, 3)
    return [take(item, index, items) for index, item in enumerate(items)]


def filter_(items: list[Any], fn: Callable[..., Any]) -> list[Any]:
    take = fitted(fn, 3)
    return [item for index, item in enumerate(list(items)) if truthy(take(item, index, items))]


def for_each(items: list[Any], fn: Callable[..., Any]) -> Any:
    take = fitted(fn, 3)
    for index, item in enumerate(items):
        take(item, index, items)
    return undefined


def find_index(items: list[Any], fn: Callable[..., Any]) -> int:
    take = fitted(fn, 3)
    return next((i for i, item in enumerate(items) if truthy(take(item, i, items))), -1)


def find(items: list[Any], fn: Callable[..., Any]) -> Any:
    at = find_index(items, fn)
    return undefined if at < 0 else items[at]


def find_last_index(items: list[Any], fn: Callable[..., Any]) -> int:
    take = fitted(fn, 3)
    return next((i for i in reversed(range(len(items))) if truthy(take(items[i], i, items))), -1)


def find_last(items: list[Any], fn: Callable[..., Any]) -> Any:
    at = find_last_index(items, fn)
    return undefined if at < 0 else items[at]


def reduce(items: list[Any], fn: Callable[..., Any], *initial: Any) -> Any:
    """``items.reduce(fn, initial)``. Raises TypeError for no items and no initial value."""
    if not items and not initial:
        raise errors.TypeError("Reduce of empty array with no initial value")
    take = fitted(fn, 4)
    start = 0 if initial else 1
    value = initial[0] if initial else items[0]
    for index in range(start, len(items)):
        value = take(value, items[index], index, items)
    return value


def reduce_right(items: list[Any], fn: Callable[..., Any], *initial: Any) -> Any:
    return reduce(items[::-1], fn, *initial)


def index_of(items: list[Any], wanted: Any = undefined, start: Any = 0) -> int:
    low, _ = _bounds(len(items), start, undefined)
    return next((i for i in range(low, len(items)) if same(items[i], wanted)), -1)


def last_index_of(items: list[Any], wanted: Any = undefined) -> int:
    return next((i for i in reversed(range(len(items))) if same(items[i], wanted)), -1)


def includes(items: list[Any], wanted: Any = undefined) -> bool:
    return any(same_value_zero(item, wanted) for item in items)


def push(items: list[Any], *new: Any) -> int:
    items.extend(new)
    return len(items)


def unshift(items: list[Any], *new: Any) -> int:
    items[:0] = new
    return len(items)


def pop(items: list[Any]) -> Any:
    return items.pop() if items else undefined


def shift(items: list[Any]) -> Any:
    return items.pop(0) if items else undefined


def at(items: list[Any], index: Any = 0) -> Any:
    """``items.at(index)``: negative ones count from the end; undefined for what is not there."""
    wanted = integer(index)
    place = wanted + len(items) if wanted < 0 else wanted
    return items[int(place)] if 0 <= place < len(items) else undefined


def fill(items: list[Any], value: Any = undefined, start: Any = undefined, end: Any = undefined) -> list[Any]:
    for index in range(*_bounds(len(items), start, end)):
        items[index] = value
    return items


def reverse(items: list[Any]) -> list[Any]:
    items.reverse()
    return items


def concat(items: list[Any], *more: Any) -> list[Any]:
    return [*items, *(one for part in more for one in (part if isinstance(part, list) else [part]))]


def with_(items: list[Any], index: Any, value: Any) -> list[Any]:
    copy = list(items)
    copy[int(index)] = value
    return copy


def spliced(items: list[Any], *given: Any) -> list[Any]:
    copy = list(items)
    splice(copy, *given)
    return copy


def array_from(value: Any, fn: Any = undefined) -> list[Any]:
    """``Array.from(value, fn)``: of what can be iterated, or of ``{length: n}``."""
    if isinstance(value, dict):
        length = int(integer(value.get("length", 0)))
        items = [value.get(str(index), undefined) for index in range(length)]
    elif isinstance(value, int | float) or value is None or value is undefined:
        if nullish(value):
            raise errors.TypeError(f"{text(value)} is not iterable")
        items = []
    else:
        items = list(iterate(value))
    if fn is undefined:
        return items
    take = fitted(fn, 2)
    return [take(item, index) for index, item in enumerate(items)]


def new_array(*given: Any) -> list[Any]:
    """``new Array(length)``, or of several items."""
    if len(given) == 1 and isinstance(given[0], int | float) and not isinstance(given[0], bool):
        if given[0] < 0 or given[0] != int(given[0]):
            raise errors.RangeError("Invalid array length")
        return [undefined] * int(given[0])
    return list(given)


METHODS: dict[str, Callable[..., Any]] = {
    "at": at,
    "concat": concat,
    "entries": lambda items: ([index, item] for index, item in enumerate(items)),
    "every": lambda items, fn: all(truthy(call(fn, item, i, items)) for i, item in enumerate(items)),
    "fill": fill,
    "filter": filter_,
    "find": find,
    "findIndex": find_index,
    "findLast": find_last,
    "findLastIndex": find_last_index,
    "flat": flat,
    "flatMap": flat_map,
    "forEach": for_each,
    "includes": includes,
    "indexOf": index_of,
    "join": join,
    "keys": lambda items: iter(range(len(items))),
    "lastIndexOf": last_index_of,
    "map": map_,
    "pop": pop,
    "push": push,
    "reduce": reduce,
    "reduceRight": reduce_right,
    "reverse": reverse,
    "shift": shift,
    "slice": slice_list,
    "some": lambda items, fn: any(truthy(call(fn, item, i, items)) for i, item in enumerate(items)),
    "sort": sort,
    "splice": splice,
    "toReversed": lambda items: items[::-1],
    "toSorted": sorted_,
    "toSpliced": spliced,
    "toString": join,
    "unshift": unshift,
    "values": iter,
    "with": with_,
}
