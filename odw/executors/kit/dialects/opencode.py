"""``opencode run --format json``."""

from __future__ import annotations

import json
from typing import Any


class Dialect:
    whole = False
    session = "ses_kit1"

    def __init__(self, options: dict[str, Any]) -> None:
        self.usage = {"input": 11, "output": 7}
        self.fails = {
            "rate_limit": (self._failed(429, "Too many requests"), 1),
            "authentication": (self._failed(401, "Invalid API key"), 1),
        }

    def begin(self) -> list[Any]:
        return [self._event("step_start"), self._event("step_finish", reason="tool-calls")]

    def say(self, text: str) -> list[Any]:
        """In a step of its own, as what is said before a tool is used."""
        return self._step(text, "tool-calls", {})

    def tool(self, name: str, what: str) -> list[Any]:
        state = {"status": "completed", "input": {"command": what}}
        return [self._event("tool_use", tool=name.lower(), state=state)]

    def end(self, text: str, usage: dict[str, Any] | None) -> list[Any]:
        if usage is None:
            return self._step(text, "stop", {})
        tokens = {"input": usage.get("input"), "output": usage.get("output"), "reasoning": 0}
        return self._step(text, "stop", {"tokens": tokens, "cost": usage.get("cost")})

    def end_value(self, value: Any, usage: dict[str, Any] | None) -> list[Any]:
        return self.end(json.dumps(value), usage)

    def _step(self, text: str, reason: str, told: dict[str, Any]) -> list[Any]:
        said = self._event("text", text=text)
        return [self._event("step_start"), said, self._event("step_finish", reason=reason, **told)]

    def _event(self, kind: str, **part: Any) -> dict[str, Any]:
        return {"type": kind, "sessionID": self.session, "part": {"type": kind.replace("_", "-"), **part}}

    def _failed(self, status: int, said: str) -> list[Any]:
        error = {"name": "APIError", "data": {"message": said, "statusCode": status}}
        return [{"type": "error", "sessionID": self.session, "error": error}]
