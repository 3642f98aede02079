"""The syntax tree: ESTree nodes, one Python class per type, made from the table ``FIELDS``.

``const x = 1`` is ``VariableDeclaration(kind='const', declarations=[VariableDeclarator(id=Identifier(name='x'), …)])``.

Every node has ``type``, ``start``, ``end`` (code points into the source text, the end exclusive) and the fields that
acorn gives it, under the same names except for two that Python cannot spell: ``async`` is ``is_async``, ``await`` is
``is_await``. A field that a type does not have raises ``AttributeError``. Nodes are not changed once parsed; facts about
them live in side tables keyed by the node, which hashes by identity.

Values: a string ``Literal.value`` and a template's ``cooked`` are UTF-16 code units, one per character, as in
``odw/ecma/values.py``; so is a regular expression's pattern. A number is an int when integral and at most 2**53, else a
float. A BigInt literal has ``value`` None and its decimal digits in ``bigint``; ``null`` has ``value`` None and ``raw``
'null'. Names of identifiers are code points: use ``source.utf16`` where one becomes a property key.

A shorthand property ``{a}`` has one Identifier as ``key`` and ``value``; so has ``export {a}`` as local and exported.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

_FUNCTION = ("id", "params", "body", "generator", "is_async", "expression")
_CLASS = ("id", "superClass", "body")
_CALL = ("callee", "arguments")
_BINARY = ("operator", "left", "right")
_MEMBER = ("key", "value", "kind", "static", "computed")

FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "Program": ("body", "sourceType", "comments"),
    # Statements
    "BlockStatement": ("body",),
    "BreakStatement": ("label",),
    "CatchClause": ("param", "body"),
    "ContinueStatement": ("label",),
    "DebuggerStatement": (),
    "DoWhileStatement": ("body", "test"),
    "EmptyStatement": (),
    "ExpressionStatement": ("expression", "directive"),
    "ForInStatement": ("left", "right", "body"),
    "ForOfStatement": ("left", "right", "body", "is_await"),
    "ForStatement": ("init", "test", "update", "body"),
    "IfStatement": ("test", "consequent", "alternate"),
    "LabeledStatement": ("label", "body"),
    "ReturnStatement": ("argument",),
    "SwitchCase": ("test", "consequent"),
    "SwitchStatement": ("discriminant", "cases"),
    "ThrowStatement": ("argument",),
    "TryStatement": ("block", "handler", "finalizer"),
    "WhileStatement": ("test", "body"),
    # Declarations
    "ClassDeclaration": _CLASS,
    "FunctionDeclaration": _FUNCTION,
    "VariableDeclaration": ("declarations", "kind"),
    "VariableDeclarator": ("id", "init"),
    # Modules
    "ExportAllDeclaration": ("exported", "source", "attributes"),
    "ExportDefaultDeclaration": ("declaration",),
    "ExportNamedDeclaration": ("declaration", "specifiers", "source", "attributes"),
    "ExportSpecifier": ("local", "exported"),
    "ImportAttribute": ("key", "value"),
    "ImportDeclaration": ("specifiers", "source", "attributes"),
    "ImportDefaultSpecifier": ("local",),
    "ImportNamespaceSpecifier": ("local",),
    "ImportSpecifier": ("imported", "local"),
    # Expressions
    "ArrayExpression": ("elements",),
    "ArrowFunctionExpression": _FUNCTION,
    "AssignmentExpression": _BINARY,
    "AwaitExpression": ("argument",),
    "BinaryExpression": _BINARY,
    "CallExpression": (*_CALL, "optional"),
    "ChainExpression": ("expression",),
    "ClassExpression": _CLASS,
    "ConditionalExpression": ("test", "consequent", "alternate"),
    "FunctionExpression": _FUNCTION,
    "Identifier": ("name",),
    "ImportExpression": ("source", "options"),
    "Literal": ("value", "raw", "regex", "bigint"),
    "LogicalExpression": _BINARY,
    "MemberExpression": ("object", "property", "computed", "optional"),
    "MetaProperty": ("meta", "property"),
    "NewExpression": _CALL,
    "ObjectExpression": ("properties",),
    "PrivateIdentifier": ("name",),
    "Property": ("key", "value", "kind", "method", "shorthand", "computed"),
    "SequenceExpression": ("expressions",),
    "SpreadElement": ("argument",),
    "Super": (),
    "TaggedTemplateExpression": ("tag", "quasi"),
    "TemplateElement": ("value", "tail"),
    "TemplateLiteral": ("quasis", "expressions"),
    "ThisExpression": (),
    "UnaryExpression": ("operator", "prefix", "argument"),
    "UpdateExpression": ("operator", "prefix", "argument"),
    "YieldExpression": ("argument", "delegate"),
    # Patterns
    "ArrayPattern": ("elements",),
    "AssignmentPattern": ("left", "right"),
    "ObjectPattern": ("properties",),
    "RestElement": ("argument",),
    # Classes
    "ClassBody": ("body",),
    "MethodDefinition": _MEMBER,
    "PropertyDefinition": ("key", "value", "static", "computed"),
    "StaticBlock": ("body",),
    # Comments: beside the tree, in Program.comments
    "Block": ("value",),
    "Line": ("value",),
}
"""Type -> its fields, child nodes in source order. Fields hold a node, None, a list of these, or a plain value."""

_JSON_NAMES: Final = {"is_async": "async", "is_await": "await"}
_ABSENT_WHEN_NONE: Final = frozenset({"directive", "regex", "bigint"})


class Node:
    """Base of all nodes; ``NODES[type](start, end, *fields in the order of FIELDS)`` makes one."""

    __slots__ = ("end", "start")
    type = ""
    fields: tuple[str, ...] = ()

    start: int
    end: int

    def __init__(self, start: int, end: int, *values: Any) -> None:
        self.start = start
        self.end = end
        for name, value in zip(self.fields, values, strict=True):
            setattr(self, name, value)

    def __repr__(self) -> str:
        shown = [
            f"{name}={getattr(self, name)!r}" for name in self.fields if not _is_child(getattr(self, name))
        ]
        return f"{self.type}[{self.start}:{self.end}]({', '.join(shown)})"

    if TYPE_CHECKING:  # the fields depend on the type, which mypy cannot follow

        def __getattr__(self, name: str) -> Any: ...
        def __setattr__(self, name: str, value: Any) -> None: ...


def _is_child(value: Any) -> bool:
    return isinstance(value, Node | list)


NODES: Final[dict[str, type[Node]]] = {
    name: type(name, (Node,), {"__slots__": fields, "type": name, "fields": fields, "__module__": __name__})
    for name, fields in FIELDS.items()
}
"""Type -> its Python class."""


def children(node: Node) -> Iterator[Node]:
    """The child nodes in source order; what stands once in the source (``{a}``) comes once. Comments are no children."""
    if node.type == "TemplateLiteral":
        yield from _interleaved(node)
        return
    fields = node.fields
    if node.type == "Property" and node.shorthand:
        yield node.value
        return
    previous = None
    for name in fields:
        value = getattr(node, name)
        if isinstance(value, Node):
            if value is not previous:
                yield value
            previous = value
        elif value.__class__ is list and name != "comments":
            for item in value:
                if item is not None:
                    yield item


def _interleaved(template: Node) -> Iterator[Node]:
    for quasi, expression in zip(template.quasis, template.expressions, strict=False):
        yield quasi
        yield expression
    yield template.quasis[-1]


def walk(node: Node) -> Iterator[Node]:
    """``node`` and all nodes under it, parents before children, in source order. Depth costs no Python stack."""
    stack = [node]
    while stack:
        node = stack.pop()
        yield node
        below = list(children(node))
        below.reverse()
        stack.extend(below)


def to_json(node: Node) -> dict[str, Any]:
    """The tree in acorn's shape and with its names, without comments. Depth costs no Python stack."""
    root: dict[str, Any] = {}
    todo: list[tuple[Node, dict[str, Any]]] = [(node, root)]
    while todo:
        current, out = todo.pop()
        out["type"] = current.type
        out["start"] = current.start
        out["end"] = current.end
        for name in current.fields:
            value = getattr(current, name)
            if name == "comments" or (value is None and name in _ABSENT_WHEN_NONE):
                continue
            if isinstance(value, Node):
                value = _json_item(value, todo)
            elif value.__class__ is list:
                value = [_json_item(item, todo) for item in value]
            out[_JSON_NAMES.get(name, name)] = value
    return root


def _json_item(item: Node | None, todo: list[tuple[Node, dict[str, Any]]]) -> dict[str, Any] | None:
    if item is None:
        return None
    child: dict[str, Any] = {}
    todo.append((item, child))
    return child
