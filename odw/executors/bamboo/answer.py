"""The structured answer: how it is asked for, taken out of what the model says, and judged."""

from __future__ import annotations

import json
from typing import Any

from odw.errors import ResultNotJson
from odw.executors.bamboo.prompts import FINISH
from odw.jsonvalue import check_json, too_deep
from odw.schema import NOT_JSON, InvalidSchema, Validator, json_in_text

WRAPPER = "answer"  # the property that holds an answer which is no object


class Answer:
    """One call's schema. Tools take objects only, so another kind of answer is wrapped in one."""

    def __init__(self, schema: Any) -> None:
        """Raises InvalidSchema."""
        self.schema = schema
        self._validator = Validator(schema)
        self._wrapped = not (isinstance(schema, dict) and schema.get("type") == "object")

    def tool(self) -> dict[str, Any]:
        """The declaration of ``finish``."""
        parameters = self.schema
        if self._wrapped:
            parameters = {"type": "object", "properties": {WRAPPER: self.schema}, "required": [WRAPPER]}
        function = {"name": "finish", "description": FINISH, "parameters": parameters}
        return {"type": "function", "function": function}

    def from_arguments(self, arguments: str) -> tuple[Any, list[str]]:
        """The value in a call of ``finish``, and what is wrong with it."""
        try:
            value = json.loads(arguments)
        except (ValueError, RecursionError) as error:
            return None, [f"$: the arguments are no JSON: {error}"]
        if self._wrapped and isinstance(value, dict) and WRAPPER in value:
            value = value[WRAPPER]
        return value, self.problems(value)

    def from_text(self, text: str) -> tuple[Any, list[str]]:
        """The value in an answer that came as text."""
        value = json_in_text(text)
        if value is NOT_JSON:
            return None, ["$: the answer holds no JSON"]
        return value, self.problems(value)

    def problems(self, value: Any) -> list[str]:
        """What is wrong with a value, also what Python reads as JSON and nobody else does: NaN, infinity, endless nesting."""
        if too_deep(value):
            return ["$: the answer nests too deeply"]
        try:
            check_json(value)
        except ResultNotJson as error:
            return [f"{error.path}: {error.message}"]
        return list(self._validator.problems(value))

    def response_format(self, strict: bool) -> dict[str, Any]:
        """For a request without tools. ``strict``: the provider takes a schema."""
        if strict and not self._wrapped:
            return {
                "type": "json_schema",
                "json_schema": {"name": "answer", "schema": self.schema, "strict": False},
            }
        return {"type": "json_object"} if not self._wrapped else {"type": "text"}


__all__ = ["Answer", "InvalidSchema"]
