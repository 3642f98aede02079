"""A schema as codex takes it: the provider wants it strict, and fails the call if it is not. No I/O."""

from __future__ import annotations

from typing import Any

# What a strict schema may say.
_SAID = frozenset(
    (
        "type", "enum", "const", "$ref", "anyOf", "title", "description", "properties", "required", "additionalProperties",
        "items", "minItems", "maxItems", "pattern", "format", "multipleOf", "maximum", "exclusiveMaximum", "minimum",
        "exclusiveMinimum",
    )
)  # fmt: skip
# What it may not say, and need not: the runtime checks the answer against all of the author's schema.
_LEFT_OUT = frozenset(
    (
        "$comment", "$id", "default", "deprecated", "examples", "readOnly", "writeOnly", "minLength", "maxLength",
        "uniqueItems", "minProperties", "maxProperties", "contentEncoding", "contentMediaType",
    )
)  # fmt: skip
_OF_ROOT = frozenset(("$defs", "definitions", "$schema"))
_FORMATS = frozenset(("date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"))
_LEVELS = 10
_PROPERTIES = 5000


def strict_schema(schema: Any) -> dict[str, Any] | None:
    """The strict schema whose answers are all answers to ``schema``; None if there is none that asks for the same.

    Properties that nobody listed are ruled out where the author did not say that there may be some. An optional property is not made required: the model would invent one.
    """
    if not isinstance(schema, dict) or schema.get("type") != "object" or "anyOf" in schema:
        return None
    try:
        strict = _Strict()
        made: dict[str, Any] = strict.of({k: v for k, v in schema.items() if k not in _OF_ROOT}, 1)
        for key in ("$defs", "definitions"):
            if key in schema:
                made[key] = {name: strict.of(each, 1) for name, each in _table(schema[key]).items()}
    except _NotStrict:
        return None
    return made


class _NotStrict(Exception):
    pass


class _Strict:
    def __init__(self) -> None:
        self._properties = 0

    def of(self, schema: Any, level: int) -> dict[str, Any]:
        """Raises _NotStrict."""
        if not isinstance(schema, dict) or not schema or level > _LEVELS:
            raise _NotStrict
        made = {key: value for key, value in schema.items() if key not in _LEFT_OUT}
        if made.get("format", "date") not in _FORMATS:
            del made["format"]
        if not made.keys() <= _SAID or not made.keys() & {"type", "enum", "const", "$ref", "anyOf"}:
            raise _NotStrict
        if "anyOf" in schema:
            made["anyOf"] = [self.of(each, level) for each in _list(schema["anyOf"])]
        if "items" in schema:
            made["items"] = self.of(schema["items"], level + 1)
        if _may_be_object(schema):
            made |= self._object(schema, level)
        return made

    def _object(self, schema: dict[str, Any], level: int) -> dict[str, Any]:
        properties = _table(schema.get("properties", {}))
        self._properties += len(properties)
        is_open = not properties or schema.get("additionalProperties", False) is not False
        if is_open or set(schema.get("required", ())) != set(properties) or self._properties > _PROPERTIES:
            raise _NotStrict
        return {
            "properties": {name: self.of(each, level + 1) for name, each in properties.items()},
            "required": list(properties),
            "additionalProperties": False,
        }


def _may_be_object(schema: dict[str, Any]) -> bool:
    kind = schema.get("type")
    return kind == "object" or (isinstance(kind, list) and "object" in kind) or "properties" in schema


def _table(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _NotStrict
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise _NotStrict
    return value
