"""How V8 names a callee in "… is not a function"; the expectations are node's."""

from __future__ import annotations

import pytest

from odw.ecma.abstract_ops.callee_text import callee_text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("f", "f"),
        ("a.b.c", "a.b.c"),
        ("a.b['c']", "a.b.c"),
        ('a["b"].c', "a.b.c"),
        ("a.b[i]", "a.b[i]"),
        ("a.b[i.j]", "a.b[i.j]"),
        ("a[0]", "a[0]"),
        ("a(1, 2).x", "a(...).x"),
        ("a(1, 2)", "a(...)"),
        ("a()()", "a(...)(...)"),
        ("this.x", "this.x"),
        ("o?.a?.b", "o?.a?.b"),
        ("{}.x", "{}.x"),
        ("({}).x", "{}.x"),
        ("[].x", "[].x"),
        ("'s'.x", '"s".x'),
        ("(class{}).x", "(intermediate value).x"),
        ("(function () { return 1 }).x", "(intermediate value).x"),
        ("() => 1", "(intermediate value)"),
        ("(async () => { await x })", "(intermediate value)"),
        ("(await f()).x", "(intermediate value).x"),
        ("xs\n  .map(x => x)\n  .nope", "xs.map(...).nope"),
        ("a /* why */ .b // end", "a.b"),
        ("a[`${x}`](')')", "a[`${x}`](...)"),
        ("agent('a (b').then", "agent(...).then"),
        ("[1, 2].x", "[1,2].x"),
        ("[1, 2][0]", "[1,2][0]"),
        ("a[x + '1']", 'a[(x + "1")]'),
        ("a[i.j + 1]", "a[(i.j + 1)]"),
        ("a[-1]", "a[-1]"),
        ("a[f(1)]", "a[f(...)]"),
        ("(a || x)", "(a || x)"),
        ("(a, a.b)", "(a , a.b)"),
        ("a.b ?? x", "(a.b ?? x)"),
        ("(-x).y", "(-x).y"),
        ("(!x)", "(!x)"),
        ("new Map().x", "(intermediate value).x"),
        ("new Map()", "(intermediate value)"),
        ("/a/.x", "/a/.x"),
        ("JSON.foo", "JSON.foo"),
        ("Object.keys({})[0]", "Object.keys(...)[0]"),
        ("[1].map(x => x).nope", "[1].map(...).nope"),
        ("f()?.g", "f(...)?.g"),
        ("a?.[x]", "a?.[x]"),
        ("(f)().b", "f(...).b"),
        ("('a' + x).b", '("a" + x).b'),
        ("`a`.z", '"a".z'),
        ("(() => 1).z", "(intermediate value).z"),
        ("[1, 2, 3].includes(2)", "[1,2,3].includes(...)"),
        ("super.nope", "(intermediate value).nope"),
        ("#p.q", "#p.q"),
        ("héllo.x", "héllo.x"),
        ("", ""),
        ("(((", "((("),
        ("a['unclosed", "a['unclosed"),
        ("a + ", "(a + )"),
    ],
)
def test_callee(source: str, expected: str) -> None:
    assert callee_text(source) == expected
