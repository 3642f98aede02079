"""``--backend NAME``: which executor takes the agent calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from odw.errors import UsageError
from odw.executors import RUNTIMES, mock_backend

if TYPE_CHECKING:
    from odw.runtime.abc import Backend

_OFFER = "Add --backend mock: it answers every call by itself, spends nothing and needs nothing installed."


def choose_backend(values: dict[str, Any]) -> Backend:
    """The backend that the options name; a dry run is always on the mock. Raises UsageError."""
    name = values["backend"]
    if name == "mock" or values["dry_run"]:
        return mock_backend(values["mock_file"])
    if values["mock_file"] is not None:
        raise UsageError("--mock-file is for the mock executor", hint="Add --backend mock.")
    if name == "native":
        raise UsageError(
            "no executor to run agents with: this version has the mock executor only, those for claude, codex and others "
            "come with a later one",
            hint=_OFFER,
        )
    if name in RUNTIMES:
        raise UsageError(f"--backend {name} comes with real executors: not in this version yet", hint=_OFFER)
    from odw.diagnostics import closest

    meant = closest(name, (*RUNTIMES, "native"))
    raise UsageError(
        f"unknown backend: {name}",
        hint=f"Did you mean {meant}?" if meant else f"Known: native, {', '.join(RUNTIMES)}.",
    )
