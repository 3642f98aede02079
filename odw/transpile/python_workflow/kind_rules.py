"""Kinds of operators, and small questions about code."""

from __future__ import annotations

from collections.abc import Iterator

from odw.transpile.analyze.scope import FUNCTIONS
from odw.transpile.estree import Node, walk
from odw.transpile.python_workflow.kinds import (
    ANY,
    BOOL,
    FIN,
    INT,
    NOTHING,
    NULL,
    NULLISH,
    NUM,
    NUMBERS,
    STR,
    UNDEFINED,
    Kind,
    kind,
    only,
)


def joined(operator: str, left: Kind) -> Kind:
    """What is left of the first operand of a logical operator."""
    if operator == "||":
        return left - NULLISH
    if operator == "??":
        return left - NULLISH
    return frozenset(atom for atom in left if atom in (UNDEFINED, NULL, BOOL, *NUMBERS, STR, ANY))


def method_names(program: Node) -> Iterator[str]:
    """The names of properties that hold functions of the script: a method of such a name may be one of them."""
    for node in walk(program):
        if node.type in ("Property", "MethodDefinition", "PropertyDefinition") and not node.computed:
            held = node.value
            if held is not None and held.type in (*FUNCTIONS, "Identifier") and node.key.type == "Identifier":
                yield node.key.name
        elif (
            node.type == "AssignmentExpression"
            and node.left.type == "MemberExpression"
            and not node.left.computed
        ):
            if node.left.property.type == "Identifier":
                yield node.left.property.name


def nonzero(node: Node) -> bool:
    """Whether a divisor cannot be zero by how it is written: ``2``, ``(n || 1)``."""
    if node.type == "Literal":
        return isinstance(node.value, int | float) and not isinstance(node.value, bool) and node.value != 0
    return node.type == "LogicalExpression" and node.operator == "||" and nonzero(node.right)


def binary_kind(operator: str, left: Kind, right: Kind) -> Kind:
    if operator in ("==", "!=", "===", "!==", "<", ">", "<=", ">=", "in", "instanceof"):
        return kind(BOOL)
    if operator in ("&", "|", "^", "<<", ">>", ">>>"):
        return kind(INT)
    finite = bool(left and right) and left | right <= kind(INT, FIN)
    if operator == "+":
        if only(left, STR) or only(right, STR):
            return kind(STR)
        if only(left, INT) and only(right, INT):
            return kind(INT)
        if finite:
            return kind(FIN)
        plain = (UNDEFINED, NULL, BOOL, *NUMBERS)
        if only(left, *plain) and only(right, *plain):
            return kind(NUM)
        return kind(NUM, STR) if left and right else NOTHING
    if operator == "-" and only(left, INT) and only(right, INT):
        return kind(INT)
    return kind(FIN) if operator in ("-", "*") and finite else kind(NUM)


def falls_through(block: Node) -> bool:
    """Whether a function's block may end without a return."""
    return not block.body or not ends(block.body[-1])


def ends(node: Node) -> bool:
    if node.type in ("ReturnStatement", "ThrowStatement"):
        return True
    if node.type == "BlockStatement":
        return bool(node.body) and ends(node.body[-1])
    if node.type == "IfStatement":
        return node.alternate is not None and ends(node.consequent) and ends(node.alternate)
    if node.type == "TryStatement":
        if node.finalizer is not None and ends(node.finalizer):
            return True
        return ends(node.block) and (node.handler is None or ends(node.handler.body))
    return False


def continues(body: Node) -> bool:
    stack = [body]
    while stack:
        part = stack.pop()
        if part.type == "ContinueStatement":
            return True
        if part.type not in FUNCTIONS and part.type not in (
            "ForStatement",
            "ForOfStatement",
            "WhileStatement",
            "ForInStatement",
        ):
            from odw.transpile.estree import children

            stack.extend(children(part))
    return False
