"""``await`` and ``yield``.

``await x`` → ``await aw(x)``; in a generator ``yield x`` is Python's; in an async generator, which is a coroutine, it is
``await yield_(x)``.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from odw.transpile.estree import Node

if TYPE_CHECKING:
    from odw.transpile.lower.context import Context


def lower_await(ctx: Context, node: Node) -> ast.expr:
    value = ctx.expr(node.argument)
    ctx.frame.awaits = True
    return ctx.place(ast.Await(ctx.call("aw", value)))


def lower_yield(ctx: Context, node: Node) -> ast.expr:
    value = ctx.undefined() if node.argument is None else ctx.expr(node.argument)
    frame = ctx.frame
    if frame.is_async:
        frame.awaits = True
        return ctx.place(
            ast.Await(_operand(ctx, node, "delegate_async" if node.delegate else "yield_", value))
        )
    frame.yields = True
    if node.delegate:
        return ctx.place(ast.YieldFrom(_operand(ctx, node, "delegate", value)))
    return ctx.place(ast.Yield(value))


def _operand(ctx: Context, node: Node, function: str, value: ast.expr) -> ast.expr:
    with ctx.at(node.argument if node.argument is not None else node):
        return ctx.call(function, value)
