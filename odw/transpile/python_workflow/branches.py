"""``if`` and ``try``."""

from __future__ import annotations

from odw.transpile.estree import Node, walk
from odw.transpile.python_workflow import code
from odw.transpile.python_workflow.code import Py, call, name
from odw.transpile.python_workflow.context import Block, Context, NeedsStatements
from odw.transpile.python_workflow.expressions import test
from odw.transpile.python_workflow.patterns import bind_pattern
from odw.transpile.python_workflow.statements import block_of, statement, writes


@writes("IfStatement")
def if_(ctx: Context, node: Node) -> None:
    head, current = "if ", node
    while True:
        truth = test(ctx, current.test) if head == "if " else _without_statements(ctx, current.test)
        if truth is None:
            with ctx.new_block() as body:
                statement(ctx, current)
            ctx.put(Block("else:", body))
            return
        body = block_of(ctx, current.consequent)
        ctx.put(Block(code.head(head.strip(), truth), body or ["pass"]))
        following = current.alternate
        if following is None:
            return
        if following.type != "IfStatement":
            body = block_of(ctx, following)
            if body:
                ctx.put(Block("else:", body))
            return
        current, head = following, "elif "


def _without_statements(ctx: Context, node: Node) -> Py | None:
    """The test of an ``elif``, which has no room for statements before it."""
    try:
        with ctx.only_expressions():
            return test(ctx, node)
    except NeedsStatements:
        return None


@writes("TryStatement")
def try_(ctx: Context, node: Node) -> None:
    ctx.put(Block("try:", block_of(ctx, node.block) or ["pass"]))
    if node.handler is not None:
        handler = node.handler
        kinds = "Exception" if not _calls_agents(node.block) else "js.CATCHABLE"
        head = f"except {kinds}"
        first: list[object] = []
        if handler.param is not None:
            if handler.param.type == "Identifier":
                binding = ctx.binding(handler.param)
                assert binding is not None
                if binding.references:
                    own = ctx.name(binding)
                    raised = ctx.fresh("raised")
                    head += f" as {raised}"
                    first.append(f"{own} = js.caught({raised})")
            else:
                raised = ctx.fresh("raised")
                head += f" as {raised}"
                with ctx.new_block() as first:
                    bind_pattern(ctx, handler.param, call("js.caught", name(raised)), frozenset(("any",)))
        body = block_of(ctx, handler.body)
        ctx.put(Block(f"{head}:", [*first, *body] or ["pass"]))
    if node.finalizer is not None:
        ctx.put(Block("finally:", block_of(ctx, node.finalizer) or ["pass"]))


def _calls_agents(block: Node) -> bool:
    return any(part.type == "AwaitExpression" for part in walk(block))
