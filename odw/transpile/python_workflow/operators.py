"""Operators: Python's where the kinds make them exact, else those of ``js``."""

from __future__ import annotations

from odw.transpile.estree import Node
from odw.transpile.python_workflow import code
from odw.transpile.python_workflow.code import Py, call, comparison, either, name, negated
from odw.transpile.python_workflow.context import Context
from odw.transpile.python_workflow.expressions import (
    LOOSE,
    NONE,
    TESTS,
    UNDEFINED_VALUE,
    absent,
    handles,
    is_cheap,
    is_undefined,
    loose,
    plain_test,
    present,
    same_truth,
    temporary,
    test,
    value,
)
from odw.transpile.python_workflow.kind_rules import nonzero
from odw.transpile.python_workflow.kinds import (
    ANY,
    BOOL,
    INT,
    NULL,
    NULLISH,
    NUMBERS,
    STR,
    UNDEFINED,
    Arr,
    Kind,
    Obj,
    only,
)
from odw.transpile.python_workflow.templates import joined, pieces_of

_LIBRARY = {
    "+": "js.add", "-": "js.subtract", "*": "js.multiply", "/": "js.divide", "%": "js.remainder", "**": "js.power",
    "&": "js.bit_and", "|": "js.bit_or", "^": "js.bit_xor", "<<": "js.shift_left", ">>": "js.shift_right",
    ">>>": "js.shift_right_unsigned", "<": "js.less", "<=": "js.less_equal", ">": "js.greater", ">=": "js.greater_equal",
}  # fmt: skip
_TYPES = {"string": "str", "boolean": "bool"}
SMALL_FACTOR = 1 << 20


@handles("BinaryExpression")
def binary(ctx: Context, node: Node) -> Py:
    operator = node.operator
    if operator in ("===", "!==", "==", "!="):
        return equality(ctx, node)
    if operator == "in":
        if node.left.type == "PrivateIdentifier":
            raise ctx.refuse(node, "a private name in an object")
        return _membership(ctx, node)
    if operator == "instanceof":
        return _instance(ctx, node)
    if operator == "+" and (only(ctx.kind(node.left), STR) or only(ctx.kind(node.right), STR)):
        return joined(pieces_of(ctx, node))
    return arithmetic(ctx, operator, value(ctx, node.left), value(ctx, node.right), node.left, node.right)


def arithmetic(ctx: Context, operator: str, left: Py, right: Py, first: Node, second: Node) -> Py:
    """``left operator right`` where the operands are what ``first`` and ``second`` mean."""
    a, b = ctx.kind(first), ctx.kind(second)
    numeric = only(a, *NUMBERS) and only(b, *NUMBERS)
    if operator in ("+", "-") and numeric:
        return code.binary(left, operator, right, code.ADD)
    if operator == "+" and only(a, STR) and only(b, STR):
        return code.binary(left, operator, right, code.ADD)
    if operator == "*" and numeric and (_small(ctx, first) or _small(ctx, second)):
        return code.binary(left, "*", right, code.MULTIPLY)
    if operator == "/" and numeric and nonzero(second):
        return code.binary(left, "/", right, code.MULTIPLY)
    if operator in ("<", "<=", ">", ">=") and numeric:
        return comparison(left, operator, right)
    return call(_LIBRARY[operator], left, right)


def _small(ctx: Context, node: Node) -> bool:
    """Whether a product with this stays a whole number that both languages hold exactly, or is one of floats."""
    if node.type == "Literal":
        return isinstance(node.value, int | float) and abs(node.value) < SMALL_FACTOR
    return only(ctx.kind(node), INT) and node.type in ("MemberExpression", "Identifier")


def equality(ctx: Context, node: Node) -> Py:
    operator, left, right = node.operator, node.left, node.right
    wanted = operator in ("===", "==")
    if left.type == "Literal" or is_undefined(left, ctx):
        left, right = right, left
    found = _typeof(ctx, left, right, wanted) or _with_nothing(ctx, left, right, operator, wanted)
    if found is not None:
        return found
    a, b = ctx.kind(left), ctx.kind(right)
    if operator in ("==", "!=") and not _alike(a, b):
        part = call("js.equal", value(ctx, left), value(ctx, right))
        return part if wanted else negated(part)
    if right.type == "Literal" and isinstance(right.value, bool):
        return comparison(value(ctx, left), "is" if wanted else "is not", value(ctx, right))
    if STR in (*a,) and only(a, STR, NULL, UNDEFINED) and right.type == "Literal":
        return comparison(loose(ctx, left), "==" if wanted else "!=", value(ctx, right))
    if right.type == "Literal" and isinstance(right.value, str):
        return comparison(loose(ctx, left), "==" if wanted else "!=", value(ctx, right))
    if _alike(a, b):
        return comparison(value(ctx, left), "==" if wanted else "!=", value(ctx, right))
    part = call("js.same", value(ctx, left), value(ctx, right))
    return part if wanted else negated(part)


