"""Iterator.concat, Iterator.zip and Iterator.zipKeyed: one iterator over several (ECMA-262 section 27.1.3.2).

An underlying iterator that throws is done with; whatever else ends the joint one closes those that are still open, the
last first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from odw.ecma.abstract_ops.describe import describe
from odw.ecma.abstract_ops.iteration_errors import not_a_function, not_an_object
from odw.ecma.abstract_ops.iterator_operations import (
    IteratorRecord,
    get_iterator,
    get_iterator_from_method,
    iterator_step,
)
from odw.ecma.abstract_ops.object_operations import get, get_method
from odw.ecma.completion import SCRIPT_ERRORS, GeneratorReturn, type_error
from odw.ecma.intrinsics.iterator_helpers import (
    IteratorHelper,
    Steps,
    get_iterator_flattenable,
    iterator_close_all,
)
from odw.ecma.values import MISSING, JSArray, ObjectBase, OrdinaryObject, WellKnown, undefined

MODES = ("shortest", "longest", "strict")


def concat(this: Any, *items: Any) -> Any:
    """https://tc39.es/ecma262/#sec-iterator.concat"""
    iterables = []
    for item in items:
        if not isinstance(item, ObjectBase):
            raise not_an_object(item)
        method = get_method(item, WellKnown.iterator)
        if method is undefined:
            raise not_a_function(method)
        iterables.append((item, method))
    return IteratorHelper((), _concat_steps(iterables))


def _concat_steps(iterables: list[tuple[Any, Any]]) -> Steps:
    for iterable, method in iterables:
        with get_iterator_from_method(iterable, method) as record:
            yield from record


def zip_(this: Any, iterables: Any = undefined, options: Any = undefined, *_: Any) -> Any:
    """https://tc39.es/ecma262/#sec-iterator.zip"""
    mode, padding_option = _read_options(iterables, options)
    iters: list[IteratorRecord] = []
    source = get_iterator(iterables)
    try:
        for value in source:
            try:
                iters.append(get_iterator_flattenable(value, strings=False))
            except SCRIPT_ERRORS:
                iters.insert(0, source)
                raise
        padding = _padding_values(len(iters), padding_option) if mode == "longest" else []
    except SCRIPT_ERRORS:
        iterator_close_all(iters, throwing=True)
        raise
    return _joined(iters, mode, padding, JSArray)


def zip_keyed(this: Any, iterables: Any = undefined, options: Any = undefined, *_: Any) -> Any:
    """https://tc39.es/ecma262/#sec-iterator.zipkeyed"""
    mode, padding_option = _read_options(iterables, options)
    iters: list[IteratorRecord] = []
    keys = []
    all_keys = iterables.js_own_property_keys()
    try:
        for key in all_keys:
            own = iterables.js_get_own_property(key)
            if own is not None and own.enumerable:
                value = get(iterables, key)
                if value is not undefined:
                    keys.append(key)
                    iters.append(get_iterator_flattenable(value, strings=False))
        padding: list[Any] = [undefined] * len(keys)
        if padding_option is not undefined:
            padding = [get(padding_option, key) for key in keys]
    except SCRIPT_ERRORS:
        iterator_close_all(iters, throwing=True)
        raise

    def finish(results: list[Any]) -> Any:
        o = OrdinaryObject(None)
        o.update(zip(keys, results, strict=True))
        return o

    return _joined(iters, mode, padding, finish)


def _read_options(iterables: Any, options: Any) -> tuple[str, Any]:
    """The mode, and the padding option if the mode asks for one."""
    if not isinstance(iterables, ObjectBase):
        raise type_error(f"{describe(iterables)} is not an object")
    if options is undefined:
        return "shortest", undefined
    if not isinstance(options, ObjectBase):
        raise type_error(f"{describe(options)} is not an object")
    mode = get(options, "mode")
    if mode is undefined:
        mode = "shortest"
    if mode not in MODES:
        raise type_error(f"{describe(mode)} is not a valid mode: it is one of {', '.join(MODES)}")
    padding = get(options, "padding") if mode == "longest" else undefined
    if padding is not undefined and not isinstance(padding, ObjectBase):
        raise type_error(f"{describe(padding)} is not an object")
    return mode, padding


def _padding_values(count: int, option: Any) -> list[Any]:
    """One value for each of ``count`` iterators, ``undefined`` where the option's iterator has no more."""
    if option is undefined:
        return [undefined] * count
    with get_iterator(option) as record:
        return [record.step() for _ in range(count)]


def _joined(
    iters: list[IteratorRecord], mode: str, padding: list[Any], finish: Callable[[list[Any]], Any]
) -> IteratorHelper:
    """IteratorZip (27.1.2.3): ``finish`` makes the value of one round of results."""
    return IteratorHelper(tuple(iters), _zip_steps(iters, mode, padding, finish))


def _zip_steps(
    iters: list[IteratorRecord], mode: str, padding: list[Any], finish: Callable[[list[Any]], Any]
) -> Steps:
    if not iters:
        return
    open_iters = list(iters)
    try:
        while True:
            results = []
            for index, record in enumerate(iters):
                value = _step(record, open_iters) if record in open_iters else MISSING
                if value is MISSING:
                    if mode == "strict" and record is iters[0]:
                        _expect_all_done(iters, open_iters)
                    elif mode == "strict":
                        raise type_error("The iterators of Iterator.zip have different lengths")
                    if mode != "longest" or not open_iters:
                        _close(open_iters)
                        return
                    value = padding[index]
                results.append(value)
            yield finish(results)
    except GeneratorReturn:
        _close(open_iters)
        raise
    except SCRIPT_ERRORS:
        _close(open_iters, throwing=True)
        raise


def _close(open_iters: list[IteratorRecord], throwing: bool = False) -> None:
    closing = open_iters[:]
    open_iters.clear()  # an error of closing comes by again, and finds nothing to close
    iterator_close_all(closing, throwing)


def _step(record: IteratorRecord, open_iters: list[IteratorRecord]) -> Any:
    """The next value, or MISSING; an iterator that has none, or throws, is open no more."""
    try:
        return next(record, MISSING)
    finally:
        if record.done:
            open_iters.remove(record)


def _expect_all_done(iters: list[IteratorRecord], open_iters: list[IteratorRecord]) -> None:
    """The first iterator has ended: in strict mode so must all the others, whose values nobody reads."""
    for record in iters[1:]:
        try:
            ended = iterator_step(record) is MISSING
        finally:
            if record.done:
                open_iters.remove(record)
        if not ended:
            raise type_error("The iterators of Iterator.zip have different lengths")


STATICS: dict[Any, tuple[Callable[..., Any], int]] = {
    "concat": (concat, 0),
    "zip": (zip_, 1),
    "zipKeyed": (zip_keyed, 1),
}
