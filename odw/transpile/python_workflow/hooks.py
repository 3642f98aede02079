"""Hooks: ``agent`` is ``odw.call``, ``parallel`` over a map is ``odw.parallel_map``; options known only at run time go through ``js``."""

from __future__ import annotations

from collections.abc import Callable

from odw.transpile.analyze.scope import FUNCTIONS
from odw.transpile.estree import Node
from odw.transpile.python_workflow import code
from odw.transpile.python_workflow.callbacks import callable_value
from odw.transpile.python_workflow.code import Py, call, name
from odw.transpile.python_workflow.context import Context, NeedsStatements
from odw.transpile.python_workflow.expressions import exact_text, is_function, is_method_call, loose, value
from odw.transpile.python_workflow.functions import as_lambda, define, suggested_name
from odw.transpile.python_workflow.kinds import ANY, UNDEFINED, Arr, Fn, only
from odw.transpile.python_workflow.layout import Doc
from odw.transpile.python_workflow.literals import key_text
from odw.transpile.python_workflow.names import camel_case, snake_case
from odw.transpile.python_workflow.statics import arguments, has_spread

OPTIONS = frozenset(
    (
        "label", "phase", "model", "effort", "runtime", "provider", "isolation", "agentType", "action", "session",
        "maxAttempts", "retry", "timeout", "timeoutMs", "stallMs", "cwd", "env", "tools", "system", "permission", "sandbox",
        "maxTokens", "maxTurns", "allowPaths", "forbidPaths", "checks", "cache", "schemaDescription", "bambooProvider",
        "mockText", "mockResult", "mockTokens", "mockDelayMs", "mockFail", "mockRetryable", "mockWriteFile", "onFailure",
        "schema",
    )
)  # fmt: skip
_FANOUT = {"label": "label", "phase": "phase", "max": "max", "concurrency": "max"}


def agent(ctx: Context, node: Node) -> Py:
    if has_spread(node) or not node.arguments:
        return call("js.agent", *arguments(ctx, node))
    prompt = exact_text(ctx, node.arguments[0])
    if len(node.arguments) == 1:
        return call("odw.call", prompt)
    options = node.arguments[1]
    named = _named(ctx, options)
    if named is None:
        return call("js.agent", prompt, value(ctx, options))
    return code.call_with("odw.call", [code.argument(prompt), *named])


def _named(ctx: Context, options: Node) -> list[Doc] | None:
    """Options as keyword arguments; None when they are not all known by name."""
    from odw.transpile.python_workflow.comments import with_comments

    if options.type != "ObjectExpression":
        return None
    found: list[Doc] = []
    seen: set[str] = set()
    for member in options.properties:
        if member.type != "Property" or member.computed or member.kind != "init":
            return None
        option = key_text(member.key)
        own = snake_case(option)
        if option not in OPTIONS or option in seen or camel_case(own) != option:
            return None
        seen.add(option)
        part = loose(ctx, member.value)
        if _may_be_undefined(ctx, member.value, part):
            part = call("js.null", part)
        found.append(with_comments(ctx, member, [f"{own}=", part.at(code.LAMBDA)], comma=False))
    return found


def _may_be_undefined(ctx: Context, node: Node, part: Py) -> bool:
    found = ctx.kind(node)
    if UNDEFINED not in found and ANY not in found:
        return False
    text = str(part)
    if text.startswith("js.get(") and text.endswith(", None)"):
        return False
    return ".get(" not in text or text.startswith("js.") or ANY in found


def fan_options(ctx: Context, options: Node | None) -> list[Doc] | None:
    """The options of a fan-out as keyword arguments; None when they are not all known."""
    if options is None:
        return []
    if options.type != "ObjectExpression":
        return None
    found: list[Doc] = []
    for member in options.properties:
        if member.type != "Property" or member.computed or key_text(member.key) not in _FANOUT:
            return None
        wanted = ("int",) if key_text(member.key) in ("max", "concurrency") else ("str",)
        if not only(ctx.kind(member.value), *wanted):
            return None
        if wanted == ("int",) and not (member.value.type == "Literal" and member.value.value >= 1):
            return None
        found.append([f"{_FANOUT[key_text(member.key)]}=", code.item(value(ctx, member.value))])
    return found


