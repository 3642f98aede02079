"""Iteration that no script can observe: arrays, strings, Maps and Sets whose iteration methods are the original ones.

An iterator's ``next`` is looked up once, when a loop begins, so the question is asked once per loop.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from odw.ecma.keyed_collection import MapObject, SetObject
from odw.ecma.realm import R, untouched
from odw.ecma.values import HOLE, ArrayObject, JSArray, Property, WellKnown

_ITERATOR = WellKnown.iterator


def fast_values(iterable: Any) -> Iterator[Any] | None:
    """A live Python iterator over ``iterable``'s values; None where a script could see the difference."""
    walk = _WALKS.get(type(iterable))
    return None if walk is None else walk(iterable)


def _walk_array(array: JSArray) -> Iterator[Any] | None:
    return array_values(array) if untouched.iteration else None


def _walk_unusual_array(array: ArrayObject) -> Iterator[Any] | None:
    if array._proto is R.array_prototype and _ITERATOR not in array._named and untouched.iteration:
        return array_values(array)
    return None


def _walk_string(string: str) -> Iterator[str] | None:
    if _is(R.string_prototype, _ITERATOR, R.string_iterator) and _only_steps(
        R.string_iterator_prototype, R.string_iterator_next
    ):
        return code_points(string)
    return None


def _walk_map(map_: MapObject) -> Iterator[Any] | None:
    if (
        map_._proto is R.map_prototype
        and not dict.__len__(map_)
        and _is(R.map_prototype, _ITERATOR, R.map_entries)
        and _only_steps(R.map_iterator_prototype, R.map_iterator_next)
    ):
        return map_.live_entries()
    return None


def _walk_set(set_: SetObject) -> Iterator[Any] | None:
    if (
        set_._proto is R.set_prototype
        and not dict.__len__(set_)
        and _is(R.set_prototype, _ITERATOR, R.set_values)
        and _only_steps(R.set_iterator_prototype, R.set_iterator_next)
    ):
        return set_.live_keys()
    return None


_WALKS: dict[type, Any] = {
    JSArray: _walk_array,
    ArrayObject: _walk_unusual_array,
    str: _walk_string,
    MapObject: _walk_map,
    SetObject: _walk_set,
}


def _only_steps(iterators: Any, step: Any) -> bool:
    """Whether iterators of this prototype have their own ``next``, and no ``return`` that a loop would call at its end."""
    return (
        untouched.iteration
        and _is(iterators, "next", step)
        and "return" not in iterators
        and iterators._proto is R.iterator_prototype
    )


def _is(target: Any, key: Any, original: Any) -> bool:
    found = target.get(key)
    return type(found) is Property and found.value is original


def array_values(array: JSArray) -> Iterator[Any]:
    """The elements as %ArrayIteratorPrototype%.next gives them; Python's list iterator sees a growing list, too."""
    for index, value in enumerate(array):
        if value is HOLE or type(value) is Property:
            from odw.ecma.abstract_ops.object_operations import get_item

            yield get_item(array, index)
        else:
            yield value


def code_points(string: str) -> Iterator[str]:
    """The code points of a string of UTF-16 code units: a surrogate pair is one, a lone surrogate too (22.1.5.1)."""
    if string.isascii():
        return iter(string)
    return _code_points(string)


def _code_points(string: str) -> Iterator[str]:
    position, length = 0, len(string)
    while position < length:
        unit = string[position]
        if (
            "\ud800" <= unit <= "\udbff"
            and position + 1 < length
            and "\udc00" <= string[position + 1] <= "\udfff"
        ):
            yield string[position : position + 2]
            position += 2
        else:
            yield unit
            position += 1
