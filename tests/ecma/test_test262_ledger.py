"""The ledger of test262 meets the aim, and docs/dialect.md names what it counts."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from tests.ecma.test262.__main__ import LEDGER
from tests.ecma.test262.ledger import read_ledger, total_of

PAGE = (Path(__file__).parents[2] / "docs" / "dialect.md").read_text("utf-8")
ledger = read_ledger(LEDGER)


def _section(title: str) -> str:
    return PAGE.split(f"\n### {title}\n", 1)[1].split("\n#", 1)[0]


def test_the_aim_is_met() -> None:
    assert total_of(ledger).percent >= 97
    assert {name: round(entry.percent, 1) for name, entry in ledger.items() if entry.percent < 90} == {}


def test_the_page_claims_no_more_than_the_ledger_shows() -> None:
    found = re.search(
        r"([\d.]+) % of those that are judged pass, and in no directory fewer than (\d+) %", PAGE
    )
    assert found is not None
    assert total_of(ledger).percent >= float(found[1])
    assert min(entry.percent for entry in ledger.values()) >= float(found[2])


def test_each_failure_belongs_to_a_class_that_the_page_names() -> None:
    named: Counter[str] = Counter()
    for name, count in re.findall(r"`((?:language|built-ins)/[\w/-]+)` (\d+)", _section("What fails")):
        named[name] += int(count)
    assert dict(named) == {name: entry.failed for name, entry in ledger.items() if entry.failed}


def test_each_reason_for_skipping_is_on_the_page() -> None:
    named = set(re.findall(r"^\| `([^`]+)` \|", _section("What is skipped"), re.MULTILINE))
    assert named == {reason.partition(":")[0] for reason in total_of(ledger).reasons}
