"""Methods of arrays: comprehensions, ``sorted``, ``any``, ``all``, ``next``; what has no such form is a function of ``js``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from odw.transpile.estree import Node, walk
from odw.transpile.python_workflow import code
from odw.transpile.python_workflow.array_parts import (
    at,
    concat,
    flat,
    includes,
    items,
    join,
    library,
    slice_,
    sort,
    to_reversed,
    to_sorted,
)
from odw.transpile.python_workflow.callbacks import callable_value, parameters_used, plain_parameters
from odw.transpile.python_workflow.code import Py, call, name
from odw.transpile.python_workflow.context import Context, NeedsStatements
from odw.transpile.python_workflow.expressions import is_function, is_method_call, same_truth, test, value
from odw.transpile.python_workflow.kinds import ANY, NULLISH, UNDEFINED, Arr, only
from odw.transpile.python_workflow.layout import Doc
from odw.transpile.python_workflow.statics import has_spread

Handler = Callable[[Context, Node, Node], "Py | None"]


def array_method(ctx: Context, node: Node, holder: Node, prop: str) -> Py | None:
    """``holder.prop(…)`` of an array, or of what must be one to have such a method; None for others."""
    found = ctx.kind(holder) - NULLISH
    handler = _SURE.get(prop) if only(found, Arr) else None
    if handler is None and (
        only(found, Arr) or (ANY in found and all(a == ANY or isinstance(a, Arr) for a in found))
    ):
        handler = _LIKELY.get(prop)
    if handler is None or (has_spread(node) and prop not in ("push",)):
        return None
    return handler(ctx, node, holder)


# --- with a callback ------------------------------------------------------------------------------------------------------


def _callback(ctx: Context, node: Node, use: Callable[[Context, Node], Py]) -> tuple[str, Py, bool] | None:
    """An arrow function's parameters as the target of ``for``, its body by ``use``, and whether the index is among them."""
    fn = node
    if not is_function(fn) or fn.is_async or fn.generator or fn.body.type == "BlockStatement":
        return None
    if len(fn.params) > 2 or not fn.params:
        return None
    target = plain_parameters(ctx, fn)
    if target is None:
        return None
    counted = len(fn.params) == 2
    with ctx.only_expressions():
        body = use(ctx, fn.body)
    return target[0] if not counted else f"{target[1]}, {target[0]}", body, counted


def _loop(ctx: Context, holder: Node, asked: str, target: str, counted: bool) -> Doc:
    with ctx.in_iterable():
        source = items(ctx, holder, asked)
    return code.clause(target, call("enumerate", source) if counted else source)


def _loops(ctx: Context, holder: Node, asked: str, target: str, counted: bool) -> list[Doc]:
    """The ``for``, and the ``if`` of a filter before it: ``xs.filter(f).map(g)`` is one comprehension where f only looks."""
    found = None if counted or not target.isidentifier() else _filtered(ctx, holder, target)
    return found if found is not None else [_loop(ctx, holder, asked, target, counted)]


def _filtered(ctx: Context, holder: Node, target: str) -> list[Doc] | None:
    if holder in ctx.substituted or not is_method_call(holder, "filter"):
        return None
    callee, callback = holder.callee, holder.arguments[0]
    if not only(ctx.kind(callee.object), Arr):
        return None
    if ctx.is_global(callback, "Boolean"):
        return [
            *_loops(ctx, callee.object, "filter", target, False),
            code.guard(_truth(ctx, callee.object, target)),
        ]
    if not is_function(callback) or len(callback.params) != 1 or callback.params[0].type != "Identifier":
        return None
    if any(part.type in _EFFECTS for part in walk(callback)):
        return None
    found = _callback(ctx, callback, test)
    if found is None or found[0] != target:
        return None
    return [*_loops(ctx, callee.object, "filter", target, False), code.guard(found[1])]


_EFFECTS = frozenset(
    ("CallExpression", "NewExpression", "AssignmentExpression", "UpdateExpression", "AwaitExpression")
)


def _truth(ctx: Context, holder: Node, target: str) -> Py:
    """Whether an item of an array is true."""
    inner = ctx.inference.items_of(ctx.kind(holder))
    if same_truth(inner):
        return name(target)
    if inner and not any(isinstance(atom, str) and atom not in NULLISH for atom in inner):
        if UNDEFINED in inner:
            return code.negated(call("js.nullish", name(target)))
        return code.comparison(name(target), "is not", name("None"))
    return call("js.truthy", name(target))


