"""Which function a method of a value is, by the kind of the value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from odw.dsl.javascript import arrays, collections, numbers, objects, promises, regexp, strings
from odw.dsl.javascript.dates import Date
from odw.dsl.javascript.functions import call
from odw.dsl.javascript.values import is_number


def method_of(value: Any, name: str) -> Callable[..., Any] | None:
    """The built-in method ``name`` of a value, as a function that takes the value first; None if there is none."""
    table = _table(value)
    return table.get(name) or (objects.METHODS.get(name) if table is not objects.METHODS else None)


def _table(value: Any) -> dict[str, Callable[..., Any]]:
    if isinstance(value, str):
        return strings.METHODS
    if isinstance(value, list):
        return arrays.METHODS
    if is_number(value):
        return numbers.METHODS
    if isinstance(value, dict):
        return objects.METHODS
    if isinstance(value, collections.Map):
        return collections.MAPS
    if isinstance(value, collections.Set):
        return collections.SETS
    if isinstance(value, regexp.RegExp):
        return regexp.METHODS
    if isinstance(value, promises.Promise):
        return promises.METHODS
    if isinstance(value, Date):
        return Date.METHODS
    if hasattr(value, "__next__"):
        from odw.dsl.javascript import generators

        return generators.METHODS
    if callable(value):
        return _FUNCTIONS
    return objects.METHODS


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "apply": lambda fn, this=None, given=(): call(fn, *(given or ())),
    "bind": lambda fn, this=None, *first: lambda *given: call(fn, *first, *given),
    "call": lambda fn, this=None, *given: call(fn, *given),
}
