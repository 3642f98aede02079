"""Map, Set and their storage; the set algebra and groupBy, which node 20 does not have yet."""

from __future__ import annotations

import random
from typing import Any

import pytest

from odw.ecma.abstract_ops.object_operations import get, invoke, new
from odw.ecma.completion import JsThrow
from odw.ecma.intrinsics.builders import builtin
from odw.ecma.keyed_collection import MapObject
from odw.ecma.realm import R, activate
from odw.ecma.values import BigInt, JSArray, JSObject, Symbol, undefined

NAN = float("nan")


@pytest.fixture(autouse=True)
def realm() -> None:
    activate()


def fn(native: Any) -> Any:
    return builtin(lambda this, *args: native(*args), "", 1)


def a_set(*values: Any) -> Any:
    return new(R.set_constructor, JSArray(values))


def members(set_: Any) -> list[Any]:
    return list(set_.live_keys())


def test_keys_are_the_same_by_same_value_zero() -> None:
    collection = MapObject(None)
    keys = [
        True,
        1,
        "1",
        BigInt(1),
        1.5,
        NAN,
        0,
        None,
        undefined,
        False,
        "",
        JSObject(),
        Symbol("s"),
        JSArray(),
    ]
    for position, key in enumerate(keys):
        collection.store(key, position)
    assert [collection.find(key)[1] for key in keys] == list(range(len(keys)))  # type: ignore[index]
    assert collection.find(-0.0) is collection.find(0)
    assert collection.find(float("nan")) is collection.find(NAN)
    assert collection.find(BigInt(1)) is not collection.find(1)
    assert collection.find(JSObject()) is None


def test_negative_zero_is_stored_as_zero() -> None:
    for collection in (a_set(-0.0), new(R.map_constructor, JSArray([JSArray([-0.0, "v"])]))):
        (key,) = collection.live_keys()
        assert (key, type(key)) == (0, int)
    assert [list(pair) for pair in a_set(-0.0).live_entries()] == [[0, 0]]


def test_iteration_stays_exact_while_entries_come_and_go() -> None:
    """Against a model: a list of (key, alive) in insertion order, which is what the specification describes."""
    rng = random.Random(7)
    collection = MapObject(None)
    model: list[list[Any]] = []
    walkers: list[tuple[Any, list[int]]] = []
    for step in range(6000):
        action = rng.random()
        key = rng.randrange(60)
        if action < 0.4:
            collection.store(key, step)
            if not any(entry[0] == key for entry in model):
                model.append([key])
        elif action < 0.75:
            collection.remove(key)
            for entry in model:
                if entry[0] == key:
                    entry[0] = None
        elif action < 0.76:
            collection.clear_all()
            for entry in model:
                entry[0] = None
        elif action < 0.8:
            walkers.append((collection.live_keys(), [0]))
        elif walkers:
            walk, position = rng.choice(walkers)
            while position[0] < len(model) and model[position[0]][0] is None:
                position[0] += 1
            expected = model[position[0]][0] if position[0] < len(model) else "end"
            position[0] += 1
            assert next(walk, "end") == expected
            if expected == "end":
                walkers.remove((walk, position))
    assert [entry[0] for entry in model if entry[0] is not None] == list(collection.live_keys())
    assert len(collection.cells) <= 2 * len(collection.index) + 16


def test_group_by() -> None:
    groups = invoke(R.map_constructor, "groupBy", JSArray([1, 2, 3]), fn(lambda v, i: v % 2 == 0))
    assert [(k, list(v)) for k, v in groups.live_cells()] == [(False, [1, 3]), (True, [2])]


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("union", [1, 2, 3, 4]),
        ("intersection", [2, 3]),
        ("difference", [1]),
        ("symmetricDifference", [1, 4]),
        ("isSubsetOf", False),
        ("isSupersetOf", False),
        ("isDisjointFrom", False),
    ],
)
def test_set_algebra(method: str, expected: Any) -> None:
    result = invoke(a_set(1, 2, 3), method, a_set(2, 3, 4))
    assert (members(result) if isinstance(expected, list) else result) == expected


def test_set_relations() -> None:
    small, large, other = a_set(1, 2), a_set(1, 2, 3), a_set(8, 9)
    assert invoke(small, "isSubsetOf", large) is True
    assert invoke(large, "isSupersetOf", small) is True
    assert invoke(small, "isDisjointFrom", other) is True
    assert members(invoke(large, "intersection", a_set(3, 1))) == [3, 1]
    assert members(invoke(small, "union", new(R.map_constructor, JSArray([JSArray(["k", "v"])])))) == [
        1,
        2,
        "k",
    ]


def test_set_like_arguments_are_checked() -> None:
    def message(other: Any) -> str:
        with pytest.raises(JsThrow) as error:
            invoke(a_set(1), "union", other)
        return str(get(error.value.value, "message"))

    assert message(5) == "number 5 is not an object"
    assert "size" in message(JSObject())
    assert "'has'" in message(JSObject(size=1))
    assert "'keys'" in message(JSObject(size=1, has=fn(lambda v: True)))
    assert message(JSObject(size=-1)) == "'-1' is an invalid size"


def test_is_superset_closes_the_other_sets_iterator() -> None:
    log: list[str] = []
    iterator = JSObject(
        {
            "next": fn(lambda: JSObject(value="absent", done=False)),
            "return": fn(lambda: log.append("return") or JSObject()),
        }
    )
    other = JSObject(size=1, has=fn(lambda v: True), keys=fn(lambda: iterator))
    assert invoke(a_set(1, 2), "isSupersetOf", other) is False
    assert log == ["return"]
