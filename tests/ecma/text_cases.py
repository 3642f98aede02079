"""The tables of ``cases/`` (written by ``generate_text_cases.mjs``) and the way from JSON to script values."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from odw.ecma.abstract_ops.number_text import normalise
from odw.ecma.abstract_ops.object_operations import get
from odw.ecma.completion import SCRIPT_ERRORS, thrown_value
from odw.ecma.regexp.code_units import to_code_units
from odw.ecma.values import BigInt, JSArray, JSObject, undefined


def rows(name: str) -> list[Any]:
    """The rows of one table, their strings in code units."""
    text = (Path(__file__).parent / "cases" / f"{name}.json").read_text(encoding="utf-8")
    return units(json.loads(text))


def units(value: Any) -> Any:
    if isinstance(value, str):
        return to_code_units(value)
    if isinstance(value, list):
        return [units(item) for item in value]
    return {key: units(item) for key, item in value.items()} if isinstance(value, dict) else value


def script(value: Any) -> Any:
    """A JSON value as a script value."""
    if isinstance(value, list):
        return JSArray([script(item) for item in value])
    if isinstance(value, dict):
        return JSObject({key: script(item) for key, item in value.items()})
    return normalise(value) if isinstance(value, float) else value


def revived(value: Any) -> Any:
    """A number of the Intl tables: JSON has no BigInt, NaN and -0."""
    if isinstance(value, str):
        return BigInt(int(value[:-1])) if value[-1] == "n" else normalise(float(value))
    return script(value)


def plain(value: Any) -> Any:
    """A script value as JSON would show it; undefined and NaN as None."""
    if value is undefined or value != value:
        return None
    return [plain(item) for item in value] if isinstance(value, JSArray) else value


def attempt(f: Any) -> Any:
    """``f()``, or "!" and the message of what it throws."""
    try:
        return f()
    except SCRIPT_ERRORS as error:
        return f"!{get(thrown_value(error), 'message')}"


def report(failures: list[Any], total: int) -> str:
    kinds = Counter(str(failure[0]) for failure in failures)
    lines = [f"{len(failures)} of {total} differ from node {dict(kinds.most_common(5))}"]
    lines += [ascii(failure) for failure in failures[:12]]
    return "\n".join(lines)
