"""``error.stack``: V8's shape with the script's places, against what node says (``cases/stacks.json``)."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from test_error_texts import run

CASES = Path(__file__).parent / "cases"
NODE: list[Any] = json.loads((CASES / "stacks.json").read_text("utf-8"))
FRAME = re.compile(r"    at (?:(.*) \()?case\.js:(\d+):(\d+)\)?")


def frames(lines: list[str]) -> list[list[Any]]:
    found = [FRAME.fullmatch(line) for line in lines]
    assert all(found), lines  # no frame of the library's, nor of Python's
    return [[m[1] or "", int(m[2]) - 1, int(m[3])] for m in found if m]  # one line of meta comes before


@pytest.fixture(scope="module")
def stacks() -> dict[str, list[list[Any]]]:
    texts = run((CASES / "stacks.in.js").read_text("utf-8") + "\nreturn out")
    return {what: frames(lines) for what, *lines in (text.split("\n") for text in texts) if lines != [""]}


@pytest.mark.parametrize("row", range(len(NODE)), ids=[what for what, _ in NODE])
def test_the_places_are_nodes(stacks: dict[str, list[list[Any]]], row: int) -> None:
    what, expected = NODE[row]
    made = [
        frame for frame in expected if not frame[0].startswith("async ")
    ]  # callers that wait are not shown
    found = stacks.get(what, [])
    assert [frame[1:] for frame in found] == [frame[1:] for frame in made]
    for ours, theirs in zip(found, made, strict=False):
        assert ours[0] in ("", theirs[0], theirs[0].rpartition(".")[2], theirs[0].removeprefix("new "))


def test_names_of_the_compilers_own_are_not_shown() -> None:
    source = """
    const lambda = () => new Error('1').stack, def = { class() { return new Error('2').stack } }
    { const lambda = function inner() { return new Error('3').stack }; var second = lambda() }
    function inner() { return new Error('4').stack }
    class A { constructor() { this.s = new Error('5').stack } static as() { return new Error('6').stack } }
    return [lambda(), def.class(), second, inner(), new A().s, A.as(), [1].map(() => new Error('7').stack)[0]].join()
    """
    named = re.findall(r"at (\w.*?) \(", run(source))
    assert named == ["lambda", "class", "inner", "inner", "new A", "as"]


def test_a_limit_that_is_no_number_leaves_the_header() -> None:
    assert run("Error.stackTraceLimit = 'x'; return new Error('m').stack") == "Error: m"
    assert run("Error.stackTraceLimit = NaN; return new Error('m').stack") == "Error: m"
    assert (
        len(
            run(
                "Error.stackTraceLimit = 1e9; const f = (n) => n ? f(n - 1) : new Error('m').stack; return f(500)"
            ).split("\n")
        )
        == 201
    )


def test_an_error_of_pythons_own_keeps_the_frames_it_came_from() -> None:
    source = "let u\nfunction inner() { u() }\nfunction outer() { inner() }\ntry { outer() } catch (e) { return e.stack }"
    assert run(source).split("\n") == [
        "TypeError: u is not a function",
        "    at inner (case.js:3:20)",
        "    at outer (case.js:4:20)",
        "    at case.js:5:7",
    ]
