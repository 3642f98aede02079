"""What a call with ``isolation: "worktree"`` gives its script. Contract, section 8."""

from __future__ import annotations

from typing import Any


def attach_worktree(value: Any, schema: Any, worktree: dict[str, Any]) -> Any:
    """No schema: ``{text, worktree}``. An object under a schema: the same object with ``worktree``.

    Any other value stays what its schema promised; the patch is in the run directory all the same.
    """
    if schema is None:
        return {"text": value, "worktree": worktree}
    if isinstance(value, dict):
        return {**value, "worktree": worktree}
    return value
