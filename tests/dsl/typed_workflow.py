"""A workflow whose types ``test_typing.py`` has mypy look at."""

from __future__ import annotations

from typing import Any, assert_type

from pydantic import BaseModel

import odw


class Finding(BaseModel):
    file: str


@odw.agent(phase="Review", retries=2)
async def review(dimension: str) -> list[Finding]:
    """Review {dimension}."""
    return odw.prompt()


@odw.agent(on_failure="throw")
async def strict(dimension: str) -> Finding:
    return odw.prompt(f"x {dimension}", label="l")


@odw.agent
async def text(n: int) -> str:
    """Say {n}."""
    return odw.prompt()


@odw.step
async def files(base: str = "HEAD") -> list[str]:
    return [base]


@odw.workflow(name="w", phases=["A"])
async def flow(names: list[str], *, strictly: bool = False) -> dict[str, int]:
    """A flow."""
    assert_type(await review("a"), list[Finding] | None)
    assert_type(await strict("a"), Finding)
    assert_type(await text(3), str | None)
    assert_type(await files(), list[str])
    assert_type(await odw.call("x"), str | None)
    assert_type(await odw.call("x", schema=Finding), Finding | None)
    assert_type(await odw.call("x", schema={"type": "object"}, label="l"), Any)
    assert_type(await odw.parallel_map(strict, names), list[Finding | None])
    assert_type(await odw.parallel([lambda: strict("a")]), list[Finding | None])
    assert_type(await odw.parallel([strict("a"), strict("b")]), list[Finding | None])
    assert_type(await odw.race([lambda: strict("a")]), Finding)
    async with odw.phase("B"), odw.timeout(3):
        assert_type(await odw.workflow("child", {"a": 1}), Any)
    assert_type(await flow(["a"]), dict[str, int])
    return {}


@odw.workflow
async def plain() -> str:
    return str(odw.now()) + odw.uuid() + str(odw.random() + odw.budget.spent())


if __name__ == "__main__":
    odw.run(flow, {"names": []}, backend="mock")
