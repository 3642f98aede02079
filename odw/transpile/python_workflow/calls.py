"""Calls: hooks, built-in functions, methods by the kind of their holder, the script's own functions."""

from __future__ import annotations

from odw.transpile.analyze.scope import FUNCTIONS
from odw.transpile.estree import Node
from odw.transpile.python_workflow import code
from odw.transpile.python_workflow.arrays import array_method
from odw.transpile.python_workflow.code import Py, call, name
from odw.transpile.python_workflow.context import Context
from odw.transpile.python_workflow.expressions import TESTS, handles, plain_test, test, value
from odw.transpile.python_workflow.functions import define, suggested_name
from odw.transpile.python_workflow.hooks import HOOKS
from odw.transpile.python_workflow.inference_calls import ERRORS
from odw.transpile.python_workflow.kinds import NULLISH, Fn, MapOf, SetOf, only
from odw.transpile.python_workflow.statics import arguments, global_call, has_spread, static_call
from odw.transpile.python_workflow.texts import text_method


@handles("CallExpression")
def call_value(ctx: Context, node: Node) -> Py:
    """A call whose value is used: a promise that it gives has begun."""
    if ctx.is_promise(node):
        from odw.transpile.python_workflow.promises import awaitable, started

        return started(ctx, awaitable(ctx, node, True))
    return plain_call(ctx, node)


def plain_call(ctx: Context, node: Node) -> Py:
    """The call itself; where it gives a promise, as a coroutine."""
    callee = node.callee
    if callee.type == "Super":
        return call("super().__init__", *arguments(ctx, node))
    if callee.type == "Identifier" and ctx.binding(callee) is None:
        hook = HOOKS.get(callee.name)
        if hook is not None:
            return hook(ctx, node)
        found = global_call(ctx, node, callee.name)
        if found is not None:
            return found
        return call("js.call", value(ctx, callee), *arguments(ctx, node))
    if callee.type == "MemberExpression":
        return method_call(ctx, node)
    if callee.type in FUNCTIONS:
        return call(define(ctx, callee, suggested_name(ctx, callee)), *_fitting(ctx, node))
    if takes_any_number(ctx, node):
        return call("js.call", value(ctx, callee), *arguments(ctx, node))
    return call(value(ctx, callee), *_fitting(ctx, node))


def _fitting(ctx: Context, node: Node) -> list[Py]:
    """The arguments that the functions called take: those too many are dropped when that does no harm."""
    given = arguments(ctx, node)
    found = ctx.kind(node.callee)
    if has_spread(node) or not only(found - NULLISH, Fn):
        return given
    most = max(
        (10**6 if any(p.type == "RestElement" for p in atom.node.params) else len(atom.node.params))
        for atom in found - NULLISH
    )
    return given[:most]


def takes_any_number(ctx: Context, node: Node) -> bool:
    """Whether it is not known that a callee takes what it is given."""
    found = ctx.kind(node.callee) - NULLISH
    return not only(found, Fn) or len({len(atom.node.params) for atom in found}) > 1


def method_call(ctx: Context, node: Node) -> Py:
    callee = node.callee
    holder = callee.object
    if holder.type == "Super":
        return Py([f"super().{callee.property.name}", call("", *arguments(ctx, node)).doc], code.POSTFIX)
    if callee.computed:
        return call("js.invoke", value(ctx, holder), value(ctx, callee.property), *arguments(ctx, node))
    if callee.property.type == "PrivateIdentifier":
        return _private(ctx, node)
    prop = callee.property.name
    if holder.type == "Identifier" and ctx.binding(holder) is None and holder not in ctx.substituted:
        found = static_call(ctx, node, holder.name, prop)
        if found is not None:
            return found
    if prop == "hasOwnProperty" or (prop == "call" and _is_has_own(ctx, holder)):
        given = arguments(ctx, node)
        return call("js.has_own", *([value(ctx, holder)] if prop == "hasOwnProperty" else []), *given)
    for special in (text_method, array_method, collection_method, _to_string):
        found = special(ctx, node, holder, prop)
        if found is not None:
            return found
    own = ctx.kind(holder)
    if (
        own
        and all(isinstance(atom, object) and not isinstance(atom, str) for atom in own)
        and _is_own_function(ctx, callee)
    ):
        return call(value(ctx, callee), *_fitting(ctx, node))
    return call("js.invoke", value(ctx, holder), code.string(prop), *arguments(ctx, node))


