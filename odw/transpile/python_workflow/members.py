"""Properties: ``x["name"]`` where it is known to be there, ``x.get("name")`` where None will do, else ``js.get``."""

from __future__ import annotations

from odw.transpile.estree import Node
from odw.transpile.python_workflow import code
from odw.transpile.python_workflow.code import Py, call, name
from odw.transpile.python_workflow.context import Context
from odw.transpile.python_workflow.expressions import (
    LOOSE,
    NONE,
    UNDEFINED_VALUE,
    handles,
    loose,
    points,
    temporary,
    value,
)
from odw.transpile.python_workflow.kinds import (
    BOOL,
    ERROR,
    INT,
    NULLISH,
    NUMBERS,
    STR,
    UNDEFINED,
    Arr,
    MapOf,
    Obj,
    SetOf,
    kind,
    only,
)
from odw.transpile.python_workflow.literals import key_text

MATH_CONSTANTS = {"PI": "math.pi", "E": "math.e"}
NUMBER_CONSTANTS = {
    "MAX_SAFE_INTEGER": "9007199254740991", "MIN_SAFE_INTEGER": "-9007199254740991", "POSITIVE_INFINITY": 'float("inf")',
    "NEGATIVE_INFINITY": '-float("inf")', "NaN": 'float("nan")', "EPSILON": "2**-52", "MAX_VALUE": "1.7976931348623157e308",
    "MIN_VALUE": "5e-324",
}  # fmt: skip


@handles("MemberExpression")
def member(ctx: Context, node: Node) -> Py:
    return _member(ctx, node, False)


def _loose_member(ctx: Context, node: Node) -> Py:
    return _member(ctx, node, True)


LOOSE["MemberExpression"] = _loose_member


def _member(ctx: Context, node: Node, none_is_enough: bool) -> Py:
    if node.object.type == "Super":
        raise ctx.refuse(node, "super.property")
    if node.property.type == "PrivateIdentifier":
        return code.subscript(value(ctx, node.object), code.string(f"#{node.property.name}"))
    known = _constant(ctx, node)
    if known is not None:
        return known
    holder = value(ctx, node.object)
    found = ctx.kind(node.object) - NULLISH
    static = static_name(node)
    if static is None:
        return _computed(ctx, node, holder, none_is_enough)
    if static == "length":
        if only(found, Arr):
            return call("len", holder)
        return call("js.length", holder)
    if static == "size" and only(found, MapOf, SetOf):
        return call("len", holder)
    if static == "message" and only(found, ERROR):
        return call("js.message", holder)
    key = code.string(static)
    if only(found, Obj):
        if all(atom.sure(static) for atom in found):
            return code.subscript(holder, key)
        if none_is_enough:
            return code.method(holder, "get", key)
    return call("js.get", holder, key, *([NONE] if none_is_enough else []))


def static_name(node: Node) -> str | None:
    """The name of a property that is written in the script; None for one that is computed."""
    if not node.computed:
        return str(node.property.name)
    if node.property.type == "Literal" and isinstance(node.property.value, str):
        return points(node.property.value)
    return None


def key_of(ctx: Context, node: Node) -> Py:
    static = static_name(node)
    return code.string(static) if static is not None else value(ctx, node.property)


def _constant(ctx: Context, node: Node) -> Py | None:
    holder = node.object
    if holder.type != "Identifier" or ctx.binding(holder) is not None or node.computed:
        return None
    prop = node.property.name
    if holder.name == "Math" and prop in MATH_CONSTANTS:
        return name(MATH_CONSTANTS[prop])
    if holder.name == "Math":
        return name(f'js.math_function("{prop}")')
    if holder.name == "Number" and prop in NUMBER_CONSTANTS:
        return Py(NUMBER_CONSTANTS[prop], code.ADD)
    if holder.name == "budget":
        return name(f"odw.budget.{prop}")
    if holder.name == "odw":
        return call("js.run_fact", code.string(prop))
    from odw.transpile.python_workflow.statics import STATIC_VALUES

    known = STATIC_VALUES.get(f"{holder.name}.{prop}")
    return name(known) if known is not None else None


def _computed(ctx: Context, node: Node, holder: Py, none_is_enough: bool) -> Py:
    found, key_kind = ctx.kind(node.object) - NULLISH, ctx.kind(node.property)
    key = value(ctx, node.property)
    if only(found, Obj) and only(key_kind, STR) and all(not atom.escaped for atom in found):
        if none_is_enough:
            return code.method(holder, "get", key)
        return code.method(holder, "get", key, UNDEFINED_VALUE)
    if only(found, Arr) and only(key_kind, INT) and in_range(ctx, node):
        return code.subscript(holder, key)
    return call("js.get", holder, key)


def in_range(ctx: Context, node: Node) -> bool:
    """``xs[i]`` inside ``for (let i = 0; i < xs.length; i++)`` over an array whose length does not change."""
    from odw.transpile.python_workflow.ranges import index_within

    return index_within(ctx, node.object, node.property)


# --- optional chains ------------------------------------------------------------------------------------------------------


@handles("ChainExpression")
def chain(ctx: Context, node: Node) -> Py:
    return _chain(ctx, node, False)


def _loose_chain(ctx: Context, node: Node) -> Py:
    return _chain(ctx, node, True)


LOOSE["ChainExpression"] = _loose_chain


def _chain(ctx: Context, node: Node, none_is_enough: bool) -> Py:
    names = _all_optional(ctx, node.expression)
    if names is not None:
        base, keys = names
        return call("js.maybe", loose(ctx, base), *keys)
    return _link(ctx, node.expression, none_is_enough)