def parallel(ctx: Context, node: Node) -> Py:
    given = node.arguments
    named = (
        None
        if has_spread(node) or not 1 <= len(given) <= 2
        else fan_options(ctx, given[1] if len(given) > 1 else None)
    )
    if named is not None:
        found = _over_map(ctx, given[0], named) or _listed(ctx, given[0], named)
        if found is not None:
            return found
    return call("js.parallel", *arguments(ctx, node))


def _over_map(ctx: Context, thunks: Node, named: list[Doc]) -> Py | None:
    """``parallel(xs.map(x => () => …))`` is ``odw.parallel_map(fn, xs)``."""
    counted = _counted(ctx, thunks)
    if counted is not None:
        return code.call_with("odw.parallel_map", [code.argument(counted[0]), code.item(counted[1]), *named])
    if not is_method_call(thunks, "map"):
        return None
    callee, outer = thunks.callee, thunks.arguments[0]
    if not is_function(outer) or outer.is_async or outer.generator or outer.body.type not in FUNCTIONS:
        return None
    inner = outer.body
    if inner.params or inner.generator or not 1 <= len(outer.params) <= 2:
        return None
    if any(param.type == "RestElement" for param in outer.params) or not only(ctx.kind(callee.object), Arr):
        return None
    fn = slot_function(ctx, outer, inner)
    return code.call_with(
        "odw.parallel_map", [code.argument(fn), code.item(value(ctx, callee.object)), *named]
    )


def _counted(ctx: Context, thunks: Node) -> tuple[Py, Py] | None:
    """``Array.from({length: n}, (_, i) => () => …)`` as a function of ``(_, i)`` and a range."""
    from odw.transpile.python_workflow.callbacks import parameters_used
    from odw.transpile.python_workflow.statics import _length_of

    if (
        thunks.type != "CallExpression"
        or thunks.callee.type != "MemberExpression"
        or len(thunks.arguments) != 2
    ):
        return None
    callee, outer = thunks.callee, thunks.arguments[1]
    if not ctx.is_global(callee.object, "Array") or callee.computed or callee.property.name != "from":
        return None
    length = _length_of(thunks.arguments[0])
    if length is None or not only(ctx.kind(length), "int") or not is_function(outer) or outer.is_async:
        return None
    if (
        outer.body.type not in FUNCTIONS
        or outer.body.params
        or outer.body.generator
        or len(outer.params) != 2
    ):
        return None
    if any(param.type != "Identifier" for param in outer.params) or parameters_used(ctx, outer)[0]:
        return None
    return slot_function(ctx, outer, outer.body), call("range", value(ctx, length))


def slot_function(ctx: Context, outer: Node, inner: Node) -> Py:
    """One function with the parameters of ``outer`` and the body of ``inner``: it is called in its slot."""
    from odw.transpile.python_workflow.promises import awaitable

    body = inner.body
    if inner.is_async and body.type == "AwaitExpression":
        body = body.argument
    simple = all(param.type == "Identifier" for param in outer.params) and inner.body.type != "BlockStatement"
    if simple and ctx.is_promise(body) and not _is_then(body) and not _gives_undefined(ctx, inner):
        scope = ctx.table.scope_of(inner)
        assert scope is not None
        with ctx.function(inner, scope, False):
            try:
                with ctx.only_expressions():
                    part = awaitable(ctx, body, True)
            except NeedsStatements:
                part = None
        if part is not None:
            from odw.transpile.python_workflow.functions import parameter_list

            return code.function(parameter_list(ctx, outer), part)
    return name(slot_definition(ctx, outer, inner))


def _is_then(node: Node) -> bool:
    return (
        node.type == "CallExpression"
        and node.callee.type == "MemberExpression"
        and not node.callee.computed
        and node.callee.property.type == "Identifier"
        and node.callee.property.name == "then"
    )


def _gives_undefined(ctx: Context, fn: Node) -> bool:
    known = ctx.fn_of(fn)
    return known is None or UNDEFINED in ctx.inference.awaited(known.returns)


