"""What a workflow's own code may have to catch."""

from __future__ import annotations

from typing import Any


class AgentFailed(Exception):
    """A call failed for good, under ``on_failure="throw"``.

    ``category`` is one of the classes of failures (docs/executors.md); ``report`` is what ``on_failure="report"`` would have given.
    """

    def __init__(self, message: str, category: str, report: dict[str, Any]) -> None:
        super().__init__(message)
        self.category = category
        self.report = report


class InvalidOption(ValueError):
    """An option of a call, or a schema, that cannot work; nothing was dispatched."""


class NobodyToAsk(RuntimeError):
    """``odw.human()`` without a person to ask, and without a default."""
