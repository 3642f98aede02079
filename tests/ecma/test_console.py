"""console: one message for each call, to the host's sink."""

from __future__ import annotations

from typing import Any

import pytest

from odw.ecma.abstract_ops.object_operations import invoke
from odw.ecma.completion import make_error
from odw.ecma.intrinsics.builders import builtin
from odw.ecma.intrinsics.console import format_log_value
from odw.ecma.intrinsics.regexp import regexp
from odw.ecma.realm import R, activate
from odw.ecma.values import BigInt, JSArray, JSObject, Symbol, undefined


@pytest.fixture
def messages() -> list[tuple[str, str]]:
    activate()
    written: list[tuple[str, str]] = []
    R.console_sink = lambda level, text: written.append((level, text))
    return written


def circular() -> JSObject:
    value = JSObject()
    value["self"] = value
    return value


def test_values_become_text(messages: list[tuple[str, str]]) -> None:
    values = [
        ("text %s", "text %s"),
        (undefined, "undefined"),
        (None, "null"),
        (True, "true"),
        (1.5, "1.5"),
        (-0.0, "-0"),
        (float("nan"), "NaN"),
        (BigInt(5), "5n"),
        (Symbol("s"), "Symbol(s)"),
        (JSArray([1, "a", undefined]), '[1,"a",null]'),
        (JSObject({"a": JSObject({"b": 1})}), '{"a":{"b":1}}'),
        (JSObject({"a": BigInt(1)}), "#<Object>"),
        (circular(), "#<Object>"),
        (regexp("a", "g"), "{}"),
        (builtin(print, "f", 0), "[Function: f]"),
        (make_error("TypeError", "bad"), "TypeError: bad"),
    ]
    assert [format_log_value(value) for value, _ in values] == [text for _, text in values]


@pytest.mark.parametrize(
    ("method", "arguments", "expected"),
    [
        ("log", ["a", 1, JSObject()], [("log", "a 1 {}")]),
        ("log", [], [("log", "")]),
        ("info", ["a"], [("info", "a")]),
        ("warn", ["a"], [("warn", "a")]),
        ("error", ["a"], [("error", "a")]),
        ("debug", ["a"], [("debug", "a")]),
        ("trace", ["a"], [("error", "Trace: a")]),
        ("assert", [True, "a"], []),
        ("assert", [False, "a"], [("error", "Assertion failed: a")]),
        ("assert", [], [("error", "Assertion failed")]),
        ("table", [JSArray([1])], [("log", "[1]")]),
        ("dir", [JSObject(), "ignored"], [("log", "{}")]),
        ("group", ["label"], [("log", "label")]),
        ("groupEnd", [], []),
        ("count", [], [("log", "default: 1")]),
        ("time", ["t"], []),
        ("timeEnd", ["t"], []),
    ],
)
def test_methods(
    messages: list[tuple[str, str]], method: str, arguments: list[Any], expected: list[tuple[str, str]]
) -> None:
    assert invoke(R.console, method, *arguments) is undefined
    assert messages == expected


def test_without_a_sink_messages_are_dropped() -> None:
    activate()
    assert invoke(R.console, "log", "x") is undefined
