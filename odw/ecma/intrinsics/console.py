"""console: each call is one message to ``R.console_sink(level, text)``, a Python callable that the host sets.

``level`` is log, info, warn, error or debug. NON-SPEC: strings are written as they are and other values as JSON, since a
message is a line of a run's log; there are no ``%s`` directives, no colours, and no clock behind ``time``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from odw.ecma.abstract_ops.describe import describe, function_debug_name
from odw.ecma.abstract_ops.number_text import number_to_string
from odw.ecma.abstract_ops.type_conversion import to_string, truthy
from odw.ecma.completion import SCRIPT_ERRORS, thrown_value
from odw.ecma.intrinsics.builders import builtin, define_tag
from odw.ecma.realm import R
from odw.ecma.values import BigInt, JSFunction, ObjectBase, OrdinaryObject, Symbol, undefined


def format_log_value(value: Any) -> str:
    """One value as ``log()`` and ``console.log`` show it."""
    kind = type(value)
    if kind is str:
        return value  # type: ignore[no-any-return]
    if kind is int or kind is float:
        return "-0" if value == 0 and kind is float else number_to_string(value)
    if kind is BigInt:
        return f"{describe(value)}n"
    if kind is Symbol or not isinstance(value, ObjectBase):
        return describe(value)
    if isinstance(value, JSFunction):
        name = function_debug_name(value)
        return f"[Function: {name}]" if name else "[Function (anonymous)]"
    if value.class_name == "Error":  # type: ignore[attr-defined]
        return describe(value)
    return _json(value)


def _json(value: Any) -> str:
    """JSON, or for what has none (a cycle, a BigInt inside, a toJSON that throws) the object's description."""
    from odw.ecma.intrinsics.json import json_stringify

    try:
        text = json_stringify(undefined, value)
    except SCRIPT_ERRORS as error:
        thrown_value(error)  # a mistake of ours is not to be hidden
        return describe(value)
    return text if type(text) is str else describe(value)


def format_log_arguments(values: tuple[Any, ...]) -> str:
    """The arguments of one console call as its message."""
    return " ".join(format_log_value(value) for value in values)


def _emit(level: str, text: str) -> None:
    sink = R.__dict__.get("console_sink")
    if sink is not None:
        sink(level, text)


def _writer(level: str, prefix: str = "") -> Callable[..., Any]:
    def write(this: Any, *values: Any) -> Any:
        text = format_log_arguments(values)
        _emit(level, f"{prefix}: {text}" if prefix and text else text or prefix)
        return undefined

    return write


def group(this: Any, *values: Any) -> Any:
    """console.group: its label is a message; NON-SPEC: what follows is not indented."""
    if values:
        _emit("log", format_log_arguments(values))
    return undefined


def silent(this: Any, *_: Any) -> Any:
    """groupEnd, clear, and the timers, which would have to read the clock."""
    return undefined


def dir_(this: Any, value: Any = undefined, *_: Any) -> Any:
    _emit("log", format_log_value(value))
    return undefined


def assert_(this: Any, *values: Any) -> Any:
    if not (values and truthy(values[0])):
        text = format_log_arguments(values[1:])
        _emit("error", f"Assertion failed: {text}" if text else "Assertion failed")
    return undefined


def _label(value: Any) -> str:
    return "default" if value is undefined else to_string(value)


def install(realm: Any) -> None:
    counts: dict[str, int] = {}

    def count(this: Any, label: Any = undefined, *_: Any) -> Any:
        name = _label(label)
        counts[name] = counts.get(name, 0) + 1
        _emit("log", f"{name}: {counts[name]}")
        return undefined

    def count_reset(this: Any, label: Any = undefined, *_: Any) -> Any:
        counts.pop(_label(label), None)
        return undefined

    console = OrdinaryObject(OrdinaryObject(realm.object_prototype))
    methods: dict[str, Callable[..., Any]] = {
        "log": _writer("log"),
        "info": _writer("info"),
        "warn": _writer("warn"),
        "error": _writer("error"),
        "debug": _writer("debug"),
        "trace": _writer("error", "Trace"),
        "assert": assert_,
        "table": _writer("log"),
        "dir": dir_,
        "dirxml": _writer("log"),
        "group": group,
        "groupCollapsed": group,
        "count": count,
        "countReset": count_reset,
    }
    for name in ("groupEnd", "clear", "time", "timeEnd", "timeLog"):
        methods[name] = silent
    for name, native in methods.items():
        console[name] = builtin(native, name, 0)
    define_tag(console, "console")
    realm.console = console