def _element(part: Py) -> Doc:
    return code.item(part)


def _applied(ctx: Context, callback: Node, asked: str) -> tuple[str, Py, bool]:
    """A function by name as what a comprehension calls: ``fn(item)``, ``fn(item, index)``."""
    known = _conversion(ctx, callback)
    if known is not None:
        return "item", call(known, name("item")), False
    fn, count = callable_value(ctx, callback)
    if count <= 1:
        return "item", call(fn, *([name("item")] if count else [])), False
    if count == 2:
        return "index, item", call(fn, name("item"), name("index")), True
    raise LookupError


def _conversion(ctx: Context, callback: Node) -> str | None:
    if ctx.is_global(callback, "String"):
        return "js.text"
    if ctx.is_global(callback, "Boolean"):
        return "js.truthy"
    if ctx.is_global(callback, "Number"):
        return "js.number"
    return None


def _walked(
    ctx: Context, callback: Node, asked: str, use: Callable[[Context, Node], Py]
) -> tuple[str, Py, bool] | None:
    """What a callback makes of each item; None where only the library can call it."""
    try:
        found = _callback(ctx, callback, use)
    except NeedsStatements:
        found = None
    if found is not None:
        return found
    try:
        return _applied(ctx, callback, asked)
    except LookupError:
        return None


def map_(ctx: Context, node: Node, holder: Node) -> Py | None:
    if len(node.arguments) != 1:
        return None
    found = _walked(ctx, node.arguments[0], "map", value)
    if found is None:
        return None
    target, body, counted = found
    return code.comprehension(_element(body), _loops(ctx, holder, "map", target, counted))


def mapped_over(ctx: Context, callback: Node, source: Py, counted: bool = False) -> Py | None:
    """``[body for … in source]``; ``counted``: what the callback gets is undefined and the number."""
    if (
        is_function(callback)
        and len(callback.params) <= 2
        and not callback.is_async
        and not callback.generator
    ):
        target = plain_parameters(ctx, callback)
        if target is not None and callback.body.type != "BlockStatement":
            used = parameters_used(ctx, callback)
            if not used[:1] or not used[0]:
                try:
                    with ctx.only_expressions():
                        body = value(ctx, callback.body)
                except NeedsStatements:
                    body = None
                if body is not None:
                    place = target[1] if len(target) > 1 else "_"
                    return code.comprehension(_element(body), [code.clause(place, source)])
    try:
        fn, count = callable_value(ctx, callback)
    except LookupError:
        return None
    if count > 2:
        return None
    given = [name("js.undefined"), name("index")][:count]
    return code.comprehension(
        _element(call(fn, *given)), [code.clause("index" if count > 1 else "_", source)]
    )


def filter_(ctx: Context, node: Node, holder: Node) -> Py | None:
    if len(node.arguments) != 1:
        return None
    callback = node.arguments[0]
    if ctx.is_global(callback, "Boolean"):
        target = item_name(ctx, holder)
        loops = _loops(ctx, holder, "filter", target, False)
        return code.comprehension(target, [*loops, code.guard(_truth(ctx, holder, target))])
    found = _filtering(ctx, callback)
    if found is None:
        return None
    target, truth, counted = found
    element = target.partition(", ")[2] if counted else target
    return code.comprehension(element, [*_loops(ctx, holder, "filter", target, counted), code.guard(truth)])


def item_name(ctx: Context, holder: Node) -> str:
    """A word for one of an array's items: that of its name without the s."""
    if holder.type == "Identifier" and (binding := ctx.binding(holder)) is not None:
        plural = ctx.name(binding)
        if len(plural) > 3 and plural.endswith("s") and not plural.endswith("ss"):
            singular = plural[:-3] + "y" if plural.endswith("ies") else plural[:-1]
            if not ctx.names.is_known(singular):
                return singular
    return "item"


def _filtering(ctx: Context, callback: Node) -> tuple[str, Py, bool] | None:
    if is_function(callback) and callback.params and callback.params[0].type != "Identifier":
        return _applied_test(ctx, callback)
    try:
        found = _callback(ctx, callback, test)
    except NeedsStatements:
        found = None
    return found or _applied_test(ctx, callback)


