"""The author's own trio code: places follow from the structure, whatever order trio runs the tasks in."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
import trio
from script_runs import Project, Ran
from trio._core import _run

from odw.runtime.abc import Planned, Report
from odw.runtime.fakes import FakeExecutor

Run = Callable[..., Ran]

NURSERIES = """
@odw.workflow
async def case():
    answers = {}

    async def ask(name, n):
        answers[name] = await odw.call(f"{name}")
        if n:
            async with trio.open_nursery() as inner:
                for i in range(n):
                    inner.start_soon(ask, f"{name}.{i}", n - 1)

    async with trio.open_nursery() as nursery:
        for i in range(3):
            nursery.start_soon(ask, str(i), 2)
        answers["body"] = await odw.call("body")
    answers["all"] = await odw.parallel_map(lambda i: ask(f"p{i}", 1), range(2))
    return dict(sorted(answers.items()))
"""


def made(ran: Ran) -> list[tuple[Any, ...]]:
    return [
        (e["index"], e["path"], e["promptPreview"])
        for e in sorted(ran.of("agent_start"), key=lambda e: e["index"])
    ]


class _Coin(random.Random):
    """What trio throws for the order of a batch, always the same side up."""

    def __init__(self, backwards: bool) -> None:
        super().__init__(0)
        self._value = 0.9 if backwards else 0.0

    def random(self) -> float:
        return self._value


@pytest.fixture
def both_orders(project: Project, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Ran]]:
    """Run a source once in each order of trio's batches."""

    def run(source: str, answer: Any = None, **options: Any) -> list[Ran]:
        found = []
        for backwards in (False, True):
            monkeypatch.setattr(_run, "_ALLOW_DETERMINISTIC_SCHEDULING", False)
            monkeypatch.setattr(_run, "_r", _Coin(backwards))
            found.append(project.run(source, answer, file="main.py", meta="import odw, trio\n", **options))
        return found

    return run


def test_nurseries_give_each_task_a_branch(both_orders: Callable[..., list[Ran]]) -> None:
    forwards, backwards = both_orders(NURSERIES)
    assert made(forwards) == made(backwards)
    assert forwards.result == backwards.result
    assert made(forwards)[:4] == [(1, "a0", "body"), (2, "n0/a0", "0"), (3, "n1/a0", "1"), (4, "n2/a0", "2")]
    assert {"n1/n0/a0", "n2/n1/n0/a0", "p0[1]/n0/a0"} <= {path for _, path, _ in made(forwards)}


def test_slots_do_their_first_things_in_order(both_orders: Callable[..., list[Ran]]) -> None:
    source = """
@odw.workflow
async def case():
    seen = []

    async def slot(i):
        seen.append(i)
        odw.log(f"slot {i}")
        await trio.lowlevel.checkpoint()
        return await odw.call(f"do {i}")

    await odw.parallel_map(slot, range(5))
    return seen
"""
    forwards, backwards = both_orders(source)
    assert [0, 1, 2, 3, 4] == forwards.result == backwards.result
    assert forwards.logs == backwards.logs
    assert made(forwards) == made(backwards)


def test_two_fan_outs_of_two_tasks_are_told_apart(both_orders: Callable[..., list[Ran]]) -> None:
    source = """
@odw.workflow
async def case():
    async def fan(name):
        await odw.parallel_map(lambda i: odw.call(f"{name} {i}"), range(2))

    async with trio.open_nursery() as nursery:
        nursery.start_soon(fan, "a")
        nursery.start_soon(fan, "b")
"""
    forwards, backwards = both_orders(source)
    assert made(forwards) == made(backwards)
    assert [path for _, path, _ in made(forwards)] == [
        "n0/p0[0]/a0",
        "n0/p0[1]/a0",
        "n1/p0[0]/a0",
        "n1/p0[1]/a0",
    ]


