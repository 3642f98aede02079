"""Every place where a script gets at a global, by the global's path, through whatever constant names it goes.

    const M = Math, {now: t} = Date; M.random(); new Date(t())
    ->  Math (value), Date.now (value), Math.random via Math (call), Date (new), Date.now via Date.now (call)

Resolution is by scope: a local, a parameter or a function named ``Date`` is not the global, and text is never looked at.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from odw.transpile.analyze.literal import static_key
from odw.transpile.analyze.tree_index import TreeIndex
from odw.transpile.estree import Node

if TYPE_CHECKING:
    from odw.transpile.analyze.scope import Binding, ScopeTable

Usage = Literal["value", "call", "new", "typeof", "write", "alias"]

# Deeper chains of aliases than this are not followed; the run-time guard still sees what they do.
_MAX_USES = 100_000


@dataclass(frozen=True, slots=True)
class GlobalUse:
    """``path`` is like "Math.random"; ``node`` the whole expression that has it; ``via`` the path its constant name already
    stood for ("" when the script names the global itself); ``parent`` the call or other node that uses it."""

    path: str
    node: Node
    via: str
    usage: Usage
    parent: Node | None

    def reaches(self, banned: str) -> bool:
        """Is this the place where ``banned`` (or something below it) is first got at?"""
        return _is_below(self.path, banned) and not (self.via and _is_below(self.via, banned))


def _is_below(path: str, prefix: str) -> bool:
    return path == prefix or path.startswith(prefix + ".")


def find_global_uses(index: TreeIndex, table: ScopeTable) -> list[GlobalUse]:
    """All uses, in source order."""
    return _Finder(index, table).run()


class _Finder:
    def __init__(self, index: TreeIndex, table: ScopeTable) -> None:
        self.index = index
        self.table = table
        self.uses: list[GlobalUse] = []
        self.pending: deque[tuple[Node, str]] = deque()
        self.followed: set[Binding] = set()

    def run(self) -> list[GlobalUse]:
        for identifier in self.table.unresolved:
            self.pending.append((identifier, ""))
        while self.pending and len(self.uses) < _MAX_USES:
            identifier, via = self.pending.popleft()
            self.add(identifier, via or str(identifier.name), via)
        self.uses.sort(key=lambda use: (use.node.start, use.node.end))
        return self.uses

    def add(self, node: Node, path: str, via: str) -> None:
        """Climb from a name to the longest property path that begins with it, record that, follow where it is kept."""
        parent = self.index.parent(node)
        while parent is not None:
            if parent.type == "MemberExpression" and parent.object is node:
                key = static_key(parent)
                if key is None or not key.isidentifier():
                    break
                path = f"{path}.{key}"
            elif not (
                parent.type == "ChainExpression"
                or (parent.type == "SequenceExpression" and parent.expressions[-1] is node)
            ):
                break
            node, parent = parent, self.index.parent(parent)
        while path.startswith("globalThis."):
            path = path.removeprefix("globalThis.")
        self.record(path, node, via, parent)
        if parent is None:
            return
        if parent.type == "VariableDeclarator" and parent.init is node:
            self.follow(parent.id, path)
        elif parent.type == "AssignmentExpression" and parent.right is node and parent.operator == "=":
            if parent.left.type == "ObjectPattern":
                self.follow(parent.left, path)

    def record(self, path: str, node: Node, via: str, parent: Node | None) -> None:
        self.uses.append(GlobalUse(path, node, via, _usage(node, parent), parent))

    def follow(self, target: Node, path: str) -> None:
        """``path`` is kept in ``target``: a name, or a pattern that takes properties off it."""
        if target.type == "Identifier":
            binding = self.table.resolve(target)
            if binding is not None and binding not in self.followed and not binding.writes:
                self.followed.add(binding)
                self.pending.extend((reference, path) for reference in binding.references)
        elif target.type == "ObjectPattern":
            for entry in target.properties:
                if entry.type != "Property":
                    continue
                key = static_key(entry)
                if key is None or not key.isidentifier():
                    continue
                value = entry.value.left if entry.value.type == "AssignmentPattern" else entry.value
                below = key if path == "globalThis" else f"{path}.{key}"
                self.record(below, entry, path if path != "globalThis" else "", target)
                self.follow(value, below)


def _usage(node: Node, parent: Node | None) -> Usage:
    if parent is None:
        return "value"
    match parent.type:
        case "CallExpression" if parent.callee is node:
            return "call"
        case "NewExpression" if parent.callee is node:
            return "new"
        case "UnaryExpression" if parent.operator == "typeof":
            return "typeof"
        case "AssignmentExpression" if parent.left is node:
            return "write"
        case "UpdateExpression":
            return "write"
        case "VariableDeclarator":
            return "alias"
    return "value"
