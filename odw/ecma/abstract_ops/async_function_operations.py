"""Async functions (ECMA-262 section 27.7): Python coroutines, driven from the job queue.

The coroutine yields to its driver the value it awaits (``aw``) and gets back what that became.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Coroutine, Generator
from typing import Any

from odw.ecma import jobs
from odw.ecma.abstract_ops.promise_operations import (
    PromiseObject,
    has_native_constructor,
    new_promise,
    promise_resolve,
    react,
    reject_promise,
    resolve_promise,
)
from odw.ecma.completion import SCRIPT_ERRORS, GeneratorReturn, JsThrow, thrown_value
from odw.ecma.realm import R
from odw.ecma.values import ObjectBase


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
