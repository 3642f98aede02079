"""Literals, arrays and objects.

``[1, , ...xs]`` → ``JSArray([1, HOLE, *spread(xs)])``; ``{a: 1, ...o, [k]: 2}`` → ``JSObject({'a': 1,
**own_properties(o), property_key(k): 2})``. Accessors, ``__proto__: v`` and what follows them are wrapped around that.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from odw.transpile.estree import Node
from odw.transpile.source import utf16

if TYPE_CHECKING:
    from odw.transpile.lower.context import Context


def lower_literal(ctx: Context, node: Node) -> ast.expr:
    if node.regex is not None:
        return ctx.call("regexp", ctx.const(node.regex["pattern"]), ctx.const(node.regex["flags"]))
    if node.bigint is not None:
        return ctx.call("BigInt", ctx.const(_integer(node.bigint)))
    value = node.value
    if isinstance(value, float) and value == float("inf"):
        return ctx.name("infinity")  # 1e999
    return ctx.const(value)


def _integer(digits: str, chunk: int = 4000) -> int:
    """``int(digits)`` for any number of digits; Python refuses more than 4300 at once."""
    value = 0
    for start in range(0, len(digits), chunk):
        part = digits[start : start + chunk]
        value = value * 10 ** len(part) + int(part)
    return value


def lower_array(ctx: Context, node: Node) -> ast.expr:
    return ctx.call("JSArray", ctx.list_of(_element(ctx, element) for element in node.elements)) if node.elements else ctx.call("JSArray")  # fmt: skip


def _element(ctx: Context, element: Node | None) -> ast.expr:
    if element is None:
        return ctx.name("HOLE")
    if element.type == "SpreadElement":
        return lower_spread(ctx, element)
    return ctx.expr(element)


def lower_spread(ctx: Context, node: Node) -> ast.expr:
    """``...xs`` in an array or an argument list."""
    value = ctx.expr(node.argument)
    with ctx.at(node.argument):
        return ctx.starred(ctx.call("spread", value))


def lower_object(ctx: Context, node: Node) -> ast.expr:
    if any(_needs_home(ctx, prop) for prop in node.properties):
        with ctx.in_maker() as maker:
            home = ctx.names.unique("home")
            built = _build_with_home(ctx, node, home)
            body = [*maker.definitions, *built, ctx.return_(ctx.name(home))]
        name = ctx.temp("make_object")
        ctx.finish_maker(maker, name, body)
        return ctx.call_maker(maker, name)
    return _build(ctx, node.properties)


def _needs_home(ctx: Context, prop: Node) -> bool:
    """Whether a method says ``super``."""
    if prop.type != "Property" or not (prop.method or prop.kind != "init"):
        return False
    scope = ctx.table.scope_of(prop.value)
    return scope is not None and scope.uses_home


def _build(ctx: Context, properties: list[Node]) -> ast.expr:
    keys: list[ast.expr | None] = []
    values: list[ast.expr] = []
    for index, prop in enumerate(properties):
        if prop.type == "SpreadElement":
            keys.append(None)
            with ctx.at(prop):
                values.append(ctx.call("own_properties", ctx.expr(prop.argument)))
        elif prop.kind != "init" or _sets_prototype(prop):
            return _extend(ctx, _simple(ctx, keys, values), properties[index:])
        else:
            key, name = _key(ctx, prop)
            keys.append(key)
            with ctx.at(prop):
                values.append(_value(ctx, prop, name))
    return _simple(ctx, keys, values)


def _simple(ctx: Context, keys: list[ast.expr | None], values: list[ast.expr]) -> ast.expr:
    return ctx.call("JSObject", ctx.dict_of(keys, values)) if values else ctx.call("JSObject")


def _extend(ctx: Context, built: ast.expr, properties: list[Node]) -> ast.expr:
    """Wrap the definition of one property after another around an object."""
    for prop in properties:
        with ctx.at(prop):
            built = _define(ctx, built, prop)
    return built


def _build_with_home(ctx: Context, node: Node, home: str) -> list[ast.stmt]:
    """One statement per property, for an object that its methods know as ``home``."""
    outer, ctx.home = ctx.home, lambda: ctx.name(home)
    stmts = [ctx.assign(home, ctx.call("JSObject"))]
    for prop in node.properties:
        with ctx.at(prop):
            stmts.append(ctx.effect(_define(ctx, ctx.name(home), prop, own_home=True)))
    ctx.home = outer
    return stmts


def _define(ctx: Context, built: ast.expr, prop: Node, own_home: bool = False) -> ast.expr:
    if prop.type == "SpreadElement":
        return ctx.call("copy_properties", built, ctx.expr(prop.argument))
    if _sets_prototype(prop):
        return ctx.call("set_literal_prototype", built, ctx.expr(prop.value))
    key, name = _key(ctx, prop)
    if prop.kind == "init":
        # The object stands before the key in evaluation order, the key before the value.
        operation = "define_method" if prop.method else "define_field"
        return ctx.call(operation, built, key, _value(ctx, prop, name, own_home))
    operation = "define_getter" if prop.kind == "get" else "define_setter"
    return ctx.call(operation, built, key, _value(ctx, prop, name, own_home, prefix=prop.kind))


def _value(ctx: Context, prop: Node, name: ast.expr, own_home: bool = False, prefix: str = "") -> ast.expr:
    from odw.transpile.lower.functions import lower_method, named

    if prop.method or prop.kind != "init":
        return lower_method(ctx, prop.value, name, ctx.home if own_home else None, prefix)
    return named(ctx, prop.value, name)


def _sets_prototype(prop: Node) -> bool:
    return (
        prop.kind == "init"
        and not (prop.computed or prop.shorthand or prop.method)
        and (prop.key.name if prop.key.type == "Identifier" else prop.key.value) == "__proto__"
    )


def _key(ctx: Context, prop: Node) -> tuple[ast.expr, ast.expr]:
    """The key to be evaluated, and the same again as a function's name."""
    with ctx.at(prop.key):
        if not prop.computed:
            key = ctx.const(static_key(prop.key))
            return key, ctx.again(key)
        if prop.key.type == "Literal" and isinstance(prop.key.value, str):
            key = ctx.const(prop.key.value)
            return key, ctx.again(key)
        key = ctx.call("property_key", ctx.expr(prop.key))
        from odw.transpile.lower.functions import takes_name

        if prop.value.type == "ClassExpression":  # its maker, a function of its own, reads the name
            variable = ctx.names.unique("key")
            return ctx.walrus(variable, key), ctx.name(variable)
        if prop.method or prop.kind != "init" or takes_name(prop.value):
            return ctx.hold(key, "key")
        return key, ctx.const("")


def static_key(key: Node) -> str:
    """The property key of a name, string or number that is not computed."""
    if key.type in ("Identifier", "PrivateIdentifier"):
        return utf16(key.name)
    if key.bigint is not None:
        return str(key.bigint)
    value: Any = key.value
    return value if isinstance(value, str) else number_text(value)


def number_text(value: int | float) -> str:
    """Number::toString (ECMA-262 6.1.6.1.20) of a literal."""
    from odw.ecma.abstract_ops.number_text import number_to_string

    return number_to_string(value)
