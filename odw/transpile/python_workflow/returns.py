"""``return`` and ``throw``."""

from __future__ import annotations

from typing import Any

from odw.transpile.estree import Node
from odw.transpile.python_workflow import code
from odw.transpile.python_workflow.code import Py, call
from odw.transpile.python_workflow.context import Context
from odw.transpile.python_workflow.expressions import (
    is_function,
    test,
    value,
)
from odw.transpile.python_workflow.kind_rules import falls_through
from odw.transpile.python_workflow.kinds import ANY, UNDEFINED, Arr, Kind, Obj, only
from odw.transpile.python_workflow.layout import Doc
from odw.transpile.python_workflow.patterns import assign_doc, bind_pattern
from odw.transpile.python_workflow.statements import statements, writes


@writes("ReturnStatement")
def return_(ctx: Context, node: Node) -> None:
    if ctx.returns_become is not None:
        ctx.returns_become(ctx, node)
        return
    if node.argument is None:
        ctx.put("return" if ctx.fn.none_is_enough else "return js.undefined")
        return
    returned(ctx, node.argument)


def returned(ctx: Context, node: Node) -> None:
    """``return node``; in an ``async def`` a promise is awaited, and what ``then`` makes of it follows as statements."""
    from odw.transpile.python_workflow.promises import awaitable

    later = ctx.fn.awaits and ctx.fn.node is not None and ctx.is_async(ctx.fn.node)
    main = ctx.fn.node is None
    if later and _then_as_statements(ctx, node):
        return
    if ctx.fn.awaits and (later or main) and ctx.may_be_promise(node):
        part = _awaited_value(ctx, node, awaitable)
    else:
        part = value(ctx, node)
    found = ctx.inference.awaited(ctx.kind(node))
    if main and not plain_json(found):
        part = call("js.result", part)
    elif ctx.fn.none_is_enough and _gives_undefined(ctx, node, found):
        if part.level == code.ATOM and str(part) == "js.undefined":
            ctx.put("return")
            return
        part = call("js.null", part)
    ctx.put(_return_doc(part))


def _gives_undefined(ctx: Context, node: Node, found: Kind) -> bool:
    if UNDEFINED in found:
        return True
    return ANY in found and node.type in ("MemberExpression", "ChainExpression", "Identifier")


def _awaited_value(ctx: Context, node: Node, awaitable: Any) -> Py:
    if node.type == "ConditionalExpression" and not ctx.is_promise(node):
        return code.condition(
            test(ctx, node.test), _awaited_value(ctx, node.consequent, awaitable),
            _awaited_value(ctx, node.alternate, awaitable),
        )  # fmt: skip
    if node.type == "AwaitExpression" or not ctx.may_be_promise(node):
        return value(ctx, node)
    if not ctx.is_promise(node) and node.type not in ("CallExpression", "Identifier", "MemberExpression"):
        return value(ctx, node)
    return code.awaited(awaitable(ctx, node))


def _return_doc(part: Py) -> Doc:
    doc = assign_doc("return", part)
    return ["return ", *doc[1:]] if isinstance(doc, list) else doc


def _then_as_statements(ctx: Context, node: Node) -> bool:
    """``return p.then(x => …)`` as ``x = await p`` and what the function does."""
    callback = then_callback(ctx, node)
    if callback is None or callback not in ctx.inlined:
        return False
    from odw.transpile.python_workflow.promises import awaitable

    promised = awaitable(ctx, node.callee.object)
    fn = ctx.fn_of(callback)
    if callback.params:
        given = fn.params.get(0, frozenset()) if fn is not None else frozenset()
        bind_pattern(ctx, callback.params[0], code.awaited(promised), given)
    else:
        ctx.put(code.awaited(promised).doc)
    if callback.body.type == "BlockStatement":
        statements(ctx, callback.body.body)
        if falls_through(callback.body) and not ctx.fn.none_is_enough:
            ctx.put("return js.undefined")
    else:
        returned(ctx, callback.body)
    return True


def then_callback(ctx: Context, node: Node) -> Node | None:
    """The function of ``p.then(function)``, when nothing else is there."""
    if node.type != "CallExpression" or node.callee.type != "MemberExpression" or node.callee.computed:
        return None
    callee = node.callee
    if callee.property.type != "Identifier" or callee.property.name != "then" or len(node.arguments) != 1:
        return None
    callback = node.arguments[0]
    if not is_function(callback) or callback.generator or len(callback.params) > 1 or callee.optional:
        return None
    if callback.params and callback.params[0].type == "RestElement":
        return None
    return callback if ctx.is_promise(callee.object) else None


def plain_json(found: Kind, seen: frozenset[Any] = frozenset()) -> bool:
    """Whether values of a kind are JSON as they are: no undefined, no NaN, no Map, keys in the same order."""
    for atom in found:
        if atom in seen or atom in ("null", "bool", "int", "finite", "str"):
            continue
        inner = seen | {atom}
        if isinstance(atom, Arr):
            if not plain_json(atom.items, inner):
                return False
        elif isinstance(atom, Obj):
            if atom.answer:
                continue
            if atom.others - {UNDEFINED} or any(member[:1].isdigit() for member in atom.members):
                return False  # keys that may be integers come first in JavaScript
            if not all(plain_json(value, inner) for value in atom.members.values()):
                return False
        else:
            return False
    return True


@writes("ThrowStatement")
def throw(ctx: Context, node: Node) -> None:
    part = value(ctx, node.argument)
    if not only(ctx.kind(node.argument), "error"):
        part = call("js.thrown", part)
    ctx.put(["raise ", part.at(code.LAMBDA)])
