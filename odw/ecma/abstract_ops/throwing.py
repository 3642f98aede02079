"""Errors that compiled code throws by itself, as expressions."""

from __future__ import annotations

from typing import Any, NoReturn

from odw.ecma.abstract_ops.describe import describe
from odw.ecma.completion import reference_error, syntax_error, type_error
from odw.ecma.values import undefined


def throw_const(name: str) -> NoReturn:
    """An assignment to the constant ``name``."""
    raise type_error("Assignment to constant variable.")


def throw_reference(message: str) -> NoReturn:
    raise reference_error(message)


def throw_type(message: str) -> NoReturn:
    raise type_error(message)


def throw_syntax(message: str) -> NoReturn:
    raise syntax_error(message)


def require_object(v: Any, text: str = "") -> Any:
    """RequireObjectCoercible (7.2.1) of what an object pattern takes apart; returns ``v``.

    ``text`` says what the script calls it: ``property 'a' of 'options'`` or ``'options'``; the value without one.
    """
    if v is None or v is undefined:
        shown = describe(v)
        raise type_error(f"Cannot destructure {text or repr(shown)} as it is {shown}.")
    return v
