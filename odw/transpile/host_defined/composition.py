"""``parallel``, ``pipeline`` and ``fanout`` on promises.

The promise jobs are those of the obvious JavaScript::

    parallel = (thunks) => Promise.all(thunks.map(async (thunk, i) => {
      try { const v = await thunk(i); return v === undefined ? null : v } catch (e) { log(…); return null }
    }))

so that a script sees the order it would see there; the intrinsics that this names are never looked up, so a script that
patches ``Promise.all`` changes nothing here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from odw.ecma import jobs
from odw.ecma.abstract_ops.async_function_operations import aw, start_async
from odw.ecma.abstract_ops.object_operations import create_list_from_array_like, get
from odw.ecma.abstract_ops.own_properties import rest_properties
from odw.ecma.abstract_ops.promise_operations import (
    PromiseObject,
    new_promise,
    react,
    reject_promise,
    resolve_promise,
)
from odw.ecma.abstract_ops.testing_comparison import is_array
from odw.ecma.completion import SCRIPT_ERRORS, thrown_value, type_error
from odw.ecma.values import JSArray, ObjectBase, is_callable, undefined
from odw.runtime.call_path import Scope
from odw.runtime.context import RunContext
from odw.runtime.primitives import parallel as parallel_rules
from odw.runtime.primitives import pipeline as pipeline_rules
from odw.runtime.primitives.parallel import Fanout
from odw.transpile.host_defined.border import to_json
from odw.transpile.host_defined.script_errors import HaltError, error_message

Native = Callable[..., Any]


class Composition:
    """The three hooks of one run. ``agent`` is the native of the ``agent`` hook, for node objects."""

    __slots__ = ("_agent", "_run", "_scope")

    def __init__(self, run: RunContext, scope: Callable[[], Scope], agent: Native) -> None:
        self._run = run
        self._scope = scope
        self._agent = agent

    def parallel(
        self, this: Any, thunks: Any = undefined, options: Any = undefined, *_: Any
    ) -> PromiseObject:
        return rejecting(self._parallel, thunks, options)

    def fanout(
        self, this: Any, items: Any = undefined, mapper: Any = undefined, options: Any = undefined, *_: Any
    ) -> PromiseObject:
        return rejecting(self._fanout, items, mapper, options)

    def pipeline(self, this: Any, items: Any = undefined, *stages: Any) -> PromiseObject:
        return rejecting(self._pipeline, items, stages)

    def _parallel(self, thunks: Any, options: Any) -> PromiseObject:
        if not is_array(thunks):
            raise type_error(parallel_rules.NOT_AN_ARRAY)
        calls = [self._thunk(thunk) for thunk in create_list_from_array_like(thunks)]
        return self._start(calls, options)

    def _fanout(self, items: Any, mapper: Any, options: Any) -> PromiseObject:
        if not is_array(items):
            raise type_error(parallel_rules.FANOUT_NOT_AN_ARRAY)
        if not is_callable(mapper):
            raise type_error(parallel_rules.FANOUT_NOT_A_FUNCTION)
        calls = [_bound(mapper, item) for item in create_list_from_array_like(items)]
        return self._start(calls, options)

    def _thunk(self, thunk: Any) -> Native:
        if is_callable(thunk):
            return lambda index: thunk.call(undefined, index)
        if isinstance(thunk, ObjectBase) and not isinstance(thunk, PromiseObject) and not is_array(thunk):
            prompt = get(thunk, "prompt")  # rust-odw's node object: {prompt, ...options}
            if prompt is not undefined:
                options = rest_properties(thunk, ["prompt"])
                return lambda index: self._agent(undefined, prompt, options)
        raise type_error(parallel_rules.NOT_FUNCTIONS)

    def _start(self, calls: list[Native], options: Any) -> PromiseObject:
        book = Fanout(self._run, self._scope(), "parallel", len(calls), _options(options))
        starts = [partial(self._in_slot, book, i, call) for i, call in enumerate(calls)]
        return _all(starts, book.limit)

    def _in_slot(self, book: Fanout, index: int, call: Native) -> PromiseObject:
        promise: PromiseObject = jobs.run_in_context(
            book.slot(index), start_async, _guarded(book, index, call)
        )
        return promise

    def _pipeline(self, items: Any, stages: tuple[Any, ...]) -> PromiseObject:
        if not is_array(items):
            raise type_error(pipeline_rules.NOT_AN_ARRAY)
        if not all(is_callable(stage) for stage in stages):
            raise type_error(pipeline_rules.NOT_FUNCTIONS)
        elements = create_list_from_array_like(items)
        book = Fanout(self._run, self._scope(), "pipeline", len(elements))
        starts = [partial(_start_stages, book, i, item, stages) for i, item in enumerate(elements)]
        return _all(starts, None)


def _start_stages(book: Fanout, index: int, item: Any, stages: tuple[Any, ...]) -> PromiseObject:
    return start_async(_staged(book, index, item, stages))


async def _guarded(book: Fanout, index: int, call: Native) -> Any:
    """One slot of ``parallel``: its result, null for undefined and for what it throws; a halt passes."""
    try:
        value = await aw(call(index))
    except SCRIPT_ERRORS as error:
        return _settle_failure(book, index, thrown_value(error), error)
    book.finished()
    return None if value is undefined else value


async def _staged(book: Fanout, index: int, item: Any, stages: tuple[Any, ...]) -> Any:
    """One item on its way through the stages of a ``pipeline``."""
    value = item
    try:
        for number, stage in enumerate(stages):
            scope = book.slot(index, number)
            value = await aw(jobs.run_in_context(scope, stage.call, undefined, value, item, index))
            if value is None:
                break
    except SCRIPT_ERRORS as error:
        return _settle_failure(book, index, thrown_value(error), error)
    book.finished()
    return value


def _settle_failure(book: Fanout, index: int, thrown: Any, error: BaseException) -> None:
    if isinstance(thrown, HaltError):
        book.halted(thrown.halt)
        raise error
    book.failed(index, error_message(thrown))


def _bound(mapper: Any, item: Any) -> Native:
    return lambda index: mapper.call(undefined, item, index)


def _options(options: Any) -> dict[str, Any]:
    converted = to_json(options) if isinstance(options, ObjectBase) else None
    return converted if isinstance(converted, dict) else {}


class _Gathering:
    """Promise.all (27.2.4.1) over slots that are started here, all at once or at most ``limit`` at a time."""

    __slots__ = ("_next", "_remaining", "_starts", "_values", "result")

    def __init__(self, starts: Sequence[Callable[[], PromiseObject]]) -> None:
        self._starts = starts
        self._next = 0
        self._remaining = len(starts)
        self._values: list[Any] = [undefined] * len(starts)
        self.result = new_promise()

    def start(self, count: int) -> None:
        # All slots begin before any is waited for, as with Array.prototype.map and then Promise.all.
        first = self._next
        self._next = min(first + count, len(self._starts))
        promises = [start() for start in self._starts[first : self._next]]
        for index, promise in enumerate(promises, first):
            react(promise, _keep, _reject, (self, index))

    def keep(self, index: int, value: Any) -> None:
        self._values[index] = value
        self._remaining -= 1
        if self._next < len(self._starts):
            self.start(1)
        if self._remaining == 0:
            resolve_promise(self.result, JSArray(self._values))


def _keep(slot: tuple[_Gathering, int], value: Any) -> None:
    slot[0].keep(slot[1], value)


def _reject(slot: tuple[_Gathering, int], reason: Any) -> None:
    reject_promise(slot[0].result, reason)


def _all(starts: Sequence[Callable[[], PromiseObject]], limit: int | None) -> PromiseObject:
    gathering = _Gathering(starts)
    if starts:
        gathering.start(limit or len(starts))
    else:
        resolve_promise(gathering.result, JSArray())
    return gathering.result


def rejecting(body: Callable[..., PromiseObject], *args: Any) -> PromiseObject:
    """``body(*args)``; what it throws becomes a rejection, as in an async function."""
    try:
        return body(*args)
    except SCRIPT_ERRORS as error:
        promise = new_promise()
        reject_promise(promise, thrown_value(error))
        return promise
