"""Callbacks: as what a comprehension calls, or as its body."""

from __future__ import annotations

from odw.transpile.analyze.scope import FUNCTIONS, Binding, bound_identifiers
from odw.transpile.estree import Node
from odw.transpile.python_workflow import code
from odw.transpile.python_workflow.code import Py, call, name
from odw.transpile.python_workflow.context import Context
from odw.transpile.python_workflow.expressions import value
from odw.transpile.python_workflow.functions import function_value, name_of
from odw.transpile.python_workflow.kinds import NOTHING, NULLISH, Arr, Fn, Obj, only
from odw.transpile.python_workflow.literals import key_text


def callable_value(ctx: Context, node: Node) -> tuple[Py, int]:
    """A callback, and with how many arguments to call it. Raises LookupError when only the library can tell."""
    if node.type in FUNCTIONS:
        if any(param.type == "RestElement" for param in node.params):
            raise LookupError
        return function_value(ctx, node), len(node.params)
    found = ctx.kind(node)
    if not only(found, Fn):
        raise LookupError
    counts = {len(atom.node.params) for atom in found}
    if len(counts) != 1 or any(p.type == "RestElement" for atom in found for p in atom.node.params):
        raise LookupError
    return value(ctx, node), counts.pop()


def plain_parameters(ctx: Context, fn: Node) -> list[str] | None:
    """The targets of a ``for`` that stand for a callback's parameters; None when they need statements.

    Properties that a parameter takes apart are put where they are used: ``({title}) => title`` is ``item["title"]``.
    """
    found = _targets(ctx, fn)
    if found is None:
        ctx.comprehended.discard(fn)
    else:
        ctx.comprehended.add(fn)
    return found


def _targets(ctx: Context, fn: Node) -> list[str] | None:
    found: list[str] = []
    known = ctx.fn_of(fn)
    for index, param in enumerate(fn.params):
        given = known.params.get(index, NOTHING) if known is not None else NOTHING
        if param.type == "Identifier":
            binding = ctx.binding(param)
            if binding is None or binding.writes:
                return None
            found.append(ctx.name(binding))
        elif param.type == "ArrayPattern" and _is_pair(ctx, param, given):
            parts = [name_of(ctx, element) if element is not None else "_" for element in param.elements]
            found.append(f"({', '.join(parts)})" if len(fn.params) > 1 else ", ".join(parts))
        elif param.type == "ObjectPattern" and _substitute(ctx, param, given):
            found.append(_substituted_name(ctx, param))
        else:
            return None
    return found


def _is_pair(ctx: Context, param: Node, given: frozenset[object]) -> bool:
    """Whether what a pattern takes apart always has as many items as the pattern."""
    if not only(given, Arr) or not all(e is None or e.type == "Identifier" for e in param.elements):
        return False
    count = len(param.elements)
    sites = ctx.inference.sites
    return all((atom, count - 1) in sites and (atom, count) not in sites for atom in given) and count >= 2


def _substitute(ctx: Context, pattern: Node, given: frozenset[object]) -> bool:
    """Put what an object pattern takes apart where it is used."""
    members: list[tuple[Binding, str]] = []
    for prop in pattern.properties:
        if prop.type != "Property" or prop.computed or prop.value.type != "Identifier":
            return False
        binding = ctx.binding(prop.value)
        if binding is None or binding.writes:
            return False
        members.append((binding, key_text(prop.key)))
    if pattern not in ctx.pattern_names:
        ctx.pattern_names[pattern] = ctx.fresh("item")
    holder = name(ctx.pattern_names[pattern])
    for binding, key in members:
        sure = only(given - NULLISH, Obj) and all(atom.sure(key) for atom in given - NULLISH)  # type: ignore[attr-defined]
        part = code.subscript(holder, code.string(key)) if sure else call("js.get", holder, code.string(key))
        for reference in binding.references:
            ctx.substituted[reference] = part
    return True


def _substituted_name(ctx: Context, pattern: Node) -> str:
    return ctx.pattern_names[pattern]


def parameters_used(ctx: Context, fn: Node) -> list[bool]:
    """Which parameters a function looks at."""
    return [
        any(
            (binding := ctx.binding(identifier)) is not None and binding.references
            for identifier in bound_identifiers(param)
        )
        for param in fn.params
    ]
