"""Unary, binary and logical operators, and conditions.

``a + b`` → ``add(a, b)``; ``a && b`` → ``b if truthy(a) else a``; ``x === 'lit'`` → ``x == 'lit'`` (exact for strings,
since no other value equals a Python str); ``!x`` → ``not truthy(x)``. Where only the truth matters (``condition``) the
logical operators are Python's own.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from odw.transpile.analyze.value_domain import Range, Whole
from odw.transpile.estree import Node
from odw.transpile.lower import arithmetic

if TYPE_CHECKING:
    from odw.transpile.lower.context import Context

_BINARY: Final = {
    "+": "add", "-": "sub", "*": "mul", "/": "div", "%": "mod", "**": "power",
    "&": "bit_and", "|": "bit_or", "^": "bit_xor", "<<": "shl", ">>": "shr", ">>>": "ushr",
    "<": "lt", "<=": "le", ">": "gt", ">=": "ge",
}  # fmt: skip
_EQUALITY: Final = frozenset({"==", "!=", "===", "!=="})
_COMPARISON: Final = _EQUALITY | {"<", "<=", ">", ">=", "in", "instanceof"}
_OF_INTS: Final = frozenset({"%", "&", "|", "^", "<<", ">>", ">>>"})  # exact on Python's ints of any size
_CHUNK: Final = 60  # operators nested in one Python expression before a temporary takes the value so far


def operator_function(operator: str) -> str:
    """The library's function for a binary operator: ``"+"`` → ``"add"``."""
    return _BINARY[operator]


def lower_binary(ctx: Context, node: Node) -> ast.expr:
    """A chain ``a + b + c …`` is walked without recursion, and cut into chunks that CPython's compiler can take."""
    spine = [node]
    while spine[-1].left.type == "BinaryExpression":
        spine.append(spine[-1].left)
    first = spine[-1].left
    value = ctx.expr(first) if first.type != "PrivateIdentifier" else ctx.undefined()
    done: list[ast.expr] = []
    for depth, operation in enumerate(reversed(spine), 1):
        with ctx.at(operation):
            value = _combine(ctx, operation, value)
            if depth % _CHUNK == 0:
                name = ctx.temp()
                done.append(ctx.walrus(name, value))
                value = ctx.name(name)
    return ctx.sequence([*done, value])


def _combine(ctx: Context, node: Node, left: ast.expr) -> ast.expr:
    operator = node.operator
    if operator in _EQUALITY:
        return _equality(ctx, node, left)
    right = ctx.expr(node.right)
    if operator == "in":
        with ctx.at(node.right):
            if node.left.type == "PrivateIdentifier":
                return ctx.call("private_in", right, private_name(ctx, node.left))
            return ctx.call("has", left, right)
    if operator == "instanceof":
        with ctx.at(node.right):
            return ctx.call("instance_of", left, right)
    kinds = ctx.types.of(node.left), ctx.types.of(node.right)
    proved = arithmetic.operation(ctx, operator, left, right, *kinds)
    if proved is None and isinstance(kinds[0], Whole) and operator in _OF_INTS:
        whole = arithmetic.whole(ctx, node.left)
        if whole is not None:
            proved = arithmetic.operation(
                ctx, operator, ctx.call("int", whole), right, Range(*kinds[0]), kinds[1]
            )
    return ctx.call(_BINARY[operator], left, right) if proved is None else proved


def private_name(ctx: Context, node: Node) -> ast.expr:
    """The variable that holds the PrivateName of a ``#name``."""
    for names in reversed(ctx.private_names):
        if node.name in names:
            return ctx.name(names[node.name])
    return ctx.refuse(
        node, f"Private field '#{node.name}' must be declared in an enclosing class", code="ODW200"
    )


def _equality(ctx: Context, node: Node, left: ast.expr) -> ast.expr:
    right = ctx.expr(node.right)
    strict, negated = len(node.operator) == 3, node.operator[0] == "!"
    test: ast.expr
    nullish = _nullish_side(ctx, node, left, right)
    if nullish is not None and not strict:
        test = ctx.call("nullish", nullish)
    elif nullish is not None and (is_undefined(ctx, node.right) or _is_null(node.right)):
        test = ctx.is_(left, "undefined" if is_undefined(ctx, node.right) else "None")
    elif strict and (_is_text(left, node.left) or _is_text(right, node.right)):
        test = ctx.compare(left, ast.Eq(), right)
    elif strict and node.right.type == "Literal" and isinstance(node.right.value, bool):
        test = ctx.compare(left, ast.Is(), right)
    else:
        kinds = ctx.types.of(node.left), ctx.types.of(node.right)
        proved = arithmetic.same(ctx, left, right, *kinds, strict)
        test = ctx.call("strict_equals" if strict else "equals", left, right) if proved is None else proved
    return ctx.negate(test) if negated else test


