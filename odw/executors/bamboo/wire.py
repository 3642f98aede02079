"""Chat completions as they go over the wire: streamed chunks into one turn. Bytes and dicts in, records out; no I/O."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

MOST = 10**12  # tokens; more is nonsense


class ToolCall(NamedTuple):
    """``arguments`` is the JSON text as the model wrote it."""

    id: str
    name: str
    arguments: str


class Spent(NamedTuple):
    """Tokens of one turn. ``input`` is without what came from the cache."""

    input: int = 0
    output: int = 0
    cache_read: int = 0
    reasoning: int = 0


class Turn(NamedTuple):
    """One answer of the model. ``spent`` is None when the provider told nothing; ``prompt`` is the size of what was sent, in
    tokens, 0 if unknown."""

    text: str
    calls: tuple[ToolCall, ...]
    spent: Spent | None
    finish: str
    model: str
    prompt: int = 0

    def message(self) -> dict[str, Any]:
        """The turn as the message that the next request repeats."""
        message: dict[str, Any] = {"role": "assistant", "content": self.text or None}
        if self.calls:
            message["tool_calls"] = [
                {
                    "id": call.id,
                    "type": "function",
                    "function": {"name": call.name, "arguments": call.arguments},
                }
                for call in self.calls
            ]
        elif not self.text:
            message["content"] = ""
        return message


class BadStream(Exception):
    """The answer broke off or is no chat completion."""


class Assembly:
    """Puts the chunks of a streamed answer together; ``feed`` returns the text that came with this one."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._calls: dict[int, dict[str, str]] = {}
        self._usage: Mapping[str, Any] | None = None
        self._finish = ""
        self._model = ""

    def feed(self, chunk: Any) -> str:
        """Raises BadStream for an error inside the stream, and for what is no chunk."""
        if not isinstance(chunk, dict):
            raise BadStream("a chunk of the answer is no JSON object")
        if chunk.get("error"):
            raise BadStream(f"the provider broke off: {_short(chunk['error'])}")
        if isinstance(chunk.get("usage"), dict):
            self._usage = chunk["usage"]
        if isinstance(chunk.get("model"), str):
            self._model = chunk["model"]
        choices = chunk.get("choices")
        if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
            return ""
        choice = choices[0]
        if isinstance(choice.get("usage"), dict):  # kimi
            self._usage = choice["usage"]
        if choice.get("finish_reason"):
            self._finish = str(choice["finish_reason"])
        delta = choice.get("delta") or choice.get("message") or {}
        for entry in delta.get("tool_calls") or ():
            self._take_call(entry)
        text = delta.get("content")
        if isinstance(text, str) and text:
            self._text.append(text)
            return text
        return ""

    def _take_call(self, entry: Any) -> None:
        if not isinstance(entry, dict):
            return
        index = entry.get("index")
        number = index if isinstance(index, int) else self._number_of(entry.get("id"))
        call = self._calls.setdefault(number, {"id": "", "name": "", "arguments": ""})
        function = entry.get("function") or {}
        if isinstance(entry.get("id"), str):
            call["id"] = entry["id"]
        if isinstance(function.get("name"), str):
            call["name"] = call["name"] or function["name"]
        arguments = function.get("arguments")
        if isinstance(arguments, str):
            call["arguments"] += arguments
        elif isinstance(arguments, dict):  # ollama sends an object
            call["arguments"] = json.dumps(arguments)

    def _number_of(self, call_id: Any) -> int:
        """For providers that number nothing: a new id is a new call, none belongs to the last."""
        for number, call in self._calls.items():
            if call_id and call["id"] == call_id:
                return number
        return len(self._calls) if call_id or not self._calls else len(self._calls) - 1

    def turn(self) -> Turn:
        """The whole turn. Raises BadStream when the stream ended without saying so."""
        if not self._finish and not self._calls and not self._text:
            raise BadStream("the answer ended before it began")
        if not self._finish:
            raise BadStream("the answer broke off")
        calls = tuple(
            ToolCall(call["id"] or f"call_{number}", call["name"], call["arguments"])
            for number, call in sorted(self._calls.items())
        )
        spent, prompt = spent_of(self._usage)
        return Turn("".join(self._text), calls, spent, self._finish, self._model, prompt)


def spent_of(usage: Mapping[str, Any] | None) -> tuple[Spent | None, int]:
    """A usage object in the dialects of the providers; (None, 0) when it is missing or nonsense. The second is the prompt's size."""
    if not usage:
        return None, 0
    prompt, output = _count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens"))
    if prompt is None or output is None:
        return None, 0
    details = usage.get("prompt_tokens_details") or {}
    cached = _count(details.get("cached_tokens") if isinstance(details, dict) else None)
    if cached is None:
        cached = _count(usage.get("prompt_cache_hit_tokens")) or _count(usage.get("cached_tokens")) or 0
    more = usage.get("completion_tokens_details") or {}
    reasoning = _count(more.get("reasoning_tokens") if isinstance(more, dict) else None) or 0
    cached = min(cached, prompt)
    return Spent(prompt - cached, output, cached, reasoning), prompt


def _count(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST:
        return None
    return value


def events(lines: Iterator[str]) -> Iterator[Any]:
    """The chunks of a stream of server-sent events, until ``[DONE]``; comments and other fields are passed over.

    Raises BadStream for data that is no JSON.
    """
    data: list[str] = []
    for line in lines:
        if line.startswith("data:"):
            data.append(line[5:].removeprefix(" "))
            continue
        if line or not data:
            continue
        text = "\n".join(data)
        data = []
        if text.strip() == "[DONE]":
            return
        yield _parsed(text)
    if data and (text := "\n".join(data)).strip() != "[DONE]":
        yield _parsed(text)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise BadStream(f"the stream holds no JSON: {text[:200]}") from None


def _short(value: Any) -> str:
    if isinstance(value, dict) and isinstance(value.get("message"), str):
        return str(value["message"])[:500]
    return json.dumps(value, ensure_ascii=False)[:500]
