"""Operations on iterators (ECMA-262 section 7.4), and what compiled loops, patterns and spreads call.

``iterate(x)`` is at once the iterator record, a context manager whose exit is IteratorClose, and a Python iterator. For
arrays, strings, Maps and Sets whose iteration methods no script has touched, nobody can see the protocol, so none
happens: a Python generator that is as live as the real iterator walks the values.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any

from odw.ecma.abstract_ops.iteration_errors import not_a_function, not_an_object, not_iterable
from odw.ecma.abstract_ops.object_operations import get
from odw.ecma.abstract_ops.pristine import fast_values
from odw.ecma.abstract_ops.type_conversion import to_object, truthy
from odw.ecma.completion import SCRIPT_ERRORS, GeneratorReturn, thrown_value, type_error
from odw.ecma.internal_methods import ordered_keys
from odw.ecma.realm import R, untouched
from odw.ecma.values import (
    HOLE,
    MISSING,
    JSArray,
    JSFunction,
    JSObject,
    ObjectBase,
    Property,
    WellKnown,
    undefined,
)


class IteratorRecord:
    """Iterator Record (7.4.1). ``done`` once it is exhausted or has thrown: then there is nothing to close."""

    __slots__ = ("done", "iterator", "next_method")

    def __init__(self, iterator: Any, next_method: Any) -> None:
        self.iterator = iterator
        self.next_method = next_method
        self.done = False

    def __enter__(self) -> IteratorRecord:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self.done:
            return
        if error is None or kind is GeneratorReturn:
            iterator_close(self)
        elif isinstance(error, Exception):  # a halt (not an Exception) runs no script code on its way out
            iterator_close(self, throwing=True)

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        value = iterator_step_value(self)
        if value is MISSING:
            raise StopIteration
        return value

    def step(self) -> Any:
        """The next value, or ``undefined`` when there is none (the elements of an array pattern, 8.6.2)."""
        return undefined if self.done else next(self, undefined)

    def skip(self) -> Any:
        """A step whose value nobody reads (the elision of an array pattern, 8.6.2); undefined."""
        if not self.done:
            iterator_step(self)
        return undefined

    def rest(self) -> JSArray:
        """All further values."""
        return JSArray([] if self.done else self)


class NativeRecord(IteratorRecord):
    """The record of an iterator whose ``next`` is one of ours: its values are had without result objects.

    Nobody can tell, since ``done`` and ``value`` of what such a ``next`` returns are plain data properties.
    """

    __slots__ = ("advance",)

    def __init__(self, iterator: Any, next_method: Any, advance: Callable[[Any], Any]) -> None:
        self.iterator = iterator
        self.next_method = next_method
        self.done = False
        self.advance = advance

    def __next__(self) -> Any:
        self.done = True
        value = self.advance(self.iterator)
        if value is MISSING:
            raise StopIteration
        self.done = False
        return value


native_steps: dict[Any, Callable[[Any], Any]] = {}
"""The Python function of a built-in ``next`` → what gives an iterator's next value, or MISSING when it is done."""


def next_by(step: Callable[[Any], Any]) -> Callable[..., Any]:
    """The Python function of a ``next`` without parameters, from what gives the next value, or MISSING at the end."""

    def next_(this: Any, *_: Any) -> JSObject:
        value = step(this)
        return JSObject({"value": undefined if value is MISSING else value, "done": value is MISSING})

    native_steps[next_] = step
    return next_


class FastIteration:
    """What ``iterate`` returns when the protocol cannot be seen: a Python iterator in the clothes of a record."""

    __slots__ = ("values",)

    def __init__(self, values: Iterator[Any]) -> None:
        self.values = values

    def __enter__(self) -> FastIteration:
        return self

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        return None

    def __iter__(self) -> Iterator[Any]:
        return self.values

    def step(self) -> Any:
        return next(self.values, undefined)

    skip = step

    def rest(self) -> JSArray:
        return JSArray(self.values)


def iterate(iterable: Any, named: tuple[str, str] | None = None) -> IteratorRecord | FastIteration:
    """``with iterate(x) as it: for value in it: …``; leaving the block early closes the iterator.

    ``named`` is what the error calls the value, see ``not_iterable``.
    """
    values = fast_values(iterable)
    if values is not None:
        return FastIteration(values)
    return _get_iterator(iterable, sys._getframe(1), named=named)


def take(
    iterable: Any, count: int, holes: tuple[int, ...] = (), named: tuple[str, str] | None = None
) -> list[Any]:
    """The first ``count`` values, padded with ``undefined``; then closes (an array pattern of plain names).

    Of the elements numbered ``holes`` the value is not read. Maybe ``iterable`` itself, for unpacking on the spot.
    """
    if type(iterable) is JSArray and untouched.iteration and untouched.arrays:
        first = iterable if len(iterable) == count else iterable[:count]
        if HOLE in first:
            first = [undefined if value is HOLE else value for value in first]
        if len(first) < count:
            first += [undefined] * (count - len(first))
        return first
    values = fast_values(iterable)
    if values is not None:
        return [next(values, undefined) for _ in range(count)]
    with _get_iterator(iterable, sys._getframe(1), named=named) as record:
        return [record.skip() if number in holes else record.step() for number in range(count)]


def take_rest(
    iterable: Any, count: int, holes: tuple[int, ...] = (), named: tuple[str, str] | None = None
) -> list[Any]:
    """The same, and a JSArray of the other values."""
    if type(iterable) is JSArray and untouched.iteration and untouched.arrays and HOLE not in iterable:
        first = iterable[:count]
        if len(first) < count:
            first += [undefined] * (count - len(first))
        first.append(JSArray(iterable[count:]))
        return first
    record: IteratorRecord | FastIteration
    values = fast_values(iterable)
    if values is not None:
        record = FastIteration(values)
    else:
        record = _get_iterator(iterable, sys._getframe(1), named=named)
    steps = [record.skip() if number in holes else record.step() for number in range(count)]
    return [*steps, record.rest()]


