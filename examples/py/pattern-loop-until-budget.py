"""Test ideas for as long as the money lasts, with enough left to choose the best.

Why this shape: there is always one more test to think of. What is left of the budget decides, not a number of rounds;
without --budget the rounds do.
"""

from typing import Any

import odw
from odw.patterns import loop_until_budget


@odw.workflow(phases=["Rounds", "Choose"])
async def pattern_loop_until_budget(
    subject: str = "a function that parses dates in many formats",
) -> dict[str, Any]:
    """Collect ideas for tests until the budget is spent, and choose the best"""
    ideas = await loop_until_budget(
        f"Think of one input that could break {subject}, and say what it should do with it.",
        batch=3,
        rounds=3,
        reserve=2000,
        worker={"model": "haiku"},
    )

    odw.phase("Choose")
    listed = "\n".join(ideas.results)
    best = await odw.call(
        f"Choose the five of these tests of {subject} that are most likely to fail:\n{listed}", label="choose"
    )
    return {
        "subject": subject,
        "ideas": len(ideas.results),
        "rounds": ideas.rounds,
        "stopped": ideas.stopped,
        "best": best,
    }
