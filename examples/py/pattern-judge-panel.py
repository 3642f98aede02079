"""Three designs, three judges, one refined winner.

Why this shape: "the best design" from one agent is its first idea. Proposals from different angles cover more ground,
and the judges' reasons, not only their scores, go into the last version.
"""

from typing import Any

import odw
from odw.patterns import judge_panel


@odw.workflow(phases=["Propose", "Judge", "Refine"])
async def pattern_judge_panel(
    task: str = "Design the storage of an undo history for a drawing program.",
) -> dict[str, Any]:
    """Propose designs from different angles, let a panel judge them, and refine the winner"""
    panel = await judge_panel(
        task,
        angles=["the least memory", "the simplest code", "undo across sessions"],
        judge={"model": "sonnet"},
        refiner={"effort": "high"},
    )
    if panel.winner is None:
        raise RuntimeError("no design was proposed and judged")
    return {
        "winner": panel.winner.angle,
        "means": [{"angle": entry.angle, "mean": entry.mean} for entry in panel.ranking],
        "missing": panel.abstained,
        "design": panel.final,
    }
