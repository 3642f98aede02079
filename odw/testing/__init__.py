"""Tests of workflows, JavaScript and Python: scripted or recorded answers, virtual time, and all that a run did to look at.

In pytest the fixture ``odw_run`` runs a workflow; elsewhere ``odw.testing.run`` does (docs/testing.md).

May not: be imported by the rest of odw.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from odw.testing.answers import Reply, fails, in_turn, recorded, reply, synthesized
    from odw.testing.calls import Call, Calls
    from odw.testing.finished import Run, RunFailed
    from odw.testing.project import Project, run
    from odw.testing.recordings import MissingAnswer, Recording

_HOME = {
    "Call": "odw.testing.calls",
    "Calls": "odw.testing.calls",
    "MissingAnswer": "odw.testing.recordings",
    "Project": "odw.testing.project",
    "Recording": "odw.testing.recordings",
    "Reply": "odw.testing.answers",
    "Run": "odw.testing.finished",
    "RunFailed": "odw.testing.finished",
    "fails": "odw.testing.answers",
    "in_turn": "odw.testing.answers",
    "recorded": "odw.testing.answers",
    "reply": "odw.testing.answers",
    "run": "odw.testing.project",
    "synthesized": "odw.testing.answers",
}

__all__ = [
    "Call",
    "Calls",
    "MissingAnswer",
    "Project",
    "Recording",
    "Reply",
    "Run",
    "RunFailed",
    "fails",
    "in_turn",
    "recorded",
    "reply",
    "run",
    "synthesized",
]


def __getattr__(name: str) -> Any:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module 'odw.testing' has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(home), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
