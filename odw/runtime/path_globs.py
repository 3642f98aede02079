"""Globs over paths with ``/``, as ``allowPaths`` and ``forbidPaths`` have them; they follow .gitignore.

src/**      all below src          *.lock     that name, in any directory
docs        docs and all below     src/*.py   not deeper: * stops at a slash
/setup.py   only at the top        {a,b}      either
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache


def matching_glob(path: str, globs: Sequence[str]) -> str | None:
    """The first of ``globs`` that ``path`` falls under, or None."""
    return next((glob for glob in globs if any(rule.fullmatch(path) for rule in _rules(glob))), None)


@lru_cache(maxsize=256)
def _rules(glob: str) -> tuple[re.Pattern[str], ...]:
    return tuple(_rule(one) for one in _alternatives(glob))


def _alternatives(glob: str) -> list[str]:
    """``a{b,c}d`` → ``abd``, ``acd``."""
    found = re.search(r"\{([^{}]*,[^{}]*)\}", glob)
    if found is None:
        return [glob]
    head, tail = glob[: found.start()], glob[found.end() :]
    return [whole for part in found[1].split(",") for whole in _alternatives(head + part + tail)]


def _rule(glob: str) -> re.Pattern[str]:
    glob = glob.removeprefix("./").rstrip("/")
    anywhere = "/" not in glob
    glob = glob.removeprefix("/")
    text = "(?:.*/)?" if anywhere else ""
    at = 0
    while at < len(glob):
        piece, at = _piece(glob, at)
        text += piece
    return re.compile(f"(?s:{text}(?:/.*)?)")


def _piece(glob: str, at: int) -> tuple[str, int]:
    """The regular expression for what begins at ``at``, and where the next begins."""
    if glob.startswith("**/", at):
        return "(?:.*/)?", at + 3
    if glob.startswith("**", at):
        return ".*", at + 2
    if glob[at] == "*":
        return "[^/]*", at + 1
    if glob[at] == "?":
        return "[^/]", at + 1
    end = glob.find("]", at + 2)
    if glob[at] == "[" and end > 0:
        negated = glob[at + 1] in "!^"
        inside = glob[at + 1 + negated : end].replace("\\", "\\\\").replace("[", "\\[").replace("^", "\\^")
        return f"(?!/)[{'^' if negated else ''}{inside}]", end + 1
    return re.escape(glob[at]), at + 1
