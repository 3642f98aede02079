"""A schema as codex's provider takes it: strict, or not at all."""

from __future__ import annotations

from typing import Any

import pytest

from odw.executors.codex_schema import strict_schema

INTEGER = {"type": "integer"}


def of(properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), **more}


def closed(properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    return of(properties, additionalProperties=False, **more)


def test_objects_are_closed_all_the_way_down() -> None:
    inner = of({"a": INTEGER})
    schema = of({"list": {"type": "array", "items": inner}, "either": {"anyOf": [inner, {"type": "null"}]}})
    strict = closed({"a": INTEGER})
    assert strict_schema(schema) == closed(
        {"list": {"type": "array", "items": strict}, "either": {"anyOf": [strict, {"type": "null"}]}}
    )


def test_definitions_are_closed_too() -> None:
    schema = of(
        {"t": {"$ref": "#/$defs/t"}},
        **{"$defs": {"t": of({"kids": {"type": "array", "items": {"$ref": "#/$defs/t"}}})}},
    )
    strict = strict_schema(schema)
    assert strict is not None
    assert strict["$defs"]["t"]["additionalProperties"] is False


def test_what_the_runtime_checks_anyway_is_left_out() -> None:
    schema = of(
        {"s": {"type": "string", "minLength": 2, "format": "uri", "default": "x", "description": "d"}},
        **{"$schema": "http://json-schema.org/draft-07/schema#"},
    )
    assert strict_schema(schema) == closed({"s": {"type": "string", "description": "d"}})


def test_the_authors_schema_is_left_alone() -> None:
    schema = of({"o": of({"a": INTEGER})})
    strict_schema(schema)
    assert schema == of({"o": of({"a": INTEGER})})


def test_a_nullable_object() -> None:
    schema = of({"o": {**of({"a": INTEGER}), "type": ["object", "null"]}})
    strict = strict_schema(schema)
    assert strict is not None
    assert strict["properties"]["o"]["additionalProperties"] is False


@pytest.mark.parametrize(
    "schema",
    [
        True,
        {},
        {"type": "array", "items": INTEGER},
        {"type": "object"},
        {"type": "object", "properties": {"a": INTEGER}},
        of({"a": INTEGER}, additionalProperties=True),
        of({"a": {"type": "object", "additionalProperties": INTEGER}}),
        of({"a": INTEGER}, anyOf=[{"required": ["a"]}]),
        of({"a": {"oneOf": [INTEGER, {"type": "null"}]}}),
        of({"a": {"description": "anything"}}),
        of({"a": {"type": "array", "items": True}}),
        of({"a": {"anyOf": []}}),
        of({"a": {"not": INTEGER, "type": "string"}}),
        of({f"p{n}": INTEGER for n in range(5001)}),
        of({"a": INTEGER}, **{"$defs": []}),
    ],
)
def test_schemas_that_cannot_be_strict(schema: Any) -> None:
    assert strict_schema(schema) is None


def test_only_so_deep() -> None:
    def nested(levels: int) -> dict[str, Any]:
        return of({"a": nested(levels - 1) if levels else INTEGER})

    assert strict_schema(nested(8)) is not None
    assert strict_schema(nested(10)) is None
