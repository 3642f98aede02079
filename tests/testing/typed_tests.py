"""Tests of a workflow as mypy sees them; test_types_of_tests.py looks at what it says."""

from __future__ import annotations

import re
from typing import assert_type

import odw
from odw.testing import Call, Calls, Project, Run, fails, in_turn, recorded, reply, run, synthesized


@odw.agent(label="ask")
async def ask(n: int) -> str:
    """The number is {n}"""
    return odw.prompt()


@odw.workflow
async def flow(n: int = 1) -> str | None:
    return await ask(n)


def test_types(odw_run: Project) -> None:
    answers = {
        ask: lambda n: str(n),
        re.compile("x"): fails("timeout"),
        "*": in_turn(reply("x", after=3), recorded),
    }
    ran = odw_run(flow, {"n": 1}, answers=answers, budget="5k", concurrency=1)
    assert_type(ran, Run)
    assert_type(ran.resume(), Run)
    assert_type(ran.calls.labelled("*").failed, Calls)
    assert_type(ran.calls.one, Call)
    assert_type(ran.calls[0].prompt, str)
    assert_type(run(flow, answers=synthesized), Run)
