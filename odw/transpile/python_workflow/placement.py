"""What stands in the module, outside the workflow."""

from __future__ import annotations

from typing import Any

from odw.transpile.analyze.scope import FUNCTIONS, Binding
from odw.transpile.estree import Node, walk
from odw.transpile.python_workflow import (  # noqa: F401 - they register what they write
    calls,
    classes,
    expressions,
    functions,
    loops,
    members,
    operators,
    patterns,
    promises,
    statements,
    templates,
)
from odw.transpile.python_workflow.context import Context
from odw.transpile.python_workflow.kinds import Arr, Obj
from odw.transpile.python_workflow.literals import UNKNOWN, plain_value

HOOKS = frozenset(("args", "input", "meta"))


def outside(ctx: Context, body: list[Node]) -> set[Node]:
    """The statements that can stand in the module: constants that nothing changes, and functions that need nothing else."""
    constants: dict[Binding, Node] = {}
    helpers: dict[Binding, Node] = {}
    for node in body:
        if node.type == "VariableDeclaration" and node.kind == "const" and len(node.declarations) == 1:
            declarator = node.declarations[0]
            if declarator.id.type != "Identifier" or declarator.init is None:
                continue
            binding = ctx.binding(declarator.id)
            if binding is None:
                continue
            if declarator.init.type in FUNCTIONS:
                helpers[binding] = node
            elif _is_constant(ctx, declarator.init):
                constants[binding] = node
        elif (
            node.type == "FunctionDeclaration"
            and (binding := ctx.binding(node.id)) is not None
            and not binding.writes
        ):
            helpers[binding] = node
    while True:
        kept = {
            binding: node
            for binding, node in helpers.items()
            if _needs_only(ctx, node, constants.keys() | helpers.keys())
        }
        if len(kept) == len(helpers):
            return {*constants.values(), *helpers.values()}
        helpers = kept


def _is_constant(ctx: Context, node: Node) -> bool:
    if node.type == "Literal":
        return node.bigint is None and node.regex is None
    if plain_value(node, ctx.table) is UNKNOWN:
        return False
    for part in walk(node):
        site = ctx.inference.sites.get(part)
        if isinstance(site, Arr | Obj) and (site.mutated or site.escaped):
            return False
        if part.type == "Identifier" and ctx.table.reference(part) is not None:
            return False
    return True


def _needs_only(ctx: Context, node: Node, known: Any) -> bool:
    for part in walk(node):
        if part.type != "Identifier":
            continue
        reference = ctx.table.reference(part)
        if reference is None:
            continue
        if reference.binding is None:
            if part.name in HOOKS:
                return False
        elif reference.binding.scope.kind == "module" and reference.binding not in known:
            return False
    return True
