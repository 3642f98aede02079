"""Comments that silence a rule where it has found something: ``// odw-allow ODW101, timers reason``.

A comment behind code speaks of its own line; one that stands alone speaks of the next line of code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from odw.diagnostics import Diagnostic
from odw.transpile.estree import Node
from odw.transpile.rules import unexplained_suppression, unused_suppression
from odw.transpile.rules.rule import Rule
from odw.transpile.source import Source

_COMMENT = re.compile(r"^[\s*]*odw-allow\b[:\s]*(.*)", re.DOTALL)
_CODES = re.compile(r"\s*(ODW\d+|[a-z]+(?:-[a-z]+)+|timers)\s*(,?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Suppression:
    """``names``: codes or rule names; ``line``: the line it speaks of; ``reason`` "" if none was given."""

    comment: Node
    names: tuple[str, ...]
    reason: str
    line: int

    def covers(self, found: Diagnostic) -> bool:
        return found.span.line == self.line and (found.code in self.names or found.rule in self.names)


def read_suppressions(program: Node, source: Source) -> tuple[Suppression, ...]:
    found = []
    lone: set[int] = set()
    for comment in program.comments:
        first, column = source.position(comment.start)
        last, after = source.position(comment.end)
        if not source.lines[first - 1][:column].strip() and not source.lines[last - 1][after:].strip():
            lone.update(range(first, last + 1))
    for comment in program.comments:
        match = _COMMENT.match(comment.value)
        if match is None:
            continue
        names, reason = _split(match[1])
        line = source.position(comment.start)[0]
        if line in lone:
            line = source.position(comment.end)[0]
            while line in lone or (line <= len(source.lines) and not source.lines[line - 1].strip()):
                line += 1
        found.append(Suppression(comment, names, reason, line))
    return tuple(found)


def _split(text: str) -> tuple[tuple[str, ...], str]:
    names, at = [], 0
    while match := _CODES.match(text, at):
        names.append(match[1].upper() if match[1].upper().startswith("ODW") else match[1])
        at = match.end()
        if not match[2]:
            break
    return tuple(names), text[at:].strip(" \t\r\n*:-—–")


def apply_suppressions(
    found: Iterable[Diagnostic], suppressions: tuple[Suppression, ...], rules: Iterable[Rule], source: Source
) -> Iterator[Diagnostic]:
    """What is left of ``found``, and what is wrong with the suppressions themselves."""
    fixed = {rule.code for rule in rules if not rule.suppressible}
    known = {name for rule in rules for name in (rule.code, rule.name)}
    used: set[int] = set()
    for diagnostic in found:
        covering = [s for s in suppressions if s.covers(diagnostic)]
        if covering and not (diagnostic.code in fixed and diagnostic.severity == "error"):
            used.update(id(s) for s in covering)
        else:
            yield diagnostic
    for suppression in suppressions:
        yield from _about(suppression, id(suppression) in used, known, source)


def _about(suppression: Suppression, used: bool, known: set[str], source: Source) -> Iterator[Diagnostic]:
    start, end = suppression.comment.start, suppression.comment.end

    def warn(rule: Rule, message: str, help: str) -> Diagnostic:
        return source.diagnostic(rule.code, rule.name, rule.severity, message, start, end, help)

    unknown = [name for name in suppression.names if name not in known]
    if not suppression.names or unknown:
        what = f"knows no rule {unknown[0]}" if unknown else "names no rule"
        yield warn(unused_suppression.RULE, f"odw-allow {what}", "Write `// odw-allow ODW101 reason`.")
    elif not used:
        yield warn(
            unused_suppression.RULE,
            f"odw-allow {', '.join(suppression.names)} silences nothing on line {suppression.line}",
            "Remove it, or put it on the line of the finding or the line before.",
        )
    if suppression.names and not suppression.reason:
        yield warn(
            unexplained_suppression.RULE,
            f"odw-allow {', '.join(suppression.names)} gives no reason",
            f"Write `// odw-allow {', '.join(suppression.names)} why it is fine here`.",
        )