def _all_optional(ctx: Context, node: Node) -> tuple[Node, list[Py]] | None:
    """``a?.b?.c`` as ``a`` and its keys, when every link is an optional property of an unknown value."""
    keys: list[Py] = []
    while node.type == "MemberExpression" and node.optional and node not in ctx.required:
        if node.property.type == "PrivateIdentifier":
            return None
        keys.append(key_of(ctx, node))
        node = node.object
    if not keys or _has_optional(node, ctx):
        return None
    if ctx.is_global(node, "Math", "Number", "JSON", "Object", "budget", "console", "odw"):
        return None
    keys.reverse()
    return node, keys


def _has_optional(node: Node, ctx: Context) -> bool:
    while node.type in ("MemberExpression", "CallExpression"):
        if node.optional and node not in ctx.required:
            return True
        node = node.object if node.type == "MemberExpression" else node.callee
    return False


def _link(ctx: Context, node: Node, none_is_enough: bool) -> Py:
    """A chain by its innermost optional link: ``<rest> if <base is there> else undefined``."""
    link: Node | None = None
    at = node
    while at.type in ("MemberExpression", "CallExpression"):
        if at.optional and at not in ctx.required:
            link = at
        at = at.object if at.type == "MemberExpression" else at.callee
    if link is None:
        return (loose if none_is_enough else value)(ctx, node)
    base = link.object if link.type == "MemberExpression" else link.callee
    if link.type == "CallExpression" and base.type == "MemberExpression":
        return _optional_call(ctx, node, link, base, none_is_enough)
    first, again = temporary(ctx, base)
    found = ctx.kind(base)
    if found & kind(UNDEFINED, "any"):
        there = code.negated(call("js.nullish", _bare(first)))
    else:
        there = code.comparison(first, "is not", NONE)
    ctx.required.add(link)
    ctx.substituted[base] = again
    try:
        rest = _link(ctx, node, none_is_enough)
    finally:
        ctx.required.discard(link)
        del ctx.substituted[base]
    return code.condition(there, rest, NONE if none_is_enough else UNDEFINED_VALUE)


def _bare(part: Py) -> Py:
    return part


def _optional_call(ctx: Context, node: Node, link: Node, base: Node, none_is_enough: bool) -> Py:
    """``a.f?.(x)``: the method is looked up once, and called if it is there."""
    if link is not node:
        raise ctx.refuse(
            node, "a longer chain after an optional call of a method", "Put the method in a variable first."
        )
    given = [value(ctx, argument) for argument in link.arguments]
    ctx.required.add(link)
    try:
        holder = _link(ctx, base, True)
    finally:
        ctx.required.discard(link)
    return call("js.call_if_there", holder, *given)


# --- object literals ------------------------------------------------------------------------------------------------------


@handles("ObjectExpression")
def object_(ctx: Context, node: Node) -> Py:
    from odw.transpile.python_workflow.expressions import multiline

    parts: list[object] = []
    for prop in node.properties:
        if prop.type == "SpreadElement":
            parts.append(["**", spread_dict(ctx, prop.argument).at(code.BIT_OR)])
            continue
        if prop.kind != "init":
            parts.append(_accessor(ctx, node, prop))
            continue
        if prop.computed:
            key = value(ctx, prop.key)
            if not only(ctx.kind(prop.key), STR):
                key = call("js.text", key)
        else:
            key = code.string(points(key_text(prop.key)))
            if key_text(prop.key) == "then" and not only(
                ctx.kind(prop.value), *NUMBERS, STR, BOOL, *NULLISH, Arr, Obj
            ):
                raise ctx.refuse(prop, "an object with a then of its own", "Use an async function.")
        parts.append([code.item(key), ": ", code.item(value(ctx, prop.value))])
    parts = [part for part in parts if part is not None]
    if any(prop.type == "Property" and prop.kind != "init" for prop in node.properties):
        return call("js.Accessors", Py(code.listed("{", parts, "}")))
    return Py(multiline(ctx, node, "{", parts, "}"))


def _accessor(ctx: Context, node: Node, prop: Node) -> object | None:
    """``"name": js.Accessor(get=…, set=…)`` at the first of a pair, None at the second."""
    if prop.computed or key_text(prop.key) == "then":
        raise ctx.refuse(prop, "a getter or setter of this name", "Make it a function that is called.")
    key = key_text(prop.key)
    alike = [
        other
        for other in node.properties
        if other.type == "Property" and not other.computed and key_text(other.key) == key
    ]
    kinds = [other.kind for other in alike]
    if "init" in kinds or len(kinds) != len(set(kinds)):
        raise ctx.refuse(prop, "a getter or setter beside another property of its name", "Leave one of them.")
    if alike[0] is not prop:
        return None
    functions = {other.kind: value(ctx, other.value) for other in alike}
    return [code.string(points(key)).doc, ": ", code.item(call("js.Accessor", **functions))]


def spread_dict(ctx: Context, node: Node) -> Py:
    """What ``...node`` adds to a dict."""
    found = ctx.kind(node)
    if only(found, Obj) and not any(atom.escaped for atom in found):
        return value(ctx, node)
    if node.type == "LogicalExpression" and node.operator == "&&":
        from odw.transpile.python_workflow.expressions import test

        return code.condition(test(ctx, node.left), spread_dict(ctx, node.right), name("{}"))
    if node.type == "ConditionalExpression":
        from odw.transpile.python_workflow.expressions import test

        return code.condition(
            test(ctx, node.test), spread_dict(ctx, node.consequent), spread_dict(ctx, node.alternate)
        )
    if only(found, Obj, *NULLISH) and not any(isinstance(atom, Obj) and atom.escaped for atom in found):
        return Py(["(", code.either(loose(ctx, node), "or", name("{}")).doc, ")"])
    return call("js.spread", value(ctx, node))
