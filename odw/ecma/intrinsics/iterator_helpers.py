"""The methods of Iterator.prototype (ECMA-262 section 27.1.4): lazy helpers and eager consumers.

A lazy helper is a Python generator inside ``with record``: leaving that block is IteratorClose, whether by a throw of the
callback or by ``return()``, which throws GeneratorReturn at the ``yield``.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from math import inf
from typing import Any

from odw.ecma.abstract_ops.describe import call_site_text, describe
from odw.ecma.abstract_ops.iteration_errors import incompatible_receiver, not_a_function
from odw.ecma.abstract_ops.iterator_operations import (
    IteratorRecord,
    create_iter_result_object,
    get_iterator_direct,
    iterator_close,
)
from odw.ecma.abstract_ops.object_operations import get_method
from odw.ecma.abstract_ops.type_conversion import to_integer_or_infinity, to_number, truthy
from odw.ecma.completion import SCRIPT_ERRORS, GeneratorReturn, JsThrow, range_error, type_error
from odw.ecma.realm import R
from odw.ecma.values import MISSING, JSArray, JSFunction, ObjectBase, OrdinaryObject, WellKnown, undefined

Steps = Generator[Any, Any, None]
MAX_COUNT = 2**53 - 1


class IteratorHelper(OrdinaryObject):
    """An iterator helper (27.1.2.1); ``steps`` is None once it is done, ``underlying`` what to close before the first."""

    __slots__ = ("running", "started", "steps", "underlying")
    class_name = "Iterator Helper"

    def __init__(self, underlying: tuple[IteratorRecord, ...], steps: Steps) -> None:
        super().__init__(R.iterator_helper_prototype)
        self.underlying = underlying
        self.steps: Steps | None = steps
        self.running = False
        self.started = False


def _helper(this: Any, method: str) -> IteratorHelper:
    if type(this) is not IteratorHelper:
        raise incompatible_receiver(f"Iterator Helper.prototype.{method}", this)
    if this.running:
        raise type_error("Generator is already running")
    return this


def helper_next(this: Any, *_: Any) -> Any:
    """%IteratorHelperPrototype%.next (27.1.2.1.1)."""
    helper = _helper(this, "next")
    steps = helper.steps
    if steps is None:
        return create_iter_result_object(undefined, True)
    helper.started = helper.running = True
    try:
        for value in steps:
            return create_iter_result_object(value, False)
        helper.steps = None
    except BaseException:
        helper.steps = None
        raise
    finally:
        helper.running = False
    return create_iter_result_object(undefined, True)


def helper_return(this: Any, *_: Any) -> Any:
    """%IteratorHelperPrototype%.return (27.1.2.1.2)."""
    helper = _helper(this, "return")
    steps = helper.steps
    if steps is not None:
        helper.steps = None
        if not helper.started:
            iterator_close_all(helper.underlying)
        else:
            helper.running = True
            try:
                steps.throw(GeneratorReturn(undefined))
            except (GeneratorReturn, StopIteration):
                pass
            finally:
                helper.running = False
    return create_iter_result_object(undefined, True)


def iterator_close_all(records: Sequence[IteratorRecord], throwing: bool = False) -> None:
    """IteratorCloseAll (7.4.13): the last first; what one throws is the completion that the next are closed with."""
    error: BaseException | None = None
    for record in reversed(records):
        try:
            iterator_close(record, throwing or error is not None)
        except SCRIPT_ERRORS as thrown:
            error = thrown
    if error is not None:
        raise error


# --- arguments -------------------------------------------------------------------------------------------------------


def _receiver(this: Any, method: str) -> None:
    if not isinstance(this, ObjectBase):
        raise type_error(f"Iterator.prototype.{method} called on non-object")


def _callback(this: Any, callback: Any) -> Callable[..., Any]:
    if not isinstance(callback, JSFunction):
        raise _refuse(this, not_a_function(callback))
    return callback.call


def _limit(this: Any, limit: Any) -> Any:
    try:
        number = to_number(limit)
    except JsThrow as error:
        raise _refuse(this, error) from None
    count = -1 if number != number else to_integer_or_infinity(number)
    if count < 0 or MAX_COUNT < count < inf:
        raise _refuse(this, range_error(f"{describe(limit)} must be positive"))
    return count


def _refuse(this: Any, error: JsThrow) -> JsThrow:
    """A refused argument closes the underlying iterator before it throws."""
    iterator_close(IteratorRecord(this, undefined), throwing=True)
    return error


# --- lazy ------------------------------------------------------------------------------------------------------------


def _map_steps(record: IteratorRecord, call: Callable[..., Any]) -> Steps:
    with record:
        for index, value in enumerate(record):
            yield call(undefined, value, index)


def map_(this: Any, mapper: Any = undefined, *_: Any) -> Any:
    """Iterator.prototype.map (27.1.4.8)."""
    _receiver(this, "map")
    call = _callback(this, mapper)
    record = get_iterator_direct(this)
    return IteratorHelper((record,), _map_steps(record, call))


def _filter_steps(record: IteratorRecord, call: Callable[..., Any]) -> Steps:
    with record:
        for index, value in enumerate(record):
            if truthy(call(undefined, value, index)):
                yield value


def filter_(this: Any, predicate: Any = undefined, *_: Any) -> Any:
    """Iterator.prototype.filter (27.1.4.4)."""
    _receiver(this, "filter")
    call = _callback(this, predicate)
    record = get_iterator_direct(this)
    return IteratorHelper((record,), _filter_steps(record, call))


def _take_steps(record: IteratorRecord, count: Any) -> Steps:
    with record:
        while count > 0:
            count -= 1
            value = next(record, MISSING)
            if value is MISSING:
                return
            yield value


def take(this: Any, limit: Any = undefined, *_: Any) -> Any:
    """Iterator.prototype.take (27.1.4.11)."""
    _receiver(this, "take")
    count = _limit(this, limit)
    record = get_iterator_direct(this)
    return IteratorHelper((record,), _take_steps(record, count))


def _drop_steps(record: IteratorRecord, count: Any) -> Steps:
    with record:
        while count > 0:
            if count != inf:
                count -= 1
            if next(record, MISSING) is MISSING:
                return
        yield from record


def drop(this: Any, limit: Any = undefined, *_: Any) -> Any:
    """Iterator.prototype.drop (27.1.4.2)."""
    _receiver(this, "drop")
    count = _limit(this, limit)
    record = get_iterator_direct(this)
    return IteratorHelper((record,), _drop_steps(record, count))


def get_iterator_flattenable(value: Any, strings: bool) -> IteratorRecord:
    """GetIteratorFlattenable (7.4.5): an iterable's iterator, or an iterator as it is; strings only if ``strings``."""
    if not isinstance(value, ObjectBase) and not (strings and type(value) is str):
        raise type_error(
            "Iterator.from called on non-object" if strings else f"{call_site_text(value)} is not an object"
        )
    method = get_method(value, WellKnown.iterator)
    iterator = value if method is undefined else method.call(value)
    if not isinstance(iterator, ObjectBase):
        raise type_error(f"{call_site_text(iterator)} is not an object")
    return get_iterator_direct(iterator)


