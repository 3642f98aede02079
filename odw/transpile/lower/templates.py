"""Template literals.

``a ${x} b`` → an f-string of ``to_string(x)``; ``tag`a ${x}` `` → a call with the template object, which is made once
per place in the script (ECMA-262 13.2.8.4), so it is a constant of the module.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from odw.transpile.estree import Node

if TYPE_CHECKING:
    from odw.transpile.lower.context import Context


def lower_template(ctx: Context, node: Node) -> ast.expr:
    parts: list[ast.expr] = []
    for index, quasi in enumerate(node.quasis):
        if quasi.value["cooked"]:
            with ctx.at(quasi):
                parts.append(ctx.const(quasi.value["cooked"]))
        if index < len(node.expressions):
            part = node.expressions[index]
            value = ctx.expr(part)
            with ctx.at(part):
                parts.append(ctx.call("to_string", value))
    if not parts:
        return ctx.const("")
    if len(parts) == 1:
        return parts[0]
    return ctx.place(ast.JoinedStr([_part(ctx, part) for part in parts]))


def _part(ctx: Context, part: ast.expr) -> ast.expr:
    return part if isinstance(part, ast.Constant) else ctx.place(ast.FormattedValue(part, -1))


def lower_tagged_template(ctx: Context, node: Node) -> ast.expr:
    from odw.transpile.lower.calls import callee_and_this, finish_call

    function, this = callee_and_this(ctx, node.tag)
    name = ctx.names.unique("template")
    cooked = [_cooked(ctx, quasi) for quasi in node.quasi.quasis]
    raw: list[ast.expr] = [ctx.const(quasi.value["raw"]) for quasi in node.quasi.quasis]
    ctx.module_level.append(
        ctx.assign(name, ctx.call("template_object", ctx.tuple_of(cooked), ctx.tuple_of(raw)))
    )
    args = [ctx.name(name), *(ctx.expr(part) for part in node.quasi.expressions)]
    return finish_call(ctx, node.tag, function, this, args, node.quasi.expressions)


def _cooked(ctx: Context, quasi: Node) -> ast.expr:
    cooked = quasi.value["cooked"]
    return ctx.undefined() if cooked is None else ctx.const(cooked)
