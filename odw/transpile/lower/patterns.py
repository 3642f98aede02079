"""Destructuring (ECMA-262 8.6.2, 13.15.5).

``const {a, b: [c, d] = [], ...rest} = o`` becomes one assignment per name; ``const [x, y] = xs`` becomes
``x, y = take(xs, 2)`` when the targets are plain names, else ``with iterate(xs) as it`` and a ``step()`` per element. A default is
a conditional expression: ``1 if (t := get(o, 'a')) is undefined else t``.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from odw.transpile.analyze.scope import bound_identifiers
from odw.transpile.estree import Node
from odw.transpile.lower.assignment import initialise, store_statements
from odw.transpile.lower.literals import static_key
from odw.transpile.lower.members import reference
from odw.transpile.lower.outline import LIMIT, outline

if TYPE_CHECKING:
    from odw.transpile.lower.context import Context

# What V8 shows for a parameter with a default is the conditional that it makes of it.
WITH_DEFAULT = "a ? b : c"
_SHOWN_DEFAULTS = frozenset(("Identifier", "MemberExpression", "CallExpression", "AwaitExpression"))

Store: TypeAlias = Callable[["Context", Node, ast.expr], list[ast.stmt]]


def declare_pattern(
    ctx: Context, pattern: Node, value: ast.expr, origin: Node | None = None, source: str = ""
) -> list[ast.stmt]:
    """``const pattern = value``; ``origin`` is the expression that gives the value, ``source`` its text in an error."""
    if origin is not None:
        source = _text(ctx, origin)
    return _bind(ctx, pattern, value, initialise, source, origin)


def assign_pattern(
    ctx: Context, pattern: Node, value: ast.expr, origin: Node | None = None
) -> list[ast.stmt]:
    """``pattern = value`` for existing names and properties."""
    return _bind(
        ctx, pattern, value, store_statements, None if origin is None else _text(ctx, origin), origin
    )


def _text(ctx: Context, origin: Node) -> str:
    """The script's text of an expression, as far as an error shows it."""
    return ctx.source.text[origin.start : origin.end] if origin.end - origin.start < 100 else ""


def _bind(
    ctx: Context,
    target: Node,
    value: ast.expr,
    store: Store,
    source: str | None = None,
    origin: Node | None = None,
    named: tuple[str, str] | None = None,
    key: str | None = None,
) -> list[ast.stmt]:
    """``source``, ``named`` and ``key`` are for errors: the text of the value, what it is if that has no text of its own,
    and whose value it is in the object pattern around."""
    with ctx.at(target):
        if target.type == "Identifier":
            return store(ctx, target, value)
        if target.type == "ObjectPattern":
            if named is not None and _first_key(target) is None:
                return _bind_object(ctx, target, value, store, named[1], key)
            return _bind_object(ctx, target, value, store, source, _first_key(target))
        if target.type == "ArrayPattern":
            return _bind_array(ctx, target, value, store, origin, named)
        if target.type == "AssignmentPattern":
            text = _text(ctx, target.right)
            named = ("default", text) if text and target.right.type in _SHOWN_DEFAULTS else None
            filled = _with_default(ctx, target, value)
            if target.left.type == "ObjectPattern":
                return _bind(ctx, target.left, filled, store, source=text or None)
            return _bind(ctx, target.left, filled, store, named=named)
        return [ctx.effect(reference(ctx, target, twice=False).write(ctx, value))]


def _with_default(ctx: Context, target: Node, value: ast.expr) -> ast.expr:
    from odw.transpile.lower.functions import named, target_name

    first, again = ctx.hold(value)
    default = named(ctx, target.right, ctx.const(target_name(target)))
    return ctx.conditional(ctx.is_(first, "undefined"), default, again)


def _settled(
    ctx: Context, target: Node, named: tuple[str, str] | None = None, key: str | None = None
) -> tuple[list[ast.stmt], Callable[[ast.expr, Store], list[ast.stmt]]]:
    """A property as a target is found before the value is taken (13.15.5.3); any other target needs nothing before."""
    inner = target.left if target.type == "AssignmentPattern" else target
    if inner.type != "MemberExpression":
        return [], lambda value, store: _bind(ctx, target, value, store, named=named, key=key)
    member = reference(ctx, inner, twice=True)
    before = [ctx.effect(part) for part in member.first if isinstance(part, ast.NamedExpr)]

    def write(value: ast.expr, store: Store) -> list[ast.stmt]:
        if target.type == "AssignmentPattern":
            value = _with_default(ctx, target, value)
        return [ctx.effect(member.write(ctx, value, again=True))]

    return before, write


def _bind_object(
    ctx: Context, pattern: Node, value: ast.expr, store: Store, source: str | None, shown: str | None
) -> list[ast.stmt]:
    """``shown`` is the property that an error names."""
    stmts: list[ast.stmt] = []
    if ctx.is_repeatable(value) and isinstance(value, ast.Name):
        o = value.id
    else:
        o = ctx.temp("o")
        stmts.append(ctx.assign(o, value))
    stmts.append(ctx.effect(_check(ctx, pattern, ctx.name(o), source, shown)))
    named = None if source is None else ("property", source)
    has_rest = any(prop.type == "RestElement" for prop in pattern.properties)
    taken: list[ast.expr] = []
    for prop in pattern.properties:
        with ctx.at(prop):
            if prop.type == "RestElement":
                before, write = _settled(ctx, prop.argument)
                rest = ctx.call("rest_properties", ctx.name(o), ctx.list_of(taken))
                stmts += [*before, *write(rest, store)]
                continue
            if not prop.computed:
                key: ast.expr = ctx.const(static_key(prop.key))
                read, repeated = "get", ctx.again(key)
            elif has_rest or _needs_settling(prop.value):
                name = ctx.temp("key")
                stmts.append(ctx.assign(name, ctx.call("property_key", ctx.expr(prop.key))))
                key, repeated, read = ctx.name(name), ctx.name(name), "get_item"
            else:
                key, read = ctx.expr(prop.key), "get_item"
                repeated = key
            taken.append(repeated)
            before, write = _settled(ctx, prop.value, named, _literal_key(prop))
            stmts += [*before, *write(ctx.call(read, ctx.name(o), key), store)]
    return stmts


