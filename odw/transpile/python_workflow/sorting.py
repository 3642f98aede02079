"""``sort`` by a comparator: ``key=`` and ``reverse=`` where the comparator says no more than that."""

from __future__ import annotations

from odw.transpile.estree import Node
from odw.transpile.python_workflow import code
from odw.transpile.python_workflow.code import Py, call, name
from odw.transpile.python_workflow.context import Context
from odw.transpile.python_workflow.expressions import value
from odw.transpile.python_workflow.kinds import FIN, INT, Arr, only
from odw.transpile.python_workflow.statics import arguments

_FRESH = frozenset(("map", "filter", "slice", "flatMap", "flat", "concat", "split", "toSorted", "toReversed"))


def sort_key(ctx: Context, comparator: Node) -> list[tuple[str, Py]] | None:
    """``(a, b) => a.x - b.x`` as the arguments ``key=lambda a: a["x"]``; of finite numbers only, which have one order."""
    if comparator.type != "ArrowFunctionExpression" or len(comparator.params) != 2:
        return None
    first, second = comparator.params
    body = comparator.body
    if first.type != "Identifier" or second.type != "Identifier":
        return None
    if body.type != "BinaryExpression" or body.operator != "-":
        return None
    if not (only(ctx.kind(body.left), INT, FIN) and only(ctx.kind(body.right), INT, FIN)):
        return None
    left, right = ctx.text_of(body.left), ctx.text_of(body.right)
    up = _same_but_for(left, first.name, right, second.name)
    down = _same_but_for(left, second.name, right, first.name)
    if not up and not down:
        return None
    subject, side = (first, body.left) if up else (first, body.right)
    binding = ctx.binding(subject)
    if binding is None:
        return None
    target = ctx.name(binding)
    with ctx.only_expressions():
        part = value(ctx, side)
    found: list[tuple[str, Py]] = [] if str(part) == target else [("key", code.function(target, part))]
    if down:
        found.append(("reverse", name("True")))
    return found


def _same_but_for(one: str, name_of_one: str, other: str, name_of_other: str) -> bool:
    import re

    if not re.search(rf"\b{re.escape(name_of_one)}\b", one):
        return False
    return re.sub(rf"\b{re.escape(name_of_one)}\b", "\0", one) == re.sub(
        rf"\b{re.escape(name_of_other)}\b", "\0", other
    )


def sorted_value(ctx: Context, node: Node, holder: Node, in_place: bool) -> Py | None:
    """A sort whose value is used."""
    comparator = node.arguments[0] if node.arguments else None
    sure = only(ctx.kind(holder), Arr)
    key = sort_key(ctx, comparator) if comparator is not None and sure else None
    if key is not None and (not in_place or _is_fresh(holder)):
        return call("sorted", value(ctx, holder), **dict(key))
    if not in_place or _is_fresh(holder):
        return call("js.sorted", value(ctx, holder), *arguments(ctx, node))
    return call("js.sort", value(ctx, holder), *arguments(ctx, node))


def _is_fresh(holder: Node) -> bool:
    """Whether an array was made just now, so that nobody sees it sorted or not."""
    if holder.type == "ArrayExpression":
        return True
    if holder.type != "CallExpression" or holder.callee.type != "MemberExpression" or holder.callee.computed:
        return False
    callee = holder.callee
    if callee.property.type != "Identifier":
        return False
    if callee.object.type == "Identifier" and callee.object.name == "Object":
        return callee.property.name in ("keys", "values", "entries")
    return callee.property.name in _FRESH