def slot_definition(ctx: Context, outer: Node, inner: Node) -> str:
    """``async def`` for one slot: what its function gives as undefined is None."""
    from odw.transpile.python_workflow.captures import loop_captures, nonlocals
    from odw.transpile.python_workflow.context import Block
    from odw.transpile.python_workflow.functions import _parameters
    from odw.transpile.python_workflow.returns import returned
    from odw.transpile.python_workflow.statements import function_body

    if ctx.pure:
        raise NeedsStatements
    own = suggested_name(ctx, inner if inner is outer else _named_by(outer))
    scope = ctx.table.scope_of(outer)
    assert scope is not None
    kept = loop_captures(ctx, outer)
    with ctx.function(inner, scope, True) as fn, ctx.new_block() as block:
        fn.none_is_enough = True
        parameters = _parameters(ctx, outer)
        if kept:
            parameters += ["*", *[f"{one}={one}" for one in kept]]
        if inner.body.type == "BlockStatement":
            function_body(ctx, inner.body.body)
        else:
            returned(ctx, inner.body)
        outer_names = nonlocals(ctx, outer)
        if outer_names:
            block.insert(0, f"nonlocal {', '.join(outer_names)}")
    if ctx.block:
        ctx.put("")
    ctx.put(Block([f"async def {own}", code.listed("(", list(parameters), ")"), ":"], block))
    ctx.put("")
    return own


def _named_by(outer: Node) -> Node:
    return outer


def _listed(ctx: Context, thunks: Node, named: list[Doc]) -> Py | None:
    """``parallel([() => …, () => …])`` is ``odw.parallel([lambda: …, …])``."""
    if thunks.type != "ArrayExpression" or any(element is None for element in thunks.elements):
        return None
    parts: list[Doc] = []
    for element in thunks.elements:
        if not is_function(element) or element.generator or element.params:
            if element.type == "Identifier" and only(ctx.kind(element), Fn) and _takes_nothing(ctx, element):
                parts.append(code.item(value(ctx, element)))
                continue
            return None
        made = as_lambda(ctx, element) if not _is_then(element.body) else None
        if made is None or _gives_undefined(ctx, element):
            made = name(slot_definition(ctx, element, element))
        parts.append(code.item(made))
    listed = code.listed("[", parts, "]")
    return code.call_with("odw.parallel", [listed, *named])


def _takes_nothing(ctx: Context, node: Node) -> bool:
    return all(
        not atom.node.params and UNDEFINED not in ctx.inference.awaited(atom.returns)
        for atom in ctx.kind(node)
    )


def pipeline(ctx: Context, node: Node) -> Py:
    given = node.arguments
    if has_spread(node) or len(given) < 2 or not only(ctx.kind(given[0]), Arr):
        return call("js.pipeline", *arguments(ctx, node))
    items = code.item(value(ctx, given[0]))
    stages: list[Doc] = []
    for stage in given[1:]:
        if is_function(stage):
            if not 1 <= len(stage.params) <= 3 or any(
                p.type in ("RestElement", "AssignmentPattern") for p in stage.params
            ):
                return call("js.pipeline", *arguments(ctx, node))
            stages.append(code.item(_stage(ctx, stage)))
            continue
        try:
            fn, count = callable_value(ctx, stage)
        except LookupError:
            return call("js.pipeline", *arguments(ctx, node))
        known = ctx.kind(stage)
        if not 1 <= count <= 3 or any(
            p.type == "AssignmentPattern" for atom in known for p in atom.node.params
        ):
            return call("js.pipeline", *arguments(ctx, node))
        stages.append(code.item(fn))
    return code.call_with("odw.pipeline", [items, *stages])


def _stage(ctx: Context, stage: Node) -> Py:
    made = as_lambda(ctx, stage) if not _is_then(stage.body) else None
    return made if made is not None else name(define(ctx, stage, suggested_name(ctx, stage)))


def fanout(ctx: Context, node: Node) -> Py:
    return call("js.fanout", *arguments(ctx, node))


def workflow(ctx: Context, node: Node) -> Py:
    if len(node.arguments) == 1 and node.arguments[0].type == "Literal":
        return call("odw.workflow", value(ctx, node.arguments[0]))
    return call("js.workflow", *arguments(ctx, node))


HOOKS: dict[str, Callable[[Context, Node], Py]] = {
    "agent": agent,
    "parallel": parallel,
    "pipeline": pipeline,
    "fanout": fanout,
    "workflow": workflow,
}
