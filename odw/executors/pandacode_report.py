"""pandacode's report: the last line of its output that is one, its state, its text, its tokens in their several places. No I/O."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from odw.executors._cli import Telling
from odw.executors._ended import failure_of_end, last_words
from odw.executors._json_events import cost_at, parse_event, table_at, text_at, usage_at
from odw.executors._process import Ended
from odw.executors._service_errors import class_of
from odw.runtime import agent_events
from odw.runtime.abc import Emit, Failure, Report, Usage
from odw.runtime.retry import CATEGORIES

WAITING = "waiting_for_user"
STATES = ("completed", WAITING, "idle", "running", "timeout", "stopped", "blocked", "failed")

_REPORT_KEYS = ("ok", "state", "summary", "session")
# Its own sign of the end, on a line of its own or within one.
_MARKER = re.compile(
    r"^[ \t]*PANDACODE_DONE_\d+_\d+[ \t]*(?:\n|\Z)|[ \t]*PANDACODE_DONE_\d+_\d+", re.MULTILINE
)
_TEXTS = (
    ("last_agent_message",),
    ("summary", "last_agent_message"),
    ("summary", "summary"),
    ("summary", "text"),
)
_ERRORS = (("error", "message"), ("error",), ("summary", "error"), ("message",), ("summary", "message"))
# Where a report may have its tokens, the most telling place first.
_USAGES = (
    ("codex", "usage", "tokenUsage", "total"),
    ("summary", "codex", "usage", "tokenUsage", "total"),
    ("summary", "usage", "tokenUsage", "total"),
    ("claude", "usage"),
    ("bamboo", "usage"),
    ("summary", "usage"),
    ("usage",),
)
_COSTS = (("summary", "usage", "cost_usd"), ("summary", "total_cost_usd"), ("claude", "total_cost_usd"), ("usage", "cost_usd"), ("cost_usd",))  # fmt: skip


class PandacodeReading:
    """One attempt, which may take several processes: ``begin`` before each. ``state`` and ``session`` are the last report's."""

    def __init__(self, emit: Emit, model: str | None) -> None:
        self._tell = Telling(emit).tell
        self._model = model
        self._usage: Usage | None = None
        self._cost: float | None = None
        self.session: str | None = None
        self.begin()

    def begin(self) -> None:
        self._report: Mapping[str, Any] | None = None
        self._last = ""
        self.state = ""

    def line(self, line: str) -> None:
        if not line.strip():
            return
        self._last = line
        event = parse_event(line)
        if event is not None and any(key in event for key in _REPORT_KEYS):
            self._report = event

    def report(self, ended: Ended) -> Report:
        told = self._report or {}
        self._take(told)
        text = text_of(told)
        if text:
            self._tell(agent_events.text(text))
        if self._usage is not None:
            self._tell(agent_events.usage(self._usage, self._cost))
        known = Report(text, usage=self._usage, cost=self._cost, model=self._model, session=self.session)
        failure = self._failure(ended, told, text)
        if failure is not None:
            self.state = "failed"
        return known._replace(error=failure)

    def _take(self, told: Mapping[str, Any]) -> None:
        """Session, model, tokens. A report's tokens are those of the whole session."""
        self.state = text_at(told, "state")
        session = text_at(told, "session") or text_at(told, "session", "name") or text_at(told, "session_id")
        if session:
            self.session = session
            self._tell(agent_events.session(session))
        self._model = text_at(told, "model") or text_at(told, "summary", "model") or self._model
        self._usage = usage_of(told) or self._usage
        for *path, key in _COSTS:
            cost = cost_at(table_at(told, *path), key)
            if cost:
                self._cost = cost
                break

    def _failure(self, ended: Ended, told: Mapping[str, Any], text: str) -> Failure | None:
        failure = failure_of_end("pandacode", ended, text or self._last)
        if ended.stopped is not None or ended.signal is not None:
            return failure
        if not told:
            if failure is None:
                return Failure("crash", f"pandacode: exit status 0, but no report{last_words(ended, self._last)}", True)  # fmt: skip
            said = last_words(ended, self._last)
            category = "configuration" if ended.code == 2 else class_of(said)
            return failure._replace(category=category, retryable=CATEGORIES[category])
        if self.state == WAITING and failure is None:
            return None
        good = told.get("ok") is True and self.state in ("", "completed", "idle")
        if failure is None and good:
            return None if text else Failure("crash", "pandacode: it is done, but has no final text", True)
        return _told_failure(told, self.state, failure)


def text_of(told: Mapping[str, Any]) -> str:
    """The agent's last message, without pandacode's own marks."""
    for path in _TEXTS:
        text = text_at(told, *path)
        if text:
            return _MARKER.sub("", text).strip("\n")
    return ""


def usage_of(told: Mapping[str, Any]) -> Usage | None:
    """The tokens, from the first place that has any. A mere sum counts as output, so that no budget is passed unseen."""
    for path in _USAGES:
        table = table_at(told, *path)
        snake = usage_at(
            table,
            input="input_tokens",
            output="output_tokens",
            cache_read="cache_read_input_tokens"
            if "cache_read_input_tokens" in table
            else "cached_input_tokens",
            cache_write="cache_creation_input_tokens",
            reasoning="reasoning_output_tokens",
        )
        camel = usage_at(
            table,
            input="inputTokens",
            output="outputTokens",
            cache_read="cachedInputTokens",
            reasoning="reasoningOutputTokens",
        )
        if camel is not None or (snake is not None and "cached_input_tokens" in table):
            return _without_cached(camel or snake or Usage())
        total = usage_at(table, output="total_tokens") or usage_at(table, output="totalTokens")
        plain = usage_at(table, input="prompt_tokens", output="completion_tokens")
        found = snake or plain or total
        if found is not None and any(found):
            return found
    return None


def too_many_questions(report: Report, most: int) -> Report:
    """The agent that asks again and again."""
    message = (
        f"pandacode: the agent asked the user {most + 1} times, and was told {most} times to decide by itself"
    )
    return report._replace(error=Failure("unknown", f"{message}{': ' + report.text if report.text else ''}"))


def _without_cached(told: Usage) -> Usage:
    """codex counts what came from the cache as input too."""
    return told._replace(input=max(0, told.input - told.cache_read))


def _told_failure(told: Mapping[str, Any], state: str, failure: Failure | None) -> Failure:
    """What the report says went wrong. An exit code other than 0 counts more than ``ok``."""
    said = next((text for text in (text_at(told, *path) for path in _ERRORS) if text), "")
    hint = text_at(told, "error", "hint")
    category = text_at(told, "error", "category")
    if category not in CATEGORIES:
        category = _class_by_state(state, said)
    if not said and failure is not None:
        message = failure.message
    else:
        message = f"pandacode: {said or _meaning(state)}"
    return Failure(category, message + (f" ({hint})" if hint else ""), CATEGORIES[category])


def _class_by_state(state: str, said: str) -> str:
    if state == "timeout":
        return "timeout"
    if state == "stopped":
        return "cancelled"
    return class_of(said, otherwise="configuration" if state == "blocked" else "crash")


def _meaning(state: str) -> str:
    if state == "running":
        return "it came back while the task is still running"
    if state in STATES:
        return f"the task ended in the state {state}"
    return f"the task failed{f' in the state {state!r}' if state else ''}, without a reason"
