"""Async generators (ECMA-262 section 27.6.3): a coroutine, and the queue of requests that its consumer made.

The coroutine yields to its driver the value it awaits, or ``(value,)`` where it yields a value to its consumer. It gets
back the value that ``next`` was called with, or ``(value,)`` for a ``return(value)``; a ``throw`` is thrown into it.
"""

from __future__ import annotations

import types
from collections import deque
from collections.abc import Coroutine, Generator
from typing import Any, Final

from odw.ecma.abstract_ops.async_function_operations import aw, await_value
from odw.ecma.abstract_ops.async_iterator_operations import async_iterator_close, get_async_iterator
from odw.ecma.abstract_ops.iteration_errors import incompatible_receiver, not_a_function, not_an_object
from odw.ecma.abstract_ops.iterator_operations import create_iter_result_object, return_method
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
from odw.ecma.completion import SCRIPT_ERRORS, GeneratorReturn, JsThrow, thrown_value, type_error
from odw.ecma.realm import R
from odw.ecma.values import JSFunction, ObjectBase, OrdinaryObject, undefined

NEXT: Final = "next"
THROW: Final = "throw"
RETURN: Final = "return"

Request = tuple[str, Any, PromiseObject]


class AsyncGeneratorObject(OrdinaryObject):
    """An async generator. ``state``: "start", "yield" (suspended there), "executing", "draining" or "completed"."""

    __slots__ = ("coroutine", "queue", "state")
    class_name = "AsyncGenerator"

    def __init__(self, proto: Any, coroutine: Coroutine[Any, Any, Any]) -> None:
        self._proto = proto
        self.extensible = True
        self.coroutine = coroutine
        self.queue: deque[Request] = deque()
        self.state = "start"


def make_async_generator(coroutine: Coroutine[Any, Any, Any], function: JSFunction) -> AsyncGeneratorObject:
    """The generator object of a call of ``function``, whose code returned ``coroutine``."""
    proto = get(function, "prototype")
    generator = AsyncGeneratorObject(
        proto if isinstance(proto, ObjectBase) else R.async_generator_prototype, coroutine
    )
    R.jobs.live[generator] = coroutine
    return generator


def enqueue_request(generator: Any, kind: str, value: Any) -> PromiseObject:
    """The methods ``next``, ``return`` and ``throw`` (27.6.1): queue a request, answered by the returned promise."""
    promise = new_promise()
    if type(generator) is not AsyncGeneratorObject:
        error = incompatible_receiver(f"[AsyncGenerator].prototype.{kind}", generator)
        reject_promise(promise, error.value)
        return promise
    state = generator.state
    if kind != NEXT and state == "start":
        _complete(generator)
        state = "completed"
    if state == "completed":
        if kind == NEXT:
            resolve_promise(promise, create_iter_result_object(undefined, True))
            return promise
        if kind == THROW:
            reject_promise(promise, value)
            return promise
    generator.queue.append((kind, value, promise))
    if state == "start":
        _run(generator, generator.coroutine.send, None)
    elif state == "yield":
        _answer_request(generator, kind, value)
    elif state == "completed":
        _await_return(generator, value)
    return promise


def _answer_request(generator: AsyncGeneratorObject, kind: str, value: Any) -> None:
    """AsyncGeneratorResume (27.6.3.6), at a ``yield``."""
    if kind == NEXT:
        _run(generator, generator.coroutine.send, value)
    elif kind == THROW:
        _run(generator, generator.coroutine.throw, JsThrow(value))
    else:
        _run(generator, generator.coroutine.send, (value,))


def _run(generator: AsyncGeneratorObject, resume: Any, argument: Any) -> None:
    """Run the coroutine up to its next await, or to a yield that no request waits for, or to its end."""
    generator.state = "executing"
    while True:
        try:
            suspended = resume(argument)
        except StopIteration as stop:
            outcome = (False, stop.value)
        except GeneratorReturn as returned:
            outcome = (False, returned.value)
        except SCRIPT_ERRORS as error:
            outcome = (True, thrown_value(error))
        else:
            if type(suspended) is not tuple:
                await_value(suspended, _resume, _resume_throwing, generator)
                return
            # AsyncGeneratorYield (27.6.3.8)
            queue = generator.queue
            resolve_promise(queue.popleft()[2], create_iter_result_object(suspended[0], False))
            if not queue:
                generator.state = "yield"
                return
            kind, value, _ = queue[0]
            if kind == THROW:
                resume, argument = generator.coroutine.throw, JsThrow(value)
            else:
                resume, argument = generator.coroutine.send, value if kind == NEXT else (value,)
            continue
        _complete(generator)
        threw, value = outcome
        generator.state = "draining"
        _answer(generator, threw, value)
        _drain_queue(generator)
        return


