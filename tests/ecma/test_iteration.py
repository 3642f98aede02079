"""iterate, take, spread, for_in and the iterator helpers, which node 20 does not have yet."""

from __future__ import annotations

from typing import Any

import pytest

from odw.ecma.abstract_ops.iterator_operations import for_in, iterate, spread, take, take_rest
from odw.ecma.abstract_ops.object_operations import get, get_item, invoke, new, put_item
from odw.ecma.completion import JsThrow
from odw.ecma.intrinsics.builders import builtin
from odw.ecma.realm import R, activate
from odw.ecma.values import HOLE, JSArray, JSObject, OrdinaryObject, WellKnown, undefined


@pytest.fixture(autouse=True)
def realm() -> None:
    activate()


def fn(native: Any) -> Any:
    return builtin(lambda this, *args: native(*args), "", 1)


def source(count: int, log: list[str], over: dict[Any, Any] | None = None) -> Any:
    """An iterable of 0 … count - 1 that logs ``next`` and ``return``."""
    position = 0

    def next_() -> Any:
        nonlocal position
        log.append("next")
        position += 1
        return JSObject(value=position - 1, done=position > count)

    def return_() -> Any:
        log.append("return")
        return JSObject()

    iterator = JSObject({"next": fn(next_), "return": fn(return_), **(over or {})})
    return JSObject({WellKnown.iterator: fn(lambda: iterator)})


def message(action: Any) -> str:
    with pytest.raises(JsThrow) as error:
        action()
    return str(get(error.value.value, "message"))


def test_arrays_are_walked_live_with_holes_as_undefined() -> None:
    array = JSArray([1, HOLE])
    seen = []
    with iterate(array) as values:
        for value in values:
            seen.append(value)
            if len(array) < 4:
                array.append(len(array))
    assert seen == [1, undefined, 2, 3]


def test_a_patched_array_iterator_is_obeyed_and_the_original_one_back_is_fast_again() -> None:
    original = get(R.array_prototype, WellKnown.iterator)
    put_item(
        R.array_prototype, WellKnown.iterator, fn(lambda: get(source(2, []), WellKnown.iterator).call(0))
    )
    assert spread(JSArray(["x"])) == [0, 1]
    put_item(R.array_prototype, WellKnown.iterator, original)
    assert spread(JSArray(["x"])) == ["x"]


def test_take_pads_and_closes() -> None:
    log: list[str] = []
    assert take(source(5, log), 2) == [0, 1]
    assert log == ["next", "next", "return"]
    log.clear()
    assert take(source(1, log), 3) == [0, undefined, undefined]
    assert log == ["next", "next"]
    assert take(JSArray([1]), 2) == [1, undefined]


def test_take_rest() -> None:
    first, rest = take_rest(source(3, []), 1)
    assert (first, list(rest), type(rest)) == (0, [1, 2], JSArray)
    assert list(take_rest("ab", 3)[3]) == []


def test_steps_and_rest_of_a_record() -> None:
    log: list[str] = []
    with iterate(source(3, log)) as record:
        assert record.step() == 0
        assert list(record.rest()) == [1, 2]
        assert record.step() is undefined
    assert "return" not in log


def test_an_error_of_the_body_wins_over_one_of_return() -> None:
    def fails() -> Any:
        raise JsThrow("from return")

    with pytest.raises(JsThrow) as error, iterate(source(3, [], {"return": fn(fails)})) as values:
        for _ in values:
            raise JsThrow("from body")
    assert error.value.value == "from body"
    with pytest.raises(JsThrow) as error, iterate(source(3, [], {"return": fn(fails)})) as values:
        for _ in values:
            break
    assert error.value.value == "from return"


def test_natives_name_the_value_that_is_not_iterable() -> None:
    assert message(lambda: spread(5)) == (
        "number 5 is not iterable (cannot read property Symbol(Symbol.iterator))"
    )
    assert message(lambda: take(undefined, 1)) == (
        "undefined is not iterable (cannot read property Symbol(Symbol.iterator))"
    )
    assert message(lambda: iterate(JSObject())) == (
        "object is not iterable (cannot read property Symbol(Symbol.iterator))"
    )
    assert (
        message(lambda: spread(source(1, [], {"next": fn(lambda: 1)})))
        == "Iterator result 1 is not an object"
    )


