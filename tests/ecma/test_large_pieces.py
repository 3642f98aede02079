"""Large pieces are told to the host before they are taken; what is done in steps gives what it gives at one go."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest

from odw.ecma import code_points, limits
from odw.ecma.abstract_ops import bigint_operators
from odw.ecma.abstract_ops.object_operations import get
from odw.ecma.intrinsics import array_search, array_sort
from odw.ecma.intrinsics.array_support import check_total
from odw.ecma.intrinsics.string_support import check_length
from odw.ecma.json_text import parse_json
from odw.ecma.realm import activate
from odw.ecma.values import BigInt, JSArray


class Refused(BaseException):
    """What the host of these tests raises."""


@pytest.fixture
def asked() -> Iterator[list[int]]:
    """The sizes that the host was asked for; it refuses what is over a gigabyte."""
    activate()
    sizes: list[int] = []

    def answer(size: int) -> None:
        sizes.append(size)
        if size > 2**30:
            raise Refused

    limits.set_host(answer)
    yield sizes
    limits.set_host(None)


def invoke(o: Any, name: str, *arguments: Any) -> Any:
    return get(o, name).call(o, *arguments)


def test_small_pieces_are_taken_without_asking(asked: list[int]) -> None:
    limits.expect(limits.LARGE - 1)
    check_length(1000)
    check_total(1000)
    parse_json("[1, 2]")
    assert asked == []


def test_large_pieces_are_asked_for(asked: list[int]) -> None:
    limits.expect(limits.LARGE)
    check_length(2**25)
    check_total(2**22)
    bigint_operators.shl(BigInt(1), BigInt(2**28))
    assert asked == [limits.LARGE, 2**25, 2**25, (2**28 + 1) // 8]


def test_what_the_host_raises_comes_before_the_memory_is_taken(asked: list[int]) -> None:
    for work in (
        lambda: invoke("\ufdfa" * 2**24, "normalize", "NFKD"),
        lambda: invoke("\u0390" * 2**27, "toUpperCase"),
        lambda: invoke("," * 2**25, "split", ","),
        lambda: parse_json("[" + "[]," * 2**24 + "[]]"),
    ):
        with pytest.raises(Refused):
            work()


def test_nobody_is_asked_without_a_host() -> None:
    limits.set_host(None)
    limits.expect(2**60)


def test_sorting_in_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    activate()
    values = [f"k{random.Random(k).randrange(500)}" for k in range(1000)]
    monkeypatch.setattr(array_sort, "SORT_STEP", 64)
    assert list(invoke(JSArray(values), "sort")) == sorted(values)
    long = [value * 2**20 for value in "cabbac"]
    monkeypatch.setattr(array_sort, "SORT_STEP", 2**20)
    assert list(invoke(JSArray(long * 800), "sort")) == sorted(long * 800)


def test_looking_for_a_long_string(monkeypatch: pytest.MonkeyPatch) -> None:
    activate()
    monkeypatch.setattr(array_search, "LONG", 3)
    array = JSArray(["abcd", 5, True, "abce", "abcd", "abc"])
    assert [invoke(array, "indexOf", text) for text in ("abce", "abcd", "abcf")] == [3, 0, -1]
    assert invoke(array, "indexOf", "abcd", 1) == 4
    assert invoke(array, "includes", "abce") is True


@pytest.mark.parametrize("position", [(), (0,), (150,), (9_999,), (20_000,), (-5,), (1e9,)])
@pytest.mark.parametrize("wanted", ["ab" * 60, "a" * 120, "b" * 120, "ba" * 100 + "x"])
def test_the_last_index_in_a_long_string(wanted: str, position: tuple[Any, ...]) -> None:
    activate()
    text = "ab" * 6000 + "a" * 500 + "ba" * 3000
    last = len(text) if not position else int(min(max(position[0], 0), len(text)))
    assert invoke(text, "lastIndexOf", wanted, *position) == text.rfind(wanted, 0, last + len(wanted))


def test_code_points_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join(random.Random(5).choices(["a", "\ud83d\ude00", "\ud83d", "\ude00", "\u00e9"], k=300))
    for errors in ("surrogatepass", "replace"):
        whole = code_points.joined(text, errors)
        for step in (2, 3, 7, 64):
            monkeypatch.setattr(code_points, "STEP", step)
            assert code_points.joined(text, errors) == whole
        monkeypatch.undo()
