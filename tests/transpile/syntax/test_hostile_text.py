"""Hostile text: whatever comes in, a tree or a ScriptRejected comes out, soon."""

from __future__ import annotations

import random
import sys
import time

import pytest
from syntax_samples import load

from odw.errors import ScriptRejected
from odw.transpile.estree import to_json, walk
from odw.transpile.source import Source
from odw.transpile.syntax import parse

ACCEPTED = load("accepted.txt")
REFUSED = load("refused.txt")


def outcome(script: str) -> str:
    """ "parsed", or the message; anything else than a ScriptRejected fails the test."""
    try:
        tree = parse(Source(script, "x.js"))
    except ScriptRejected as rejected:
        (found,) = rejected.diagnostics
        assert 1 <= found.span.line <= len(Source(script, "x.js").lines)
        return found.message
    assert sum(1 for _ in walk(tree)) > 0
    return "parsed"


def test_samples_without_node() -> None:
    assert {outcome(script) for script in ACCEPTED} == {"parsed"}
    assert [script for script in REFUSED if outcome(script) == "parsed"] == []


@pytest.mark.parametrize("seed", range(2))
def test_random_text(seed: int) -> None:
    chosen = random.Random(seed)
    alphabet = "abc019_$#@ \n\t'\"`\\/*+-=<>!?.,:;()[]{}&|^%~\0\r\u2028\ufeff\xe9\U0001f600\ud800${"
    for _ in range(400):
        outcome("".join(chosen.choice(alphabet) for _ in range(chosen.randrange(60))))


@pytest.mark.parametrize("seed", range(2))
def test_mutated_and_truncated_samples(seed: int) -> None:
    chosen = random.Random(seed)
    samples = ACCEPTED + REFUSED
    for _ in range(600):
        script = "\n".join(chosen.choice(samples) for _ in range(chosen.choice((1, 2, 4))))
        cut = sorted(chosen.randrange(len(script) + 1) for _ in range(2))
        outcome(script[: cut[0]])
        outcome(script[cut[0] : cut[1]])
        outcome(script[: cut[0]] + chosen.choice(samples) + script[cut[1] :])


NESTS = {
    "parentheses": ("(", "1", ")"),
    "arrays": ("[", "", "]"),
    "objects": ("({a:", "1", "})"),
    "calls": ("f(", "", ")"),
    "arrow functions": ("(() => ", "1", ")"),
    "async arrow functions": ("async (a = ", "1", ") => 1"),
    "blocks": ("{", "", "}"),
    "functions": ("function f() {", "", "}"),
    "function expressions": ("(function () {", "", "})()"),
    "templates": ("`${", "1", "}`"),
    "classes": ("(class { m() {", "", "} })"),
    "static blocks": ("class A { static {", "", "} }"),
    "ifs": ("if (a) {", "", "}"),
    "else ifs": ("if (a) ; else ", ";", ""),
    "negations": ("!", "1", ""),
    "conditionals": ("a ? b : ", "c", ""),
    "conditionals inside": ("a ? ", "b", " : c"),
    "members": ("a[", "1", "]"),
    "assignments": ("a = ", "1", ""),
    "powers": ("a ** ", "1", ""),
    "awaits": ("await ", "1", ""),
    "news": ("new ", "a", ""),
    "patterns": ("[", "a", "]"),
    "tries": ("try {", "", "} finally {}"),
    "loops": ("for (;;) ", ";", ""),
    "switches": ("switch (a) { case 1:", "", "}"),
}


@pytest.mark.parametrize("name", NESTS)
def test_nesting(name: str) -> None:
    opening, middle, closing = NESTS[name]
    suffix = " = 1" if name == "patterns" else ""
    limit = sys.getrecursionlimit()
    assert outcome(opening * 300 + middle + closing * 300 + suffix) == "parsed"
    for depth in (2_000, 20_000):
        message = outcome(opening * depth + middle + closing * depth + suffix)
        assert message in ("parsed", "the script is nested too deeply")
        outcome(opening * depth)
    assert sys.getrecursionlimit() == limit


@pytest.mark.parametrize("link", [" + a", ".b", "()", "[0]", "?.b", ", a", " || a", "`b`", " ?? a"])
def test_long_chains_are_no_nesting(link: str) -> None:
    tree = parse(Source("a" + link * 20_000, "x.js"))
    assert sum(1 for _ in walk(tree)) > 20_000
    assert to_json(tree)["type"] == "Program"


@pytest.mark.parametrize(
    "script",
    [
        "a < " * 60_000,
        "let x" + " : " * 60_000,
        "f(" + "a: b, " * 40_000,
        "x = <" + "a<" * 60_000,
        "async " * 60_000,
        "`${" * 60_000,
        "/[" + "[" * 100_000,
        "1_" * 60_000,
        "9" * 200_000 + "x",
        "'" + "\\" * 100_001,
        "\\u0061" * 40_000 + "\\",
        "let [" + "a, " * 60_000,
        "({" + "a, " * 60_000 + "b c})",
        "f?" * 60_000,
        "/*" * 100_000,
        "type " * 60_000,
        "x as " * 60_000,
        "{" * 500 + "let a: string" + "}" * 500,
        "label: " * 20_000,
    ],
    ids=lambda script: script[:12],
)
def test_long_hostile_text_is_refused_in_linear_time(script: str) -> None:
    start = time.process_time()
    assert outcome(script) != "parsed"
    assert time.process_time() - start < 5  # quadratic behaviour would need minutes
