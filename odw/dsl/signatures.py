"""What a function can be called with."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import FunctionType, MethodType
from typing import Any


def accepts(fn: Callable[..., Any], least: int, most: int) -> int:
    """How many positional arguments to call ``fn`` with: as many as it requires, between ``least`` and ``most``."""
    return max(least, min(most, _required(fn)))


def returns_text(fn: Callable[..., Any]) -> bool:
    """Whether a function's return annotation asks for nothing but text: ``str``, ``None``, ``Any`` or none at all."""
    return fn.__annotations__.get("return") in _TEXT


_TEXT = (None, str, Any, "str", "None", "Any", "typing.Any")


def _required(fn: Any) -> int:
    if type(fn) is FunctionType:
        return fn.__code__.co_argcount - len(fn.__defaults__ or ())
    if type(fn) is MethodType:
        return _required(fn.__func__) - 1
    try:
        parameters = inspect.signature(fn).parameters.values()
    except (TypeError, ValueError):  # some builtins have none
        return 0
    return sum(
        parameter.default is parameter.empty
        and parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD)
        for parameter in parameters
    )
