"""``log(message)`` and ``console.*``: lines of the workflow's own."""

from __future__ import annotations

from odw.runtime.context import RunContext

PREFIXES = {"warn": "[warn] ", "error": "[error] "}


def write_log(run: RunContext, message: str, level: str = "log") -> None:
    """``level`` is a method of console: log, info, warn, error or debug."""
    run.log(PREFIXES.get(level, "") + message)
