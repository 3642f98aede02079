"""What a rule is, and what every rule is given: one parse, one scope table, one walk, shared by all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from odw.diagnostics import Diagnostic, Severity
from odw.transpile.analyze.call_sites import CallSite
from odw.transpile.analyze.global_uses import GlobalUse
from odw.transpile.analyze.meta import Meta
from odw.transpile.analyze.tree_index import TreeIndex
from odw.transpile.estree import Node

if TYPE_CHECKING:
    from odw.transpile.analyze.scope import ScopeTable
    from odw.transpile.source import Source


@dataclass(frozen=True, slots=True)
class Finding:
    """A place and what is wrong there. ``severity`` only where it differs from the rule's."""

    node: Node
    message: str
    help: str = ""
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Lint:
    """The facts about one script that rules read; nothing in it is changed by a rule."""

    program: Node
    source: Source
    table: ScopeTable
    meta: Meta
    index: TreeIndex
    uses: tuple[GlobalUse, ...]
    call_sites: tuple[CallSite, ...]
    typeof_uses: tuple[GlobalUse, ...]  # those of ``uses`` that only ask ``typeof name``

    def in_try(self, node: Node) -> bool:
        """Is ``node`` in a ``try`` block whose ``catch`` takes what it throws?"""
        below = node
        for above in self.index.ancestors(node):
            if above.type == "TryStatement" and above.block is below and above.handler is not None:
                return True
            below = above
        return False


@dataclass(frozen=True, slots=True)
class Rule:
    """``check`` yields findings. ``blocks``: does an error of it keep ``exec`` from running the script?
    ``suppressible``: may ``// odw-allow`` silence it? Not where the script could not run anyway."""

    code: str
    name: str
    severity: Severity
    check: Callable[[Lint], Iterable[Finding | Diagnostic]]
    blocks: bool = True
    suppressible: bool = True

    def run(self, lint: Lint) -> Iterator[Diagnostic]:
        for found in self.check(lint):
            if isinstance(found, Diagnostic):
                yield found
                continue
            yield lint.source.diagnostic(
                self.code,
                self.name,
                found.severity or self.severity,
                found.message,
                found.node.start,
                found.node.end,
                found.help,
            )


def found_elsewhere(lint: Lint) -> tuple[Finding, ...]:
    """The check of a rule whose findings are made by another part: the parser, or the suppressions."""
    return ()
