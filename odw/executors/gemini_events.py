"""What ``gemini --output-format stream-json`` tells, line by line, and the report that it comes to. No I/O."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from odw.executors._cli import Telling
from odw.executors._ended import failure_of_end, last_words
from odw.executors._json_events import parse_event, table_at, text_at, usage_at
from odw.executors._process import Ended
from odw.executors._said import Said
from odw.executors._service_errors import refused
from odw.runtime import agent_events
from odw.runtime.abc import Emit, Failure, Report, Usage

# Its own exit codes. After an error of the server it exits with that one's status, of which eight bits arrive.
_EXITS = {
    41: "authentication",
    42: "configuration",
    44: "configuration",
    52: "configuration",
    53: "configuration",
    55: "configuration",
    130: "cancelled",
}
_STATUSES = {status % 256: status for status in (400, 401, 403, 404, 429, 500, 502, 503, 504)}
# What of a tool's parameters says on what it is used, in this order.
_SHOWN = ("command", "file_path", "absolute_path", "pattern", "path", "dir_path", "url", "query", "prompt", "description")  # fmt: skip
_SERVER_SAID = re.compile(r"\[API Error: (?P<json>\{.*\})\]\s*\Z", re.DOTALL)
_UNTOLD = re.compile(r"^(\s+at |Warning: |\[STARTUP\]|Ripgrep |YOLO mode |Loaded cached)")


class GeminiReading:
    """One attempt. ``session_lost``, after the end: the session that was to be continued is not there."""

    def __init__(self, emit: Emit, model: str | None) -> None:
        self._tell = Telling(emit).tell
        self._model = model
        self._said = Said()  # since a tool was last used
        self._session: str | None = None
        self._result: Mapping[str, Any] | None = None
        self.session_lost = False

    def line(self, line: str) -> None:
        event = parse_event(line)
        if event is None:
            return
        kind = event.get("type")
        if kind == "message" and event.get("role") == "assistant":
            self._on_message(event)
        elif kind == "tool_use":
            self._on_tool(event)
        elif kind == "init":
            self._on_init(event)
        elif kind == "result":
            self._result = event

    def report(self, ended: Ended) -> Report:
        self.session_lost = ended.code == 42 and "Error resuming session" in ended.stderr
        ended = ended._replace(stderr=_plain(ended.stderr))
        result = self._result or {}
        usage = _usage(table_at(result, "stats"))
        if usage is not None:
            self._tell(agent_events.usage(usage))
        self._tell_said()
        text = self._said.text("")
        known = Report(text, usage=usage, model=_model(result) or self._model, session=self._session)
        return known._replace(error=self._failure(ended, result, text))

    def _failure(self, ended: Ended, result: Mapping[str, Any], text: str) -> Failure | None:
        status = _STATUSES.get(ended.code) if ended.code is not None else None
        if ended.stopped is None and result.get("status") == "error":
            said, told = _server_error(text_at(result, "error", "message"))
            return refused("gemini", said, told or status)
        failure = failure_of_end("gemini", ended, text, _EXITS)
        if failure is not None and ended.stopped is None and status is not None:
            return refused("gemini", f"exit status {ended.code}{last_words(ended)}", status)
        if failure is None and not self._said.complete:
            return Failure("crash", f"gemini: {self._said.problem}", False)
        if failure is None and (self._result is None or not text.strip()):
            return Failure("crash", f"gemini: exit status 0, but no final result{last_words(ended)}", True)
        return failure

    def _on_init(self, event: Mapping[str, Any]) -> None:
        self._model = text_at(event, "model") or self._model
        self._session = text_at(event, "session_id") or None
        if self._session:
            self._tell(agent_events.session(self._session))
        self._tell(agent_events.started("gemini", self._model))

    def _on_message(self, event: Mapping[str, Any]) -> None:
        if not event.get("delta"):
            self._said.clear()
        self._said.add(text_at(event, "content"))

    def _on_tool(self, event: Mapping[str, Any]) -> None:
        self._tell_said()
        self._said.clear()  # what was said before a tool was used is not the answer
        given = table_at(event, "parameters")
        summary = next((given[name] for name in _SHOWN if isinstance(given.get(name), str)), "")
        self._tell(agent_events.tool(text_at(event, "tool_name"), summary))

    def _tell_said(self) -> None:
        """Told as a whole: most lines are pieces of a few words."""
        if self._said:
            self._tell(agent_events.text(self._said.text("")))


def _usage(stats: Mapping[str, Any]) -> Usage | None:
    """Its ``input_tokens`` have those from the cache in them; thoughts are in the total only. odw counts them as output."""
    told = usage_at(
        stats, input="input_tokens", output="output_tokens", cache_read="cached", reasoning="total_tokens"
    )
    if told is None or not any(told):  # all zero is what it says when the server never answered
        return None
    thoughts = max(0, told.reasoning - told.input - told.output)
    return Usage(max(0, told.input - told.cache_read), told.output + thoughts, told.cache_read, 0, thoughts)


def _model(result: Mapping[str, Any]) -> str | None:
    """The model that did the most, as the server calls it."""
    models = table_at(result, "stats", "models")
    used = {name: usage_at(table_at(models, name), output="total_tokens") for name in models}
    best = max(used, key=lambda name: used[name] or Usage(), default=None)
    return best if best is not None and used[best] else None


def _server_error(said: str) -> tuple[str, int | None]:
    """The server's own words and its status, out of the JSON that gemini wraps them in."""
    found = _SERVER_SAID.search(said)
    if found is None:
        return said, None
    try:
        answer = json.loads(found["json"])
    except (ValueError, RecursionError):
        return said, None
    code = table_at(answer, "error").get("code")
    words = text_at(answer, "error", "message")
    name = text_at(answer, "error", "status")
    told = f"{words} ({name})" if words and name else words or name or said
    return told, code if isinstance(code, int) and not isinstance(code, bool) else None


def _plain(stderr: str) -> str:
    """Standard error without remarks and stack traces, which would push the reason out of what is shown."""
    lines = stderr.splitlines()
    kept = [line for line in lines if _UNTOLD.match(line) is None]
    return "\n".join(kept)
