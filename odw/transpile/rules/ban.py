"""Ban lists as data: what a script may not get at, why, and what it writes instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from odw.transpile.analyze.global_uses import GlobalUse, Usage
from odw.transpile.estree import Node
from odw.transpile.rules.rule import Finding, Lint

ANY_USE: frozenset[Usage] = frozenset({"value", "call", "new", "write", "alias"})


@dataclass(frozen=True, slots=True)
class Ban:
    """``path`` like "Math.random" (what is below it is banned too); ``reason`` follows it in the message, ``Math.random()`` for a call;
    ``instead`` is the help. ``usages``: only these ways of using it. ``absent``: the global does not exist at all,
    so ``typeof`` guards make its uses harmless and a ``try`` makes them a warning."""

    path: str
    reason: str
    instead: str
    usages: frozenset[Usage] = ANY_USE
    absent: bool = False


def find_banned(lint: Lint, bans: tuple[Ban, ...]) -> Iterator[Finding]:
    """One finding for each place where a banned path is first got at."""
    by_root: dict[str, list[Ban]] = {}
    for ban in bans:
        by_root.setdefault(ban.path.partition(".")[0], []).append(ban)
    for use in lint.uses:
        for ban in by_root.get(use.path.partition(".")[0], ()):
            if not _applies(ban, use):
                continue
            if ban.absent and is_guarded(lint, use):
                continue
            called = use.parent if use.usage == "call" and use.path == ban.path else None
            alias = " (through a constant)" if use.via else ""
            yield Finding(
                called or use.node,
                f"{ban.path}{'()' if called else ''}{alias} {ban.reason}",
                ban.instead,
                "warning" if ban.absent and lint.in_try(use.node) else None,
            )
            break


def _applies(ban: Ban, use: GlobalUse) -> bool:
    if ban.usages is ANY_USE:
        return use.usage != "typeof" and use.reaches(ban.path)
    return use.path == ban.path and use.usage in ban.usages


def is_guarded(lint: Lint, use: GlobalUse) -> bool:
    """Does a condition around the use ask ``typeof name`` first, so that the use is never reached without the global?

    Also: a property of ``globalThis`` that is only read (`globalThis.process?.env`) is undefined, not an error.
    """
    root = use.path.partition(".")[0]
    if _starts_at_global_object(use):
        return True
    below = use.node
    for above in lint.index.ancestors(use.node):
        if above.type in ("IfStatement", "ConditionalExpression") and below is not above.test:
            if _asks(lint, above.test, root):
                return True
        elif above.type == "LogicalExpression" and below is above.right and _asks(lint, above.left, root):
            return True
        below = above
    return False


def _starts_at_global_object(use: GlobalUse) -> bool:
    node = use.node
    while node.type in ("MemberExpression", "ChainExpression"):
        if node.type == "MemberExpression" and node.object.type == "Identifier":
            return bool(node.object.name == "globalThis") and use.usage != "new"
        node = node.object if node.type == "MemberExpression" else node.expression
    return False


def _asks(lint: Lint, test: Node, root: str) -> bool:
    return any(
        use.path.partition(".")[0] == root and test.start <= use.node.start < test.end
        for use in lint.typeof_uses
    )
