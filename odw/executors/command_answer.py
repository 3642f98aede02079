"""What a declared program said: its answer and its usage, out of text, one JSON document, or lines of JSON. No I/O."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from odw.errors import ResultNotJson
from odw.executors._stream import Lines, Whole
from odw.executors.command_config import CommandConfig, DottedPath
from odw.jsonvalue import check_json, too_deep
from odw.runtime.abc import ABSENT, Usage

MOST_TOKENS = 10**12  # of one attempt; more is nonsense
MOST_COST = 10**6


class Answer(Protocol):
    """An Output that finds the answer in what it is fed. ``value`` is ABSENT until there is one."""

    def feed(self, chunk: bytes | bytearray) -> None: ...

    def end(self) -> None: ...

    @property
    def value(self) -> Any: ...

    @property
    def text(self) -> str: ...

    @property
    def lacking(self) -> str: ...


class Spent:
    """Usage and cost of an attempt so far. ``take`` reads a document; ``told()`` is called when there is news in it."""

    def __init__(self, config: CommandConfig, told: Callable[[], None]) -> None:
        self._paths = config.usage
        self._adds = config.usage_counts == "event"
        self._told = told
        self._tokens: dict[str, int] = {}
        self.cost: float | None = None

    @property
    def usage(self) -> Usage | None:
        """None when nothing sensible was told, which marks the budget as approximate."""
        return Usage(**self._tokens) if self._tokens else None

    def take(self, document: Any) -> None:
        """Absurd numbers (negative, not finite, huge, no numbers) discredit the whole document's usage."""
        found: dict[str, float] = {}
        for field, path in self._paths.items():
            number = dig(document, path)
            if number is ABSENT or number is None:
                continue
            if not _sensible(number, MOST_COST if field == "cost" else MOST_TOKENS):
                return
            found[field] = number
        if not found:
            return
        before = dict(self._tokens), self.cost
        for field, number in found.items():
            if field == "cost":
                self.cost = number + (self.cost or 0.0 if self._adds else 0.0)
            else:
                self._tokens[field] = int(number) + (self._tokens.get(field, 0) if self._adds else 0)
        if before != (self._tokens, self.cost):
            self._told()


class TextAnswer:
    """``output = "text"``: all of it, without a byte order mark and the ends of line at its end."""

    lacking = "no output"

    def __init__(self, config: CommandConfig) -> None:
        self._whole = Whole(config.output_limit)
        self.feed = self._whole.feed
        self.end = self._whole.end

    @property
    def text(self) -> str:
        return self._whole.text.removeprefix("\ufeff").rstrip("\r\n")

    @property
    def value(self) -> Any:
        return self.text if self.text.strip() else ABSENT


class JsonAnswer:
    """``output = "json"``: one document; the answer is at the path ``result``, or all of it."""

    def __init__(self, config: CommandConfig, spent: Spent) -> None:
        self._whole = Whole(config.output_limit)
        self._path = config.result
        self._spent = spent
        self.value: Any = ABSENT
        self.lacking = "no output"
        self.feed = self._whole.feed

    def end(self) -> None:
        text = self.text
        if not text.strip():
            return
        document = parse(text)
        if document is ABSENT:
            self.lacking = f"its output is not JSON: {text.strip()[:200]}"
            return
        self._spent.take(document)
        self.value = _result(document, self._path)
        if self.value is ABSENT:
            self.lacking = f"no final result: its output has nothing at {'.'.join(self._path)}"

    @property
    def text(self) -> str:
        return self._whole.text.removeprefix("\ufeff")


class JsonLinesAnswer:
    """``output = "jsonl"``: events; the last one with something at ``result`` is the answer. Other lines are passed over."""

    def __init__(self, config: CommandConfig, spent: Spent) -> None:
        lines = Lines(self._line, total_limit=config.output_limit)
        self._path = config.result
        self._spent = spent
        self._last = ""
        self.value: Any = ABSENT
        self.feed = lines.feed
        self.end = lines.end

    def _line(self, line: str) -> None:
        if not line.strip():
            return
        self._last = line
        event = parse(line.removeprefix("\ufeff"))
        if event is ABSENT:
            return
        self._spent.take(event)
        found = _result(event, self._path)
        if found is not ABSENT:
            self.value = found

    @property
    def text(self) -> str:
        """The last line, for an attempt that has no answer."""
        return self._last

    @property
    def lacking(self) -> str:
        if not self._last:
            return "no output"
        return f"no final result: no line of its output has something at {'.'.join(self._path)}"


def answer_of(config: CommandConfig, spent: Spent) -> Answer:
    """The reader for ``config.output``."""
    if config.output == "json":
        return JsonAnswer(config, spent)
    if config.output == "jsonl":
        return JsonLinesAnswer(config, spent)
    return TextAnswer(config)


def dig(document: Any, path: DottedPath) -> Any:
    """What is at a path: keys of objects and indexes of arrays (-1 is the last); ABSENT if it leads nowhere."""
    for step in path:
        if isinstance(document, Mapping):
            document = document.get(step, ABSENT)
        elif isinstance(document, list) and step.removeprefix("-").isdecimal():
            index = int(step)
            document = document[index] if -len(document) <= index < len(document) else ABSENT
        else:
            return ABSENT
    return document


def parse(text: str) -> Any:
    """The JSON value that ``text`` is, or ABSENT. NaN and Infinity, which are not JSON, become null."""
    try:
        return json.loads(text, parse_constant=lambda name: None)
    except (ValueError, RecursionError):
        return ABSENT


def _result(document: Any, path: DottedPath) -> Any:
    found = dig(document, path)
    if found is None or found is ABSENT or too_deep(found):
        return ABSENT
    try:
        check_json(found)
    except ResultNotJson:  # 1e999 is read as infinity
        return ABSENT
    return found


def _sensible(number: Any, most: float) -> bool:
    return isinstance(number, int | float) and not isinstance(number, bool) and 0 <= number <= most
