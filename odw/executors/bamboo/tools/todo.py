"""A list of things to do, which the model keeps for itself: it helps on long tasks."""

from __future__ import annotations

from typing import Any

from odw.executors.bamboo.tools import Tool, parameters
from odw.executors.bamboo.workspace import Refused

STATES = ("open", "doing", "done")
MOST = 50


def tools() -> list[Tool]:
    item = parameters(("task", "state"), task={"type": "string"}, state={"enum": list(STATES)})
    return [
        Tool(
            "todo",
            "Write down the steps of a longer task, and keep their state up to date. Gives the list back.",
            parameters(("items",), items={"type": "array", "items": item}),
            _todo,
        )
    ]


def _todo(arguments: dict[str, Any]) -> str:
    items = arguments.get("items")
    if not isinstance(items, list) or len(items) > MOST:
        raise Refused(f"items: expected a list of at most {MOST} tasks")
    lines = []
    for item in items:
        if (
            not isinstance(item, dict)
            or not isinstance(item.get("task"), str)
            or item.get("state") not in STATES
        ):
            raise Refused(f"items: expected {{task, state}} with a state of {', '.join(STATES)}")
        lines.append(f"[{item['state']}] {item['task'][:300]}")
    return "\n".join(lines) or "(nothing to do)"
