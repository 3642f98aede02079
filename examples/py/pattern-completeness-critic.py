"""A migration plan that forgets nothing: a critic names what is missing, others write it.

Why this shape: an agent that wrote a plan thinks it is complete. One that is only asked what is missing finds the
rollback, the backup and the person who has to be told.
"""

from typing import Any

import odw
from odw.patterns import completeness_critic


@odw.workflow(phases=["Draft", "Critique", "Fill"])
async def pattern_completeness_critic(
    task: str = "Plan the move of the user database to a new major version without downtime.",
) -> dict[str, Any]:
    """Write a migration plan and add what a critic finds missing"""
    odw.phase("Draft")
    draft = await odw.call(task, label="draft")
    if draft is None:
        raise RuntimeError("there is no draft")

    plan = await completeness_critic(task, draft, rounds=2, limit=3, critic={"model": "opus"})
    return {
        "complete": plan.complete,
        "rounds": plan.rounds,
        "plan": "\n\n".join([draft, *(part.answer for part in plan.added)]),
        "added": [part.gap for part in plan.added],
        "open": plan.open,
    }
