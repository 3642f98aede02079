"""The loop: ask the model, do what it calls for, until it hands in an answer or a limit is reached."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from odw.executors.bamboo.answer import Answer
from odw.executors.bamboo.conversation import Conversation, Message
from odw.executors.bamboo.failures import ProviderError
from odw.executors.bamboo.prompts import CALL_FINISH, LAST_TURN, NO_ANSWER, wrong_answer
from odw.executors.bamboo.provider import Provider
from odw.executors.bamboo.tools import Tool
from odw.executors.bamboo.wire import ToolCall, Turn
from odw.executors.bamboo.workspace import Refused

TURNS = 200  # when the call sets no limit of its own
REPAIRS = 3  # how often a wrong or missing answer is sent back
FIRST_TRIES = 2  # of the first request: nothing was paid yet, and the runtime has better ways to wait
LATER_TRIES = 6

# (request body, how often to try) -> the turn; raises ProviderError
Ask = Callable[[dict[str, Any], int], Turn]
Tell = Callable[[dict[str, Any]], None]


class Result(NamedTuple):
    """``value`` is None without a schema. ``stop`` says why it ended: "finish", "turns", "tokens", "schema"."""

    text: str
    value: Any
    stop: str
    problems: tuple[str, ...] = ()


class Agent:
    """One task. ``told`` gets events, ``spent`` each turn, for the account."""

    def __init__(
        self,
        ask: Ask,
        provider: Provider,
        model: str,
        conversation: Conversation,
        tools: dict[str, Tool],
        answer: Answer | None,
        told: Tell,
        spent: Callable[[Turn], int],
        *,
        max_turns: int | None = None,
        max_tokens: int | None = None,
        effort: str | None = None,
    ) -> None:
        self._ask = ask
        self._provider = provider
        self._model = model
        self._conversation = conversation
        self._tools = tools
        self._answer = answer
        self._told = told
        self._spent = spent
        self._turns = max_turns or TURNS
        self._tokens = max_tokens
        self._effort = effort
        self._made = 0
        self._used = 0
        self._repairs = 0

    def run(self) -> Result:
        """Raises ProviderError when the provider cannot be got to answer."""
        while True:
            last = self._made + 1 >= self._turns or self._out_of_tokens()
            if last and self._made and self._tools:
                self._conversation.add({"role": "user", "content": LAST_TURN})
            turn = self._next(last and self._made > 0)
            self._conversation.add(turn.message())
            result = self._after(turn, last)
            if result is not None:
                return result

    def _after(self, turn: Turn, last: bool) -> Result | None:
        """The result if this turn was the end, else None with the conversation prepared for the next."""
        finish = next(
            (call for call in turn.calls if self._answer is not None and call.name == "finish"), None
        )
        if finish is not None:
            return self._finished(turn, finish, last)
        if turn.calls and not last:
            self._conversation.add(*[self._result(call) for call in turn.calls])
            return None
        return self._said(turn, last)

    def _finished(self, turn: Turn, finish: ToolCall, last: bool) -> Result | None:
        assert self._answer is not None
        value, problems = self._answer.from_arguments(finish.arguments)
        if not problems:
            return Result(json.dumps(value, ensure_ascii=False), value, "finish")
        if last or not self._repair():
            return Result(finish.arguments, None, "schema", tuple(problems))
        others = [
            _tool_message(call, "not done: finish was called") for call in turn.calls if call is not finish
        ]
        self._conversation.add(_tool_message(finish, wrong_answer(problems)), *others)
        return None

    def _said(self, turn: Turn, last: bool) -> Result | None:
        """The model ended its turn with text."""
        problems: list[str] = []
        if self._answer is not None:
            value, problems = self._answer.from_text(turn.text)
            if not problems:
                return Result(turn.text, value, "finish")
        elif turn.text.strip():
            return Result(turn.text, None, "finish" if not (last and turn.calls) else self._limit())
        if last or not self._repair():
            stop = self._limit() if last else "schema" if problems else "finish"
            return Result(turn.text, None, stop, tuple(problems))
        if turn.calls:  # only a last turn comes here with calls, and that has returned
            raise AssertionError("calls are answered before")
        if self._answer is None:
            said = NO_ANSWER
        else:
            said = CALL_FINISH if self._tools else wrong_answer(problems)
        self._conversation.add({"role": "user", "content": said})
        return None

    def _repair(self) -> bool:
        self._repairs += 1
        return self._repairs <= REPAIRS

    def _limit(self) -> str:
        return "tokens" if self._out_of_tokens() else "turns"

    def _out_of_tokens(self) -> bool:
        return self._tokens is not None and self._used >= self._tokens

    def _next(self, closing: bool) -> Turn:
        """Ask for the next turn; a conversation that is too long is made shorter first, or when the provider says so."""
        if self._conversation.full:
            self._conversation.shorten(self._summary)
        for turn in range(3):
            try:
                return self._request(closing)
            except ProviderError as error:
                if not error.context or turn == 2:
                    raise
                self._conversation.shorten(self._summary, harder=True)
        raise AssertionError("the third time returns or raises")

    def _request(self, closing: bool) -> Turn:
        body = self._body(self._conversation.messages)
        if self._tools:
            body["tools"] = [tool.declaration() for tool in self._tools.values()]
            if self._answer is not None:
                body["tools"].append(self._answer.tool())
            if closing:
                # the tools stay declared, for the cache and for providers that want them with a history of calls
                body["tool_choice"] = (
                    {"type": "function", "function": {"name": "finish"}}
                    if self._answer is not None
                    else "none"
                )
        elif self._answer is not None:
            body["response_format"] = self._answer.response_format(self._provider.json_schema)
        turn = self._ask(body, LATER_TRIES if self._made else FIRST_TRIES)
        self._made += 1
        self._used += self._spent(turn)
        self._conversation.counted(turn.prompt)
        return turn

    def _summary(self, messages: list[Message]) -> str:
        turn = self._ask(self._body([*messages]), LATER_TRIES)
        self._used += self._spent(turn)
        return turn.text

    def _body(self, messages: list[Message]) -> dict[str, Any]:
        body: dict[str, Any] = {"model": self._model, "messages": messages, "stream": True}
        if self._provider.stream_usage:
            body["stream_options"] = {"include_usage": True}
        if self._effort and self._provider.effort:
            body["reasoning_effort"] = self._effort
        return body

    def _result(self, call: ToolCall) -> Message:
        """Do what the model calls for; whatever goes wrong is told to the model, which can do better."""
        tool = self._tools.get(call.name)
        if tool is None:
            return _tool_message(call, f"there is no tool {call.name!r}; there are {', '.join(self._tools)}")
        try:
            arguments = json.loads(call.arguments or "{}")
        except (ValueError, RecursionError) as error:
            return _tool_message(call, f"the arguments are no JSON: {error}")
        if not isinstance(arguments, dict):
            return _tool_message(call, "the arguments must be a JSON object")
        self._told({"type": "tool", "name": tool.name, "summary": tool.summary(arguments)})
        try:
            return _tool_message(call, tool.run(arguments))
        except Refused as refused:
            return _tool_message(call, f"error: {refused}")
        except (OSError, ValueError) as error:
            return _tool_message(call, f"error: {type(error).__name__}: {error}")


def _tool_message(call: ToolCall, content: str) -> Message:
    return {"role": "tool", "tool_call_id": call.id, "content": content}
