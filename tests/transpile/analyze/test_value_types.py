from __future__ import annotations

import pytest

from odw.transpile.analyze.scope import analyze_scopes
from odw.transpile.analyze.value_domain import (
    ARRAY,
    BOOLEAN,
    FAR,
    INT32,
    LONGEST_STRING,
    NUMBER,
    SAFE,
    UINT32,
    Range,
    Text,
    ValueType,
    Whole,
    join,
    operation,
    widened,
)
from odw.transpile.analyze.value_types import ValueTypes
from odw.transpile.source import Source
from odw.transpile.syntax import parse


def type_of_last(script: str) -> ValueType:
    """What is known about the expression of the last statement."""
    program = parse(Source(script, "t.js"))
    return ValueTypes(analyze_scopes(program)).of(program.body[-1].expression)


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("const a = 3; a", Range(3, 3)),
        ("let a = 3; a = 7; a", Range(3, 7)),
        ("let a = 3; a = a * 2; a", NUMBER),
        ("let a = 3; a = (a * 1103515245 + 12345) % 2147483648; a", Range(0, 2**31 - 1)),
        ("let a = 3, b = 1; b = a * 1103515245; a = b % 2147483648; b", NUMBER),
        ("let a = 3; a++; a", Range(3, FAR)),
        ("let a = 3; a--; a", Range(-FAR, 3)),
        ("let a = 3; a += 16; a", Range(3, FAR)),
        ("let a = 3; a = a + 16; a", Range(3, FAR)),
        ("let a = 3; a += 17; a", NUMBER),
        ("let a = 2 ** 52; a++; a", NUMBER),
        ("let a = 4503599627370496; a++; a", NUMBER),  # too far for a counter to begin
        ("let a = 1, b = 1; a = b; b = a + 1; a", NUMBER),
        ("let a = 0; a = (a + 5) % 10; a", Range(0, 9)),
        ("let a = 0; a = (a - 5) % 10; a", NUMBER),
        ("let a = 1; a = f() | 0; a", INT32),  # a BigInt beside a number throws
        ("let a = 0; a = a | f(); a", INT32),
        ("let a = ''; a += f(); a", Text(LONGEST_STRING)),
        ("let a = 'ab'; a = 'c'; a", Text(2)),
        ("let a = 1; a = 'c'; a", None),
        ("let a; a = 1; a", None),
        ("var a = 1; a", None),
        ("let a = 1; [a] = [2]; a", None),
        ("let a = 1; for (a of f()); a", None),
        ("let a = 1; (() => { a = f() })(); a", None),
        ("let a = 1; a = true; a", None),
        ("const a = a; a", None),
        ("const a = [1], b = a; b.length", Range(0, 2**32 - 1)),
        ("[1]", ARRAY),
        ("'abc'.length", Range(0, 3)),
        ("f().length", None),
        ("1 < f()", BOOLEAN),
        ("f() - 1", NUMBER),
        ("f() - f()", None),
        ("+f()", NUMBER),
        ("-f()", None),
        ("f() >>> 0", UINT32),
        ("f() & 255", Range(0, 255)),
        ("~f()", None),
        ("Math.imul(f(), 3)", INT32),
        ("Math.imul = f; Math.imul(f(), 3)", None),
        ("f(Math); Math.imul(f(), 3)", None),
        ("f(globalThis); Math.imul(f(), 3)", None),
        ("Math.leak(); Math.imul(f(), 3)", None),
        ("f(Math.PI, Math.max(1)); Math.imul(f(), 3)", INT32),
        ("const Math = f(); Math.imul(f(), 3)", None),
    ],
)
def test_type(script: str, expected: ValueType) -> None:
    assert type_of_last(script) == expected


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("function f(n) { return n } f(1); f(9)", Range(1, 9)),
        ("const f = (n) => n; f(1)", Range(1, 1)),
        ("function f(n) { f(n - 1); return n } f(9)", Range(-FAR, 9)),
        ("function f(n) { f(n * 2); return n } f(9)", NUMBER),
        ("function f(n) { return n } f()", None),
        ("function f(n) { return n } f(...[1])", None),
        ("function f(n) { return n } f(1); g(f)", None),
        ("function f(n) { return n } f(1); new f('a')", None),
        ("function f(n) { return n } f(1); f`a`", None),
        ("function f(n) { return n } f(1); f?.('a')", None),
        ("function f(n) { n = g(); return n } f(1)", None),
        ("function f(n) { return n } f(1); f = g", None),
        ("export function f(n) { return n } f(1)", None),
        ("function f(n) { return n } f(1); export { f }", None),
        ("export default function f(n) { return n } f(1)", None),
        ("export const f = function (n) { return n }; f(1)", None),
        ("const f = function own(n) { own('a'); return n }; f(1)", None),
        ("function f(n = 1) { return n } f(1)", None),
        ("function f([n]) { return n } f(1)", None),
        ("function f(...n) { return n } f(1)", None),
        ("function f(n) { return n } f.call(null, 'a'); f(1)", None),
        ("function f(n) { var n = 'a'; return n } f(1)", None),
        ("function f(n) { function n() {} return n } f(1)", None),
    ],
)
def test_parameter(script: str, expected: ValueType) -> None:
    program = parse(Source(script, "t.js"))
    table = analyze_scopes(program)
    uses = [r.node for r in table.references() if r.node.name == "n" and r.is_read]
    last = max(uses, key=lambda node: node.start)
    assert ValueTypes(table).of(last) == expected


