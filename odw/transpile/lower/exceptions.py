"""``try``.

``catch (e)`` → ``except SCRIPT_ERRORS as exc: e = thrown_value(exc)``. A finalizer is Python's ``finally``, whose ``return``, ``break`` and
``continue`` override the completion on its way as JavaScript's do; it is skipped when the run itself is being stopped.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from odw.transpile.analyze.scope import FUNCTIONS
from odw.transpile.estree import Node, children
from odw.transpile.lower import outline
from odw.transpile.lower.blocks import enter_scope
from odw.transpile.lower.patterns import declare_pattern

if TYPE_CHECKING:
    from odw.transpile.lower.context import Context

BLOCKS: Final = 3  # what one try statement counts towards CPython's limit of nested blocks
_JUMPS: Final = frozenset({"BreakStatement", "ContinueStatement", "ReturnStatement"})


def lower_try(ctx: Context, node: Node) -> list[ast.stmt]:
    frame = ctx.frame
    frame.blocks += BLOCKS
    body = ctx.statement(node.block)
    handlers = [_lower_catch(ctx, node.handler)] if node.handler is not None else []
    before: list[ast.stmt] = []
    final: list[ast.stmt] = []
    if node.finalizer is not None:
        before, final = _lower_finalizer(ctx, node.finalizer)
    frame.blocks -= BLOCKS
    return [*before, ctx.place(ast.Try(body or [ctx.pass_()], handlers, [], final))]


def _lower_finalizer(ctx: Context, node: Node) -> tuple[list[ast.stmt], list[ast.stmt]]:
    """What stands before the ``try``, and the body of its ``finally``."""
    frame = ctx.frame
    frame.finalizers += 1
    before: list[ast.stmt] = []
    with ctx.at(node):
        if _jumps(node):
            function, body = outline.outline(ctx, lambda: ctx.statement(node))
            before.append(function)
        else:
            body = ctx.statement(node) or [ctx.pass_()]
        frame.finalizer_bodies.append(body)
        final = [ctx.if_(ctx.negate(ctx.call("halting")), body)]
    frame.finalizers -= 1
    return before, final


def _jumps(node: Node) -> bool:
    """Whether a finalizer may leave itself, or has another within (see outline.py)."""
    kind = node.type
    if kind in _JUMPS or (kind == "TryStatement" and node.finalizer is not None):
        return True
    if kind in FUNCTIONS or not kind.endswith(("Statement", "Clause", "Case")):
        return False
    return any(_jumps(child) for child in children(node))


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
