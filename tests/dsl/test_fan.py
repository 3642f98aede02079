"""A slot whose function returns an agent call needs no task; it behaves as if it had one."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Callable
from typing import Any

import pytest
from script_runs import Ran

import odw
from odw.runtime.abc import Planned, Report

Run = Callable[..., Ran]


def slow(request: Any) -> Any:
    delay = 60_000_000 if "slow" in request.prompt else 10
    return Planned(Report(text=f"re: {request.prompt}"), delay)


def prompts(ran: Ran) -> list[str]:
    return [event["promptPreview"] for event in ran.of("agent_start")]


@pytest.mark.usefixtures("trio_order")
def test_calls_functions_and_values_in_one_parallel_begin_in_their_order(run_py: Run) -> None:
    ran = run_py(
        """
        async def twice(n):
            return [await odw.call(f'{n} first'), await odw.call(f'{n} second')]

        @odw.workflow
        async def case():
            return await odw.parallel([
                lambda: odw.call('0'), lambda: twice(1), odw.call('2'), lambda: 3, twice(4), lambda: odw.call('5')
            ])
        """
    )
    assert ran.result == [
        "re: 0",
        ["re: 1 first", "re: 1 second"],
        "re: 2",
        3,
        ["re: 4 first", "re: 4 second"],
        "re: 5",
    ]
    assert prompts(ran)[:5] == ["0", "1 first", "2", "4 first", "5"]


@pytest.mark.usefixtures("trio_order")
def test_a_pipeline_goes_from_calls_to_functions_and_back(run_py: Run) -> None:
    ran = run_py(
        """
        async def look(text):
            await odw.call(f'look {text}')
            return text.upper()

        @odw.workflow
        async def case():
            return await odw.pipeline(
                ['a', 'b'], lambda x: odw.call(x), look, lambda t: t + '!', lambda t, x, i: odw.call(f'{t} {x} {i}')
            )
        """
    )
    assert ran.result == ["re: RE: A! a 0", "re: RE: B! b 1"]
    assert sorted(e["path"] for e in ran.of("agent_start")) == [
        "l0[0.0]/a0",
        "l0[0.1]/a0",
        "l0[0.3]/a0",
        "l0[1.0]/a0",
        "l0[1.1]/a0",
        "l0[1.3]/a0",
    ]


@pytest.mark.usefixtures("trio_order")
def test_max_holds_calls_back(run_py: Run) -> None:
    ran = run_py(
        "@odw.workflow\nasync def case():\n    return await odw.parallel_map(lambda n: odw.call(str(n)), range(7), max=3)\n"
    )
    assert ran.result == [f"re: {n}" for n in range(7)]
    under_way = most = 0
    for event in ran.events:
        under_way += {"agent_start": 1, "agent_done": -1}.get(event["type"], 0)
        most = max(most, under_way)
    assert most == 3


@pytest.mark.usefixtures("trio_order")
def test_what_a_timeout_ends_is_withdrawn_with_or_without_a_task(run_py: Run) -> None:
    ran = run_py(
        """
        async def in_a_task(prompt):
            return await odw.call(prompt)

        @odw.workflow
        async def case():
            try:
                async with odw.timeout(1):
                    await odw.parallel([lambda: odw.call('slow 1'), lambda: in_a_task('slow 2'), odw.call('quick')])
            except TimeoutError:
                return await odw.call('after')
        """,
        slow,
    )
    assert ran.result == "re: after"
    assert {e["index"] for e in ran.of("agent_done") if e.get("withdrawn")} == {1, 2}


@pytest.mark.usefixtures("trio_order")
def test_a_race_withdraws_the_calls_that_lost(run_py: Run) -> None:
    ran = run_py(
        "@odw.workflow\nasync def case():\n    return await odw.race([odw.call('slow 1'), odw.call('quick'), odw.call('slow 2')])\n",
        slow,
    )
    assert ran.result == "re: quick"
    assert {e["index"] for e in ran.of("agent_done") if e.get("withdrawn")} == {1, 3}
    assert (ran.outcome.census["withdrawn"], ran.outcome.census["failed"], ran.outcome.partial) == (
        2,
        0,
        False,
    )


@pytest.mark.usefixtures("trio_order")
def test_a_stage_that_raises_ends_its_item_only(run_py: Run) -> None:
    ran = run_py(
        """
        def check(text, item):
            if item == 'b':
                raise ValueError('not b')
            return odw.call(f'again {item}')

        @odw.workflow
        async def case():
            return await odw.pipeline(['a', 'b', 'c'], lambda x: odw.call(x), check)
        """
    )
    assert ran.result == ["re: again a", None, "re: again c"]
    assert "pipeline[1] failed: not b" in ran.logs


def test_an_agent_call_counts_once(run_py: Run) -> None:
    ran = run_py(
        "@odw.workflow\nasync def case():\n    one = odw.call('x')\n    return [await odw.parallel([one, one]), await odw.call('y')]\n"
    )
    assert ran.result == [["re: x", None], "re: y"]
    assert any("cannot reuse an agent call" in line for line in ran.logs)


def test_a_call_that_nobody_awaits_is_said() -> None:
    with pytest.warns(RuntimeWarning, match=r"the call of odw.call\(\) was never awaited"):
        odw.call("x")
        gc.collect()


def test_what_a_fan_out_does_not_come_to_is_closed(run_py: Run) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ran = run_py(
            """
            async def one(n):
                return await odw.call(str(n))

            @odw.workflow
            async def case():
                try:
                    await odw.parallel([one(0), one(1), one(2), odw.call('3')], max=1)
                except odw.CapReached:
                    return 'capped'
            """,
            max_agents=1,
        )
        gc.collect()
    assert ran.result == "capped"


def test_a_nursery_takes_a_call_as_an_async_function(run_py: Run) -> None:
    ran = run_py(
        """
        @odw.workflow
        async def case():
            async with trio.open_nursery() as nursery:
                nursery.start_soon(odw.call, 'a')
                nursery.start_soon(odw.call, 'b')
            return 'both'
        """
    )
    assert ran.result == "both"
    assert sorted(prompts(ran)) == ["a", "b"]


def test_prompts_that_wait_for_something_are_prompts(run_py: Run) -> None:
    ran = run_py(
        """
        @odw.agent
        async def ask(n):
            await trio.sleep(0)
            return f'waited {n}'

        @odw.agent
        async def plain(n):
            return f'plain {n}'

        @odw.agent(label='{n}')
        def sync(n):
            return f'sync {n}'

        @odw.workflow
        async def case():
            return await odw.parallel([ask(1), plain(2), sync(3), lambda: ask(4)])
        """
    )
    assert ran.result == ["re: waited 1", "re: plain 2", "re: sync 3", "re: waited 4"]


def test_a_slot_that_is_only_an_agent_stands_where_the_fan_out_is_called(run_py: Run) -> None:
    ran = run_py(
        """
        @odw.agent
        async def ask(n: int) -> str:
            return f'do {n}'

        @odw.workflow
        async def case():
            await odw.parallel_map(ask, [1])
            return await odw.pipeline([2], ask, lambda text: ask(3))
        """
    )
    lines = {event["promptPreview"]: event["site"][0] for event in ran.of("agent_start")}
    source = (ran.dir / "script.py").read_text().splitlines()
    assert {prompt: source[line - 1].strip()[:25] for prompt, line in lines.items()} == {
        "do 1": "await odw.parallel_map(as",
        "do 2": "return await odw.pipeline",
        "do 3": "return await odw.pipeline",
    }


@pytest.mark.usefixtures("trio_order")
def test_a_slot_that_raises_while_its_fan_out_is_cancelled_begins_no_other(run_py: Run) -> None:
    ran = run_py(
        """
        @odw.workflow
        async def case():
            async def slot(number):
                try:
                    await odw.call(f'slow {number}')
                finally:
                    raise ValueError('while cleaning up')

            async with trio.open_nursery() as nursery:
                nursery.start_soon(lambda: odw.parallel_map(slot, range(3), max=1))
                await odw.call('quick')
                nursery.cancel_scope.cancel()
            return await odw.call('after')
        """,
        lambda request: Planned(Report(text="ok"), 60_000_000 if "slow" in request.prompt else 1),
    )
    assert ran.result == "ok"
    assert [event["promptPreview"] for event in ran.of("agent_start")] == ["quick", "slow 0", "after"]


@pytest.mark.usefixtures("trio_order")
def test_what_a_loser_of_a_race_raises_while_it_is_ended_is_nobodys_affair(run_py: Run) -> None:
    ran = run_py(
        """
        @odw.workflow
        async def case():
            async def loser():
                try:
                    await odw.call('slow alone')
                finally:
                    raise ValueError('while cleaning up')

            async def loser_of_two():
                async with trio.open_nursery() as nursery:
                    nursery.start_soon(loser)
                    nursery.start_soon(odw.call, 'slow beside')

            return [await odw.race([lambda: odw.call('quick'), loser, loser_of_two]), await odw.call('after')]
        """,
        lambda request: Planned(Report(text="ok"), 60_000_000 if "slow" in request.prompt else 1),
    )
    assert ran.result == ["ok", "ok"]
    assert ran.logs == []
