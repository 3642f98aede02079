"""Events that a program writes as lines of JSON: read without trust in their shape. No I/O."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from odw.errors import ResultNotJson
from odw.jsonvalue import check_json, too_deep
from odw.runtime.abc import ABSENT, Usage

MOST_TOKENS = 10**12  # of one attempt; more is nonsense
MOST_COST = 10**6
_FIELDS = Usage._fields


def parse_event(line: str) -> dict[str, Any] | None:
    """The JSON object on a line; None for everything else. NaN and Infinity, which are not JSON, become null."""
    if "{" not in line[:64]:
        return None
    try:
        event = json.loads(line.removeprefix("\ufeff"), parse_constant=lambda name: None)
    except (ValueError, RecursionError):
        return None
    return event if isinstance(event, dict) else None


def table_at(value: Any, *path: str) -> Mapping[str, Any]:
    """The object at ``path``; an empty one if there is none."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def text_at(value: Any, *path: str) -> str:
    """The text at ``path``; "" if there is none."""
    found = table_at(value, *path[:-1]).get(path[-1])
    return found if isinstance(found, str) else ""


def list_at(value: Any, *path: str) -> list[Any]:
    """The list at ``path``; an empty one if there is none."""
    found = table_at(value, *path[:-1]).get(path[-1])
    return found if isinstance(found, list) else []


def answer_at(value: Any, key: str) -> Any:
    """A structured answer at ``key``; ABSENT if there is none, or none that JSON can say."""
    found = value.get(key, ABSENT) if isinstance(value, dict) else ABSENT
    if found is ABSENT or too_deep(found):
        return ABSENT
    try:
        check_json(found)
    except ResultNotJson:  # 1e999 is read as infinity
        return ABSENT
    return found


def usage_at(table: Mapping[str, Any], **names: str) -> Usage | None:
    """Tokens by the names that they have in ``table``: ``usage_at(told, input="input_tokens", …)``.

    None if it has none of them. A number that makes no sense (negative, huge, no number) discredits all of them.
    """
    found: dict[str, int] = {}
    for field in _FIELDS:
        number = table.get(names.get(field, ""))
        if number is None:
            continue
        if not _sensible(number, MOST_TOKENS):
            return None
        found[field] = int(number)
    return Usage(**found) if found else None


def cost_at(table: Mapping[str, Any], key: str) -> float | None:
    """US dollars; None if there are none, or if the number makes no sense."""
    number = table.get(key)
    return float(number) if number is not None and _sensible(number, MOST_COST) else None


def seconds_at(table: Mapping[str, Any], key: str, per_second: float = 1.0) -> float | None:
    """A duration, of which ``per_second`` are one second; None if there is none, or if it makes no sense."""
    number = table.get(key)
    return round(float(number) / per_second, 3) if number is not None and _sensible(number, 1e9) else None


def _sensible(number: Any, most: float) -> bool:
    return isinstance(number, int | float) and not isinstance(number, bool) and 0 <= number <= most
