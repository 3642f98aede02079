"""``--mock-file``: answers written beforehand, found by prompt, pattern, label or schema. The first match wins.

{"version": 1, "answers": [{"prompt"?, "promptRegex"?, "label"?, "schema"?, "result"?, "results"?, "fail"?, "tokens"?, "delayMs"?}],
 "default": "synthesize" | "error"}
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from odw.errors import UsageError
from odw.runtime.abc import ABSENT, CallRequest, Failure

CONDITIONS = ("prompt", "promptRegex", "label", "schema")
KEYS = (*CONDITIONS, "result", "results", "fail", "tokens", "delayMs")


@dataclass(frozen=True, slots=True)
class Answer:
    """What one call gets. ``result`` is ABSENT where the answer only steers tokens or delay."""

    result: Any = ABSENT
    failure: Failure | None = None
    tokens: float | None = None
    delay_ms: float = 0.0

    @property
    def has_result(self) -> bool:
        return self.result is not ABSENT


@dataclass(slots=True)
class Rule:
    """One entry of the file; ``used`` counts its matches, for ``results``."""

    entry: dict[str, Any]
    pattern: re.Pattern[str] | None
    used: int = 0

    def matches(self, request: CallRequest) -> bool:
        entry = self.entry
        return (
            ("prompt" not in entry or entry["prompt"] == request.prompt)
            and (self.pattern is None or self.pattern.search(request.prompt) is not None)
            and ("label" not in entry or fnmatchcase(request.label, entry["label"]))
            and ("schema" not in entry or entry["schema"] == request.schema)
        )

    def answer(self) -> Answer:
        entry = self.entry
        result = entry.get("result", ABSENT)
        if "results" in entry:
            results = entry["results"]
            result = results[min(self.used, len(results) - 1)]
        self.used += 1
        fail = entry.get("fail")
        failure = None
        if fail is not None:
            failure = Failure(
                str(fail.get("category", "mock")),
                str(fail.get("message", "mock failure")),
                fail.get("retryable") is True,
            )
        return Answer(result, failure, entry.get("tokens"), entry.get("delayMs", 0.0))


@dataclass(slots=True)
class MockAnswers:
    """A mock file that was read and checked."""

    rules: list[Rule] = field(default_factory=list)
    strict: bool = False  # "default": "error"

    def answer_for(self, request: CallRequest) -> Answer | None:
        """The answer for a call, or None: synthesize one."""
        for rule in self.rules:
            if rule.matches(request):
                return rule.answer()
        if not self.strict:
            return None
        start = request.prompt[:80]
        return Answer(
            failure=Failure(
                "configuration", f"no answer in the mock file for label {request.label!r}, prompt {start!r}"
            )
        )


def load_mock_answers(path: str) -> MockAnswers:
    """Read and check a mock file. Raises UsageError that names the file, the place in it, expected and found."""
    try:
        text = Path(path).read_text("utf-8")
    except OSError as error:
        raise UsageError(f"--mock-file: cannot read {path}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise UsageError(f"--mock-file: {path} is not UTF-8: byte {error.start}") from None
    try:
        data = json.loads(text)
    except ValueError as error:
        raise UsageError(f"--mock-file: {path} is not JSON: {error}") from None
    return _checked(data, path)


def _checked(data: Any, path: str) -> MockAnswers:
    def wrong(where: str, expected: str, found: Any) -> UsageError:
        shown = json.dumps(found, ensure_ascii=False)[:80]
        return UsageError(f"--mock-file: {path}: {where}: expected {expected}, found {shown}")

    if not isinstance(data, dict):
        raise wrong("$", 'an object {"version": 1, "answers": [...]}', data)
    if data.get("version", 1) != 1:
        raise wrong("$.version", "1", data["version"])
    answers = data.get("answers", [])
    if not isinstance(answers, list):
        raise wrong("$.answers", "an array", answers)
    default = data.get("default", "synthesize")
    if default not in ("synthesize", "error"):
        raise wrong("$.default", '"synthesize" or "error"', default)
    rules = []
    for index, entry in enumerate(answers):
        where = f"$.answers[{index}]"
        if not isinstance(entry, dict):
            raise wrong(where, "an object", entry)
        for key in entry:
            if key not in KEYS:
                raise UsageError(
                    f"--mock-file: {path}: {where}: unknown key {key!r}", hint=f"Known: {', '.join(KEYS)}."
                )
        for key in ("prompt", "promptRegex", "label"):
            if key in entry and not isinstance(entry[key], str):
                raise wrong(f"{where}.{key}", "a string", entry[key])
        if "results" in entry and not (isinstance(entry["results"], list) and entry["results"]):
            raise wrong(f"{where}.results", "an array with at least one result", entry["results"])
        if "fail" in entry and not isinstance(entry["fail"], dict):
            raise wrong(f"{where}.fail", "an object {category, message, retryable}", entry["fail"])
        for key in ("tokens", "delayMs"):
            number = entry.get(key, 0)
            if isinstance(number, bool) or not isinstance(number, int | float) or number < 0:
                raise wrong(f"{where}.{key}", "a number from 0", number)
        rules.append(Rule(entry, _pattern(entry.get("promptRegex"), f"{path}: {where}.promptRegex")))
    return MockAnswers(rules, default == "error")


def _pattern(text: str | None, where: str) -> re.Pattern[str] | None:
    if text is None:
        return None
    try:
        return re.compile(text)
    except re.error as error:
        raise UsageError(f"--mock-file: {where}: not a regular expression: {error}") from None
