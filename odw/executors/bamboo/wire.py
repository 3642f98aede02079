"""Chat completions as they go over the wire: streamed chunks into one turn. Bytes and dicts in, records out; no I/O."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

MOST = 10**12  # tokens; more is nonsense
MOST_COST = 10**6
_THOUGHTS = re.compile(r"\s*<think>.*?</think>\s*", re.DOTALL)
_BROKEN = frozenset(("network_error", "insufficient_system_resource", "error"))  # zhipu, deepseek, openrouter


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
    tokens, 0 if unknown; ``cost`` is in US dollars."""

    text: str
    calls: tuple[ToolCall, ...]
    spent: Spent | None
    finish: str
    model: str
    prompt: int = 0
    reasoning: str = ""
    cost: float | None = None

    @property
    def said(self) -> str:
        """The text without thoughts that some servers leave in it."""
        return _THOUGHTS.sub("", self.text, count=1)

    @property
    def cut(self) -> bool:
        """Whether it ended at the provider's limit for one answer."""
        return self.finish == "length"

    def message(self, reasoning_field: str = "") -> dict[str, Any]:
        """The turn as the message that the next request repeats; ``reasoning_field`` takes its thoughts, where they are wanted."""
        message: dict[str, Any] = {"role": "assistant", "content": self.text or None}
        if reasoning_field and self.reasoning and self.calls:
            message[reasoning_field] = self.reasoning
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
    """The answer broke off or is no chat completion. ``error`` is what the provider said inside the stream, if it did."""

    def __init__(self, message: str, error: Any = None) -> None:
        super().__init__(message)
        self.error = error


class Assembly:
    """Puts the chunks of a streamed answer together; ``feed`` returns the text that came with this one."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._reasoning: list[str] = []
        self._calls: list[dict[str, Any]] = []
        self._usage: Mapping[str, Any] | None = None
        self._finish = ""
        self._model = ""

    def feed(self, chunk: Any) -> str:
        """Raises BadStream for an error inside the stream, and for what is no chunk."""
        if not isinstance(chunk, dict):
            raise BadStream("a chunk of the answer is no JSON object")
        _refuse_errors(chunk)
        if isinstance(chunk.get("usage"), dict):
            self._usage = chunk["usage"]
        if isinstance(chunk.get("model"), str):
            self._model = chunk["model"]
        choices = chunk.get("choices")
        choice = choices[0] if isinstance(choices, list) and choices else None
        if not isinstance(choice, dict):
            return ""
        if isinstance(choice.get("usage"), dict):  # kimi
            self._usage = choice["usage"]
        if choice.get("finish_reason"):
            self._finish = str(choice["finish_reason"])
        delta = choice.get("delta") or choice.get("message")
        return self._take(delta) if isinstance(delta, dict) else ""

    def _take(self, delta: dict[str, Any]) -> str:
        calls = delta.get("tool_calls")
        for entry in calls if isinstance(calls, list) else ():
            if isinstance(entry, dict):
                self._take_call(entry)
        for name in ("reasoning_content", "reasoning"):
            if isinstance(delta.get(name), str):
                self._reasoning.append(delta[name])
                break
        text = delta.get("content")
        if not isinstance(text, str):
            return ""
        self._text.append(text)
        return text

    def _take_call(self, entry: dict[str, Any]) -> None:
        function = entry.get("function")
        function = function if isinstance(function, dict) else {}
        call_id = entry["id"] if isinstance(entry.get("id"), str) else ""
        name = function["name"] if isinstance(function.get("name"), str) else ""
        call = self._call_of(entry.get("index"), call_id, name)
        call["id"] = call["id"] or call_id
        call["name"] = call["name"] or name
        arguments = function.get("arguments")
        if isinstance(arguments, str):
            call["arguments"].append(arguments)
        elif isinstance(arguments, dict):  # ollama sends an object
            call["arguments"].append(json.dumps(arguments))

    def _call_of(self, index: Any, call_id: str, name: str) -> dict[str, Any]:
        """The call that an entry goes on with: that of its id, else of its index, else the last. A new id is a new call, also
        under an old index, and so is a name without both: some providers number all of them 0, others none."""
        number = index if isinstance(index, int) else None
        call: dict[str, Any]
        for call in reversed(self._calls):
            if call_id and call["id"]:
                if call["id"] == call_id:
                    return call
            elif (
                call["index"] == number if number is not None else not (name and call["name"] and not call_id)
            ):
                return call
        call = {"index": number, "id": "", "name": "", "arguments": []}
        self._calls.append(call)
        return call

    def turn(self) -> Turn:
        """The whole turn. Raises BadStream when the stream ended without saying so."""
        if not self._finish:
            begun = self._calls or self._text or self._reasoning
            raise BadStream("the answer broke off" if begun else "the answer ended before it began")
        if self._finish in _BROKEN:
            raise BadStream(f"the provider broke off: {self._finish}")
        calls = tuple(
            ToolCall(call["id"] or f"call_{number}", call["name"], whole("".join(call["arguments"])))
            for number, call in enumerate(self._calls)
        )
        spent, prompt = spent_of(self._usage)
        text, reasoning = whole("".join(self._text)), whole("".join(self._reasoning))
        return Turn(text, calls, spent, self._finish, self._model, prompt, reasoning, cost_of(self._usage))


def _refuse_errors(chunk: dict[str, Any]) -> None:
    if chunk.get("error"):
        raise BadStream(f"the provider broke off: {_short(chunk['error'])}", chunk["error"])
    status = chunk.get("base_resp")  # minimax says no with status 200
    if isinstance(status, dict) and status.get("status_code"):
        raise BadStream(f"the provider broke off: {_short(status)}", status)


def whole(text: str) -> str:
    """A text that UTF-8 can say: halves of a character that came in two escapes are joined, lone ones replaced."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def cost_of(usage: Mapping[str, Any] | None) -> float | None:
    """What the provider charged, in US dollars, where it says so (openrouter)."""
    cost = (usage or {}).get("cost")
    if isinstance(cost, bool) or not isinstance(cost, int | float) or not 0 <= cost <= MOST_COST:
        return None
    return float(cost)


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
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= MOST:
        return None
    return int(value)


def lines_of(chunks: Iterator[bytes]) -> Iterator[str]:
    """Lines of a stream of bytes, ended by LF, CR or both, and by nothing else: JSON may hold U+2028 and the like as they are."""
    rest = b""
    for chunk in chunks:
        rest += chunk
        if b"\n" not in chunk and b"\r" not in chunk:
            continue
        *whole_lines, rest = rest.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        for line in whole_lines:
            yield line.decode("utf-8", "replace")
    if rest:
        yield rest.decode("utf-8", "replace")


def events(lines: Iterator[str]) -> Iterator[Any]:
    """The chunks of a stream of server-sent events, until ``[DONE]``; comments and other fields are passed over.

    Raises BadStream for data that is no JSON.
    """
    data: list[str] = []
    for line in lines:
        if line.startswith("data:"):
            data.append(line[5:].removeprefix(" "))
            if data == ["[DONE]"]:  # the blank line after it may never come
                return
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
    except (ValueError, RecursionError):
        raise BadStream(f"the stream holds no JSON: {text[:200]}") from None


def _short(value: Any) -> str:
    for name in ("message", "status_msg"):
        if isinstance(value, dict) and isinstance(value.get(name), str):
            return str(value[name])[:500]
    return json.dumps(value, ensure_ascii=False)[:500]
