"""The messages of a call, kept within the model's context window.

The prefix (system prompt, task) never changes. When the conversation grows too long, old results of tools are replaced by stubs,
the oldest first; when that is not enough, what lies between the task and the last turns becomes a summary.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from odw.executors.bamboo.prompts import COMPACTED, STUB, SUMMARIZE

FULL = 0.75  # of the window: then it is made shorter
AIM = 0.5  # down to this
GOOD_ENOUGH = 0.8  # without a summary, which costs a request and forgets
KEPT_TURNS = 3  # of the last turns that stay as they are
STUBBED = 600  # characters of a tool's result that are worth a stub
CHARACTERS_PER_TOKEN = 3.5

Message = dict[str, Any]


class Conversation:
    """``messages`` is what the next request sends."""

    def __init__(self, system: str, task: str, window: int) -> None:
        self.messages: list[Message] = [
            {"role": "system", "content": system},
            {"role": "user", "content": task},
        ]
        self._window = window
        self._told = 0  # tokens that the provider counted for the first ``_counted`` messages
        self._counted = 0

    def add(self, *messages: Message) -> None:
        self.messages += messages

    def counted(self, tokens: int) -> None:
        """The provider says how long the request was: that wins over the guess."""
        if tokens:
            self._told, self._counted = tokens, len(self.messages)

    @property
    def size(self) -> float:
        """Tokens, as far as they are known."""
        return self._told + sum(map(_tokens, self.messages[self._counted :]))

    @property
    def full(self) -> bool:
        return self.size > FULL * self._window

    def shorten(self, summarize: Callable[[list[Message]], str], *, harder: bool = False) -> None:
        """Make room. ``summarize(messages)`` asks the model for a summary; ``harder``: the provider has refused the length."""
        self._told, self._counted = 0, 0
        if harder:
            self._window = min(self._window, int(self.size * 0.8))
        goal = AIM * self._window
        last = self._last_turns()
        for message in self.messages[2:last]:
            if self.size <= goal:
                return
            content = message.get("content")
            if message["role"] == "tool" and isinstance(content, str) and len(content) > STUBBED:
                message["content"] = STUB.format(length=len(content))
        if self.size <= GOOD_ENOUGH * self._window or last <= 2:
            return
        summary = summarize([*self.messages[:last], {"role": "user", "content": SUMMARIZE}])
        self.messages[2:last] = [{"role": "user", "content": COMPACTED + summary}]

    def _last_turns(self) -> int:
        """Where the last turns begin: at a message of the model, never between its calls and their results."""
        begins = [number for number, message in enumerate(self.messages) if message["role"] == "assistant"]
        return begins[-KEPT_TURNS] if len(begins) >= KEPT_TURNS else 2


def _tokens(message: Message) -> float:
    content = message.get("content")
    length = len(content) if isinstance(content, str) else 0
    if "tool_calls" in message:
        length += len(json.dumps(message["tool_calls"], ensure_ascii=False))
    return length / CHARACTERS_PER_TOKEN + 4
