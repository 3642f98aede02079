"""Classes (ECMA-262 15.7.14).

A class becomes a maker, called where the class stands, so that each evaluation has its own names::

    def make_A():
        A_class = class_begin('A', NO_PARENT, None, 0)
        class_method(A_class.home, 'm', method(m, 'm', 0, A_class.home))
        A = A_class
        define_field(A, 'count', 0)
        return class_end(A_class)

The inner name ``A`` is bound after the elements and before the static fields, as its dead zone wants.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING

from odw.transpile.estree import Node
from odw.transpile.lower.assignment import initialise
from odw.transpile.lower.frame import Constructor
from odw.transpile.lower.functions import expected_arguments, function_code, lower_method, named, takes_name
from odw.transpile.lower.literals import static_key
from odw.transpile.lower.operators import private_name

if TYPE_CHECKING:
    from odw.transpile.lower.context import Context


def lower_class_expression(ctx: Context, node: Node) -> ast.expr:
    return lower_class(ctx, node, ctx.const(node.id.name if node.id is not None else ""))


def lower_class_declaration(ctx: Context, node: Node) -> list[ast.stmt]:
    low = ctx.collect(lambda: lower_class(ctx, node, ctx.const(node.id.name)))
    return [*low.stmts, *initialise(ctx, node.id, low.expr)]


def lower_class(ctx: Context, node: Node, name: ast.expr) -> ast.expr:
    hint = node.id.name if node.id is not None else str(name.value) if isinstance(name, ast.Constant) else ""
    hint = hint if hint.isidentifier() else "anonymous"
    with ctx.in_maker() as maker:
        body = _Class(ctx, node, hint).lower(name)
    maker_name = ctx.temp(f"make_{hint}")
    ctx.finish_maker(maker, maker_name, body)
    return ctx.call_maker(maker, maker_name)


class _Class:
    """One class definition under construction; ``body`` is the maker's."""

    def __init__(self, ctx: Context, node: Node, hint: str) -> None:
        self.ctx = ctx
        self.node = node
        self.variable = ctx.names.unique(f"{hint}_class")
        self.body: list[ast.stmt] = []
        self.last: list[Callable[[], None]] = []  # static fields and blocks, after all methods

    def lower(self, name: ast.expr) -> list[ast.stmt]:
        ctx, node = self.ctx, self.node
        scope = ctx.table.scope_of(node)
        assert scope is not None
        ctx.own(scope)
        outer_home, ctx.home = ctx.home, self.prototype
        self.declare_private_names()
        self.begin(name)
        for member in node.body.body:
            with ctx.at(member):
                self.member(member)
        if node.id is not None:
            inner = scope.bindings[node.id.name]
            if inner.references:
                with ctx.at(node.id):
                    self.body.append(ctx.assign(ctx.names.of(inner), self.name()))
        for later in self.last:
            later()
        self.body.append(ctx.return_(ctx.call("class_end", self.name())))
        ctx.private_names.pop()
        ctx.home = outer_home
        return self.body

    def name(self) -> ast.expr:
        return self.ctx.name(self.variable)

    def prototype(self) -> ast.expr:
        return self.ctx.attribute(self.name(), "home")

    def add(self, lower: Callable[[], ast.expr]) -> None:
        """One statement, after the definitions it needs."""
        low = self.ctx.collect(lower)
        self.body += [*low.stmts, self.ctx.effect(low.expr)]

    def declare_private_names(self) -> None:
        ctx = self.ctx
        names: dict[str, str] = {}
        for member in self.node.body.body:
            key = getattr(member, "key", None)
            if key is not None and key.type == "PrivateIdentifier" and key.name not in names:
                names[key.name] = ctx.names.unique(f"private_{key.name}")
                with ctx.at(key):
                    made = ctx.call("PrivateName", ctx.const(f"#{key.name}"))
                    self.body.append(ctx.assign(names[key.name], made))
        ctx.private_names.append(names)

    def begin(self, name: ast.expr) -> None:
        ctx, node = self.ctx, self.node
        constructor = next(
            (m for m in node.body.body if m.type == "MethodDefinition" and m.kind == "constructor"), None
        )

        def make() -> ast.expr:
            parent = ctx.name("NO_PARENT") if node.superClass is None else ctx.expr(node.superClass)
            code: ast.expr = ctx.const(None)
            length = 0
            if constructor is not None:
                length = expected_arguments(constructor.value)
                code = self.constructor(constructor.value)
            return ctx.call("class_begin", name, parent, code, ctx.const(length))

        low = ctx.collect(make)
        self.body += [*low.stmts, ctx.assign(self.variable, low.expr)]

    def constructor(self, function: Node) -> ast.expr:
        ctx = self.ctx
        derived = self.node.superClass is not None
        flag = ctx.names.unique("called") if derived and _calls_super_twice(ctx, function) else ""
        ctx.constructors.append(Constructor(self.variable, flag, _has_elements(self.node)))
        hint = f"{self.variable.removesuffix('_class')}_constructor"
        with ctx.at(function):
            code = function_code(ctx, function, hint, constructor="derived" if derived else "base", flag=flag)
        ctx.constructors.pop()
        return code

    def member(self, member: Node) -> None:
        if member.type == "StaticBlock":
            self.last.append(lambda: self.static_block(member))
        elif member.type == "PropertyDefinition":
            self.field(member)
        elif member.kind != "constructor":
            self.method(member)

    def owner(self, member: Node) -> Callable[[], ast.expr]:
        return self.name if member.static else self.prototype

    def key(self, member: Node, keep: bool = False) -> tuple[ast.expr, ast.expr]:
        """The key and, for a function's name, its value again. ``keep``: it is used after this statement, or in other functions."""
        ctx, node = self.ctx, member.key
        with ctx.at(node):
            if node.type == "PrivateIdentifier":
                return private_name(ctx, node), ctx.const(f"#{node.name}")
            if not member.computed:
                fixed = ctx.const(static_key(node))
                return fixed, ctx.again(fixed)
            low = ctx.collect(lambda: ctx.call("property_key", ctx.expr(node)))
            variable = ctx.names.unique("key") if keep else ctx.temp("key")
            self.body += [*low.stmts, ctx.assign(variable, low.expr)]
            return ctx.name(variable), ctx.name(variable)

    def method(self, member: Node) -> None:
        ctx, owner = self.ctx, self.owner(member)
        key, name = self.key(member)
        prefix = "" if member.kind == "method" else member.kind
        if member.key.type == "PrivateIdentifier":
            self.private_method(member, key, name, owner, prefix)
            return
        operation = {"": "class_method", "get": "class_getter", "set": "class_setter"}[prefix]
        self.add(
            lambda: ctx.call(operation, owner(), key, lower_method(ctx, member.value, name, owner, prefix))
        )

    def private_method(
        self, member: Node, key: ast.expr, name: ast.expr, owner: Callable[[], ast.expr], prefix: str
    ) -> None:
        ctx = self.ctx
        if not prefix:
            operation = "private_add_method" if member.static else "class_private_method"
            self.add(
                lambda: ctx.call(operation, self.name(), key, lower_method(ctx, member.value, name, owner))
            )
            return
        pair = [
            m
            for m in self.node.body.body
            if m.type == "MethodDefinition"
            and m.key.type == "PrivateIdentifier"
            and m.key.name == member.key.name
        ]
        if pair[0] is not member:
            return  # made together with the first of the two
        operation = "private_add_accessor" if member.static else "class_private_accessor"

        def make() -> ast.expr:
            made: dict[str, ast.expr] = {"get": ctx.const(None), "set": ctx.const(None)}
            for half in pair:
                with ctx.at(half):
                    made[half.kind] = lower_method(ctx, half.value, name, owner, half.kind)
            return ctx.call(operation, self.name(), key, made["get"], made["set"])

        self.add(make)

    def field(self, member: Node) -> None:
        ctx = self.ctx
        key, name = self.key(member, keep=True)
        if not member.static:
            self.add(
                lambda: ctx.call(
                    "class_field", self.name(), key, self.initialiser(member, name, self.prototype)
                )
            )
            return

        def later() -> None:
            with ctx.at(member):
                if member.value is None:
                    value: Callable[[], ast.expr] = ctx.undefined
                else:
                    value = lambda: self.run(self.initialiser(member, name, self.name))  # noqa: E731
                operation = "private_add" if member.key.type == "PrivateIdentifier" else "define_field"
                self.add(lambda: ctx.call(operation, self.name(), key, value()))

        self.last.append(later)

    def run(self, code: ast.expr) -> ast.expr:
        """Call an initialiser or static block with the class as ``this``."""
        return self.ctx.place(ast.Call(code, [self.name()], []))

    def initialiser(self, member: Node, name: ast.expr, home: Callable[[], ast.expr]) -> ast.expr:
        """``lambda this: value``, or None without a value."""
        ctx = self.ctx
        if member.value is None:
            return ctx.const(None)
        scope = ctx.table.scope_of(member)
        assert scope is not None
        outer, ctx.home = ctx.home, home
        with ctx.in_frame("function", scope) as frame:
            ctx.own(scope)
            low = ctx.collect(lambda: named(ctx, member.value, name))
            receiver, imports = ctx.place(ast.arg("this")), self.imports(scope)
            arguments = ctx.arguments([receiver], kwonly=imports)
            simple = not low.stmts and not frame.nonlocals
        ctx.home = outer
        if simple:
            return ctx.place(ast.Lambda(arguments, low.expr))
        function = ctx.temp("field" if not takes_name(member.value) else "initial")
        ctx.define(ctx.function_def(function, arguments, [*low.stmts, ctx.return_(low.expr)], frame, False))
        return ctx.name(function)

    def imports(self, scope: object) -> list[tuple[ast.arg, ast.expr]]:
        ctx = self.ctx
        names = [ctx.names.of(binding) for binding in ctx.captures.imports.get(scope, ())]  # type: ignore[call-overload]
        return [(ctx.place(ast.arg(name)), ctx.name(name)) for name in names]

    def static_block(self, member: Node) -> None:
        from odw.transpile.lower.blocks import lower_function_body

        ctx = self.ctx
        scope = ctx.table.scope_of(member)
        assert scope is not None
        outer, ctx.home = ctx.home, self.name
        with ctx.at(member):
            with ctx.in_frame("function", scope) as frame:
                ctx.own(scope)
                stmts = lower_function_body(ctx, [scope], member.body)
                arguments = ctx.arguments([ctx.place(ast.arg("this"))], kwonly=self.imports(scope))
            ctx.home = outer
            function = ctx.temp("static_block")
            self.body.append(ctx.function_def(function, arguments, stmts, frame, False))
            self.body.append(ctx.effect(self.run(ctx.name(function))))


def _has_elements(node: Node) -> bool:
    """Whether an instance gets more than its prototype: fields, private methods and accessors."""
    return any(
        not member.static and (member.type == "PropertyDefinition" or member.key.type == "PrivateIdentifier")
        for member in node.body.body
        if member.type != "StaticBlock"
    )


def _calls_super_twice(ctx: Context, function: Node) -> bool:
    """Whether ``super()`` may run twice in one construction: it stands twice, in a loop, or in a nested function."""
    from odw.transpile.analyze.scope import FUNCTIONS, LOOPS
    from odw.transpile.estree import children

    count = 0
    stack: list[tuple[Node, int]] = [(part, 1) for part in children(function)]
    while stack:
        node, weight = stack.pop()
        if node.type == "CallExpression" and node.callee.type == "Super":
            count += weight
        if node.type in LOOPS or node.type in FUNCTIONS or node.type == "TryStatement":
            weight = 2
        stack.extend((child, weight) for child in children(node))
    return count > 1