def _flat_map_steps(record: IteratorRecord, call: Callable[..., Any]) -> Steps:
    with record:
        for index, value in enumerate(record):
            with get_iterator_flattenable(call(undefined, value, index), strings=False) as inner:
                yield from inner


def flat_map(this: Any, mapper: Any = undefined, *_: Any) -> Any:
    """Iterator.prototype.flatMap (27.1.4.5)."""
    _receiver(this, "flatMap")
    call = _callback(this, mapper)
    record = get_iterator_direct(this)
    return IteratorHelper((record,), _flat_map_steps(record, call))


# --- eager -----------------------------------------------------------------------------------------------------------


def reduce_(this: Any, reducer: Any = undefined, *initial: Any) -> Any:
    """Iterator.prototype.reduce (27.1.4.9)."""
    _receiver(this, "reduce")
    call = _callback(this, reducer)
    with get_iterator_direct(this) as record:
        start = 0
        if initial:
            accumulator = initial[0]
        else:
            start = 1
            accumulator = next(record, MISSING)
            if accumulator is MISSING:
                raise type_error("Reduce of a done iterator with no initial value")
        for index, value in enumerate(record, start):
            accumulator = call(undefined, accumulator, value, index)
    return accumulator


def to_array(this: Any, *_: Any) -> Any:
    """Iterator.prototype.toArray (27.1.4.12)."""
    _receiver(this, "toArray")
    return JSArray(get_iterator_direct(this))


def for_each(this: Any, callback: Any = undefined, *_: Any) -> Any:
    """Iterator.prototype.forEach (27.1.4.7)."""
    _receiver(this, "forEach")
    call = _callback(this, callback)
    with get_iterator_direct(this) as record:
        for index, value in enumerate(record):
            call(undefined, value, index)
    return undefined


def some(this: Any, predicate: Any = undefined, *_: Any) -> Any:
    """Iterator.prototype.some (27.1.4.10)."""
    _receiver(this, "some")
    call = _callback(this, predicate)
    with get_iterator_direct(this) as record:
        return any(truthy(call(undefined, value, index)) for index, value in enumerate(record))


def every(this: Any, predicate: Any = undefined, *_: Any) -> Any:
    """Iterator.prototype.every (27.1.4.3)."""
    _receiver(this, "every")
    call = _callback(this, predicate)
    with get_iterator_direct(this) as record:
        return all(truthy(call(undefined, value, index)) for index, value in enumerate(record))


def find(this: Any, predicate: Any = undefined, *_: Any) -> Any:
    """Iterator.prototype.find (27.1.4.6)."""
    _receiver(this, "find")
    call = _callback(this, predicate)
    with get_iterator_direct(this) as record:
        for index, value in enumerate(record):
            if truthy(call(undefined, value, index)):
                return value
    return undefined


HELPERS: dict[Any, tuple[Callable[..., Any], int]] = {
    "reduce": (reduce_, 1),
    "toArray": (to_array, 0),
    "forEach": (for_each, 1),
    "some": (some, 1),
    "every": (every, 1),
    "find": (find, 1),
    "filter": (filter_, 1),
    "map": (map_, 1),
    "take": (take, 1),
    "drop": (drop, 1),
    "flatMap": (flat_map, 1),
}
