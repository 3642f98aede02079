"""The TypeErrors of iteration in V8's words, which depend on how the script wrote the iterable.

NON-SPEC: ECMA-262 leaves messages open; scripts print them.
"""

from __future__ import annotations

import re
from types import FrameType
from typing import Any

from odw.ecma import positions
from odw.ecma.abstract_ops.describe import call_site_text, describe
from odw.ecma.completion import JsThrow, type_error
from odw.ecma.values import undefined

_NAME_OR_AWAIT = r"[\w$]+|(?s:await\b.*)"
_GROUPED = r"\.\.\.(\s*\([\s(]*)$"
_DECLARATION = r"\b(?:const|let|var)\b[^;]*=\s*$"
_LAST_ARGUMENT = r"\s*,?\s*(?:\)|$)"
_LOOP_TARGET = r"\bfor\s*(?:await\s*)?\(\s*(?:const|let|var)\s*$"
_LOOP_HEAD = r"\bof\s*\(*\s*$|\.\.\.\s*$"


def not_iterable(
    value: Any, frame: FrameType, spread: bool = False, named: tuple[str, str] | None = None
) -> JsThrow:
    """ "x is not iterable": named after the script text when ``frame``, the asker's, is a script's.

    ``named`` is given for an array pattern inside another pattern: ``("default", text)`` with the text of its default,
    ``("property", text)`` with that of what the object is that it is a property's value of, "" for a parameter.
    """
    if named is not None:
        return _not_iterable_part(value, *named)
    place = _script_place(frame)
    if place is not None:
        text = place.text
        before = place.source_line[: place.column]
        after = place.source_line[place.end_column :]
        if spread and (grouped := re.search(_GROUPED, before)):
            before = before[: grouped.start(1)]
            after = after[len(grouped[1]) :]
        if spread and _opened_by(before) == "(":
            if not re.match(_LAST_ARGUMENT, after):
                return _not_iterable_value(value)
            if value is undefined or value is None:
                return type_error(f"{_callee(text)} is not iterable (cannot read property {describe(value)})")
            return type_error("Spread syntax requires ...iterable[Symbol.iterator] to be a function")
        if spread or re.search(_LOOP_HEAD, before):
            called = called_part(text)
            what = f"{_callee(called)} is not a function or its return value" if called else _callee(text)
            return type_error(f"{what} is not iterable")
        if re.search(_LOOP_TARGET, before):
            return type_error(".for is not iterable")  # V8's name for the element of a loop
        if re.search(_DECLARATION, before) and re.fullmatch(r"[\w$]+", called := called_part(text)):
            return type_error(f"{called} is not a function or its return value is not iterable")
        if text.startswith("{") and re.search(_DECLARATION, before):
            return type_error(f"{_callee(text)} is not iterable")
        if re.fullmatch(_NAME_OR_AWAIT, text) and re.search(_DECLARATION, before):
            return type_error(f"{_callee(text)} is not iterable")
    return _not_iterable_value(value)


def _not_iterable_part(value: Any, kind: str, text: str) -> JsThrow:
    if kind == "default":
        called = called_part(text)
        what = f"{_callee(called)} is not a function or its return value" if called else _callee(text)
        return type_error(f"{what} is not iterable")
    if value is None or value is undefined:
        shown = describe(value)
        of = _chain(text) if text else call_site_text(value)
        return type_error(
            f"Cannot destructure property 'Symbol(Symbol.iterator)' of '{of}' as it is {shown}."
        )
    if text:
        return type_error(f"{_chain(text)} is not iterable (cannot read property Symbol(Symbol.iterator))")
    return _not_iterable_value(value)


def _not_iterable_value(value: Any) -> JsThrow:
    return type_error(
        f"{call_site_text(value)} is not iterable (cannot read property Symbol(Symbol.iterator))"
    )


def not_async_iterable(value: Any, method: Any, frame: FrameType) -> JsThrow:
    """ "x is not async iterable", for ``for await``; ``method`` is what was found in place of an iterator method."""
    if value is undefined or value is None:
        return type_error(
            f"Cannot read properties of {describe(value)} (reading 'Symbol(Symbol.asyncIterator)')"
        )
    place = _script_place(frame)
    if place is None:
        return not_a_function(method)
    called = called_part(place.text)
    what = f"{_callee(called)}(...) is not a function or its return value" if called else _callee(place.text)
    return type_error(f"{what} is not async iterable")


def not_an_object(result: Any) -> JsThrow:
    return type_error(f"Iterator result {describe(result)} is not an object")


def not_a_function(method: Any) -> JsThrow:
    return type_error(f"{call_site_text(method)} is not a function")


def incompatible_receiver(method: str, receiver: Any) -> JsThrow:
    return type_error(f"Method {method} called on incompatible receiver {describe(receiver)}")


def _script_place(frame: FrameType) -> positions.Place | None:
    return positions.current_place(frame) if positions.is_script(frame.f_code.co_filename) else None


def _callee(text: str) -> str:
    from odw.ecma.abstract_ops.callee_text import callee_text

    return callee_text(text)


def _chain(text: str) -> str:
    from odw.ecma.abstract_ops.callee_text import chain_text

    return chain_text(text)


def called_part(text: str) -> str:
    """What stands before the argument list that ends ``text``; "" if ``text`` is no call."""
    if not text.endswith(")") or re.match(r"await\b", text):
        return ""
    start = _open_bracket(text[:-1])
    return text[:start].rstrip().removesuffix("?.") if start > 0 else ""


def _opened_by(before: str) -> str:
    start = _open_bracket(before)
    return before[start] if start >= 0 else ""


def _open_bracket(before: str) -> int:
    """Where the bracket stands that is open at the end of ``before``; -1 if none. Strings count as code: it is a message."""
    depth = 0
    for index in range(len(before) - 1, -1, -1):
        if before[index] in ")]}":
            depth += 1
        elif before[index] in "([{":
            if depth == 0:
                return index
            depth -= 1
    return -1
