"""Coroutines and generators: async functions (ECMA-262 section 27.7) and generator objects (27.5).

Both are Python coroutines and generators that this module drives. What they yield to it:

* an async function: the value it awaits (``aw``);
* a generator: the value it yields, or ``(result,)`` for an iterator result that ``yield*`` hands on as it is;
* an async generator: see async_generator_operations.py.

No script value is a tuple.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Coroutine, Generator
from typing import Any

from odw.ecma import jobs
from odw.ecma.abstract_ops.iteration_errors import incompatible_receiver
from odw.ecma.abstract_ops.iterator_operations import (
    create_iter_result_object,
    get_iterator,
    iterator_close,
    iterator_next,
    return_method,
)
from odw.ecma.abstract_ops.iteration_errors import not_an_object
from odw.ecma.abstract_ops.object_operations import get
from odw.ecma.abstract_ops.promise_operations import (
    PromiseObject,
    has_native_constructor,
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


@types.coroutine
def aw(value: Any) -> Generator[Any, Any, Any]:
    """``await aw(value)`` is Await(value) (27.7.5.3)."""
    return (yield value)


def halting() -> bool:
    """Whether the exception in flight is a halt or a cancellation, which runs no finalizer of a script.

    For a ``finally`` block: Python's current exception there is the one that unwinds, or an outer one that a handler
    of a caller has caught, which is never a halt while a script runs.
    """
    error = sys.exc_info()[1]
    return error is not None and not isinstance(error, Exception) and type(error) is not GeneratorReturn


class AsyncRun:
    """One call of an async function: its coroutine and the promise it will settle."""

    __slots__ = ("coroutine", "promise", "send")

    def __init__(self, coroutine: Coroutine[Any, Any, Any], promise: PromiseObject) -> None:
        self.coroutine = coroutine
        self.send = coroutine.send
        self.promise = promise


def start_async(coroutine: Coroutine[Any, Any, Any]) -> PromiseObject:
    """AsyncFunctionStart (27.7.5.1): run up to the first ``await`` now, and the rest in jobs."""
    promise = new_promise()
    try:
        awaited = coroutine.send(None)
    except StopIteration as stop:
        resolve_promise(promise, stop.value)
    except SCRIPT_ERRORS as error:
        reject_promise(promise, thrown_value(error))
    else:
        run = AsyncRun(coroutine, promise)
        R.jobs.live[run] = coroutine
        await_value(awaited, _resume, _resume_throwing, run)
    return promise


def _resume(run: AsyncRun, value: Any) -> None:
    try:
        awaited = run.send(value)
    except StopIteration as stop:
        R.jobs.live.pop(run, None)
        resolve_promise(run.promise, stop.value)
    except SCRIPT_ERRORS as error:
        R.jobs.live.pop(run, None)
        reject_promise(run.promise, thrown_value(error))
    else:
        await_value(awaited, _resume, _resume_throwing, run)


def _resume_throwing(run: AsyncRun, reason: Any) -> None:
    try:
        awaited = run.coroutine.throw(JsThrow(reason))
    except StopIteration as stop:
        R.jobs.live.pop(run, None)
        resolve_promise(run.promise, stop.value)
    except SCRIPT_ERRORS as error:
        R.jobs.live.pop(run, None)
        reject_promise(run.promise, thrown_value(error))
    else:
        await_value(awaited, _resume, _resume_throwing, run)


def await_value(value: Any, on_fulfilled: Any, on_rejected: Any, subject: Any) -> None:
    """Await (27.7.5.3): queue ``on_fulfilled(subject, value)`` or ``on_rejected(subject, reason)``."""
    if not isinstance(value, ObjectBase):
        R.jobs.push((jobs.current, on_fulfilled, subject, value))
        return
    if type(value) is PromiseObject and has_native_constructor(value):
        react(value, on_fulfilled, on_rejected, subject)
        return
    try:
        promise = promise_resolve(R.promise_constructor, value)
    except SCRIPT_ERRORS as error:  # a getter of ``constructor`` threw: the await itself throws, at once
        on_rejected(subject, thrown_value(error))
        return
    react(promise, on_fulfilled, on_rejected, subject)


class GeneratorObject(OrdinaryObject):
    """A generator (27.5). ``steps`` is its Python generator, None once completed; ``started`` after the first resume."""

    __slots__ = ("running", "started", "steps")
    class_name = "Generator"

    def __init__(self, proto: Any, steps: Generator[Any, Any, Any]) -> None:
        self._proto = proto
        self.extensible = True
        self.steps: Generator[Any, Any, Any] | None = steps
        self.running = False
        self.started = False


def make_generator(steps: Generator[Any, Any, Any], function: JSFunction) -> GeneratorObject:
    """The generator object of a call of ``function``, whose code returned ``steps``."""
    proto = get(function, "prototype")
    return GeneratorObject(proto if isinstance(proto, ObjectBase) else R.generator_prototype, steps)


def resume_generator(generator: GeneratorObject, value: Any) -> tuple[Any, bool]:
    """GeneratorResume (27.5.3.3): what was yielded or returned, and whether the generator is done."""
    if generator.running:
        raise type_error("Generator is already running")
    steps = generator.steps
    if steps is None:
        return undefined, True
    generator.running = True
    try:
        yielded = steps.send(value if generator.started else None)
    except StopIteration as stop:
        generator.steps = None
        return stop.value, True
    except BaseException:
        generator.steps = None
        raise
    finally:
        generator.started = True
        generator.running = False
    return yielded, False


def resume_generator_abrupt(generator: GeneratorObject, abrupt: JsThrow | GeneratorReturn) -> tuple[Any, bool]:
    """GeneratorResumeAbrupt (27.5.3.4)."""
    if generator.running:
        raise type_error("Generator is already running")
    steps = generator.steps
    if steps is None or not generator.started:
        if steps is not None:
            generator.steps = None
            steps.close()
        if isinstance(abrupt, JsThrow):
            raise abrupt
        return abrupt.value, True
    generator.running = True
    try:
        yielded = steps.throw(abrupt)
    except StopIteration as stop:
        generator.steps = None
        return stop.value, True
    except GeneratorReturn as returned:
        generator.steps = None
        return returned.value, True
    except BaseException:
        generator.steps = None
        raise
    finally:
        generator.running = False
    return yielded, False


def generator_result(outcome: tuple[Any, bool]) -> Any:
    """The iterator result object of an outcome of the functions above."""
    value, done = outcome
    if type(value) is tuple:
        return value[0]
    return create_iter_result_object(value, done)


def validate_generator(value: Any, method: str) -> GeneratorObject:
    """GeneratorValidate (27.5.3.2), without the check that it is not running."""
    if type(value) is not GeneratorObject:
        raise incompatible_receiver(f"[Generator].prototype.{method}", value)
    return value


def delegate(iterable: Any) -> Generator[Any, Any, Any]:
    """``yield from delegate(iterable)`` is ``yield* iterable`` (15.5.5) in a generator."""
    record = get_iterator(iterable)
    iterator = record.iterator
    result = iterator_next(record, undefined)
    while not truthy(get(result, "done")):
        try:
            received = yield (result,)
        except JsThrow as thrown:
            method = return_method(iterator, "throw")
            if method is None:
                iterator_close(record)
                raise type_error("The iterator does not provide a 'throw' method") from None
            result = method.call(iterator, thrown.value)
            if not isinstance(result, ObjectBase):
                raise not_an_object(result) from None
        except GeneratorReturn as returned:
            method = return_method(iterator)
            if method is None:
                raise
            result = method.call(iterator, returned.value)
            if not isinstance(result, ObjectBase):
                raise not_an_object(result) from None
            if truthy(get(result, "done")):
                raise GeneratorReturn(get(result, "value")) from None
        else:
            result = iterator_next(record, received)
    return get(result, "value")
