"""The state of one lowering: names, the stack of Python functions being built, and the border between JavaScript's
expressions and Python's."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from odw.errors import ScriptRejected
from odw.transpile.analyze.captures import Captures
from odw.transpile.analyze.known_functions import Direct
from odw.transpile.analyze.scope import Binding, Scope, ScopeTable
from odw.transpile.analyze.value_types import ValueTypes
from odw.transpile.estree import Node
from odw.transpile.lower import labels
from odw.transpile.lower.frame import Constructor, Frame, FrameKind
from odw.transpile.lower.names import Names
from odw.transpile.lower.positions import Builder
from odw.transpile.lower.result import Lowered
from odw.transpile.source import Source


class Context(Builder):
    """What every lowering function gets. ``expr`` and ``statement`` dispatch by node type (visitor.py)."""

    def __init__(self, source: Source, table: ScopeTable) -> None:
        super().__init__(source)
        self.table = table
        self.captures = Captures(table)
        self.names = Names(table, self.captures)
        self.types = ValueTypes(table)
        self.owner: dict[Binding, Frame] = {}  # the frame whose Python local a binding is
        self.frame: Frame = None  # type: ignore[assignment]  # set by modules.lower_program
        self.home: Callable[[], ast.expr] | None = None  # the home object of the method being lowered
        self.constructors: list[Constructor] = []  # around, the innermost last
        self.private_names: list[dict[str, str]] = []  # of the classes around: #name -> Python name
        self.module_level: list[ast.stmt] = []  # runs once, before the script
        self.default_name = ""  # the variable that holds an anonymous default export
        self.labels: list[str] = []  # labels directly before the statement being lowered
        from odw.transpile.lower.visitor import EXPRESSIONS, STATEMENTS

        self._expressions = EXPRESSIONS
        self._statements = STATEMENTS

    # Dispatch

    def expr(self, node: Node) -> ast.expr:
        """The Python expression for a JavaScript one; its definitions go to ``frame.definitions``."""
        outer = self.here
        self.here = self.span(node)
        result = self._expressions[node.type](self, node)
        self.here = outer
        return result

    def statement(self, node: Node) -> list[ast.stmt]:
        """The Python statements for a JavaScript one. Temporaries it used are free again afterwards."""
        frame = self.frame
        outer, live, counts = self.here, frame.live, frame.counts
        frame.live, frame.counts = set(live), dict(counts)
        self.here = self.span(node)
        result = self._statements[node.type](self, node)
        self.here = outer
        frame.live, frame.counts = live, counts
        return result

    def value(self, node: Node) -> Lowered:
        """An expression with the definitions that must precede it."""
        return self.collect(lambda: self.expr(node))

    def collect(self, lower: Callable[[], ast.expr]) -> Lowered:
        frame = self.frame
        outer, frame.definitions = frame.definitions, []
        expr = lower()
        stmts, frame.definitions = frame.definitions, outer
        return Lowered(stmts, expr)

    def collect_statements(self, lower: Callable[[], list[ast.stmt]]) -> list[ast.stmt]:
        """Statements made of expressions, after the definitions of all of them."""
        frame = self.frame
        outer, frame.definitions = frame.definitions, []
        stmts = lower()
        definitions, frame.definitions = frame.definitions, outer
        return [*definitions, *stmts]

    def define(self, definition: ast.stmt) -> None:
        self.frame.definitions.append(definition)

    # Frames

    @contextmanager
    def in_frame(
        self, kind: FrameKind, scope: Scope, is_async: bool = False, is_generator: bool = False
    ) -> Iterator[Frame]:
        outer = self.frame
        self.frame = frame = Frame(kind, scope, outer, is_async, is_generator)
        labels, self.labels = self.labels, []
        yield frame
        self.frame, self.labels = outer, labels

    @contextmanager
    def in_maker(self, kind: FrameKind = "expression") -> Iterator[Frame]:
        """A Python function of the compiler's own inside the current JavaScript function."""
        frame = self.frame
        with self.in_frame(
            kind, frame.scope, is_async=frame.is_async, is_generator=frame.is_generator
        ) as maker:
            yield maker

    def finish_maker(self, maker: Frame, name: str, body: list[ast.stmt], parameter: str = "") -> None:
        """Define the maker's function before the current statement."""
        arguments = [self.place(ast.arg(parameter))] if parameter else []
        self.define(self.function_def(name, self.arguments(arguments), body, maker, maker.awaits))

    def call_maker(self, maker: Frame, name: str, *args: ast.expr) -> ast.expr:
        """The call that stands where the maker's code stood; it suspends if that code does."""
        called: ast.expr = self.call(name, *args)
        if maker.awaits:
            self.frame.awaits = True
            return self.place(ast.Await(called))
        if maker.yields:
            self.frame.yields = True
            return self.place(ast.YieldFrom(called))
        return called

    def function_def(
        self, name: str, arguments: ast.arguments, body: list[ast.stmt], frame: Frame, is_async: bool
    ) -> ast.stmt:
        """``def name(…): nonlocal …; body``."""
        if frame.jump:
            body = labels.guard_jumps(self, frame, body)
        if frame.nonlocals:
            body = [self.place(ast.Nonlocal(sorted(frame.nonlocals))), *body]
        made: Any = ast.AsyncFunctionDef if is_async else ast.FunctionDef
        fields: dict[str, Any] = {
            "name": name,
            "args": arguments,
            "body": body or [self.pass_()],
            "decorator_list": [],
        }
        if "type_params" in made._fields:  # Python 3.12
            fields["type_params"] = []
        return self.place(made(**fields))  # type: ignore[no-any-return]

    def arguments(
        self,
        args: list[ast.arg],
        defaults: list[ast.expr] | None = None,
        vararg: ast.arg | None = None,
        kwonly: list[tuple[ast.arg, ast.expr]] | None = None,
    ) -> ast.arguments:
        kwonly = kwonly or []
        return ast.arguments(
            [], args, vararg, [arg for arg, _ in kwonly], [d for _, d in kwonly], None, defaults or []
        )

    # Names

    def temp(self, base: str = "t") -> str:
        """A Python local of the current frame that is free until the current statement ends."""
        frame = self.frame
        name, frame.counts[base] = self.names.fresh(base, frame.live, frame.counts.get(base, 0) + 1)
        frame.live.add(name)
        return name

    def hold(self, value: ast.expr, base: str = "t") -> tuple[ast.expr, ast.expr]:
        """``value`` to be evaluated once and used twice: the first use and the second."""
        if self.is_repeatable(value):
            again = self.again(value)
            return value, self.steady(again) if isinstance(again, ast.Name) else again
        name = self.temp(base)
        return self.walrus(name, value), self.steady(self.name(name))

    @staticmethod
    def is_repeatable(value: ast.expr) -> bool:
        return isinstance(value, ast.Constant) or (
            isinstance(value, ast.Name) and getattr(value, "steady", False)
        )

    def steady(self, name: ast.Name) -> ast.Name:
        """Mark a name that gives the same value when it is evaluated again within an operation."""
        name.steady = True  # type: ignore[attr-defined]
        return name

    def own(self, scope: Scope) -> None:
        """The bindings of ``scope`` are locals of the current frame."""
        for binding in scope.bindings.values():
            self.owner[binding] = self.frame

    def writes(self, binding: Binding) -> str:
        """The Python name of a binding that the current frame assigns."""
        name = self.names.of(binding)
        if self.owner[binding] is not self.frame:
            self.frame.nonlocals.add(name)
        return name

    def direct(self, binding: Binding | None) -> Direct | None:
        """How the code of a function is called that needs no function object: the variable holds the code."""
        if binding is None or self.captures.storage(binding) != "local":
            return None
        return self.types.functions.direct(binding)

    # What code means by this

    def this_scope(self) -> Scope:
        """The function (or the module) whose ``this`` the current code means."""
        scope = self.frame.scope
        while scope.is_arrow and scope.parent is not None:
            scope = scope.parent.function_scope
        return scope

    def this(self) -> ast.expr:
        return self.undefined() if self.this_scope().kind == "module" else self.steady(self.name("this"))

    def is_own_this(self) -> bool:
        """Whether ``this`` is a local of the current frame."""
        return not self.frame.is_maker and not self.frame.scope.is_arrow

    def refuse(self, node: Node, message: str, help: str = "", code: str = "ODW202") -> NoReturn:
        rule = {"ODW202": "unsupported-syntax"}.get(code, "syntax-error")
        found = self.source.diagnostic(code, rule, "error", message, node.start, node.end, help)
        raise ScriptRejected(f"{self.source.file}: {message}", [found])
