"""Major, minor or patch? Five agents vote on each change, and the largest step wins.

Why this shape: one agent calls the same change minor today and patch tomorrow. A vote is stable, a tie is broken by
reasons, and a change that nobody can tell is left to a person.
"""

from typing import Any

import odw
from odw.patterns import Consensus, consensus_vote

STEPS = ["patch", "minor", "major"]
CHANGES = [
    "A parameter got a default value.",
    "An exception has another message.",
    "A function was removed.",
]


async def vote_on(change: str) -> Consensus[str]:
    return await consensus_vote(
        f"Which step of semantic versioning does this change ask for? {change}", STEPS
    )


@odw.workflow(phases=["Vote", "Tie-break"])
async def pattern_consensus_vote(changes: list[str] = CHANGES) -> dict[str, Any]:
    """Decide the next version by a vote on each change"""
    votes = await odw.parallel_map(vote_on, changes)
    decided = [vote for vote in votes if vote]
    winners = {vote.winner for vote in decided}
    return {
        "step": next((step for step in reversed(STEPS) if step in winners), None),
        "open": [
            change for change, vote in zip(changes, votes, strict=True) if vote is None or vote.winner is None
        ],
        "votes": [
            {"winner": vote.winner, "how": vote.decided, "abstained": vote.abstained} for vote in decided
        ],
    }
