"""JSON Schemas of answers, and JSON found in a text."""

from __future__ import annotations

from typing import Any

import pytest

from odw.schema import NOT_JSON, InvalidSchema, Validator, json_in_text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7), ('{"a": 1}', {"a": 1}), ('Here: {"a": 1} done', {"a": 1}), ("```json\n[1]\n```", [1]),
        ("first ```json\n1\n``` then ```\n2\n```", 2), ("the list [1, 2] it is", [1, 2]), ("null", None),
    ],
)  # fmt: skip
def test_json_in_a_text(text: str, value: Any) -> None:
    assert json_in_text(text) == value


@pytest.mark.parametrize("text", ["", "nothing", "{broken", "NaN", "[NaN]", "[" * 100_000])
def test_no_json_in_a_text(text: str) -> None:
    assert json_in_text(text) is NOT_JSON


def test_formats_are_not_asserted_and_problems_have_paths() -> None:
    schema = {"type": "object", "properties": {"a b": {"items": {"format": "email", "maxLength": 3}}}}
    assert Validator(schema).problems({"a b": ["x"]}) == ()
    assert Validator(schema).problems({"a b": ["long"]}) == ("$[\"a b\"][0]: 'long' is too long",)


def test_a_schema_that_is_none_says_where() -> None:
    with pytest.raises(InvalidSchema, match=r"\$\.properties\.a\.type: 'strin' is not valid"):
        Validator({"properties": {"a": {"type": "strin"}}})
