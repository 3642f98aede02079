"""What the agent's process writes, as odw's events and a report. No I/O."""

from __future__ import annotations

from typing import Any

from odw.executors._cli import Telling
from odw.executors._ended import failure_of_end, last_words
from odw.executors._json_events import (
    answer_at,
    cost_at,
    parse_event,
    seconds_at,
    table_at,
    text_at,
    usage_at,
)
from odw.executors._process import Ended
from odw.runtime import agent_events
from odw.runtime.abc import ABSENT, CallRequest, Emit, Failure, Report, Usage
from odw.runtime.retry import CATEGORIES

_NAMES = {name: name for name in Usage._fields}


class BambooReading:
    """The lines of one attempt, as ``__main__`` writes them; the last of them is the result."""

    def __init__(self, request: CallRequest, emit: Emit) -> None:
        self._request = request
        self._telling = Telling(emit)
        self._usage: Usage | None = None
        self._cost: float | None = None
        self._session: str | None = None
        self._last: dict[str, Any] | None = None
        self._noise = ""

    def line(self, line: str) -> None:
        event = parse_event(line)
        if event is None:
            self._noise = line.strip() or self._noise
            return
        kind, tell = event.get("type"), self._telling.tell
        if kind == "result":
            self._last = event
        elif kind == "usage":
            self._count(event)
            tell(agent_events.usage(self._usage, self._cost))
        elif kind == "text":
            tell(agent_events.text(text_at(event, "text")))
        elif kind == "tool":
            tell(agent_events.tool(text_at(event, "name"), text_at(event, "summary")))
        elif kind == "started":
            tell(agent_events.started("bamboo", text_at(event, "model")))
        elif kind == "session":
            self._session = text_at(event, "id") or None
            tell(agent_events.session(self._session or ""))
        elif kind == "rate_limit":
            tell(agent_events.rate_limit(text_at(event, "message"), seconds_at(event, "retry_after_s")))

    def report(self, ended: Ended) -> Report:
        last = self._last
        if last is None:
            failure = failure_of_end("bamboo", ended, self._noise)
            if failure is None:
                words = f"bamboo: it ended without a result{last_words(ended, self._noise)}"
                failure = Failure("crash", words, CATEGORIES["crash"])
            return Report("", ABSENT, self._usage, self._cost, self._request.model, self._session, failure)
        if "usage" in last:
            self._count(last)
        value = answer_at(last, "value") if self._request.schema is not None else ABSENT
        model = text_at(last, "model") or self._request.model
        return Report(
            text_at(last, "text"),
            value,
            self._usage,
            self._cost,
            model,
            self._session,
            _failure(table_at(last, "error")),
        )

    def _count(self, told: dict[str, Any]) -> None:
        self._usage = usage_at(table_at(told, "usage"), **_NAMES)
        self._cost = cost_at(told, "cost")


def _failure(error: Any) -> Failure | None:
    if not error:
        return None
    category = text_at(error, "category")
    category = category if category in CATEGORIES else "unknown"
    message = f"bamboo: {text_at(error, 'message')}"
    return Failure(category, message, CATEGORIES[category], seconds_at(error, "retry_after_s"))