def _resume(generator: AsyncGeneratorObject, value: Any) -> None:
    _run(generator, generator.coroutine.send, value)


def _resume_throwing(generator: AsyncGeneratorObject, reason: Any) -> None:
    _run(generator, generator.coroutine.throw, JsThrow(reason))


def _complete(generator: AsyncGeneratorObject) -> None:
    generator.state = "completed"
    R.jobs.live.pop(generator, None)
    generator.coroutine.close()


def _answer(generator: AsyncGeneratorObject, threw: bool, value: Any) -> None:
    """AsyncGeneratorCompleteStep (27.6.3.4) with done = true."""
    promise = generator.queue.popleft()[2]
    if threw:
        reject_promise(promise, value)
    else:
        resolve_promise(promise, create_iter_result_object(value, True))


def _drain_queue(generator: AsyncGeneratorObject) -> None:
    """AsyncGeneratorDrainQueue (27.6.3.10)."""
    queue = generator.queue
    while queue:
        kind, value, _ = queue[0]
        if kind == RETURN:
            _await_return(generator, value)
            return
        _answer(generator, kind == THROW, value if kind == THROW else undefined)
    generator.state = "completed"


def _await_return(generator: AsyncGeneratorObject, value: Any) -> None:
    """AsyncGeneratorAwaitReturn (27.6.3.9)."""
    generator.state = "draining"
    try:
        promise = promise_resolve(R.promise_constructor, value)
    except SCRIPT_ERRORS as error:
        _return_rejected(generator, thrown_value(error))
    else:
        react(promise, _return_fulfilled, _return_rejected, generator)


def _return_fulfilled(generator: AsyncGeneratorObject, value: Any) -> None:
    _answer(generator, False, value)
    _drain_queue(generator)


def _return_rejected(generator: AsyncGeneratorObject, reason: Any) -> None:
    _answer(generator, True, reason)
    _drain_queue(generator)


@types.coroutine
def yield_(value: Any) -> Generator[Any, Any, Any]:
    """``await yield_(value)`` is ``yield value`` (15.5.5) in an async generator."""
    received = yield ((yield value),)
    if type(received) is tuple:
        raise GeneratorReturn((yield received[0]))
    return received


@types.coroutine
def _yield_settled(value: Any) -> Generator[Any, Any, Any]:
    """AsyncGeneratorYield of a value that needs no await; a ``return`` request comes back as ``(awaited value,)``."""
    received = yield (value,)
    if type(received) is tuple:
        return ((yield received[0]),)
    return received


async def delegate_async(iterable: Any) -> Any:
    """``await delegate_async(iterable)`` is ``yield* iterable`` (15.5.5) in an async generator."""
    record = get_async_iterator(iterable)
    iterator = record.iterator
    if not isinstance(record.next_method, JSFunction):
        raise not_a_function(record.next_method)
    result = await aw(record.next_method.call(iterator, undefined))
    returning = False
    while True:
        if not isinstance(result, ObjectBase):
            raise not_an_object(result)
        if truthy(get(result, "done")):
            value = get(result, "value")
            if returning:
                raise GeneratorReturn(value)
            return value
        returning = False
        value = get(result, "value")
        thrown: JsThrow | None = None
        received: Any = undefined
        try:
            received = await _yield_settled(value)
        except JsThrow as error:
            thrown = error
        if thrown is not None:
            method = return_method(iterator, "throw")
            if method is None:
                await async_iterator_close(record)
                raise type_error("The iterator does not provide a 'throw' method.")
            result = await aw(method.call(iterator, thrown.value))
        elif type(received) is tuple:
            method = return_method(iterator)
            if method is None:
                raise GeneratorReturn(await aw(received[0]))
            returning = True
            result = await aw(method.call(iterator, received[0]))
        else:
            result = await aw(record.next_method.call(iterator, received))
