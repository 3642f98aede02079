"""A schema as claude takes it: weaker where it must be, never stronger."""

from __future__ import annotations

import json
from typing import Any

import pytest

from odw.executors.claude_schema import LIMIT, schema_argument


def given(schema: Any) -> Any:
    text = schema_argument(schema)
    return None if text is None else json.loads(text)


def test_what_it_knows_stays_and_what_it_does_not_goes() -> None:
    when = {"type": "string", "format": "date-time", "minLength": 3, "x-note": 1}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {"when": when, "format": {"type": "string"}},
        "required": ["when"],
        "unevaluatedProperties": False,
        "additionalProperties": False,
    }
    assert given(schema) == {
        "type": "object",
        "properties": {"when": {"type": "string", "minLength": 3}, "format": {"type": "string"}},
        "required": ["when"],
        "additionalProperties": False,
    }


def test_the_authors_schema_is_left_alone() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string", "format": "uri"}}}
    before = json.dumps(schema)
    given(schema)
    assert json.dumps(schema) == before


def test_references_and_definitions_stay() -> None:
    schema = {
        "type": "object",
        "properties": {"tree": {"$ref": "#/$defs/tree"}},
        "$defs": {
            "tree": {
                "type": "object",
                "properties": {"kids": {"type": "array", "items": {"$ref": "#/$defs/tree"}}},
            }
        },
    }
    assert given(schema) == schema


def test_a_tuple_has_another_name() -> None:
    pair = {"type": "array", "prefixItems": [{"type": "string"}, {"format": "uri"}], "items": False}
    assert given({"type": "object", "properties": {"p": pair}})["properties"]["p"] == {
        "type": "array",
        "items": [{"type": "string"}, {}],
        "additionalItems": False,
    }


@pytest.mark.parametrize("keyword", ["not", "if"])
def test_a_weaker_schema_under_a_negation_would_be_a_stronger_one(keyword: str) -> None:
    weak = {"type": "object", "properties": {"a": {keyword: {"format": "email"}, "type": "string"}}}
    same = {"type": "object", "properties": {"a": {keyword: {"maxLength": 3}, "type": "string"}}}
    assert given(weak)["properties"]["a"] == {"type": "string"}
    assert given(same) == same


def test_one_of_weaker_ones_is_any_of_them() -> None:
    either = [{"format": "email", "type": "string"}, {"type": "null"}]
    schema = {"type": "object", "properties": {"a": {"oneOf": either}}}
    assert given(schema)["properties"]["a"] == {"anyOf": [{"type": "string"}, {"type": "null"}]}
    exact = {"type": "object", "properties": {"a": {"oneOf": [{"type": "string"}, {"type": "null"}]}}}
    assert given(exact) == exact


def test_an_object_that_does_not_say_so() -> None:
    assert given({"properties": {"a": {}}}) == {"properties": {"a": {}}, "type": "object"}


@pytest.mark.parametrize(
    "schema", [True, {}, {"type": "array"}, {"type": ["object", "null"]}, {"anyOf": [{"type": "object"}]}]
)
def test_what_is_no_object_for_sure_is_not_given(schema: Any) -> None:
    assert given(schema) is None


def test_a_schema_too_large_for_a_command_line_is_not_given() -> None:
    def described(length: int) -> dict[str, Any]:
        return {"type": "object", "description": "ü" * length}

    assert given(described(LIMIT // 2 - 40)) is not None
    assert given(described(LIMIT // 2)) is None
