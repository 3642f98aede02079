"""Executors: the programs that answer agent calls, one file each, and the table of those that there are.

May not: know of JavaScript, the journal, the report or each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from odw.errors import UsageError
from odw.runtime.abc import Backend, Executor

# What the ``runtime`` option may name; on ``--backend mock`` the mock answers for all of them.
RUNTIMES = ("claude", "codex", "opencode", "gemini", "pandacode", "bamboo", "command", "mock")
# Names with a meaning of their own: ``native`` stands for the default executor.
RESERVED = ("mock", "native")


def create_mock(mock_file: str | None = None) -> Executor:
    """The mock executor, with the answers of ``mock_file`` if one is given. Raises UsageError for a bad file."""
    from odw.executors.mock import MockExecutor

    if mock_file is None:
        return MockExecutor()
    from odw.executors.mock_answers import load_mock_answers

    return MockExecutor(load_mock_answers(mock_file))


EXECUTORS: dict[str, Callable[..., Executor]] = {"mock": create_mock}


def mock_backend(mock_file: str | None = None) -> Backend:
    """A backend in which the mock takes every call, whatever runtime it names."""
    return Backend("mock", "mock", dict.fromkeys(RUNTIMES, create_mock(mock_file)))


def declared_names(project_file: Mapping[str, Any]) -> tuple[str, ...]:
    """The executors that a parsed odw.toml declares. A table of a known runtime without ``argv`` only sets its limits.

    Raises UsageError when ``executors`` is no table.
    """
    tables = project_file.get("executors", {})
    if not isinstance(tables, Mapping):
        raise UsageError(f"odw.toml: executors: expected tables such as [executors.NAME], found {tables!r}")
    return tuple(
        name
        for name, table in tables.items()
        if name not in RUNTIMES or (isinstance(table, Mapping) and "argv" in table)
    )


def declared_backend(name: str, project_file: Mapping[str, Any]) -> Backend:
    """A backend of all that odw.toml declares, and the mock; ``name`` takes the calls that name no runtime.

    Raises UsageError for a table that is wrong, also one that no call may come to use.
    """
    from odw.executors.command import CommandExecutor
    from odw.executors.command_config import read_command

    runtimes: dict[str, Executor] = {"mock": create_mock()}
    for declared in declared_names(project_file):
        if declared in RESERVED:
            raise UsageError(
                f"odw.toml: executors.{declared}: the name is odw's own",
                hint="Give the program another name.",
            )
        runtimes[declared] = CommandExecutor(read_command(declared, project_file["executors"][declared]))
    return Backend(name, name, runtimes)
