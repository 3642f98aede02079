"""``checkpoint(name, value?)``: a named value for those who watch, kept in the journal and in state.json."""

from __future__ import annotations

from odw.jsonvalue import JsonValue
from odw.runtime import events
from odw.runtime.context import RunContext


def record_checkpoint(run: RunContext, name: str, value: JsonValue) -> None:
    run.emit(events.checkpoint(name, value))
