"""Operators on operands whose types are proved (analyze/value_types.py): Python's own, where they give the same value.

``s + i * 2`` → ``s + i * 2`` for ints that stay within 2**53; ``(h ^ c) >>> 0`` → ``h ^ c & 0xffffffff``; ``a < b`` of two
numbers or two strings → ``a < b``; ``'item ' + i`` → ``f'item {i}'``. ``None`` means: not proved, call the library.

A 32-bit result is wrapped once: an expression carries ``low_bits``, which is equal to it modulo 2**32, for an operator that looks
at no more than these bits.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, Final

from odw.transpile.analyze.pristine_math import math_function
from odw.transpile.analyze.value_domain import (
    ARRAY,
    BOOLEAN,
    INT32,
    LONGEST_STRING,
    NUMBER,
    UINT32,
    Range,
    Text,
    ValueType,
    Whole,
    is_number,
    within,
)
from odw.transpile.analyze.value_domain import operation as result_of
from odw.transpile.estree import Node

if TYPE_CHECKING:
    from odw.transpile.lower.context import Context

_ARITHMETIC: Final[dict[str, type[ast.operator]]] = {"+": ast.Add, "-": ast.Sub, "*": ast.Mult, "%": ast.Mod}
_BITS: Final[dict[str, type[ast.operator]]] = {"&": ast.BitAnd, "|": ast.BitOr, "^": ast.BitXor}
_SHIFTS: Final = frozenset({"<<", ">>", ">>>"})
_ORDER: Final[dict[str, type[ast.cmpop]]] = {"<": ast.Lt, "<=": ast.LtE, ">": ast.Gt, ">=": ast.GtE}
_MASK: Final = 0xFFFFFFFF
_POSITIVE: Final = Range(0, INT32.high)


def operation(
    ctx: Context, operator: str, left: ast.expr, right: ast.expr, left_type: ValueType, right_type: ValueType
) -> ast.expr | None:
    """``left operator right``, both lowered already."""
    if left_type is None or right_type is None:
        return None
    if operator in _ORDER:
        if _are_of_one_order(left_type, right_type):
            return ctx.compare(left, _ORDER[operator](), right)
        return None
    if operator == "+" and (isinstance(left_type, Text) or isinstance(right_type, Text)):
        return _concatenation(ctx, left, right, left_type, right_type)
    if not isinstance(left_type, Range) or not isinstance(right_type, Range):
        return None
    if operator in _ARITHMETIC:
        if isinstance(result_of(operator, left_type, right_type), Range):
            return _operator(ctx, left, _ARITHMETIC[operator], right)
        return None
    if operator in _BITS:
        return _bitwise(ctx, operator, left, right, left_type, right_type)
    if operator in _SHIFTS:
        return _shift(ctx, operator, left, right, left_type, right_type)
    return None


def _are_of_one_order(left: ValueType, right: ValueType) -> bool:
    return (is_number(left) and is_number(right)) or (isinstance(left, Text) and isinstance(right, Text))


def same(
    ctx: Context, left: ast.expr, right: ast.expr, left_type: ValueType, right_type: ValueType, strict: bool
) -> ast.expr | None:
    """``left === right`` or ``left == right`` as Python's ``==``, for which True is 1 and False is 0."""
    if (
        _are_of_one_order(left_type, right_type)
        or (left_type == BOOLEAN == right_type)
        or (strict and (_is_no_bit(left_type) or _is_no_bit(right_type)))
    ):
        return ctx.compare(left, ast.Eq(), right)
    return None


def _is_no_bit(value: ValueType) -> bool:
    """Whether an int is neither 0 nor 1: then nothing but the same number equals it."""
    return isinstance(value, Range) and (value.low > 1 or value.high < 0)


def truth(ctx: Context, value: ast.expr, kind: ValueType) -> ast.expr | None:
    """ToBoolean of an int, a string or a boolean."""
    if isinstance(kind, Range):
        return ctx.compare(value, ast.NotEq(), ctx.const(0))
    if isinstance(kind, Text):
        return ctx.compare(value, ast.NotEq(), ctx.const(""))
    return value if kind == BOOLEAN else None


def negative(ctx: Context, value: ast.expr, kind: ValueType) -> ast.expr | None:
    """``-value`` of an int that is not 0."""
    if isinstance(kind, Range) and not kind.low <= 0 <= kind.high:
        return ctx.place(ast.UnaryOp(ast.USub(), value))
    return None


def complement(ctx: Context, value: ast.expr, kind: ValueType) -> ast.expr | None:
    """``~value``."""
    if not isinstance(kind, Range):
        return None
    inverted = ctx.place(ast.UnaryOp(ast.Invert(), _low_bits(value) if not within(kind, INT32) else value))
    return inverted if within(kind, INT32) else _wrapped(ctx, inverted, False)


def stepped(ctx: Context, value: ast.expr, kind: ValueType, up: bool) -> ast.expr | None:
    """``value ± 1`` of a counter."""
    one = Range(1, 1)
    return operation(ctx, "+" if up else "-", value, ctx.const(1), kind, one)


def length(ctx: Context, o: ast.expr, kind: ValueType) -> ast.expr | None:
    """``o.length`` of a string or an array."""
    return ctx.call("len", o) if isinstance(kind, Text) or kind == ARRAY else None


