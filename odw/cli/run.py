"""From parsed values to a command: its module is imported only when it is meant."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from odw.cli.options import Command


def run_command(command: Command, values: dict[str, Any]) -> int:
    """Run one command; returns the exit code. Raises OdwError, KeyboardInterrupt, BrokenPipeError."""
    module, _, name = command.function.partition(":")
    code: int = getattr(import_module(f"odw.cli.{module}"), name)(values)
    return code
