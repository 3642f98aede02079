"""Values that can be read off the tree without running anything: the literals that ``meta`` and options are made of.

{a: -1, b: 'x' + `y`}   ->   {"a": -1, "b": "xy"}
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from odw.transpile.estree import Node

# Own data properties with these names would change what the object is, not what it says.
FORBIDDEN_KEYS = frozenset({"__proto__", "constructor", "prototype"})

Refuse = Callable[[Node, str], None]


class NotLiteral:
    """Stands for a part of a value that is no literal; there is one, ``NOT_LITERAL``."""

    def __repr__(self) -> str:
        return "NOT_LITERAL"


NOT_LITERAL = NotLiteral()

_WHAT = {
    "Identifier": "an identifier",
    "CallExpression": "a call",
    "NewExpression": "a `new` expression",
    "MemberExpression": "a property access",
    "ChainExpression": "a property access",
    "ArrowFunctionExpression": "a function",
    "FunctionExpression": "a function",
    "ClassExpression": "a class",
    "AwaitExpression": "an `await`",
    "ConditionalExpression": "a condition",
    "LogicalExpression": "a logical expression",
    "AssignmentExpression": "an assignment",
    "TaggedTemplateExpression": "a tagged template",
    "ThisExpression": "`this`",
    "SpreadElement": "a spread",
}


def literal_value(node: Node, refuse: Refuse) -> Any:
    """The JSON value of a literal; every part that is none is named to ``refuse(node, what)`` and reads NOT_LITERAL.

    Allowed: object, array, string, number, signed number, boolean, null, a template without holes, and ``+`` between
    strings. Refused: everything that would have to run (contract section 1).
    """
    reader = _READERS.get(node.type)
    if reader is not None:
        return reader(node, refuse)
    refuse(node, _WHAT.get(node.type, "an expression that has to be evaluated"))
    return NOT_LITERAL


def static_string(node: Node) -> str | None:
    """The string that a literal, a template without holes or a concatenation of those stands for, else None."""
    value = literal_value(node, _ignore)
    return value if isinstance(value, str) else None


def static_key(node: Node) -> str | None:
    """The name of a Property or MemberExpression that needs no evaluation, else None."""
    key = node.key if node.type in ("Property", "PropertyDefinition", "MethodDefinition") else node.property
    if node.computed:
        return static_string(key)
    if key.type == "Identifier":
        return str(key.name)
    return _key_text(key) if key.type == "Literal" else None


def joined(text: str) -> str:
    """UTF-16 code units as Python text: surrogate pairs joined, lone surrogates replaced."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _ignore(node: Node, what: str) -> None:
    pass


def _key_text(key: Node) -> str:
    return joined(key.value) if isinstance(key.value, str) else str(key.value)


def _read_literal(node: Node, refuse: Refuse) -> Any:
    if node.regex is not None or node.bigint is not None:
        refuse(node, "a regular expression" if node.bigint is None else "a BigInt")
        return NOT_LITERAL
    return joined(node.value) if isinstance(node.value, str) else node.value


def _read_template(node: Node, refuse: Refuse) -> Any:
    if node.expressions:
        refuse(node.expressions[0], "a template with a hole")
        return NOT_LITERAL
    return joined(node.quasis[0].value["cooked"] or "")


def _read_sign(node: Node, refuse: Refuse) -> Any:
    if node.operator in ("-", "+") and node.argument.type == "Literal":
        value = _read_literal(node.argument, refuse)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return -value if node.operator == "-" else value
    refuse(node, f"the operator `{node.operator}`")
    return NOT_LITERAL


def _read_concatenation(node: Node, refuse: Refuse) -> Any:
    if node.operator != "+":
        refuse(node, f"the operator `{node.operator}`")
        return NOT_LITERAL
    # A loop, not recursion: long texts are written as chains of a hundred terms.
    terms = [node.right]
    left = node.left
    while left.type == "BinaryExpression" and left.operator == "+":
        terms.append(left.right)
        left = left.left
    terms.append(left)
    values = [literal_value(term, refuse) for term in reversed(terms)]
    if any(value is NOT_LITERAL for value in values):
        return NOT_LITERAL
    if not all(isinstance(value, str) for value in values):
        refuse(node, "an addition of values that are not all strings")
        return NOT_LITERAL
    return "".join(values)


def _read_array(node: Node, refuse: Refuse) -> Any:
    values = []
    for element in node.elements:
        if element is None:
            refuse(node, "an array with a hole")
            return NOT_LITERAL
        values.append(literal_value(element, refuse))
    return values


def _read_object(node: Node, refuse: Refuse) -> Any:
    values: dict[str, Any] = {}
    for entry in node.properties:
        if entry.type != "Property":
            refuse(entry, "a spread")
            continue
        if entry.computed:
            refuse(entry.key, "a computed key")
            continue
        key = static_key(entry) or ""
        if entry.kind != "init" or entry.method:
            refuse(entry, "a method" if entry.kind == "init" else "an accessor")
        elif key in FORBIDDEN_KEYS:
            refuse(entry.key, f"the key `{key}`")
        elif entry.shorthand:
            refuse(entry, f"the shorthand `{key}`, which reads a variable")
            values[key] = NOT_LITERAL
        else:
            values[key] = literal_value(entry.value, refuse)
    return values


_READERS: dict[str, Callable[[Node, Refuse], Any]] = {
    "Literal": _read_literal,
    "TemplateLiteral": _read_template,
    "UnaryExpression": _read_sign,
    "BinaryExpression": _read_concatenation,
    "ArrayExpression": _read_array,
    "ObjectExpression": _read_object,
}
