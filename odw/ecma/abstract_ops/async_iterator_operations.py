"""Async iterators (ECMA-262 section 7.4) and the bridge from sync ones (27.1.6)."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any

from odw.ecma.abstract_ops.async_function_operations import aw
from odw.ecma.abstract_ops.iteration_errors import not_a_function, not_an_object, not_async_iterable
from odw.ecma.abstract_ops.iterator_operations import (
    IteratorRecord,
    create_iter_result_object,
    get_iterator_direct,
    get_iterator_from_method,
    iterator_close,
    iterator_next,
    return_method,
)
from odw.ecma.abstract_ops.object_operations import get
from odw.ecma.abstract_ops.promise_operations import (
    PromiseObject,
    new_promise,
    promise_resolve,
    react,
    reject_promise,
    resolve_promise,
)
from odw.ecma.abstract_ops.type_conversion import truthy
from odw.ecma.completion import SCRIPT_ERRORS, GeneratorReturn, thrown_value, type_error
from odw.ecma.realm import R
from odw.ecma.values import JSFunction, ObjectBase, OrdinaryObject, WellKnown, undefined


class AsyncIteration:
    """The record of a ``for await``: an async context manager and a Python async iterator."""

    __slots__ = ("record",)

    def __init__(self, record: IteratorRecord) -> None:
        self.record = record

    async def __aenter__(self) -> AsyncIteration:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self.record.done:
            return
        if error is None or kind is GeneratorReturn:
            await async_iterator_close(self.record)
        elif isinstance(error, Exception):  # a halt (not an Exception) runs no script code on its way out
            await async_iterator_close(self.record, throwing=True)

    def __aiter__(self) -> AsyncIteration:
        return self

    async def __anext__(self) -> Any:
        record = self.record
        record.done = True  # unless a value comes, there is nothing to close
        method = record.next_method
        if not isinstance(method, JSFunction):
            raise not_a_function(method)
        result = await aw(method.call(record.iterator))
        if not isinstance(result, ObjectBase):
            raise not_an_object(result)
        if truthy(get(result, "done")):
            raise StopAsyncIteration
        value = get(result, "value")
        record.done = False
        return value


def iterate_async(iterable: Any) -> AsyncIteration:
    """``async with iterate_async(x) as it: async for value in it: …`` is ``for await (value of x)``."""
    return AsyncIteration(_get_async_iterator(iterable, sys._getframe(1)))


def get_async_iterator(iterable: Any) -> IteratorRecord:
    """GetIterator(obj, async) (7.4.3)."""
    return _get_async_iterator(iterable, sys._getframe(1))


def _get_async_iterator(iterable: Any, frame: Any) -> IteratorRecord:
    if iterable is undefined or iterable is None:
        raise not_async_iterable(iterable, undefined, frame)
    method = get(iterable, WellKnown.async_iterator)
    if method is undefined or method is None:
        method = get(iterable, WellKnown.iterator)
        if not isinstance(method, JSFunction):
            raise not_async_iterable(iterable, method, frame)
        return create_async_from_sync_iterator(get_iterator_from_method(iterable, method))
    if not isinstance(method, JSFunction):
        raise not_async_iterable(iterable, method, frame)
    iterator = method.call(iterable)
    if not isinstance(iterator, ObjectBase):
        raise type_error("Result of the Symbol.asyncIterator method is not an object")
    return get_iterator_direct(iterator)


async def async_iterator_close(record: IteratorRecord, throwing: bool = False) -> None:
    """AsyncIteratorClose (7.4.13). ``throwing``: the completion is a throw, which wins over what ``return`` throws."""
    record.done = True
    if throwing:
        try:
            method = return_method(record.iterator)
            if method is not None:
                await aw(method.call(record.iterator))
        except SCRIPT_ERRORS as error:
            thrown_value(error)  # for a mistake of ours, which this raises
        return
    method = return_method(record.iterator)
    if method is not None:
        result = await aw(method.call(record.iterator))
        if not isinstance(result, ObjectBase):
            raise not_an_object(result)


class AsyncFromSyncIterator(OrdinaryObject):
    """%AsyncFromSyncIteratorPrototype%'s instances (27.1.6.3)."""

    __slots__ = ("record",)

    def __init__(self, proto: Any, record: IteratorRecord) -> None:
        self._proto = proto
        self.extensible = True
        self.record = record


