"""What type checkers see of the patterns; read by test_typing.py, never run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, TypedDict, assert_type

import odw
from odw.patterns import (
    Chunk,
    Completed,
    Consensus,
    Gate,
    Gated,
    Harvest,
    Panel,
    Reduced,
    Retried,
    Scouted,
    Search,
    Yield,
    adversarial_verify,
    completeness_critic,
    consensus_vote,
    judge_panel,
    loop_until_budget,
    loop_until_dry,
    map_reduce,
    perspective_verify,
    quality_gate,
    retry_until_passes,
    scout_first,
    tournament,
)


class Bug(TypedDict):
    file: str
    line: int


async def find(search: Search[Bug]) -> list[Bug] | None:
    return search.known


async def size_of(chunk: Chunk[str]) -> int | None:
    return len(chunk.text)


async def total(parts: list[int]) -> int | None:
    return sum(parts)


async def length(bug: Bug) -> int | None:
    return len(bug["file"])


async def make(attempt: int, feedback: str) -> Bug | None:
    return None


async def check(bug: Bug) -> bool | Sequence[str] | None:
    return bug["line"] > 0


STEPS: tuple[Literal["minor", "major"], ...] = ("minor", "major")


@odw.workflow
async def flow(bugs: list[Bug]) -> list[Bug]:
    """Every pattern with types."""
    assert_type((await adversarial_verify(bugs)).confirmed, list[Bug])
    assert_type(
        (await perspective_verify(bugs, prompt=lambda bug, view: bug["file"] + view)).refuted, list[Bug]
    )
    assert_type(await judge_panel("T"), Panel[str])
    assert_type(await judge_panel("T", bugs), Panel[Bug])
    assert_type((await tournament("T", bugs)).winner, Bug)
    assert_type((await consensus_vote("Q", STEPS)).winner, Literal["minor", "major"] | None)
    assert_type(await consensus_vote("Q", ["a", "b"]), Consensus[str])
    assert_type(await loop_until_dry("T"), Harvest[str])
    assert_type(await loop_until_dry("T", Bug, key=["file"]), Harvest[Bug])
    assert_type(await loop_until_dry(find), Harvest[Bug])
    assert_type(await loop_until_budget("T"), Yield[str])
    assert_type(await loop_until_budget("T", Bug, reserve=5), Yield[Bug])
    assert_type(await map_reduce("T", ["a"], map=size_of, reduce=total), Reduced[int, int])
    assert_type(await map_reduce("T", "text", schema=Bug), Reduced[str, Bug])
    assert_type(await map_reduce("T", "text", schema=Bug, part_schema=Bug), Reduced[Bug, Bug])
    assert_type(await map_reduce("T", ["a"]), Reduced[Any, Any])
    assert_type(await completeness_critic("T", bugs), Completed[list[Bug], str])
    assert_type(await retry_until_passes("T"), Retried[str])
    assert_type(await retry_until_passes("T", Bug, check=check), Retried[Bug])
    assert_type(await retry_until_passes(make, check=check), Retried[Bug])
    assert_type(await scout_first("T", Bug, work=length), Scouted[Bug, int])
    assert_type(await scout_first("T", Bug), Scouted[Bug, str])
    assert_type(await quality_gate([Gate("tests", command="make test")]), Gated)
    assert_type(await odw.patterns.tournament("T", ["a"], judge={"model": "m"}), odw.patterns.Bracket[str])
    return bugs


async def wrong(bugs: list[Bug]) -> None:
    await adversarial_verify(bugs, skeptic={"modle": "m"})  # arg-type
    await tournament("T", bugs, judge={"effort": 3})  # arg-type
    await quality_gate(["make test"])  # list-item
    await consensus_vote("Q", STEPS, voters="5")  # arg-type
    await loop_until_dry("T", finder={"model": "m"}, dry=1)  # call-overload
