"""Where in the script a piece of compiled code stands.

The compiler gives every Python instruction the position of the script text it came from (CPython keeps lines and
columns per instruction), so a frame tells line, column and the very text of the expression that is running. Nothing is
spent for this until an error needs it.

Lines are 1-based. Columns are 0-based and count characters of the script's text as Python holds it (code points);
inside code objects CPython keeps them as UTF-8 byte offsets, and this module converts.
"""

from __future__ import annotations

import functools
import itertools
import re
import sys
from collections import deque
from types import CodeType, FrameType, TracebackType


class Place:
    """A span of a registered script: 1-based lines, 0-based code-point columns, the end exclusive."""

    __slots__ = ("column", "end_column", "end_line", "file", "function", "line")

    def __init__(
        self, file: str, line: int, column: int, end_line: int, end_column: int, function: str
    ) -> None:
        self.file = file
        self.line = line
        self.column = column
        self.end_line = end_line
        self.end_column = end_column
        self.function = function

    @property
    def text(self) -> str:
        """The script text of this span."""
        lines = _scripts[self.file]
        if self.line == self.end_line:
            return lines[self.line - 1][self.column : self.end_column]
        first, *middle = lines[self.line - 1 : self.end_line]
        return "\n".join(
            [first[self.column :], *middle[:-1], (middle[-1] if middle else "")[: self.end_column]]
        )

    @property
    def source_line(self) -> str:
        return _scripts[self.file][self.line - 1]

    @property
    def last_line(self) -> str:
        return _scripts[self.file][self.end_line - 1]


_scripts: dict[str, list[str]] = {}


def register_script(file: str, lines: list[str]) -> None:
    """Make ``file`` (the ``co_filename`` of compiled code) known, with its lines without their terminators."""
    _scripts[file] = lines
    names.cache_clear()


@functools.lru_cache(1024)
def names(file: str, name: str) -> bool:
    """Whether ``name`` stands as a word in the text of the script ``file``."""
    word = re.compile(rf"(?<![\w$]){re.escape(name)}(?![\w$])")
    return any(name in line and word.search(line) for line in _scripts[file])


def is_script(file: str) -> bool:
    return file in _scripts


def current_place(frame: FrameType | None = None) -> Place | None:
    """The place of the innermost script frame at or above ``frame`` (default: the caller)."""
    frame = frame or sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_filename in _scripts:
            return _place(frame.f_code, frame.f_lasti)
        frame = frame.f_back
    return None


def call_site(frame: FrameType | None) -> tuple[int, int, str] | None:
    """Line and column, both from 1, and the file of what the innermost script frame at or above ``frame`` is running."""
    while frame is not None:
        if frame.f_code.co_filename in _scripts:
            return _site(frame.f_code, frame.f_lasti)
        frame = frame.f_back
    return None


@functools.lru_cache(1024)
def _site(code: CodeType, lasti: int) -> tuple[int, int, str] | None:
    place = _place(code, lasti)
    return None if place is None else (place.line, place.column + 1, place.file)


def frames_of(limit: int = 10, frame: FrameType | None = None) -> tuple[tuple[CodeType, int], ...]:
    """What ``resolved`` makes places of: cheap to take where an error is made, which is often never printed."""
    found: list[tuple[CodeType, int]] = []
    walk: FrameType | None = frame or sys._getframe(1)
    while walk is not None and len(found) < limit:
        if walk.f_code.co_filename in _scripts:
            found.append((walk.f_code, walk.f_lasti))
        walk = walk.f_back
    return tuple(found)


def resolved(frames: tuple[tuple[CodeType, int], ...]) -> list[Place]:
    """The places of the frames that ``frames_of`` took, the innermost first."""
    return [place for code, lasti in frames if (place := _place(code, lasti)) is not None]


def traceback_places(traceback: TracebackType | None) -> list[Place]:
    """The places of a traceback's script frames, the innermost first."""
    places: list[Place] = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if code.co_filename in _scripts and (place := _place(code, traceback.tb_lasti)):
            places.append(place)
        traceback = traceback.tb_next
    places.reverse()
    return places


def traceback_frames(traceback: TracebackType | None, limit: int = 10) -> tuple[tuple[CodeType, int], ...]:
    """Like ``frames_of``, for an error of Python's own that has left the frames it was raised in."""
    found: deque[tuple[CodeType, int]] = deque(maxlen=limit)
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if code.co_filename in _scripts:
            found.appendleft((code, traceback.tb_lasti))
        traceback = traceback.tb_next
    return tuple(found)


def raised_in_script(traceback: TracebackType | None, unbound: str = "") -> Place | None:
    """The place of the instruction that raised, if the innermost frame of ``traceback`` is a script's; else None.

    ``unbound`` is the Python name that had no value, if that is what was wrong.
    """
    if traceback is None:
        return None
    while traceback.tb_next is not None:
        traceback = traceback.tb_next
    code, lasti = traceback.tb_frame.f_code, traceback.tb_lasti
    if code.co_filename not in _scripts:
        return None
    return _place(code, _load_of(unbound, code, lasti) if unbound else lasti)


def _load_of(name: str, code: CodeType, lasti: int) -> int:
    """The instruction that loads ``name``: the one at ``lasti``, or else the next.

    CPython runs two loads that often follow each other as one, and says of either that it happened at the first.
    """
    import dis

    for instruction in dis.get_instructions(code):
        if instruction.offset >= lasti and instruction.argval == name:
            return instruction.offset if instruction.offset <= lasti + 4 else lasti
    return lasti


def place_of_constant(code: CodeType, constant: CodeType) -> Place | None:
    """The place of the instruction of ``code`` that loads ``constant``, the code of a function that it makes."""
    import dis

    for instruction in dis.get_instructions(code):
        if instruction.argval is constant:
            return _place(code, instruction.offset)
    return None


def _place(code: CodeType, lasti: int) -> Place | None:
    position = next(itertools.islice(code.co_positions(), max(lasti, 0) // 2, None), None)
    if position is None or position[0] is None:
        return None
    line, end_line, column, end_column = position[0], position[1] or position[0], position[2], position[3]
    lines = _scripts[code.co_filename]
    if line > len(lines):
        return None
    last = min(end_line, len(lines))
    return Place(
        code.co_filename,
        line,
        _characters(lines[line - 1], column or 0),
        last,
        _characters(lines[last - 1], end_column or 0),
        code.co_name,
    )


def _characters(line: str, byte_offset: int) -> int:
    if line.isascii():
        return byte_offset
    return len(line.encode("utf-8", "surrogatepass")[:byte_offset].decode("utf-8", "ignore"))
