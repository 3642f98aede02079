"""The differential test: what acorn accepts parses to acorn's tree, what acorn refuses is refused."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
from acorn_judge import ask_acorn, first_difference, in_acorns_form, needs_acorn
from syntax_samples import load

from odw.errors import ScriptRejected
from odw.transpile.estree import to_json
from odw.transpile.source import Source
from odw.transpile.syntax import parse

pytestmark = [pytest.mark.node, needs_acorn]

ACCEPTED = load("accepted.txt")
REFUSED = load("refused.txt")

# Characters that a text file would not keep, or not show.
SPECIAL_ACCEPTED = [
    "a\r\nb\r\nc",
    "a\rb",
    "a\u2028b\u2029c",
    "a /* \u2028 */ b",
    "// a\u2028b",
    "'a\u2028b\u2029c'",
    "`a\r\nb\rc\nd${e}\r\n`",
    "`\\\r\n${a}\\\rb\\\n`",
    "'a\\\r\nb\\\rc\\\nd\\\u2028e'",
    "\ta\v+\fb\xa0-\u3000c\ufeff*\u2003d",
    "\ufeffa",
    "#!/usr/bin/env node\na",
    "#!shebang",
    "#!shebang\r\n// next\r\na",
    "a\u200c\u200db",
    "'\x00\x01\x7f'",
    "/a\u00a0b/",
    'x = "\U0001f600"; y = `\U0001f600${z}\U0001f600`; \U0001d4b3',
    "return\u2029a",
    "return\u00a0typeof\u00a0a",
    "",
    " ",
    "\n",
    "//",
]
SPECIAL_REFUSED = [
    "\x00",
    "a \x00 b",
    "\x01",
    "\U0001f600",
    " #!/bin/sh",
    "a\n#!/bin/sh",
    "'a\nb'",
    "'a\rb'",
    "/a\u2028/",
    "/a\n/",
    "throw\u2028a",
    "a\u180eb",
    "\ud800",
    "a \u2028=> b",
]

# Where acorn is looser than ECMA-262 and V8.
REFUSED_BY_V8 = [
    "class A { static { () => arguments } }",
    "!class eval {}",
    "x <!-- y",
]


def our_answer(script: str) -> dict[str, Any]:
    try:
        tree = parse(Source(script, "x.js"))
    except ScriptRejected as rejected:
        return {"error": rejected.message}
    comments = [{"type": c.type, "value": c.value, "start": c.start, "end": c.end} for c in tree.comments]
    return in_acorns_form({"tree": to_json(tree), "comments": comments}, script)


def check_all(scripts: list[str]) -> int:
    """Every answer is acorn's; how many were accepted."""
    accepted = 0
    for script, theirs in zip(scripts, ask_acorn(scripts), strict=True):
        ours = our_answer(script)
        assert ("error" in ours) == ("error" in theirs), (script, ours.get("error"), theirs.get("error"))
        if "error" not in ours:
            accepted += 1
            assert first_difference(ours, theirs) == "", script
    return accepted


def test_there_are_enough_samples() -> None:
    assert len(ACCEPTED) >= 250
    assert len(REFUSED) >= 150
    assert len(set(ACCEPTED)) == len(ACCEPTED)
    assert len(set(REFUSED)) == len(REFUSED)


def test_accepted_samples_have_acorns_tree() -> None:
    scripts = ACCEPTED + SPECIAL_ACCEPTED
    assert check_all(scripts) == len(scripts)


def test_refused_samples_are_refused() -> None:
    assert check_all(REFUSED + SPECIAL_REFUSED) == 0


def test_combined_samples_have_acorns_tree() -> None:
    """Each sample again inside functions, methods and templates, many to a script."""
    whole = [s for s in ACCEPTED if not re.search(r"\b(import|export)\b|use strict|^#!|//", s)]
    frames = [
        "async function f%d() {\n%s\n}",
        "const f%d = async () => {\n%s\n}",
        "class C%d { static async m() { {\n%s\n} } }",
        "const t%d = `a${async function () {\n%s\n}}b`",
        "if (x%d) {\n(async () => { if (y) {\n%s\n} else z })()\n}",
        "label%d: for (const q of [async function () { do {\n%s\n} while (0) }]) ;",
    ]
    scripts = []
    for number, frame in enumerate(frames):
        parts = [frame % (index, sample) for index, sample in enumerate(whole)]
        scripts.extend("\n".join(parts[i : i + 40]) for i in range(number, len(parts), 40))
    assert check_all(scripts) == len(scripts)


@pytest.mark.parametrize("seed", range(3))
def test_mutated_samples_get_acorns_answer(seed: int) -> None:
    """Samples with tokens removed, inserted, exchanged: mostly near misses."""
    chosen = random.Random(seed)
    tokens = re.compile(r"[A-Za-z_$][\w$]*|\d+|\s+|\.\.\.|=>|\?\.|[=!]==?|&&|\|\||.", re.DOTALL)
    base = [tokens.findall(s) for s in ACCEPTED + REFUSED if len(s) < 120]
    pool = [token for sample in base for token in sample]
    scripts = []
    for _ in range(700):
        sample = list(chosen.choice(base))
        for _ in range(chosen.choice((1, 1, 2))):
            at = chosen.randrange(len(sample) + 1)
            sample[at : at + chosen.choice((0, 1))] = chosen.choice(([], [chosen.choice(pool)]))
        scripts.append("".join(sample))
    assert 50 < check_all(scripts) < 650


@pytest.mark.parametrize("script", REFUSED_BY_V8)
def test_refused_although_acorn_accepts(script: str) -> None:
    assert "error" in our_answer(script)
    (theirs,) = ask_acorn([script])
    assert "error" not in theirs, "acorn refuses it now: move it to refused.txt"
