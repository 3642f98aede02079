"""Requests to the model: what stands in them, and what is left out for a provider that does not take it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from odw.executors.bamboo.answer import Answer
from odw.executors.bamboo.conversation import Message
from odw.executors.bamboo.failures import ProviderError
from odw.executors.bamboo.provider import Provider
from odw.executors.bamboo.tools import Tool
from odw.executors.bamboo.wire import Turn

FIRST_TRIES = 2  # of the first request: nothing was paid yet, and the runtime has better ways to wait
LATER_TRIES = 6
# What a provider may not know. The prompt says it all in words too.
OPTIONAL = (
    "response_format", "tool_choice", "stream_options", "reasoning_effort", "max_tokens", "max_completion_tokens", "usage",
)  # fmt: skip

# (request body, how often to try) -> the turn; raises ProviderError
Ask = Callable[[dict[str, Any], int], Turn]


class Asking:
    """One model of one provider. ``spent`` gets each turn and returns its tokens, which ``used`` adds up."""

    def __init__(
        self,
        ask: Ask,
        spent: Callable[[Turn], int],
        provider: Provider,
        model: str,
        tools: dict[str, Tool],
        answer: Answer | None,
        effort: str | None,
        longest: int | None = None,
    ) -> None:
        self._ask = ask
        self._spent = spent
        self._unknown: set[str] = set()
        self.used = 0
        self.made = 0
        # the same in every request, so that the provider's cache hits
        self._fixed: dict[str, Any] = {"model": model, "stream": True, **provider.extra}
        if provider.stream_usage:
            self._fixed["stream_options"] = {"include_usage": True}
        if effort and provider.effort:
            self._fixed["reasoning_effort"] = effort
        if longest or provider.answer:
            self._fixed[provider.limit_field] = longest or provider.answer
        if tools:
            self._fixed["tools"] = [tool.declaration() for tool in tools.values()]
            if answer is not None:
                self._fixed["tools"].append(answer.tool())
        elif answer is not None:
            self._fixed["response_format"] = answer.response_format(provider.json_schema)
        self._last_word = (
            {"type": "function", "function": {"name": "finish"}} if answer is not None else "none"
        )

    def next(self, messages: list[Message], *, closing: bool = False) -> Turn:
        """The model's next turn. ``closing``: no more tools. Raises ProviderError."""
        # the tools stay declared, for the cache and for providers that want them with a history of calls
        choice = {"tool_choice": self._last_word} if closing and "tools" in self._fixed else {}
        turn = self._asked({**self._fixed, **choice, "messages": messages})
        self.made += 1
        return turn

    def text(self, messages: list[Message]) -> str:
        """What the model says to this, without tools. Raises ProviderError."""
        body = {name: value for name, value in self._fixed.items() if name != "response_format"}
        choice = {"tool_choice": "none"} if "tools" in body else {}
        return self._asked({**body, **choice, "messages": messages}).said

    def _asked(self, body: dict[str, Any]) -> Turn:
        tries = LATER_TRIES if self.made else FIRST_TRIES
        while True:
            sent = {name: value for name, value in body.items() if name not in self._unknown}
            try:
                turn = self._ask(sent, tries)
            except ProviderError as error:
                refused = _refused(error, sent)
                if refused is None:
                    raise
                self._unknown.add(refused)
                continue
            self.used += self._spent(turn)
            return turn


def _refused(error: ProviderError, sent: dict[str, Any]) -> str | None:
    """What the provider does not take, if that is why it refused, and if it can do without."""
    if error.category != "configuration" or error.context:
        return None
    said = error.message.casefold().replace(" ", "_")
    return next((name for name in OPTIONAL if name in sent and name in said), None)
