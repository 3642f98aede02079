"""What the data built-ins refuse, so that a hostile script cannot eat the machine, and what they have beyond Node 20."""

from __future__ import annotations

from typing import Any

import pytest

from odw.ecma import sparse_array
from odw.ecma.abstract_ops.describe import describe
from odw.ecma.abstract_ops.object_operations import get, get_item, put, put_item
from odw.ecma.completion import SCRIPT_ERRORS, thrown_value
from odw.ecma.intrinsics.builders import builtin
from odw.ecma.realm import R, activate
from odw.ecma.values import BigInt, JSArray, JSObject, undefined


@pytest.fixture(autouse=True)
def _realm() -> None:
    activate()


def invoke(o: Any, name: str, *arguments: Any) -> Any:
    return get(o, name).call(o, *arguments)


def error_of(o: Any, name: str, *arguments: Any) -> str:
    try:
        invoke(o, name, *arguments)
    except SCRIPT_ERRORS as error:
        return describe(thrown_value(error))
    return "no error"


MEGA = "x" * 2**20


@pytest.mark.parametrize(
    ("receiver", "name", "arguments"),
    [
        ("x", "repeat", (2**30,)),
        ("x", "padStart", (2**30,)),
        ("x", "padEnd", (2**53, "ab")),
        (MEGA, "concat", (MEGA,) * 600),
        ("," * 600, "replaceAll", (",", MEGA)),
        ("ab", "replaceAll", ("", "x" * 2**28)),
        (JSArray([MEGA] * 600), "join", ()),
        (JSArray([1] * 600), "join", (MEGA,)),
    ],
)
def test_no_string_beyond_v8s_limit(receiver: Any, name: str, arguments: Any) -> None:
    assert error_of(receiver, name, *arguments) == "RangeError: Invalid string length"


def test_no_array_beyond_fifty_million_elements() -> None:
    huge = JSObject({"length": 2**32 - 1})
    array = R.array_constructor
    assert error_of(array, "from", huge) == "RangeError: Invalid array length"
    for name in ("map", "toSorted", "toReversed", "slice"):
        native = get(JSArray(), name)
        with pytest.raises(SCRIPT_ERRORS):
            native.call(huge, *([builtin(lambda _this, *_: 1, "f", 0)] if name == "map" else []))
    spread_out = array.construct((2**31,), array)
    for name in ("toSorted", "toReversed", "fill", "join"):
        assert error_of(spread_out, name) in (
            "RangeError: Invalid array length",
            "RangeError: Invalid string length",
        )


def test_a_sparse_array_holds_only_so_many_elements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sparse_array, "MAX_SPARSE_ELEMENTS", 3)
    array = JSArray((1, 2))
    put_item(array, 2**31, 3)
    put_item(array, 1, 4)
    with pytest.raises(SCRIPT_ERRORS) as error:
        put_item(array, 7, 5)
    assert describe(thrown_value(error.value)) == "RangeError: Invalid array length"
    assert (len(array), get_item(array, 1), get_item(array, 7)) == (2**31 + 1, 4, undefined)


def test_array_prototype_itself_never_becomes_sparse() -> None:
    with pytest.raises(SCRIPT_ERRORS):
        put(R.array_prototype, "length", 2**31)
    assert len(R.array_prototype) == 0


def test_nested_sorts_end_in_a_range_error_not_in_a_crash() -> None:
    def again(_this: Any, a: Any = undefined, b: Any = undefined, *_: Any) -> Any:
        return get(invoke(JSArray([b, a]), "sort", comparator), "0")

    comparator = builtin(again, "again", 2)
    assert error_of(JSArray([2, 1]), "sort", comparator) == "RangeError: Maximum call stack size exceeded"
    assert list(invoke(JSArray([2, 1]), "sort", builtin(lambda _this, a, b, *_: a - b, "by", 2))) == [1, 2]


def test_json_of_any_depth_is_read() -> None:
    value = invoke(R.json, "parse", "[" * 200_000 + "]" * 200_000)
    depth = 0
    while len(value):
        value = value[0]
        depth += 1
    assert depth == 199_999


def test_json_whose_strings_hide_its_depth_is_read() -> None:
    """To a count of brackets the text is flat: each opening one is followed by a closing one, within a string."""
    for depth in (300, 3000, 100_000):
        value = invoke(R.json, "parse", '["]",' * depth + "1" + ',"["]' * depth)
        for _ in range(depth - 1):
            closing, value, opening = value
            assert (closing, opening) == ("]", "[")
        assert list(value) == ["]", 1, "["]


def test_bigint_of_ten_thousand_digits_is_written_and_read() -> None:
    text = "9" * 10_000
    number = R.bigint_constructor.call(undefined, text)
    assert number == BigInt(10**10_000 - 1)
    assert invoke(number, "toString") == text
    assert invoke(number, "toString", 36) == invoke(number, "toString", 36.0)


def test_math_random_says_what_to_do_instead() -> None:
    assert error_of(R.math, "random") == (
        "Error: Math.random() is unavailable in workflow scripts: results must be reproducible. "
        "Vary the prompt or label by index instead."
    )


def test_array_from_async() -> None:
    promised = R.promise_constructor
    items = JSArray([1, invoke(promised, "resolve", 2), 3])
    double = builtin(lambda _this, x=undefined, *_: x * 2, "double", 1)
    promise = invoke(R.array_constructor, "fromAsync", items, double)
    like = invoke(R.array_constructor, "fromAsync", JSObject({"length": 2, "0": "a"}))
    failing = invoke(R.array_constructor, "fromAsync", None)
    R.jobs.run_all()
    assert (promise.state, list(promise.value)) == ("fulfilled", [2, 4, 6])
    assert ("fulfilled", ["a", undefined]) == (like.state, list(like.value))
    assert failing.state == "rejected"
