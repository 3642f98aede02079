"""``claude -p --output-format stream-json``."""

from __future__ import annotations

import json
from typing import Any

MODEL = "claude-kit"


class Dialect:
    whole = False
    session = "kit-session-1"

    def __init__(self, options: dict[str, Any]) -> None:
        self.usage = {"input": 11, "output": 7}
        self.fails = {
            "rate_limit": (self._failed("rate_limit", 429, "Too many requests"), 1),
            "authentication": (self._failed("authentication_failed", 401, "Invalid API key"), 1),
            "overload": (self._failed("overloaded", 529, "Overloaded"), 1),
        }

    def begin(self) -> list[Any]:
        tools = ["Bash", "Read", "StructuredOutput"]
        return [
            {
                "type": "system",
                "subtype": "init",
                "session_id": self.session,
                "model": MODEL,
                "tools": tools,
            }
        ]

    def say(self, text: str) -> list[Any]:
        return [self._assistant("m1", [{"type": "text", "text": text}])]

    def tool(self, name: str, what: str) -> list[Any]:
        return [self._assistant("m2", [_use(name, {"command": what})])]

    def end(self, text: str, usage: dict[str, Any] | None) -> list[Any]:
        return [
            self._assistant("m3", [{"type": "text", "text": text}], usage),
            self._result(text, usage),
        ]

    def end_value(self, value: Any, usage: dict[str, Any] | None) -> list[Any]:
        return [
            self._assistant("m3", [_use("StructuredOutput", value)], usage),
            {**self._result(json.dumps(value), usage), "structured_output": value},
        ]

    def _assistant(
        self, name: str, content: list[Any], usage: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        message = {"id": name, "role": "assistant", "model": MODEL, "content": content, **_told(usage)}
        return {
            "type": "assistant",
            "message": message,
            "parent_tool_use_id": None,
            "session_id": self.session,
        }

    def _result(self, text: str, usage: dict[str, Any] | None) -> dict[str, Any]:
        cost = {} if usage is None or "cost" not in usage else {"total_cost_usd": usage["cost"]}
        result = {"type": "result", "subtype": "success", "is_error": False, "result": text}
        return {**result, "session_id": self.session, **cost, **_told(usage)}

    def _failed(self, kind: str, status: int, said: str) -> list[Any]:
        message = {
            "id": "m4",
            "model": "<synthetic>",
            "content": [{"type": "text", "text": said}],
        }
        result = {**self._result(f"API Error: {status} {said}", None), "is_error": True}
        return [
            {"type": "assistant", "message": message, "error": kind, "session_id": self.session},
            {**result, "api_error_status": status},
        ]


def _told(usage: dict[str, Any] | None) -> dict[str, Any]:
    if usage is None:
        return {}
    return {"usage": {"input_tokens": usage.get("input"), "output_tokens": usage.get("output")}}


def _use(name: str, given: Any) -> dict[str, Any]:
    return {"type": "tool_use", "id": "t1", "name": name, "input": given}
