"""``gather``: at the same time, in one place, all or the first error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from script_runs import Ran

from odw.runtime.abc import Planned, Report

Run = Callable[..., Ran]

FIRST_ERROR = """
@odw.workflow
async def case():
    async def fail():
        await odw.call('quick')
        raise ValueError('no')

    try:
        await odw.gather([odw.call('slow'), fail(), odw.call('slower')])
    except ValueError as error:
        return [str(error), await odw.call('after')]
"""


def answer(request: Any) -> Any:
    return Planned(
        Report(text=f"re: {request.prompt}"), 10 if request.prompt in ("quick", "after") else 60_000_000
    )


@pytest.mark.usefixtures("trio_order")
def test_the_first_error_ends_the_others(run_py: Run) -> None:
    ran = run_py(FIRST_ERROR, answer)
    assert ran.result == ["no", "re: after"]
    assert [event["path"] for event in ran.of("agent_start")] == ["a0", "a1", "a2", "a3"]
    assert ran.of("parallel_start") == []


@pytest.mark.usefixtures("trio_order")
def test_each_has_a_phase_of_its_own(run_py: Run) -> None:
    ran = run_py(
        """
        @odw.workflow
        async def case():
            async def one(name):
                async with odw.phase(name):
                    await odw.call(f'first {name}')
                    return await odw.call(f'second {name}')

            return await odw.gather([one('A'), one('B'), odw.call('none')])
        """
    )
    assert ran.result == ["re: second A", "re: second B", "re: none"]
    phases = {event["promptPreview"]: event["phase"] for event in ran.of("agent_start")}
    assert phases == {"first A": "A", "second A": "A", "first B": "B", "second B": "B", "none": None}
    assert sorted(event["path"] for event in ran.of("agent_start")) == ["a0", "a1", "a2", "a3", "a4"]


def test_nothing_to_gather(run_py: Run) -> None:
    assert run_py("@odw.workflow\nasync def case():\n    return await odw.gather([])\n").result == []


def test_a_budget_ends_all_of_them(run_py: Run) -> None:
    ran = run_py(
        """
        @odw.workflow
        async def case():
            try:
                await odw.gather([odw.call(str(n)) for n in range(3)])
            except odw.CapReached:
                return 'capped'
        """,
        max_agents=2,
    )
    assert ran.result == "capped"


def test_a_parameter_may_be_called_like_a_word_of_python(run_py: Run) -> None:
    source = "@odw.workflow\nasync def case(from_: str = 'a', to: str = 'b'):\n    return [from_, to]\n"
    assert run_py(source, args={"from": "x"}).result == ["x", "b"]
    assert "has no parameter 'from_'" in run_py(source, args={"from_": "x"}).error.message
