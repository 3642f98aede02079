"""Regular expressions match what Node's match: random patterns, and the properties of characters.

ODW_TEST_SCALE multiplies the number of patterns.
"""

from __future__ import annotations

import os
import random
import re
import shutil
from typing import Any

import pytest
from regexp_patterns import random_case
from test_against_node import node

from odw.ecma.regexp import unicode_data
from odw.ecma.regexp.case_folding import equivalents
from odw.ecma.regexp.charset import contains
from odw.ecma.regexp.code_units import has_pairs, to_code_units
from odw.ecma.regexp.compiled import compile_regexp
from odw.ecma.regexp.tree import RegExpSyntaxError

CASES = 1500 * int(os.environ.get("ODW_TEST_SCALE", "1"))
OUTCOMES = r"""data.map(([pattern, flags, subjects]) => {
  let search, sticky;
  try {
    search = new RegExp(pattern, flags + "d");
    sticky = new RegExp(pattern, flags.replace("y", "") + "dy");
  } catch (error) {
    return error.message.replace(/\/([a-z]*): /, (text, given) => "/" + given.replace("d", "") + ": ");
  }
  const bounds = (match) => match && match.indices.map((pair) => pair ?? [-1, -1]);
  return subjects.flatMap((subject) => {
    search.lastIndex = 0;
    sticky.lastIndex = Math.min(subject.length, pattern.length % 3);
    return [bounds(search.exec(subject)), bounds(sticky.exec(subject))];
  });
})"""

pytestmark = [
    pytest.mark.node,
    pytest.mark.skipif(shutil.which("node") is None, reason="node is not on PATH"),
]


def outcome(pattern: str, flags: str, subjects: list[str]) -> Any:
    try:
        compiled = compile_regexp(pattern, flags)
    except RegExpSyntaxError as error:
        return to_code_units(error.message)
    found: list[Any] = []
    for subject in subjects:
        found.append(compiled.search(subject, 0, "y" in flags))
        found.append(compiled.search(subject, min(len(subject), len(pattern) % 3), True))
    return [None if bounds is None else [list(pair) for pair in bounds] for bounds in found]


def node_is_wrong(pattern: str, flags: str, subject: str) -> bool:
    r"""V8 finds ``\B`` inside a surrogate pair, and takes ``[^]``, folded complements and differences under ``v`` amiss."""
    in_pair = ("u" in flags or "v" in flags) and has_pairs(subject) and re.search(r"\\[bB]", pattern)
    return (
        bool(in_pair)
        or ("v" in flags and "[^]" in pattern)
        or ("i" in flags and "v" in flags and re.search(r"\[\^|--", pattern) is not None)
    )


def test_random_patterns() -> None:
    r = random.Random(6)
    cases = [random_case(r) for _ in range(CASES)]
    differing = []
    for case, expected in zip(cases, node(OUTCOMES, cases), strict=True):
        pattern, flags, subjects = case
        if isinstance(expected, str):
            expected = to_code_units(expected)
        found = outcome(*case)
        if found == expected:
            continue
        if isinstance(found, str) or isinstance(expected, str):
            both = {str(found).rpartition(": ")[2], str(expected).rpartition(": ")[2]}
            if (
                "Negated character class may contain strings" not in both
            ):  # reported before what follows the class
                differing.append((pattern, flags, found, expected))
            continue
        for index, (ours, theirs) in enumerate(zip(found, expected, strict=True)):
            subject = subjects[index // 2]
            if ours != theirs and not node_is_wrong(pattern, flags, subject):
                differing.append((pattern, flags, subject, ours, theirs))
    assert differing[:3] == []


def test_properties_of_characters() -> None:
    r = random.Random(7)
    keys = unicode_data.properties()
    cases = []
    for kind, name in keys:
        ranges = unicode_data.ranges_of(kind, name)
        near = [
            edge + step
            for low, high in r.sample(ranges, min(4, len(ranges)))
            for edge in (low, high)
            for step in (-1, 0, 1)
        ]
        points = [point for point in [*near, r.randrange(0x110000)] if 0 <= point <= 0x10FFFF]
        cases.append((name if kind == "is" else f"{kind}={name}", points))
    expected = node(
        "data.map(([name, points]) => { const one = new RegExp(`^\\\\p{${name}}$`, 'u');"
        " return points.map((point) => one.test(String.fromCodePoint(point))) })",
        cases,
    )
    for (kind, name), (_, points), outcomes in zip(keys, cases, expected, strict=True):
        ranges = unicode_data.ranges_of(kind, name)
        assert [contains(ranges, point) for point in points] == outcomes, (kind, name)


@pytest.mark.parametrize("flags", ["i", "iu"])
def test_case_folding(flags: str) -> None:
    full_unicode = "u" in flags
    letters = [code for codes in unicode_data.fold_sets(full_unicode) for code in codes]
    expected = node(
        "(() => { const letters = data.map((code) => String.fromCodePoint(code)), all = letters.join('');"
        f" return letters.filter((_, i) => i % 9 === 0).map((one) => all.match(new RegExp(one, 'g{flags}'))"
        ".map((equal) => equal.codePointAt(0))) })()",
        letters,
    )
    assert [sorted(equivalents(code, full_unicode)) for code in letters[::9]] == [
        sorted(row) for row in expected
    ]
