"""Generators and other iterators: ``next()``, ``return()`` and the helpers of Iterator.prototype."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from odw.ecma.values import undefined


def step(iterator: Any, *given: Any) -> dict[str, Any]:
    """``iterator.next(value)``."""
    try:
        value = (
            iterator.send(*given)
            if given and hasattr(iterator, "send") and _begun(iterator)
            else next(iterator)
        )
    except StopIteration as stop:
        return {"value": undefined if stop.value is None else stop.value, "done": True}
    return {"value": value, "done": False}


def _begun(iterator: Any) -> bool:
    return (
        getattr(iterator, "gi_frame", None) is not None
        and iterator.gi_frame.f_lasti > 0
        and not _fresh(iterator)
    )


def _fresh(iterator: Any) -> bool:
    import inspect

    return inspect.getgeneratorstate(iterator) == inspect.GEN_CREATED


def finish(iterator: Any, value: Any = undefined) -> dict[str, Any]:
    """``iterator.return(value)``."""
    if hasattr(iterator, "close"):
        iterator.close()
    return {"value": value, "done": True}


def _take(iterator: Iterator[Any], count: Any) -> Iterator[Any]:
    return islice(iterator, int(count))


METHODS: dict[str, Callable[..., Any]] = {
    "next": step,
    "return": finish,
    "take": _take,
    "toArray": list,
    "map": lambda iterator, fn: (fn(item) for item in iterator),
    "filter": lambda iterator, fn: (item for item in iterator if fn(item)),
}
