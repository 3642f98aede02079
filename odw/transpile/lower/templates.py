"""Template literals.

``a ${x} b`` → an f-string of ``to_string(x)``; ``tag`a ${x}` `` → a call with the template object, which is made once
per place in the script (ECMA-262 13.2.8.4), so it is a constant of the module.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from odw.transpile.analyze.value_domain import Range, Text, text_length
from odw.transpile.estree import Node

if TYPE_CHECKING:
    from odw.transpile.lower.context import Context


_LONG = 2**20  # characters: what may be longer counts as a part without bounds
_AT_ONCE = 4  # parts without bounds that are joined without a look at how long they are


def lower_template(ctx: Context, node: Node) -> ast.expr:
    return template_text(ctx, node.quasis, node.expressions)


def template_text(ctx: Context, quasis: list[Node], expressions: list[Node]) -> ast.expr:
    """Texts and expressions by turns, beginning and ending with a text."""
    parts: list[ast.expr] = []
    is_joined = len(expressions) > 1 or any(quasi.value["cooked"] for quasi in quasis)
    for index, quasi in enumerate(quasis):
        if quasi.value["cooked"]:
            with ctx.at(quasi):
                parts.append(ctx.const(quasi.value["cooked"]))
        if index < len(expressions):
            part = expressions[index]
            value = ctx.expr(part)
            kind = ctx.types.of(part)
            if not isinstance(kind, Text) and not (is_joined and isinstance(kind, Range)):
                with ctx.at(part):
                    value = ctx.call("to_string", value)
            parts.append(value)
    if not parts:
        return ctx.const("")
    if len(parts) == 1:
        return parts[0]
    unbounded = [text_length(ctx.types.of(part)) > _LONG for part in expressions]
    if sum(unbounded) <= _AT_ONCE:
        return _joined(ctx, parts)
    return _in_pieces(ctx, parts)


def _joined(ctx: Context, parts: list[ast.expr]) -> ast.expr:
    return ctx.place(ast.JoinedStr([_part(ctx, part) for part in parts]))


def _in_pieces(ctx: Context, parts: list[ast.expr]) -> ast.expr:
    """A template of many parts as a sum of shorter ones: ``add`` refuses a string that is too long before it is made."""
    if len(parts) <= _AT_ONCE:
        return _joined(ctx, parts)
    middle = len(parts) // 2  # halves: CPython's compiler takes no thousand calls within each other
    return ctx.call("add", _in_pieces(ctx, parts[:middle]), _in_pieces(ctx, parts[middle:]))


def _part(ctx: Context, part: ast.expr) -> ast.expr:
    is_text = isinstance(part, ast.Constant) and isinstance(part.value, str)
    return part if is_text else ctx.place(ast.FormattedValue(part, -1))


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
