"""A command to a run as a line of its control file, ``control_client.py`` → ``control.py``.

One JSON object per line, short enough to be written in one piece, so that two clients cannot mix their lines:

    {"id": "9f3a…", "command": "skip", "node": "7"}
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

COMMANDS = ("pause", "unpause", "stop", "skip", "retry")
LINE_LIMIT = 4096  # bytes with the newline: what Linux writes to a pipe in one piece


class Command(NamedTuple):
    """``node`` names a call for "skip" and "retry": its number, path or label."""

    id: str
    name: str
    node: str | None = None


def parse_command(line: bytes) -> Command | None:
    """A line of the FIFO as a command; None if it is none."""
    if len(line) >= LINE_LIMIT:
        return None
    try:
        value: Any = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict):
        return None
    command = Command(value.get("id", ""), value.get("command", ""), value.get("node"))
    if not isinstance(command.id, str) or not command.id or command.name not in COMMANDS:
        return None
    named = command.name in ("skip", "retry")
    if named != isinstance(command.node, str) or (not named and command.node is not None):
        return None
    return command


def command_line(command: Command) -> bytes:
    """The line for a command; the inverse of ``parse_command``, with the newline."""
    entry: dict[str, Any] = {"id": command.id, "command": command.name}
    if command.node is not None:
        entry["node"] = command.node
    return json.dumps(entry, separators=(",", ":")).encode("ascii") + b"\n"
