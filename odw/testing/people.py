"""Who answers ``odw.human`` in a run under test."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import trio

from odw.testing.answers import InTurn, Reply, Unanswered, fits
from odw.testing.executor import Trouble


class Person:
    """A person who says what the test says; ``asked`` are the questions.

    ``says`` is an answer, a mapping from a question's pattern to one, or a function of the question and its choices. An answer that takes
    its time is ``reply("yes", after=3600)``.
    """

    def __init__(self, says: Any, trouble: Trouble) -> None:
        self.asked: list[str] = []
        self._says = says
        self._trouble = trouble
        self._turns: dict[int, int] = {}

    async def ask(self, question: str, choices: tuple[str, ...]) -> str:
        self.asked.append(question)
        try:
            answer = self._answer(self._says, question, choices)
        except BaseException as error:
            self._trouble.met(error)
            raise
        await trio.sleep(answer.after)
        return str(answer.value)

    def _answer(self, says: Any, question: str, choices: tuple[str, ...]) -> Reply:
        if isinstance(says, Mapping):
            found = [answer for pattern, answer in says.items() if fits(question, pattern)]
            if not found:
                known = ", ".join(map(repr, says)) or "none"
                raise Unanswered(f"no answer fits the question {question!r}; there are answers for: {known}")
            return self._answer(found[0], question, choices)
        if isinstance(says, InTurn):
            turn = self._turns.get(id(says), 0)
            self._turns[id(says)] = turn + 1
            if turn == len(says.answers):
                raise Unanswered(f"in_turn() has {turn} answers, and {question!r} is one more question")
            return self._answer(says.answers[turn], question, choices)
        if callable(says):
            return self._answer(says(question, choices), question, choices)
        reply = says if isinstance(says, Reply) else Reply(says)
        if not isinstance(reply.value, str):
            raise Unanswered(f"the answer to {question!r} is {reply.value!r}, where text is expected")
        if choices and reply.value not in choices:
            raise Unanswered(
                f"the answer to {question!r} is {reply.value!r}, which is none of: {', '.join(choices)}"
            )
        return reply
