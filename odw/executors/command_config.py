"""``[executors.NAME]`` of odw.toml: what a declared program is, checked by hand, for messages that name the key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple, NoReturn

from odw.errors import UsageError
from odw.executors._stream import TOTAL_LIMIT
from odw.runtime.retry import CATEGORIES

PLACEHOLDERS = ("model", "effort", "prompt_file", "schema_file", "cwd", "label", "attempt")
USAGE_FIELDS = ("input", "output", "cache_read", "cache_write", "reasoning", "cost")
STDIN = ("prompt", "none")
OUTPUT = ("text", "json", "jsonl")
USAGE_COUNTS = ("attempt", "event")

# {name} is a placeholder, {{name}} stands for the text {name}
PLACEHOLDER = re.compile(r"\{\{(?P<literal>\w+)\}\}|\{(?P<name>\w+)\}")
_ELSEWHERE = ("concurrency", "budget")  # keys of the same table that the runtime reads
_PATH = re.compile(r"[^.\s]+(\.[^.\s]+)*\Z")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}\Z")

DottedPath = tuple[str, ...]


class CommandConfig(NamedTuple):
    """A declared program. Paths are split at their dots; ``usage`` maps a field of USAGE_FIELDS to its path."""

    name: str
    argv: tuple[str, ...]
    stdin: str
    output: str
    result: DottedPath
    usage: Mapping[str, DottedPath]
    usage_counts: str  # "attempt": each number is the sum so far; "event": they add up
    env: Mapping[str, str]
    pass_env: tuple[str, ...]
    timeout_s: float | None
    idle_s: float | None
    output_limit: int  # bytes
    native_schema: bool
    exit_codes: Mapping[int, str]


def read_command(name: str, table: Any) -> CommandConfig:
    """The table of ``executors.name``, checked. Raises UsageError."""
    if not _NAME.match(name):
        raise UsageError(
            f"odw.toml: executors: expected a name of letters, digits, - and _, found {name!r}",
            hint="It is what the runtime option and --backend use.",
        )
    if not isinstance(table, Mapping):
        _refuse(f"executors.{name}", "a table", table)
    reader = _Reader(name, table)
    argv = reader.argv()
    output = reader.choice("output", OUTPUT, "text")
    config = CommandConfig(
        name,
        argv,
        reader.choice("stdin", STDIN, "none" if any("{prompt_file}" in word for word in argv) else "prompt"),
        output,
        reader.path("result"),
        reader.usage(),
        reader.choice("usage_counts", USAGE_COUNTS, "attempt"),
        reader.env(),
        reader.pass_env(),
        reader.seconds("timeout_s"),
        reader.seconds("idle_s"),
        reader.megabytes("output_limit_mb", TOTAL_LIMIT),
        reader.flag("native_schema"),
        reader.exit_codes(),
    )
    reader.check_keys()
    _check_together(config)
    return config


def _check_together(config: CommandConfig) -> None:
    """What each key may be by itself is checked by then; this is what they must be to each other."""
    where = f"odw.toml: executors.{config.name}"
    if config.stdin == "none" and not any("{prompt_file}" in word for word in config.argv):
        raise UsageError(
            f"{where}: the prompt does not reach the program",
            hint='Set stdin = "prompt", or put {prompt_file} into argv.',
        )
    if config.output == "jsonl" and not config.result:
        raise UsageError(
            f'{where}.result: expected a path such as "message.text", found nothing',
            hint='With output = "jsonl" it says which lines hold the answer.',
        )
    if config.output == "text":
        for key, value in (("result", config.result), ("usage", config.usage)):
            if value:
                raise UsageError(
                    f"{where}.{key}: a path means nothing in plain text",
                    hint='Set output = "json" or "jsonl", or leave it out.',
                )
    if config.native_schema and not any("{schema_file}" in word for word in config.argv):
        raise UsageError(
            f"{where}.native_schema: the schema does not reach the program",
            hint="Put {schema_file} into argv, or leave native_schema out: the prompt then carries the schema.",
        )


class _Reader:
    """Takes values out of one table, each with its check."""

    def __init__(self, name: str, table: Mapping[str, Any]) -> None:
        self._where = f"executors.{name}"
        self._table = table
        self._known = list(_ELSEWHERE)

    def argv(self) -> tuple[str, ...]:
        words = self._get("argv", None)
        expected = 'a list of strings such as ["prog", "--model", "{model}"]'
        if not isinstance(words, list) or not words or not all(isinstance(word, str) for word in words):
            _refuse(f"{self._where}.argv", expected, words)
        if not words[0] or PLACEHOLDER.search(words[0]):
            _refuse(f"{self._where}.argv[0]", "the name or path of a program", words[0])
        for index, word in enumerate(words):
            if "\0" in word:
                _refuse(f"{self._where}.argv[{index}]", "a text without NUL", word)
            for match in PLACEHOLDER.finditer(word):
                self._check_placeholder(index, match["name"])
        return tuple(words)

    def _check_placeholder(self, index: int, name: str | None) -> None:
        if name is None or name in PLACEHOLDERS:
            return
        hint = f"{{{{{name}}}}} stands for the text {{{name}}}."
        if name == "prompt":
            hint = "A prompt is too long for a command line, and all users see those: use {prompt_file} or stdin."
        known = ", ".join(f"{{{known}}}" for known in PLACEHOLDERS)
        raise UsageError(
            f"odw.toml: {self._where}.argv[{index}]: expected one of {known}, found {{{name}}}", hint=hint
        )

    def choice(self, key: str, choices: tuple[str, ...], default: str) -> str:
        value = self._get(key, default)
        if value not in choices:
            _refuse(f"{self._where}.{key}", " or ".join(f'"{choice}"' for choice in choices), value)
        return str(value)

    def path(self, key: str) -> DottedPath:
        value = self._get(key, "")
        return _path(value, f"{self._where}.{key}") if value != "" else ()

    def usage(self) -> dict[str, DottedPath]:
        table = self._table_of("usage", 'a table such as {input = "usage.in", output = "usage.out"}')
        where = f"{self._where}.usage"
        for key in table:
            _check_key(where, key, USAGE_FIELDS)
        return {key: _path(value, f"{where}.{key}") for key, value in table.items()}

    def env(self) -> dict[str, str]:
        table = self._table_of("env", 'a table such as {NAME = "value"}')
        for key, value in table.items():
            if not _VARIABLE.match(key):
                _refuse(f"{self._where}.env", "names of environment variables", key)
            if not isinstance(value, str) or "\0" in value:
                _refuse(f"{self._where}.env.{key}", "a string", value)
        return dict(table)

    def pass_env(self) -> tuple[str, ...]:
        names = self._get("pass_env", [])
        good = isinstance(names, list) and all(isinstance(n, str) and _VARIABLE.match(n) for n in names)
        if not good:
            _refuse(f"{self._where}.pass_env", 'a list of names such as ["API_KEY"]', names)
        return tuple(names)

    def seconds(self, key: str) -> float | None:
        value = self._get(key, None)
        return None if value is None else self._positive(key, value, "a number of seconds above 0")

    def megabytes(self, key: str, default: int) -> int:
        value = self._get(key, None)
        if value is None:
            return default
        return int(self._positive(key, value, "a number of megabytes above 0") * (1 << 20))

    def _positive(self, key: str, value: Any, expected: str) -> float:
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value < 1e9:
            _refuse(f"{self._where}.{key}", expected, value)
        return float(value)

    def flag(self, key: str) -> bool:
        value = self._get(key, False)
        if not isinstance(value, bool):
            _refuse(f"{self._where}.{key}", "true or false", value)
        return value

    def exit_codes(self) -> dict[int, str]:
        table = self._table_of("exit_codes", 'a table such as {75 = "rate_limit"}')
        where = f"{self._where}.exit_codes"
        for key, value in table.items():
            if not key.isdecimal() or not 1 <= int(key) <= 255:
                _refuse(where, "exit codes from 1 to 255", key)
            if not isinstance(value, str) or value not in CATEGORIES:
                _refuse(f"{where}.{key}", f"one of {', '.join(CATEGORIES)}", value)
        return {int(key): value for key, value in table.items()}

    def check_keys(self) -> None:
        for key in self._table:
            _check_key(self._where, key, self._known)

    def _table_of(self, key: str, expected: str) -> Mapping[str, Any]:
        table = self._get(key, {})
        if not isinstance(table, Mapping):
            _refuse(f"{self._where}.{key}", expected, table)
        return table

    def _get(self, key: str, default: Any) -> Any:
        self._known.append(key)
        return self._table.get(key, default)


def _path(value: Any, where: str) -> DottedPath:
    if not isinstance(value, str) or not _PATH.match(value):
        _refuse(where, 'a dotted path such as "result.text"', value)
    return tuple(value.split("."))


def _check_key(where: str, key: str, known: Any) -> None:
    if key in known:
        return
    from odw.diagnostics import closest

    meant = closest(key, known)
    raise UsageError(
        f"odw.toml: {where}.{key}: there is no such key",
        hint=f"Did you mean {meant}?" if meant else f"Known: {', '.join(known)}.",
    )


def _refuse(where: str, expected: str, found: Any) -> NoReturn:
    shown = "nothing" if found is None else repr(found)
    raise UsageError(
        f"odw.toml: {where}: expected {expected}, found {shown if len(shown) < 100 else shown[:97] + '…'}"
    )
