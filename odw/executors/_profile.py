"""``[executors.NAME]`` of odw.toml without ``argv``: how one of odw's own executors is to be used, maybe under another name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from odw.executors._table import TableReader, refuse

PERMISSIONS = ("read", "limited", "max")


class Profile(NamedTuple):
    """What a call gets from it where it says nothing itself. ``name`` is what ``runtime`` and ``--backend`` call it.

    ``use`` is the executor; ``program`` the command that starts its program and ``args`` what follows odw's own arguments;
    ``env`` and ``pass_env`` add to the environment that the executor lets through.
    """

    name: str
    use: str
    program: tuple[str, ...] = ()
    args: tuple[str, ...] = ()
    model: str | None = None
    effort: str | None = None
    provider: str | None = None
    base_url: str | None = None
    permission: str | None = None
    sandbox: str | None = None
    tools: tuple[str, ...] | None = None
    env: Mapping[str, str] = {}
    pass_env: tuple[str, ...] = ()
    timeout_s: float | None = None
    idle_s: float | None = None


def read_profile(name: str, table: Any) -> Profile:
    """The table of ``executors.name``, checked. Raises UsageError."""
    where = f"executors.{name}"
    if not isinstance(table, Mapping):
        refuse(where, "a table", table)
    reader = TableReader(where, table)
    program = reader.get("program")
    if isinstance(program, str) and program:
        command: tuple[str, ...] = (program,)
        reader.text("program")
    else:
        command = reader.words("program", '["npx", "claude"], or one path') or ()
    profile = Profile(
        name,
        reader.text("use") or name,
        command,
        reader.words("args", '["--verbose"]') or (),
        reader.text("model"),
        reader.text("effort"),
        reader.text("provider"),
        reader.text("base_url"),
        reader.text("permission"),
        reader.text("sandbox"),
        reader.words("tools", '["Read", "Grep"]'),
        reader.env(),
        reader.pass_env(),
        reader.seconds("timeout_s"),
        reader.seconds("idle_s"),
    )
    reader.check_keys()
    return profile
