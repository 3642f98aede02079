"""What ``claude -p --output-format stream-json`` tells, line by line, and the report that it comes to. No I/O."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from odw.executors._cli import Telling
from odw.executors._ended import failure_of_end, last_words
from odw.executors._json_events import (
    answer_at,
    cost_at,
    list_at,
    parse_event,
    seconds_at,
    table_at,
    text_at,
    usage_at,
)
from odw.executors._process import Ended
from odw.executors._said import Said
from odw.executors.claude_errors import Told, failure_of_result, refused_to_begin, session_is_lost
from odw.runtime import agent_events
from odw.runtime.abc import ABSENT, Emit, Failure, Report, Usage

ANSWER_TOOL = "StructuredOutput"  # what claude gives a model to answer with under --json-schema
_SYNTHETIC = "<synthetic>"  # the "model" of what claude says itself
_DELTA = '"type":"content_block_delta"'  # most lines: pieces of what comes whole a little later
_WAITING = {429: "rate limit", 529: "overloaded", 503: "overloaded"}
# What of a tool's input says on what it is used, in this order.
_SHOWN = (
    "command", "file_path", "notebook_path", "pattern", "path", "url", "query", "subagent_type", "skill", "description",
    "prompt",
)  # fmt: skip


class ClaudeReading:
    """One attempt. ``native_schema``: the answer is to come by ANSWER_TOOL.

    After the end ``schema_refused`` says whether claude passed the schema over, and ``session_lost`` whether it did not
    find the session that it was to continue.
    """

    def __init__(self, emit: Emit, *, native_schema: bool) -> None:
        self._tell = Telling(emit).tell
        self._native = native_schema
        self._said = Said()
        self._offered: Any = ABSENT  # the last thing it tried as its structured answer
        self._messages: dict[str, Usage] = {}
        self._open = ""  # the message whose events are coming in
        self._model: str | None = None
        self._session: str | None = None
        self._told = Told()
        self._trying = ""  # why it tries again, while it does
        self._result: Mapping[str, Any] | None = None
        self.schema_refused = False
        self.session_lost = False

    def line(self, line: str) -> None:
        if _DELTA in line[:120]:
            return
        event = parse_event(line)
        if event is None:
            return
        kind = event.get("type")
        if kind == "stream_event":
            self._on_stream(table_at(event, "event"))
        elif kind == "assistant":
            self._on_assistant(event)
        elif kind == "system":
            self._on_system(event)
        elif kind == "rate_limit_event":
            self._on_limit(table_at(event, "rate_limit_info"))
        elif kind == "result":
            self._result = event
            self.session_lost = session_is_lost(event)

    def report(self, ended: Ended) -> Report:
        result = self._result or {}
        for denied in list_at(result, "permission_denials"):
            name = text_at(denied, "tool_name")
            self._tell(agent_events.tool(name, f"denied: {_summary(table_at(denied, 'tool_input'))}"))
        usage, cost = _whole_usage(result) or self._so_far(), cost_at(result, "total_cost_usd")
        if usage is not None:
            self._tell(agent_events.usage(usage, cost))
        known = Report(self._text(result), ABSENT, usage, cost, self._model, self._session)
        failure = self._failure(ended, result)
        if failure is not None and failure.category == "schema" and self._offered is not ABSENT:
            # claude gave up on the last answer: the runtime asks for another one, in the same session
            return known._replace(text=json.dumps(self._offered, ensure_ascii=False))
        if failure is not None:
            return known._replace(error=failure)
        return known._replace(value=answer_at(result, "structured_output") if self._native else ABSENT)

    def _failure(self, ended: Ended, result: Mapping[str, Any]) -> Failure | None:
        if ended.stopped is None and result.get("is_error"):
            return failure_of_result(result, self._told)
        failure = failure_of_end("claude", ended, self._text(result))
        if failure is None and self._result is None:
            return Failure("crash", f"claude: exit status 0, but no result{last_words(ended)}", True)
        if failure is not None and ended.stopped is None and self._result is None:
            return refused_to_begin(ended.stderr, failure)
        if failure is not None and self._trying:
            return failure._replace(message=f"{failure.message} (it was trying again: {self._trying})")
        return failure

    def _text(self, result: Mapping[str, Any]) -> str:
        """The answer, or after a failure what had been said until then."""
        final = text_at(result, "result")
        if final and not result.get("is_error"):
            return final
        return self._said.text() if result.get("is_error") or not result else final

    def _on_system(self, event: Mapping[str, Any]) -> None:
        subtype = event.get("subtype")
        if subtype == "init":
            self._model = text_at(event, "model") or None
            self._session = text_at(event, "session_id") or None
            self.schema_refused = self._native and ANSWER_TOOL not in list_at(event, "tools")
            if self._session:
                self._tell(agent_events.session(self._session))
            self._tell(agent_events.started("claude", self._model))
        elif subtype == "api_retry":
            pause = seconds_at(event, "retry_delay_ms", 1000)
            self._told = self._told._replace(retry_after_s=pause)
            status = event.get("error_status")
            self._trying = f"{text_at(event, 'error')} {status if isinstance(status, int) else ''}".strip()
            what = _WAITING.get(status) if isinstance(status, int) else None
            if what is not None:
                self._tell(agent_events.rate_limit(f"{what} ({status})", pause))

    def _on_limit(self, info: Mapping[str, Any]) -> None:
        """The state of the plan's limits; most of the time it is that there is room."""
        status = text_at(info, "status")
        self._told = self._told._replace(rejected=status == "rejected")
        if status not in ("", "allowed"):
            which = text_at(info, "rateLimitType").replace("_", " ")
            self._tell(agent_events.rate_limit(f"{which} limit: {status.replace('_', ' ')}"))

    def _on_stream(self, event: Mapping[str, Any]) -> None:
        kind = event.get("type")
        if kind == "message_start":
            message = table_at(event, "message")
            self._open = text_at(message, "id")
            self._note_usage(self._open, table_at(message, "usage"))
        elif kind == "message_delta":
            self._note_usage(self._open, table_at(event, "usage"))
            self._tell_usage()

    def _on_assistant(self, event: Mapping[str, Any]) -> None:
        message = table_at(event, "message")
        model = text_at(message, "model")
        if model == _SYNTHETIC:
            self._told = self._told._replace(kind=text_at(event, "error"))
            return
        self._trying = ""
        own = event.get("parent_tool_use_id") is None  # else a sub-agent's
        if own and model:
            self._model = model
        if text_at(message, "id") not in self._messages:
            self._note_usage(text_at(message, "id"), table_at(message, "usage"))
            self._tell_usage()
        for block in list_at(message, "content"):
            kind = text_at(block, "type")
            if kind == "text" and own:
                self._said.add(text_at(block, "text"))
                self._tell(agent_events.text(self._said.last))
            elif kind == "tool_use":
                self._on_tool(block, own=own)

    def _on_tool(self, block: Mapping[str, Any], *, own: bool) -> None:
        name = text_at(block, "name")
        if name == ANSWER_TOOL and own:
            self._offered = answer_at(block, "input")
        else:
            self._tell(agent_events.tool(name, _summary(table_at(block, "input"))))

    def _note_usage(self, message: str, told: Mapping[str, Any]) -> None:
        usage = _usage(told)
        if usage is not None:
            self._messages[message] = usage

    def _tell_usage(self) -> None:
        usage = self._so_far()
        if usage is not None:
            self._tell(agent_events.usage(usage))

    def _so_far(self) -> Usage | None:
        return sum(self._messages.values(), Usage()) if self._messages else None


def _usage(told: Mapping[str, Any]) -> Usage | None:
    return usage_at(
        told,
        input="input_tokens",
        output="output_tokens",
        cache_read="cache_read_input_tokens",
        cache_write="cache_creation_input_tokens",
    )


def _whole_usage(result: Mapping[str, Any]) -> Usage | None:
    """All that the attempt used. By model it counts sub-agents in; ``usage`` does not."""
    each = [
        usage_at(
            table_at(told),
            input="inputTokens",
            output="outputTokens",
            cache_read="cacheReadInputTokens",
            cache_write="cacheCreationInputTokens",
        )
        for told in table_at(result, "modelUsage").values()
    ]
    if not each:
        return _usage(table_at(result, "usage"))
    known = [usage for usage in each if usage is not None]
    return sum(known, Usage()) if len(known) == len(each) else None


def _summary(given: Mapping[str, Any]) -> str:
    for key in _SHOWN:
        if found := text_at(given, key):
            return found
    return next((value for value in given.values() if isinstance(value, str)), "")
