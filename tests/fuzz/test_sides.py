"""A fixed set of random programs prints in odw what it prints in Node; and a difference would be seen, and made small."""

from __future__ import annotations

import shutil

import pytest

import fuzz.sides as sides
from fuzz.campaign import kind_of, source_of
from fuzz.choices import Choices, Seeded
from fuzz.programs import program
from fuzz.shrink import shrink
from fuzz.sides import Node, difference, run_in_odw

SEED, PROGRAMS = 2026, 200

needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="node is not on PATH")


@pytest.mark.node
@needs_node
def test_random_programs_do_what_they_do_in_node() -> None:
    found: dict[str, str] = {}
    with Node() as node:
        for number in range(PROGRAMS):
            text = program(Choices(source_of(SEED, number)))
            differs = difference(text, node)
            if differs is not None:
                found[f"{differs}\n{text}"] = f"PYTHONPATH=tests python -m fuzz --show {SEED}/{number}"
        assert node.slow < PROGRAMS // 20
    assert found == {}


@pytest.mark.node
@needs_node
@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("log(typeof globalThis.process)", None),  # a realm without Node's own globals
        ("log(-0, NaN, [1, , undefined], { b: 1, 2: 1, a: 1 }, 1n, 'x', Symbol('s'))", None),
        ("log(Object.freeze({ a: 1, get b() { return 1 } }), class A { static x = 1 }, new Map([[1, {}]]))", None),
        ("await null; log(1); throw new TypeError('late')", None),
        ("Promise.reject(new Error('lost')); log(1)", None),
        ("log(null.x)", None),
        ("log(Date.now() > 0)", "line 1"),  # odw has no clock: such a difference is reported
        ("log(0); log(1); log(Math.random() < 2)", "line 3"),
    ],
)  # fmt: skip
def test_what_is_compared(source: str, seen: str | None) -> None:
    with Node() as node:
        found = difference(source, node)
    assert (found is None) == (seen is None), found
    assert found is None or found.startswith(seen or "")


@pytest.mark.node
@needs_node
def test_programs_do_not_see_each_other() -> None:
    with Node() as node:
        node.run("Array.prototype.nope = 1; globalThis.left = 1; Object.freeze(Object.prototype)")
        assert node.run("log([].nope, globalThis.left, Object.isFrozen(Object.prototype))") == [
            "undefined undefined false"
        ]
    run_in_odw("Array.prototype.nope = 1; globalThis.left = 1; Object.freeze(Object.prototype)")
    assert run_in_odw("log([].nope, globalThis.left, Object.isFrozen(Object.prototype))") == [
        "undefined undefined false"
    ]


@pytest.mark.node
@needs_node
def test_a_program_that_takes_too_long_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sides, "NODE_LIMIT_S", 0.3)
    monkeypatch.setattr(sides, "ODW_LIMIT_S", 0.1)
    with Node() as node:
        assert difference("for (;;);", node) is None
        assert node.slow == 1
        monkeypatch.undo()
        assert node.run("log(1)") == ["1"]


def test_a_defect_of_odw_is_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> list[str]:
        raise KeyError("oops")

    monkeypatch.setattr(sides, "run_program", broken)
    assert run_in_odw("log(1)") == ["odw: KeyError: 'oops'"]


def test_a_program_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sides, "ODW_LIMIT_S", 0.2)
    assert run_in_odw("for (;;);") == ["odw: too long"]


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ('Error:TypeError{"TypeError", "{(…)}.f is not a function"}', 'Error:TypeError{"TypeError", "f is not a function"}', True),
        ('Error:TypeError{"TypeError", "f is not iterable"}', 'Error:TypeError{"TypeError", "{} is not iterable"}', True),
        ('"a" Error:TypeError{"TypeError", "f is not a function"}', '"a" Error:ReferenceError{"ReferenceError", "Cannot access \'x\' before initialization"}', True),
        ('"a" Error:TypeError{"TypeError", "f is not a function"}', '"a" Error:ReferenceError{"ReferenceError", "x is not defined"}', False),
        ('"a" Error:TypeError{"TypeError", "f is not a function"}', '"b" Error:TypeError{"TypeError", "f is not a function"} 1', False),
        ("Uncaught TypeError: a.b is not a function", "Uncaught TypeError: b is not a function", True),
        ('Error:TypeError{"TypeError", "f is bad"}', 'Error:RangeError{"RangeError", "f is bad"}', False),
        ("1 -0", "1 0", False),
        ('"it is not iterable" 2', '"1" 1', False),
    ],
)  # fmt: skip
def test_what_counts_as_the_same_line(ours: str, theirs: str, same: bool) -> None:
    assert sides.same_line(ours, theirs) is same


WORDS = ("plain", "class", "while", "await", "yield", "throw")


def write_words(choices: Choices) -> str:
    return " ".join(choices.pick(WORDS) for _ in range(choices.between(1, 30)))


def test_a_difference_is_made_small() -> None:
    """Here a text that has two words in this order is at fault."""

    def at_fault(text: str) -> bool:
        return "while" in text.partition("class")[2]

    source = next(
        s for s in map(Seeded, range(100)) if at_fault(write_words(Choices(s))) and len(s.made) > 15
    )
    assert shrink(write_words, source.made, at_fault) == "class while"


def test_a_program_is_shrunk_by_its_decisions() -> None:
    source = source_of(1, 5)
    text = program(Choices(source))
    small = shrink(program, source.made, lambda candidate: "log(" in candidate, most=40)
    assert "log(" in small
    assert len(small) < len(text)


def test_what_cannot_be_made_small_is_given_as_it_was() -> None:
    source = Seeded(3)
    text = write_words(Choices(source))
    assert shrink(write_words, source.made, lambda candidate: candidate == text) == text
    assert shrink(write_words, source.made, lambda candidate: True, most=0) == text


def test_kinds_leave_values_out() -> None:
    first = "line 1\n  node \"a\" 17\n  odw  TypeError: Cannot set 'x' of #<Map>"
    second = "line 9\n  node \"a\" 3\n  odw  TypeError: Cannot set 'y' of #<Set>"
    assert kind_of(first) == kind_of(second) != kind_of(first.replace("set", "get"))
