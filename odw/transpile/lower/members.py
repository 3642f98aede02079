"""Property access: reading, ``delete``, ``super``, private names, optional chains.

``a.b`` → ``get(a, 'b')``; ``a?.b.c`` → ``undefined if nullish(a) else get(get(a, 'b'), 'c')``. The call node has the span
of the object, which is what an error about ``undefined`` is about.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from odw.transpile.estree import Node
from odw.transpile.lower import arithmetic
from odw.transpile.lower.operators import private_name
from odw.transpile.source import utf16

if TYPE_CHECKING:
    from odw.transpile.lower.context import Context


@dataclass(slots=True)
class MemberReference:
    """A property as an assignment target: ``first`` evaluates its object and key, ``again`` repeats their values."""

    node: Node
    kind: str  # "" | "item" | "private" | "super"
    first: list[ast.expr]
    again: list[ast.expr]

    def read(self, ctx: Context, again: bool = False) -> ast.expr:
        parts = self.again if again else self.first
        with ctx.at(self.node.object):
            if self.kind == "super":
                return ctx.call("super_get", _home(ctx), *parts, ctx.this())
            return ctx.call({"": "get", "item": "get_item", "private": "private_get"}[self.kind], *parts)

    def write(self, ctx: Context, value: ast.expr, again: bool = False) -> ast.expr:
        parts = self.again if again else self.first
        if self.kind == "super":
            return ctx.call("super_put", _home(ctx), *parts, value, ctx.this())
        return ctx.call({"": "put", "item": "put_item", "private": "private_put"}[self.kind], *parts, value)

    def add(self, ctx: Context, old: ast.expr, value: ast.expr) -> ast.expr:
        """``+=``: ``old`` is what was read, ``value`` what is added. Not for ``super``."""
        operation = {"": "add_to", "item": "add_to_item", "private": "add_to_private"}[self.kind]
        return ctx.call(operation, *self.first, old, value)


def reference(ctx: Context, node: Node, twice: bool) -> MemberReference:
    """``twice``: it will be read and written."""
    if node.object.type == "Super":
        key = _super_key(ctx, node)
        first, again = ctx.hold(key, "key") if twice else (key, key)
        return MemberReference(node, "super", [first], [again])
    value = ctx.expr(node.object)
    o, o_again = ctx.hold(value, "o") if twice else (value, value)
    if node.property.type == "PrivateIdentifier":
        return MemberReference(
            node,
            "private",
            [o, private_name(ctx, node.property)],
            [o_again, private_name(ctx, node.property)],
        )
    fixed = fixed_key(node)
    if fixed is not None:
        return MemberReference(node, "", [o, ctx.const(fixed)], [o_again, ctx.const(fixed)])
    key = ctx.expr(node.property)
    if not twice:
        return MemberReference(node, "item", [o, key], [])
    k, k_again = ctx.hold(key, "k")
    return MemberReference(node, "item", [o, k], [o_again, k_again])


def fixed_key(node: Node) -> str | None:
    """The key of ``o.name`` and ``o['name']``; None for any other."""
    if not node.computed:
        return utf16(node.property.name)
    prop = node.property
    if prop.type == "Literal" and isinstance(prop.value, str):
        return prop.value
    return None


def lower_member(ctx: Context, node: Node) -> ast.expr:
    if node.object.type == "Super":
        return ctx.call("super_get", _home(ctx), _super_key(ctx, node), ctx.this())
    return read_member(ctx, node, ctx.expr(node.object))


def read_member(ctx: Context, node: Node, o: ast.expr) -> ast.expr:
    """The property that ``node`` names, of an object already lowered."""
    if node.property.type == "PrivateIdentifier":
        with ctx.at(node.object):
            return ctx.call("private_get", o, private_name(ctx, node.property))
    fixed = fixed_key(node)
    if fixed == "length" and (proved := arithmetic.length(ctx, o, ctx.types.of(node.object))) is not None:
        return proved
    key = ctx.expr(node.property) if fixed is None else None
    with ctx.at(node.object):
        return ctx.call("get", o, ctx.const(fixed)) if key is None else ctx.call("get_item", o, key)


def _home(ctx: Context) -> ast.expr:
    assert ctx.home is not None  # the parser refuses super elsewhere
    return ctx.home()


def _super_key(ctx: Context, node: Node) -> ast.expr:
    """Where ``super()`` may not have run, ``this`` is looked at before a computed key (13.3.7.1)."""
    fixed = fixed_key(node)
    if fixed is not None:
        return ctx.const(fixed)
    key = ctx.expr(node.property)
    return ctx.sequence([ctx.this(), key]) if ctx.this_scope().uses_super_call else key


def lower_delete(ctx: Context, node: Node) -> ast.expr:
    target = node.argument
    guards: list[ast.expr] = []
    if target.type == "ChainExpression":
        target = target.expression
    if target.type != "MemberExpression":
        return ctx.sequence([ctx.expr(node.argument), ctx.const(True)])
    if target.object.type == "Super":
        return ctx.sequence(
            [
                _super_key(ctx, target),
                ctx.call("throw_reference", ctx.const("Unsupported reference to 'super'")),
            ]
        )
    o = _chain_object(ctx, target, guards)
    fixed = fixed_key(target)
    if fixed is not None:
        deleted: ast.expr = ctx.call("delete", o, ctx.const(fixed))
    else:
        deleted = ctx.call("delete_item", o, ctx.expr(target.property))
    return ctx.conditional(ctx.any_of(*guards), ctx.const(True), deleted) if guards else deleted


def lower_chain(ctx: Context, node: Node) -> ast.expr:
    guards: list[ast.expr] = []
    value = chain_value(ctx, node.expression, guards)
    return guarded(ctx, guards, value)


def guarded(ctx: Context, guards: list[ast.expr], value: ast.expr) -> ast.expr:
    return ctx.conditional(ctx.any_of(*guards), ctx.undefined(), value)


def chain_value(ctx: Context, node: Node, guards: list[ast.expr]) -> ast.expr:
    """One link of an optional chain; ``guards`` collects the tests of the links before it, in order."""
    with ctx.at(node):
        if node.type == "MemberExpression" and node.object.type != "Super":
            return read_member(ctx, node, _chain_object(ctx, node, guards))
        if node.type == "CallExpression" and node.callee.type not in ("Super", "Import"):
            from odw.transpile.lower.calls import call_method, finish_call, lower_arguments

            callee = node.callee
            if not node.optional and callee.type == "MemberExpression" and callee.object.type != "Super":
                return call_method(ctx, node, _chain_object(ctx, callee, guards))
            function, this = chain_callee(ctx, node.callee, guards)
            if node.optional:
                function = _guard(ctx, function, guards)
            return finish_call(
                ctx, node.callee, function, this, lower_arguments(ctx, node.arguments), node.arguments
            )
    return ctx.expr(node)


def chain_callee(ctx: Context, callee: Node, guards: list[ast.expr]) -> tuple[ast.expr, ast.expr]:
    """The function and the ``this`` of a call inside a chain."""
    from odw.transpile.lower.calls import callee_and_this

    if callee.type == "MemberExpression" and callee.object.type != "Super":
        first, again = ctx.hold(_chain_object(ctx, callee, guards))
        with ctx.at(callee):
            return read_member(ctx, callee, first), again
    if callee.type == "CallExpression":
        return chain_value(ctx, callee, guards), ctx.undefined()
    return callee_and_this(ctx, callee)


def _chain_object(ctx: Context, node: Node, guards: list[ast.expr]) -> ast.expr:
    o = chain_value(ctx, node.object, guards)
    return _guard(ctx, o, guards) if node.optional else o


def _guard(ctx: Context, value: ast.expr, guards: list[ast.expr]) -> ast.expr:
    first, again = ctx.hold(value)
    guards.append(ctx.call("nullish", first))
    return again
