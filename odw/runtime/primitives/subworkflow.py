"""``workflow(ref, args?)``: another workflow inline, one level deep, under a heading of its own. Contract, section 4."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from odw.runtime import events
from odw.runtime.call_path import Frame, Scope
from odw.runtime.context import RunContext

TOO_DEEP = "workflow() cannot be called from inside a sub-workflow: one level is the limit"
BAD_REFERENCE = "workflow() expects a name, {scriptPath} or {name, args} as the first argument"


class SubworkflowCall:
    """One call: the scope its script runs in, and the events around it."""

    __slots__ = ("_group", "_name", "_path", "_run", "scope")

    def __init__(self, run: RunContext, parent: Scope, name: str, meta: Mapping[str, Any], args: Any) -> None:
        number = run.groups[name] = run.groups.get(name, 0) + 1
        self._run = run
        self._name = name
        self._group = f"▸ {name}" if number == 1 else f"▸ {name} #{number}"
        self._path = parent.next("w")
        self.scope = Scope(Frame(name, meta, args, parent.frame.depth + 1, self._group), self._path)
        run.emit(events.workflow_call_start(self._path, name, self._group))

    def done(self, message: str | None = None) -> None:
        """It ended; ``message`` says why it failed, if it did."""
        self._run.emit(
            events.workflow_call_done(self._path, self._name, self._group, message is None, message)
        )
