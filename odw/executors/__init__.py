"""Executors: the programs that answer agent calls, one file each, and the table of those that there are.

May not: know of JavaScript, the journal, the report or each other.
"""

from __future__ import annotations

from collections.abc import Callable

from odw.runtime.abc import Backend, Executor

# What the ``runtime`` option may name; on ``--backend mock`` the mock answers for all of them.
RUNTIMES = ("claude", "codex", "opencode", "gemini", "pandacode", "bamboo", "command", "mock")


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
