"""``s += x`` of a string, in time that does not grow with what ``s`` holds already.

CPython appends in place to a string that nothing but one local variable holds, in a function that has been called before:
``extend`` is one. So ``s`` gives its value away for a moment::

    r = s; t = to_text(x); s = None; s = extend(r, r := None, t)          (s = add(r, t), which throws, where the length is at its limit)

``x`` may call whatever it likes: nothing of the script runs between the last four steps.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from odw.transpile.analyze.value_domain import LONGEST_STRING, Text, ValueType, is_number
from odw.transpile.estree import Node

if TYPE_CHECKING:
    from odw.transpile.lower.context import Context


def appended(ctx: Context, node: Node) -> Node | None:
    """``x`` of the assignments ``s += x`` and ``s = s + x``, where ``s`` is always a string."""
    target = node.left
    if target.type != "Identifier":
        return None
    binding = ctx.table.resolve(target)
    if binding is None or binding.kind != "let" or target in ctx.captures.guarded:
        return None
    right: Node = node.right
    if node.operator == "=":
        if right.type != "BinaryExpression" or right.operator != "+" or right.left.type != "Identifier":
            return None
        if ctx.table.resolve(right.left) is not binding:
            return None
        right = right.right
    elif node.operator != "+=":
        return None
    return right if isinstance(ctx.types.of_binding(binding), Text) else None


def append(
    ctx: Context, read: ast.expr, place: ast.expr, value: ast.expr, kind: ValueType, is_own: bool
) -> list[ast.stmt]:
    """The statements for ``place += value``; ``read`` is the same place as an expression.

    ``is_own``: it is a local that no other function sees, which ``value`` does not assign.
    """
    # Called for a string, too: where the stack has no room for one more call, this one fails, while ``s`` still has its value.
    text: ast.expr = ctx.call("to_text", value)
    stmts: list[ast.stmt] = []
    holder = read
    if not is_own:
        holder = ctx.name(ctx.temp("r"))
        stmts.append(ctx.assign(holder.id, read))
    assert isinstance(holder, ast.Name)
    name = ctx.temp()
    stmts.append(ctx.assign(name, text))
    text = ctx.name(name)
    longest = kind.longest if isinstance(kind, Text) else 25 if is_number(kind) else LONGEST_STRING
    if longest < LONGEST_STRING // 2:
        room: ast.expr = ctx.const(LONGEST_STRING - longest)
    else:
        room = ctx.place(ast.BinOp(ctx.const(LONGEST_STRING), ast.Sub(), ctx.call("len", text)))
    is_full = ctx.compare(ctx.call("len", ctx.name(holder.id)), ast.Gt(), room)
    exact = ctx.assign_to(place, ctx.call("add", ctx.name(holder.id), ctx.again(text)))
    given = ctx.walrus(holder.id, ctx.const(None))
    extend = ctx.assign(holder.id, ctx.call("extend", ctx.name(holder.id), given, ctx.again(text)))
    if is_own:
        return [*stmts, ctx.if_(is_full, [exact], [extend])]
    give = ctx.assign_to(_again(ctx, place), ctx.const(None))
    take = ctx.assign_to(_again(ctx, place), ctx.name(holder.id))
    drop = ctx.assign(holder.id, ctx.const(None))
    return [*stmts, ctx.if_(is_full, [exact], [give, extend, take]), drop]


def _again(ctx: Context, place: ast.expr) -> ast.expr:
    if isinstance(place, ast.Name):
        return ctx.target(place.id)
    assert isinstance(place, ast.Attribute) and isinstance(place.value, ast.Name)
    return ctx.attribute_target(ctx.name(place.value.id), place.attr)
