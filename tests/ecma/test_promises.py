"""Promises: ticks, thenables, host reactions. Programs that compare with node are in tests/parity/programs/async."""

from __future__ import annotations

from typing import Any

import pytest

from odw.ecma.abstract_ops.async_function_operations import aw, halting, start_async
from odw.ecma.abstract_ops.object_operations import get, invoke, new
from odw.ecma.abstract_ops.promise_operations import (
    PromiseObject,
    create_resolving_functions,
    fulfill_promise,
    host_then,
    new_promise,
    new_promise_capability,
    perform_promise_then,
    promise_resolve,
    reject_promise,
    resolve_promise,
)
from odw.ecma.completion import JsThrow
from odw.ecma.intrinsics.builders import builtin
from odw.ecma.realm import R, activate
from odw.ecma.values import JSArray, JSObject, undefined


@pytest.fixture(autouse=True)
def realm() -> None:
    activate()


def fn(native: Any) -> Any:
    return builtin(lambda this, *args: native(*args), "", 1)


def ticks(promise: PromiseObject) -> int:
    """How many jobs deep ``promise`` settles, counted by a chain of microtasks."""
    count = 0

    def tick() -> None:
        nonlocal count
        if promise.state == "pending" and count < 20:
            count += 1
            R.jobs.enqueue(tick)

    tick()
    R.jobs.run_all()
    return count


def static(name: str, *args: Any) -> Any:
    return invoke(R.promise_constructor, name, *args)


async def returns(value: Any) -> Any:
    return value


async def awaits(value: Any) -> Any:
    return await aw(value)


def test_an_async_function_settles_at_once_and_await_takes_one_tick() -> None:
    assert ticks(start_async(returns(1))) == 0
    assert ticks(start_async(awaits(1))) == 1
    assert ticks(start_async(awaits(static("resolve", 1)))) == 1


def test_returning_a_promise_takes_two_more_ticks_than_a_value() -> None:
    assert ticks(start_async(returns(static("resolve", 1)))) == 2
    assert ticks(start_async(awaits(JSObject(then=fn(lambda f, r: f.call(undefined, 1)))))) == 2


def test_resolving_with_itself() -> None:
    promise = new_promise()
    resolve_promise(promise, promise)
    assert promise.state == "rejected"
    assert get(promise.value, "message") == "Chaining cycle detected for promise #<Promise>"


def test_only_the_first_resolving_call_counts() -> None:
    promise, other = new_promise(), new_promise()
    resolve, reject = create_resolving_functions(promise)
    resolve.call(undefined, other)
    reject.call(undefined, "late")
    resolve.call(undefined, "later")
    R.jobs.run_all()
    assert promise.state == "pending"
    fulfill_promise(other, "value")
    R.jobs.run_all()
    assert promise.value == "value"


def test_a_settled_promise_ignores_a_host_that_settles_it_again() -> None:
    promise = new_promise()
    resolve_promise(promise, 1)
    resolve_promise(promise, 2)
    reject_promise(promise, 3)
    assert (promise.state, promise.value) == ("fulfilled", 1)


def test_host_then_runs_one_of_two_functions_in_a_job() -> None:
    log: list[Any] = []
    good, bad = new_promise(), new_promise()
    for promise in (good, bad):
        host_then(promise, lambda v: log.append(("ok", v)), lambda r: log.append(("no", r)))
    reject_promise(bad, "reason")
    resolve_promise(good, "value")
    assert log == []
    R.jobs.run_all()
    assert log == [("no", "reason"), ("ok", "value")]
    assert R.jobs.take_unhandled() == []


def test_perform_promise_then_without_a_capability() -> None:
    log: list[Any] = []
    perform_promise_then(static("resolve", 7), fn(log.append), undefined)
    perform_promise_then(static("reject", 8), undefined, fn(log.append))
    perform_promise_then(static("reject", 9), undefined, undefined)
    R.jobs.run_all()
    assert log == [7, 8]


def test_promise_resolve_returns_a_promise_of_the_same_constructor_itself() -> None:
    promise = static("resolve", 1)
    assert promise_resolve(R.promise_constructor, promise) is promise
    promise["constructor"] = undefined
    assert promise_resolve(R.promise_constructor, promise) is not promise


def test_new_promise_capability_needs_a_constructor_that_gives_functions() -> None:
    with pytest.raises(JsThrow) as error:
        new_promise_capability(JSObject())
    assert get(error.value.value, "message") == "#<Object> is not a constructor"
    capability = new_promise_capability(R.promise_constructor)
    capability.resolve.call(undefined, 1)
    assert capability.promise.value == 1


def test_with_resolvers() -> None:
    made = static("withResolvers")
    assert list(made) == ["promise", "resolve", "reject"]
    made["reject"].call(undefined, "no")
    assert (made["promise"].state, made["promise"].value) == ("rejected", "no")
    R.jobs.take_unhandled()


def test_try() -> None:
    def fails(*args: Any) -> Any:
        raise JsThrow("thrown")

    assert static("try", fn(lambda a, b: a + b), 1, 2).value == 3
    assert static("try", fn(fails)).value == "thrown"
    assert "is not a function" in get(static("try", 5).value, "message")


def test_all_of_ten_thousand_keeps_the_order() -> None:
    promises = [start_async(awaits(i)) for i in range(10_000)]
    result = static("all", JSArray(promises))
    R.jobs.run_all()
    assert list(result.value) == list(range(10_000))


def test_an_executor_that_throws_rejects() -> None:
    def executor(resolve: Any, reject: Any) -> Any:
        raise JsThrow("thrown")

    assert new(R.promise_constructor, fn(executor)).value == "thrown"


def test_deep_chains_do_not_recurse() -> None:
    promise = static("resolve", 0)
    for _ in range(20_000):
        promise = invoke(promise, "then", fn(lambda v: v + 1))
    R.jobs.run_all()
    assert promise.value == 20_000


def test_halting_tells_halts_from_throws_and_returns() -> None:
    seen = []
    for error in (JsThrow(1), KeyboardInterrupt(), GeneratorExit()):
        try:
            try:
                raise error
            finally:
                seen.append(halting())
        except BaseException:  # noqa: BLE001 (the test raised it)
            pass
    assert [*seen, halting()] == [False, True, True, False]
