"""The loop: ask the model, do what it calls for, until it hands in an answer or a limit is reached."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from odw.executors.bamboo.answer import Answer
from odw.executors.bamboo.asking import Asking
from odw.executors.bamboo.conversation import Conversation, Message
from odw.executors.bamboo.failures import ProviderError
from odw.executors.bamboo.prompts import CALL_FINISH, GO_ON, LAST_TURN, NO_ANSWER, TOO_LONG, wrong_answer
from odw.executors.bamboo.tools import Tool
from odw.executors.bamboo.wire import ToolCall, Turn
from odw.executors.bamboo.workspace import Refused

TURNS = 200  # when the call sets no limit of its own
REPAIRS = 3  # how often a wrong or missing answer is sent back
CUTS = 5  # how often an answer may reach the provider's limit of length and go on
FILTERED = frozenset(("content_filter", "sensitive", "SAFETY"))

Tell = Callable[[dict[str, Any]], None]


class Result(NamedTuple):
    """``value`` counts when it ``fits`` the schema. ``stop`` says why it ended: "finish", "turns", "tokens", "schema", "filter"."""

    text: str
    stop: str
    problems: tuple[str, ...] = ()
    value: Any = None
    fits: bool = False


class Agent:
    """One task. ``told`` gets events; ``reasoning_field`` is the provider's."""

    def __init__(
        self,
        asking: Asking,
        conversation: Conversation,
        tools: dict[str, Tool],
        answer: Answer | None,
        told: Tell,
        *,
        reasoning_field: str = "",
        max_turns: int | None = None,
        max_tokens: int | None = None,
    ) -> None:
        self._asking = asking
        self._conversation = conversation
        self._tools = tools
        self._answer = answer
        self._told = told
        self._reasoning_field = reasoning_field
        self._turns = max_turns or TURNS
        self._tokens = max_tokens
        self._repairs = 0
        self._parts: list[str] = []  # of a final answer that comes in several turns

    def run(self) -> Result:
        """Raises ProviderError when the provider cannot be got to answer."""
        while True:
            last = self._asking.made + 1 >= self._turns or self._out_of_tokens()
            if last and self._asking.made and self._tools:
                self._conversation.add({"role": "user", "content": LAST_TURN})
            turn = self._next(last)
            self._conversation.add(turn.message(self._reasoning_field))
            result = self._after(turn, last)
            if result is not None:
                return result

    def _after(self, turn: Turn, last: bool) -> Result | None:
        """The result if this turn was the end, else None with the conversation prepared for the next."""
        finish = next(
            (call for call in turn.calls if self._answer is not None and call.name == "finish"), None
        )
        if turn.calls:
            self._parts = []
        if finish is not None:
            return self._finished(turn, finish, last)
        if turn.calls and not last:
            self._conversation.add(*[self._result(call, turn) for call in turn.calls])
            return None
        if turn.cut and not last and len(self._parts) < CUTS:
            self._parts.append(turn.said)
            self._conversation.add({"role": "user", "content": GO_ON})
            return None
        text = "".join([*self._parts, turn.said])
        self._parts = []
        if turn.finish in FILTERED:
            return Result(text, "filter")
        return self._said(text, last, unfinished=bool(turn.calls) or turn.cut)

    def _finished(self, turn: Turn, finish: ToolCall, last: bool) -> Result | None:
        """An answer by ``finish``. What else was called for comes first: it may be what the answer tells of."""
        assert self._answer is not None
        if not last:
            self._conversation.add(*[self._result(call, turn) for call in turn.calls if call is not finish])
        value, problems = self._answer.from_arguments(finish.arguments)
        if not problems:
            return Result(json.dumps(value, ensure_ascii=False), "finish", value=value, fits=True)
        if last or not self._repair():
            return Result(finish.arguments, "schema", tuple(problems))
        self._conversation.add(_tool_message(finish, wrong_answer(problems)))
        return None

    def _said(self, text: str, last: bool, *, unfinished: bool) -> Result | None:
        """The model ended its turn with text."""
        problems: list[str] = []
        if self._answer is not None:
            value, problems = self._answer.from_text(text)
            if not problems:
                return Result(text, "finish", value=value, fits=True)
        elif text.strip():
            return Result(text, "finish" if not (last and unfinished) else self._limit())
        if last or not self._repair():
            stop = self._limit() if last else "schema" if problems else "finish"
            return Result(text, stop, tuple(problems))
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
        return self._tokens is not None and self._asking.used >= self._tokens

    def _next(self, closing: bool) -> Turn:
        """Ask for the next turn; a conversation that is too long is made shorter first, or when the provider says so."""
        if self._conversation.full:
            self._conversation.shorten(self._asking.text)
        for turn in range(3):
            try:
                found = self._asking.next(self._conversation.messages, closing=closing)
            except ProviderError as error:
                if not error.context or turn == 2:
                    raise
                self._conversation.shorten(self._asking.text, harder=True)
            else:
                self._conversation.counted(found.prompt)
                return found
        raise AssertionError("the third time returns or raises")

    def _result(self, call: ToolCall, turn: Turn) -> Message:
        """Do what the model calls for; whatever goes wrong is told to the model, which can do better."""
        tool = self._tools.get(call.name)
        if tool is None:
            return _tool_message(call, f"there is no tool {call.name!r}; there are {', '.join(self._tools)}")
        try:
            arguments = json.loads(call.arguments or "{}")
        except (ValueError, RecursionError) as error:
            return _tool_message(call, f"the arguments are no JSON: {error}{TOO_LONG if turn.cut else ''}")
        if not isinstance(arguments, dict):
            return _tool_message(call, "the arguments must be a JSON object")
        self._told({"type": "tool", "name": tool.name, "summary": tool.summary(arguments)})
        try:
            return _tool_message(call, tool.run(arguments))
        except Refused as refused:
            return _tool_message(call, f"error: {refused}")
        except (OSError, ValueError, RecursionError, MemoryError) as error:
            return _tool_message(call, f"error: {type(error).__name__}: {error}")


def _tool_message(call: ToolCall, content: str) -> Message:
    return {"role": "tool", "tool_call_id": call.id, "content": content}