def _alike(a: Kind, b: Kind) -> bool:
    """Whether ``==`` of Python compares values of these kinds as ``===`` does: true is not to meet 1, nor a list its equal."""
    plain = (STR, NULL, UNDEFINED)
    if not (only(a, *plain, BOOL, *NUMBERS) and only(b, *plain, BOOL, *NUMBERS)):
        return only(a, STR) or only(b, STR)
    both = a | b
    return not (BOOL in both and both & frozenset(NUMBERS))


def _with_nothing(ctx: Context, left: Node, right: Node, operator: str, wanted: bool) -> Py | None:
    """A comparison with null or undefined."""
    is_null = right.type == "Literal" and right.value is None and right.regex is None and right.bigint is None
    if not is_null and not is_undefined(right, ctx):
        return None
    if operator in ("==", "!="):
        return absent(ctx, left) if wanted else present(ctx, left)
    found = ctx.kind(left)
    if not is_null and not found & {NULL, ANY} and str(loose(ctx, left)) != str(value(ctx, left)):
        return comparison(loose(ctx, left), "is" if wanted else "is not", NONE)
    return comparison(value(ctx, left), "is" if wanted else "is not", NONE if is_null else UNDEFINED_VALUE)


def _typeof(ctx: Context, left: Node, right: Node, wanted: bool) -> Py | None:
    """``typeof x === '…'``."""
    if left.type != "UnaryExpression" or left.operator != "typeof" or right.type != "Literal":
        return None
    subject = left.argument
    if subject.type == "Identifier" and ctx.binding(subject) is None and subject.name not in _KNOWN:
        from odw.transpile.python_workflow.expressions import GLOBAL_VALUES

        if subject.name not in GLOBAL_VALUES:
            return name(str((right.value == "undefined") == wanted))
    if right.value == "undefined":
        return comparison(value(ctx, subject), "is" if wanted else "is not", UNDEFINED_VALUE)
    if right.value == "function":
        part = call("callable", value(ctx, subject))
    elif right.value == "number":
        part = call("js.is_number", value(ctx, subject))
    elif right.value in _TYPES:
        part = call("isinstance", loose(ctx, subject), name(_TYPES[right.value]))
    else:
        return comparison(call("js.typeof", value(ctx, subject)), "==" if wanted else "!=", value(ctx, right))
    return part if wanted else negated(part)


_KNOWN = ("args", "input", "meta", "console", "JSON", "Math", "pandacode", "odw")


def _membership(ctx: Context, node: Node) -> Py:
    holder = ctx.kind(node.right)
    key = value(ctx, node.left)
    if only(holder, Obj) and only(ctx.kind(node.left), STR):
        return comparison(key, "in", value(ctx, node.right))
    return call("js.has", value(ctx, node.right), key)


def _instance(ctx: Context, node: Node) -> Py:
    from odw.transpile.python_workflow.inference_calls import ERRORS

    subject = value(ctx, node.left)
    if ctx.is_global(node.right, *ERRORS):
        kinds = [] if node.right.name == "Error" else [code.string(node.right.name)]
        return call("js.is_error", subject, *kinds)
    if ctx.is_global(node.right, "Array"):
        return call("isinstance", subject, name("list"))
    if ctx.is_global(node.right, "Object"):
        return comparison(call("js.typeof", subject), "in", name('("object", "function")'))
    return call("js.is_a", subject, value(ctx, node.right))


# --- logical operators ----------------------------------------------------------------------------------------------------


@handles("LogicalExpression")
def logical(ctx: Context, node: Node) -> Py:
    return _logical(ctx, node, False)


def _logical(ctx: Context, node: Node, none_is_enough: bool) -> Py:
    part = loose if none_is_enough else value
    found = ctx.kind(node.left)
    if node.operator == "??":
        return _coalesced(ctx, node, none_is_enough)
    if node.operator == "||":
        if same_truth(found):
            return either(loose(ctx, node.left), "or", part(ctx, node.right))
        if _is_empty_list(node.right) and only(found, Arr, *NULLISH):
            return either(loose(ctx, node.left), "or", value(ctx, node.right))
        if _is_empty_dict(node.right) and only(found, Obj, *NULLISH):
            return either(loose(ctx, node.left), "or", value(ctx, node.right))
        if is_cheap(node.right):
            return call("js.first_truthy", value(ctx, node.left), value(ctx, node.right))
        first, again = temporary(ctx, node.left)
        return code.condition(call("js.truthy", first), again, part(ctx, node.right))
    if same_truth(found) and (not found & {UNDEFINED} or none_is_enough):
        return either(part(ctx, node.left), "and", part(ctx, node.right))
    first, again = temporary(ctx, node.left)
    truth = first if same_truth(found) else call("js.truthy", first)
    return code.condition(truth, part(ctx, node.right), again)


