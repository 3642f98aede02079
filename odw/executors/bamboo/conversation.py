"""The messages of a call, kept within the model's context window.

The prefix (system prompt, task) never changes. When the conversation grows too long, old results of tools are replaced by stubs,
the oldest first; when that is not enough, what lies between the task and the last turns becomes a summary.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from odw.executors.bamboo.failures import ProviderError
from odw.executors.bamboo.prompts import COMPACTED, STUB, SUMMARIZE, WITHOUT_SUMMARY
from odw.executors.bamboo.tools import clipped

FULL = 0.75  # of the window: then it is made shorter
AIM = 0.5  # down to this
GOOD_ENOUGH = 0.8  # without a summary, which costs a request and forgets
KEPT_TURNS = 3  # of the last turns that stay as they are
CLIPPED = 2000  # characters that stay of a result in them, when nothing else helps
STUBBED = 600  # characters of a tool's result that are worth a stub
CHARACTERS_PER_TOKEN = 3.5

Message = dict[str, Any]


class Conversation:
    """``messages`` is what the next request sends; it begins with the system prompt and the task. ``added(*messages)`` is told of
    each before anything is left out."""

    def __init__(
        self, begun: list[Message], window: int, added: Callable[..., None] = lambda *messages: None
    ) -> None:
        self.messages: list[Message] = []
        self._window = window
        self._added = added
        self._told = 0  # tokens that the provider counted for the first ``_counted`` messages
        self._counted = 0
        self.add(*begun)

    def add(self, *messages: Message) -> None:
        self.messages += messages
        self._added(*messages)

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
        if self.size > GOOD_ENOUGH * self._window and last > 2:
            self._summarize(last, summarize)
            last = 3
        for message in self.messages[last:]:  # what one turn has brought can be too much by itself
            if self.size <= GOOD_ENOUGH * self._window:
                return
            if message["role"] == "tool" and isinstance(message.get("content"), str):
                message["content"] = clipped(message["content"], CLIPPED)

    def _summarize(self, last: int, summarize: Callable[[list[Message]], str]) -> None:
        """What lies between the task and the last turns, in the model's own words."""
        try:
            summary = summarize([*self.messages[:last], {"role": "user", "content": SUMMARIZE}])
        except ProviderError as error:
            if not error.context:
                raise
            summary = ""
        said = {"role": "user", "content": COMPACTED + (summary.strip() or WITHOUT_SUMMARY)}
        self.messages[2:last] = [said]
        self._added(said)

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
