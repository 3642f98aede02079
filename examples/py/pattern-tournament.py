"""A name for the project: several writers suggest, a knock-out tournament decides.

Why this shape: "score this name from 0 to 10" gives sevens. "Which of these two?" gives an answer, and five names need
only four matches.
"""

from typing import Annotated, Any, TypedDict

from pydantic import Field

import odw
from odw.patterns import tournament


class Suggestion(TypedDict):
    name: Annotated[str, Field(min_length=3)]


@odw.agent(label="suggest: {mood}", phase="Suggest")
async def suggest(project: str, mood: str) -> Suggestion:
    """Suggest one name for {project}. Mood: {mood}."""
    return odw.prompt()


MOODS = ["plain", "playful", "from astronomy", "from cooking", "one syllable"]


@odw.workflow(phases=["Suggest", "Matches"])
async def pattern_tournament(
    project: str = "a command line tool that finds files nobody has opened for a year",
) -> dict[str, Any]:
    """Collect suggestions and find the best by comparing them in pairs"""
    suggestions = await odw.parallel([suggest(project, mood) for mood in MOODS])
    names = [suggestion["name"] for suggestion in suggestions if suggestion]
    if not names:
        raise RuntimeError("nobody suggested a name")

    bracket = await tournament(f"A name for {project}.", names, judges=3)
    matches = [match for played in bracket.rounds for match in played if match.b is not None]
    return {
        "winner": bracket.winner,
        "names": names,
        "matches": len(matches),
        "close": sum(match.decided != "votes" for match in matches),
        "abstained": bracket.abstained,
    }
