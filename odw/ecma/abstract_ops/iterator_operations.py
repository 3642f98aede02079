"""Operations on iterators (ECMA-262 section 7.4), and what compiled loops, patterns and spreads call.

``iterate(x)`` is at once the iterator record, a context manager whose exit is IteratorClose, and a Python iterator. For
arrays, strings, Maps and Sets whose iteration methods no script has touched, nobody can see the protocol, so none
happens: a Python generator that is as live as the real iterator walks the values.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import TracebackType
from typing import Any

from odw.ecma.abstract_ops.iteration_errors import not_a_function, not_an_object, not_iterable
from odw.ecma.abstract_ops.object_operations import get
from odw.ecma.abstract_ops.pristine import arrays_are_pristine, fast_values
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
        if self.done:
            return undefined
        value = iterator_step_value(self)
        return undefined if value is MISSING else value

    def rest(self) -> JSArray:
        """All further values."""
        return JSArray([] if self.done else self)


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

    def rest(self) -> JSArray:
        return JSArray(self.values)


def iterate(iterable: Any) -> IteratorRecord | FastIteration:
    """``with iterate(x) as it: for value in it: …``; leaving the block early closes the iterator."""
    values = fast_values(iterable)
    if values is not None:
        return FastIteration(values)
    return _get_iterator(iterable, sys._getframe(1))


def take(iterable: Any, count: int) -> list[Any]:
    """The first ``count`` values, padded with ``undefined``; then closes (an array pattern of plain names)."""
    if type(iterable) is JSArray and arrays_are_pristine() and untouched.arrays:
        first = [undefined if value is HOLE else value for value in iterable[:count]]
        return first if len(first) == count else first + [undefined] * (count - len(first))
    values = fast_values(iterable)
    if values is not None:
        return [next(values, undefined) for _ in range(count)]
    with _get_iterator(iterable, sys._getframe(1)) as record:
        return [record.step() for _ in range(count)]


def take_rest(iterable: Any, count: int) -> list[Any]:
    """The first ``count`` values, padded with ``undefined``, and a JSArray of the others."""
    record: IteratorRecord | FastIteration
    values = fast_values(iterable)
    if values is not None:
        record = FastIteration(values)
    else:
        record = _get_iterator(iterable, sys._getframe(1))
    return [*(record.step() for _ in range(count)), record.rest()]


def spread(iterable: Any) -> list[Any]:
    """All values, for ``[...x]`` and ``f(...x)``."""
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


def _get_iterator(iterable: Any, frame: Any, spread: bool = False) -> IteratorRecord:
    method = undefined
    if iterable is not undefined and iterable is not None:
        method = get(iterable, WellKnown.iterator)
    if not isinstance(method, JSFunction):
        raise not_iterable(iterable, frame, spread)
    return get_iterator_from_method(iterable, method)


def get_iterator_from_method(iterable: Any, method: Any) -> IteratorRecord:
    """GetIteratorFromMethod (7.4.2)."""
    iterator = method.call(iterable)
    if not isinstance(iterator, ObjectBase):
        raise type_error("Result of the Symbol.iterator method is not an object")
    return get_iterator_direct(iterator)


def get_iterator_direct(iterator: Any) -> IteratorRecord:
    """GetIteratorDirect (7.4.1.1)."""
    return IteratorRecord(iterator, get(iterator, "next"))


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
    result = iterator_step(record)
    if result is MISSING:
        return MISSING
    record.done = True
    value = get(result, "value")
    record.done = False
    return value


def iterator_value(result: Any) -> Any:
    """IteratorValue (7.4.7)."""
    return get(result, "value")


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
