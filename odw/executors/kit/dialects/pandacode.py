"""``pandacode RUNTIME exec --json``: words for people on the way, a report on the last line."""

from __future__ import annotations

import json
from typing import Any


class Dialect:
    whole = False
    session = "kit-session-1"

    def __init__(self, options: dict[str, Any]) -> None:
        self.usage = {"input": 11, "output": 7}
        self.fails = {
            category: ([self._report("failed", error={"category": category, "message": "refused"})], 1)
            for category in ("rate_limit", "authentication")
        }

    def begin(self) -> list[Any]:
        return ["starting"]

    def say(self, text: str) -> list[Any]:
        return [f"agent: {text}"]

    def tool(self, name: str, what: str) -> list[Any]:
        return [f"tool: {name}: {what}"]

    def end(self, text: str, usage: dict[str, Any] | None) -> list[Any]:
        summary: dict[str, Any] = {"last_agent_message": f"{text}\nPANDACODE_DONE_1700000000000_42"}
        if usage is not None:
            summary["usage"] = {
                "input_tokens": usage.get("input"),
                "output_tokens": usage.get("output"),
                "cost_usd": usage.get("cost"),
            }
        return [self._report("completed", summary=summary)]

    def end_value(self, value: Any, usage: dict[str, Any] | None) -> list[Any]:
        return self.end(json.dumps(value), usage)

    def _report(self, state: str, **more: Any) -> dict[str, Any]:
        return {"ok": state == "completed", "state": state, "session": self.session, **more}
