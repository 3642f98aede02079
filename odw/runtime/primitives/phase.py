"""``phase(title, detail?)``: the phase of the calls that follow, for the workflow that says it."""

from __future__ import annotations

from odw.runtime import events
from odw.runtime.call_path import Scope
from odw.runtime.context import RunContext
from odw.runtime.sizes import line


def enter_phase(run: RunContext, scope: Scope, title: str, detail: str | None = None) -> None:
    scope.frame.phase = title = line(title)
    run.emit(events.phase(title, None if detail is None else line(detail), scope.frame.group))
