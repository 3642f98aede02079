"""Promise.all, allSettled, any and race (ECMA-262 section 27.2.4.1 to 27.2.4.5).

The four share one walk over the iterable; a combinator says what its element functions do. For elements that are
promises of ours with an untouched ``then``, the reactions are registered without function objects.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from odw.ecma.abstract_ops.iterator_operations import iterate
from odw.ecma.abstract_ops.object_operations import get
from odw.ecma.abstract_ops.promise_operations import (
    PromiseCapability,
    invoke_then,
    is_pristine,
    new_promise_capability,
    promise_resolve,
    react,
)
from odw.ecma.completion import SCRIPT_ERRORS, make_error, thrown_value, type_error
from odw.ecma.intrinsics.builders import builtin, define_hidden
from odw.ecma.realm import R
from odw.ecma.values import JSArray, JSFunction, JSObject, ObjectBase, undefined


class Gathering:
    """What the element functions of one call share: the values so far, and how many are still to come."""

    __slots__ = ("capability", "finish", "remaining", "values")

    def __init__(self, capability: PromiseCapability, finish: Callable[[Gathering], None]) -> None:
        self.capability = capability
        self.finish = finish
        self.values: list[Any] = []
        self.remaining = 1

    def put(self, index: int, value: Any) -> None:
        self.values[index] = value
        self.one_less()

    def one_less(self) -> None:
        self.remaining -= 1
        if self.remaining == 0:
            self.finish(self)


class Slot:
    """One element's place in a Gathering; only its first settlement counts (alreadyCalled)."""

    __slots__ = ("called", "gathering", "index")

    def __init__(self, gathering: Gathering, index: int) -> None:
        self.gathering = gathering
        self.index = index
        self.called = False

    def fill(self, value: Any) -> None:
        if not self.called:
            self.called = True
            self.gathering.put(self.index, value)


# Reactions: (slot, argument), as promise_operations.react takes them.
def _keep(slot: Slot, value: Any) -> None:
    slot.fill(value)


def _keep_fulfilled(slot: Slot, value: Any) -> None:
    slot.fill(JSObject({"status": "fulfilled", "value": value}))


def _keep_rejected(slot: Slot, reason: Any) -> None:
    slot.fill(JSObject({"status": "rejected", "reason": reason}))


def _resolve_all(slot: Slot, value: Any) -> None:
    slot.gathering.capability.resolve.call(undefined, value)


def _reject_all(slot: Slot, reason: Any) -> None:
    slot.gathering.capability.reject.call(undefined, reason)


def _finish_with_array(gathering: Gathering) -> None:
    gathering.capability.resolve.call(undefined, JSArray(gathering.values))


def _finish_with_aggregate_error(gathering: Gathering) -> None:
    error = make_error("AggregateError", "All promises were rejected")
    define_hidden(error, "errors", JSArray(gathering.values))
    gathering.capability.reject.call(undefined, error)


def _never_finish(gathering: Gathering) -> None:
    """A race without contestants stays pending."""


Reaction = Callable[[Slot, Any], None]


def _combinator(
    name: str, on_fulfilled: Reaction, on_rejected: Reaction, finish: Callable[[Gathering], None]
) -> Callable[..., Any]:
    def combine(this: Any, iterable: Any = undefined, *_: Any) -> Any:
        if not isinstance(this, ObjectBase):
            raise type_error(f"Promise.{name} called on non-object")
        capability = new_promise_capability(this)
        gathering = Gathering(capability, finish)
        try:
            promise_resolve_function = _get_promise_resolve(this)
            with iterate(iterable) as elements:
                for element in elements:
                    gathering.values.append(undefined)
                    gathering.remaining += 1
                    slot = Slot(gathering, len(gathering.values) - 1)
                    _subscribe(this, promise_resolve_function, element, slot, on_fulfilled, on_rejected)
            gathering.one_less()
        except SCRIPT_ERRORS as error:
            capability.reject.call(undefined, thrown_value(error))
        return capability.promise

    return combine


def _get_promise_resolve(constructor: Any) -> JSFunction:
    """GetPromiseResolve (27.2.4.1.1)."""
    resolve = get(constructor, "resolve")
    if not isinstance(resolve, JSFunction):
        raise type_error("resolve is not a function")
    return resolve


def _subscribe(
    constructor: Any,
    resolve: JSFunction,
    element: Any,
    slot: Slot,
    on_fulfilled: Reaction,
    on_rejected: Reaction,
) -> None:
    if resolve is R.promise_static_resolve:
        promise = promise_resolve(constructor, element)
    else:
        promise = resolve.call(constructor, element)
    if constructor is R.promise_constructor and is_pristine(promise):
        react(promise, on_fulfilled, on_rejected, slot)
    else:
        invoke_then(promise, _handler(slot, on_fulfilled), _handler(slot, on_rejected))


def _handler(slot: Slot, reaction: Reaction) -> JSFunction:
    if reaction is _resolve_all:
        return slot.gathering.capability.resolve
    if reaction is _reject_all:
        return slot.gathering.capability.reject

    def element_function(this: Any, argument: Any = undefined, *_: Any) -> Any:
        reaction(slot, argument)
        return undefined

    return builtin(element_function, "", 1)


COMBINATORS: dict[Any, tuple[Callable[..., Any], int]] = {
    "all": (_combinator("all", _keep, _reject_all, _finish_with_array), 1),
    "allSettled": (_combinator("allSettled", _keep_fulfilled, _keep_rejected, _finish_with_array), 1),
    "any": (_combinator("any", _resolve_all, _keep, _finish_with_aggregate_error), 1),
    "race": (_combinator("race", _resolve_all, _reject_all, _never_finish), 1),
}
