"""The ledger: how many tests of each directory pass, fail and are skipped, and for which reasons.

::

    ["language/statements/class"]
    pass = 4201
    fail = 3
    skip = 12
    reasons = { "eval" = 2, "sloppy mode" = 10 }
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.ecma.test262.judge import Outcome
from tests.ecma.test262.scope import group_of

_HEAD = """\
# Conformance by tc39/test262: written by `python -m tests.ecma.test262 CHECKOUT --update`, not by hand.
# What the reasons mean, and each class of failure, is in docs/dialect.md.
"""


@dataclass
class Entry:
    """The counts of one directory; ``reasons``: how many were skipped for each."""

    passed: int = 0
    failed: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def skipped(self) -> int:
        return self.reasons.total()

    @property
    def percent(self) -> float:
        """Of the tests that were judged, how many passed."""
        judged = self.passed + self.failed
        return 100 * self.passed / judged if judged else 100.0

    def count(self, outcome: Outcome) -> None:
        if outcome.verdict == "pass":
            self.passed += 1
        elif outcome.verdict == "fail":
            self.failed += 1
        else:
            self.reasons[outcome.message] += 1


Ledger = dict[str, Entry]


def tally(outcomes: Iterable[tuple[str, Outcome]]) -> Ledger:
    """The ledger of some outcomes."""
    ledger: Ledger = {}
    for test, outcome in outcomes:
        ledger.setdefault(group_of(test), Entry()).count(outcome)
    return ledger


def total_of(ledger: Ledger) -> Entry:
    entries = ledger.values()
    reasons: Counter[str] = Counter()
    for entry in entries:
        reasons.update(entry.reasons)
    return Entry(sum(e.passed for e in entries), sum(e.failed for e in entries), reasons)


def read_ledger(path: Path) -> Ledger:
    """The ledger in a file; empty if there is none."""
    if not path.exists():
        return {}
    with path.open("rb") as file:
        tables = tomllib.load(file)
    return {
        name: Entry(table["pass"], table["fail"], Counter(table.get("reasons", {})))
        for name, table in tables.items()
        if name != "total"
    }


def write_ledger(path: Path, ledger: Ledger) -> None:
    parts = [_HEAD, _table("total", total_of(ledger))]
    parts += [_table(f'"{name}"', ledger[name]) for name in sorted(ledger)]
    path.write_text("\n".join(parts), "utf-8")


def _table(name: str, entry: Entry) -> str:
    lines = [f"[{name}]", f"pass = {entry.passed}", f"fail = {entry.failed}", f"skip = {entry.skipped}"]
    if entry.reasons:
        lines.append(
            "reasons = { " + ", ".join(f'"{r}" = {n}' for r, n in sorted(entry.reasons.items())) + " }"
        )
    return "\n".join(lines) + "\n"
