"""Methods of arrays that take no callback."""

from __future__ import annotations

from collections.abc import Callable

from odw.transpile.estree import Node
from odw.transpile.python_workflow import code
from odw.transpile.python_workflow.code import Py, call, name
from odw.transpile.python_workflow.context import Context
from odw.transpile.python_workflow.expressions import value
from odw.transpile.python_workflow.kinds import INT, NULLISH, STR, Arr, MapOf, SetOf, only
from odw.transpile.python_workflow.layout import Doc, Group
from odw.transpile.python_workflow.statics import arguments


def items(ctx: Context, holder: Node, asked: str) -> Py:
    """The array to go through."""
    if only(ctx.kind(holder) - NULLISH, Arr, SetOf, MapOf):
        return value(ctx, holder)
    return call("js.array", value(ctx, holder), code.string(asked))


def join(ctx: Context, node: Node, holder: Node) -> Py | None:
    separator = value(ctx, node.arguments[0]) if node.arguments else code.string(",")
    inner = ctx.inference.items_of(ctx.kind(holder))
    if (
        only(ctx.kind(holder), Arr)
        and only(inner, STR)
        and (not node.arguments or only(ctx.kind(node.arguments[0]), STR))
    ):
        listed = value(ctx, holder)
        inside = _generator(listed)
        return code.method(separator, "join", listed) if inside is None else code.joined_by(separator, inside)
    if node.arguments and only(ctx.kind(node.arguments[0]), STR):
        return call("js.join", items(ctx, holder, "join"), separator)
    return call("js.join", items(ctx, holder, "join"), *arguments(ctx, node))


def _generator(listed: Py) -> Doc | None:
    """The inside of a comprehension, which needs no brackets of its own as the only argument of a call."""
    doc = listed.doc
    if isinstance(doc, Group) and isinstance(doc.doc, list) and doc.doc[0] == "[" and len(doc.doc) == 4:
        inner = doc.doc[1].doc
        if len(inner) > 3 and isinstance(inner[3], list) and str(inner[3][0]).startswith("for "):
            return inner[1:]
    return None


def includes(ctx: Context, node: Node, holder: Node) -> Py | None:
    if len(node.arguments) != 1:
        return None
    wanted = node.arguments[0]
    inner = ctx.inference.items_of(ctx.kind(holder))
    if only(inner, STR) or (only(ctx.kind(wanted), STR) and all(atom != "bool" for atom in ctx.kind(wanted))):
        return code.comparison(value(ctx, wanted), "in", value(ctx, holder))
    return call("js.includes", value(ctx, holder), value(ctx, wanted))


def slice_(ctx: Context, node: Node, holder: Node) -> Py | None:
    """``xs.slice(a, b)`` with counts that are not negative is a slice; so is one from the end by a number."""
    given = node.arguments
    if len(given) > 2 or not all(_bound(ctx, part) for part in given):
        return call("js.slice_list", value(ctx, holder), *arguments(ctx, node))
    parts = [str(value(ctx, part)) for part in given]
    low = parts[0] if parts and parts[0] != "0" else ""
    high = parts[1] if len(parts) > 1 else ""
    return Py([value(ctx, holder).at(code.POSTFIX), f"[{low}:{high}]"], code.POSTFIX)


def _bound(ctx: Context, node: Node) -> bool:
    """Whether a bound means the same to Python: a whole number; negative ones count from the end in both."""
    return only(ctx.kind(node), INT) and node.type in (
        "Literal",
        "UnaryExpression",
        "Identifier",
        "MemberExpression",
    )


def sort(ctx: Context, node: Node, holder: Node) -> Py | None:
    from odw.transpile.python_workflow.sorting import sorted_value

    return sorted_value(ctx, node, holder, in_place=True)


def to_sorted(ctx: Context, node: Node, holder: Node) -> Py | None:
    from odw.transpile.python_workflow.sorting import sorted_value

    return sorted_value(ctx, node, holder, in_place=False)


def at(ctx: Context, node: Node, holder: Node) -> Py | None:
    return call("js.at", value(ctx, holder), *arguments(ctx, node))


def concat(ctx: Context, node: Node, holder: Node) -> Py | None:
    parts: list[Doc] = [["*", value(ctx, holder).at(code.BIT_OR)]]
    for argument in node.arguments:
        if not only(ctx.kind(argument), Arr):
            return call("js.concat", value(ctx, holder), *arguments(ctx, node))
        parts.append(["*", value(ctx, argument).at(code.BIT_OR)])
    return Py(code.listed("[", parts, "]"))


def flat(ctx: Context, node: Node, holder: Node) -> Py | None:
    inner = ctx.inference.items_of(ctx.kind(holder))
    if not node.arguments and only(inner, Arr):
        with ctx.in_iterable():
            source = value(ctx, holder)
        return code.comprehension("item", [code.clause("part", source), code.clause("item", name("part"))])
    return call("js.flat", items(ctx, holder, "flat"), *arguments(ctx, node))


def library(fn: str, asked: str) -> Callable[[Context, Node, Node], Py | None]:
    def called(ctx: Context, node: Node, holder: Node) -> Py | None:
        return call(fn, items(ctx, holder, asked), *arguments(ctx, node))

    return called


def to_reversed(ctx: Context, node: Node, holder: Node) -> Py | None:
    return Py([value(ctx, holder).at(code.POSTFIX), "[::-1]"], code.POSTFIX)
