"""Calling functions with as many arguments as they take."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import FunctionType, MethodType
from typing import Any

from odw.dsl.javascript import errors
from odw.dsl.javascript.values import text
from odw.ecma.values import undefined


def fitted(fn: Any, given: int) -> Callable[..., Any]:
    """``fn`` as a function of ``given`` arguments: what it does not take is dropped, what lacks is undefined."""
    if not callable(fn):
        raise errors.TypeError(f"{text(fn)} is not a function")
    least, most = arity(fn)
    if least <= given <= most:
        return fn  # type: ignore[no-any-return]
    if given > most:
        return lambda *values: fn(*values[:most])
    missing = (undefined,) * (least - given)
    return lambda *values: fn(*values, *missing)


def call(fn: Any, *given: Any) -> Any:
    """``fn(*given)`` as JavaScript calls: any number of arguments will do."""
    return fitted(fn, len(given))(*given)


def arity(fn: Any) -> tuple[int, int]:
    """The least and the most positional arguments that a function takes."""
    if type(fn) is MethodType:
        least, most = arity(fn.__func__)
        return max(0, least - 1), most - 1
    if type(fn) is FunctionType:
        code = fn.__code__
        most = 1 << 20 if code.co_flags & inspect.CO_VARARGS else code.co_argcount
        return code.co_argcount - len(fn.__defaults__ or ()), most
    try:
        parameters = list(inspect.signature(fn).parameters.values())
    except (ValueError, TypeError):
        return 0, 1 << 20
    positional = [p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    least = sum(p.default is p.empty for p in positional)
    endless = any(p.kind is p.VAR_POSITIONAL for p in parameters)
    return least, 1 << 20 if endless else len(positional)
