"""Lines of JSON from programs that may write anything."""

from __future__ import annotations

from typing import Any

import pytest

from odw.executors._json_events import (
    answer_at,
    cost_at,
    list_at,
    parse_event,
    seconds_at,
    table_at,
    text_at,
    usage_at,
)
from odw.runtime.abc import ABSENT, Usage


@pytest.mark.parametrize(
    "line",
    ["", "text", "[1]", "{", '{"a": }', '"{"', "{" * 9999, '{"n": ' + "9" * 9999 + "}", " " * 70 + "{}"],
)
def test_lines_that_are_no_events(line: str) -> None:
    assert parse_event(line) is None


def test_lines_that_are() -> None:
    assert parse_event('\ufeff {"a": NaN, "b": [Infinity]} ') == {"a": None, "b": [None]}


def test_what_is_somewhere_and_what_is_not() -> None:
    event = {"a": {"t": "text", "l": [1], "n": 1}, "b": [{}]}
    assert (text_at(event, "a", "t"), list_at(event, "a", "l"), table_at(event, "a")["n"]) == ("text", [1], 1)
    assert (text_at(event, "a", "n"), list_at(event, "a", "t"), table_at(event, "b")) == ("", [], {})
    assert (text_at(None, "a"), list_at([], "a", "b"), table_at("x", "a", "b")) == ("", [], {})


def test_answers() -> None:
    assert answer_at({"a": None}, "a") is None
    assert answer_at({}, "a") is ABSENT
    assert answer_at({"a": float("inf")}, "a") is ABSENT
    deep: Any = []
    for _ in range(2000):
        deep = [deep]
    assert answer_at({"a": deep}, "a") is ABSENT


def test_usage() -> None:
    told = {"in": 3, "out": 2.0, "more": None}
    assert usage_at(told, input="in", output="out", reasoning="more") == Usage(3, 2)
    assert usage_at(told, input="other") is None
    for absurd in (-1, True, "3", 10**13, float("inf"), float("nan"), []):
        assert usage_at({**told, "in": absurd}, input="in", output="out") is None


def test_costs_and_durations() -> None:
    assert (cost_at({"c": 0}, "c"), cost_at({}, "c"), cost_at({"c": -1}, "c"), cost_at({"c": "1"}, "c")) == (
        0.0,
        None,
        None,
        None,
    )
    assert (seconds_at({"s": 1500}, "s", 1000), seconds_at({}, "s"), seconds_at({"s": True}, "s")) == (
        1.5,
        None,
        None,
    )
