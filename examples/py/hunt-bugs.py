"""Loop until dry: keep sending finders until two rounds in a row bring nothing new.

Why this shape: nobody knows beforehand how many bugs there are. A fixed count stops too early or wastes money; two
dry rounds in a row is a cheap signal that this kind of search is exhausted. A hard cap on rounds keeps it finite.
"""

import json
from typing import Annotated, Literal, TypedDict

from pydantic import Field

import odw

MAX_ROUNDS = 6
FINDERS = 3


class Bug(TypedDict):
    file: Literal["parser.py", "cache.py", "server.py"]
    line: Annotated[int, Field(ge=1, le=4)]
    summary: str


class Report(TypedDict):
    bugs: Annotated[list[Bug], Field(max_length=3)]


class KnownBug(Bug):
    round: int


@odw.agent(label="finder {finder}")
async def hunt(round: int, finder: int, known: str) -> Report:
    """Round {round}, finder {finder}: look for bugs that are not already known ({known})."""
    return odw.prompt()


@odw.agent(label="rank")
async def rank(bugs: list[KnownBug]) -> str:
    return f"Rank these bugs by damage, worst first:\n{json.dumps(bugs, indent=2, ensure_ascii=False)}"


@odw.workflow(phases=["Hunt", "Rank"])
async def hunt_bugs() -> dict[str, object]:
    """Search for bugs in rounds until two rounds in a row find nothing new"""
    seen: dict[str, KnownBug] = {}  # "file:line" -> bug; the same place reported twice is one bug
    dry = round = 0

    while dry < 2 and round < MAX_ROUNDS:
        round += 1
        odw.phase("Hunt", f"round {round}")
        known = ", ".join(seen) or "none yet"
        finders = range(1, FINDERS + 1)
        reports = await odw.parallel([hunt(round, finder, known) for finder in finders])
        before = len(seen)
        for bug in (bug for report in reports if report for bug in report["bugs"]):
            seen.setdefault(f"{bug['file']}:{bug['line']}", {**bug, "round": round})
        fresh = len(seen) - before
        dry = 0 if fresh else dry + 1
        odw.log(f"round {round}: {fresh} new, {len(seen)} in total")

    if not seen:
        return {"rounds": round, "bugs": []}

    odw.phase("Rank")
    bugs = sorted(seen.values(), key=lambda bug: (bug["file"], bug["line"]))
    return {"rounds": round, "exhausted": dry >= 2, "bugs": bugs, "ranking": await rank(bugs)}
