"""Assignments whose value is used, and the values that assignments make."""

from __future__ import annotations

from odw.transpile.analyze.scope import Binding
from odw.transpile.estree import Node
from odw.transpile.python_workflow import code
from odw.transpile.python_workflow.code import Py, call, name, negated
from odw.transpile.python_workflow.context import Context, NeedsStatements
from odw.transpile.python_workflow.expressions import (
    handles,
    test,
    value,
)
from odw.transpile.python_workflow.kinds import (
    NUMBERS,
    STR,
    only,
)
from odw.transpile.python_workflow.operators import arithmetic
from odw.transpile.python_workflow.templates import joined


@handles("AssignmentExpression")
def assignment(ctx: Context, node: Node) -> Py:
    """An assignment whose value is used."""
    from odw.transpile.python_workflow.members import key_of

    target = node.left
    if target.type == "Identifier":
        binding = ctx.binding(target)
        if binding is None or ctx.iterable:
            raise NeedsStatements
        return _set(ctx, binding, assigned(ctx, node))
    if target.type == "MemberExpression":
        return call("js.put", value(ctx, target.object), key_of(ctx, target), assigned(ctx, node))
    raise ctx.refuse(
        node, "a destructuring assignment inside an expression", "Make it a statement of its own."
    )


def _set(ctx: Context, binding: Binding, new: Py) -> Py:
    own = ctx.names[binding]
    if binding in ctx.cells:
        return call(f"{own}.put", new)
    if ctx.pure and ctx.names.function_of(binding.scope) is not ctx.fn.scope:
        raise NeedsStatements  # a lambda has no nonlocal
    return Py(["(", code.walrus(own, new).doc, ")"])


def assigned(ctx: Context, node: Node) -> Py:
    """The new value that an assignment makes."""
    operator = node.operator[:-1]
    if not operator:
        return value(ctx, node.right)
    if operator == "??":
        old = value(ctx, node.left)
        return code.condition(negated(call("js.nullish", old)), old, value(ctx, node.right))
    if operator in ("||", "&&"):
        old = value(ctx, node.left)
        truth = test(ctx, node.left)
        new = value(ctx, node.right)
        return code.condition(truth, old, new) if operator == "||" else code.condition(truth, new, old)
    if operator == "+" and (only(ctx.kind(node.left), STR) or only(ctx.kind(node.right), STR)):
        from odw.transpile.python_workflow.templates import inner_pieces

        return joined([*inner_pieces(ctx, node.left), *inner_pieces(ctx, node.right)])
    return arithmetic(ctx, operator, value(ctx, node.left), value(ctx, node.right), node.left, node.right)


@handles("UpdateExpression")
def update(ctx: Context, node: Node) -> Py:
    """``x++`` and ``--x`` whose value is used."""
    step = 1 if node.operator == "++" else -1
    new = stepped(ctx, node)
    target = node.argument
    if target.type == "Identifier":
        binding = ctx.binding(target)
        if binding is None or ctx.iterable:
            raise NeedsStatements
        changed = _set(ctx, binding, new)
    else:
        from odw.transpile.python_workflow.members import key_of

        changed = call("js.put", value(ctx, target.object), key_of(ctx, target), new)
    if node.prefix:
        return changed
    return code.binary(changed, "-" if step == 1 else "+", name("1"), code.ADD)


def stepped(ctx: Context, node: Node) -> Py:
    """The value after ``++`` or ``--``."""
    old = value(ctx, node.argument)
    operator = "+" if node.operator == "++" else "-"
    if only(ctx.kind(node.argument), *NUMBERS):
        return code.binary(old, operator, name("1"), code.ADD)
    return code.binary(call("js.number", old), operator, name("1"), code.ADD)
