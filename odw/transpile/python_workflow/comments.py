"""Comments: each goes with the statement, the property or the item that it stands before, or behind on the same line."""

from __future__ import annotations

from typing import Any

from odw.transpile.estree import Node
from odw.transpile.python_workflow.context import Context
from odw.transpile.python_workflow.layout import HARD, Doc


class Comments:
    """The comments of a script, handed out once each."""

    def __init__(self, program: Node, text: str) -> None:
        self._left: list[Node] = list(program.comments)
        self._text = text

    def before(self, position: int) -> list[str]:
        """The lines of those that end before ``position``."""
        found: list[str] = []
        while self._left and self._left[0].end <= position:
            found += comment_lines(self._left.pop(0), self._text)
        return found

    def next_start(self, position: int) -> int:
        """Where the first comment before ``position`` begins, else ``position``."""
        return self._left[0].start if self._left and self._left[0].start < position else position

    def behind(self, position: int) -> str:
        """The comment that stands behind ``position`` on its line."""
        if not self._left:
            return ""
        one = self._left[0]
        gap = self._text[position : one.start]
        if one.start < position or "\n" in gap or gap.strip(" \t,;)]}"):
            return ""
        lines = comment_lines(one, self._text)
        end = self._text.find("\n", one.end)
        rest = self._text[one.end : end if end >= 0 else len(self._text)]
        if len(lines) != 1 or rest.strip():
            return ""
        self._left.pop(0)
        return lines[0]

    def inside(self, start: int, end: int) -> list[str]:
        """Those that are left inside a piece of code; they go before it."""
        found: list[str] = []
        kept: list[Node] = []
        for one in self._left:
            if start <= one.start and one.end <= end:
                found += comment_lines(one, self._text)
            else:
                kept.append(one)
        self._left = kept
        return found


def comment_lines(comment: Node, text: str) -> list[str]:
    """A comment as lines of Python's."""
    if comment.type == "Line":
        return [_line(comment.value)]
    lines = [line.strip().lstrip("*").rstrip() for line in comment.value.split("\n")]
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    return [_line(line) for line in lines] or ["#"]


def _line(text: str) -> str:
    text = "".join(c if c.isprintable() or c == "\t" else " " for c in text).rstrip()
    if not text:
        return "#"
    return f"#{text}" if text[0] == " " else f"# {text}"


def with_comments(ctx: Context, node: Node, part: Any, comma: bool = True) -> Doc:
    """A property or an item with the comments before it, each on a line of its own."""
    lines = ctx.comments.before(node.start)
    found: list[Doc] = []
    for line in lines:
        found += [line, HARD]
    found.append(part)
    if comma:
        found.append(",")
        behind = ctx.comments.behind(node.end)
        if behind:
            found.append(f"  {behind}")
    return found


def put_comments(ctx: Context, position: int) -> None:
    for line in ctx.comments.before(position):
        ctx.put(line)
