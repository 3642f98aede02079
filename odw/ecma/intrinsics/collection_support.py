"""What Map, Set, WeakMap and WeakSet share."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.describe import describe
from odw.ecma.abstract_ops.iteration_errors import not_a_function
from odw.ecma.abstract_ops.object_operations import get
from odw.ecma.completion import type_error
from odw.ecma.values import JSFunction


def adder(collection: Any, name: str) -> JSFunction:
    """The ``set`` or ``add`` method that a constructor fills its new ``collection`` with."""
    method = get(collection, name)
    if not isinstance(method, JSFunction):
        raise type_error(
            f"'{describe(method)}' returned for property '{name}' of object '{describe(collection)}' is not a function"
        )
    return method


def require_function(callback: Any) -> JSFunction:
    if not isinstance(callback, JSFunction):
        raise not_a_function(callback)
    return callback
