"""Promises: what is awaited where it stands is a coroutine; what is kept is begun with ``js.start``."""

from __future__ import annotations

from odw.transpile.analyze.scope import FUNCTIONS
from odw.transpile.estree import Node
from odw.transpile.python_workflow import code
from odw.transpile.python_workflow.code import Py, call, name
from odw.transpile.python_workflow.context import Context, NeedsStatements
from odw.transpile.python_workflow.expressions import spread_items, test, value
from odw.transpile.python_workflow.kinds import Arr, Later, only

_COMBINATORS = {"all": "js.all", "allSettled": "js.all_settled", "race": "js.race", "any": "js.any"}


def awaitable(ctx: Context, node: Node, plain: bool = False) -> Py:
    """What ``await`` is put before: a coroutine that has not begun, or a promise.

    ``plain``: the coroutine is handed on as it is, so what may be no promise at all has to become one.
    """
    if node in ctx.substituted:
        return ctx.substituted[node]
    if node.type == "CallExpression" and ctx.may_be_promise(node):
        made = _call(ctx, node)
        if ctx.is_promise(node):
            return made
        return call("js.awaited", made)
    if node.type == "ConditionalExpression" and ctx.is_promise(node):
        return code.condition(
            test(ctx, node.test), awaitable(ctx, node.consequent, True), awaitable(ctx, node.alternate, True)
        )
    if node.type == "AwaitExpression" and ctx.may_be_promise(node.argument) and not ctx.fn.awaits:
        return awaitable(ctx, node.argument, True)
    found = value(ctx, node)
    if ctx.is_promise(node):
        return found
    return call("js.awaited", found)


def started(ctx: Context, body: Py) -> Py:
    """A promise that is kept: its coroutine begins now."""
    if ctx.fn.awaits:
        return code.awaited(call("js.start", body))
    if _in_lambda(ctx):
        raise NeedsStatements
    return call("js.start_soon", body)


def _in_lambda(ctx: Context) -> bool:
    return False


def _call(ctx: Context, node: Node) -> Py:
    """A call that gives a promise, as a coroutine."""
    callee = node.callee
    if callee.type == "MemberExpression" and not callee.computed and callee.property.type == "Identifier":
        prop = callee.property.name
        if ctx.is_global(callee.object, "Promise"):
            return _combinator(ctx, node, prop)
        if prop in ("then", "catch", "finally") and ctx.is_promise(callee.object):
            from odw.transpile.python_workflow.statics import arguments

            fn = "js.finally_" if prop == "finally" else f"js.{prop}"
            return call(fn, awaitable(ctx, callee.object, True), *arguments(ctx, node))
    from odw.transpile.python_workflow.calls import plain_call

    return plain_call(ctx, node)


def _combinator(ctx: Context, node: Node, prop: str) -> Py:
    given = node.arguments
    if prop in _COMBINATORS:
        return call(_COMBINATORS[prop], awaitables(ctx, given[0]) if given else name("[]"))
    if prop == "resolve":
        if given and ctx.is_promise(given[0]):
            return awaitable(ctx, given[0], True)
        return call("js.resolved", *[value(ctx, part) for part in given[:1]])
    if prop == "reject":
        return call("js.rejected", *[value(ctx, part) for part in given[:1]])
    raise ctx.refuse(node, f"Promise.{prop}")


def awaitables(ctx: Context, node: Node) -> Py:
    """A list whose promises need not have begun: the combinator begins them in their order."""
    if node in ctx.substituted:
        return ctx.substituted[node]
    if node.type == "ArrayExpression":
        parts: list[Py] = []
        for element in node.elements:
            if element is None:
                parts.append(name("js.undefined"))
            elif element.type == "SpreadElement":
                inner = element.argument
                listed = awaitables(ctx, inner) if only(ctx.kind(inner), Arr) else spread_items(ctx, inner)
                parts.append(Py(["*", listed.at(code.BIT_OR)]))
            else:
                parts.append(
                    awaitable(ctx, element, True) if ctx.is_promise(element) else value(ctx, element)
                )
        return code.list_of(parts)
    if node.type == "CallExpression" and _is_map(node) and only(ctx.kind(node), Arr):
        found = _mapped(ctx, node)
        if found is not None:
            return found
    return value(ctx, node)


def _is_map(node: Node) -> bool:
    callee = node.callee
    return (
        callee.type == "MemberExpression"
        and not callee.computed
        and not callee.optional
        and callee.property.type == "Identifier"
        and callee.property.name == "map"
        and len(node.arguments) == 1
    )


def _mapped(ctx: Context, node: Node) -> Py | None:
    """``xs.map(f)`` of promises, as a list of coroutines."""
    from odw.transpile.python_workflow.array_parts import items
    from odw.transpile.python_workflow.callbacks import callable_value, plain_parameters

    callback = node.arguments[0]
    kinds = ctx.inference.items_of(ctx.kind(node))
    if not kinds or not all(isinstance(atom, Later) for atom in kinds):
        return None
    target: str | None = None
    if (
        callback.type in FUNCTIONS
        and callback.body.type != "BlockStatement"
        and not callback.generator
        and 1 <= len(callback.params) <= 2
        and (not callback.is_async or ctx.is_promise(callback.body))
        and (targets := plain_parameters(ctx, callback)) is not None
    ):
        try:
            with ctx.only_expressions():
                body = awaitable(ctx, callback.body, True)
            target = targets[0] if len(targets) == 1 else f"{targets[1]}, {targets[0]}"
            counted = len(targets) == 2
        except NeedsStatements:
            target = None
    if target is None:
        try:
            fn, count = callable_value(ctx, callback)
        except LookupError:
            return None
        if count > 2:
            return None
        counted = count == 2
        target = "index, item" if counted else "item"
        body = call(fn, *[name("item"), name("index")][:count])
    with ctx.in_iterable():
        source = items(ctx, node.callee.object, "map")
    loop = code.clause(target, call("enumerate", source) if counted else source)
    return code.comprehension(code.item(body), [loop])
