"""Python nodes that carry the position of the script text they stand for.

``Builder.here`` is the current position: the span of the JavaScript node being lowered. Every constructor of this class
copies it through ``place``; ``at`` moves it for a while. Lines are 1-based, columns UTF-8 bytes, as CPython wants them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Any, TypeVar

from odw.transpile.estree import Node
from odw.transpile.source import Source

Span = tuple[int, int, int, int]
P = TypeVar("P", bound=ast.AST)

_LOAD, _STORE, _DELETE = ast.Load(), ast.Store(), ast.Del()


class At:
    """A change of the current position for a while."""

    __slots__ = ("builder", "span")

    def __init__(self, builder: Builder, span: Span) -> None:
        self.builder = builder
        self.span = span

    def __enter__(self) -> None:
        self.builder.here, self.span = self.span, self.builder.here

    def __exit__(self, *_: object) -> None:
        self.builder.here = self.span


class Builder:
    """Makes Python nodes at the current position."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.here: Span = (1, 0, 1, 0)

    def span(self, node: Node) -> Span:
        return (*self.source.utf8_position(node.start), *self.source.utf8_position(node.end))

    def at(self, node: Node) -> At:
        """``with ctx.at(node):`` new nodes stand for ``node``."""
        return At(self, self.span(node))

    def place(self, python: P) -> P:
        """Give ``python`` the current position."""
        node: Any = python
        node.lineno, node.col_offset, node.end_lineno, node.end_col_offset = self.here
        return python

    # Expressions

    def const(self, value: Any) -> ast.expr:
        return self.place(ast.Constant(value))

    def name(self, name: str) -> ast.Name:
        return self.place(ast.Name(name, _LOAD))

    def target(self, name: str) -> ast.Name:
        return self.place(ast.Name(name, _STORE))

    def call(self, function: str, *args: ast.expr) -> ast.Call:
        """A call of a function of the library's interface, or of one that the compiler made."""
        return self.place(ast.Call(self.name(function), list(args), []))

    def call_with(self, function: str, args: list[ast.expr], **keywords: ast.expr) -> ast.Call:
        passed = [self.place(ast.keyword(name, value)) for name, value in keywords.items()]
        return self.place(ast.Call(self.name(function), args, passed))

    def invoke(self, value: ast.expr, attribute: str, *args: ast.expr) -> ast.Call:
        """``value.attribute(*args)``."""
        return self.place(ast.Call(self.attribute(value, attribute), list(args), []))

    def attribute(self, value: ast.expr, attribute: str) -> ast.Attribute:
        return self.place(ast.Attribute(value, attribute, _LOAD))

    def attribute_target(self, value: ast.expr, attribute: str) -> ast.Attribute:
        return self.place(ast.Attribute(value, attribute, _STORE))

    def walrus(self, name: str, value: ast.expr) -> ast.expr:
        return self.place(ast.NamedExpr(self.target(name), value))

    def conditional(self, test: ast.expr, yes: ast.expr, no: ast.expr) -> ast.expr:
        return self.place(ast.IfExp(test, yes, no))

    def negate(self, test: ast.expr) -> ast.expr:
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            return test.operand
        if isinstance(test, ast.Compare) and type(test.ops[0]) in _OPPOSITE:
            test.ops = [_OPPOSITE[type(test.ops[0])]()]
            return test
        return self.place(ast.UnaryOp(ast.Not(), test))

    def all_of(self, *tests: ast.expr) -> ast.expr:
        return self._bool(ast.And, tests)

    def any_of(self, *tests: ast.expr) -> ast.expr:
        return self._bool(ast.Or, tests)

    def _bool(self, operator: type[ast.And] | type[ast.Or], tests: tuple[ast.expr, ...]) -> ast.expr:
        flat: list[ast.expr] = []
        for test in tests:
            if isinstance(test, ast.BoolOp) and isinstance(test.op, operator):
                flat += test.values
            else:
                flat.append(test)
        return flat[0] if len(flat) == 1 else self.place(ast.BoolOp(operator(), flat))

    def is_(self, value: ast.expr, name: str) -> ast.expr:
        """``value is undefined`` and its like."""
        return self.place(
            ast.Compare(value, [ast.Is()], [self.const(None) if name == "None" else self.name(name)])
        )

    def compare(self, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> ast.expr:
        return self.place(ast.Compare(left, [operator], [right]))

    def sequence(self, values: list[ast.expr], index: int = -1) -> ast.expr:
        """Evaluate all, from left to right; the value is the one at ``index``."""
        if len(values) == 1:
            return values[0]
        pair = self.place(ast.Tuple(values, _LOAD))
        return self.place(ast.Subscript(pair, self.const(index % len(values)), _LOAD))

    def tuple_of(self, values: list[ast.expr]) -> ast.expr:
        return self.place(ast.Tuple(values, _LOAD))

    def list_of(self, values: Iterable[ast.expr]) -> ast.expr:
        return self.place(ast.List(list(values), _LOAD))

    def dict_of(self, keys: list[ast.expr | None], values: list[ast.expr]) -> ast.expr:
        """``{key: value, …}``; a None key spreads the value."""
        return self.place(ast.Dict(keys, values))

    def starred(self, value: ast.expr) -> ast.expr:
        return self.place(ast.Starred(value, _LOAD))

    def undefined(self) -> ast.expr:
        return self.name("undefined")

    def again(self, expression: ast.expr) -> ast.expr:
        """A copy of a name or constant, to be evaluated once more."""
        if isinstance(expression, ast.NamedExpr):
            return self.name(expression.target.id)
        if isinstance(expression, ast.Constant):
            return self.const(expression.value)
        if isinstance(expression, ast.Attribute):
            return self.attribute(self.again(expression.value), expression.attr)
        assert isinstance(expression, ast.Name), expression
        return self.name(expression.id)

    # Statements

    def assign(self, name: str, value: ast.expr) -> ast.stmt:
        return self.place(ast.Assign([self.target(name)], value))

    def assign_to(self, target: ast.expr, value: ast.expr) -> ast.stmt:
        return self.place(ast.Assign([target], value))

    def effect(self, value: ast.expr) -> ast.stmt:
        return self.place(ast.Expr(value))

    def delete(self, name: str) -> ast.stmt:
        return self.place(ast.Delete([self.place(ast.Name(name, _DELETE))]))

    def return_(self, value: ast.expr) -> ast.stmt:
        return self.place(ast.Return(value))

    def raise_(self, value: ast.expr) -> ast.stmt:
        return self.place(ast.Raise(value))

    def break_(self) -> ast.stmt:
        return self.place(ast.Break())

    def continue_(self) -> ast.stmt:
        return self.place(ast.Continue())

    def if_(self, test: ast.expr, body: list[ast.stmt], orelse: list[ast.stmt] | None = None) -> ast.stmt:
        return self.place(ast.If(test, body or [self.pass_()], orelse or []))

    def while_(self, test: ast.expr, body: list[ast.stmt]) -> ast.stmt:
        return self.place(ast.While(test, body or [self.pass_()], []))

    def pass_(self) -> ast.stmt:
        return self.place(ast.Pass())


_OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
