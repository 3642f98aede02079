"""``odw journal verify|repair RUN``."""

from __future__ import annotations

import sys
from json import dumps
from typing import Any

from odw.cli.launch import project_of
from odw.cli.terminal import say
from odw.errors import UsageError
from odw.runtime.journal.repair import Verification, repair, verify
from odw.runtime.run_store import JOURNAL, find_run


def verify_command(values: dict[str, Any]) -> int:
    """0 when every line vouches for all before it, else 1."""
    directory = find_run(project_of(values), values["run"])
    found = verify(directory.file(JOURNAL))
    if values["json"]:
        say(dumps(_json(directory.run_id, found), ensure_ascii=False, separators=(",", ":")))
    else:
        _show(directory.run_id, found)
    return 0 if found.damage is None else 1


def repair_command(values: dict[str, Any]) -> int:
    """Cut the journal back to its whole lines; 0 also when there is nothing to do, 1 when the person says no."""
    directory = find_run(project_of(values), values["run"])
    path = directory.file(JOURNAL)
    found = verify(path)
    if found.damage is None and not found.torn:
        say(f"[journal] {directory.run_id}: whole, {_lines(found.lines)}; nothing to repair")
        return 0
    if not values["yes"] and not _agreed(directory.run_id, found):
        return 1
    done = repair(path)
    say(
        f"[journal] {directory.run_id}: {_lines(done.kept)} kept; {done.moved} bytes moved to {done.aside}. "
        f"Go on with: odw resume {directory.run_id}"
    )
    return 0


def _agreed(run_id: str, found: Verification) -> bool:
    if not sys.stdin.isatty():
        raise UsageError(
            "repair moves a part of the journal away, and there is no terminal to ask on", hint="Add --yes."
        )
    _show(run_id, found)
    say(f"Keep the first {_lines(found.lines)} and move the rest away? [y/N] ", sys.stderr)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _show(run_id: str, found: Verification) -> None:
    if found.damage is not None:
        damage = found.damage
        say(f"[journal] {run_id}: damaged at line {damage.line}, seq {damage.seq}: {damage.reason}")
        say(f"  {_lines(found.lines)} before it are whole.")
        if found.readable:
            results = "1 result" if found.results == 1 else f"{found.results} results"
            say(
                f"  {found.readable} from there on can be read, but not trusted; {results} among them would run again."
            )
        say(f"  odw journal repair {run_id} keeps what is whole and puts the rest aside.")
        return
    say(f"[journal] {run_id}: whole, {_lines(found.lines)}, ending in {found.chain or 'nothing'}")
    if found.torn:
        say(
            f"  A torn tail of {found.torn} bytes follows; a resume cuts it off and keeps it beside the journal."
        )


def _lines(count: int) -> str:
    return "1 line" if count == 1 else f"{count} lines"


def _json(run_id: str, found: Verification) -> dict[str, Any]:
    damage = found.damage
    return {
        "run": run_id,
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
            "readableAfter": found.readable,
            "resultsAfter": found.results,
        },
    }
