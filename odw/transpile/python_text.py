"""A compiled script for people: formatted Python with the script's names and, before their statements, its comments.

The text compiles to what runs. Its globals are ``odw.ecma.abi.ABI``.
"""

from __future__ import annotations

import ast
import hashlib
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

from odw import __version__
from odw.transpile.python_expression import flat, layout, parameter_text

if TYPE_CHECKING:
    from odw.transpile.driver import CheckedScript
    from odw.transpile.source import Source

_STEP: Final = 4


def tree_text(module: ast.Module) -> str:
    """The Python tree itself, indented."""
    return ast.dump(module, indent=2) + "\n"


def python_text(module: ast.Module, checked: CheckedScript) -> str:
    """The module as Python text, with a header that says where it came from."""
    source = checked.source
    digest = hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()
    name = f"{checked.meta.name}: " if checked.meta.name else ""
    header = [
        _comment_line(f"{name}{source.file}, compiled by odw {__version__}."),
        f"# sha256 of the script: {digest}",
        "# The names that are not the script's own come from odw.ecma.abi.",
    ]
    printer = _Printer(source, module, list(checked.program.comments))
    return "\n".join([*header, "", "", *printer.text(module)]) + "\n"


def _comment_line(text: str) -> str:
    return "# " + " ".join(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").split())


class _Printer:
    """Prints statements; ``comments`` maps a statement to what stands before it in the script."""

    def __init__(self, source: Source, module: ast.Module, comments: list[Any]) -> None:
        self.source = source
        self.lines: list[str] = []
        self.before: dict[ast.stmt, list[str]] = {}
        self.behind: dict[ast.stmt, str] = {}
        self.last: list[str] = []
        self._attach(module, comments)

    def text(self, module: ast.Module) -> list[str]:
        self.body(module.body, 0)
        self.lines += [" " * _STEP + line for line in self.last]
        return self.lines

    def _attach(self, module: ast.Module, comments: list[Any]) -> None:
        """A comment goes before the first statement behind it, or behind the statement that ends on its line."""
        first: dict[tuple[int, int], ast.stmt] = {}
        on_line: dict[int, ast.stmt] = {}
        for statement in _statements(module.body):
            if statement in module.body or isinstance(statement, ast.Pass | ast.Nonlocal):
                continue
            first.setdefault((statement.lineno, statement.col_offset), statement)
            if statement.end_lineno is not None:
                on_line[statement.end_lineno] = statement
        starts = sorted(first)
        for comment in comments:
            line, column = self.source.utf8_position(comment.start)
            end_line, _ = self.source.utf8_position(comment.end)
            text = [_comment_line(part.strip().lstrip("*")) for part in comment.value.strip().split("\n")]
            text = [part.rstrip() for part in text]
            same = on_line.get(line)
            if (
                same is not None
                and (same.end_col_offset or 0) <= column
                and len(text) == 1
                and same not in self.behind
            ):
                if isinstance(
                    same, ast.Expr | ast.Assign | ast.Return | ast.Raise | ast.Break | ast.Continue
                ):
                    self.behind[same] = text[0]
                    continue
            index = bisect_left(starts, (end_line, column))
            if index == len(starts):
                self.last += text
            else:
                self.before.setdefault(first[starts[index]], []).extend(text)

    def body(self, statements: list[ast.stmt], indent: int) -> None:
        previous: ast.stmt | None = None
        for statement in statements:
            if previous is not None and self._is_apart(previous, statement):
                self.lines.append("")
            for comment in self.before.get(statement, ()):
                self.lines.append(" " * indent + comment)
            begin = len(self.lines)
            self.statement(statement, indent)
            if statement in self.behind:
                if len(self.lines) == begin + 1 and len(self.lines[-1]) + len(self.behind[statement]) < 110:
                    self.lines[-1] += "  " + self.behind[statement]
                else:
                    self.lines.insert(begin, " " * indent + self.behind[statement])
            previous = statement

    def _is_apart(self, previous: ast.stmt, statement: ast.stmt) -> bool:
        """A blank line: before a function, after one and its assignment, and where the script has one."""
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            return True
        same = (previous.lineno, previous.col_offset) == (statement.lineno, statement.col_offset)
        if isinstance(previous, ast.FunctionDef | ast.AsyncFunctionDef) or same:
            return False
        between = self.source.lines[previous.end_lineno or 0 : statement.lineno - 1]
        return len(between) < 100 and not all(line.strip() for line in between)

    def statement(self, node: ast.stmt, indent: int) -> None:
        _STATEMENTS[type(node)](self, node, indent)

    def line(self, indent: int, text: str) -> None:
        self.lines.append(" " * indent + text)

    def expression(self, indent: int, before: str, value: ast.expr, after: str = "") -> None:
        text = layout(value, indent, len(before), len(after))
        if isinstance(value, ast.Yield | ast.YieldFrom) and before and not before.endswith("= "):
            text = f"({text})"
        self.line(indent, f"{before}{text}{after}")

    def block(self, indent: int, head: str, value: ast.expr | None, body: list[ast.stmt]) -> None:
        if value is None:
            self.line(indent, f"{head}:")
        else:
            self.expression(indent, f"{head} ", value, ":")
        self.body(body, indent + _STEP)

    def function(self, node: Any, indent: int) -> None:
        word = "async def" if isinstance(node, ast.AsyncFunctionDef) else "def"
        self.line(indent, f"{word} {node.name}({parameter_text(node.args)}):")
        self.body(node.body, indent + _STEP)

    def assign(self, node: ast.Assign, indent: int) -> None:
        target = node.targets[0]
        if isinstance(target, ast.List | ast.Tuple):
            names = [flat(item) for item in target.elts]
            text = f"[{', '.join(names)}]" if isinstance(target, ast.List) else ", ".join(names)
        else:
            text = flat(target)
        self.expression(indent, f"{text} = ", node.value)

    def extend(self, node: ast.AugAssign, indent: int) -> None:
        self.expression(indent, f"{flat(node.target)} += ", node.value)

    def if_(self, node: ast.If, indent: int, word: str = "if") -> None:
        self.block(indent, word, node.test, node.body)
        orelse = node.orelse
        if len(orelse) == 1 and isinstance(orelse[0], ast.If):
            for comment in self.before.get(orelse[0], ()):
                self.line(indent, comment)
            self.if_(orelse[0], indent, "elif")
        elif orelse:
            self.block(indent, "else", None, orelse)

    def for_(self, node: Any, indent: int) -> None:
        word = "async for" if isinstance(node, ast.AsyncFor) else "for"
        self.block(indent, f"{word} {flat(node.target)} in", node.iter, node.body)

    def with_(self, node: Any, indent: int) -> None:
        word = "async with" if isinstance(node, ast.AsyncWith) else "with"
        item = node.items[0]
        self.expression(indent, f"{word} ", item.context_expr, f" as {flat(item.optional_vars)}:")
        self.body(node.body, indent + _STEP)

    def try_(self, node: ast.Try, indent: int) -> None:
        self.block(indent, "try", None, node.body)
        for handler in node.handlers:
            assert handler.type is not None
            self.block(indent, f"except {flat(handler.type)} as {handler.name}", None, handler.body)
        if node.finalbody:
            self.block(indent, "finally", None, node.finalbody)


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """All statements, in the order they are printed."""
    for statement in body:
        yield statement
        for field in ("body", "handlers", "orelse", "finalbody"):
            for below in getattr(statement, field, ()):
                yield from _statements(below.body if isinstance(below, ast.ExceptHandler) else [below])


_STATEMENTS: Final[dict[type[ast.stmt], Callable[[_Printer, Any, int], None]]] = {
    ast.Assign: _Printer.assign,
    ast.AsyncFor: _Printer.for_,
    ast.AsyncFunctionDef: _Printer.function,
    ast.AsyncWith: _Printer.with_,
    ast.AugAssign: _Printer.extend,
    ast.Break: lambda printer, _, indent: printer.line(indent, "break"),
    ast.Continue: lambda printer, _, indent: printer.line(indent, "continue"),
    ast.Delete: lambda printer, node, indent: printer.line(indent, f"del {node.targets[0].id}"),
    ast.Expr: lambda printer, node, indent: printer.expression(indent, "", node.value),
    ast.For: _Printer.for_,
    ast.FunctionDef: _Printer.function,
    ast.If: _Printer.if_,
    ast.Nonlocal: lambda printer, node, indent: printer.line(indent, f"nonlocal {', '.join(node.names)}"),
    ast.Pass: lambda printer, _, indent: printer.line(indent, "pass"),
    ast.Raise: lambda printer, node, indent: printer.expression(indent, "raise ", node.exc),
    ast.Return: lambda printer, node, indent: printer.expression(indent, "return ", node.value),
    ast.Try: _Printer.try_,
    ast.While: lambda printer, node, indent: printer.block(indent, "while", node.test, node.body),
    ast.With: _Printer.with_,
}
