"""Workflows in Python that the tests here run."""

from __future__ import annotations

from typing import Literal

import trio
from pydantic import BaseModel

import odw


class Verdict(BaseModel):
    real: bool
    why: str = ""


@odw.agent(label="find {area}", phase="Find", model="haiku")
async def find(area: str) -> list[str]:
    """Find problems in {area}."""
    return odw.prompt()


@odw.agent(label="judge", phase="Judge")
async def judge(problem: str, *, strictness: Literal["low", "high"] = "low") -> Verdict:
    """Is this real ({strictness})? {problem}"""
    return odw.prompt()


@odw.step
async def areas() -> list[str]:
    """What takes real time, in a thread."""
    await trio.to_thread.run_sync(lambda: None)
    return ["a", "b"]


@odw.workflow(name="hunt", phases=["Find", "Judge"])
async def hunt(only: list[str] | None = None) -> dict[str, list[str]]:
    """Find problems in all areas, and judge them."""
    found = await odw.parallel_map(find, only or await areas())
    problems = [problem for some in found if some for problem in some]
    verdicts = await odw.parallel_map(judge, problems)
    odw.log(f"{len(problems)} problems")
    odw.checkpoint("problems", problems)
    return {
        "real": [
            problem for problem, verdict in zip(problems, verdicts, strict=True) if verdict and verdict.real
        ]
    }
