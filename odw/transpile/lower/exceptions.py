"""``try``.

``catch (e)`` → ``except SCRIPT_ERRORS as exc: e = thrown_value(exc)``. A finalizer is Python's ``finally``, whose ``return``, ``break`` and
``continue`` override the completion on its way as JavaScript's do; it is skipped when the run itself is being stopped.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from odw.transpile.estree import Node
from odw.transpile.lower.blocks import enter_scope
from odw.transpile.lower.patterns import declare_pattern

if TYPE_CHECKING:
    from odw.transpile.lower.context import Context

BLOCKS = 3  # what one try statement counts towards CPython's limit of nested blocks


def lower_try(ctx: Context, node: Node) -> list[ast.stmt]:
    frame = ctx.frame
    frame.blocks += BLOCKS
    body = ctx.statement(node.block)
    handlers = [_lower_catch(ctx, node.handler)] if node.handler is not None else []
    final: list[ast.stmt] = []
    if node.finalizer is not None:
        frame.finalizers += 1
        with ctx.at(node.finalizer):
            finalizer = ctx.statement(node.finalizer) or [ctx.pass_()]
            frame.finalizer_bodies.append(finalizer)
            final = [ctx.if_(ctx.negate(ctx.call("halting")), finalizer)]
        frame.finalizers -= 1
    frame.blocks -= BLOCKS
    return [ctx.place(ast.Try(body or [ctx.pass_()], handlers, [], final))]


def _lower_catch(ctx: Context, node: Node) -> ast.ExceptHandler:
    scope = ctx.table.scope_of(node)
    assert scope is not None
    with ctx.at(node):
        name = ctx.temp("exc")
        thrown = ctx.call("thrown_value", ctx.name(name))
        body = enter_scope(ctx, scope, [])
        if node.param is None:
            body.append(ctx.effect(thrown))
        else:
            param = node.param
            body += ctx.collect_statements(lambda: declare_pattern(ctx, param, thrown, source=".catch"))
        body += ctx.statement(node.body)
        ctx.frame.handlers.append(body)
        return ctx.place(ast.ExceptHandler(ctx.name("SCRIPT_ERRORS"), name, body))
