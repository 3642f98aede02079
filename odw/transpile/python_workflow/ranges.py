"""Which indices are known to be inside their array."""

from __future__ import annotations

from typing import Any

from odw.transpile.estree import Node
from odw.transpile.python_workflow.context import Context


def index_within(ctx: Context, array: Node, index: Node) -> bool:
    """Whether ``array[index]`` is inside, by the loop or the callback that ``index`` counts in."""
    if array.type != "Identifier" or index.type != "Identifier":
        return False
    counted, held = ctx.binding(index), ctx.binding(array)
    if counted is None or held is None or held.kind != "const":
        return False
    source = _counts(ctx, counted)
    if source is None:
        return False
    return source is held or (_root(ctx, held) is not None and _root(ctx, held) is _root(ctx, source))


def _counts(ctx: Context, counted: object) -> object:
    """The binding of the array whose indices a variable takes, if it takes no others."""
    binding: object = counted
    node: Any = getattr(binding, "node", None)
    if getattr(binding, "kind", "") == "param" and not binding.writes:  # type: ignore[attr-defined]
        function = ctx.parents.get(node)
        if function is None or len(function.params) < 2 or function.params[1] is not node:
            return None
        called = ctx.parents.get(function)
        if called is None or called.type != "CallExpression" or called.callee.type != "MemberExpression":
            return None
        if called.callee.computed or called.callee.property.name not in (
            "map",
            "filter",
            "forEach",
            "flatMap",
            "some",
            "every",
        ):
            return None
        return _origin(ctx, called.callee.object)
    return None


def _origin(ctx: Context, node: Node) -> object:
    """The binding whose array has the length that an expression's array has: ``xs``, ``xs.map(…)``, ``await parallel(xs.map(…))``."""
    while True:
        if node.type == "Identifier":
            binding = ctx.binding(node)
            return (
                binding
                if binding is not None and binding.kind == "const" and not changes(ctx, binding)
                else None
            )
        if node.type == "AwaitExpression":
            node = node.argument
        elif node.type == "CallExpression" and ctx.is_global(node.callee, "parallel") and node.arguments:
            node = node.arguments[0]
        elif (
            node.type == "CallExpression"
            and node.callee.type == "MemberExpression"
            and not node.callee.computed
            and node.callee.property.name == "map"
        ):
            node = node.callee.object
        else:
            return None


def _root(ctx: Context, binding: object) -> object:
    """The array that a constant's array follows in length; itself when it follows none."""
    seen = 0
    while seen < 10:
        init = getattr(binding, "init", None)
        if init is None or changes(ctx, binding):
            return None
        if init.type == "Identifier":
            return None
        followed = _origin(ctx, init) if init.type in ("AwaitExpression", "CallExpression") else None
        if followed is None:
            return binding
        binding = followed
        seen += 1
    return None


def changes(ctx: Context, binding: object) -> bool:
    """Whether an array may change its length: a method that does is used, or it goes where one may be."""
    from odw.transpile.python_workflow.kinds import Arr

    found = ctx.inference.of_binding(binding)  # type: ignore[arg-type]
    return any(not isinstance(atom, Arr) or atom.escaped or atom.mutated for atom in found)
