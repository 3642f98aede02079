"""The rules against small scripts. ``//~ ODW101, ODW102: fragment`` at the end of a line says what is found on that line:
all codes, part of the first one's message or help; ``//~ ODW101 warning`` says that it is a warning."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from odw.diagnostics import Diagnostic
from odw.dsl.rule_pages import python_pages
from odw.transpile.analyze.meta import read_meta
from odw.transpile.analyze.scope import analyze_scopes
from odw.transpile.rules import RULES, blocks_run, run_rules
from odw.transpile.rules.document import SECTIONS, docstring, pages
from odw.transpile.source import Source
from odw.transpile.syntax import parse

CASES = sorted((Path(__file__).parent / "cases").glob("*.js"))
DOCS = Path(__file__).parents[3] / "docs" / "rules"
_EXPECTED = re.compile(r" //~ ([\w, ]+?)( warning)?(?:: (.*))?$")


def lint(text: str) -> list[Diagnostic]:
    source = Source(text, "case.js")
    program = parse(source)
    table = analyze_scopes(program)
    return run_rules(program, source, table, read_meta(program, source, table))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(case: Path) -> None:
    expected: list[tuple[int, str]] = []
    fragments: list[tuple[int, str, str]] = []
    lines = []
    for number, line in enumerate(case.read_text(encoding="utf-8").split("\n"), 1):
        match = _EXPECTED.search(line)
        lines.append(line[: match.start()] if match else line)
        if match:
            codes = [code.strip() for code in match[1].split(",")]
            expected += [(number, code) for code in codes]
            fragments.append((number, codes[0], match[3] or ""))
            if match[2]:
                fragments.append((number, codes[0], "warning"))
    found = lint("\n".join(lines))
    assert sorted((d.span.line, d.code) for d in found) == sorted(expected)
    for number, code, fragment in fragments:
        first = next(d for d in found if (d.span.line, d.code) == (number, code))
        assert fragment in f"{first.message} {first.help} {first.severity}"


def test_each_code_and_name_is_used_once() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES) == len({rule.name for rule in RULES})


def test_each_rule_has_a_case_that_finds_it_or_is_found_elsewhere() -> None:
    text = "\n".join(case.read_text(encoding="utf-8") for case in CASES)
    tested_elsewhere = {"ODW200", "ODW201", "ODW202", "ODW204", "ODW205"}
    assert {rule.code for rule in RULES if rule.code not in text} <= tested_elsewhere


def test_each_docstring_is_a_page() -> None:
    for rule in RULES:
        text = docstring(rule)
        assert [s for s in SECTIONS if f"\n{s}\n" in text] == list(SECTIONS), rule.name
        assert text.split("\n")[1] == "", rule.name


def test_docs_are_current() -> None:
    on_disk = {path.name: path.read_text(encoding="utf-8") for path in DOCS.glob("*.md")}
    assert on_disk == {**pages(), **python_pages()}, "run: python tools/rule_docs.py"


def test_bad_examples_are_found_and_good_ones_are_not() -> None:
    head = "export const meta = { name: 'x', description: 'y' }\n"
    for rule in RULES:
        if rule.code in ("ODW200", "ODW201", "ODW202", "ODW211", "ODW212"):
            continue
        bad, good = (_code(docstring(rule), section) for section in ("## Example", "## Use instead"))
        found = lint(bad if "const meta" in bad or rule.code == "ODW204" else head + bad)
        assert rule.code in {d.code for d in found}, rule.name
        if good:
            found = lint(good if "const meta" in good else head + good)
            assert rule.code not in {d.code for d in found}, rule.name


def _code(text: str, section: str) -> str:
    part = text.partition(f"\n{section}\n")[2].partition("\n## ")[0]
    match = re.search(r"```js\n(.*?)```", part, re.DOTALL)
    return match[1] if match else ""


def test_errors_block_a_run_but_for_unknown_globals() -> None:
    blocking = {rule.code for rule in RULES if rule.severity == "error" and rule.blocks}
    assert blocking == {r.code for r in RULES if r.code[:4] in ("ODW1", "ODW2") and r.severity == "error"} - {
        "ODW209"
    }
    (found,) = lint("export const meta = { name: 'x', description: 'y' }\nnope()")
    assert (found.code, found.severity, blocks_run(found)) == ("ODW209", "error", False)
    (found,) = lint("export const meta = { name: 'x', description: 'y' }\nlog(Date.now())")
    assert blocks_run(found)


def test_known_globals_are_those_of_the_realm() -> None:
    from odw.ecma.intrinsics import table
    from odw.ecma.realm import GLOBALS
    from odw.transpile.rules.known_globals import KNOWN_GLOBALS

    table.declare()
    assert set(GLOBALS) <= KNOWN_GLOBALS
