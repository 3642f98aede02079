"""Assignments as statements."""

from __future__ import annotations

from odw.transpile.estree import Node
from odw.transpile.python_workflow import code
from odw.transpile.python_workflow.assigning import assigned, stepped
from odw.transpile.python_workflow.code import Py, call
from odw.transpile.python_workflow.context import Block, Context
from odw.transpile.python_workflow.expressions import (
    is_function,
    test,
    value,
)
from odw.transpile.python_workflow.functions import define
from odw.transpile.python_workflow.kinds import NULLISH, STR, Obj, only
from odw.transpile.python_workflow.layout import Doc
from odw.transpile.python_workflow.members import key_of, static_name
from odw.transpile.python_workflow.patterns import assign_doc, bind_pattern


def assign(ctx: Context, node: Node) -> None:
    target, operator = node.left, node.operator[:-1]
    if target.type not in ("Identifier", "MemberExpression"):
        bind_pattern(ctx, target, value(ctx, node.right), ctx.kind(node.right))
        return
    if operator in ("??", "||", "&&"):
        _assign_if(ctx, node, operator)
        return
    if target.type == "Identifier":
        binding = ctx.binding(target)
        if binding is None:
            raise ctx.refuse(target, f"an assignment to the global {target.name}", "Declare it: let …")
        if binding.read_only:
            ctx.put(call("js.constant", code.string(binding.name)).doc)
            return
        if is_function(node.right) and not operator:
            own = define(ctx, node.right, ctx.fresh(ctx.names[binding]))
            ctx.put(f"{ctx.name(binding)} = {own}")
            return
        ctx.put(
            _augmented(ctx, node, ctx.name(binding)) or assign_doc(ctx.name(binding), assigned(ctx, node))
        )
        return
    put_member(ctx, target, assigned(ctx, node))


def _augmented(ctx: Context, node: Node, own: str) -> Doc | None:
    """``x += 1``."""
    from odw.transpile.python_workflow.kinds import NUMBERS

    operator = node.operator[:-1]
    if (
        operator in ("+", "-")
        and only(ctx.kind(node.left), *NUMBERS)
        and only(ctx.kind(node.right), *NUMBERS)
    ):
        return [f"{own} {operator}= ", value(ctx, node.right).at(code.LAMBDA)]
    if operator == "+" and only(ctx.kind(node.left), STR):
        from odw.transpile.python_workflow.templates import inner_pieces, joined

        added = assign_doc(own, joined(inner_pieces(ctx, node.right)))
        return [f"{own} += ", *added[1:]]
    return None


def _assign_if(ctx: Context, node: Node, operator: str) -> None:
    target = node.left
    old = value(ctx, target)
    if operator == "??":
        wanted = call("js.nullish", old)
    else:
        wanted = test(ctx, target) if operator == "&&" else code.negated(test(ctx, target))
    with ctx.new_block() as body:
        new = value(ctx, node.right)
        if target.type == "Identifier":
            bind_pattern(ctx, target, new, ctx.kind(node.right))
        else:
            put_member(ctx, target, new)
    ctx.put(Block(code.head("if", wanted), body))


def put_member(ctx: Context, target: Node, new: Py) -> None:
    """``target.object[…] = new``."""
    held = ctx.kind(target.object)
    if target.property.type == "PrivateIdentifier":
        key = code.string(f"#{target.property.name}")
        ctx.put(assign_doc(str(code.subscript(value(ctx, target.object), key)), new))
        return
    key = key_of(ctx, target)
    holder = value(ctx, target.object)
    words = static_name(target) is not None or only(ctx.kind(target.property), STR)
    if only(held - NULLISH, Obj) and words:
        ctx.put(assign_doc(str(code.subscript(holder, key)), new))
        return
    ctx.put(call("js.put", holder, key, new).doc)


def update(ctx: Context, node: Node) -> None:
    from odw.transpile.python_workflow.kinds import NUMBERS

    target = node.argument
    if target.type == "Identifier" and (binding := ctx.binding(target)) is not None:
        if only(ctx.kind(target), *NUMBERS):
            ctx.put(f"{ctx.name(binding)} {node.operator[0]}= 1")
        else:
            ctx.put(assign_doc(ctx.name(binding), stepped(ctx, node)))
        return
    put_member(ctx, target, stepped(ctx, node))