def whole(ctx: Context, node: Node) -> ast.expr | None:
    """A sum or product of ints that may pass 2**53, in floats: Python rounds them as ECMA-262 does. Of names and literals only."""
    if node.type != "BinaryExpression":
        return ctx.expr(node) if node.type in ("Identifier", "Literal") else None
    if node.operator not in ("+", "-", "*"):
        return None
    left, right = whole(ctx, node.left), whole(ctx, node.right)
    if left is None or right is None:
        return None
    if isinstance(ctx.types.of(node), Whole) and not (_is_float(left) or _is_float(right)):
        if isinstance(right, ast.Constant) and isinstance(right.value, int):
            right = ctx.const(float(right.value))
        else:
            left = _float(_operator(ctx, left, ast.Mult, ctx.const(1.0)))
    made = _operator(ctx, left, _ARITHMETIC[node.operator], right)
    return _float(made) if _is_float(left) or _is_float(right) else made


def _float(value: ast.expr) -> ast.expr:
    marked: Any = value
    marked.is_float = True
    return value


def _is_float(value: ast.expr) -> bool:
    """Whether Python's value is a float for certain."""
    if isinstance(value, ast.Constant):
        return isinstance(value.value, float)
    return getattr(value, "is_float", False)


def _concatenation(
    ctx: Context, left: ast.expr, right: ast.expr, left_type: ValueType, right_type: ValueType
) -> ast.expr | None:
    """One f-string for a chain whose result cannot be too long."""
    total = 0
    for kind in (left_type, right_type):
        if isinstance(kind, Text):
            total += kind.longest
        elif is_number(kind):
            total += 25
        else:
            return None
    if total > LONGEST_STRING:
        return None
    parts = [*_text_parts(ctx, left, left_type), *_text_parts(ctx, right, right_type)]
    return ctx.place(ast.JoinedStr(parts))


def _text_parts(ctx: Context, value: ast.expr, kind: ValueType) -> list[ast.expr]:
    if isinstance(value, ast.JoinedStr):
        return value.values
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return [value]
    if kind == NUMBER:
        value = ctx.call("to_string", value)
    return [ctx.place(ast.FormattedValue(value, -1))]


# 32 bits


def _low_bits(value: ast.expr) -> ast.expr:
    low: ast.expr = getattr(value, "low_bits", value)
    return low


def _is_wide(value: ast.expr) -> bool:
    """Whether ``low_bits`` may have many more than 32 bits, so that it should not be multiplied."""
    return getattr(value, "wide", False)


def _wrapped(ctx: Context, low: ast.expr, wide: bool) -> ast.expr:
    """ToInt32 of an int: ``(low + 2**31 & 0xffffffff) - 2**31``."""
    shifted = _operator(ctx, low, ast.Add, ctx.const(2**31))
    masked = _operator(ctx, shifted, ast.BitAnd, ctx.const(_MASK))
    made: Any = _operator(ctx, masked, ast.Sub, ctx.const(2**31))
    made.low_bits, made.wide = low, wide
    return made  # type: ignore[no-any-return]


def _operator(ctx: Context, left: ast.expr, operator: type[ast.operator], right: ast.expr) -> ast.expr:
    return ctx.place(ast.BinOp(left, operator(), right))


def _bitwise(
    ctx: Context, operator: str, left: ast.expr, right: ast.expr, left_type: Range, right_type: Range
) -> ast.expr:
    python = _BITS[operator]
    if operator == "&" and (within(left_type, _POSITIVE) or within(right_type, _POSITIVE)):
        low_left = left if within(left_type, _POSITIVE) else _low_bits(left)
        low_right = right if within(right_type, _POSITIVE) else _low_bits(right)
        return _operator(ctx, low_left, python, low_right)
    if within(left_type, INT32) and within(right_type, INT32):
        if operator == "|" and right_type == (0, 0):
            return left
        if not hasattr(left, "low_bits") and not hasattr(right, "low_bits"):
            return _operator(ctx, left, python, right)
    low = _operator(ctx, _low_bits(left), python, _low_bits(right))
    if operator == "|" and right_type == (0, 0):
        low = _low_bits(left)
    return _wrapped(ctx, low, _is_wide(left) or _is_wide(right))


def _shift(
    ctx: Context, operator: str, left: ast.expr, right: ast.expr, left_type: Range, right_type: Range
) -> ast.expr:
    fixed = right_type.low == right_type.high and isinstance(right, ast.Constant)
    count = right_type.low & 31
    by = ctx.const(count) if fixed else _operator(ctx, right, ast.BitAnd, ctx.const(31))
    if operator == "<<":
        if fixed and within(Range(left_type.low << count, left_type.high << count), INT32):
            return _operator(ctx, left, ast.LShift, by)
        low = _operator(ctx, _low_bits(left), ast.LShift, by)
        return _wrapped(ctx, low, True)
    if operator == ">>":
        value = left if within(left_type, INT32) else _wrapped(ctx, _low_bits(left), False)
        return _operator(ctx, value, ast.RShift, by)
    value = left
    if not within(left_type, UINT32):
        value = _operator(ctx, _low_bits(left), ast.BitAnd, ctx.const(_MASK))
    return value if fixed and not count else _operator(ctx, value, ast.RShift, by)


def math_call(ctx: Context, node: Node, args: list[ast.expr]) -> ast.expr | None:
    """``Math.imul(a, b)`` of two ints."""
    if math_function(ctx.table, node) != "imul" or len(args) != 2:
        return None
    if not all(isinstance(ctx.types.of(argument), Range) for argument in node.arguments):
        return None
    if not ctx.types.math_is_pristine():
        return None
    factors = [
        _operator(ctx, _low_bits(arg), ast.BitAnd, ctx.const(_MASK)) if _is_wide(arg) else _low_bits(arg)
        for arg in args
    ]
    return _wrapped(ctx, _operator(ctx, factors[0], ast.Mult, factors[1]), True)