def test_the_bound_of_a_loop_holds_in_its_body_and_not_after_it() -> None:
    script = "for (let i = 0; i < 10; i++) { f(i); g(() => i) }"
    program = parse(Source(script, "t.js"))
    table = analyze_scopes(program)
    types = ValueTypes(table)
    uses = sorted((r.node for r in table.references() if r.node.name == "i"), key=lambda node: node.start)
    assert [types.of(use) for use in uses] == [Range(0, 10), Range(0, 10), Range(0, 9), Range(0, 9)]


@pytest.mark.parametrize(
    "script",
    [
        "for (let i = 0; i < 10; i++) { i = 5; f(i) }",
        "for (let i = 0; i < 10; i++) { (() => { i = 5 })(); f(i) }",
        "for (let i = 0; i < n; i++) f(i)",
        "for (let i = 0; i < 10 || n; i++) f(i)",
        "for (let i = 0; 10 < i; i++) f(i)",
        "for (let i = 0; i != 10; i++) f(i)",
        "for (let i = 0; i < 10; f(i), i++) f(i)",
    ],
)
def test_no_bound(script: str) -> None:
    program = parse(Source(script, "t.js"))
    table = analyze_scopes(program)
    last = max((r.node for r in table.references() if r.node.name == "i"), key=lambda node: node.start)
    assert ValueTypes(table).of(last) == Range(0, FAR)


@pytest.mark.parametrize(
    ("operator", "left", "right", "expected"),
    [
        ("+", Range(0, SAFE), Range(1, 1), Whole(1, SAFE + 1)),
        ("-", Range(-SAFE, 0), Range(1, 1), Whole(-SAFE - 1, -1)),
        ("*", Range(0, SAFE), Range(3, 3), Whole(0, int(SAFE * 3.0))),
        ("*", Whole(0, 2**60), Range(-1, 1), NUMBER),  # -0
        ("+", Whole(0, 2**60), Range(0, 9), Whole(0, 2**60 + 9)),
        ("+", Whole(0, 2**1000), Range(0, 9), NUMBER),
        ("+", Whole(0, 2**60), Text(2), Text(27)),
        ("%", Whole(0, 2**60), Range(7, 9), Range(0, 8)),
        ("%", Whole(-1, 2**60), Range(7, 9), NUMBER),
        ("/", Whole(0, 2**60), Range(7, 9), NUMBER),
        ("&", Whole(0, 2**60), Range(0, 7), Range(0, 7)),
        (">>>", Whole(0, 2**60), Range(0, 0), UINT32),
        ("*", Range(0, 5), Range(-1, -1), NUMBER),  # 0 * -1 is -0
        ("*", Range(1, 5), Range(-2, 3), Range(-10, 15)),
        ("*", Range(-5, 5), Range(2, 3), Range(-15, 15)),
        ("%", Range(-1, 5), Range(3, 3), NUMBER),
        ("%", Range(0, 5), Range(0, 3), NUMBER),
        ("%", Range(0, 50), Range(7, 9), Range(0, 8)),
        ("/", Range(4, 4), Range(2, 2), NUMBER),
        ("&", NUMBER, Range(0, 7), Range(0, 7)),
        ("&", NUMBER, Range(-1, 7), INT32),
        ("|", Range(0, 4), Range(0, 3), Range(0, 7)),
        ("<<", Range(0, 3), Range(2, 2), Range(0, 12)),
        ("<<", Range(0, 3), Range(30, 30), INT32),
        ("<<", Range(0, 3), Range(34, 34), Range(0, 12)),
        (">>", Range(-8, 8), Range(1, 1), Range(-4, 4)),
        (">>>", Range(-8, 8), Range(1, 1), Range(0, 2**31 - 1)),
        ("+", Text(3), NUMBER, Text(28)),
        ("+", None, Text(3), Text(LONGEST_STRING)),
        ("+", None, NUMBER, None),
        ("+", BOOLEAN, NUMBER, None),
    ],
)
def test_operation(operator: str, left: ValueType, right: ValueType, expected: ValueType) -> None:
    assert operation(operator, left, right) == expected


def test_join_and_widening() -> None:
    assert join(Range(0, 1), Range(5, 9)) == Range(0, 9)
    assert join(Range(0, 1), NUMBER) == NUMBER
    assert join(Range(0, 1), Text(1)) is None
    assert join(None, Range(0, 1)) is None
    assert join(Range(0, 1), Whole(0, 2**60)) == NUMBER == join(Whole(0, 2**60), Whole(0, 2**61))
    assert join(Whole(0, 2**60), Whole(0, 2**60)) == Whole(0, 2**60)
    assert widened(Range(0, 1), Range(-3, 300)) == Range(-255, 65535)
    assert widened(Text(1), Text(2)) == Text(LONGEST_STRING)
