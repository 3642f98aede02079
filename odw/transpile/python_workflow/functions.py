"""Functions of the script: ``lambda`` for one expression, else ``def`` before the statement that uses it."""

from __future__ import annotations

from odw.transpile.estree import Node, walk
from odw.transpile.python_workflow import code
from odw.transpile.python_workflow.captures import loop_captures, nonlocals
from odw.transpile.python_workflow.code import Py, name
from odw.transpile.python_workflow.context import Block, Context, NeedsStatements
from odw.transpile.python_workflow.expressions import handles, value
from odw.transpile.python_workflow.kinds import NOTHING, UNDEFINED
from odw.transpile.python_workflow.layout import Doc
from odw.transpile.python_workflow.literals import key_text


@handles("ArrowFunctionExpression", "FunctionExpression")
def function_value(ctx: Context, node: Node) -> Py:
    """A function as a value: a lambda, or the name of a ``def`` written before."""
    made = as_lambda(ctx, node)
    if made is not None:
        return made
    return name(define(ctx, node, suggested_name(ctx, node)))


def as_lambda(ctx: Context, node: Node) -> Py | None:
    """The function as a lambda; None when it needs statements."""
    from odw.transpile.python_workflow.promises import awaitable

    if node.generator or node.body.type == "BlockStatement":
        return None
    if any(param.type not in ("Identifier",) for param in node.params):
        return None
    body = node.body
    later = ctx.is_async(node)
    if later and node.is_async:
        if body.type == "AwaitExpression" and ctx.is_promise(body.argument):
            body = body.argument
        elif not ctx.is_promise(body):
            return None
    scope = ctx.table.scope_of(node)
    assert scope is not None
    with ctx.function(node, scope, False):
        try:
            with ctx.only_expressions():
                part = awaitable(ctx, body, plain=True) if later else value(ctx, body)
        except NeedsStatements:
            return None
    return code.function(parameter_list(ctx, node), part)


def parameter_list(ctx: Context, node: Node) -> str:
    """The parameters of a lambda, with what it keeps of the loop around it."""
    parts = _with_defaults([parameter(ctx, node, index) for index in range(len(node.params))])
    kept = loop_captures(ctx, node)
    if kept:
        parts.append("*")
        parts += [f"{one}={one}" for one in kept]
    return ", ".join(parts)


def _with_defaults(parts: list[str]) -> list[str]:
    """Parameters of which those after one with a default have one too, as Python wants it."""
    found: list[str] = []
    for part in parts:
        later = bool(found) and "=" in found[-1] and "=" not in part and not part.startswith("*")
        bare, _, hint = part.partition(": ")
        own = f"{bare}: Any = js.undefined" if hint else f"{bare}=js.undefined"
        found.append(own if later else part)
    return found


def parameter(ctx: Context, node: Node, index: int) -> str:
    """One parameter by its name; with ``=js.undefined`` where a call may leave it out."""
    binding = ctx.binding(node.params[index])
    assert binding is not None
    own = ctx.name(binding)
    return f"{own}=js.undefined" if _may_lack(ctx, node, index) else own


def _may_lack(ctx: Context, node: Node, index: int) -> bool:
    fn = ctx.fn_of(node)
    return fn is not None and any(count <= index for count in fn.counts)


def hinted(ctx: Context, node: Node, index: int) -> str:
    """One parameter of a ``def`` with its type."""
    from odw.transpile.python_workflow.hints import type_hint

    own = parameter(ctx, node, index)
    fn = ctx.fn_of(node)
    given = fn.params.get(index, NOTHING) if fn is not None else NOTHING
    bare, _, default = own.partition("=")
    return f"{bare}: Any = {default}" if default else f"{bare}: {type_hint(given)}"


def suggested_name(ctx: Context, node: Node) -> str:
    """A word for a function that has none: from its label, from what it is given to."""
    if (
        node.type != "ArrowFunctionExpression"
        and node.id is not None
        and (binding := ctx.binding(node.id)) is not None
    ):
        return ctx.name(binding)
    parent = ctx.parents.get(node)
    label = _label_in(node)
    if label:
        return ctx.fresh(label)
    if parent is not None and parent.type == "Property" and not parent.computed:
        from odw.transpile.python_workflow.names import snake_case

        return ctx.fresh(snake_case(key_text(parent.key)))
    if parent is not None and parent.type == "CallExpression" and parent.callee.type == "MemberExpression":
        asked = parent.callee.property.name if not parent.callee.computed else ""
        return ctx.fresh(_WORDS.get(asked, "handle"))
    if parent is not None and parent.type == "CallExpression" and ctx.is_global(parent.callee, "pipeline"):
        return ctx.fresh("stage")
    return ctx.fresh("task")


_WORDS = {
    "map": "convert", "flatMap": "expand", "filter": "is_wanted", "find": "is_wanted", "some": "matches", "every": "matches",
    "sort": "order", "toSorted": "order", "reduce": "combine", "then": "go_on", "catch": "mend", "replace": "substitute",
}  # fmt: skip


