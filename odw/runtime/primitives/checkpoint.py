"""``checkpoint(name, value?)``: a named value for those who watch, kept in the journal and in state.json."""

from __future__ import annotations

from odw.jsonvalue import JsonValue
from odw.runtime import events
from odw.runtime.context import RunContext
from odw.runtime.sizes import check_json_size, check_text_size


def record_checkpoint(run: RunContext, name: str, value: JsonValue) -> None:
    """Raises TooLarge."""
    check_json_size(value, "a checkpoint", run.options.max_value_mb)
    check_text_size(name, "the name of a checkpoint", run.options.max_value_mb)
    run.emit(events.checkpoint(name, value))
