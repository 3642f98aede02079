"""How the program of ``third_executor`` speaks: a line of JSON for each thing it does, ``{"answer": …}`` at the end."""

from __future__ import annotations

import json
from typing import Any


class Dialect:
    whole = False
    session = None

    def __init__(self, options: dict[str, Any]) -> None:
        self.usage = {"input": 11, "output": 7}
        self.fails = {"rate_limit": ([{"refused": "too many requests"}], 0)}

    def begin(self) -> list[Any]:
        return [{"hello": "third"}]

    def say(self, text: str) -> list[Any]:
        return [{"says": text}]

    def tool(self, name: str, what: str) -> list[Any]:
        return [{"uses": name, "on": what}]

    def end(self, text: str, usage: dict[str, Any] | None) -> list[Any]:
        return [{"answer": text, "tokens": usage}]

    def end_value(self, value: Any, usage: dict[str, Any] | None) -> list[Any]:
        return self.end(json.dumps(value), usage)
