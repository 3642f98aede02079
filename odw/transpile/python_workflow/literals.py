"""Literals of a script as plain data."""

from __future__ import annotations

from typing import Any

from odw.transpile.analyze.scope import ScopeTable
from odw.transpile.estree import Node

UNKNOWN = object()


def plain_value(node: Node | None, table: ScopeTable) -> Any:
    """What a literal says, constants it names included; ``UNKNOWN`` for what is no plain data."""
    if node is None:
        return UNKNOWN
    kind = node.type
    if kind == "Literal":
        return UNKNOWN if node.regex is not None or node.bigint is not None else node.value
    if kind == "TemplateLiteral" and not node.expressions:
        return node.quasis[0].value["cooked"] if isinstance(node.quasis[0].value, dict) else UNKNOWN
    if kind == "UnaryExpression" and node.operator == "-":
        value = plain_value(node.argument, table)
        return -value if isinstance(value, int | float) else UNKNOWN
    if kind == "ArrayExpression":
        items = [plain_value(item, table) for item in node.elements]
        return UNKNOWN if any(item is UNKNOWN for item in items) else items
    if kind == "ObjectExpression":
        return _object(node, table)
    if kind == "Identifier":
        binding = table.resolve(node)
        if binding is not None and binding.kind == "const" and binding.init is not None:
            return plain_value(binding.init, table)
    return UNKNOWN


def _object(node: Node, table: ScopeTable) -> Any:
    found: dict[str, Any] = {}
    for member in node.properties:
        if member.type != "Property" or member.computed or member.kind != "init" or member.method:
            return UNKNOWN
        value = plain_value(member.value, table)
        if value is UNKNOWN:
            return UNKNOWN
        found[key_text(member.key)] = value
    return found


def key_text(key: Node) -> str:
    """The name that a key, which is not computed, spells."""
    if key.type == "Identifier":
        return str(key.name)
    from odw.ecma.abstract_ops.number_text import number_to_string

    return key.value if isinstance(key.value, str) else number_to_string(key.value)