def spread(iterable: Any) -> list[Any]:
    """All values, for ``[...x]`` and ``f(...x)``."""
    if type(iterable) is JSArray and untouched.iteration and untouched.arrays:
        found = iterable[:]
        return [undefined if value is HOLE else value for value in found] if HOLE in found else found
    values = fast_values(iterable)
    return list(_get_iterator(iterable, sys._getframe(1), spread=True) if values is None else values)


def iterable_to_list(iterable: Any, method: Any = MISSING) -> list[Any]:
    """All values of ``iterable`` (IteratorToList, 7.4.14), by ``method`` if its Symbol.iterator was read already."""
    if method is not MISSING:
        return list(get_iterator_from_method(iterable, method))
    values = fast_values(iterable)
    return list(_get_iterator(iterable, sys._getframe(1)) if values is None else values)


def get_iterator(iterable: Any) -> IteratorRecord:
    """GetIterator(obj, sync) (7.4.3)."""
    return _get_iterator(iterable, sys._getframe(1))


def _get_iterator(
    iterable: Any, frame: Any, spread: bool = False, named: tuple[str, str] | None = None
) -> IteratorRecord:
    method = undefined
    if iterable is not undefined and iterable is not None:
        method = get(iterable, WellKnown.iterator)
    if not isinstance(method, JSFunction):
        raise not_iterable(iterable, frame, spread, named)
    return get_iterator_from_method(iterable, method)


def get_iterator_from_method(iterable: Any, method: Any) -> IteratorRecord:
    """GetIteratorFromMethod (7.4.2)."""
    iterator = method.call(iterable)
    if not isinstance(iterator, ObjectBase):
        raise type_error("Result of the Symbol.iterator method is not an object")
    return get_iterator_direct(iterator)


def get_iterator_direct(iterator: Any) -> IteratorRecord:
    """GetIteratorDirect (7.4.1.1)."""
    next_method = get(iterator, "next")
    advance = native_steps.get(next_method.call) if type(next_method) is JSFunction else None
    if advance is None:
        return IteratorRecord(iterator, next_method)
    return NativeRecord(iterator, next_method, advance)


def iterator_next(record: IteratorRecord, *value: Any) -> Any:
    """IteratorNext (7.4.4): the result object."""
    record.done = True  # unless it comes back with a result, there is nothing more to ask
    method = record.next_method
    if not isinstance(method, JSFunction):
        raise not_a_function(method)
    result = method.call(record.iterator, *value)
    if not isinstance(result, ObjectBase):
        raise not_an_object(result)
    record.done = False
    return result


def iterator_step(record: IteratorRecord) -> Any:
    """IteratorStep (7.4.8): the result object, or MISSING when the iterator is done."""
    result = iterator_next(record)
    record.done = True
    if truthy(get(result, "done")):
        return MISSING
    record.done = False
    return result


def iterator_step_value(record: IteratorRecord) -> Any:
    """IteratorStepValue (7.4.9): the next value, or MISSING when the iterator is done."""
    if type(record) is NativeRecord:
        return next(record, MISSING)
    result = iterator_step(record)
    if result is MISSING:
        return MISSING
    record.done = True
    value = get(result, "value")
    record.done = False
    return value


def return_method(iterator: Any, name: str = "return") -> Any:
    """GetMethod(iterator, name), or None when there is none."""
    method = get(iterator, name)
    if method is undefined or method is None:
        return None
    if not isinstance(method, JSFunction):
        raise not_a_function(method)
    return method


def iterator_close(record: IteratorRecord, throwing: bool = False) -> None:
    """IteratorClose (7.4.11). ``throwing``: the completion is a throw, which wins over what ``return`` throws."""
    record.done = True
    if throwing:
        try:
            method = return_method(record.iterator)
            if method is not None:
                method.call(record.iterator)
        except SCRIPT_ERRORS as error:
            thrown_value(error)  # for a mistake of ours, which this raises
        return
    method = return_method(record.iterator)
    if method is not None:
        result = method.call(record.iterator)
        if not isinstance(result, ObjectBase):
            raise not_an_object(result)


def create_iter_result_object(value: Any, done: bool) -> JSObject:
    """CreateIterResultObject (7.4.16)."""
    return JSObject({"value": value, "done": done})


def for_in(value: Any) -> Iterator[str]:
    """EnumerateObjectProperties (14.7.5.9): own and inherited enumerable string keys; none for null and undefined.

    A property deleted before its turn is left out.
    """
    if value is undefined or value is None:
        return iter(())
    if type(value) is JSObject and _nothing_enumerable(R.object_prototype):
        return _own_keys(value)
    return _enumerate(value if isinstance(value, ObjectBase) else to_object(value))


def _own_keys(o: JSObject) -> Iterator[str]:
    for key in ordered_keys(o):
        if type(key) is str and key in o:
            yield key


def _enumerate(o: Any) -> Iterator[str]:
    visited: set[str] = set()
    levels = []
    while o is not None:  # as V8: what there is, is asked for first
        levels.append((o, o.js_own_property_keys()))
        o = o.js_get_prototype_of()
    for o, keys in levels:
        for key in keys:
            if type(key) is str and key not in visited:
                own = o.js_get_own_property(key)
                if own is not None:
                    visited.add(key)
                    if own.enumerable:
                        yield key


def _nothing_enumerable(prototype: Any) -> bool:
    return all(type(prop) is Property and not prop.enumerable for prop in dict.values(prototype))