def create_async_from_sync_iterator(record: IteratorRecord) -> IteratorRecord:
    """CreateAsyncFromSyncIterator (27.1.6.1)."""
    return get_iterator_direct(AsyncFromSyncIterator(R.async_from_sync_iterator_prototype, record))


def async_from_sync_continuation(
    result: Any, promise: PromiseObject, record: IteratorRecord, close_on_rejection: bool
) -> PromiseObject:
    """AsyncFromSyncIteratorContinuation (27.1.6.4): ``promise`` settles as the value of ``result`` does.

    With ``close_on_rejection`` a value that is rejected closes the sync iterator, unless it was the last one.
    """
    try:
        done = truthy(get(result, "done"))
        value = get(result, "value")
        try:
            wrapper = promise_resolve(R.promise_constructor, value)
        except SCRIPT_ERRORS:
            if close_on_rejection and not done:
                iterator_close(record, throwing=True)
            raise
    except SCRIPT_ERRORS as error:
        reject_promise(promise, thrown_value(error))
        return promise
    closing = record if close_on_rejection and not done else None
    react(wrapper, _unwrap, _reject, (promise, done, closing))
    return promise


def _unwrap(subject: tuple[PromiseObject, bool, Any], value: Any) -> None:
    resolve_promise(subject[0], create_iter_result_object(value, subject[1]))


def _reject(subject: tuple[PromiseObject, bool, IteratorRecord | None], reason: Any) -> None:
    promise, _, closing = subject
    if closing is not None:
        iterator_close(closing, throwing=True)
    reject_promise(promise, reason)


def async_from_sync_next(iterator: AsyncFromSyncIterator, value: tuple[Any, ...]) -> PromiseObject:
    """%AsyncFromSyncIteratorPrototype%.next (27.1.6.2.1)."""
    promise = new_promise()
    try:
        result = iterator_next(iterator.record, *value)
    except SCRIPT_ERRORS as error:
        reject_promise(promise, thrown_value(error))
        return promise
    return async_from_sync_continuation(result, promise, iterator.record, close_on_rejection=True)


def async_from_sync_return(iterator: AsyncFromSyncIterator, value: tuple[Any, ...]) -> PromiseObject:
    """%AsyncFromSyncIteratorPrototype%.return (27.1.6.2.2)."""
    promise = new_promise()
    sync_iterator = iterator.record.iterator
    try:
        method = return_method(sync_iterator)
        if method is None:
            result_value = value[0] if value else undefined
            resolve_promise(promise, create_iter_result_object(result_value, True))
            return promise
        result = _object_result(method.call(sync_iterator, *value))
    except SCRIPT_ERRORS as error:
        reject_promise(promise, thrown_value(error))
        return promise
    return async_from_sync_continuation(result, promise, iterator.record, close_on_rejection=False)


def async_from_sync_throw(iterator: AsyncFromSyncIterator, value: tuple[Any, ...]) -> PromiseObject:
    """%AsyncFromSyncIteratorPrototype%.throw (27.1.6.2.3)."""
    promise = new_promise()
    sync_iterator = iterator.record.iterator
    try:
        method = return_method(sync_iterator, "throw")
        if method is None:  # the iterator may clean up before the protocol's violation is told
            iterator_close(iterator.record)
            raise type_error("The iterator does not provide a 'throw' method")
        result = _object_result(method.call(sync_iterator, *value))
    except SCRIPT_ERRORS as error:
        reject_promise(promise, thrown_value(error))
        return promise
    return async_from_sync_continuation(result, promise, iterator.record, close_on_rejection=True)


def _object_result(result: Any) -> Any:
    if not isinstance(result, ObjectBase):
        raise not_an_object(result)
    return result
