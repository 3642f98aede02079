"""``--backend NAME``: which executor takes the agent calls."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from odw.errors import UsageError
from odw.executors import (
    KINDS,
    declared_backend,
    declared_names,
    mock_backend,
    pandacode_backend,
    plugin_names,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from odw.runtime.abc import Backend

# Taken in this order when nothing says which: the first whose program is on PATH.
LOOKED_FOR = ("claude", "codex")
_OFFER = (
    "Install claude (npm install -g @anthropic-ai/claude-code) or codex (npm install -g @openai/codex), or name another "
    "executor as default_executor in odw.toml; odw doctor shows what is here. Or add --backend mock: it answers every call "
    "by itself, spends nothing and needs nothing installed."
)
_NOTHING: dict[str, Any] = {}


def choose_backend(values: Mapping[str, Any], project_file: Mapping[str, Any] = _NOTHING) -> Backend:
    """The backend that the options name; a dry run is always on the mock. Raises UsageError.

    ``project_file`` is the parsed odw.toml: ``executors`` declares programs, ``default_executor`` names the one for calls
    that name none.
    """
    name = values.get("backend") or "native"
    project_file = _with_pandacode(values.get("pandacode_bin"), project_file)
    mock_file = values.get("mock_file")
    if name == "mock" or values.get("dry_run"):
        return mock_backend(mock_file, project_file)
    if mock_file is not None:
        raise UsageError("--mock-file is for the mock executor", hint="Add --backend mock.")
    if name == "native":
        name = default_executor(project_file)
        if name == "mock":
            return mock_backend(None, project_file)
    if name == "pandacode":
        return pandacode_backend(project_file)
    known = (*declared_names(project_file), *KINDS)
    if name in known or name in plugin_names():
        return declared_backend(name, project_file)
    raise UsageError(
        f"unknown backend: {name}", hint=_known(name, ("native", "mock", *known, *plugin_names()))
    )


def pandacode_program(word: str) -> str:
    """``--pandacode-bin`` as an absolute path. Raises UsageError."""
    from shutil import which

    found = which(word)
    if found is None:
        raise UsageError(
            f"--pandacode-bin: expected a program, found {word!r}",
            hint="A path to one that can be executed, or a name on PATH.",
        )
    return os.path.abspath(found)  # noqa: PTH100


def _with_pandacode(program: str | None, project_file: Mapping[str, Any]) -> Mapping[str, Any]:
    """odw.toml as if ``[executors.pandacode]`` named this program."""
    if program is None:
        return project_file
    tables = project_file.get("executors", {})
    table = {**tables.get("pandacode", {}), "program": pandacode_program(program)}
    return {**project_file, "executors": {**tables, "pandacode": table}}


def default_executor(project_file: Mapping[str, Any]) -> str:
    """odw.toml's ``default_executor``, else the first of claude, codex that is on PATH or has a program named there.

    Raises UsageError if there is none.
    """
    default = project_file.get("default_executor")
    if default is None:
        from shutil import which

        tables = project_file.get("executors", {})
        for name in LOOKED_FOR:
            table = tables.get(name)
            if which(name) is not None or (isinstance(table, dict) and {"program", "argv"} & table.keys()):
                return name
        raise UsageError(
            "no executor to run agents with: neither claude nor codex is on PATH, and odw.toml has no default_executor",
            hint=_OFFER,
        )
    names = (*declared_names(project_file), *KINDS, "mock")
    if default not in names and default not in plugin_names():
        raise UsageError(
            f"odw.toml: default_executor: expected an executor's name, found {default!r}",
            hint=_known(str(default), names),
        )
    return str(default)


def _known(name: str, names: tuple[str, ...]) -> str:
    from odw.diagnostics import closest

    meant = closest(name, names)
    return f"Did you mean {meant}?" if meant else f"Known: {', '.join(dict.fromkeys(names))}."
