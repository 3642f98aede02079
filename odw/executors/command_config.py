"""``[executors.NAME]`` of odw.toml: what a declared program is, checked by hand, for messages that name the key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from odw.errors import UsageError
from odw.executors._stream import TOTAL_LIMIT
from odw.executors._table import TableReader, check_key, refuse
from odw.runtime.retry import CATEGORIES

PLACEHOLDERS = ("model", "effort", "prompt_file", "schema_file", "cwd", "label", "attempt")
USAGE_FIELDS = ("input", "output", "cache_read", "cache_write", "reasoning", "cost")
STDIN = ("prompt", "none")
OUTPUT = ("text", "json", "jsonl")
USAGE_COUNTS = ("attempt", "event")

# {name} is a placeholder, {{name}} stands for the text {name}
PLACEHOLDER = re.compile(r"\{\{(?P<literal>\w+)\}\}|\{(?P<name>\w+)\}")
_PATH = re.compile(r"[^.\s]+(\.[^.\s]+)*\Z")
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
        refuse(f"executors.{name}", "a table", table)
    if "use" in table:
        raise UsageError(
            f"odw.toml: executors.{name}: it has both argv and use",
            hint="argv declares a program of your own, use names one of odw's executors (program = … for its path): give one of them.",
        )
    reader = _Reader(f"executors.{name}", table)
    argv = reader.argv()
    output = str(reader.choice("output", OUTPUT, "text"))
    config = CommandConfig(
        name,
        argv,
        str(
            reader.choice(
                "stdin", STDIN, "none" if any("{prompt_file}" in word for word in argv) else "prompt"
            )
        ),
        output,
        reader.path("result"),
        reader.usage(),
        str(reader.choice("usage_counts", USAGE_COUNTS, "attempt")),
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


class _Reader(TableReader):
    """What only a declared program has."""

    def argv(self) -> tuple[str, ...]:
        example = '["prog", "--model", "{model}"]'
        words = self.words("argv", example)
        if not words:
            refuse(f"{self.where}.argv", f"a list of strings such as {example}", self.get("argv"))
        if not words[0] or PLACEHOLDER.search(words[0]):
            refuse(f"{self.where}.argv[0]", "the name or path of a program", words[0])
        for index, word in enumerate(words):
            for match in PLACEHOLDER.finditer(word):
                self._check_placeholder(index, match["name"])
        return words

    def _check_placeholder(self, index: int, name: str | None) -> None:
        if name is None or name in PLACEHOLDERS:
            return
        hint = f"{{{{{name}}}}} stands for the text {{{name}}}."
        if name == "prompt":
            hint = "A prompt is too long for a command line, and all users see those: use {prompt_file} or stdin."
        known = ", ".join(f"{{{known}}}" for known in PLACEHOLDERS)
        raise UsageError(
            f"odw.toml: {self.where}.argv[{index}]: expected one of {known}, found {{{name}}}", hint=hint
        )

    def path(self, key: str) -> DottedPath:
        value = self.get(key, "")
        return _path(value, f"{self.where}.{key}") if value != "" else ()

    def usage(self) -> dict[str, DottedPath]:
        table = self.table("usage", 'a table such as {input = "usage.in", output = "usage.out"}')
        where = f"{self.where}.usage"
        for key in table:
            check_key(where, key, USAGE_FIELDS)
        return {key: _path(value, f"{where}.{key}") for key, value in table.items()}

    def exit_codes(self) -> dict[int, str]:
        table = self.table("exit_codes", 'a table such as {75 = "rate_limit"}')
        where = f"{self.where}.exit_codes"
        for key, value in table.items():
            if not key.isdecimal() or not 1 <= int(key) <= 255:
                refuse(where, "exit codes from 1 to 255", key)
            if not isinstance(value, str) or value not in CATEGORIES:
                refuse(f"{where}.{key}", f"one of {', '.join(CATEGORIES)}", value)
        return {int(key): value for key, value in table.items()}


def _path(value: Any, where: str) -> DottedPath:
    if not isinstance(value, str) or not _PATH.match(value):
        refuse(where, 'a dotted path such as "result.text"', value)
    return tuple(value.split("."))
