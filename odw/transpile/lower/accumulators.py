"""``s += x`` of a string, in time that does not grow with what ``s`` holds already.

CPython appends in place to a string that nothing but one local variable holds, in a function that has been called before:
``extend`` is one. So ``s`` gives its value away for a moment::

    r = s; t = to_text(x); s = None; s = extend(r, r := None, t)          (s = add(r, t), which throws, where the length is at its limit)

``x`` may call whatever it likes: nothing of the script runs between the last four steps. Where ``s`` may be no string, a test stands
before them: ``if has_room(r, t)``. ``s = s + x`` and ``s = `${s}…` `` are the same; a property's is ``add_to(o, 'k', get(o, 'k'), x)``.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from odw.transpile.analyze.scope import Binding
from odw.transpile.analyze.value_domain import (
    LONGEST_STRING,
    Text,
    ValueType,
    operation,
    text_length,
)
from odw.transpile.estree import Node
from odw.transpile.lower import arithmetic
from odw.transpile.lower.effects import is_pure
from odw.transpile.lower.templates import template_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from odw.transpile.lower.context import Context

_MOST: Final = 32  # operands of a chain that become one nested expression


@dataclass(slots=True)
class Appended:
    """What is appended: operands of ``+``, or the rest of a template."""

    operands: list[Node]
    template: Node | None = None

    @property
    def nodes(self) -> list[Node]:
        return self.operands if self.template is None else self.template.expressions[1:]

    def converted(self, ctx: Context, old: ast.expr) -> ast.expr | None:
        """The string that ``old`` becomes before the rest is evaluated; None where it stays what it is until then."""
        if self.template is not None:
            return ctx.call("to_string", old)
        return ctx.call("to_text", old) if len(self.operands) > 1 else None

    def lower(self, ctx: Context) -> tuple[ast.expr, ValueType]:
        """The expression and its type."""
        if self.template is not None:
            quasis, parts = self.template.quasis[1:], self.template.expressions[1:]
            longest = sum(len(quasi.value["cooked"]) for quasi in quasis)
            longest += sum(text_length(ctx.types.of(part)) for part in parts)
            return template_text(ctx, quasis, parts), Text(min(longest, LONGEST_STRING))
        first, *more = self.operands
        value, kind = ctx.expr(first), ctx.types.of(first)
        if more and not isinstance(kind, Text):
            value, kind = ctx.call("to_text", value), Text(text_length(kind))
        for node in more:
            right, other = ctx.expr(node), ctx.types.of(node)
            proved = arithmetic.operation(ctx, "+", value, right, kind, other)
            value = ctx.call("add", value, right) if proved is None else proved
            kind = operation("+", kind, other)
        return value, kind


def appended(ctx: Context, node: Node, is_target: Callable[[Node], bool], is_text: bool) -> Appended | None:
    """What an assignment appends to its target; ``is_text``: the target is always a string."""
    right: Node = node.right
    if node.operator == "+=":
        return Appended([right])
    if node.operator != "=":
        return None
    if right.type == "TemplateLiteral":
        starts = bool(right.expressions) and right.quasis[0].value["cooked"] == ""
        return Appended([], right) if starts and is_target(right.expressions[0]) else None
    operands: list[Node] = []
    while right.type == "BinaryExpression" and right.operator == "+":
        operands.append(right.right)
        right = right.left
    operands.reverse()
    if not operands or len(operands) > _MOST or not is_target(right):
        return None
    if len(operands) == 1 or is_text:
        return Appended(operands)
    # (s + a) + b is s + (a + b) where a is a string; it is s that is converted first.
    is_one_text = isinstance(ctx.types.of(operands[0]), Text) and is_pure(ctx, operands[0])
    return Appended(operands) if is_one_text else None


def variable(ctx: Context, target: Node) -> Binding | None:
    """The variable that an append may take its value from for a moment."""
    binding = ctx.table.resolve(target)
    if binding is None or binding.read_only or target in ctx.captures.guarded:
        return None
    return binding if binding.kind in ("let", "var", "param") else None


def may_be_text(ctx: Context, binding: Binding, part: Appended) -> bool:
    """Whether a variable of unknown type looks like a string: its first value, or what is appended, is one."""
    if part.template is not None or isinstance(ctx.types.of(part.operands[0]), Text):
        return True
    return binding.init is not None and isinstance(ctx.types.of(binding.init), Text)


def append(
    ctx: Context, read: ast.expr, place: ast.expr, part: Appended, is_text: bool, is_own: bool
) -> list[ast.stmt]:
    """The statements for ``place += part``; ``read`` is the same place as an expression.

    ``is_own``: it is a local that no other function sees, which ``part`` does not assign.
    """
    stmts: list[ast.stmt] = []
    holder = read
    if not is_text and (text := part.converted(ctx, read)) is not None:
        is_own, is_text, read = False, True, text
    if not is_own:
        holder = ctx.name(ctx.temp("r"))
        stmts.append(ctx.assign(holder.id, read))
    assert isinstance(holder, ast.Name)
    value, kind = part.lower(ctx)
    # Called for a string, too: where the stack has no room for one more call, this one fails, while ``s`` still has its value.
    text = ctx.call("to_text", value) if is_text else ctx.call("text_beside", ctx.name(holder.id), value)
    name = ctx.temp()
    stmts.append(ctx.assign(name, text))
    text = ctx.name(name)
    exact = ctx.assign_to(place, ctx.call("add", ctx.name(holder.id), ctx.again(text)))
    given = ctx.walrus(holder.id, ctx.const(None))
    extend = ctx.assign(holder.id, ctx.call("extend", ctx.name(holder.id), given, ctx.again(text)))
    fits = _fits(ctx, holder.id, text, kind) if is_text else ctx.call("has_room", ctx.name(holder.id), text)
    if is_own:
        return [*stmts, ctx.if_(fits, [extend], [exact])]
    give = ctx.assign_to(_again(ctx, place), ctx.const(None))
    take = ctx.assign_to(_again(ctx, place), ctx.name(holder.id))
    drop = ctx.assign(holder.id, ctx.const(None))
    return [*stmts, ctx.if_(fits, [give, extend, take], [exact]), drop]


def _fits(ctx: Context, holder: str, text: ast.expr, kind: ValueType) -> ast.expr:
    """Whether the string has room for the text."""
    longest = text_length(kind)
    if longest < LONGEST_STRING // 2:
        room: ast.expr = ctx.const(LONGEST_STRING - longest)
    else:
        room = ctx.place(ast.BinOp(ctx.const(LONGEST_STRING), ast.Sub(), ctx.call("len", text)))
    return ctx.compare(ctx.call("len", ctx.name(holder)), ast.LtE(), room)


def _again(ctx: Context, place: ast.expr) -> ast.expr:
    if isinstance(place, ast.Name):
        return ctx.target(place.id)
    assert isinstance(place, ast.Attribute) and isinstance(place.value, ast.Name)
    return ctx.attribute_target(ctx.name(place.value.id), place.attr)
