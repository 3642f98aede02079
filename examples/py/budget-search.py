"""A search bounded by money: keep exploring ideas while the budget lasts, always leave enough for the summary.

Why this shape: with a budget, "how many agents" is the wrong question. The loop asks what is left before each round
and keeps a reserve for the last step. Without a budget `remaining()` is infinite, so a round limit guards the loop.
"""

from typing import Annotated

from pydantic import BaseModel, Field

import odw

ROUNDS = 4
BATCH = 3


class Idea(BaseModel):
    idea: Annotated[str, Field(min_length=3)]
    value: Annotated[int, Field(ge=0, le=100)]


@odw.agent(label="variant {round}.{variant}")
async def propose(goal: str, best: str, round: int, variant: int) -> Idea:
    """Goal: {goal}. Best so far: {best}. Propose something different (round {round}, variant {variant})."""
    return odw.prompt()


@odw.agent(label="summary")
async def summarize(goal: str, best: str) -> str:
    """Summarize why "{best}" is the way to {goal}."""
    return odw.prompt()


@odw.workflow(phases=["Explore", "Summarize"])
async def budget_search(goal: str = "make the test suite faster", reserve: int = 500) -> dict[str, object]:
    """Explore variants of a solution until the budget or the rounds run out, then summarize the best"""
    best = Idea.model_construct(idea="do nothing", value=-1)
    tried = 0

    odw.phase("Explore")
    for round in range(1, ROUNDS + 1):
        if odw.budget.remaining() <= reserve:
            break
        variants = range(1, BATCH + 1)
        proposed = await odw.parallel([propose(goal, best.idea, round, variant) for variant in variants])
        ideas = [idea for idea in proposed if idea]
        tried += len(ideas)
        best = max([best, *ideas], key=lambda idea: idea.value)  # the first of equals
    odw.log(f"{tried} ideas tried, best is worth {best.value}")

    odw.phase("Summarize")
    summary = await summarize(goal, best.idea)
    budgeted = odw.budget.total is not None
    return {"goal": goal, "tried": tried, "best": best, "summary": summary, "budgeted": budgeted}
