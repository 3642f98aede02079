"""What a scripted server is to answer: replies, and the rules that choose them. No I/O, no protocol."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

WHOLE, HANG, CUT, GARBLED, ERROR = "whole", "hang", "cut", "garbled", "error"


@dataclass(frozen=True)
class Asked:
    """One request, whatever its protocol: ``anthropic``, ``responses`` or ``chat``.

    ``prompt`` is the text of all messages of the user, ``system`` that of the system; ``results`` are the texts that tools
    brought back, in order. ``headers`` have lower-case names. ``body`` is the request as it came.
    """

    protocol: str
    path: str
    headers: Mapping[str, str]
    body: Any
    model: str = ""
    system: str = ""
    prompt: str = ""
    results: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    stream: bool = False


@dataclass(frozen=True)
class Reply:
    """One answer: a status other than 200 is an error, else text and tool calls.

    ``end`` says how its stream ends. ``delay_s`` is the pause before each event; ``gate`` is waited for after the first one.
    ``usage`` has ``input``, ``output``, ``cache_read``, ``cache_write``, ``reasoning``; None leaves usage out where that is
    possible.
    """

    text: str = ""
    tools: tuple[tuple[str, Any], ...] = ()
    reasoning: str = ""
    usage: Mapping[str, int] | None = field(default_factory=lambda: {"input": 100, "output": 20})
    model: str | None = None
    stop: str | None = None
    end: str = WHOLE
    delay_s: float = 0.0
    gate: threading.Event | None = None
    status: int = 200
    kind: str = ""
    message: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    def slow(self, seconds: float) -> Reply:
        return replace(self, delay_s=seconds)

    def held(self, gate: threading.Event) -> Reply:
        """Begin, and go on when ``gate`` is set."""
        return replace(self, gate=gate)

    def using(self, **usage: int) -> Reply:
        """With these tokens; none at all: without usage."""
        return replace(self, usage=usage or None)


Answer: TypeAlias = Reply | Callable[[Asked], Reply]


def say(text: str, **fields: Any) -> Reply:
    return Reply(text, **fields)


def call(*tools: tuple[str, Any], text: str = "", **fields: Any) -> Reply:
    """Ask for tools: pairs of a name and its arguments (an object, or a text that is sent as it is)."""
    return Reply(text, tools, **fields)


def structured(value: Any, **fields: Any) -> Answer:
    """A structured answer: by the client's own tool for it where it offers one, else as JSON text."""

    def answer(asked: Asked) -> Reply:
        for name in ("StructuredOutput", "finish"):
            if name in asked.tools and name not in _called(asked):
                return Reply("", ((name, value),), **fields)
        text = "done" if "StructuredOutput" in asked.tools else json.dumps(value)
        return Reply(text, **fields)

    return answer


def fail(
    status: int, message: str = "", *, kind: str = "", retry_after: float | None = None, **headers: str
) -> Reply:
    """An error of HTTP, in the protocol's own shape; ``kind`` is its type where the usual one is not meant."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if retry_after is not None:
        sent["retry-after"] = f"{retry_after:g}"
    return Reply(status=status, message=message or f"scripted error {status}", kind=kind, headers=sent)


def hang(text: str = "") -> Reply:
    """Begin an answer and say no more until the client goes away."""
    return Reply(text or "I was", end=HANG)


def cut(text: str = "I was cut") -> Reply:
    """Close the connection in the middle of the stream."""
    return Reply(text, end=CUT)


def garble(text: str = "I am garbled") -> Reply:
    """A stream with an event that is no JSON."""
    return Reply(text, end=GARBLED)


def stream_error(kind: str, message: str) -> Reply:
    """Status 200, then an error in the stream."""
    return Reply("I was", end=ERROR, kind=kind, message=message)


class Rule:
    """Answers for requests that match: one after the other for each prompt of its own, then the last one for ever.

    Which prompt is its own is what ``prompt`` matched, so that agents with different prompts do not take each other's turn.
    """

    def __init__(self, prompt: str, model: str, protocol: str) -> None:
        self._prompt = re.compile(prompt, re.DOTALL)
        self._model = re.compile(model)
        self._protocol = protocol
        self._answers: list[Answer] = []
        self._turns: dict[str, int] = {}
        self.count = 0

    def answers(self, *answers: Answer) -> Rule:
        self._answers = list(answers)
        return self

    def take(self, asked: Asked) -> Answer | None:
        """The next answer for this request, or None if the rule is not meant."""
        if self._protocol not in ("", asked.protocol) or not self._model.search(asked.model):
            return None
        found = self._prompt.search(asked.prompt)
        if found is None or not self._answers:
            return None
        turn = self._turns.get(found[0], 0)
        self._turns[found[0]] = turn + 1
        self.count += 1
        return self._answers[min(turn, len(self._answers) - 1)]


def _called(asked: Asked) -> set[str]:
    """The tools that the conversation has had a result of."""
    if not asked.results:
        return set()
    names = set()
    for message in asked.body.get("messages", ()):
        content = message.get("content")
        for block in content if isinstance(content, list) else ():
            if block.get("type") == "tool_use":
                names.add(block["name"])
        for called in message.get("tool_calls") or ():
            names.add(called["function"]["name"])
    return names
