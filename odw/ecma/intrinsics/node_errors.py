"""Errors of the functions that come from Node and not from ECMA-262: they carry a ``code``."""

from __future__ import annotations

from typing import Any

from odw.ecma.abstract_ops.describe import constructor_name, describe
from odw.ecma.abstract_ops.testing_comparison import typeof
from odw.ecma.completion import JsThrow, type_error
from odw.ecma.values import JSFunction, ObjectBase, undefined


def coded_type_error(code: str, message: str, **more: Any) -> JsThrow:
    """A TypeError with ``code`` and further enumerable properties."""
    throw = type_error(message)
    throw.value["code"] = code
    for name, value in more.items():
        throw.value[name] = value
    return throw


def missing_arguments(*names: str) -> JsThrow:
    """ERR_MISSING_ARGS."""
    quoted = " and ".join(f'"{name}"' for name in names)
    noun = "arguments" if len(names) > 1 else "argument"
    return coded_type_error("ERR_MISSING_ARGS", f"The {quoted} {noun} must be specified")


def require_callback(value: Any) -> JSFunction:
    """The value, if it is callable."""
    if isinstance(value, JSFunction):
        return value
    if value is undefined or value is None:
        shown = describe(value)
    elif type(value) is str:
        shown = f"type string ('{value}')"
    elif isinstance(value, ObjectBase):
        name = constructor_name(value)
        shown = f"an instance of {name}" if name else describe(value)
    else:
        shown = f"type {typeof(value)} ({describe(value)})"
    raise coded_type_error(
        "ERR_INVALID_ARG_TYPE", f'The "callback" argument must be of type function. Received {shown}'
    )
