"""The inspection of a script: its meta, phases and call sites, and which fan-out each of them belongs to.

phase('Review'); await parallel(files.map(f => () => agent(`Review ${f}`, {label: f})))
->  Site(hook="parallel", line=1, …), Site(hook="agent", within=0, many=True, prompt="Review ${…}", …)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from odw.inspection import Inspection, Site, phases_of
from odw.transpile.analyze.call_sites import CallSite, find_call_sites, resolve_constant
from odw.transpile.analyze.literal import NOT_LITERAL
from odw.transpile.analyze.tree_index import FUNCTION_TYPES, TreeIndex

if TYPE_CHECKING:
    from odw.diagnostics import Diagnostic
    from odw.transpile.analyze.meta import Meta
    from odw.transpile.analyze.scope import ScopeTable
    from odw.transpile.estree import Node
    from odw.transpile.source import Source


_FANOUTS = ("parallel", "pipeline", "fanout")


def inspect_tree(
    program: Node, source: Source, table: ScopeTable, meta: Meta, hints: tuple[Diagnostic, ...]
) -> Inspection:
    """The inspection of a parsed, bound and linted script."""
    index = TreeIndex(program)
    found = find_call_sites(index, table)
    stages = _Stages(found, index, table)
    sites = tuple(_site(site, stages, index, source) for site in found)
    return Inspection(source.file, dict(meta.raw), phases_of(meta.raw, sites), sites, hints)


def _site(site: CallSite, stages: _Stages, index: TreeIndex, source: Source) -> Site:
    span = source.span(site.node.start, site.node.end)
    known = {name: value for name, value in site.options.items() if value is not NOT_LITERAL}
    within, stage = stages.of(site)
    return Site(
        site.index,
        site.hook,
        span.line,
        span.column + 1,
        span.end_line,
        site.prompt,
        known,
        tuple(name for name in site.options if name not in known),
        not site.options_complete,
        site.phase,
        within,
        stage,
        site.in_loop or site.in_callback,
        site.conditional,
        _function(site.node, index),
    )


class _Stages:
    """Which fan-out a site belongs to, and which stage of a pipeline; also through a function that is handed over by its name."""

    def __init__(self, sites: Sequence[CallSite], index: TreeIndex, table: ScopeTable) -> None:
        self._sites = sites
        self._index = index
        self._handed: dict[int, tuple[int, int]] = {}  # id of a function -> (the fan-out, its argument)
        for site in sites:
            for number, argument in enumerate(site.node.arguments if site.hook in _FANOUTS else ()):
                function = resolve_constant(argument, table)
                if argument.type == "Identifier" and function.type in FUNCTION_TYPES:
                    self._handed.setdefault(id(function), (site.index, number))

    def of(self, site: CallSite) -> tuple[int | None, int | None]:
        """The index of the hook call around a site, and the stage if that is a pipeline."""
        chain = [site.node, *self._index.ancestors(site.node)]
        within, argument = site.within, None
        if within is None:
            within, argument = next(
                (self._handed[id(node)] for node in chain if id(node) in self._handed), (None, None)
            )
        if within is None or within == site.index or self._sites[within].hook != "pipeline":
            return (None if within == site.index else within), None
        if argument is None:
            inside = {id(node) for node in chain}
            arguments = enumerate(self._sites[within].node.arguments)
            argument = next((number for number, node in arguments if id(node) in inside), None)
        return within, None if argument is None else max(0, argument - 1)


def _function(node: Node, index: TreeIndex) -> str:
    """The name of the nearest function around a node that has one: by its own name, or by the constant that it is."""
    below = node
    for above in index.ancestors(node):
        if above.type in FUNCTION_TYPES and getattr(above, "id", None) is not None:
            return str(above.id.name)
        if (
            above.type == "VariableDeclarator"
            and below.type in FUNCTION_TYPES
            and above.id.type == "Identifier"
        ):
            return str(above.id.name)
        below = above
    return ""
