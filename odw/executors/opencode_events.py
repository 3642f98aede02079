"""What ``opencode run --format json`` tells, line by line, and the report that it comes to. No I/O."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from odw.executors._cli import Telling
from odw.executors._ended import failure_of_end, last_words
from odw.executors._json_events import cost_at, parse_event, table_at, text_at, usage_at
from odw.executors._process import Ended
from odw.executors._said import Said
from odw.executors._service_errors import refused
from odw.runtime import agent_events
from odw.runtime.abc import Emit, Failure, Report, Usage

# What of a tool's input says on what it is used, in this order.
_SHOWN = ("command", "filePath", "pattern", "path", "url", "query", "description", "prompt")
# The names of errors that have no status.
_KINDS = {
    "ProviderAuthError": "authentication",
    "ProviderModelNotFoundError": "configuration",
    "ProviderInitError": "configuration",
    "ConfigInvalidError": "configuration",
    "MessageOutputLengthError": "configuration",
    "ContextOverflowError": "configuration",
    "MessageAbortedError": "cancelled",
}


class OpencodeReading:
    """One attempt. ``session_lost``, after the end: the session that was to be continued is not there."""

    def __init__(self, emit: Emit, model: str | None) -> None:
        self._tell = Telling(emit).tell
        self._model = model
        self._said = Said()  # by the last step: what an earlier one said was not the answer
        self._answered = False  # a step has ended that wants no tool
        self._session: str | None = None
        self._usage: Usage | None = None
        self._cost: float | None = None
        self._error: Mapping[str, Any] | None = None
        self.session_lost = False

    def line(self, line: str) -> None:
        event = parse_event(line)
        if event is None:
            return
        session = text_at(event, "sessionID")
        if session and self._session is None:
            self._session = session
            self._tell(agent_events.session(session))
        kind, part = event.get("type"), table_at(event, "part")
        if kind == "step_start":
            self._said.clear()
            self._answered = False
        elif kind == "text":
            self._said.add(text_at(part, "text"))
            self._tell(agent_events.text(self._said.last))
        elif kind == "tool_use":
            self._on_tool(part)
        elif kind == "step_finish":
            self._on_step(part)
        elif kind == "error":
            self._error = table_at(event, "error")

    def report(self, ended: Ended) -> Report:
        self.session_lost = ended.stopped is None and not self._said and "Session not found" in ended.stderr
        text = self._said.text()
        known = Report(text, usage=self._usage, cost=self._cost, model=self._model, session=self._session)
        return known._replace(error=self._failure(ended, text))

    def _failure(self, ended: Ended, text: str) -> Failure | None:
        if ended.stopped is None and self._error is not None:
            return failure_of_error(self._error)
        failure = failure_of_end("opencode", ended, text)
        if failure is None and not self._said.complete:
            return Failure("crash", f"opencode: {self._said.problem}", False)
        if failure is None and not (text and self._answered):
            return Failure("crash", f"opencode: exit status 0, but no final result{last_words(ended)}", True)
        return failure

    def _on_tool(self, part: Mapping[str, Any]) -> None:
        given = table_at(part, "state", "input")
        summary = next((given[name] for name in _SHOWN if isinstance(given.get(name), str)), "")
        failed = text_at(part, "state", "status") == "error"
        self._tell(agent_events.tool(text_at(part, "tool"), f"failed: {summary}" if failed else summary))

    def _on_step(self, part: Mapping[str, Any]) -> None:
        self._answered = text_at(part, "reason") != "tool-calls"
        used, cost = _usage(table_at(part, "tokens")), cost_at(part, "cost")
        if used is not None:
            self._usage = (self._usage or Usage()) + used
        if cost:  # 0 is what it says of models whose price it does not know
            self._cost = (self._cost or 0.0) + cost
        if self._usage is not None:
            self._tell(agent_events.usage(self._usage, self._cost))


def failure_of_error(error: Mapping[str, Any]) -> Failure:
    """An ``error`` event's failure: by the server's status, by the error's name, by its words."""
    name, data = text_at(error, "name"), table_at(error, "data")
    said = text_at(data, "message") or text_at(error, "message") or name
    status = data.get("statusCode")
    failure = refused("opencode", said, status if isinstance(status, int) else None)
    if name in _KINDS:
        return failure._replace(category=_KINDS[name], retryable=False)
    return failure


def _usage(tokens: Mapping[str, Any]) -> Usage | None:
    """One step's tokens. Its ``output`` leaves the reasoning out if the sum says so; odw's has it in."""
    cache = table_at(tokens, "cache")
    used = usage_at(
        {**tokens, "cache_read": cache.get("read"), "cache_write": cache.get("write")},
        input="input",
        output="output",
        reasoning="reasoning",
        cache_read="cache_read",
        cache_write="cache_write",
    )
    if used is None:
        return None
    total = usage_at(tokens, output="total")
    if total is not None and total.output >= used.total + used.reasoning:
        return used._replace(output=used.output + used.reasoning)
    return used
