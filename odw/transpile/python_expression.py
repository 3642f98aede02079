"""Python expressions as text, wrapped at a width; the half of ``python_text`` below statements.

Only what the lowering makes is printed. An expression is laid out flat if it fits, else broken at its outermost
brackets, one item a line.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Final

WIDTH: Final = 100

# Binding strength, from loose to tight.
_NAMED, _LAMBDA, _CONDITIONAL, _OR, _AND, _NOT, _COMPARE = range(7)
_BITWISE_OR, _BITWISE_XOR, _BITWISE_AND, _SHIFT, _SUM, _PRODUCT, _SIGN, _AWAIT, _ATOM = range(7, 16)

_COMPARISONS: Final = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Is: "is", ast.IsNot: "is not",
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
_OPERATORS: Final[dict[type[ast.operator], tuple[str, int]]] = {
    ast.Add: ("+", _SUM), ast.Sub: ("-", _SUM), ast.Mult: ("*", _PRODUCT), ast.Mod: ("%", _PRODUCT),
    ast.BitAnd: ("&", _BITWISE_AND), ast.BitOr: ("|", _BITWISE_OR), ast.BitXor: ("^", _BITWISE_XOR),
    ast.LShift: ("<<", _SHIFT), ast.RShift: (">>", _SHIFT),
}  # fmt: skip
_UNARY: Final[dict[type[ast.unaryop], tuple[str, int]]] = {
    ast.Not: ("not ", _NOT), ast.USub: ("-", _SIGN), ast.Invert: ("~", _SIGN),
}  # fmt: skip


def layout(node: ast.expr, indent: int, before: int = 0, after: int = 0) -> str:
    """The text of an expression that begins in column ``indent + before``, with ``after`` columns behind its last line."""
    text = flat(node)
    if indent + before + len(text) + after <= WIDTH:
        return text
    return _broken(node, indent, text)


def _broken(node: ast.expr, indent: int, text: str) -> str:
    if isinstance(node, ast.Call):
        if not node.args and not node.keywords:
            return text
        items: list[ast.expr | ast.keyword] = [*node.args, *node.keywords]
        function = _inside(node.func, _ATOM, indent, after=1)
        inline = ", ".join(_item(item, 0) for item in items) if "\n" in function else "\n"
        if "\n" not in inline and len(function.rpartition("\n")[2]) + len(inline) + 2 <= WIDTH:
            return f"{function}({inline})"
        if len(items) == 1 and isinstance(items[0], ast.Dict | ast.List | ast.Tuple):
            return f"{function}({_broken(items[0], indent, flat(items[0]))})"
        return _items(function + "(", items, ")", indent)
    if isinstance(node, ast.List | ast.Tuple) and node.elts:
        opening, closing = ("[", "]") if isinstance(node, ast.List) else ("(", ")")
        return _items(opening, list(node.elts), closing, indent)
    if isinstance(node, ast.Dict) and node.keys:
        return _dict(node, indent)
    if isinstance(node, ast.Attribute):
        return f"{_inside(node.value, _ATOM, indent, after=len(node.attr) + 1)}.{node.attr}"
    if isinstance(node, ast.Await):
        return f"await {_inside(node.value, _ATOM, indent, 6)}"
    if isinstance(node, ast.Starred):
        return f"*{_inside(node.value, _COMPARE, indent, 1)}"
    if isinstance(node, ast.NamedExpr):
        name = flat(node.target)
        return f"({name} := {_inside(node.value, _LAMBDA, indent, len(name) + 5, 1)})"
    if isinstance(node, ast.Lambda):
        parameters = parameter_text(node.args)
        head = f"lambda{' ' if parameters else ''}{parameters}: "
        if isinstance(node.body, ast.Call | ast.IfExp | ast.BoolOp):
            return head + layout(node.body, indent, len(head), 1)
        return _lines(f"{head}(", [layout(node.body, indent + 4)], ")", indent)
    if isinstance(node, ast.IfExp):
        inner = indent + 4
        yes, test = _inside(node.body, _OR, inner, 0), _inside(node.test, _OR, inner, 3)
        no = _inside(node.orelse, _CONDITIONAL, inner, 5)
        return _lines("(", [yes, f"if {test}", f"else {no}"], ")", indent)
    if isinstance(node, ast.BoolOp):
        word = "and " if isinstance(node.op, ast.And) else "or "
        strength = _AND if isinstance(node.op, ast.And) else _OR
        parts = [_inside(value, strength + 1, indent + 4, 4) for value in node.values]
        return _lines("(", [parts[0], *(word + part for part in parts[1:])], ")", indent)
    return text


def _inside(node: ast.expr, strength: int, indent: int, before: int = 0, after: int = 0) -> str:
    """``layout`` of an operand, in brackets where it binds less than ``strength``."""
    text = layout(node, indent, before, after)
    bare = "\n" not in text or not isinstance(
        node, ast.IfExp | ast.BoolOp
    )  # these bring their own when broken
    return f"({text})" if _strength(node) < strength and bare else text


def _items(
    opening: str, items: list[ast.expr | ast.keyword] | list[ast.expr], closing: str, indent: int
) -> str:
    return _lines(opening, [f"{_item(item, indent + 4)}," for item in items], closing, indent)


def _item(item: ast.expr | ast.keyword, indent: int) -> str:
    if isinstance(item, ast.keyword):
        return f"{item.arg}={_inside(item.value, _LAMBDA, indent, len(item.arg or '') + 1, 1)}"
    return _inside(item, _LAMBDA, indent, after=1)


def _dict(node: ast.Dict, indent: int) -> str:
    entries = []
    for key, value in zip(node.keys, node.values, strict=True):
        head = "**" if key is None else f"{flat(key)}: "
        strength = _COMPARE if key is None else _LAMBDA
        entries.append(f"{head}{_inside(value, strength, indent + 4, len(head), 1)},")
    return _lines("{", entries, "}", indent)


def _lines(opening: str, lines: list[str], closing: str, indent: int) -> str:
    pad = "\n" + " " * (indent + 4)
    return f"{opening}{pad}{pad.join(lines)}\n{' ' * indent}{closing}"


def flat(node: ast.expr) -> str:
    """The expression on one line."""
    return _FLAT[type(node)](node)


def _enclosed(node: ast.expr, strength: int) -> str:
    text = flat(node)
    return text if _strength(node) >= strength else f"({text})"


def _strength(node: ast.expr) -> int:
    if isinstance(node, ast.BoolOp):
        return _AND if isinstance(node.op, ast.And) else _OR
    if isinstance(node, ast.BinOp):
        return _OPERATORS[type(node.op)][1]
    if isinstance(node, ast.UnaryOp):
        return _UNARY[type(node.op)][1]
    if (
        isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
    ):
        negative = node.value < 0 or (isinstance(node.value, float) and repr(node.value)[0] == "-")
        return _AWAIT if negative else _ATOM
    return _STRENGTH.get(type(node), _ATOM)


_STRENGTH: Final[dict[type[ast.expr], int]] = {
    ast.Lambda: _LAMBDA,
    ast.Yield: _NAMED,
    ast.YieldFrom: _NAMED,
    ast.IfExp: _CONDITIONAL,
    ast.Compare: _COMPARE,
    ast.Await: _AWAIT,
}


def _is_huge(value: object) -> bool:
    """More digits than Python prints in decimal."""
    return isinstance(value, int) and value.bit_length() > 10_000


def _call(node: ast.Call) -> str:
    args = [_argument(arg) for arg in node.args]
    args += [f"{keyword.arg}={_argument(keyword.value)}" for keyword in node.keywords]
    return f"{_enclosed(node.func, _ATOM)}({', '.join(args)})"


def _argument(node: ast.expr) -> str:
    """In brackets, between commas."""
    return _enclosed(node, _LAMBDA)


def _attribute(node: ast.Attribute) -> str:
    value = _enclosed(node.value, _ATOM)
    if isinstance(node.value, ast.Constant) and isinstance(node.value.value, int | float):
        value = f"({flat(node.value)})"
    return f"{value}.{node.attr}"


def _tuple(node: ast.Tuple) -> str:
    inner = ", ".join(_argument(item) for item in node.elts)
    return f"({inner},)" if len(node.elts) == 1 else f"({inner})"


def _dict_flat(node: ast.Dict) -> str:
    entries = []
    for key, value in zip(node.keys, node.values, strict=True):
        entries.append(
            f"**{_enclosed(value, _COMPARE)}" if key is None else f"{_argument(key)}: {_argument(value)}"
        )
    return "{" + ", ".join(entries) + "}"


def _if_flat(node: ast.IfExp) -> str:
    return f"{_enclosed(node.body, _OR)} if {_enclosed(node.test, _OR)} else {_enclosed(node.orelse, _CONDITIONAL)}"


def _bool_flat(node: ast.BoolOp) -> str:
    word, strength = (" and ", _AND) if isinstance(node.op, ast.And) else (" or ", _OR)
    return word.join(_enclosed(value, strength + 1) for value in node.values)


def _compare_flat(node: ast.Compare) -> str:
    operator = _COMPARISONS[type(node.ops[0])]
    return f"{_enclosed(node.left, _BITWISE_OR)} {operator} {_enclosed(node.comparators[0], _BITWISE_OR)}"


def _operator_flat(node: ast.BinOp) -> str:
    operator, strength = _OPERATORS[type(node.op)]
    return f"{_enclosed(node.left, strength)} {operator} {_enclosed(node.right, strength + 1)}"


def _unary_flat(node: ast.UnaryOp) -> str:
    operator, strength = _UNARY[type(node.op)]
    return operator + _enclosed(node.operand, strength)


def _lambda_flat(node: ast.Lambda) -> str:
    parameters = parameter_text(node.args)
    return f"lambda{' ' if parameters else ''}{parameters}: {_enclosed(node.body, _CONDITIONAL)}"


def _yield_flat(node: ast.Yield) -> str:
    return "yield" if node.value is None else f"yield {_argument(node.value)}"


def _joined_flat(node: ast.JoinedStr) -> str:
    """An f-string where Python 3.11 can spell one: no quote of its own and no backslash inside the braces."""
    parts: list[str] = []
    for part in node.values:
        if isinstance(part, ast.Constant):
            parts.append(_quoted(str(part.value)).replace("{", "{{").replace("}", "}}"))
        elif isinstance(part, ast.FormattedValue):
            inner = _argument(part.value)
            if '"' in inner or "\\" in inner:
                return _joined_by_method(node)
            parts.append("{" + inner + "}")
    return f'f"{"".join(parts)}"'


def _joined_by_method(node: ast.JoinedStr) -> str:
    items = [_text_item(p.value) if isinstance(p, ast.FormattedValue) else flat(p) for p in node.values]
    return f"''.join(({', '.join(items)}))"


def _text_item(value: ast.expr) -> str:
    """A string for certain: an int is formatted on its own."""
    text = _argument(value)
    is_text = isinstance(value, ast.JoinedStr) or text.startswith("to_string(")
    return text if is_text or '"' in text or "\\" in text else f'f"{{{text}}}"'


def _quoted(text: str) -> str:
    """The inside of a string literal in double quotes."""
    return "".join("'" if c == "'" else '\\"' if c == '"' else repr(c)[1:-1] for c in text)


def parameter_text(arguments: ast.arguments) -> str:
    """The parameter list of a ``def`` or ``lambda``."""
    parts = []
    plain = len(arguments.args) - len(arguments.defaults)
    for index, arg in enumerate(arguments.args):
        parts.append(
            arg.arg if index < plain else f"{arg.arg}={_argument(arguments.defaults[index - plain])}"
        )
    if arguments.vararg is not None:
        parts.append(f"*{arguments.vararg.arg}")
    elif arguments.kwonlyargs:
        parts.append("*")
    for arg, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        parts.append(arg.arg if default is None else f"{arg.arg}={_argument(default)}")
    return ", ".join(parts)


_FLAT: Final[dict[type[ast.expr], Callable[..., str]]] = {
    ast.Attribute: _attribute,
    ast.Await: lambda node: f"await {_enclosed(node.value, _ATOM)}",
    ast.BinOp: _operator_flat,
    ast.BoolOp: _bool_flat,
    ast.Call: _call,
    ast.Compare: _compare_flat,
    ast.Constant: lambda node: hex(node.value) if _is_huge(node.value) else repr(node.value),
    ast.Dict: _dict_flat,
    ast.IfExp: _if_flat,
    ast.JoinedStr: _joined_flat,
    ast.Lambda: _lambda_flat,
    ast.List: lambda node: f"[{', '.join(_argument(item) for item in node.elts)}]",
    ast.Name: lambda node: node.id,
    ast.NamedExpr: lambda node: f"({node.target.id} := {_argument(node.value)})",
    ast.Starred: lambda node: f"*{_enclosed(node.value, _COMPARE)}",
    ast.Subscript: lambda node: f"{_enclosed(node.value, _ATOM)}[{flat(node.slice)}]",
    ast.Tuple: _tuple,
    ast.UnaryOp: _unary_flat,
    ast.Yield: _yield_flat,
    ast.YieldFrom: lambda node: f"yield from {_argument(node.value)}",
}