def test_channels_and_events_work(both_orders: Callable[..., list[Ran]]) -> None:
    source = """
@odw.workflow
async def case():
    send, receive = trio.open_memory_channel(0)
    ready = trio.Event()

    async def produce():
        await ready.wait()
        async with send:
            for i in range(3):
                await send.send(await odw.call(f"item {i}"))

    async with trio.open_nursery() as nursery:
        nursery.start_soon(produce)
        ready.set()
        found = [await odw.call(f"got {item}") async for item in receive]
    with trio.move_on_after(3600):
        await trio.sleep(0)
        found.append(await trio.to_thread.run_sync(len, found))
    return found
"""
    forwards, backwards = both_orders(source)
    assert forwards.result == backwards.result == [*(f"re: got re: item {i}" for i in range(3)), 3]
    assert sorted(made(forwards)[i][1] for i in range(6)) == ["a0", "a1", "a2", "n0/a0", "n0/a1", "n0/a2"]


def test_ends_come_one_at_a_time(both_orders: Callable[..., list[Ran]]) -> None:
    """What follows from one end is done before the next is handed out, so the order of effects is that of the ends."""
    source = """
@odw.workflow
async def case():
    seen = []

    async def slot(i):
        await odw.call(f"do {i}")
        seen.append(i)
        await trio.lowlevel.checkpoint()
        await trio.lowlevel.checkpoint()
        seen.append(i)

    await odw.parallel_map(slot, range(4))
    return seen
"""

    def answer(request: Any) -> Any:
        return Planned(Report(text="x"), {"do 2": 0, "do 0": 1, "do 3": 2, "do 1": 3}[request.prompt])

    for ran in both_orders(source, answer):
        assert ran.result == [2, 2, 0, 0, 3, 3, 1, 1]


def test_a_cancelled_call_is_withdrawn(run_py: Run) -> None:
    source = """
@odw.workflow
async def case():
    with trio.CancelScope() as scope:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(odw.call, "slow")
            await odw.call("fast")
            scope.cancel()
    return await odw.call("after")
"""

    def answer(request: Any) -> Any:
        return Planned(Report(text="done"), 3_600_000 if request.prompt == "slow" else 0)

    ran = run_py(source, answer)
    assert ran.result == "done"
    (lost,) = [event for event in ran.of("agent_done") if not event["ok"]]
    assert (lost["label"], lost["error"]["message"]) == ("slow", "withdrawn by the workflow")


def test_hooks_need_a_run() -> None:
    import odw

    with pytest.raises(RuntimeError, match=r"odw\.log\(\) works only while a workflow runs"):
        odw.log("x")


@pytest.mark.usefixtures("trio_order")
def test_executors_in_tasks_of_their_own(run_py: Run) -> None:
    """An executor that works in a task: what it does there is no part of the workflow, a race cuts it off, its end is recorded."""
    cut: list[str] = []

    async def answer(request: Any) -> Report:
        try:
            await trio.sleep(3600 if "slow" in request.prompt else 0)
        except trio.Cancelled:
            cut.append(request.prompt)
            raise
        return Report(text=f"re: {request.prompt}")

    source = """
@odw.workflow
async def case():
    found = await odw.parallel_map(lambda i: odw.call(f"do {i}"), range(4), max=2)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(odw.call, "beside")
        found.append(await odw.race([odw.call("slow"), odw.call("fast")]))
    return found
"""
    first = run_py(source, executor=FakeExecutor(answer))
    assert first.result == [*(f"re: do {i}" for i in range(4)), "re: fast"]
    assert cut == ["slow"]
    assert (first.state["census"]["withdrawn"], first.state["census"]["failed"]) == (1, 0)
    executor = FakeExecutor(answer)
    again = run_py(source, executor=executor, resume_from=first.dir.name)
    assert again.result == first.result
    assert {request.prompt for request in executor.seen} <= {"slow"}


def test_an_interrupt_ends_a_workflow_that_waits(run_py: Run) -> None:
    source = """
import os, signal

@odw.workflow
async def case():
    try:
        await trio.lowlevel.checkpoint()
        os.kill(os.getpid(), signal.SIGINT)
        await trio.sleep_forever()
    except Exception:
        return "swallowed"
"""
    assert run_py(source).outcome.status == "interrupted"