def _label_in(node: Node) -> str:
    """The word that the label of the only agent call in a function begins with."""
    found: list[str] = []
    for part in walk(node):
        if (
            part.type == "Property"
            and not part.computed
            and part.key.type == "Identifier"
            and part.key.name == "label"
        ):
            text = ""
            if part.value.type == "TemplateLiteral":
                text = part.value.quasis[0].value["cooked"] or ""
            elif part.value.type == "Literal" and isinstance(part.value.value, str):
                text = part.value.value
            words = "".join(c if c.isascii() and c.isalnum() else " " for c in text.lower()).split()
            found.append("_".join(words[:2]) if words and words[0][0].isalpha() else "")
    return found[0] if found and len(set(found)) == 1 and len(found[0]) > 2 else ""


def define(ctx: Context, node: Node, own: str, none_is_enough: bool = False) -> str:
    """Write ``def own(…):`` before the present statement; gives ``own``."""
    if ctx.pure:
        raise NeedsStatements
    made = definition(ctx, node, own, none_is_enough)
    if ctx.block:
        ctx.put("")
    ctx.put(made)
    ctx.put("")
    return own


def definition(
    ctx: Context, node: Node, own: str, none_is_enough: bool = False, first: list[str] | None = None
) -> Block:
    """The whole ``def`` of a function of the script."""
    from odw.transpile.python_workflow.returns import returned
    from odw.transpile.python_workflow.statements import finish_body, function_body

    later = ctx.is_async(node)
    scope = ctx.table.scope_of(node)
    assert scope is not None
    kept = loop_captures(ctx, node)
    with ctx.function(node, scope, later or node.is_async) as fn, ctx.new_block() as body:
        fn.none_is_enough = none_is_enough or not _value_matters(ctx, node)
        parameters = _with_defaults([*(first or []), *_parameters(ctx, node)])
        if kept:
            if not any(part.startswith("*") for part in parameters):
                parameters.append("*")
            parameters += [f"{one}={one}" for one in kept]
        if node.body.type == "BlockStatement":
            function_body(ctx, node.body.body)
            finish_body(ctx, node)
        else:
            returned(ctx, node.body)
        outer_names = nonlocals(ctx, node)
        if outer_names:
            body.insert(0, f"nonlocal {', '.join(outer_names)}")
    head: Doc = f"{'async ' if later or node.is_async else ''}def {own}"
    return Block([head, code.listed("(", list(parameters), ")"), result_hint(ctx, node), ":"], body)


def result_hint(ctx: Context, node: Node) -> str:
    """`` -> list[str]``: what a function gives, where that is known."""
    from odw.transpile.python_workflow.hints import type_hint

    fn = ctx.fn_of(node)
    if fn is None or node.generator:
        return ""
    found = ctx.inference.awaited(fn.returns)
    if found == frozenset((UNDEFINED,)):
        return " -> None"
    return f" -> {type_hint(found)}"


def _value_matters(ctx: Context, node: Node) -> bool:
    """Whether anybody can tell undefined from null in what a function gives."""
    fn = ctx.fn_of(node)
    return fn is None or bool(fn.returns - {UNDEFINED}) or fn.escaped or fn.called_by_library


def _parameters(ctx: Context, node: Node) -> list[str]:
    """The parameters of a ``def``; what they destructure and their defaults become its first statements."""
    from odw.transpile.python_workflow.patterns import bind_pattern, default_value

    found: list[str] = []
    for index, param in enumerate(node.params):
        if param.type == "Identifier":
            found.append(hinted(ctx, node, index))
        elif param.type == "RestElement":
            fresh = ctx.fresh("rest") if param.argument.type != "Identifier" else name_of(ctx, param.argument)
            found.append(f"*{fresh}")
            ctx.put(f"{fresh} = list({fresh})")
            if param.argument.type != "Identifier":
                bind_pattern(ctx, param.argument, name(fresh), NOTHING)
        elif param.type == "AssignmentPattern" and param.left.type == "Identifier":
            own = name_of(ctx, param.left)
            if default_is_plain(ctx, node, index):
                found.append(f"{own}={value(ctx, param.right)!s}")
            else:
                found.append(f"{own}=js.undefined")
                default_value(ctx, own, param.right)
        else:
            pattern = param.left if param.type == "AssignmentPattern" else param
            own = ctx.fresh(_pattern_word(pattern))
            found.append(
                f"{own}=js.undefined" if param is not pattern or _may_lack(ctx, node, index) else own
            )
            if param is not pattern:
                default_value(ctx, own, param.right)
            fn = ctx.fn_of(node)
            given = fn.params.get(index, NOTHING) if fn is not None else NOTHING
            if param is not pattern:
                given = (given - {UNDEFINED}) | ctx.kind(param.right)
            bind_pattern(ctx, pattern, name(own), given)
    return found


def _pattern_word(pattern: Node) -> str:
    return "pair" if pattern.type == "ArrayPattern" and len(pattern.elements) == 2 else "item"


def default_is_plain(ctx: Context, node: Node, index: int) -> bool:
    """Whether a default can be Python's: a literal, and no call gives undefined for it."""
    default = node.params[index].right
    if default.type != "Literal" or default.regex is not None:
        return False
    fn = ctx.fn_of(node)
    if fn is None or fn.called_by_library or fn.escaped:
        return False
    return not fn.params.get(index, NOTHING) & {UNDEFINED, "any"}


def name_of(ctx: Context, identifier: Node) -> str:
    binding = ctx.binding(identifier)
    assert binding is not None
    return ctx.name(binding)
