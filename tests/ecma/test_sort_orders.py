"""What is recognised as a comparison by keys, and that sorting by the keys is what calling the function would do."""

from __future__ import annotations

import random
from functools import cmp_to_key
from math import inf, nan
from typing import Any

import pytest
from programs import run_program

from odw.ecma.collation import compare
from odw.ecma.intrinsics.sort_orders import MAX_WORDS, Term, read_order, sort_by_keys
from odw.ecma.realm import activate
from odw.ecma.values import JSArray, JSObject, undefined, unusual


@pytest.fixture(autouse=True)
def _realm() -> None:
    activate()


def number(*path: str, down: bool = False) -> Term:
    return Term(path, False, down)


def words(*path: str, down: bool = False) -> Term:
    return Term(path, True, down)


RECOGNISED = {
    "(a, b) => a - b": (number(),),
    "(a,b)=>b-a": (number(down=True),),
    "(a, b) => a.k - b.k || b.i - a.i": (number("k"), number("i", down=True)),
    "( $x , _y ) =>\n  ( $x . at . n - _y\n.at.n )": (number("at", "n"),),
    "(a, b) => { return a.k - b.k; }": (number("k"),),
    "(a, b) => { return (b.k - a.k) }": (number("k", down=True),),
    "function (a, b) { return a.k - b.k }": (number("k"),),
    "function byName(a, b) { return a.name.localeCompare(b.name) || a.id - b.id; }": (
        words("name"),
        number("id"),
    ),
    "(a, b) => b.localeCompare(a)": (words(down=True),),
    "(a, b) => (a.k - b.k) || (a.i - b.i)": (number("k"), number("i")),
    "(a, b) => a.length - b.length": (number("length"),),
}
NOT_RECOGNISED = [
    "(a, b) => a - c",
    "(a, b) => c.k - b.k",
    "(a, b) => a.k - a.k",
    "(a, a) => a.k - a.k",
    "(a, b) => a.k - b.l",
    "(a, b) => a.k - b.k.l",
    "(a, b) => a.k + b.k",
    "(a, b) => a.k - b.k - 1",
    "(a, b) => -(a.k - b.k)",
    "(a, b) => a.k - b.k && a.i - b.i",
    "(a, b) => a.k - b.k ?? a.i - b.i",
    "(a, b) => a.k - b.k || f()",
    "(a, b) => a.k() - b.k()",
    "(a, b) => a[k] - b[k]",
    "(a, b) => a?.k - b?.k",
    "(a, b) => a.#k - b.#k",
    "(a, b) => a.k - b.k, 0",
    "(a, b) => a.k - --b.k",
    "(a, b) => a.k -- b.k",
    "(a, b) => a.k - b.k // || b.i - a.i",
    "(a, b) => a.k /* b.k */ - b.k",
    "(a, b) => { return\n a.k - b.k }",
    "(a, b) => { a.k - b.k }",
    "(a, b) => { f(); return a.k - b.k }",
    "(a, b) => { return a.k - b.k; return 0 }",
    "(a, b = a) => a.k - b.k",
    "(a, ...b) => a.k - b.k",
    "({ k }, b) => k - b.k",
    "(a, b, c) => a.k - b.k",
    "a => a.k - b.k",
    "async (a, b) => a.k - b.k",
    "async function (a, b) { return a.k - b.k }",
    "function* (a, b) { return a.k - b.k }",
    "compare(a, b) { return a.k - b.k }",
    "get compare(a, b) { return a.k - b.k }",
    "function compare() { [native code] }",
    "(a, b) => a.localeCompare(b, 'de')",
    "(a, b) => a.name.localeCompare(b.name) - 0",
    "(a, b) => a.name.localeCompare(a.name)",
    "(a, b) => (a.k - b.k",
    "(a, b) => ((a.k) - (b.k))",
    "(a, b) => b",
    "(a, b) => a.k" + " " * 1000 + "- b.k",
    "",
]


@pytest.mark.parametrize("text", RECOGNISED)
def test_the_text_says_the_keys(text: str) -> None:
    assert read_order(text) == RECOGNISED[text]


@pytest.mark.parametrize("text", NOT_RECOGNISED)
def test_any_other_text_says_nothing(text: str) -> None:
    assert read_order(text) == ()


def difference(x: Any, y: Any) -> float:
    """What ``x - y || …`` and the sort make of two numbers: NaN is as good as 0."""
    found = float(x) - float(y)
    return 0 if found != found else found


@pytest.mark.parametrize("seed", range(40))
def test_sorting_by_keys_is_sorting_by_comparisons(seed: int) -> None:
    chance = random.Random(seed)
    numbers = [0, -0.0, 1, -1, 0.5, 2**53, -(2**53), 1e308, -1e308, inf, -inf, 5e-324, 3, 3.0000000001]
    texts = ["a", "A", "ä", "b", "", "10", "9", "a-b", "ab", "\u2028", "é", "e\u0301", "zebra", "Zebra"]
    rows = [
        JSObject({"n": chance.choice(numbers), "t": chance.choice(texts), "i": i})
        for i in range(chance.randrange(2, 90))
    ]
    order = chance.choice(
        [
            (number("n"),),
            (number("n", down=True), number("i", down=True)),
            (words("t"), number("n")),
            (words("t", down=True), number("n", down=True)),
            (number("n"), words("t")),
        ]
    )

    def compared(a: Any, b: Any) -> Any:
        for term in order:
            x, y = a[term.path[0]], b[term.path[0]]
            found = compare(x, y) if term.in_words else difference(x, y)
            if found:
                return -found if term.descending else found
        return 0

    called = sorted(rows, key=cmp_to_key(compared))
    assert sort_by_keys(rows, order)
    assert [row["i"] for row in rows] == [row["i"] for row in called]


@pytest.mark.parametrize(
    ("odd", "term"),
    [
        (JSObject({"k": nan}), number("k")),
        (JSObject({"k": undefined}), number("k")),
        (JSObject({"k": True}), number("k")),
        (JSObject({"k": "1"}), number("k")),
        (JSObject(), number("k")),
        (unusual(JSObject({"k": 1})), number("k")),
        (JSArray([1]), number("k")),
        (None, number("k")),
        (JSObject({"k": None}), number("k", "l")),
        (JSObject({"k": 1}), words("k")),
        (JSObject({"k": JSObject({"length": 1})}), number("k", "length")),
    ],
    ids=str,
)
def test_one_odd_key_leaves_all_to_the_calls(odd: Any, term: Term) -> None:
    plain = JSObject({"k": "text" if term.in_words or len(term.path) > 1 else 1})
    rows = [plain, odd, plain]
    assert not sort_by_keys(rows, (term,))
    assert [row is given for row, given in zip(rows, [plain, odd, plain], strict=True)] == [True] * 3


def test_keys_of_long_texts_are_not_all_made_at_once() -> None:
    short, long = JSObject({"t": "a"}), JSObject({"t": "b" * MAX_WORDS})
    assert sort_by_keys([short] * 3, (words("t"),))
    assert not sort_by_keys([short, long], (words("t"),))


def test_a_replaced_locale_compare_is_called() -> None:
    rows = [JSObject({"t": "a"}), JSObject({"t": "b"})]
    assert sort_by_keys(list(rows), (words("t"),))
    run_program("String.prototype.localeCompare = () => 0", "script.js")
    assert not sort_by_keys(rows, (words("t"),))
