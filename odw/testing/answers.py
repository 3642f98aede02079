"""What the calls of a run under test are answered, as its author writes it: by label, by prompt, by agent, or by a function.

    {"review:*": {...}, re.compile("Fix .*"): "done", judge: lambda text: 7, "flaky": in_turn(fails("timeout"), "ok")}

The first entry that fits a call answers it; a call that none fits gets what the mock executor would say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import Any

from odw.diagnostics import closest
from odw.dsl.agents import Agent
from odw.dsl.fakes import ASKED, AgentAsked
from odw.dsl.json_values import to_json
from odw.runtime.abc import ABSENT, CallRequest, Failure
from odw.runtime.retry import CATEGORIES


class _Named:
    """A value that stands for itself."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return f"odw.testing.{self._name}"


synthesized: Any = _Named(
    "synthesized"
)  # what the mock executor says: valid under the schema, the same each time
recorded: Any = _Named("recorded")  # the recorded answer; with --odw-record it is asked for, once


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with what belongs to it: see ``reply``."""

    value: Any = ABSENT
    failure: Failure | None = None
    after: float = 0.0
    tokens: int | None = None
    input_tokens: int | None = None
    cost: float | None = None
    model: str | None = None
    writes: Mapping[str, str] = field(default_factory=dict)


def reply(
    value: Any = ABSENT,
    *,
    after: float = 0.0,
    tokens: int | None = None,
    input_tokens: int | None = None,
    cost: float | None = None,
    model: str | None = None,
    writes: Mapping[str, str] | None = None,
) -> Reply:
    """An answer that takes ``after`` seconds, and uses ``tokens`` (output), ``input_tokens`` and ``cost`` dollars.

    Without ``value`` it is synthesized. ``writes`` are files, by their paths in the agent's directory, that the agent writes.
    """
    return Reply(value, None, after, tokens, input_tokens, cost, model, writes or {})


def fails(
    category: str = "unknown",
    message: str = "the test says so",
    *,
    retryable: bool | None = None,
    after: float = 0.0,
    tokens: int | None = None,
) -> Reply:
    """An attempt that fails: "timeout", "rate_limit", "overload", "network", "transient", "crash", "quota", … (docs/executors.md).

    ``retryable`` is whether it is tried again, by default what it is for the category. Raises ValueError for one that there is not.
    """
    if category not in CATEGORIES:
        meant = closest(category, CATEGORIES)
        advice = f"did you mean {meant}?" if meant else f"there are: {', '.join(CATEGORIES)}"
        raise ValueError(f"odw.testing.fails(): no such category: {category!r}; {advice}")
    again = CATEGORIES[category] if retryable is None else retryable
    return Reply(failure=Failure(category, message, again), after=after, tokens=tokens)


class InTurn:
    """Answers for one attempt after the other: see ``in_turn``."""

    def __init__(self, answers: tuple[Any, ...]) -> None:
        if not answers:
            raise TypeError("odw.testing.in_turn() needs at least one answer")
        self.answers = answers


def in_turn(*answers: Any) -> Any:
    """One answer after the other, for each attempt that asks; one more than there are fails the test."""
    return InTurn(answers)


class Unanswered(AssertionError):
    """The answers of the test leave a call without one, where it must have one."""


class AnswerBook:
    """The answers of one run. ``strict``: a call that none of them fits is an error, too."""

    def __init__(self, answers: Any = None, strict: bool = False) -> None:
        self._strict = strict
        self._turns: dict[int, int] = {}
        self._asked: dict[str, list[AgentAsked]] = {}
        self._rules: list[tuple[Any, Any]] = []
        if isinstance(answers, Mapping):
            for key in answers:
                if not isinstance(key, str | re.Pattern | Agent):
                    raise TypeError(
                        "answers are found by a label's pattern (a string), a prompt's pattern (re.compile(…)) or an @odw.agent "
                        f"function; found {key!r}"
                    )
            self._rules = list(answers.items())
        elif answers is not None:
            self._rules = [("*", answers)]
        self.unused = [key for key, _ in self._rules]
        self._by_agent = any(isinstance(key, Agent) for key, _ in self._rules)

    @property
    def wants_recorded(self) -> bool:
        """Whether an answer may be a recorded one: a function, for what it returns, may be one too."""
        return any(_may_be_recorded(answer) for _, answer in self._rules)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Learn which ``@odw.agent`` function makes which call, where answers go by that."""
        if not self._by_agent:
            yield
            return
        token = ASKED.set(lambda asked: self._asked.setdefault(asked.prompt, []).append(asked))
        try:
            yield
        finally:
            ASKED.reset(token)

    def answer(self, request: CallRequest) -> Any:
        """A Reply, ``synthesized`` or ``recorded``. Raises Unanswered, and what a function of the test raises."""
        for key, answer in self._rules:
            asked = self._fits(key, request)
            if asked is None:
                continue
            if key in self.unused:
                self.unused.remove(key)
            made = self._made(answer, asked, key)
            if isinstance(made, Reply) and made.value is None and request.schema is None:
                raise Unanswered(
                    f"the answer for {_shown(key)} to the call {request.label!r} is None, where text is expected; "
                    "for a call that fails: odw.testing.fails()"
                )
            return made
        if self._strict:
            known = ", ".join(_shown(key) for key, _ in self._rules) or "none"
            raise Unanswered(
                f"no answer fits the call {request.label!r} (prompt: {request.prompt[:200]!r}); there are answers for: {known}"
            )
        return synthesized

    def _fits(self, key: Any, request: CallRequest) -> tuple[tuple[Any, ...], Mapping[str, Any]] | None:
        """What a function that answers is called with; None if ``key`` is not for this call."""
        if isinstance(key, str):
            return ((request,), {}) if fits(request.label, key) else None
        if isinstance(key, re.Pattern):
            return ((request,), {}) if key.search(request.prompt) else None
        for asked in self._asked.get(request.prompt, ()):
            if same_function(asked.agent, key):
                return asked.args, asked.kwargs
        return None

    def _made(self, answer: Any, asked: tuple[tuple[Any, ...], Mapping[str, Any]], key: Any) -> Any:
        if isinstance(answer, InTurn):
            turn = self._turns.get(id(answer), 0)
            self._turns[id(answer)] = turn + 1
            if turn == len(answer.answers):
                raise Unanswered(
                    f"in_turn() for {_shown(key)} has {turn} answers, and an attempt asked for one more"
                )
            return self._made(answer.answers[turn], asked, key)
        if answer is synthesized or answer is recorded or isinstance(answer, Reply):
            if isinstance(answer, Reply) and answer.value is not ABSENT:
                return _with_value(answer, answer.value, key)
            return answer
        if callable(answer) and not isinstance(answer, type):
            args, kwargs = asked
            return self._made(answer(*args, **kwargs), asked, key)
        return _with_value(Reply(), answer, key)


def _with_value(made: Reply, value: Any, key: Any) -> Reply:
    return replace(made, value=to_json(value, f"the answer for {_shown(key)}"))


def _may_be_recorded(answer: Any) -> bool:
    if isinstance(answer, InTurn):
        return any(_may_be_recorded(one) for one in answer.answers)
    return answer is recorded or (callable(answer) and not isinstance(answer, type | _Named))


def fits(name: str, pattern: str) -> bool:
    """Whether a label or the like is the pattern, or one that it stands for: ``[`` may be part of a name."""
    return name == pattern or fnmatchcase(name, pattern)


def _shown(key: Any) -> str:
    if isinstance(key, re.Pattern):
        return f"re.compile({key.pattern!r})"
    return getattr(key, "__name__", None) or repr(key)


def same_function(one: Any, other: Any) -> bool:
    """Whether two agents, or steps, are one function: a file that is run by its path is imported once more."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    a, b = one.__wrapped__.__code__, other.__wrapped__.__code__
    return (a.co_filename, a.co_firstlineno) == (b.co_filename, b.co_firstlineno)