def _applied_test(ctx: Context, callback: Node) -> tuple[str, Py, bool] | None:
    try:
        target, body, counted = _applied(ctx, callback, "filter")
    except LookupError:
        return None
    fn = ctx.fn_of(callback) if is_function(callback) else None
    if fn is None or not only(fn.returns, "bool"):
        body = call("js.truthy", body)
    return target, body, counted


def quantifier(fn: str) -> Handler:
    def quantified(ctx: Context, node: Node, holder: Node) -> Py | None:
        if len(node.arguments) != 1:
            return None
        callback = node.arguments[0]
        found: Any = None
        if is_function(callback):
            try:
                found = _callback(ctx, callback, test)
            except NeedsStatements:
                found = None
        found = found or _applied_test(ctx, callback)
        if found is None:
            return None
        target, truth, counted = found
        loop = _loop(ctx, holder, "some" if fn == "any" else "every", target, counted)
        return Py([fn, code.comprehension(code.item(truth), [loop], "(", ")").doc], code.POSTFIX)

    return quantified


def find(ctx: Context, node: Node, holder: Node) -> Py | None:
    if len(node.arguments) != 1:
        return None
    found = _filtering(ctx, node.arguments[0])
    if found is None:
        return None
    target, truth, counted = found
    element = target.partition(", ")[2] if counted else target
    loop = _loop(ctx, holder, "find", target, counted)
    first = code.comprehension(element, [loop, code.guard(truth)], "(", ")")
    return call("next", first, name("js.undefined"))


def flat_map(ctx: Context, node: Node, holder: Node) -> Py | None:
    """``xs.flatMap(x => ys)`` is a comprehension with two loops where the callback gives lists."""
    if len(node.arguments) != 1:
        return None
    callback = node.arguments[0]
    fn = ctx.fn_of(callback) if is_function(callback) else None
    if fn is None or not only(fn.returns, Arr):
        return None
    inner = _inner_map(ctx, callback)
    if inner is not None:
        element, loops = inner
        target = plain_parameters(ctx, callback)
        if target is not None and len(target) == 1:
            return code.comprehension(element, [_loop(ctx, holder, "flatMap", target[0], False), *loops])
    with ctx.in_iterable():
        found = _walked(ctx, callback, "flatMap", value)
    if found is None:
        return None
    target_text, body, counted = found
    one = "item" if target_text != "item" else "inner"
    return code.comprehension(
        one, [_loop(ctx, holder, "flatMap", target_text, counted), code.clause(one, body)]
    )


def _inner_map(ctx: Context, callback: Node) -> tuple[Doc, list[Doc]] | None:
    """The element and the loops of ``x => ys.map(y => …)``."""
    body = callback.body
    if callback.type != "ArrowFunctionExpression" or not is_method_call(body, "map"):
        return None
    callee = body.callee
    if not only(ctx.kind(callee.object), Arr) or not is_function(body.arguments[0]):
        return None
    try:
        found = _callback(ctx, body.arguments[0], value)
    except NeedsStatements:
        return None
    if found is None:
        return None
    target, element, counted = found
    with ctx.only_expressions():
        try:
            return _element(element), [_loop(ctx, callee.object, "map", target, counted)]
        except NeedsStatements:
            return None


# --- without --------------------------------------------------------------------------------------------------------------


_LIKELY: dict[str, Handler] = {
    "map": map_,
    "filter": filter_,
    "some": quantifier("any"),
    "every": quantifier("all"),
    "find": find,
    "join": join,
    "flat": flat,
    "reduce": library("js.reduce", "reduce"),
    "sort": sort,
    "findIndex": library("js.find_index", "findIndex"),
}
_SURE: dict[str, Handler] = {
    "at": at,
    "concat": concat,
    "flatMap": flat_map,
    "includes": includes,
    "indexOf": library("js.index_of", "indexOf"),
    "pop": library("js.pop", "pop"),
    "shift": library("js.shift", "shift"),
    "slice": slice_,
    "splice": library("js.splice", "splice"),
    "toReversed": to_reversed,
    "toSorted": to_sorted,
}
