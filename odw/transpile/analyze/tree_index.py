"""One walk over a tree, written down: who is whose parent, and all nodes by their type.

index.parent(node)             the enclosing node, None for the program
index.of_type("ForStatement")  all of them in source order
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from odw.transpile.estree import Node, children

FUNCTION_TYPES = frozenset({"FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"})


class TreeIndex:
    """The side table itself; the tree is not touched."""

    def __init__(self, program: Node) -> None:
        self.program = program
        self._parents: dict[int, Node] = {}
        self._by_type: dict[str, list[Node]] = {}
        self._starts: dict[str, list[int]] = {}  # of the nodes of a type, made when first asked for
        parents, by_type = self._parents, self._by_type
        pending = [program]
        while pending:
            node = pending.pop()
            by_type.setdefault(node.type, []).append(node)
            below = list(children(node))
            for child in below:
                parents[id(child)] = node
            pending.extend(reversed(below))

    def parent(self, node: Node) -> Node | None:
        return self._parents.get(id(node))

    def of_type(self, *types: str) -> list[Node]:
        if len(types) == 1:
            return self._by_type.get(types[0], [])
        found = [node for name in types for node in self._by_type.get(name, [])]
        return sorted(found, key=_start)

    def ancestors(self, node: Node) -> Iterator[Node]:
        """The enclosing nodes, nearest first."""
        above = self.parent(node)
        while above is not None:
            yield above
            above = self.parent(above)

    def enclosing_function(self, node: Node) -> Node:
        """The nearest function around ``node``, or the program."""
        return next((n for n in self.ancestors(node) if n.type in FUNCTION_TYPES), self.program)

    def within(self, outer: Node, *types: str) -> list[Node]:
        """The nodes of these types that start inside ``outer``, nested functions included; in source order per type."""
        found: list[Node] = []
        for name in types:
            nodes = self._by_type.get(name)
            if nodes:
                starts = self._starts.get(name)
                if starts is None:
                    starts = self._starts[name] = [node.start for node in nodes]
                found += nodes[bisect_left(starts, outer.start) : bisect_left(starts, outer.end)]
        return found


def _start(node: Node) -> int:
    return int(node.start)
