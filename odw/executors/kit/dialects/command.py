"""A declared program: its table says where the answer and the usage stand (``output``, ``result``, ``usage``)."""

from __future__ import annotations

import json
from typing import Any


class Dialect:
    def __init__(self, options: dict[str, Any]) -> None:
        self._output: str = options.get("output", "text")
        self._lines = self._output == "jsonl"
        self._result: str = options.get("result", "")
        self._paths: dict[str, str] = options.get("usage", {})
        self.whole = not self._lines
        self.session = None
        self.usage = {field: told for field, told in (("input", 11), ("output", 7)) if field in self._paths}
        codes: dict[str, str] = options.get("exit_codes", {})
        self.fails: dict[str, tuple[list[Any], int]] = {
            category: ([], int(code)) for code, category in codes.items()
        }

    def begin(self) -> list[Any]:
        return [{"event": "begin"}] if self._lines else []

    def say(self, text: str) -> list[Any]:
        return [{"event": "say", "said": text}] if self._lines else []

    def tool(self, name: str, what: str) -> list[Any]:
        return [{"event": "tool", "name": name, "on": what}] if self._lines else []

    def end(self, text: str, usage: dict[str, Any] | None) -> list[Any]:
        if self._output == "text":
            return [text]
        if not self._result:
            return [json.dumps(text)]
        document: dict[str, Any] = {}
        _put(document, self._result, text)
        for field, path in self._paths.items():
            if usage is not None and field in usage:
                _put(document, path, usage[field])
        return [document]

    def end_value(self, value: Any, usage: dict[str, Any] | None) -> list[Any]:
        return [value] if self._output == "json" and not self._result else self.end(json.dumps(value), usage)


def _put(document: dict[str, Any], path: str, value: Any) -> None:
    """``value`` at a dotted path; a number among its steps is a key, which a reader of paths takes as well."""
    *steps, last = path.split(".")
    for step in steps:
        document = document.setdefault(step, {})
    document[last] = value
