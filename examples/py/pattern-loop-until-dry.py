"""Every place that still uses the old API: search until two rounds in a row find no more, then plan.

Why this shape: one search misses some, and nobody knows how many there are. The list of what is known goes into each
prompt, and the same place reported twice is one place.
"""

from typing import Any

import odw
from odw.patterns import loop_until_dry

USE = {
    "type": "object",
    "required": ["file", "line"],
    "properties": {
        "file": {"enum": ["app.py", "jobs.py", "admin.py"]},
        "line": {"type": "integer", "minimum": 1, "maximum": 3},
    },
}


@odw.agent(label="plan", phase="Plan")
async def plan_removal(api: str, uses: list[dict[str, Any]]) -> str:
    """Plan the removal of {api}, file by file. It is used here:
    {uses}"""
    return odw.prompt()


@odw.workflow(phases=["Search", "Plan"])
async def pattern_loop_until_dry(api: str = "Session.execute_raw()") -> dict[str, Any]:
    """Find every use of an API that goes away, and plan the change"""
    found = await loop_until_dry(
        f"Find every place in this repository that uses {api}, also through another name.",
        USE,
        key=["file", "line"],
        rounds=6,
    )
    if found.stopped != "dry":
        odw.log(f"the list may be incomplete: stopped by {found.stopped}")
    return {
        "api": api,
        "uses": found.items,
        "rounds": found.rounds,
        "complete": found.stopped == "dry",
        "plan": await plan_removal(api, found.items),
    }