def _needs_settling(target: Node) -> bool:
    inner = target.left if target.type == "AssignmentPattern" else target
    return bool(inner.type == "MemberExpression")


def _first_key(pattern: Node) -> str | None:
    """The name of the first property of an object pattern, if it is a fixed one."""
    first = pattern.properties[0] if pattern.properties else None
    return None if first is None or first.type != "Property" or first.computed else static_key(first.key)


def _literal_key(prop: Node) -> str | None:
    if prop.computed:
        return str(prop.key.value) if prop.key.type == "Literal" else None
    return static_key(prop.key)


def _check(ctx: Context, pattern: Node, value: ast.expr, source: str | None, key: str | None) -> ast.expr:
    """RequireObjectCoercible; the error names a property and where the value came from, as V8 does."""
    if _first_key(pattern) is not None and pattern.properties[0].value.type == "AssignmentPattern":
        first = pattern.properties[0].value
        source = (_text(ctx, first.right) or None) if first.left.type == "ObjectPattern" else None
    return ctx.call("check_destructurable", value, ctx.const(key), ctx.const(source))


def _bind_array(
    ctx: Context,
    pattern: Node,
    value: ast.expr,
    store: Store,
    origin: Node | None,
    named: tuple[str, str] | None,
) -> list[ast.stmt]:
    elements = pattern.elements
    simple = _simple_targets(ctx, elements, store)
    if simple is not None:
        return _take(ctx, pattern, value, simple, origin or pattern, named)
    if ctx.frame.blocks >= LIMIT:
        name = ctx.names.unique("value")
        function, follow = outline(
            ctx, lambda: _bind_array(ctx, pattern, ctx.name(name), store, origin, named)
        )
        return [ctx.assign(name, value), *_made_local(ctx, pattern), function, *follow]
    it = ctx.temp("it")
    ctx.frame.blocks += 1
    body: list[ast.stmt] = []
    for element in elements:
        if element is None:
            body.append(ctx.effect(ctx.invoke(ctx.name(it), "skip")))
            continue
        with ctx.at(element):
            rest = element.type == "RestElement"
            before, write = _settled(ctx, element.argument if rest else element)
            step = ctx.invoke(ctx.name(it), "rest" if rest else "step")
            body += [*before, *write(step, store)]
    ctx.frame.blocks -= 1
    with ctx.at(origin or pattern):
        record = ctx.call("iterate", value, *_named_text(ctx, named))
    item = ast.withitem(record, ctx.target(it))
    return [ctx.place(ast.With([item], body or [ctx.pass_()]))]


def _made_local(ctx: Context, pattern: Node) -> list[ast.stmt]:
    """Python's ``nonlocal`` wants an assignment in the function that owns a name: here is one that leaves it unbound."""
    stmts: list[ast.stmt] = []
    for identifier in bound_identifiers(pattern):
        binding = ctx.table.resolve(identifier)
        if binding is not None and binding.node is identifier and ctx.captures.storage(binding) != "cell":
            name = ctx.writes(binding)
            stmts += [ctx.assign(name, ctx.const(None)), ctx.delete(name)]
    return stmts


def _simple_targets(ctx: Context, elements: list[Node | None], store: Store) -> list[str] | None:
    """The Python names of a pattern of plain names (a hole is ``_``), whose binding nobody can watch; else None."""
    names: list[str] = []
    for element in elements:
        node = element.argument if element is not None and element.type == "RestElement" else element
        if node is None:
            names.append("_")
            continue
        if node.type != "Identifier":
            return None
        binding = ctx.table.resolve(node)
        if binding is None or ctx.captures.storage(binding) == "cell":
            return None
        if store is not initialise and (
            binding.read_only or node in ctx.captures.guarded or binding.captured
        ):
            return None
        names.append(ctx.writes(binding))
    return names


def _named_text(ctx: Context, named: tuple[str, str] | None) -> list[ast.expr]:
    return [] if named is None else [ctx.const(named)]


def _take(
    ctx: Context,
    pattern: Node,
    value: ast.expr,
    names: list[str],
    origin: Node,
    named: tuple[str, str] | None,
) -> list[ast.stmt]:
    """``x, y = take(xs, 2)``."""
    elements = pattern.elements
    has_rest = bool(elements) and elements[-1] is not None and elements[-1].type == "RestElement"
    targets: list[ast.expr] = []
    for name, element in zip(names, elements, strict=True):
        if element is None:
            targets.append(ctx.target(name))
        else:
            with ctx.at(element):
                targets.append(ctx.target(name))
    count = ctx.const(len(names) - (1 if has_rest else 0))
    with ctx.at(origin):
        holes = tuple(number for number, element in enumerate(elements) if element is None)
        more = [ctx.const(holes), *_named_text(ctx, named)] if holes or named else []
        taken = ctx.call("take_rest" if has_rest else "take", value, count, *more)
    names_target = ast.Tuple(targets, ast.Store()) if len(targets) > 1 else ast.List(targets, ast.Store())
    return [ctx.assign_to(ctx.place(names_target), taken)]
