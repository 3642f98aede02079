"""``odw journal verify|repair RUN``."""

from __future__ import annotations

import sys
from json import dumps
from typing import Any

from odw.cli.launch import project_of
from odw.cli.terminal import say
from odw.errors import UsageError
from odw.runtime.journal.lock import is_locked
from odw.runtime.journal.repair import Verification, repair, verify
from odw.runtime.run_store import JOURNAL, find_run


def verify_command(values: dict[str, Any]) -> int:
    """0 when every line vouches for all before it, else 1."""
    directory = find_run(project_of(values), values["run"])
    path = directory.file(JOURNAL)
    driven = is_locked(path)
    found = verify(path)
    if values["json"]:
        entry = {"run": directory.run_id, "driven": driven, **_json(found)}
        say(dumps(entry, ensure_ascii=False, separators=(",", ":")))
    else:
        _show(directory.run_id, found, driven)
    return 0 if found.damage is None else 1


def repair_command(values: dict[str, Any]) -> int:
    """Cut the journal back to its whole lines; 0 also when there is nothing to do, 1 when the person says no."""
    directory = find_run(project_of(values), values["run"])
    run_id, path = directory.run_id, directory.file(JOURNAL)
    found = verify(path)
    if found.damage is None and not found.torn:
        say(f"[journal] {run_id}: whole, {_count(found.lines, 'line')}; nothing to repair")
        return 0
    if not values["yes"] and not found.newer and not _agreed(run_id, found):
        say(f"[journal] {run_id}: left as it is")
        return 1
    done = repair(path)
    say(
        f"[journal] {run_id}: {_count(done.kept, 'line')} kept; {_count(done.moved, 'byte')} moved to {done.aside}"
    )
    say(f"  {_cost(done.results)} Go on with: odw resume {run_id}")
    return 0


def _cost(results: int) -> str:
    if not results:
        return "No result that can be read is among what was moved."
    return f"{_count(results, 'result')} {'is' if results == 1 else 'are'} among what was moved and will run again."


def _agreed(run_id: str, found: Verification) -> bool:
    if not sys.stdin.isatty():
        raise UsageError(
            "repair moves a part of the journal away, and there is no terminal to ask on", hint="Add --yes."
        )
    _show(run_id, found, driven=False)
    say(f"Keep the first {_count(found.lines, 'line')} and move the rest away? [y/N] ", sys.stderr)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _show(run_id: str, found: Verification, driven: bool) -> None:
    damage = found.damage
    if damage is None:
        say(f"[journal] {run_id}: whole, {_count(found.lines, 'line')}, the last sum is {found.chain or '-'}")
        if found.torn and driven:
            say(f"  {_count(found.torn, 'byte')} of a line that is being written follow: the run goes on.")
        elif found.torn:
            say(
                f"  A torn tail of {_count(found.torn, 'byte')} follows, which nobody has used; "
                "a resume cuts it off and keeps it beside the journal."
            )
        return
    if found.newer:
        say(f"[journal] {run_id}: cannot be read from line {damage.line} on: {damage.reason}")
        return
    say(f"[journal] {run_id}: damaged at line {damage.line}, seq {damage.seq}: {damage.reason}")
    say(f"  {_count(found.lines, 'line')} before it {'is' if found.lines == 1 else 'are'} whole.")
    if found.readable:
        say(
            f"  {_count(found.readable, 'line')} from there on can be read, but not trusted, "
            f"with {_count(found.results, 'result')} among them."
        )
    say(
        f"  odw journal repair {run_id} keeps what is whole and puts the rest aside; those results run again."
    )


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _json(found: Verification) -> dict[str, Any]:
    damage = found.damage
    return {
        "ok": damage is None,
        "lines": found.lines,
        "seq": found.seq,
        "sum": found.chain,
        "tornBytes": found.torn,
        "damage": None
        if damage is None
        else {
            "line": damage.line,
            "seq": damage.seq,
            "reason": damage.reason,
            "readable": found.readable,
            "results": found.results,
            "newerVersion": found.newer,
        },
    }
