"""Several drafts, one choice."""

from __future__ import annotations

from typing import Any

import odw
from odw import js

ANGLES = ["simple", "robust"]
CHOICE = {"type": "object", "required": ["number"], "properties": {"number": {"type": "integer"}}}


@odw.workflow(name="best-of", phases=["Propose"])
async def best_of() -> Any:
    """Several drafts, one choice."""
    args = js.args()
    task = js.coalesce(js.maybe(args, "task"), "a rate limiter")
    drafts = [
        item
        for item in await odw.parallel_map(
            lambda angle: odw.call(f"Design {js.text(task)}. Aim for {angle}.", label=f"propose: {angle}"),
            ANGLES,
        )
        if item
    ]
    judged = await odw.call("Choose the best:\n" + "\n---\n".join(drafts), schema=CHOICE, effort="high")
    if not judged:
        raise js.Error("nobody chose")
    odw.log(f"chose {js.text(judged['number'])} of {len(drafts)}")
    return js.coalesce(js.get(drafts, judged["number"]), None)
