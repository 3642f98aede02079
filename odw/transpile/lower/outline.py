"""Statements nested deeper than CPython allows (20 loops, ``try`` and ``with`` in one function) move into a function of their own.

So do ``finally`` blocks that jump or hold others: CPython copies a ``finally`` to each place that leaves its ``try``, so that nested
ones would grow exponentially. The function's result says how the statement ended: None at its end, a one-tuple for ``return value``, a number for a jump to a target
outside.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeAlias

from odw.transpile.estree import Node

if TYPE_CHECKING:
    from odw.transpile.lower.context import Context
    from odw.transpile.lower.labels import Target

Lower: TypeAlias = "Callable[[Context, Node], list[ast.stmt]]"

LIMIT: Final = 16  # CPython's is 20; what a pattern or an exception handler adds on top stays below it


def outlined(lower: Lower, blocks: int) -> Lower:
    """``lower``, for a statement that nests by ``blocks``, in a function of its own where it would be too deep."""

    def lower_or_outline(ctx: Context, node: Node) -> list[ast.stmt]:
        if ctx.frame.blocks + blocks <= LIMIT:
            return lower(ctx, node)
        return _outline(ctx, node, lower)

    return lower_or_outline


def _outline(ctx: Context, node: Node, lower: Lower) -> list[ast.stmt]:
    labels, ctx.labels = ctx.labels, []

    def with_labels() -> list[ast.stmt]:
        ctx.labels = labels
        return lower(ctx, node)

    function, follow = outline(ctx, with_labels)
    return [function, *follow]


def outline(ctx: Context, lower: Callable[[], list[ast.stmt]]) -> tuple[ast.stmt, list[ast.stmt]]:
    """Statements in a function of their own: its definition, and what stands where the statements stood."""
    from odw.transpile.lower.blocks import ends_abruptly

    with ctx.in_maker("statement") as maker:
        body = ctx.collect_statements(lower)
        if not ends_abruptly(body):
            body.append(ctx.return_(ctx.const(None)))
    name = ctx.names.unique("block")
    function = ctx.function_def(name, ctx.arguments([]), body, maker, maker.awaits)
    called = ctx.call_maker(maker, name)
    if not maker.exits and not maker.returns:
        return function, [ctx.effect(called)]
    return function, _follow(ctx, maker.exits, maker.returns, called)


def _follow(
    ctx: Context, exits: list[tuple[Target, bool]], returns: bool, called: ast.expr
) -> list[ast.stmt]:
    """Do in the outer function what the inner one's result asks for."""
    from odw.transpile.lower.blocks import return_outlined
    from odw.transpile.lower.labels import leave

    result = ctx.temp("done")
    stmts = [ctx.assign(result, called)]
    for index, (target, is_continue) in enumerate(exits):
        test = ctx.compare(ctx.name(result), ast.Eq(), ctx.const(index + 1))
        stmts.append(ctx.if_(test, leave(ctx, target, is_continue)))
    if returns:
        stmts.append(
            ctx.if_(ctx.negate(ctx.is_(ctx.name(result), "None")), return_outlined(ctx, ctx.name(result)))
        )
    return stmts