def test_for_in_goes_up_the_prototypes_and_skips_what_was_deleted() -> None:
    parent = OrdinaryObject(R.object_prototype)
    parent["inherited"] = 1
    child = OrdinaryObject(parent)
    child.update({"b": 1, "1": 1, "gone": 1})
    seen = []
    for key in for_in(child):
        seen.append(key)
        child.pop("gone", None)
    assert seen == ["1", "b", "inherited"]
    assert list(for_in(None)) == list(for_in(undefined)) == []
    assert list(for_in("ab")) == ["0", "1"]


def iterator(*values: Any) -> Any:
    return invoke(JSArray(values), "values")


def test_lazy_helpers() -> None:
    doubled = invoke(iterator(1, 2, 3, 4), "map", fn(lambda v, i: v * 10 + i))
    assert list(invoke(doubled, "toArray")) == [10, 21, 32, 43]
    even = invoke(iterator(1, 2, 3, 4), "filter", fn(lambda v, i: v % 2 == 0))
    assert list(invoke(even, "toArray")) == [2, 4]
    assert list(invoke(invoke(iterator(1, 2, 3), "take", 2), "toArray")) == [1, 2]
    assert list(invoke(invoke(iterator(1, 2, 3), "drop", 2), "toArray")) == [3]
    nested = invoke(iterator(1, 2), "flatMap", fn(lambda v, i: JSArray([v] * v)))
    assert list(invoke(nested, "toArray")) == [1, 2, 2]


def test_eager_consumers() -> None:
    assert invoke(iterator(1, 2, 3), "reduce", fn(lambda a, v, i: a + v)) == 6
    assert invoke(iterator(), "reduce", fn(lambda a, v, i: a + v), "start") == "start"
    assert invoke(iterator(1, 2), "some", fn(lambda v, i: v == 2)) is True
    assert invoke(iterator(1, 2), "every", fn(lambda v, i: v == 2)) is False
    assert invoke(iterator(1, 2), "find", fn(lambda v, i: v > 1)) == 2
    assert "no initial value" in message(lambda: invoke(iterator(), "reduce", fn(lambda a, v, i: a)))


def _direct(count: int, log: list[str]) -> Any:
    made = get(source(count, log), WellKnown.iterator).call(undefined)
    made.__class__ = OrdinaryObject
    made._proto, made.extensible = R.iterator_prototype, True
    return made


def test_helpers_close_what_they_read() -> None:
    log: list[str] = []
    helper = invoke(_direct(5, log), "map", fn(lambda v, i: v))
    invoke(helper, "next")
    assert dict(invoke(helper, "return")) == {"value": undefined, "done": True}
    assert dict(invoke(helper, "next")) == {"value": undefined, "done": True}
    assert log == ["next", "return"]
    log.clear()
    invoke(invoke(_direct(5, log), "drop", 1), "return")
    assert log == ["return"]
    log.clear()
    assert list(invoke(invoke(_direct(5, log), "take", 1), "toArray")) == [0]
    assert log == ["next", "return"]
    log.clear()
    assert "must be positive" in message(lambda: invoke(_direct(5, log), "take", -1))
    assert log == ["return"]


def test_a_helper_that_throws_is_done() -> None:
    def fails(*_: Any) -> Any:
        raise JsThrow("mapper")

    log: list[str] = []
    helper = invoke(_direct(5, log), "map", fn(fails))
    with pytest.raises(JsThrow):
        invoke(helper, "next")
    assert log == ["next", "return"]
    assert invoke(helper, "next")["done"] is True


def test_iterator_from_wraps_only_what_does_not_inherit() -> None:
    constructor = R.iterator_constructor
    inherits = iterator(1)
    assert invoke(constructor, "from", inherits) is inherits
    wrapped = invoke(constructor, "from", get(source(2, []), WellKnown.iterator).call(undefined))
    assert list(invoke(wrapped, "toArray")) == [0, 1]
    assert list(invoke(invoke(constructor, "from", "ab"), "toArray")) == ["a", "b"]
    assert message(lambda: new(constructor)) == "Abstract class Iterator not directly constructable"
    assert message(lambda: invoke(constructor, "from", 5)) == "Iterator.from called on non-object"


def test_the_tag_of_iterator_prototype_may_be_shadowed_but_not_changed() -> None:
    assert get(R.iterator_prototype, WellKnown.to_string_tag) == "Iterator"
    child = OrdinaryObject(R.iterator_prototype)
    put_item(child, WellKnown.to_string_tag, "Mine")
    assert get_item(child, WellKnown.to_string_tag) == "Mine"
    assert message(lambda: put_item(R.iterator_prototype, WellKnown.to_string_tag, "x"))
