"""A judge panel: several independent proposals, scored by several judges with different priorities.

Why this shape: asking one agent for "the best design" gets its first idea. Independent attempts from different
starting points cover more ground, and judges who each care about one thing disagree usefully.
"""

import math
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, Field

import odw

ANGLES = ["the simplest thing that works", "the most robust under failure", "the cheapest to operate"]
JUDGES = ["a maintainer who will own it for years", "an operator on call", "a user of the API"]


class Score(BaseModel):
    score: Annotated[float, Field(ge=0, le=10)]
    strength: str
    weakness: str


@dataclass
class Scored:
    angle: str
    text: str
    notes: list[Score]

    @property
    def mean(self) -> float:
        mean = sum(note.score for note in self.notes) / (len(self.notes) or 1)
        return math.floor(mean * 100 + 0.5) / 100  # halves go up


@odw.agent(label="propose: {angle}")
async def propose(task: str, angle: str) -> str:
    """{task}
    Aim for {angle}."""
    return odw.prompt()


@odw.agent(label="judge {angle}")
async def score(judge: str, task: str, angle: str, text: str) -> Score:
    """As {judge}, score this proposal from 0 to 10.
    Task: {task}

    {text}"""
    return odw.prompt()


@odw.agent(label="refine", effort="high")
async def refine(winner: Scored, others: list[Scored]) -> str:
    weaknesses = "\n".join(f"- {note.weakness}" for note in winner.notes)
    strengths = "\n".join(f"- ({other.angle}) {note.strength}" for other in others for note in other.notes)
    return (
        "Refine this proposal. Keep its strengths, mend its weaknesses, and graft in the best idea of the others.\n\n"
        f"{winner.text}\n\nWeaknesses named by the judges:\n{weaknesses}\n\nStrengths of the others:\n{strengths}"
    )


@odw.workflow(phases=["Propose", "Judge", "Refine"])
async def judge_panel(task: str = "Design a rate limiter for a public API") -> dict[str, object]:
    """Generate independent proposals, score them with a panel of judges, refine the winner"""
    odw.phase("Propose")
    proposals = await odw.parallel([propose(task, angle) for angle in ANGLES])

    async def judge(angle: str, text: str) -> Scored:
        scores = await odw.parallel([score(judge, task, angle, text) for judge in JUDGES])
        return Scored(angle, text, [given for given in scores if given])

    odw.phase("Judge")
    panel = await odw.gather(
        [judge(angle, text) for angle, text in zip(ANGLES, proposals, strict=True) if text is not None]
    )
    if not panel:
        raise RuntimeError("no proposal survived")
    panel.sort(key=lambda scored: -scored.mean)
    winner, *others = panel
    odw.log(f"winner: {winner.angle} with {winner.mean:.2f}")

    odw.phase("Refine")
    final = await refine(winner, others)
    return {"winner": winner.angle, "scores": {scored.angle: scored.mean for scored in panel}, "final": final}
