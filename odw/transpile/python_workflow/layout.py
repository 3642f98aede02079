"""Text that is laid out by width: a small document printer.

A document is a str, a list of documents, or one of the classes below. A group is written on one line if it fits, else every line
break of its own is taken.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

WIDTH: Final = 110

Doc: TypeAlias = Any


class Line:
    """A line break, or ``flat`` on one line. ``hard``: a break in any case."""

    __slots__ = ("flat", "hard")

    def __init__(self, flat: str, hard: bool = False) -> None:
        self.flat = flat
        self.hard = hard


SOFT: Final = Line("")
SPACE: Final = Line(" ")
HARD: Final = Line("", True)


class Group:
    __slots__ = ("doc",)

    def __init__(self, doc: Doc) -> None:
        self.doc = doc


class Indent:
    __slots__ = ("doc",)

    def __init__(self, doc: Doc) -> None:
        self.doc = doc


class Broken:
    """A text that is written only where the group around it is broken."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


class Text:
    """A string literal; inside an f-string it takes the other quotes."""

    __slots__ = ("prefix", "value")

    def __init__(self, value: str, prefix: str = "") -> None:
        self.value = value
        self.prefix = prefix


def quoted(value: str) -> str:
    """A text as Python's literal, in double quotes unless it holds some and no single ones."""
    if '"' in value and "'" not in value:
        return f"'{_escaped(value)}'"
    return '"' + _escaped(value).replace('"', '\\"') + '"'


_NAMED: Final = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _escaped(value: str) -> str:
    if value.isprintable() and "\\" not in value:
        return value
    return "".join(_NAMED.get(c) or (c if c.isprintable() else _numbered(c)) for c in value)


def _numbered(c: str) -> str:
    code = ord(c)
    if code == 0xFEFF or 0xD800 <= code < 0xE000:
        return f"\\u{code:04x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def escaped_in(value: str, quote: str) -> str:
    """The inside of a literal between ``quote``."""
    return _escaped(value).replace(quote, "\\" + quote)


def flat(doc: Doc) -> str | None:
    """The document on one line; None when it has a break in any case."""
    return _on_one_line(doc, quoted)


def inside_fstring(doc: Doc) -> str | None:
    """The document as it may stand in an f-string of double quotes; None when it cannot (Python 3.11: no backslash, no ``"``)."""
    found = _on_one_line(doc, lambda text: f"'{_escaped(text)}'" if "'" not in text else '"')
    if found is None or '"' in found or "\\" in found or "#" in found or len(found) > 70:
        return None
    return found


def _on_one_line(doc: Doc, literal: Callable[[str], str]) -> str | None:
    parts: list[str] = []
    stack = [doc]
    while stack:
        one = stack.pop()
        if isinstance(one, str):
            parts.append(one)
        elif isinstance(one, list):
            stack.extend(reversed(one))
        elif isinstance(one, Line):
            if one.hard:
                return None
            parts.append(one.flat)
        elif isinstance(one, Text):
            parts.append(literal(one.value))
        elif isinstance(one, Group | Indent):
            stack.append(one.doc)
    return "".join(parts)


def _fits(stack: list[tuple[int, bool, Doc]], room: int) -> bool:
    """Whether what is next fits in ``room`` columns, up to the first break of what stays broken."""
    todo = list(stack[-1:])
    rest = len(stack) - 1
    while room >= 0:
        if not todo:
            if rest == 0:
                return True
            rest -= 1
            todo.append(stack[rest])
            continue
        indent, broken, doc = todo.pop()
        if isinstance(doc, str):
            room -= len(doc)
        elif isinstance(doc, list):
            todo.extend((indent, broken, part) for part in reversed(doc))
        elif isinstance(doc, Line):
            if broken or doc.hard:
                return broken or not doc.hard
            room -= len(doc.flat)
        elif isinstance(doc, Text):
            room -= len(quoted(doc.value))
        elif isinstance(doc, Broken):
            room -= len(doc.text) if broken else 0
        elif isinstance(doc, Group):
            todo.append((indent, broken and has_hard(doc.doc), doc.doc))
        else:
            todo.append((indent, broken, doc.doc))
    return False


def has_hard(doc: Doc) -> bool:
    stack = [doc]
    while stack:
        one = stack.pop()
        if isinstance(one, list):
            stack.extend(one)
        elif isinstance(one, Line):
            if one.hard:
                return True
        elif isinstance(one, Group | Indent):
            stack.append(one.doc)
    return False


def render(doc: Doc, indent: int = 0) -> str:
    """The text of a document whose lines begin ``indent`` columns in."""
    out: list[str] = []
    column = indent
    stack: list[tuple[int, bool, Doc]] = [(indent, True, doc)]
    while stack:
        level, broken, one = stack.pop()
        if isinstance(one, str):
            out.append(one)
            column += len(one)
        elif isinstance(one, Text):
            text = quoted(one.value)
            out.append(text)
            column += len(text)
        elif isinstance(one, list):
            stack.extend((level, broken, part) for part in reversed(one))
        elif isinstance(one, Line):
            if broken or one.hard:
                out.append("\n" + " " * level)
                column = level
            else:
                out.append(one.flat)
                column += len(one.flat)
        elif isinstance(one, Broken):
            if broken:
                out.append(one.text)
                column += len(one.text)
        elif isinstance(one, Indent):
            stack.append((level + 4, broken, one.doc))
        else:
            wide = has_hard(one.doc) or not _fits([*stack, (level, False, one.doc)], WIDTH - column)
            stack.append((level, wide, one.doc))
    return "\n".join(line.rstrip() for line in "".join(out).split("\n"))