def _is_own_function(ctx: Context, callee: Node) -> bool:
    """Whether a property holds functions of the script, and nothing else."""
    found = ctx.kind(callee)
    return only(found, Fn)


def _is_has_own(ctx: Context, node: Node) -> bool:
    return ctx.text_of(node) in ("Object.prototype.hasOwnProperty", "{}.hasOwnProperty")


def _private(ctx: Context, node: Node) -> Py:
    callee = node.callee
    return call(
        code.attribute(value(ctx, callee.object), f"_private_{callee.property.name}"), *arguments(ctx, node)
    )


def _to_string(ctx: Context, node: Node, holder: Node, prop: str) -> Py | None:
    found = ctx.kind(holder)
    if prop == "toFixed" and len(node.arguments) <= 1:
        if only(found, "int", "finite", "num"):
            return call("js.to_fixed", value(ctx, holder), *arguments(ctx, node))
    if prop == "toString" and not node.arguments and only(found, "int"):
        return call("str", value(ctx, holder))
    if prop == "toISOString" and only(found, "date"):
        return call(code.attribute(value(ctx, holder), "iso"))
    if prop in ("test", "exec") and only(found, "regexp"):
        return call(code.attribute(value(ctx, holder), prop), *arguments(ctx, node))
    return None


def collection_method(ctx: Context, node: Node, holder: Node, prop: str) -> Py | None:
    """Methods of Map and Set as Python spells them."""
    found = ctx.kind(holder) - NULLISH
    if has_spread(node) or not only(found, MapOf, SetOf):
        return None
    given = [value(ctx, part) for part in node.arguments]
    target = value(ctx, holder)
    if prop == "has" and len(given) == 1:
        return code.comparison(given[0], "in", target)
    if only(found, MapOf) and prop in ("entries", "keys", "values", "get", "set", "delete", "clear"):
        return call(code.attribute(target, "items" if prop == "entries" else prop), *given)
    if only(found, SetOf) and prop in ("add", "delete", "clear", "values"):
        if not _is_real_set(ctx, holder):
            return None
        return call(code.attribute(target, prop), *given)
    return None


def _is_real_set(ctx: Context, holder: Node) -> bool:
    """Whether it is a Set, not an iterator, which the inference takes for one."""
    from odw.transpile.estree import Node as Tree

    sites = ctx.inference.sites
    atoms = ctx.kind(holder)
    return not any(
        isinstance(key, tuple) and key[-1] == "walk" and isinstance(key[0], Tree) and made in atoms
        for key, made in sites.items()
        if isinstance(made, SetOf)
    )


def _test_call(ctx: Context, node: Node) -> Py:
    if ctx.is_global(node.callee, "Boolean") and len(node.arguments) == 1:
        return test(ctx, node.arguments[0])
    return plain_test(ctx, node)


TESTS["CallExpression"] = _test_call


@handles("NewExpression")
def new(ctx: Context, node: Node) -> Py:
    callee = node.callee
    given = arguments(ctx, node)
    if callee.type == "Identifier" and ctx.binding(callee) is None:
        fn = callee.name
        if fn in ERRORS:
            return call(f"js.{fn}", *given)
        if fn == "Array":
            return _new_array(ctx, node, given)
        if fn in ("Map", "Set", "RegExp", "Date", "Object", "URL", "URLSearchParams"):
            return call(f"js.{fn}", *given) if fn != "Object" else name("{}")
        if fn == "Promise":
            return _new_promise(ctx, node, given)
        raise ctx.refuse(node, f"new {fn}")
    return call(value(ctx, callee), *given)


def _new_array(ctx: Context, node: Node, given: list[Py]) -> Py:
    if len(given) == 1 and only(ctx.kind(node.arguments[0]), "int"):
        return code.binary(name("[js.undefined]"), "*", given[0], code.MULTIPLY)
    return call("js.new_array", *given)


def _new_promise(ctx: Context, node: Node, given: list[Py]) -> Py:
    return call("js.Promise", *given)
