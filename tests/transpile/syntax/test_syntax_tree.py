"""The tree itself: positions, values, comments, the helpers of estree.py."""

from __future__ import annotations

from itertools import pairwise

import pytest

from odw.transpile.estree import FIELDS, NODES, Node, children, to_json, walk
from odw.transpile.source import Source
from odw.transpile.syntax import parse


def program(script: str) -> Node:
    return parse(Source(script, "x.js"))


def expression(script: str) -> Node:
    return program(script).body[0].expression


def test_a_missing_field_is_an_error() -> None:
    node = expression("a")
    assert node.name == "a"
    with pytest.raises(AttributeError):
        _ = node.nmae
    with pytest.raises(AttributeError):
        _ = node.value


def test_offsets_are_code_points() -> None:
    script = "'😀' + é"
    node = expression(script)
    assert script[node.left.start : node.left.end] == "'😀'"
    assert script[node.right.start : node.right.end] == "é"


def test_strings_are_utf16() -> None:
    assert expression("'😀'").value == "\ud83d\ude00"
    assert expression("'\\u{1F600}'").value == "\ud83d\ude00"
    assert expression("'\\ud83d'").value == "\ud83d"
    quasi = expression("`😀\\n`").quasis[0].value
    assert quasi == {"raw": "\ud83d\ude00\\n", "cooked": "\ud83d\ude00\n"}
    assert expression("/😀/u").regex == {"pattern": "\ud83d\ude00", "flags": "u"}


def test_an_invalid_escape_in_a_tagged_template_is_cooked_to_none() -> None:
    assert expression("f`\\u`").quasi.quasis[0].value == {"raw": "\\u", "cooked": None}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1), ("1.0", 1), ("1e3", 1000), ("0.5", 0.5), ("9007199254740992", 2**53), ("9007199254740993", 2.0**53),
        ("1e21", 1e21), ("0xff", 255), ("0xfffffffffffffffff", float(0xFFFFFFFFFFFFFFFFF)), ("1_000", 1000),
        ("1e400", float("inf")), ("0x" + "f" * 400, float("inf")), ("1" * 5000, float("inf")), ("0.0", 0),
    ],
)  # fmt: skip
def test_numbers_are_int_up_to_2_53(text: str, value: float) -> None:
    found = expression(text).value
    assert found == value
    assert type(found) is (int if value <= 2**53 and value == int(value) else float)


def test_9007199254740993_is_its_float_neighbour() -> None:
    assert type(expression("9007199254740993").value) is int  # 2**53 after rounding, which an int can say


def test_bigint_null_and_booleans() -> None:
    big = expression("0x1_Fn")
    assert (big.value, big.bigint, big.raw) == (None, "31", "0x1_Fn")
    null = expression("null")
    assert (null.value, null.raw, null.bigint, null.regex) == (None, "null", None, None)
    assert expression("true").value is True


def test_python_names_for_async_and_await() -> None:
    function = program("async function f() { for await (const x of y); }").body[0]
    assert function.is_async is True
    assert function.body.body[0].is_await is True
    assert to_json(function)["async"] is True
    assert to_json(function)["body"]["body"][0]["await"] is True


def test_comments_are_kept_in_order() -> None:
    script = "#!/usr/bin/env odw\n// one\na /* two\n */ + `${/* three */ b}` // four"
    comments = program(script).comments
    assert [(c.type, c.value) for c in comments] == [
        ("Line", "/usr/bin/env odw"), ("Line", " one"), ("Block", " two\n "), ("Block", " three "), ("Line", " four"),
    ]  # fmt: skip
    assert [script[c.start : c.end] for c in comments][1] == "// one"
    assert "comments" not in to_json(program(script))


def test_comments_that_are_read_twice_come_once() -> None:
    script = "async /* a */ x => 1; import(/* b */ 'c'); async /* d */ /* e */ (f); /* g */ /re/ /* h */"
    assert [c.value.strip() for c in program(script).comments] == ["a", "b", "d", "e", "g", "h"]


def test_children_come_in_source_order_and_once() -> None:
    script = (
        "f(`a${b}c${d}e`, {g, h: i, [j]: k}, class extends l { m = n }); export {o}; let o; do p; while (q)"
    )
    tree = program(script)
    for node in walk(tree):
        below = list(children(node))
        assert all(a.end <= b.start for a, b in pairwise(below)), node
        assert all(node.start <= child.start and child.end <= node.end for child in below), node
    names = [node.name for node in walk(tree) if node.type == "Identifier"]
    assert names == list("fbdghijklmnoopq")


def test_every_type_has_a_class_with_its_fields() -> None:
    for name, fields in FIELDS.items():
        node = NODES[name](0, 1, *range(len(fields)))
        assert (node.type, node.start, node.end) == (name, 0, 1)
        assert [getattr(node, field) for field in fields] == list(range(len(fields)))
    with pytest.raises(ValueError, match="shorter"):
        NODES["Identifier"](0, 1)


def test_a_directive_is_marked() -> None:
    body = program("'use strict'; 'a' + b; 'c'").body
    assert [statement.directive for statement in body] == ["use strict", None, None]
