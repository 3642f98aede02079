"""``python -m odw.executors.bamboo``: events as odw's own, and a result on the last line."""

from __future__ import annotations

import json
from typing import Any

MODEL = "bamboo-kit"


class Dialect:
    whole = False
    session = None

    def __init__(self, options: dict[str, Any]) -> None:
        self.usage = {"input": 11, "output": 7}
        self.fails = {
            category: ([{"type": "result", "text": "", "error": {"category": category, "message": "no"}}], 1)
            for category in ("rate_limit", "authentication", "quota", "overload")
        }

    def begin(self) -> list[Any]:
        return [{"type": "started", "program": "bamboo", "model": MODEL}]

    def say(self, text: str) -> list[Any]:
        return [{"type": "text", "text": text}]

    def tool(self, name: str, what: str) -> list[Any]:
        return [{"type": "tool", "name": name, "summary": what}]

    def end(self, text: str, usage: dict[str, Any] | None) -> list[Any]:
        told = (
            {} if usage is None else {"usage": {"input": usage.get("input"), "output": usage.get("output")}}
        )
        events = [{"type": "usage", **told}] if told else []
        return [*events, {"type": "result", "text": text, "stop": "finish", "model": MODEL, **told}]

    def end_value(self, value: Any, usage: dict[str, Any] | None) -> list[Any]:
        *events, result = self.end(json.dumps(value), usage)
        return [*events, {**result, "value": value}]
