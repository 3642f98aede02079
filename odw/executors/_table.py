"""One table of odw.toml, read key by key: each value with its check, and messages that name the key."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, NoReturn

from odw.errors import UsageError

ELSEWHERE = ("concurrency", "budget")  # keys of an executor's table that the runtime reads
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


class TableReader:
    """Takes values out of ``[executors.NAME]``; ``check_keys`` refuses the keys that nobody asked for.

    Every method raises UsageError for a value that it cannot take.
    """

    def __init__(self, where: str, table: Mapping[str, Any]) -> None:
        self.where = where
        self._table = table
        self._known = list(ELSEWHERE)

    def get(self, key: str, default: Any = None) -> Any:
        self._known.append(key)
        return self._table.get(key, default)

    def text(self, key: str) -> str | None:
        value = self.get(key)
        if value is not None and (not isinstance(value, str) or not value or "\0" in value):
            refuse(f"{self.where}.{key}", "a text", value)
        return value if isinstance(value, str) else None

    def words(self, key: str, example: str) -> tuple[str, ...] | None:
        """A list of strings."""
        words = self.get(key)
        if words is None:
            return None
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            refuse(f"{self.where}.{key}", f"a list of strings such as {example}", words)
        for index, word in enumerate(words):
            if "\0" in word:
                refuse(f"{self.where}.{key}[{index}]", "a text without NUL", word)
        return tuple(words)

    def choice(self, key: str, choices: Collection[str], default: str | None) -> str | None:
        value = self.get(key, default)
        if value is not None and value not in choices:
            refuse(f"{self.where}.{key}", " or ".join(f'"{choice}"' for choice in choices), value)
        return None if value is None else str(value)

    def env(self) -> dict[str, str]:
        """``env``: variables to set."""
        table = self.table("env", 'a table such as {NAME = "value"}')
        for key, value in table.items():
            if not _VARIABLE.match(key):
                refuse(f"{self.where}.env", "names of environment variables", key)
            if not isinstance(value, str) or "\0" in value:
                refuse(f"{self.where}.env.{key}", "a string", value)
        return dict(table)

    def pass_env(self) -> tuple[str, ...]:
        """``pass_env``: names of odw's own variables that the program may see."""
        names = self.get("pass_env", [])
        good = isinstance(names, list) and all(isinstance(n, str) and _VARIABLE.match(n) for n in names)
        if not good:
            refuse(f"{self.where}.pass_env", 'a list of names such as ["API_KEY"]', names)
        return tuple(names)

    def seconds(self, key: str) -> float | None:
        value = self.get(key)
        return None if value is None else self._positive(key, value, "a number of seconds above 0")

    def megabytes(self, key: str, default: int) -> int:
        value = self.get(key)
        if value is None:
            return default
        return int(self._positive(key, value, "a number of megabytes above 0") * (1 << 20))

    def _positive(self, key: str, value: Any, expected: str) -> float:
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value < 1e9:
            refuse(f"{self.where}.{key}", expected, value)
        return float(value)

    def flag(self, key: str) -> bool:
        value = self.get(key, False)
        if not isinstance(value, bool):
            refuse(f"{self.where}.{key}", "true or false", value)
        return value

    def table(self, key: str, expected: str) -> Mapping[str, Any]:
        table = self.get(key, {})
        if not isinstance(table, Mapping):
            refuse(f"{self.where}.{key}", expected, table)
        return table

    def check_keys(self) -> None:
        for key in self._table:
            check_key(self.where, key, self._known)


def check_key(where: str, key: str, known: Any) -> None:
    if key in known:
        return
    from odw.diagnostics import closest

    meant = closest(key, known)
    raise UsageError(
        f"odw.toml: {where}.{key}: there is no such key",
        hint=f"Did you mean {meant}?" if meant else f"Known: {', '.join(known)}.",
    )


def refuse(where: str, expected: str, found: Any) -> NoReturn:
    shown = "nothing" if found is None else repr(found)
    raise UsageError(
        f"odw.toml: {where}: expected {expected}, found {shown if len(shown) < 100 else shown[:97] + '…'}"
    )