def _loose_logical(ctx: Context, node: Node) -> Py:
    return _logical(ctx, node, True)


LOOSE["LogicalExpression"] = _loose_logical


def _coalesced(ctx: Context, node: Node, none_is_enough: bool) -> Py:
    """``a ?? b``."""
    part = loose if none_is_enough else value
    left = node.left
    plain, lax = value(ctx, left), loose(ctx, left)
    if str(plain) != str(lax) and ctx.kind(left) & NULLISH and left.type == "MemberExpression":
        held = _optional_member(ctx, left)
        if held is not None and is_cheap(node.right):
            return code.method(held[0], "get", held[1], value(ctx, node.right))
    if not ctx.may_be_undefined(ctx.kind(left)) and left.type == "Identifier":
        return code.condition(comparison(plain, "is not", NONE), plain, part(ctx, node.right))
    if is_cheap(node.right):
        return call("js.coalesce", lax, value(ctx, node.right))
    first, again = temporary(ctx, left)
    return code.condition(negated(call("js.nullish", first)), again, part(ctx, node.right))


def _optional_member(ctx: Context, node: Node) -> tuple[Py, Py] | None:
    """The object and the key of a property that may lack, but is not null where it is there."""
    if node.computed or node.optional or node.property.type != "Identifier":
        return None
    holder = ctx.kind(node.object) - NULLISH
    if not only(holder, Obj):
        return None
    for atom in holder:
        held = atom.members.get(node.property.name)
        if held is None or held & {NULL, UNDEFINED, ANY} or atom.escaped:
            return None
        if atom.others - {UNDEFINED} and not atom.answer:
            return None
    return value(ctx, node.object), code.string(node.property.name)


def _is_empty_list(node: Node) -> bool:
    return node.type == "ArrayExpression" and not node.elements


def _is_empty_dict(node: Node) -> bool:
    return node.type == "ObjectExpression" and not node.properties


def _test_logical(ctx: Context, node: Node) -> Py:
    if node.operator == "??":
        return plain_test(ctx, node)
    return either(test(ctx, node.left), "or" if node.operator == "||" else "and", test(ctx, node.right))


TESTS["LogicalExpression"] = _test_logical


# --- unary operators ------------------------------------------------------------------------------------------------------


@handles("UnaryExpression")
def unary(ctx: Context, node: Node) -> Py:
    operator, operand = node.operator, node.argument
    if operator == "!":
        if operand.type == "UnaryExpression" and operand.operator == "!":
            return _boolean(ctx, operand.argument)
        return denied(ctx, operand)
    if operator == "typeof":
        return call("js.typeof", value(ctx, operand))
    if operator == "-":
        if operand.type == "Literal" and isinstance(operand.value, int | float) and operand.value:
            return Py(["-", value(ctx, operand).doc], code.UNARY)
        return call("js.negative", value(ctx, operand))
    if operator == "+":
        return (
            value(ctx, operand)
            if only(ctx.kind(operand), *NUMBERS)
            else call("js.number", value(ctx, operand))
        )
    if operator == "~":
        return call("js.bit_not", value(ctx, operand))
    if operator == "void":
        return UNDEFINED_VALUE
    if operand.type == "MemberExpression":
        from odw.transpile.python_workflow.members import key_of

        return call("js.remove", value(ctx, operand.object), key_of(ctx, operand))
    raise ctx.refuse(node, f"the operator {operator} here")


def denied(ctx: Context, node: Node) -> Py:
    """``!node``."""
    if node.type == "BinaryExpression" and node.operator in ("===", "!==", "==", "!="):
        return negated(equality(ctx, node))
    found = ctx.kind(node)
    if (
        not same_truth(found)
        and only(found, Arr, Obj, *NULLISH)
        and found & NULLISH
        and node.type != "LogicalExpression"
    ):
        return absent(ctx, node)
    return negated(test(ctx, node))


def _boolean(ctx: Context, node: Node) -> Py:
    """``Boolean(node)``: a bool, not only what is as true as one."""
    if only(ctx.kind(node), BOOL):
        return value(ctx, node)
    found = ctx.kind(node)
    if same_truth(found):
        return call("bool", loose(ctx, node))
    return call("js.truthy", value(ctx, node))


def boolean(ctx: Context, node: Node) -> Py:
    return _boolean(ctx, node)


def _test_unary(ctx: Context, node: Node) -> Py:
    if node.operator == "!":
        inner = node.argument
        if inner.type == "UnaryExpression" and inner.operator == "!":
            return test(ctx, inner.argument)
        return denied(ctx, inner)
    return plain_test(ctx, node)


TESTS["UnaryExpression"] = _test_unary
