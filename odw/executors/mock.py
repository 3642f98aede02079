"""The mock executor: spends nothing, always gives the same answers, and otherwise behaves like a real one.

A call without schema gets a text, a call with one a value that is valid under it, both varied by the call's key. Options of the call
steer it: ``mockText``, ``mockResult``, ``mockTokens``, ``mockDelayMs``, ``mockFail``, ``mockRetryable``, ``mockWriteFile``.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, Protocol

from odw.executors.synthesize import Dice, synthesize
from odw.executors.synthesize_text import WORDS
from odw.runtime.abc import ABSENT, CallRequest, Capabilities, Emit, Failure, Planned, Report, Usage

if TYPE_CHECKING:
    from odw.executors.mock_answers import Answer

CHARACTERS_PER_TOKEN = 4


class AnswerSource(Protocol):
    """Where answers that were written beforehand come from; None: none was."""

    def answer_for(self, request: CallRequest) -> Answer | None: ...


class MockExecutor:
    """A planning executor: its calls need no task, so no scheduler has a say in their order."""

    name = "mock"
    capabilities = Capabilities(backoff_s=0.0, native_schema=True, providers=True)

    def __init__(self, answers: AnswerSource | None = None) -> None:
        self._answers = answers

    def plan(self, request: CallRequest) -> Planned:
        """The report of one attempt and how long it takes."""
        options = request.options
        answer = self._answers.answer_for(request) if self._answers is not None else None
        delay = answer.delay_ms if answer is not None else _number(options.get("mockDelayMs"))
        report = _report(request, answer)
        if "mockWriteFile" in options and report.error is None:
            report = with_file(request, options["mockWriteFile"], report)
        return Planned(report, delay or 0.0)

    async def run(self, request: CallRequest, emit: Emit) -> Report:
        return self.plan(request).report


def _report(request: CallRequest, answer: Answer | None) -> Report:
    options = request.options
    if answer is not None:
        if answer.failure is not None:
            return Report(error=answer.failure, usage=_usage(request, "", answer.tokens))
        if answer.has_result:
            return _given(request, answer.result, answer.tokens)
    elif options.get("mockFail") not in (None, False):
        failure = _failure(options["mockFail"], options.get("mockRetryable"))
        return Report(error=failure, usage=_usage(request, "", _number(options.get("mockTokens"))))
    tokens = answer.tokens if answer is not None else _number(options.get("mockTokens"))
    if answer is None and "mockResult" in options:
        return _given(request, options["mockResult"], tokens)
    if answer is None and isinstance(options.get("mockText"), str):
        text = str(options["mockText"])
        return Report(text=text, usage=_usage(request, text, tokens), model=request.model)
    if request.schema is not None:
        return _given(request, synthesize(request.schema, request.key), tokens)
    text = _text(request)
    return Report(text=text, usage=_usage(request, text, tokens), model=request.model)


def _given(request: CallRequest, value: Any, tokens: float | None) -> Report:
    """A result as the executor's answer: a value of its own for a call with a schema, else text."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    usage = _usage(request, text, tokens)
    return Report(text, value if request.schema is not None else ABSENT, usage, model=request.model)


def _text(request: CallRequest) -> str:
    dice = Dice(request.key)
    words = " ".join(WORDS[dice.below(len(WORDS))] for _ in range(3))
    return f"Mock answer to {request.label}: {words}."


def _usage(request: CallRequest, text: str, tokens: float | None) -> Usage:
    output = math.ceil(len(text) / CHARACTERS_PER_TOKEN) if tokens is None else int(tokens)
    return Usage(input=math.ceil(len(request.prompt) / CHARACTERS_PER_TOKEN), output=output)


def _failure(given: Any, retryable: Any) -> Failure:
    if isinstance(given, dict):
        again = given.get("retryable", retryable)
        return Failure(
            str(given.get("category", "mock")), str(given.get("message", "mock failure")), again is True
        )
    message = given if isinstance(given, str) else "mock failure"
    return Failure("mock", message, retryable is True)


def _number(value: Any) -> float | None:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < math.inf:
        return value
    return None


def with_file(request: CallRequest, given: Any, report: Report) -> Report:
    """``mockWriteFile``: a path, or ``{path, content}``, inside the call's directory and nowhere else."""
    from pathlib import Path

    spec = given if isinstance(given, dict) else {"path": given}
    name, content = spec.get("path"), spec.get("content", report.text)
    root = Path(request.cwd).resolve()
    target = (root / str(name)).resolve()
    if not isinstance(name, str) or not name or target == root or not target.is_relative_to(root):
        failure = Failure("configuration", f"mockWriteFile: {name!r} is no path inside the agent's directory")
        return Report(error=failure, usage=report.usage)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(str(content), "utf-8", errors="replace")
    except OSError as error:
        return Report(
            error=Failure("configuration", f"mockWriteFile: {name}: {error.strerror}"), usage=report.usage
        )
    return report
