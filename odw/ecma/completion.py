"""Throw completions (ECMA-262 section 6.2.4): how a script's ``throw`` travels through Python.

``JsThrow`` carries any value. A few Python exceptions also mean a JavaScript error, raised by CPython itself so that
the checks cost nothing on the way that goes well: they are ``SCRIPT_ERRORS``, and ``thrown_value`` says what value a
script's ``catch`` receives for one.
"""

from __future__ import annotations

from typing import Any

from odw.ecma import positions
from odw.ecma.realm import R
from odw.ecma.values import JSFunction, JSValue, undefined


class JsThrow(Exception):
    """A throw completion; ``value`` is what was thrown (any script value)."""

    def __init__(self, value: JSValue) -> None:
        self.value = value

    def __str__(self) -> str:
        return f"JsThrow({self.value!r})"


class GeneratorReturn(BaseException):
    """``generator.return(value)`` on its way through a suspended generator's ``finally`` blocks."""

    def __init__(self, value: JSValue) -> None:
        self.value = value


class NotSupportedYet(BaseException):
    """A part of ECMAScript that the library does not have: ``not supported yet: <name>``. No script may catch it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"not supported yet: {name}")
        self.name = name


class LibraryError(BaseException):
    """A mistake of ours: a Python exception that stands for no JavaScript error. No script may catch it."""


# What compiled code and library code catch where ECMA-262 says "if completion is a throw completion".
SCRIPT_ERRORS = (JsThrow, RecursionError, AttributeError, NameError, MemoryError)


def thrown_value(exception: BaseException) -> JSValue:
    """The script value of a caught exception of SCRIPT_ERRORS; raises LibraryError if it stands for none."""
    if type(exception) is JsThrow:
        return exception.value
    error = _error_of_python(exception)
    error.frames = _frames_of_python(exception) or error.frames
    return error


def _frames_of_python(exception: BaseException) -> tuple[Any, ...]:
    """Where an exception of Python's own was raised: the frames that it has left, and those around them."""
    traceback = exception.__traceback__
    limit = R.stack_limit()
    left = positions.traceback_frames(traceback, limit)
    around = traceback.tb_frame.f_back if traceback is not None else None
    if around is None or len(left) >= limit:
        return left
    return left + positions.frames_of(limit - len(left), around)


def _error_of_python(exception: BaseException) -> Any:
    """The error object for an exception that CPython itself raised."""
    if isinstance(exception, RecursionError):
        return make_error("RangeError", "Maximum call stack size exceeded")
    if isinstance(exception, MemoryError):
        return make_error("RangeError", "Out of memory")
    if isinstance(exception, AttributeError) and exception.name in ("call", "construct"):
        if not isinstance(exception.obj, JSFunction):
            place = positions.raised_in_script(exception.__traceback__)
            if place is not None:
                from odw.ecma.abstract_ops.callee_text import callee_text

                what = "function" if exception.name == "call" else "constructor"
                return make_error("TypeError", f"{callee_text(place.text)} is not a {what}")
    # An unassigned Python local or Cell: the temporal dead zone of let, const and class.
    if isinstance(exception, NameError) or type(exception.obj).__name__ == "Cell":  # type: ignore[attr-defined]
        place = positions.raised_in_script(exception.__traceback__, _unbound_name(exception))
        if place is not None:
            name = place.text
            if name == "this" or name.startswith("super") or "'this'" in str(exception):
                return make_error(
                    "ReferenceError",
                    "Must call super constructor in derived class before accessing 'this' or returning from derived constructor",
                )
            return make_error("ReferenceError", f"Cannot access '{name}' before initialization")
    raise LibraryError(f"{type(exception).__name__}: {exception}") from exception


def _unbound_name(exception: BaseException) -> str:
    """The Python variable that a NameError is about; an UnboundLocalError says it in its text only."""
    quoted = str(exception).split("'") if isinstance(exception, NameError) else []
    return quoted[1] if len(quoted) > 1 else ""


def make_error(kind: str, message: str) -> Any:
    """A new error object of ``kind`` ("TypeError", …), as its constructor would make it, stack included."""
    return R.make_error(kind, message)


def throw(kind: str, message: str) -> JsThrow:
    """``raise throw("TypeError", "…")``."""
    return JsThrow(make_error(kind, message))


def type_error(message: str) -> JsThrow:
    return JsThrow(make_error("TypeError", message))


def range_error(message: str) -> JsThrow:
    return JsThrow(make_error("RangeError", message))


def syntax_error(message: str) -> JsThrow:
    return JsThrow(make_error("SyntaxError", message))


def reference_error(message: str) -> JsThrow:
    return JsThrow(make_error("ReferenceError", message))


__all__ = [
    "SCRIPT_ERRORS",
    "GeneratorReturn",
    "JsThrow",
    "LibraryError",
    "NotSupportedYet",
    "make_error",
    "range_error",
    "reference_error",
    "syntax_error",
    "throw",
    "thrown_value",
    "type_error",
    "undefined",
]
