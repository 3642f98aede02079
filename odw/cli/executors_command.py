"""``odw executors list|test``: which executors there are, and whether one keeps the contract."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from json import dumps
from typing import TYPE_CHECKING, Any

from odw.cli.launch import project_of
from odw.cli.terminal import say, say_line
from odw.errors import OdwError, UsageError
from odw.executors import KINDS, create_executor, create_mock, declared_names, plugin_names
from odw.settings_file import read_project_file

if TYPE_CHECKING:
    from odw.executors.kit.cases import Case
    from odw.executors.kit.runner import Outcome
    from odw.executors.kit.subject import Subject

# Programs of odw's own executors that are not called what the executor is called; None: no program but Python itself.
_PROGRAMS = {"bamboo": None, "mock": None}
_MARKS = {"ok": "ok", "failed": "FAILED", "skipped": "-"}


def list_command(values: dict[str, Any]) -> int:
    """One row for each."""
    file = read_project_file(project_of(values))
    tables = file.get("executors", {})
    names = dict.fromkeys((*KINDS, "mock", *declared_names(file), *plugin_names()))
    rows = [_row(name, tables.get(name, {})) for name in names]
    if values["json"]:
        say(dumps(rows, ensure_ascii=False, separators=(",", ":")))
        return 0
    cells = [("executor", "is", "program", "can"), *map(_cells, rows)]
    widths = [max(len(cell[column]) for cell in cells) for column in range(3)]
    for cell in cells:
        said = "  ".join(text.ljust(width) for text, width in zip(cell, widths, strict=False))
        say_line(f"{said}  {cell[3]}".rstrip())
    return 0


def _row(name: str, table: Mapping[str, Any]) -> dict[str, Any]:
    argv, use = table.get("argv"), str(table.get("use", name))
    kind = "declared" if argv else "odw's own" if use in KINDS or name == "mock" else "of a package"
    row: dict[str, Any] = {"name": name, "kind": kind, "use": "command" if argv else use}
    try:
        executor = create_mock() if name == "mock" else create_executor(name, table or None)
    except OdwError as error:
        return {**row, "program": None, "path": None, "error": error.message, "capabilities": {}}
    return {**row, **_program(table, use), "capabilities": executor.capabilities._asdict()}


def _program(table: Mapping[str, Any], use: str) -> dict[str, str | None]:
    from shutil import which

    words = table.get("argv") or table.get("program") or _PROGRAMS.get(use, use)
    program = words if isinstance(words, str) or words is None else str(words[0])
    return {"program": program, "path": which(program) if program is not None else None}


def _cells(row: Mapping[str, Any]) -> tuple[str, str, str, str]:
    kind = row["kind"] if row["use"] in (row["name"], "command") else f"{row['kind']}, {row['use']}"
    if "error" in row:
        return row["name"], kind, "", row["error"]
    program = row["program"]
    where = "none needed" if program is None else row["path"] or f"{program}: not found"
    can = [field.replace("_", " ") for field, value in row["capabilities"].items() if value is True]
    return row["name"], kind, where, ", ".join(word for word in can if word != "processes")


def test_command(values: dict[str, Any]) -> int:
    """A row for each case as it ends; 1 if one failed."""
    from odw.executors.kit.subject import find_subject

    name = values["name"]
    tables = read_project_file(project_of(values)).get("executors", {})
    if name in ("mock", "native", "auto"):
        raise UsageError(f"{name} starts no program that could be tested", hint="See: odw executors list")
    subject = find_subject(name, tables)
    live = _is_live(subject, values)
    cases = _cases(values["cases"], live=live)
    if live and not values["yes"] and not _agreed(name, len(cases)):
        return 2
    outcomes = _run(subject, cases, values)
    failed = sum(outcome.status == "failed" for outcome in outcomes)
    if values["json"]:
        report = {
            "executor": name,
            "live": live,
            "ok": not failed,
            "cases": [outcome._asdict() for outcome in outcomes],
        }
        say(dumps(report, ensure_ascii=False, separators=(",", ":")))
    else:
        passed = sum(outcome.status == "ok" for outcome in outcomes)
        say(f"{name}: {passed} passed, {failed} failed, {len(outcomes) - passed - failed} do not concern it")
    return 1 if failed else 0


def _is_live(subject: Subject, values: Mapping[str, Any]) -> bool:
    if values["live"] and values["stand_in"]:
        raise UsageError("--live and --stand-in exclude each other")
    if values["stand_in"] and subject.dialect_file is None:
        raise UsageError(
            f"nothing says how the program of {subject.name} speaks, so that nothing can stand in for it",
            hint="Add --live, or name a dialect: docs/executors/conformance.md.",
        )
    known = subject.dialect_file is not None and "argv" not in subject.table
    return bool(values["live"] or not (values["stand_in"] or known))


def _cases(names: Sequence[str], *, live: bool) -> list[Case]:
    from odw.diagnostics import closest
    from odw.executors.kit.cases import CASES, LIVE_CASES

    known = {case.name: case for case in (LIVE_CASES if live else CASES)}
    for name in names:
        if name not in known:
            meant = closest(name, tuple(known))
            raise UsageError(
                f"--case: there is no {'live ' if live else ''}case {name!r}",
                hint=f"Did you mean {meant}?" if meant else f"Known: {', '.join(known)}.",
            )
    return [case for case in known.values() if not names or case.name in names]


def _agreed(name: str, count: int) -> bool:
    calls = f"{count} short call{'' if count == 1 else 's'}"
    if not sys.stdin.isatty():
        raise UsageError(
            f"this makes {calls} of the real {name}, which cost tokens, and there is no terminal to ask on",
            hint="Add --yes, or --stand-in to test without the program.",
        )
    say(f"This makes {calls} of the real {name}, which cost tokens. Go on? [y/N] ", sys.stderr)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _run(subject: Subject, cases: Sequence[Case], values: Mapping[str, Any]) -> list[Outcome]:
    import trio

    from odw.executors.kit.runner import run_cases
    from odw.executors.kit.stage import QUICK, Sizes

    width = max(len(case.name) for case in cases)

    def ended(outcome: Outcome) -> None:
        if not values["json"]:
            line = f"{outcome.case:<{width}}  {_MARKS[outcome.status]:<6}  {outcome.seconds:6.2f} s"
            say_line(f"{line}  {outcome.reason or outcome.title}")

    sizes = QUICK if values["quick"] else Sizes()
    try:
        return trio.run(run_cases, subject, cases, sizes, ended)
    except BaseExceptionGroup as group:
        if group.split(KeyboardInterrupt)[1] is None:
            raise KeyboardInterrupt from None
        raise
