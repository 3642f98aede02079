"""Places in the author's files: where a call is made, and where an error came from."""

from __future__ import annotations

import itertools
import linecache
import os
import traceback
from contextvars import ContextVar
from pathlib import Path
from types import CodeType, FrameType, TracebackType
from typing import NamedTuple

from odw.diagnostics import Span, caret, printable
from odw.runtime.call_path import Scope

Site = tuple[int | str, ...]

_PACKAGE = str(Path(__file__).parents[1]) + os.sep
_sites: dict[tuple[CodeType, int], Site] = {}
SHOWN = 6  # places of one error
# where the fan-out was called whose slots are being begun: the place of calls that no line of the author's makes
FAN_SITE: ContextVar[Site] = ContextVar("odw_fan_site", default=())


def call_site(frame: FrameType | None) -> Site:
    """Line, column (from 1) and file of the author's line that calls, from ``frame`` outwards; () when there is none.

    For a slot that is an agent and nothing else, ``parallel_map(review, files)``, that is where the fan-out was called.
    """
    while frame is not None and frame.f_code.co_filename.startswith(_PACKAGE):
        frame = frame.f_back
    if frame is None:
        return FAN_SITE.get()
    known = _sites.get((frame.f_code, frame.f_lasti))
    if known is None:
        known = ()
        if is_authors(frame.f_code.co_filename):
            place = place_in(frame.f_code, frame.f_lasti, frame.f_lineno)
            known = (place.span.line, place.span.column + 1, place.file)
        _sites[frame.f_code, frame.f_lasti] = known
    return known or FAN_SITE.get()


def site_in(scope: Scope, site: Site) -> Site:
    """The site as a call has it: without the file where that is the main workflow's."""
    return site if scope.frame.depth else site[:2]


class Place(NamedTuple):
    """An expression of the author's, and the function it is in."""

    file: str
    span: Span
    function: str


def place_in(code: CodeType, lasti: int, line: int) -> Place:
    """The expression that an instruction of ``code`` belongs to; ``line`` serves where Python knows no columns."""
    found = next(itertools.islice(code.co_positions(), max(lasti, 0) // 2, None), None)
    start = (found[0] if found else None) or line
    end = (found[1] if found else None) or start
    column, end_column = (found[2] or 0, found[3] or 0) if found else (0, 0)
    file = code.co_filename
    return Place(
        file,
        Span(start, _characters(file, start, column), end, _characters(file, end, end_column)),
        code.co_name,
    )


def _characters(file: str, line: int, byte_offset: int) -> int:
    text = linecache.getline(file, line)
    if text.isascii():
        return byte_offset
    return len(text.encode("utf-8")[:byte_offset].decode("utf-8", "ignore"))


def places_of(trace: TracebackType | None) -> list[Place]:
    """The author's places in a traceback, the innermost first; what libraries do in between is left out."""
    places: list[Place] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        if is_authors(code.co_filename):
            places.append(place_in(code, trace.tb_lasti, trace.tb_lineno))
        trace = trace.tb_next
    places.reverse()
    return places


def is_authors(file: str) -> bool:
    """Whether a file belongs to neither odw, nor an installed package, nor Python itself."""
    return not file.startswith((_PACKAGE, "<frozen")) and not any(
        part in file for part in ("/site-packages/", "/lib/python3")
    )


def report_of(error: BaseException, message: str) -> str:
    """``file:line:column: message``, the line with a caret, and where that was called from; then the whole traceback's libraries."""
    places = places_of(error.__traceback__)
    if not places:
        return printable("".join(traceback.format_exception(error)).rstrip())
    shown = [f"{_spot(places[0])}: {message}", caret(_line(places[0]), places[0].span)]
    for place in places[1:SHOWN]:
        shown.append(f"  called from {_spot(place)} in {place.function}")
    return printable("\n".join(shown))


def _spot(place: Place) -> str:
    return f"{shown_path(place.file)}:{place.span.line}:{place.span.column + 1}"


def _line(place: Place) -> str:
    return linecache.getline(place.file, place.span.line).rstrip("\n")


def shown_path(file: str) -> str:
    """A path as people would type it from here."""
    path = Path(file)
    try:
        return str(path.relative_to(Path.cwd()))
    except (ValueError, OSError):
        return file
