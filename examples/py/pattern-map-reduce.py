"""Release notes from many commits: eight at a time, then put together.

Why this shape: an agent that is given two hundred commits reads the first thirty. Given eight, it reads eight; the second
step only has to merge short lists.
"""

from typing import Annotated, Any, TypedDict

from pydantic import Field

import odw
from odw.patterns import map_reduce


class Notes(TypedDict):
    headline: str
    changes: Annotated[list[str], Field(max_length=5)]


AREAS = ["parser", "cache", "server", "docs"]
COMMITS = [f"{AREAS[i % len(AREAS)]}: change number {i + 1}" for i in range(24)]


@odw.workflow(phases=["Map", "Reduce"])
async def pattern_map_reduce(commits: list[str] = COMMITS) -> dict[str, Any]:
    """Write release notes from a long list of commits, in chunks"""
    notes = await map_reduce(
        "Say what changed for users of the program. Leave out what they cannot notice.",
        commits,
        size=8,
        schema=Notes,
        mapper={"model": "haiku"},
    )
    return {
        "commits": len(commits),
        "chunks": notes.chunks,
        "missing": notes.failed,
        "notes": notes.result,
    }
