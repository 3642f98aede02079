"""Errors across the border: halts and refusals become error objects of the script; what a script throws becomes a report."""

from __future__ import annotations

import sys
from typing import Any

from odw.diagnostics import Span, caret, printable
from odw.ecma import positions
from odw.ecma.abstract_ops.describe import describe, peek
from odw.ecma.abstract_ops.type_conversion import from_host_string, to_host_string
from odw.ecma.completion import SCRIPT_ERRORS, make_error
from odw.ecma.intrinsics.error import ErrorObject, error_text
from odw.ecma.positions import Place
from odw.ecma.realm import R
from odw.ecma.values import JSArray, JSObject, ObjectBase, Property
from odw.errors import WorkflowError
from odw.runtime.halts import CallHalt

LONGEST_TEXT = 20_000  # characters of a thrown value that a log line or a report shows
SHOWN_VALUES = 1000  # values of which a thrown object may consist to be shown as JSON


class HaltError(ErrorObject):
    """The error that a script sees when a call halts. Only the host makes one, so the mark cannot be forged or lost."""

    __slots__ = ("halt",)
    halt: CallHalt


def halt_error(halt: CallHalt) -> HaltError:
    error = HaltError(R.error_prototypes["Error"])
    error.halt = halt
    error["name"] = Property(halt.error_name, True, False, True)
    error["message"] = Property(from_host_string(halt.reason), True, False, True)
    error.frames = positions.frames_of(10, sys._getframe(1))
    error["stack"] = Property(f"{halt.error_name}: {halt.reason}", True, False, True)
    return error


def host_error(kind: str, message: str, name: str = "") -> ErrorObject:
    """A new error of ``kind``, where the script is now; ``name`` if it is to have one of its own."""
    error: ErrorObject = make_error(kind, from_host_string(message))
    if name:
        error["name"] = Property(name, True, False, True)
    return error


def _cut(text: str) -> str:
    """A text of a script's as a person gets to see it."""
    return text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + "…"


def error_message(thrown: Any) -> str:
    """The message of what was thrown, for a log line: an error's own, else the value's text. Runs no script code."""
    if isinstance(thrown, ErrorObject):
        message = peek(thrown, "message")
        text = message if type(message) is str and message else error_text(thrown)
    elif isinstance(thrown, ObjectBase) and type(message := peek(thrown, "message")) is str:
        text = message
    elif type(thrown) is JSObject:
        text = "[object Object]"  # as String(thrown), which most hosts write
    else:
        text = describe(thrown)
    return to_host_string(_cut(text))


def uncaught(thrown: Any, place: Place | None = None) -> WorkflowError:
    """The WorkflowError for a value that the script threw and nobody caught."""
    if isinstance(thrown, ErrorObject):
        message = to_host_string(_cut(error_text(thrown)))
        places = thrown.places
        place = places[0] if places else place
    elif type(thrown) is str:
        message = f"Uncaught '{to_host_string(_cut(thrown))}'"
    else:
        message = f"Uncaught {to_host_string(_cut(_shown(thrown)))}"
    return WorkflowError(printable(message), report=place_report(place, message), code="uncaught_error")


def _shown(thrown: Any) -> str:
    """A thrown object as JSON where that runs no code of the script, else as V8 describes it."""
    from odw.ecma.json_plain import stringify_plain

    if (type(thrown) is JSObject or type(thrown) is JSArray) and _is_small(thrown):
        try:
            text = stringify_plain(thrown, "")
        except SCRIPT_ERRORS:
            text = None
        if type(text) is str:
            return text if len(text) <= 500 else text[:500] + "…"
    return describe(thrown)


def _is_small(thrown: Any) -> bool:
    """Whether a tree of plain objects is worth writing out: it may share its parts, and be endless as a text."""
    waiting = [thrown]
    for met, value in enumerate(waiting):
        if met > SHOWN_VALUES:
            return False
        if type(value) is JSObject:
            waiting += value.values()
        elif type(value) is JSArray:
            waiting += value
    return True


def place_report(place: Place | None, message: str = "") -> str:
    """``file:line:column: message``, the source line and a caret; "" without a place."""
    if place is None:
        return ""
    span = Span(place.line, place.column, place.end_line, place.end_column)
    head = f"{spot(place)}: {message}" if message else spot(place)
    return printable(f"{head}\n{caret(place.source_line, span)}")


def spot(place: Place) -> str:
    """``file:line:column``, the column counted from 1."""
    return f"{place.file}:{place.line}:{place.column + 1}"
