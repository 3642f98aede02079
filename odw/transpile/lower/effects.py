"""What the evaluation of an expression may do besides giving its value.

An argument that is *pure* runs no code of the script's and cannot throw: it may be evaluated before or after the look-up of the
method that is called with it. One that *has effects* calls, assigns or suspends. In between are property reads and conversions,
which run code only where the script has defined getters and the like, and operators that throw for some operands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from odw.transpile.analyze.value_domain import ARRAY, Text
from odw.transpile.estree import Node, children

if TYPE_CHECKING:
    from odw.transpile.lower.context import Context

_EFFECTS: Final = frozenset(
    {
        "AssignmentExpression", "AwaitExpression", "CallExpression", "ImportExpression", "NewExpression",
        "TaggedTemplateExpression", "UpdateExpression", "YieldExpression",
    }
)  # fmt: skip
_OPAQUE: Final = frozenset({"ArrowFunctionExpression", "FunctionExpression", "Identifier", "Literal"})
_CONVERTING: Final = frozenset({"+", "-", "~"})
_FUNCTIONS: Final = frozenset(
    """
    agent checkpoint fanout log parallel phase pipeline workflow
    Array BigInt Boolean Date Error Number Object RangeError RegExp String Symbol TypeError
    decodeURIComponent encodeURIComponent isFinite isNaN parseFloat parseInt queueMicrotask structuredClone
    """.split()  # noqa: SIM905 - a table of words
)


def has_effects(node: Node) -> bool:
    """Whether evaluating an argument may call code or assign something."""
    kind = node.type
    if kind in _EFFECTS:
        return True
    return kind not in _OPAQUE and any(has_effects(child) for child in children(node))


def is_pure(ctx: Context, node: Node) -> bool:
    """Whether an expression runs no code and cannot throw. (A variable that closures read is taken to have its value.)"""
    kind = node.type
    if kind in ("Literal", "ArrowFunctionExpression", "FunctionExpression"):
        return True
    if kind == "Identifier":
        binding = ctx.table.resolve(node)
        if binding is None:
            return node.name in ("undefined", "NaN", "Infinity") or is_global_function(ctx, node)
        return binding not in ctx.captures.sensitive
    if kind == "MemberExpression":
        if node.computed or node.property.type != "Identifier" or node.property.name != "length":
            return False
        known = ctx.types.of(node.object)
        return (isinstance(known, Text) or known == ARRAY) and is_pure(ctx, node.object)
    if kind == "ThisExpression":
        return not ctx.this_scope().uses_super_call
    if kind == "UnaryExpression":
        if node.operator == "delete":
            return False
        if node.operator in _CONVERTING and not _are_known(ctx, [node.argument]):
            return False
        return is_pure(ctx, node.argument)
    if kind in ("BinaryExpression", "LogicalExpression"):
        if kind == "BinaryExpression" and node.operator not in ("===", "!=="):
            if node.operator in ("in", "instanceof") or not _are_known(ctx, [node.left, node.right]):
                return False
        return is_pure(ctx, node.left) and is_pure(ctx, node.right)
    if kind == "TemplateLiteral":
        return _are_known(ctx, node.expressions) and all(is_pure(ctx, part) for part in node.expressions)
    if kind == "ConditionalExpression":
        return all(is_pure(ctx, part) for part in (node.test, node.consequent, node.alternate))
    if kind == "ArrayExpression":
        return all(part is None or is_pure(ctx, part) for part in node.elements)
    if kind == "ObjectExpression":
        return all(
            part.type == "Property"
            and not part.computed
            and (part.kind != "init" or is_pure(ctx, part.value))
            for part in node.properties
        )
    return False


def is_global_function(ctx: Context, node: Node) -> bool:
    """Whether an unresolved name is a function of the realm's or the host's, which the script has left in its place."""
    return node.name in _FUNCTIONS and ctx.types.global_is_pristine(node.name)


def _are_known(ctx: Context, nodes: list[Node]) -> bool:
    """Whether operands are numbers, strings or booleans for certain, so that converting them runs no code."""
    return all((known := ctx.types.of(node)) is not None and known != ARRAY for node in nodes)
