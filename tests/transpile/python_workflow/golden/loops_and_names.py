"""Rounds until nothing new comes.

Each round knows what is known.
"""

from __future__ import annotations

from typing import Any

import odw
from odw import js

FOUND = {
    "type": "object",
    "required": ["items"],
    "properties": {
        # short ones
        "items": {"type": "array", "items": {"type": "string"}},
    },
}
max_rounds = 3


# One look.
async def look_again(round_number: int, known: list[str]) -> list[str]:
    answer = await odw.call(
        f"Round {round_number}: not {', '.join(known)}",
        label=f"look {round_number}",
        schema=FOUND,
    )
    return answer["items"] if answer else []


@odw.workflow(
    name="loops-and-names",
    phases=[{"title": "Find", "detail": "in rounds"}],
    when_to_use="when a single look is not enough",
)
async def loops_and_names() -> Any:
    """Rounds until nothing new comes."""
    last_count = -1

    odw.phase("Find")
    seen_items = []
    for i in range(max_rounds):
        fresh = [item for item in await look_again(i + 1, seen_items) if item not in seen_items]
        if not fresh:
            break  # dry
        seen_items.extend(fresh)
        last_count = len(fresh)
    return {
        "seenItems": seen_items,
        "lastCount": last_count,
        "sizes": [js.length(item) for item in seen_items],
    }
