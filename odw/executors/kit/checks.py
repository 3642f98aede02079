"""What must hold after every attempt, whatever the case: shapes, numbers, and nothing left behind."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from odw.errors import ResultNotJson
from odw.jsonvalue import check_json
from odw.runtime.abc import ABSENT, Event, Failure, Report, Usage
from odw.runtime.process_tags import tagged
from odw.runtime.redact import redactor
from odw.runtime.retry import CATEGORIES
from odw.runtime.told import MOST

# type -> field -> its type; those in _OPTIONAL may be missing
_EVENTS: dict[str, dict[str, type | tuple[type, ...]]] = {
    "started": {"program": str, "model": str},
    "text": {"text": str},
    "tool": {"name": str, "summary": str},
    "usage": {"usage": dict, "cost": (int, float)},
    "session": {"id": str},
    "rate_limit": {"message": str, "retry_after_s": (int, float)},
    "output": {"bytes": int},
}
_OPTIONAL = {("started", "model"), ("usage", "usage"), ("usage", "cost"), ("rate_limit", "retry_after_s")}
_USAGE_FIELDS = {"input", "output", "cacheRead", "cacheWrite", "reasoning"}
_LONGEST = 2000  # characters of a text in an event: onlookers get a line, the transcript has the whole


class Broken(Exception):
    """An executor does not keep the contract; the message says where."""


class NotApplicable(Exception):
    """A case does not concern the executor under test; the message says why."""


def require(condition: object, reason: str) -> None:
    if not condition:
        raise Broken(reason)


def shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 200 else f"{text[:199]}…"


def check_report(report: Any) -> None:
    """The shape of a report, and that its numbers can be."""
    require(isinstance(report, Report), f"run() gave no Report: {shown(report)}")
    require(isinstance(report.text, str), f"report.text is no text: {shown(report.text)}")
    for name in ("model", "session", "exit"):
        value = getattr(report, name)
        require(value is None or isinstance(value, str), f"report.{name} is no text: {shown(value)}")
    if report.value is not ABSENT:
        try:
            check_json(report.value)
        except ResultNotJson as error:
            raise Broken(f"report.value is not JSON: {error}") from None
    if report.usage is not None:
        require(isinstance(report.usage, Usage), f"report.usage is no Usage: {shown(report.usage)}")
        for field, count in zip(Usage._fields, report.usage, strict=True):
            require(type(count) is int and 0 <= count <= MOST, f"report.usage.{field} = {shown(count)}")
    require(report.cost is None or _is_amount(report.cost), f"report.cost = {shown(report.cost)}")
    if report.error is not None:
        check_failure(report.error)


def check_failure(failure: Any) -> None:
    require(isinstance(failure, Failure), f"report.error is no Failure: {shown(failure)}")
    require(failure.category in CATEGORIES, f"unknown error class {shown(failure.category)}")
    require(isinstance(failure.message, str) and failure.message.strip(), "a failure without a message")
    require("Traceback (most recent call last)" not in failure.message, "a failure shows a Python traceback")
    require(isinstance(failure.retryable, bool), f"error.retryable = {shown(failure.retryable)}")
    wait = failure.retry_after_s
    require(wait is None or _is_amount(wait), f"error.retry_after_s = {shown(wait)}")


def check_events(events: Iterable[Event]) -> None:
    """Only events of ``agent_events``, with the fields that they have there."""
    for event in events:
        fields = _EVENTS.get(event.get("type", ""))
        if fields is None:
            raise Broken(f"an event of unknown type: {shown(event)}")
        missing = {name for name in fields if (event["type"], name) not in _OPTIONAL} - event.keys()
        require(not missing, f"an event lacks {', '.join(sorted(missing))}: {shown(event)}")
        for name, value in event.items():
            if name != "type":
                require(isinstance(value, fields.get(name, ())), f"an event's {name}: {shown(event)}")
            if isinstance(value, str):
                require(len(value) <= _LONGEST, f"an event with a text of {len(value)} characters")
        if event["type"] == "usage":
            _check_usage_event(event)


def _check_usage_event(event: Event) -> None:
    require(_is_amount(event.get("cost", 0)), f"a usage event's cost: {shown(event)}")
    for field, count in event.get("usage", {}).items():
        require(field in _USAGE_FIELDS, f"a usage event's field {field!r}")
        require(type(count) is int and 0 <= count <= MOST, f"a usage event's {field}: {shown(count)}")


def check_nothing_left(tag: str) -> None:
    left = tagged(tag)
    require(not left, f"{len(left)} processes are left: {' '.join(map(str, left[:8]))}")


def check_no_secret(secret: str, report: Report, events: Iterable[Event], files: Iterable[Path]) -> None:
    """Neither in what the runtime takes on, after its own redaction, nor in the files that the executor wrote."""
    taken = redactor().json([report.text, None if report.value is ABSENT else report.value, list(events)])
    require(secret not in str(taken), "the secret is in the report or in an event")
    for name, text in (("model", report.model), ("session", report.session)):
        require(secret not in (text or ""), f"the secret is in report.{name}")
    if report.error is not None:
        message = redactor().text(report.error.message)
        require(secret not in message, "the secret is in the error's message")
    for file in files:
        if file.is_file():
            require(secret.encode() not in file.read_bytes(), f"the secret is in the file {file.name}")


def _is_amount(value: Any) -> bool:
    return (
        isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value >= 0
    )
