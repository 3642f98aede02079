"""From parsed values to a command, and from what goes wrong to a message and an exit code."""

from __future__ import annotations

from typing import Any

from odw.cli.options import Command
from odw.errors import UsageError


def run_command(command: Command, values: dict[str, Any]) -> int:
    """Run one command; returns the exit code. Raises OdwError, KeyboardInterrupt, BrokenPipeError."""
    for option in command.options:
        if option.comes_with and values.get(option.name):
            raise UsageError(f"{option.flags[0]} comes with {option.comes_with}: not in this version yet")
    if command.name == "exec":
        from odw.cli.exec_command import exec_command

        return exec_command(values)
    if command.name == "lint":
        from odw.cli.lint_command import lint_command

        return lint_command(values)
    from odw.cli.transpile_command import transpile_command

    return transpile_command(values)
