"""Variables of one turn of a loop that change while a function keeps them: each turn makes a ``js.Cell``, and ``x`` is ``x.value``.

Which variables those are shows only when the functions are written: ``NeedsCell`` says so, and the writer begins again with one more.
"""

from __future__ import annotations

from odw.transpile.analyze.scope import Binding, bound_identifiers
from odw.transpile.estree import Node, walk
from odw.transpile.python_workflow import code
from odw.transpile.python_workflow.code import Py, call, name
from odw.transpile.python_workflow.context import Context

_DECLARED = ("VariableDeclarator", "VariableDeclaration", "ForOfStatement", "ForInStatement")


class NeedsCell(Exception):
    """A variable has to be a cell."""

    def __init__(self, binding: Binding) -> None:
        super().__init__(binding.name)
        self.binding = binding


def may_be_cell(binding: Binding) -> bool:
    """Whether a variable is declared by a statement, which can make the cell."""
    return binding.kind == "function" or (
        binding.kind in ("let", "const") and binding.declaration.type in _DECLARED
    )


def make_cells(ctx: Context, pattern: Node) -> None:
    """``x = js.Cell("x")`` for each name in a pattern that is a cell and has not been made at the head of its block."""
    for identifier in bound_identifiers(pattern):
        binding = ctx.binding(identifier)
        if binding is None or binding not in ctx.cells:
            continue
        if binding in ctx.made_cells:
            ctx.made_cells.discard(binding)
        else:
            ctx.put(f"{ctx.names[binding]} = {cell(binding)}")


def make_early(ctx: Context, nodes: list[Node], hoisted: bool) -> None:
    """The cells of a block that functions keep before the statement that declares them. ``hoisted``: functions come first."""
    for node in nodes:
        names = []
        if node.type == "VariableDeclaration":
            names = [declarator.id for declarator in node.declarations]
        elif node.type == "FunctionDeclaration":
            names = [node.id]
        for pattern in names:
            for binding in _cells_in(ctx, pattern):
                early = hoisted or any(part.start < binding.node.start for part in binding.references)
                if early or node.type == "FunctionDeclaration":
                    ctx.put(f"{ctx.names[binding]} = {cell(binding)}")
                    ctx.made_cells.add(binding)


def cell(binding: Binding, *first: Py) -> Py:
    return call("js.Cell", code.string(binding.name), *first)


def is_whole(ctx: Context, pattern: Node, init: Node) -> Binding | None:
    """The cell that a declaration makes and fills at once: its value does not use it."""
    binding = ctx.binding(pattern) if pattern.type == "Identifier" else None
    if binding is None or binding not in ctx.cells or binding in ctx.made_cells:
        return None
    return None if any(part in binding.references for part in walk(init)) else binding


def has_cells(ctx: Context, pattern: Node) -> bool:
    return bool(_cells_in(ctx, pattern))


def turn_cells(ctx: Context, node: Node | None) -> list[Binding]:
    """The cells that the head of a ``for`` loop declares: each turn has its own (ECMA-262 14.7.4.4)."""
    if node is None or node.type != "VariableDeclaration":
        return []
    return [binding for declarator in node.declarations for binding in _cells_in(ctx, declarator.id)]


def copy_cells(ctx: Context, bindings: list[Binding]) -> None:
    """The next turn's cells, with the values of the last one's."""
    for binding in bindings:
        ctx.put([f"{ctx.names[binding]} = ", cell(binding, name(ctx.name(binding))).doc])


def _cells_in(ctx: Context, pattern: Node) -> list[Binding]:
    found = [ctx.binding(identifier) for identifier in bound_identifiers(pattern)]
    return [binding for binding in found if binding is not None and binding in ctx.cells]
