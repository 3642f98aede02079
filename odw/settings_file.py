"""``odw.toml``: the settings of a project, as a table. ``settings.py`` and whoever a section concerns judge its values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from odw.errors import UsageError

SECTIONS = ("budget", "prices", "runtimes", "executors")


def read_project_file(project: Path) -> dict[str, Any]:
    """The nearest ``odw.toml`` from the project's directory up to the repository's root, else ``[tool.odw]`` of a
    pyproject.toml there; {} when there is none. Raises UsageError with the place of what is wrong.
    """
    for folder in _up_to_root(project):
        path = folder / "odw.toml"
        if path.is_file():
            return _checked(_parse(path), path.name)
        path = folder / "pyproject.toml"
        if path.is_file() and b"[tool.odw" in _bytes(path):
            table = _parse(path).get("tool", {}).get("odw", {})
            return _checked(table, "pyproject.toml: tool.odw")
    return {}


def _up_to_root(project: Path) -> list[Path]:
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


def _parse(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(_bytes(path).decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UsageError(f"{path.name} is not UTF-8: byte {error.start}") from None
    except tomllib.TOMLDecodeError as error:
        raise UsageError(
            f"{path.name}: {error}", hint="The file is TOML: key = value, and [sections]."
        ) from None


def _checked(table: Any, where: str) -> dict[str, Any]:
    from odw.settings import SETTINGS

    if not isinstance(table, dict):
        raise UsageError(f"{where}: expected a table, found {table!r}")
    known = (*SETTINGS, "default_executor", *SECTIONS)
    for key, value in table.items():
        if key not in known:
            from odw.diagnostics import closest

            meant = closest(key, known)
            raise UsageError(
                f"{where}: unknown key {key!r}",
                hint=f"Did you mean {meant}?" if meant else f"Known: {', '.join(known)}.",
            )
        if key in SECTIONS and not isinstance(value, dict):
            raise UsageError(f"{where}: {key}: expected a table [{key}], found {value!r}")
    _check_tables(table, where)
    return table


def _check_tables(table: dict[str, Any], where: str) -> None:
    for section in ("prices", "runtimes", "executors"):
        for name, entry in table.get(section, {}).items():
            if not isinstance(entry, dict):
                raise UsageError(f"{where}: {section}.{name}: expected a table, found {entry!r}")
    for name, entry in table.get("runtimes", {}).items():
        limit = entry.get("concurrency", 1)
        if isinstance(limit, bool) or not isinstance(limit, int) or not 1 <= limit <= 1024:
            raise UsageError(
                f"{where}: runtimes.{name}.concurrency: expected a whole number from 1 to 1024, found {limit!r}"
            )
    for name, entry in table.get("prices", {}).items():
        for key, price in entry.items():
            if isinstance(price, bool) or not isinstance(price, int | float) or price < 0:
                raise UsageError(
                    f"{where}: prices.{name}.{key}: expected dollars per million tokens, found {price!r}"
                )
