"""Synthesized values are valid under their schema, repeatable, and varied."""

from __future__ import annotations

import json
from typing import Any

import pytest

from odw.executors.synthesize import synthesize
from odw.schema import Validator

NODE = {
    "type": "object",
    "properties": {"v": {"type": "integer"}, "c": {"type": "array", "items": {"$ref": "#/$defs/n"}}},
    "required": ["v", "c"],
}
KIND = {"properties": {"k": {"const": "a"}}}
AB = {"a": {"type": "string"}, "b": {"type": "string"}}

SCHEMAS: dict[str, Any] = {
    "anything": {},
    "true": True,
    "string lengths": {"type": "string", "minLength": 30, "maxLength": 32},
    "empty string": {"type": "string", "maxLength": 0},
    "pattern": {"type": "string", "pattern": "^[A-Z]{2,4}-\\d{3}$"},
    "pattern with branches": {"type": "string", "pattern": "^(foo|bar)_[a-z0-9]+$", "minLength": 8},
    "pattern with look-ahead": {"type": "string", "pattern": "^(?!foo)[a-z]{3}$"},
    "pattern like an address": {"type": "string", "pattern": "^\\S+@\\S+\\.\\S+$"},
    "pattern of 40 digits": {"pattern": "^[a-f0-9]{40}$", "minLength": 40, "maxLength": 40},
    "number in a unit interval": {"type": "number", "minimum": 0, "maximum": 1},
    "number in an open interval": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 0.001},
    "one integer": {"type": "integer", "minimum": 1, "maximum": 1},
    "integer between fractions": {"type": "integer", "exclusiveMinimum": 1.5, "exclusiveMaximum": 3},
    "multiples": {"type": "number", "multipleOf": 0.25, "minimum": 1.1, "maximum": 2},
    "negative": {"type": "integer", "maximum": -5},
    "large": {"type": "integer", "minimum": 1e20},
    "unique items": {"type": "array", "items": {"enum": ["a", "b", "c"]}, "minItems": 3, "uniqueItems": True},
    "few unique items": {"type": "array", "items": {"type": "boolean"}, "uniqueItems": True},
    "item counts": {"type": "array", "items": {"type": "integer"}, "minItems": 5, "maxItems": 7},
    "no items": {"type": "array", "maxItems": 0},
    "tuple": {
        "type": "array",
        "prefixItems": [{"type": "string"}, {"type": "null"}],
        "items": False,
        "minItems": 2,
    },
    "contains": {
        "type": "array",
        "contains": {"const": 7},
        "minContains": 2,
        "maxContains": 3,
        "items": {"type": "integer"},
    },
    "closed object": {"properties": AB, "additionalProperties": False, "required": ["a"]},
    "map": {"type": "object", "additionalProperties": {"type": "integer"}, "minProperties": 2},
    "required without a schema": {"type": "object", "required": ["x", "y"]},
    "property names": {"type": "object", "propertyNames": {"pattern": "^[a-z]+$"}, "minProperties": 1},
    "at most one property": {"type": "object", "properties": {"a": {}, "b": {}, "c": {}}, "maxProperties": 1},
    "pattern properties": {"patternProperties": {"^x": {"type": "integer"}}, "required": ["x1"]},
    "dependent": {"type": "object", "properties": {"a": {}, "b": {}}, "dependentRequired": {"a": ["b"]}},
    "types": {"type": ["string", "null"]},
    "enum under a type": {"type": "string", "enum": ["a", 1, None]},
    "const": {"const": {"a": [1]}},
    "all of": {"allOf": [{"properties": AB, "required": ["a"]}, {"required": ["b"], "type": "object"}]},
    "any of": {"type": "object", "properties": AB, "anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
    "one of, overlapping": {
        "type": "object",
        "properties": AB,
        "oneOf": [{"required": ["a"]}, {"required": ["b"]}],
    },
    "one of, told apart": {
        "oneOf": [
            {
                "type": "object",
                "properties": {"t": {"const": t}, t: {"type": "integer"}},
                "required": ["t", t],
            }
            for t in "xyz"
        ]
    },
    "not": {"enum": [1, 2, 3], "not": {"const": 2}},
    "if": {
        "type": "object",
        "properties": {"k": {"enum": ["a", "b"]}, "v": {}, "n": {}},
        "required": ["k"],
        "if": KIND,
        "then": {"required": ["v"]},
        "else": {"required": ["n"]},
    },
    "recursive": {"$defs": {"n": NODE}, "$ref": "#/$defs/n"},
    "recursive to the root": {
        "type": "object",
        "properties": {"left": {"anyOf": [{"$ref": "#"}, {"type": "null"}]}},
        "required": ["left"],
    },
    "unevaluated": {
        "type": "object",
        "properties": {"a": {"type": "string"}},
        "allOf": [{"properties": {"b": {"type": "integer"}}}],
        "unevaluatedProperties": False,
    },
}


def values(schema: Any, count: int = 40) -> list[Any]:
    return [synthesize(schema, f"{n:064x}") for n in range(count)]


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_value_is_valid_under_its_schema(name: str) -> None:
    validator = Validator(SCHEMAS[name])
    assert [(v, validator.problems(v)) for v in values(SCHEMAS[name]) if validator.problems(v)] == []


def test_equal_seeds_give_equal_values_and_others_vary() -> None:
    schema = {
        "type": "object",
        "properties": {"ok": {"type": "boolean"}, "n": {"type": "integer"}},
        "required": ["ok", "n"],
    }
    first, second = (json.dumps(values(schema)) for _ in range(2))
    assert first == second
    assert {v["ok"] for v in values(schema)} == {True, False}
    assert len({v["n"] for v in values(schema)}) > 10


def test_every_enum_entry_and_every_branch_comes_up() -> None:
    assert set(values({"enum": ["low", "mid", "high"]})) == {"low", "mid", "high"}
    kinds = {type(v) for v in values({"anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "null"}]})}
    assert kinds == {str, int, type(None)}


def test_optional_properties_come_and_go() -> None:
    shapes = {tuple(v) for v in values({"type": "object", "properties": {"a": {}, "b": {}}})}
    assert len(shapes) > 2


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "integer", "minimum": 5, "maximum": 1},
        {"not": {}},
        {"allOf": [{"type": "string"}, {"type": "integer"}]},
        {"$ref": "#/nowhere"},
        {"$ref": "#"},
    ],
)
def test_a_schema_that_nothing_fits_still_ends(schema: Any) -> None:
    synthesize(schema, "00")
