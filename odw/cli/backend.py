"""``--backend NAME``: which executor takes the agent calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from odw.errors import UsageError
from odw.executors import RUNTIMES, declared_backend, declared_names, mock_backend

if TYPE_CHECKING:
    from collections.abc import Mapping

    from odw.runtime.abc import Backend

_OFFER = (
    "Add --backend mock: it answers every call by itself, spends nothing and needs nothing installed. "
    "Or declare a program as [executors.NAME] in odw.toml."
)
_NOTHING: dict[str, Any] = {}


def choose_backend(values: Mapping[str, Any], project_file: Mapping[str, Any] = _NOTHING) -> Backend:
    """The backend that the options name; a dry run is always on the mock. Raises UsageError.

    ``project_file`` is the parsed odw.toml: ``executors`` declares programs, ``default_executor`` names the one for calls
    that name none.
    """
    name = values.get("backend") or "native"
    mock_file = values.get("mock_file")
    if name == "mock" or values.get("dry_run"):
        return mock_backend(mock_file)
    if mock_file is not None:
        raise UsageError("--mock-file is for the mock executor", hint="Add --backend mock.")
    if name == "native":
        name = _default(project_file)
        if name == "mock":
            return mock_backend()
    names = declared_names(project_file)
    if name in names:
        return declared_backend(name, project_file)
    if name in RUNTIMES:
        raise UsageError(f"--backend {name} comes with real executors: not in this version yet", hint=_OFFER)
    raise UsageError(f"unknown backend: {name}", hint=_known(name, ("native", *names, *RUNTIMES)))


def _default(project_file: Mapping[str, Any]) -> str:
    default = project_file.get("default_executor")
    if default is None:
        raise UsageError(
            "no executor to run agents with: odw.toml has no default_executor, and those for claude, codex and others "
            "come with a later version",
            hint=_OFFER,
        )
    names = (*declared_names(project_file), "mock")
    if default not in names:
        raise UsageError(
            f"odw.toml: default_executor: expected an executor's name, found {default!r}",
            hint=_known(str(default), names),
        )
    return str(default)


def _known(name: str, names: tuple[str, ...]) -> str:
    from odw.diagnostics import closest

    meant = closest(name, names)
    return f"Did you mean {meant}?" if meant else f"Known: {', '.join(dict.fromkeys(names))}."
