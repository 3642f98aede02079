"""A line of ``error.stack`` in V8's words: the function's name, and the place in it that V8 would name.

The compiler knows where an expression begins. V8 names a call by its callee (the property's name in ``a.b.c()``), a ``new`` by
that word, and a property by its name; so the text of the expression is looked at. NON-SPEC: ECMA-262 knows no ``stack``.
"""

from __future__ import annotations

import re

from odw.ecma import positions
from odw.ecma.abstract_ops.source_brackets import called_expression

_NEW = re.compile(r"\bnew[\s(]+$")
_AWAIT = re.compile(r"(?:await|yield\s*\*?)\s+")
_PROPERTY = re.compile(r"(?:\.|\?\.)\s*([\w$]+)\s*$")
_NAME = re.compile(r"#?[\w$]+")
_MADE = re.compile(r"(.+?)_?\d*_?")
_NAMELESS = re.compile(r"<|(?:anonymous|workflow)\d*$")


_READING = "TypeError: Cannot read properties of "
_READ = re.compile(r"\s*\??\.\s*(?=[\w$#])")


def frame_lines(header: str, places: list[positions.Place]) -> list[str]:
    """The lines below ``header``, which is the error as text: ``    at name (file:line:column)``, the innermost place first."""
    spots = [_spot(place) for place in places]
    if places and header.startswith(_READING):
        spots[0] = _property_after(places[0]) or spots[0]
    return [_line(place, *spot) for place, spot in zip(places, spots, strict=True)]


def _property_after(place: positions.Place) -> tuple[int, int] | None:
    """Where the property's name stands that was to be read of the expression at ``place``, if it is on the same line."""
    found = _READ.match(place.last_line, place.end_column)
    return (place.end_line, found.end()) if found else None


def _line(place: positions.Place, line: int, column: int) -> str:
    where = f"{place.file}:{line}:{column + 1}"
    name = function_name(place)
    return f"    at {name} ({where})" if name else f"    at {where}"


def function_name(place: positions.Place) -> str:
    """The name that the script gave the function; "" for none. The compiler's own changes to it are undone."""
    name = place.function
    if positions.names(place.file, name):
        return name
    if _NAMELESS.match(name):
        return ""
    if name.endswith("_constructor"):
        made = name.removesuffix("_constructor")
        return f"new {made}" if positions.names(place.file, made) else ""
    found = _MADE.fullmatch(name)
    original = found[1] if found else name
    return original if positions.names(place.file, original) else ""


def _spot(place: positions.Place) -> tuple[int, int]:
    text = place.text
    start = _start_within(text)
    if start == 0:
        found = _NEW.search(place.source_line[: place.column])
        return place.line, found.start() if found else place.column
    before = text[:start]
    lines = before.count("\n")
    return place.line + lines, start - before.rfind("\n") - 1 + (0 if lines else place.column)


def _start_within(text: str) -> int:
    """Where in the text of an expression V8 says that it is."""
    awaited = _AWAIT.match(text)
    if awaited:
        return awaited.end() + _start_within(text[awaited.end() :])
    if text.startswith("new ") or not text:
        return 0
    callee = called_expression(text)
    found = _PROPERTY.search(callee or text)
    if found:
        return found.start(1)
    return len(callee) if callee and not _NAME.fullmatch(callee) else 0
