"""Generators as compiled code makes them. Programs that compare with node are in tests/parity/programs/iteration."""

from __future__ import annotations

import gc
import warnings
from typing import Any

import pytest

from odw.ecma.abstract_ops.async_function_operations import aw, halting, start_async
from odw.ecma.abstract_ops.async_generator_operations import delegate_async, yield_
from odw.ecma.abstract_ops.async_iterator_operations import iterate_async
from odw.ecma.abstract_ops.function_operations import async_generator_function, generator_function
from odw.ecma.abstract_ops.generator_operations import delegate
from odw.ecma.abstract_ops.iterator_operations import iterate
from odw.ecma.abstract_ops.object_operations import get, invoke
from odw.ecma.completion import JsThrow
from odw.ecma.realm import R, activate
from odw.ecma.values import JSArray, undefined


@pytest.fixture(autouse=True)
def realm() -> None:
    activate()


def result(o: Any) -> tuple[Any, bool]:
    return o["value"], o["done"]


def settled(promise: Any) -> Any:
    R.jobs.run_all()
    return promise.value


def counter(log: list[Any]) -> Any:
    def code(this: Any, limit: Any = undefined, *_: Any) -> Any:
        try:
            for i in range(limit):
                log.append((yield i))
            return "end"
        finally:
            if not halting():
                log.append("finally")

    return generator_function(code, "counter", 1)


def test_next_sends_and_the_return_value_ends() -> None:
    log: list[Any] = []
    it = counter(log).call(undefined, 2)
    steps = [result(invoke(it, "next", x)) for x in ("ignored", "a", "b", "c")]
    assert steps == [(0, False), (1, False), ("end", True), (undefined, True)]
    assert log == ["a", "b", "finally"]


def test_return_runs_finalizers() -> None:
    log: list[Any] = []
    it = counter(log).call(undefined, 2)
    invoke(it, "next")
    assert result(invoke(it, "return", "r")) == ("r", True)
    assert log == ["finally"]


def test_an_abandoned_generator_runs_no_finalizer() -> None:
    log: list[Any] = []
    it = counter(log).call(undefined, 2)
    invoke(it, "next")
    del it
    gc.collect()
    assert log == []


def test_a_halt_in_a_loop_body_runs_no_finalizer() -> None:
    log: list[Any] = []
    with pytest.raises(KeyboardInterrupt), iterate(counter(log).call(undefined, 3)) as values:
        for _ in values:
            raise KeyboardInterrupt
    assert log == []


def test_leaving_a_loop_early_runs_finalizers() -> None:
    log: list[Any] = []
    with iterate(counter(log).call(undefined, 3)) as values:
        for _ in values:
            break
    assert log == ["finally"]


def test_a_running_generator_refuses_to_be_resumed() -> None:
    def code(this: Any, *_: Any) -> Any:
        yield invoke(it, "next")

    it = generator_function(code, "g", 0).call(undefined)
    with pytest.raises(JsThrow) as error:
        invoke(it, "next")
    assert get(error.value.value, "message") == "Generator is already running"


def test_delegation_hands_results_on_as_they_are() -> None:
    log: list[Any] = []
    inner = counter(log)

    def code(this: Any, *_: Any) -> Any:
        return (yield from delegate(inner.call(undefined, 1)))

    it = generator_function(code, "g", 0).call(undefined)
    assert [result(invoke(it, "next", 1)) for _ in range(2)] == [(0, False), ("end", True)]


def test_the_prototype_property_of_the_function_is_the_prototype() -> None:
    function = counter([])
    it = function.call(undefined, 1)
    assert it.js_get_prototype_of() is get(function, "prototype")
    assert get(function, "prototype").js_get_prototype_of() is R.generator_prototype


async def _numbers(this: Any, limit: Any = undefined, *_: Any) -> Any:
    for i in range(limit):
        await yield_(i)
    return await aw("end")


def test_async_generator_answers_its_queue_in_order() -> None:
    it = async_generator_function(_numbers, "g", 1).call(undefined, 2)
    answers = [invoke(it, "next") for _ in range(4)]
    R.jobs.run_all()
    assert [result(a.value) for a in answers] == [(0, False), (1, False), ("end", True), (undefined, True)]


def test_for_await_over_async_and_sync_iterables() -> None:
    async def collect(iterable: Any) -> Any:
        found = JSArray()
        async with iterate_async(iterable) as values:
            async for value in values:
                found.append(value)
        return found

    it = async_generator_function(_numbers, "g", 1).call(undefined, 3)
    assert list(settled(start_async(collect(it)))) == [0, 1, 2]
    promises = JSArray([1, start_async(collect("ab"))])
    assert [v if v == 1 else list(v) for v in settled(start_async(collect(promises)))] == [1, ["a", "b"]]


def test_async_delegation_gives_the_result() -> None:
    inner = async_generator_function(_numbers, "g", 1)

    async def code(this: Any, *_: Any) -> Any:
        await yield_(await delegate_async(inner.call(undefined, 1)))
        return undefined

    it = async_generator_function(code, "outer", 0).call(undefined)
    assert [result(settled(invoke(it, "next"))) for _ in range(3)] == [
        (0, False),
        ("end", False),
        (undefined, True),
    ]


def test_an_async_generator_that_never_starts_warns_of_nothing() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        async_generator_function(_numbers, "g", 1).call(undefined, 3)
        gc.collect()
        R.jobs.close_all()
        gc.collect()
