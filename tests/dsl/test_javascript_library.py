"""``odw.js`` gives what Node gives, over tables of expressions on plain values."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

import pytest

from odw import js

# JavaScript -> the same with odw.js; both give JSON
SAME: dict[str, Any] = {
    "`${[1, null, 'x']}`": lambda: js.text([1, None, "x"]),
    "`${1.0} ${1e21} ${0.1 + 0.2} ${-0}`": lambda: (
        f"{js.text(1.0)} {js.text(1e21)} {js.text(0.1 + 0.2)} {js.text(-0.0)}"
    ),
    "String({})": lambda: js.text({}),
    "String(true) + null + undefined": lambda: js.text(True) + js.text(None) + js.text(js.undefined),
    "JSON.stringify({ b: 1, 10: 2, 2: 3, u: undefined, l: [undefined, NaN] }, null, 2)": lambda: js.json(
        {"b": 1, "10": 2, "2": 3, "u": js.undefined, "l": [js.undefined, float("nan")]}, indent=2
    ),
    "JSON.stringify('\\u2028\\ud800é😀')": lambda: js.json("\u2028\ud800é😀"),
    "'😀abc'.length": lambda: js.length("😀abc"),
    "'😀abc'.slice(2, 4)": lambda: js.slice_text("😀abc", 2, 4),
    "'a-b-c'.split('-', 2)": lambda: js.split("a-b-c", "-", 2),
    "'a1b22'.split(/\\d+/)": lambda: js.split("a1b22", js.RegExp(r"\d+")),
    "'aXbX'.replace(/x/gi, (m, i) => m + i)": lambda: js.replace(
        "aXbX", js.RegExp("x", "gi"), lambda m, i: m + js.text(i)
    ),
    "'john smith'.replace(/(\\w+) (\\w+)/, '$2, $1 $$ $&')": lambda: js.replace(
        "john smith", js.RegExp(r"(\w+) (\w+)"), "$2, $1 $$ $&"
    ),
    "'abab'.replaceAll('b', '$&!')": lambda: js.replace_all("abab", "b", "$&!"),
    "'x'.padStart(5, 'ab')": lambda: js.pad_start("x", 5, "ab"),
    "[...'a1b2'.matchAll(/(?<l>[a-z])(\\d)/g)].map((m) => [m[0], m.index, m.groups.l])": lambda: [
        [m[0], js.get(m, "index"), js.get(js.get(m, "groups"), "l")]
        for m in js.match_all("a1b2", js.RegExp(r"(?<l>[a-z])(\d)", "g"))
    ],
    "[10, 9, 1, undefined, 'b'].sort()": lambda: js.to_plain(js.sort([10, 9, 1, js.undefined, "b"])),
    "[3, 1, 2].sort((a, b) => b - a)": lambda: js.sort([3, 1, 2], lambda a, b: b - a),
    "['é', 'z', 'a', 'B'].sort((a, b) => a.localeCompare(b))": lambda: js.sort(
        ["é", "z", "a", "B"], js.locale_compare
    ),
    "[1, [2, [3]]].flat(2)": lambda: js.flat([1, [2, [3]]], 2),
    "[1, null, 2].join('-')": lambda: js.join([1, None, 2], "-"),
    "[(2.5).toFixed(0), (1.005).toFixed(2), (1e21).toFixed(2)]": lambda: [
        js.to_fixed(2.5, 0),
        js.to_fixed(1.005, 2),
        js.to_fixed(1e21, 2),
    ],
    "[Math.round(-0.5), Math.round(2.5), Math.round(-2.5)].map(String)": lambda: [
        js.text(js.round(x)) for x in (-0.5, 2.5, -2.5)
    ],
    "[parseInt('12px'), parseInt('0x1f'), parseFloat('1.5e3z'), Number(''), Number(' 7 ')]": lambda: [
        js.parse_int("12px"),
        js.parse_int("0x1f"),
        js.parse_float("1.5e3z"),
        js.number(""),
        js.number(" 7 "),
    ],
    "[-7 % 3, 7 % -3, 5 / 0, 0 / 0, 2 ** 10].map(String)": lambda: [
        js.text(x)
        for x in (js.remainder(-7, 3), js.remainder(7, -3), js.divide(5, 0), js.divide(0, 0), js.power(2, 10))
    ],
    "[1 + '2', 1 + null, [] + {}, true + 1]": lambda: [
        js.add(1, "2"),
        js.add(1, None),
        js.add([], {}),
        js.add(True, 1),
    ],
    "[1 == '1', null == undefined, null == 0, [] == false, NaN == NaN]": lambda: [
        js.equal(1, "1"),
        js.equal(None, js.undefined),
        js.equal(None, 0),
        js.equal([], False),
        js.equal(float("nan"), float("nan")),
    ],
    "[1 === true, 1 === 1.0, [] === []]": lambda: [js.same(1, True), js.same(1, 1.0), js.same([], [])],
    "[1 << 31, -1 >>> 0, 5.7 | 0, ~5, 2 ** 33 | 1]": lambda: [
        js.shift_left(1, 31),
        js.shift_right_unsigned(-1, 0),
        js.bit_or(5.7, 0),
        js.bit_not(5),
        js.bit_or(2**33, 1),
    ],
    "['10' < '9', 'a' < 'b', 2 < '10', null < 1]": lambda: [
        js.less("10", "9"),
        js.less("a", "b"),
        js.less(2, "10"),
        js.less(None, 1),
    ],
    "[[], {}, '', 0, NaN, null].map(Boolean)": lambda: [
        js.truthy(x) for x in ([], {}, "", 0, float("nan"), None)
    ],
    "Object.keys({ b: 1, 2: 1, a: 1, 1: 1 })": lambda: js.keys({"b": 1, "2": 1, "a": 1, "1": 1}),
    "[...new Set([1, '1', true, 1, NaN, NaN])].map(String)": lambda: [
        js.text(x) for x in js.Set([1, "1", True, 1, float("nan"), float("nan")])
    ],
    "[...new Map([['a', 1], ['b', 2], ['a', 3]])]": lambda: list(js.Map([["a", 1], ["b", 2], ["a", 3]])),
    "[1, 2, 3, 4].splice(1, 2)": lambda: js.splice([1, 2, 3, 4], 1, 2),
    "Array.from({ length: 3 }, (_, i) => i * i)": lambda: js.array_from({"length": 3}, lambda _, i: i * i),
    "encodeURIComponent('a b&c/é')": lambda: js.encode_uri_component("a b&c/é"),
    "(1234567.891).toLocaleString()": lambda: js.to_locale_string(1234567.891),
    "new Date(0).toISOString()": lambda: js.Date(0).iso(),
}

FAILING: dict[str, Any] = {
    "JSON.parse('{a')": lambda: js.parse_json("{a"),
    "JSON.parse('')": lambda: js.parse_json(""),
    "null.x": lambda: js.get(None, "x"),
    "undefined.x.y": lambda: js.get(js.undefined, "x"),
    "[].reduce((a, b) => a)": lambda: js.reduce([], lambda a, b: a),
    "new RegExp('(')": lambda: js.RegExp("("),
}


def _node(expressions: list[str]) -> list[Any]:
    if shutil.which("node") is None:
        pytest.skip("node is not on PATH")
    source = "\n".join(
        f"try {{ console.log(JSON.stringify(({text}))) }} catch (e) {{ console.log(JSON.stringify(`${{e.name}}: ${{e.message}}`)) }}"
        for text in expressions
    )
    done = subprocess.run(
        ["node", "-e", source], capture_output=True, text=True, check=True, env={"TZ": "UTC", "PATH": _path()}
    )
    return [json.loads(line) for line in done.stdout.rstrip("\n").split("\n")]


def _path() -> str:
    import os

    return os.environ["PATH"]


@pytest.mark.node
def test_values_are_those_of_node() -> None:
    found = _node(list(SAME))
    assert {text: js.to_plain(ours()) for text, ours in SAME.items()} == dict(zip(SAME, found, strict=True))


@pytest.mark.node
def test_errors_are_worded_as_node_words_them() -> None:
    ours: dict[str, str] = {}
    for text, fails in FAILING.items():
        with pytest.raises(js.Error) as caught:
            fails()
        ours[text] = f"{js.get(caught.value, 'name')}: {js.get(caught.value, 'message')}"
    assert ours == dict(zip(FAILING, _node(list(FAILING)), strict=True))
