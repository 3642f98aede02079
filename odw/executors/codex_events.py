"""What ``codex exec --json`` tells, line by line, and the report that it comes to. No I/O."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from odw.executors._cli import Telling
from odw.executors._ended import failure_of_end, last_words
from odw.executors._json_events import answer_at, list_at, parse_event, table_at, text_at, usage_at
from odw.executors._process import Ended
from odw.executors._said import Said
from odw.executors.codex_errors import (
    begins_wrongly,
    category_of,
    failure_of_message,
    retry_after,
    session_is_lost,
)
from odw.runtime import agent_events
from odw.runtime.abc import ABSENT, Emit, Failure, Report, Usage

_WAITING = "Reconnecting..."  # with this begins what it says before it tries again by itself


class CodexReading:
    """One attempt. ``before``: what the thread had used when this attempt took it up, since codex counts on.

    ``native_schema``: the last message is the structured answer. After the end ``session_lost`` says whether codex did
    not find the thread that it was to continue, and ``total`` what the thread has used in all.
    """

    def __init__(
        self, emit: Emit, *, native_schema: bool, model: str | None, before: Usage | None = None
    ) -> None:
        self._tell = Telling(emit).tell
        self._native = native_schema
        self._model = model
        self._before = before or Usage()
        self._thread: str | None = None
        self._said = Said()
        self._failed = ""
        self._error = ""
        self._completed = False
        self.total: Usage | None = None
        self.session_lost = False

    def line(self, line: str) -> None:
        event = parse_event(line)
        if event is None:
            return
        kind = event.get("type")
        if kind == "thread.started":
            self._thread = text_at(event, "thread_id") or None
            if self._thread:
                self._tell(agent_events.session(self._thread))
        elif kind == "item.started":
            self._on_item(table_at(event, "item"), begins=True)
        elif kind == "item.completed":
            self._on_item(table_at(event, "item"), begins=False)
        elif kind == "turn.completed":
            self._completed = True
            self._on_usage(table_at(event, "usage"))
        elif kind == "turn.failed":
            self._failed = text_at(event, "error", "message")
        elif kind == "error":
            self._on_error(text_at(event, "message"))

    def report(self, ended: Ended) -> Report:
        self.session_lost = session_is_lost(ended.stderr)
        failure = self._failure(ended)
        text = self._said.last if failure is None else self._said.text()
        usage = self.total and _without(self.total, self._before)
        known = Report(text, ABSENT, usage, None, self._model, self._thread, failure)
        return known._replace(value=_json(text)) if self._native and failure is None else known

    def _failure(self, ended: Ended) -> Failure | None:
        cut_off = ended.stopped is not None or ended.signal is not None
        if not cut_off and (self._failed or (self._error and not self._completed)):
            return failure_of_message(self._failed or self._error)
        failure = failure_of_end("codex", ended, self._said.text("\n"))
        if failure is None:
            if self._completed:
                return None
            return Failure("crash", f"codex: exit status 0, but no end of its turn{last_words(ended)}", True)
        if cut_off:
            why = f" (it last said: {self._error})" if self._error else ""
            return failure._replace(message=failure.message + why)
        if begins_wrongly(ended.stderr):
            return failure._replace(category="configuration", retryable=False)
        return failure

    def _on_error(self, message: str) -> None:
        self._error = message
        if message.startswith(_WAITING) and category_of(message) in ("rate_limit", "overload"):
            self._tell(agent_events.rate_limit(message, retry_after(message)))

    def _on_item(self, item: Mapping[str, Any], *, begins: bool) -> None:
        kind = text_at(item, "type")
        if kind != "error":
            self._error = ""  # it goes on
        if kind == "agent_message":
            if not begins and (said := text_at(item, "text")):
                self._said.add(said)
                self._tell(agent_events.text(said))
        elif kind == "reasoning":
            if not begins:
                self._tell(agent_events.text(text_at(item, "text")))
        elif kind not in ("error", "") and (begins or kind in _TOLD_AT_END):
            self._tell(agent_events.tool(_name(kind, item), _summary(kind, item)))

    def _on_usage(self, told: Mapping[str, Any]) -> None:
        """Codex counts what came from the cache, and what went into it, as input too."""
        usage = usage_at(
            told,
            input="input_tokens",
            output="output_tokens",
            cache_read="cached_input_tokens",
            cache_write="cache_write_input_tokens",
            reasoning="reasoning_output_tokens",
        )
        if usage is None:
            return
        usage = usage._replace(input=max(0, usage.input - usage.cache_read - usage.cache_write))
        self.total = usage
        self._tell(agent_events.usage(_without(usage, self._before)))


# Items that codex only tells of when they are done.
_TOLD_AT_END = ("web_search",)


def _name(kind: str, item: Mapping[str, Any]) -> str:
    if kind == "mcp_tool_call":
        return ".".join(part for part in (text_at(item, "server"), text_at(item, "tool")) if part) or kind
    return kind


def _summary(kind: str, item: Mapping[str, Any]) -> str:
    if kind == "command_execution":
        return _command(text_at(item, "command"))
    if kind == "file_change":
        changes = [f"{text_at(each, 'kind')} {text_at(each, 'path')}" for each in list_at(item, "changes")]
        return ", ".join(changes)
    if kind == "todo_list":
        items = list_at(item, "items")
        done = sum(1 for each in items if table_at(each).get("completed") is True)
        return f"{done} of {len(items)} done"
    return text_at(item, "query") or text_at(item, "prompt")


def _command(line: str) -> str:
    """Codex tells how it runs a command by a shell; what matters is the command."""
    shell, found, rest = line.partition(" -lc ")
    if not found or not shell.endswith("sh"):
        return line
    quoted = len(rest) > 1 and rest[0] == rest[-1] and rest[0] in "'\""
    return rest[1:-1] if quoted else rest


def _without(total: Usage, before: Usage) -> Usage:
    """Never below zero: a thread that was made smaller begins to count anew."""
    return Usage(*(max(0, here - there) for here, there in zip(total, before, strict=True)))


def _json(text: str) -> Any:
    """The structured answer; ABSENT if the text is none, and then the runtime looks for one in it."""
    try:
        found = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return ABSENT
    return answer_at({"answer": found}, "answer")


def _refuse(name: str) -> Any:
    raise ValueError(name)
