"""A schema as claude takes it: it passes one over, without a word, that has something it does not know.

What is left is weaker than what the author asked for, never stronger; the runtime checks the answer against all of it.
"""

from __future__ import annotations

import json
from typing import Any

LIMIT = 96 << 10  # bytes: one argument of a command line may have 128 KB

_ONE = ("additionalItems", "additionalProperties", "contains", "items", "propertyNames")
_LISTS = ("allOf", "anyOf", "items")
_TABLES = ("$defs", "definitions", "patternProperties", "properties")
_PLAIN = frozenset(
    (
        "$ref", "const", "default", "description", "enum", "examples", "exclusiveMaximum", "exclusiveMinimum", "maxItems",
        "maxLength", "maxProperties", "maximum", "minItems", "minLength", "minProperties", "minimum", "multipleOf",
        "nullable", "pattern", "required", "title", "type", "uniqueItems",
    )
)  # fmt: skip


def schema_argument(schema: Any) -> str | None:
    """The text for ``--json-schema``; None if the answer is no object, or the schema too large for a command line."""
    if not isinstance(schema, dict) or not _is_object(schema):
        return None
    text = json.dumps({**_known(schema), "type": "object"}, ensure_ascii=False, separators=(",", ":"))
    return text if len(text.encode("utf-8", "replace")) <= LIMIT else None


def _is_object(schema: dict[str, Any]) -> bool:
    """Whether what it describes is meant to be an object: claude's own tool takes nothing else."""
    kind = schema.get("type")
    return kind == "object" or (kind is None and "properties" in schema)


def _known(schema: Any) -> Any:
    """``schema`` with draft 7's keywords alone; a boolean schema stays as it is."""
    if not isinstance(schema, dict):
        return schema
    kept: dict[str, Any] = {}
    for key, value in _as_draft_7(schema).items():
        if key in _TABLES and isinstance(value, dict):
            kept[key] = {name: _known(each) for name, each in value.items()}
        elif key in _LISTS and isinstance(value, list):
            kept[key] = [_known(each) for each in value]
        elif key in _ONE:
            kept[key] = _known(value)
        elif key in _PLAIN:
            kept[key] = value
    return kept | _where_less_is_more(schema)


def _as_draft_7(schema: dict[str, Any]) -> dict[str, Any]:
    """Draft 2020-12 has other names for the items of a tuple."""
    if not isinstance(schema.get("prefixItems"), list):
        return schema
    rest = {"additionalItems": schema["items"]} if "items" in schema else {}
    return {**schema, **rest, "items": schema["prefixItems"]}


def _where_less_is_more(schema: dict[str, Any]) -> dict[str, Any]:
    """The keywords under which a weaker schema makes a stronger one: kept as they are, made weaker, or left out."""
    kept: dict[str, Any] = {}
    if "not" in schema and _unchanged(schema["not"]):
        kept["not"] = schema["not"]
    if "if" in schema and _unchanged(schema["if"]):
        kept |= {key: _known(schema[key]) for key in ("if", "then", "else") if key in schema}
    if isinstance(schema.get("oneOf"), list):
        if all(map(_unchanged, schema["oneOf"])):
            kept["oneOf"] = schema["oneOf"]
        elif "anyOf" not in schema:
            kept["anyOf"] = [_known(each) for each in schema["oneOf"]]
    return kept


def _unchanged(schema: Any) -> bool:
    return bool(_known(schema) == schema)
