"""``choose_backend``: from --backend and odw.toml to the executors of a run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from odw.errors import UsageError
from odw.executors import KINDS, RUNTIMES
from odw.executors.choice import choose_backend

FILE: dict[str, Any] = {"executors": {"agent": {"argv": ["prog"]}, "codex": {"argv": ["other"]}}}


def refused(values: dict[str, Any], file: dict[str, Any]) -> UsageError:
    with pytest.raises(UsageError) as raised:
        choose_backend(values, file)
    return raised.value


@pytest.mark.parametrize(
    "values", [{"backend": "mock"}, {"backend": "agent", "dry_run": True}, {"dry_run": True}]
)
def test_the_mock_takes_every_runtime(values: dict[str, Any]) -> None:
    backend = choose_backend(values, {"executors": {"agent": {"argv": 3}}})
    assert (backend.name, backend.default, set(backend.runtimes)) == ("mock", "mock", {*RUNTIMES, "agent"})
    assert choose_backend({"backend": "mock"}).name == "mock"


def test_a_declared_executor() -> None:
    backend = choose_backend({"backend": "agent"}, FILE)
    assert (backend.name, backend.default) == ("agent", "agent")
    assert set(backend.runtimes) == {*KINDS, "agent", "mock"}
    assert backend.runtimes["codex"].name == "codex"
    assert choose_backend({"backend": "codex", "mock_file": None, "dry_run": False}, FILE).default == "codex"


def test_native_is_the_default_of_the_project() -> None:
    for values in ({}, {"backend": "native"}, {"backend": None}):
        backend = choose_backend(values, {**FILE, "default_executor": "agent"})
        assert (backend.default, set(backend.runtimes)) == ("agent", {*KINDS, "agent", "mock"})
    assert choose_backend({}, {"default_executor": "mock"}).name == "mock"


def test_native_is_else_the_first_that_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("codex", "claude"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
        assert choose_backend({}).default == name


def test_native_without_a_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert choose_backend({"backend": "native"}, FILE).default == "codex"  # a program is named for it
    only = {"executors": {"agent": {"argv": ["prog"]}, "claude": {"concurrency": 2}}}
    error = refused({"backend": "native"}, only)
    assert "odw.toml has no default_executor" in error.message and "--backend mock" in error.hint
    assert refused({}, {}).message == error.message


@pytest.mark.parametrize("default", ["agnt", "nonsense", 3, ["agent"]])
def test_a_default_that_is_not_declared(default: Any) -> None:
    error = refused({}, {**FILE, "default_executor": default})
    assert error.message == f"odw.toml: default_executor: expected an executor's name, found {default!r}"
    assert error.hint == (
        "Did you mean agent?"
        if default == "agnt"
        else f"Known: {', '.join(dict.fromkeys(('agent', 'codex', *KINDS, 'mock')))}."
    )


def test_unknown_backends() -> None:
    assert refused({"backend": "agnet"}, FILE).hint == "Did you mean agent?"
    error = refused({"backend": "nonsense"}, FILE)
    assert error.message == "unknown backend: nonsense" and error.hint.startswith(
        "Known: native, mock, agent, codex, claude"
    )


def test_answers_are_for_the_mock() -> None:
    assert (
        refused({"backend": "agent", "mock_file": "f"}, FILE).message
        == "--mock-file is for the mock executor"
    )


def test_a_wrong_table() -> None:
    error = refused({"backend": "agent"}, {"executors": {"agent": {"argv": "prog"}}})
    assert error.message.startswith("odw.toml: executors.agent.argv: expected a list of strings")
    assert refused({"backend": "agent"}, {"executors": 3}).message.startswith(
        "odw.toml: executors: expected tables"
    )
