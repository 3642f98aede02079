"""``gemini --output-format stream-json``."""

from __future__ import annotations

import json
from typing import Any

MODEL = "gemini-kit"


class Dialect:
    whole = False
    session = "kit-session-1"

    def __init__(self, options: dict[str, Any]) -> None:
        self.usage = {"input": 11, "output": 7}
        self.fails = {
            "rate_limit": (_failed(429, "Too many requests"), 1),
            "authentication": (_failed(401, "Request had invalid authentication credentials"), 1),
        }

    def begin(self) -> list[Any]:
        return [{"type": "init", "session_id": self.session, "model": MODEL}]

    def say(self, text: str) -> list[Any]:
        return [_message(text, delta=True)]

    def tool(self, name: str, what: str) -> list[Any]:
        return [{"type": "tool_use", "tool_name": name, "parameters": {"command": what}}]

    def end(self, text: str, usage: dict[str, Any] | None) -> list[Any]:
        result: dict[str, Any] = {"type": "result", "status": "success"}
        if usage is not None:
            sent, got = usage.get("input"), usage.get("output")
            total = sent + got if isinstance(sent, int) and isinstance(got, int) else sent
            result["stats"] = {"input_tokens": sent, "output_tokens": got, "cached": 0, "total_tokens": total}
        return [_message(text, delta=False), result]

    def end_value(self, value: Any, usage: dict[str, Any] | None) -> list[Any]:
        return self.end(json.dumps(value), usage)


def _message(text: str, *, delta: bool) -> dict[str, Any]:
    return {"type": "message", "role": "assistant", "content": text, "delta": delta}


def _failed(status: int, said: str) -> list[Any]:
    server = json.dumps({"error": {"code": status, "message": said}})
    error = {"type": "ApiError", "message": f"[API Error: {server}]"}
    return [{"type": "result", "status": "error", "error": error}]
