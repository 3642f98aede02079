"""Methods of texts: Python's own where they do the same to every text, else those of ``js``, which count UTF-16 code units."""

from __future__ import annotations

from collections.abc import Callable

from odw.transpile.estree import Node
from odw.transpile.python_workflow import code
from odw.transpile.python_workflow.code import Py, call, name
from odw.transpile.python_workflow.context import Context
from odw.transpile.python_workflow.expressions import value
from odw.transpile.python_workflow.kinds import NULLISH, REGEXP, STR, only
from odw.transpile.python_workflow.statics import arguments, has_spread

Handler = Callable[[Context, Node, Py], "Py | None"]


def text_method(ctx: Context, node: Node, holder: Node, prop: str) -> Py | None:
    """``holder.prop(…)`` of a text; None when it may be something else, or has no form of its own."""
    if not only(ctx.kind(holder) - NULLISH, STR) or has_spread(node):
        return None
    handler = _METHODS.get(prop)
    return handler(ctx, node, value(ctx, holder)) if handler is not None else None


def _plain(attr: str) -> Handler:
    return lambda ctx, node, holder: code.method(holder, attr) if not node.arguments else None


def _with_text(attr: str) -> Handler:
    def method(ctx: Context, node: Node, holder: Py) -> Py | None:
        if len(node.arguments) != 1 or not only(ctx.kind(node.arguments[0]), STR):
            return None
        return code.method(holder, attr, value(ctx, node.arguments[0]))

    return method


def _strip(attr: str) -> Handler:
    return lambda ctx, node, holder: code.method(holder, attr, name("js.WHITESPACE"))


def _includes(ctx: Context, node: Node, holder: Py) -> Py | None:
    if len(node.arguments) != 1 or not only(ctx.kind(node.arguments[0]), STR):
        return None
    return code.comparison(value(ctx, node.arguments[0]), "in", holder)


def _split(ctx: Context, node: Node, holder: Py) -> Py | None:
    if len(node.arguments) == 1 and _literal(node.arguments[0]):
        return code.method(holder, "split", value(ctx, node.arguments[0]))
    return call("js.split", holder, *arguments(ctx, node))


def _literal(node: Node) -> bool:
    return node.type == "Literal" and isinstance(node.value, str) and bool(node.value)


def _replace(every: bool) -> Handler:
    def replace(ctx: Context, node: Node, holder: Py) -> Py | None:
        if len(node.arguments) != 2:
            return None
        pattern, new = node.arguments
        if (
            _literal(pattern)
            and new.type == "Literal"
            and isinstance(new.value, str)
            and "$" not in new.value
        ):
            most = [] if every else [name("1")]
            return code.method(holder, "replace", value(ctx, pattern), value(ctx, new), *most)
        if only(ctx.kind(pattern), STR, REGEXP):
            return call("js.replace_all" if every else "js.replace", holder, *arguments(ctx, node))
        return None

    return replace


def _function(fn: str) -> Handler:
    return lambda ctx, node, holder: call(fn, holder, *arguments(ctx, node))


def _repeat(ctx: Context, node: Node, holder: Py) -> Py | None:
    one = node.arguments[0] if len(node.arguments) == 1 else None
    if one is None or one.type != "Literal" or not isinstance(one.value, int):
        return None
    return code.binary(holder, "*", value(ctx, one), code.MULTIPLY)


_METHODS: dict[str, Handler] = {
    "toLowerCase": _plain("lower"),
    "toUpperCase": _plain("upper"),
    "toString": lambda ctx, node, holder: holder,
    "trim": _strip("strip"),
    "trimStart": _strip("lstrip"),
    "trimEnd": _strip("rstrip"),
    "startsWith": _with_text("startswith"),
    "endsWith": _with_text("endswith"),
    "includes": _includes,
    "split": _split,
    "replace": _replace(False),
    "replaceAll": _replace(True),
    "slice": _function("js.slice_text"),
    "padStart": _function("js.pad_start"),
    "padEnd": _function("js.pad_end"),
    "repeat": _repeat,
    "match": _function("js.match"),
    "matchAll": _function("js.match_all"),
    "search": _function("js.search"),
    "localeCompare": _function("js.locale_compare"),
}
