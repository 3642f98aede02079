"""``odw.toml``: the settings of a project, as a table.

What is checked here: that it is TOML, that every key is known, and the tables that no other part of odw reads first (``budget``,
``prices``, ``runtimes``). Values of settings are judged by ``settings.py``, ``[executors.NAME]`` by the executors, but for
``concurrency`` and ``budget``, which mean there what they mean in ``[runtimes.NAME]``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from odw.errors import UsageError

SECTIONS = ("budget", "prices", "runtimes", "executors")
OF_RUNTIMES = ("executors", "runtimes")  # where concurrency and budget of one runtime may stand
_BUDGET = ("total", "policy", "phases", "runtimes")
_RUNTIME = ("concurrency", "budget")
_PRICE = ("input", "output", "cache_read", "cache_write")


def read_project_file(project: Path) -> dict[str, Any]:
    """What ``find_project_file`` finds, as a table; {} when there is none. Raises UsageError with the place of what is wrong."""
    return find_project_file(project)[1]


def find_project_file(project: Path) -> tuple[Path | None, dict[str, Any]]:
    """The nearest ``odw.toml`` from the project's directory up to the repository's root, else the nearest ``[tool.odw]`` of a
    pyproject.toml there: its path and its table; (None, {}) when there is none. Raises UsageError with the place of what is wrong.
    """
    folders = up_to_root(project)
    for folder in folders:
        path = folder / "odw.toml"
        if path.is_file():
            return path, _checked(_parse(path, _bytes(path)), path.name)
    for folder in folders:
        path = folder / "pyproject.toml"
        if path.is_file() and b"tool" in (text := _bytes(path)) and b"odw" in text:
            tools = _parse(path, text).get("tool")
            if isinstance(tools, dict) and "odw" in tools:
                return path, _checked(tools["odw"], "pyproject.toml: tool.odw")
    return None, {}


def up_to_root(project: Path) -> list[Path]:
    """The directory and its parents up to the repository's root; only itself outside of a repository."""
    chain = [project, *project.parents]
    for depth, folder in enumerate(chain):
        if (folder / ".git").exists():
            return chain[: depth + 1]
    return [project]


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path.name} cannot be read: {error.strerror}") from None


def _parse(path: Path, data: bytes) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{path.name}:{line}: not UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        place, message = _place(str(error), data)
        raise UsageError(
            f"{path.name}:{place}: {message}", hint="The file is TOML: key = value, and [sections]."
        ) from None
    except RecursionError:
        raise UsageError(f"{path.name}: its values nest too deeply") from None


def _place(message: str, data: bytes) -> tuple[str, str]:
    """tomllib's "what (at line L, column C)" as ("L:C", "what")."""
    import re

    found = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)\Z", message)
    if found is None:
        return "1:1", message
    if found[1] is None:
        last = data.rstrip(b"\n").split(b"\n")
        return f"{len(last)}:{len(last[-1]) + 1}", f"{message[: found.start()]} (the file ends here)"
    return f"{found[1]}:{found[2]}", message[: found.start()]


def _checked(table: Any, where: str) -> dict[str, Any]:
    from odw.settings import SETTINGS

    if not isinstance(table, dict):
        raise UsageError(f"{where}: expected a table, found {table!r}")
    _known_keys(table, (*SETTINGS, "default_executor", *SECTIONS), where)
    for section in SECTIONS:
        _table(table.get(section, {}), f"{where}: {section}", f"[{section}]")
    for section in ("prices", "runtimes", "executors"):
        for name, entry in table.get(section, {}).items():
            _table(entry, f"{where}: {section}.{name}", f"[{section}.{name}]")
    _check_budget(table.get("budget", {}), f"{where}: budget")
    for name, entry in table.get("runtimes", {}).items():
        _known_keys(entry, _RUNTIME, f"{where}: runtimes.{name}")
        _check_runtime(entry, f"{where}: runtimes.{name}")
    for name, entry in table.get("executors", {}).items():
        _check_runtime(entry, f"{where}: executors.{name}")
        for key in _RUNTIME:
            if key in entry and key in table.get("runtimes", {}).get(name, {}):
                raise UsageError(
                    f"{where}: {key} stands in both executors.{name} and runtimes.{name}",
                    hint="Leave one of them out.",
                )
    for name, entry in table.get("prices", {}).items():
        _check_price(entry, f"{where}: prices.{name}")
    return table


def _table(value: Any, where: str, shown: str) -> None:
    if not isinstance(value, dict):
        raise UsageError(f"{where}: expected a table {shown}, found {value!r}")


def _known_keys(table: Mapping[str, Any], known: Iterable[str], where: str) -> None:
    known = tuple(known)
    for key in table:
        if key not in known:
            from odw.diagnostics import closest

            meant = closest(key, known)
            raise UsageError(
                f"{where}: unknown key {key!r}",
                hint=f"Did you mean {meant}?" if meant else f"Known: {', '.join(known)}.",
            )


def _check_budget(table: Mapping[str, Any], where: str) -> None:
    _known_keys(table, _BUDGET, where)
    if "total" in table:
        _check_limit(table["total"], f"{where}.total")
    for group in ("phases", "runtimes"):
        _table(table.get(group, {}), f"{where}.{group}", "{ NAME = limit }")
        for name, limit in table.get(group, {}).items():
            _check_limit(limit, f"{where}.{group}.{name}")


def _check_runtime(table: Mapping[str, Any], where: str) -> None:
    limit = table.get("concurrency", 1)
    if isinstance(limit, bool) or not isinstance(limit, int) or not 1 <= limit <= 1024:
        raise UsageError(f"{where}.concurrency: expected a whole number from 1 to 1024, found {limit!r}")
    if "budget" in table:
        _check_limit(table["budget"], f"{where}.budget")


def _check_limit(value: Any, where: str) -> None:
    """A text is read where the limits are put together; whatever else is no limit must not pass for "no limit"."""
    if not isinstance(value, str) and not (_is_number(value) and value > 0):
        raise UsageError(
            f'{where}: expected a limit such as 500000, "500k", "2M-total" or "$5", found {value!r}'
        )


def _check_price(table: Mapping[str, Any], where: str) -> None:
    _known_keys(table, _PRICE, where)
    for key, price in table.items():
        if not _is_number(price) or price < 0:
            raise UsageError(f"{where}.{key}: expected dollars per million tokens, found {price!r}")
    for key in ("input", "output"):
        if key not in table:
            raise UsageError(
                f"{where}: {key} is missing",
                hint="A price has input and output, and if they differ from input cache_read and cache_write.",
            )


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value < float("inf")


def per_runtime(project_file: Mapping[str, Any]) -> dict[str, int]:
    """Runtime → how many of its calls may run at once, for those that odw.toml limits."""
    return {
        name: entry["concurrency"]
        for section in OF_RUNTIMES
        for name, entry in project_file.get(section, {}).items()
        if "concurrency" in entry
    }
