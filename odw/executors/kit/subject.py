"""What is put through the kit: an executor, as its table in odw.toml makes it, and the dialect of its program."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from odw.diagnostics import closest
from odw.errors import UsageError
from odw.executors import KINDS, create_executor, plugin_names
from odw.executors.kit import stand_in
from odw.runtime.abc import Executor

ENTRY_POINTS = (
    "odw.executor_dialects"  # the group in which other packages name the dialects of their executors
)
_DIALECTS = Path(__file__).parent / "dialects"


class Dialect(Protocol):
    """What the kit itself reads of one (``dialects/__init__.py`` has the rest)."""

    usage: Mapping[str, int]
    fails: Mapping[str, tuple[list[Any], int]]
    whole: bool
    session: str | None

    def begin(self) -> list[Any]: ...

    def say(self, text: str) -> list[Any]: ...

    def tool(self, name: str, what: str) -> list[Any]: ...

    def end(self, text: str, usage: Mapping[str, Any] | None) -> list[Any]: ...


class Subject(NamedTuple):
    """An executor under test. ``table`` is its own of odw.toml, {} if it has none; ``dialect_file`` None: none is known."""

    name: str
    table: Mapping[str, Any]
    dialect_file: str | None

    @property
    def dialect(self) -> Dialect:
        assert self.dialect_file is not None
        found: Dialect = stand_in.load_dialect(self.dialect_file, dict(self.table))
        return found

    def real(self, **more: Any) -> Executor:
        """The executor as it is, with other deadlines perhaps."""
        return create_executor(self.name, {**self.table, **more} or None)

    def playing(self, play_file: Path, env: Mapping[str, str], **more: Any) -> Executor:
        """The executor with the stand-in as its program. Raises UsageError for a table that is wrong."""
        assert self.dialect_file is not None
        program = (sys.executable, "-S", "-E", stand_in.__file__, self.dialect_file, str(play_file))
        return self.running(program, env=dict(env), **more)

    def running(self, program: Sequence[str], **more: Any) -> Executor:
        """The executor with another program, which gets the executor's own arguments after its words."""
        argv = self.table.get("argv")
        key, words = ("program", program) if argv is None else ("argv", [*program, *argv[1:]])
        env = {**self.table.get("env", {}), **more.pop("env", {})}
        return create_executor(self.name, {**self.table, key: list(words), "env": env, **more})


def find_subject(name: str, tables: Mapping[str, Any]) -> Subject:
    """The executor that ``runtime: name`` would use, given ``executors`` of odw.toml. Raises UsageError."""
    table = tables.get(name, {})
    known = (*tables, *KINDS, *plugin_names())
    if name not in known:
        meant = closest(name, known)
        raise UsageError(
            f"there is no executor {name!r}",
            hint=f"Did you mean {meant}?" if meant else f"Known: {', '.join(known)}.",
        )
    create_executor(name, table or None)  # says what is wrong with the name or the table
    if "argv" in table:
        return Subject(name, table, str(_DIALECTS / "command.py"))
    use = table.get("use", name)
    own = _DIALECTS / f"{use}.py"
    if use in KINDS and own.is_file():
        return Subject(name, table, str(own))
    return Subject(name, table, _foreign_dialect(use))


def _foreign_dialect(use: str) -> str | None:
    from importlib.metadata import entry_points

    for point in entry_points(group=ENTRY_POINTS, name=use):
        try:
            return str(point.load().__file__)
        except Exception as error:  # noqa: BLE001 - another's code may fail in any way as it is loaded
            raise UsageError(
                f"the dialect {point.value} of the executor {use} cannot be loaded: {type(error).__name__}: {error}"
            ) from None
    return None