def _nullish_side(ctx: Context, node: Node, left: ast.expr, right: ast.expr) -> ast.expr | None:
    """The other operand of a comparison with ``null`` or ``undefined``."""
    if _is_null(node.right) or is_undefined(ctx, node.right):
        return left
    if _is_null(node.left) or is_undefined(ctx, node.left):
        return right
    return None


def _is_null(node: Node) -> bool:
    return node.type == "Literal" and node.raw == "null"


def is_undefined(ctx: Context, node: Node) -> bool:
    return node.type == "Identifier" and node.name == "undefined" and ctx.table.resolve(node) is None


def _is_text(value: ast.expr, node: Node) -> bool:
    if isinstance(value, ast.Constant):
        return isinstance(value.value, str)
    return isinstance(value, ast.JoinedStr) or (node.type == "UnaryExpression" and node.operator == "typeof")


def lower_unary(ctx: Context, node: Node) -> ast.expr:
    operator, argument = node.operator, node.argument
    if operator == "typeof":
        if (
            argument.type == "Identifier"
            and ctx.table.resolve(argument) is None
            and argument.name not in _CONSTANT_GLOBALS
        ):
            return ctx.call("typeof_global", ctx.const(argument.name))
        return ctx.call("typeof", ctx.expr(argument))
    if operator == "!":
        return ctx.negate(condition(ctx, argument))
    if operator == "void":
        return ctx.sequence([ctx.expr(argument), ctx.undefined()])
    if operator == "delete":
        from odw.transpile.lower.members import lower_delete

        return lower_delete(ctx, node)
    if operator == "-":
        if (
            argument.type == "Literal"
            and type(argument.value) in (int, float)
            and argument.value != float("inf")
        ):
            return ctx.const(-argument.value if argument.value else -0.0)
        value = ctx.expr(argument)
        return arithmetic.negative(ctx, value, ctx.types.of(argument)) or ctx.call("neg", value)
    value = ctx.expr(argument)
    if operator == "+":
        return ctx.call("to_number_value", value)
    return arithmetic.complement(ctx, value, ctx.types.of(argument)) or ctx.call("bit_not", value)


_CONSTANT_GLOBALS: Final = frozenset({"undefined", "NaN", "Infinity"})


def lower_logical(ctx: Context, node: Node) -> ast.expr:
    if node.operator != "??" and is_boolean(node.left):
        join = ctx.all_of if node.operator == "&&" else ctx.any_of
        return join(condition(ctx, node.left), ctx.expr(node.right))
    first, again = ctx.hold(ctx.expr(node.left))
    right = ctx.expr(node.right)
    if node.operator != "??":
        test = arithmetic.truth(ctx, first, ctx.types.of(node.left)) or ctx.call("truthy", first)
        return (
            ctx.conditional(test, right, again)
            if node.operator == "&&"
            else ctx.conditional(test, again, right)
        )
    return ctx.conditional(ctx.call("nullish", first), right, again)


def lower_conditional(ctx: Context, node: Node) -> ast.expr:
    test = condition(ctx, node.test)
    yes = ctx.expr(node.consequent)
    return ctx.conditional(test, yes, ctx.expr(node.alternate))


def condition(ctx: Context, node: Node) -> ast.expr:
    """A Python bool that is ToBoolean of the expression."""
    with ctx.at(node):
        if node.type == "LogicalExpression" and node.operator != "??":
            join = ctx.all_of if node.operator == "&&" else ctx.any_of
            left = condition(ctx, node.left)
            return join(left, condition(ctx, node.right))
        if node.type == "UnaryExpression" and node.operator == "!":
            return ctx.negate(condition(ctx, node.argument))
    value = ctx.expr(node)
    if is_boolean(node):
        return value
    with ctx.at(node):
        return arithmetic.truth(ctx, value, ctx.types.of(node)) or ctx.call("truthy", value)


def is_boolean(node: Node) -> bool:
    """Whether an expression can only give a boolean."""
    kind = node.type
    if kind == "BinaryExpression":
        return node.operator in _COMPARISON
    if kind == "UnaryExpression":
        return node.operator in ("!", "delete")
    if kind == "LogicalExpression":
        return node.operator != "??" and is_boolean(node.right) and is_boolean(node.left)
    return kind == "Literal" and isinstance(node.value, bool)


def lower_sequence(ctx: Context, node: Node) -> ast.expr:
    return ctx.sequence([ctx.expr(part) for part in node.expressions])
