"""Executors: the programs that answer agent calls, one file each, and the table of those that there are.

May not: know of JavaScript, the journal, the report or each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from odw.errors import UsageError
from odw.runtime.abc import Backend, Executor

# Executor -> where its class is, which is made with a Profile. ``command`` and ``mock`` are made differently.
KINDS = {
    "claude": "odw.executors.claude:ClaudeExecutor",
    "codex": "odw.executors.codex:CodexExecutor",
    "opencode": "odw.executors.opencode:OpencodeExecutor",
    "gemini": "odw.executors.gemini:GeminiExecutor",
    "pandacode": "odw.executors.pandacode:PandacodeExecutor",
    "bamboo": "odw.executors.bamboo:BambooExecutor",
}
# What the ``runtime`` option may name; on ``--backend mock`` the mock answers for all of them.
RUNTIMES = (*KINDS, "command", "mock")
# Names with a meaning of their own: ``native`` stands for the default executor.
RESERVED = ("mock", "native", "command", "auto")
ENTRY_POINTS = "odw.executors"  # the group in which other packages name theirs


class Runtimes(Mapping[str, Executor]):
    """Name → executor, made when it is first asked for: a run loads the one or two that it uses.

    Other packages' executors are found by their names too, but not listed: that takes a look at every package installed.
    """

    def __init__(self, makers: Mapping[str, Callable[[], Executor]]) -> None:
        self._makers = makers
        self._made: dict[str, Executor] = {}

    def __getitem__(self, name: str) -> Executor:
        made = self._made.get(name)
        if made is None:
            if name not in self._makers and name not in plugin_names():
                raise KeyError(name)
            maker = self._makers.get(name) or _maker(name, None)
            made = self._made[name] = maker()
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def __contains__(self, name: object) -> bool:
        return name in self._makers


def create_mock(mock_file: str | None = None) -> Executor:
    """The mock executor, with the answers of ``mock_file`` if one is given. Raises UsageError for a bad file."""
    from odw.executors.mock import MockExecutor

    if mock_file is None:
        return MockExecutor()
    from odw.executors.mock_answers import load_mock_answers

    return MockExecutor(load_mock_answers(mock_file))


def create_executor(name: str, table: Any = None) -> Executor:
    """The executor that ``[executors.NAME]`` describes, or odw's own of that name when there is no table.

    Raises UsageError for a table that is wrong and for a name that nothing stands behind.
    """
    return _maker(name, table)()


def _maker(name: str, table: Any) -> Callable[[], Executor]:
    """Checks the table now, and loads the executor's code when it is first needed."""
    if isinstance(table, Mapping) and "argv" in table:
        from odw.executors.command import CommandExecutor
        from odw.executors.command_config import read_command

        command = CommandExecutor(read_command(name, table))
        return lambda: command
    from odw.executors._profile import read_profile

    profile = read_profile(name, {} if table is None else table)
    if table is not None or profile.use not in KINDS:  # an executor checks its own profile as it is made
        made = _class_of(name, profile.use)(profile)
        return lambda: made
    return lambda: _class_of(name, profile.use)(profile)


def mock_backend(mock_file: str | None = None, project_file: Mapping[str, Any] | None = None) -> Backend:
    """A backend in which the mock takes every call, whatever runtime it names."""
    names = (*RUNTIMES, *declared_names(project_file or {}))
    return Backend("mock", "mock", dict.fromkeys(names, create_mock(mock_file)))


def declared_names(project_file: Mapping[str, Any]) -> tuple[str, ...]:
    """The executors that a parsed odw.toml declares, those that it only configures among them.

    Raises UsageError when ``executors`` is no table, and for a name that is odw's own.
    """
    tables = project_file.get("executors", {})
    if not isinstance(tables, Mapping):
        raise UsageError(f"odw.toml: executors: expected tables such as [executors.NAME], found {tables!r}")
    for name in RESERVED:
        if name in tables:
            raise UsageError(
                f"odw.toml: executors.{name}: the name is odw's own", hint="Give the program another name."
            )
    return tuple(tables)


def declared_backend(name: str, project_file: Mapping[str, Any]) -> Backend:
    """A backend of odw's executors and all that odw.toml declares; ``name`` takes the calls that name no runtime.

    Raises UsageError for a table that is wrong, also one that no call may come to use.
    """
    tables = project_file.get("executors", {})
    declared = declared_names(project_file)
    makers: dict[str, Callable[[], Executor]] = {"mock": create_mock}
    for each in dict.fromkeys((*KINDS, *declared, name)):
        makers[each] = _maker(each, tables.get(each))
    return Backend(name, name, Runtimes(makers), _models(tables))


def pandacode_backend(project_file: Mapping[str, Any]) -> Backend:
    """A backend in which every call goes to the pandacode program, whatever runtime it names."""
    table = project_file.get("executors", {}).get("pandacode")
    executor = create_executor("pandacode", table)
    names = (*KINDS, *declared_names(project_file), *executor.capabilities.runtimes)
    own = _models({"pandacode": table}).get("pandacode")
    return Backend(
        "pandacode", "pandacode", dict.fromkeys(names, executor), dict.fromkeys(names, own) if own else {}
    )


def _models(tables: Mapping[str, Any]) -> dict[str, str]:
    """The models that profiles name; a declared program is told of models only by the calls."""
    return {
        name: table["model"]
        for name, table in tables.items()
        if isinstance(table, Mapping) and "argv" not in table and isinstance(table.get("model"), str)
    }


def plugin_names() -> tuple[str, ...]:
    """Executors of other packages, by their entry points."""
    from importlib.metadata import entry_points

    return tuple(sorted(point.name for point in entry_points(group=ENTRY_POINTS)))


def _class_of(name: str, use: str) -> Callable[[Any], Executor]:
    where = KINDS.get(use)
    if where is not None:
        from importlib import import_module

        module, _, attribute = where.partition(":")
        found: Callable[[Any], Executor] = getattr(import_module(module), attribute)
        return found
    from importlib.metadata import entry_points

    for point in entry_points(group=ENTRY_POINTS, name=use):
        try:
            loaded: Callable[[Any], Executor] = point.load()
        except Exception as error:  # noqa: BLE001 - another's code may fail in any way as it is loaded
            raise UsageError(
                f"the executor {use} of {point.value} cannot be loaded: {type(error).__name__}: {error}"
            ) from None
        return loaded
    from odw.diagnostics import closest

    known = (*KINDS, *plugin_names())
    meant = closest(use, known)
    raise UsageError(
        f"odw.toml: executors.{name}: expected argv (the command line of a program), or use = one of odw's executors; "
        f"there is no executor {use!r}",
        hint=f"Did you mean {meant}?" if meant else f"Known: {', '.join(known)}.",
    )
