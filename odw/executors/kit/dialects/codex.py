"""``codex exec --json``."""

from __future__ import annotations

import json
from typing import Any


class Dialect:
    whole = False
    session = "kit-thread-1"

    def __init__(self, options: dict[str, Any]) -> None:
        self.usage = {"input": 11, "output": 7}
        self.fails = {
            "rate_limit": (
                [{"type": "turn.failed", "error": {"message": "last status: 429 Too Many Requests"}}],
                1,
            ),
            "authentication": (
                [{"type": "turn.failed", "error": {"message": "401 Unauthorized: no key"}}],
                1,
            ),
        }

    def begin(self) -> list[Any]:
        return [{"type": "thread.started", "thread_id": self.session}, {"type": "turn.started"}]

    def say(self, text: str) -> list[Any]:
        return [_item({"type": "agent_message", "text": text})]

    def tool(self, name: str, what: str) -> list[Any]:
        item = {"id": "i1", "type": "command_execution", "command": what}
        return [{"type": "item.started", "item": item}, _item({**item, "exit_code": 0})]

    def end(self, text: str, usage: dict[str, Any] | None) -> list[Any]:
        told = (
            {}
            if usage is None
            else {"input_tokens": usage.get("input"), "output_tokens": usage.get("output")}
        )
        return [*self.say(text), {"type": "turn.completed", "usage": told}]

    def end_value(self, value: Any, usage: dict[str, Any] | None) -> list[Any]:
        return self.end(json.dumps(value), usage)


def _item(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "item.completed", "item": item}
