"""The job queue: order, contexts, unhandled rejections, coroutines left over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from odw.ecma import jobs
from odw.ecma.abstract_ops.async_function_operations import aw, start_async
from odw.ecma.abstract_ops.promise_operations import host_then, new_promise, reject_promise, resolve_promise
from odw.ecma.completion import JsThrow, NotSupportedYet
from odw.ecma.realm import R, activate
from odw.ecma.values import undefined


@pytest.fixture(autouse=True)
def realm() -> Iterator[None]:
    activate()
    yield
    R.jobs.close_all()


def test_jobs_run_first_in_first_out_with_those_added_meanwhile_last() -> None:
    log: list[str] = []

    def first() -> None:
        log.append("a")
        R.jobs.enqueue(lambda: log.append("c"))

    R.jobs.enqueue(first)
    R.jobs.enqueue(lambda: log.append("b"))
    assert len(R.jobs) == 2
    R.jobs.run_all()
    assert log == ["a", "b", "c"]
    assert len(R.jobs) == 0


def test_a_halt_leaves_the_queue_at_once_and_the_rest_stays() -> None:
    def halt() -> None:
        raise NotSupportedYet("x")

    log: list[str] = []
    R.jobs.enqueue(halt)
    R.jobs.enqueue(lambda: log.append("after"))
    with pytest.raises(NotSupportedYet):
        R.jobs.run_all()
    assert log == []
    R.jobs.run_all()
    assert log == ["after"]


def test_every_continuation_keeps_the_context_in_which_it_was_registered() -> None:
    seen: list[tuple[str, Any]] = []
    gate = new_promise()

    async def branch(name: str) -> Any:
        seen.append((name, jobs.current))
        await aw(undefined)
        seen.append((name, jobs.current))
        await aw(gate)
        seen.append((name, jobs.current))
        return undefined

    jobs.run_in_context("left", start_async, branch("l"))
    jobs.run_in_context("right", start_async, branch("r"))
    assert jobs.current is None
    R.jobs.run_all()
    jobs.run_in_context("settler", resolve_promise, gate, undefined)
    R.jobs.run_all()
    assert seen == [("l", "left"), ("r", "right")] * 3
    assert jobs.current is None


def test_a_handler_sees_the_context_of_its_registration_and_a_nested_one_ends() -> None:
    seen: list[Any] = []
    promise = new_promise()
    jobs.run_in_context(1, host_then, promise, lambda v: seen.append(jobs.current), lambda r: None)
    jobs.run_in_context(
        2, jobs.run_in_context, 3, host_then, promise, lambda v: seen.append(jobs.current), print
    )
    jobs.run_in_context(4, R.jobs.enqueue, lambda: seen.append(jobs.current))
    resolve_promise(promise, undefined)
    R.jobs.run_all()
    assert seen == [4, 1, 3]


def test_run_in_context_restores_after_an_exception() -> None:
    with pytest.raises(ZeroDivisionError):
        jobs.run_in_context("x", lambda: 1 // 0)
    assert jobs.current is None


def test_unhandled_rejections_are_told_once_and_a_late_handler_in_time_takes_them_back() -> None:
    first, second = new_promise(), new_promise()
    reject_promise(first, "one")
    reject_promise(second, "two")
    host_then(first, print, lambda reason: None)
    R.jobs.run_all()
    assert R.jobs.take_unhandled() == [second]
    assert R.jobs.take_unhandled() == []


def test_a_rejection_with_a_handler_is_not_unhandled_but_its_derived_promise_is() -> None:
    async def fails() -> Any:
        raise JsThrow("reason")

    async def waits() -> Any:
        await aw(start_async(fails()))

    outer = start_async(waits())
    R.jobs.run_all()
    assert R.jobs.take_unhandled() == [outer]
    assert (outer.state, outer.value) == ("rejected", "reason")


def test_close_all_ends_waiting_coroutines_in_order_without_their_handlers() -> None:
    log: list[str] = []

    async def waits(name: str) -> Any:
        try:
            await aw(new_promise())
        except JsThrow:
            log.append("caught")
        except BaseException as halt:
            log.append(f"{name} {type(halt).__name__}")
            raise

    for name in ("a", "b"):
        start_async(waits(name))
    assert len(R.jobs.live) == 2
    R.jobs.close_all()
    assert log == ["a GeneratorExit", "b GeneratorExit"]
    assert R.jobs.live == {}


def test_close_all_survives_a_coroutine_that_awaits_on_its_way_out() -> None:
    async def stubborn() -> Any:
        try:
            await aw(new_promise())
        finally:
            await aw(new_promise())

    start_async(stubborn())
    R.jobs.close_all()
    assert R.jobs.live == {}


def test_a_finished_coroutine_is_not_kept() -> None:
    async def short() -> Any:
        await aw(1)
        return 2

    promise = start_async(short())
    R.jobs.run_all()
    assert (promise.state, promise.value) == ("fulfilled", 2)
    assert R.jobs.live == {}
