"""``read_meta``: what is accepted, and the messages for what is not (contract section 1)."""

from __future__ import annotations

from typing import Any

import pytest

from odw.transpile.analyze.meta import Meta, Phase, read_meta
from odw.transpile.source import Source
from odw.transpile.syntax import parse


def meta_of(text: str, file: str = "dir/My Script.js") -> Meta:
    source = Source(text, file)
    return read_meta(parse(source), source)


def value_of(literal: str) -> Any:
    meta = meta_of(f"export const meta = {{ name: 'n', description: 'd', x: {literal} }}")
    assert [p.message for p in meta.problems] == []
    return meta.raw["x"]


@pytest.mark.parametrize(
    ("literal", "expected"),
    [
        ("{ a: [1, 'two', true, null] }", {"a": [1, "two", True, None]}),
        ("-1.5", -1.5),
        ("+2", 2),
        ("1e3", 1000),
        ("0x1F", 31),
        ("1_000", 1000),
        ("`plain\\n`", "plain\n"),
        ("'a' + \"b\" + `c`", "abc"),
        ("{ 'quoted key': 1, 2: 3 }", {"quoted key": 1, "2": 3}),
        ("'\U0001f600 \\u{1F600} \\ud83d\\ude00'", "\U0001f600 \U0001f600 \U0001f600"),
        ("'\\ud83d'", "\ufffd"),
        ("[]", []),
    ],
)
def test_literals_that_meta_may_hold(literal: str, expected: Any) -> None:
    assert value_of(literal) == expected


@pytest.mark.parametrize(
    ("literal", "what"),
    [
        ("y", "an identifier"),
        ("undefined", "an identifier"),
        ("f()", "a call"),
        ("new X()", "a `new` expression"),
        ("a.b", "a property access"),
        ("a?.b", "a property access"),
        ("() => 1", "a function"),
        ("[...a]", "a spread"),
        ("{ ...a }", "a spread"),
        ("{ [k]: 1 }", "a computed key"),
        ("{ f() {} }", "a method"),
        ("{ get f() { return 1 } }", "an accessor"),
        ("{ y }", "the shorthand `y`, which reads a variable"),
        ("{ __proto__: {} }", "the key `__proto__`"),
        ("{ 'constructor': 1 }", "the key `constructor`"),
        ("{ prototype: 1 }", "the key `prototype`"),
        ("`a${1}`", "a template with a hole"),
        ("1 + 2", "an addition of values that are not all strings"),
        ("2 * 3", "the operator `*`"),
        ("!true", "the operator `!`"),
        ("-'1'", "the operator `-`"),
        ("/x/", "a regular expression"),
        ("1n", "a BigInt"),
        ("[1, , 2]", "an array with a hole"),
        ("a ? 1 : 2", "a condition"),
        ("a || 1", "a logical expression"),
    ],
)
def test_what_is_no_literal_is_named_where_it_stands(literal: str, what: str) -> None:
    text = f"export const meta = {{ name: 'n', description: 'd', x: {literal} }}"
    (problem,) = meta_of(text).problems
    assert (problem.code, problem.severity) == ("ODW205", "error")
    assert problem.message.endswith(f"found {what}")
    assert text.index("x: ") + 3 <= problem.span.column < text.rindex("}")


def test_every_part_that_is_no_literal_is_reported() -> None:
    meta = meta_of("export const meta = { name: n, description: d(), phases: [p, 'Q'], ok: 1 }")
    assert [p.span.column for p in meta.problems] == [28, 44, 58]
    assert meta.raw == {"phases": [None, "Q"], "ok": 1}
    assert meta.phase_titles == ("Q",)


def test_phases_are_normalised() -> None:
    meta = meta_of(
        "export const meta = { name: 'n', description: 'd',"
        " phases: ['A', { title: 'B', detail: 'b' }, { title: 'C', model: 'm' }] }"
    )
    assert meta.phases == (Phase("A"), Phase("B", detail="b"), Phase("C", model="m"))
    assert meta.problems == ()


def test_unknown_keys_are_kept() -> None:
    meta = meta_of("export const meta = { name: 'n', description: 'd', team: 'web', tags: ['x'] }")
    assert (meta.raw["team"], meta.raw["tags"], meta.problems) == ("web", ["x"], ())


@pytest.mark.parametrize(
    ("text", "code", "severity", "message", "help"),
    [
        ("return 1", "ODW204", "error", "has no `export const meta`", "name: 'my-script', description:"),
        ("const meta = { name: 'n' }", "ODW204", "error", "does not export it", "Write `export const meta"),
        ("let x = 1\nexport const meta = { name: 'n', description: 'd' }", "ODW206", "error", "must be the first statement", "Move it"),
        ("export let meta = { name: 'n', description: 'd' }", "ODW206", "error", "declared with `const`: found `let`", ""),
        ("export const meta = 5", "ODW205", "error", "not an object literal", ""),
        ("export const meta = Object.freeze({})", "ODW205", "error", "not an object literal", ""),
        ("export const meta = { description: 'd' }", "ODW206", "error", "meta has no `name`", "Add name"),
        ("export const meta = { name: 'n' }", "ODW206", "error", "meta has no `description`", "Add description"),
        ("export const meta = { name: '', description: 'd' }", "ODW206", "error", "found an empty string", ""),
        ("export const meta = { name: '  ', description: 'd' }", "ODW206", "error", "found a blank string", ""),
        ("export const meta = { name: 5, description: 'd' }", "ODW206", "error", "found a number", ""),
        ("export const meta = { name: 'n', desciption: 'd' }", "ODW206", "error", "meta needs `description`: found `desciption`", "Did you mean `description`?"),
        ("export const meta = { name: 'n', description: 'd', phase: ['A'] }", "ODW206", "warning", "no use for `phase`", "Did you mean `phases`?"),
        ("export const meta = { name: 'n', description: 'd', phases: 'A' }", "ODW206", "warning", "found a string", ""),
        ("export const meta = { name: 'n', description: 'd', phases: [{ tittle: 'A' }] }", "ODW206", "warning", "found an object with `tittle`", "Rename `tittle` to `title`."),
        ("export const meta = { name: 'n', description: 'd', phases: [''] }", "ODW206", "warning", "found an empty string", ""),
        ("export const meta = { name: 'n', description: 'd', model: 3 }", "ODW206", "warning", "meta.model should be a string", ""),
    ],
)  # fmt: skip
def test_problems(text: str, code: str, severity: str, message: str, help: str) -> None:
    (problem,) = meta_of(text).problems
    assert (problem.code, problem.severity) == (code, severity)
    assert message in problem.message
    assert help in problem.help


def test_a_directive_may_stand_before_meta() -> None:
    assert meta_of("'use strict'\nexport const meta = { name: 'n', description: 'd' }").problems == ()


def test_a_spread_that_may_bring_the_name_is_the_only_complaint() -> None:
    (problem,) = meta_of("export const meta = { ...base }").problems
    assert problem.code == "ODW205"
