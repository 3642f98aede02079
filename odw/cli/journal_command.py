"""``odw journal verify|repair RUN``."""

from __future__ import annotations

import sys
from json import dumps
from pathlib import Path
from typing import Any, NamedTuple

from odw.cli.launch import project_of
from odw.cli.next_step import run_words
from odw.cli.terminal import say
from odw.errors import UsageError
from odw.runtime.journal.audit import MISSING_END, LostText, ends_too_early, has_ending, lost_texts
from odw.runtime.journal.lock import is_locked
from odw.runtime.journal.reader import read_journal
from odw.runtime.journal.repair import Verification, repair, verify
from odw.runtime.run_dir import RunDir
from odw.runtime.run_store import JOURNAL, find_run, read_facts

LISTED = 10  # lost texts that are named


class _Losses(NamedTuple):
    """What is missing of a journal whose lines are whole."""

    too_short: bool = False
    texts: list[LostText] = []  # noqa: RUF012 - never changed

    @property
    def verdict(self) -> str:
        """The journal in a word, for who reads no further."""
        missing = ["lines at its end"] if self.too_short else []
        missing += [_count(len(self.texts), "text")] if self.texts else []
        return f"not complete, without {' and '.join(missing)}:" if missing else "whole,"


def verify_command(values: dict[str, Any]) -> int:
    """0 when every line vouches for all before it, and nothing that they name or that must follow is missing; else 1."""
    directory = find_run(project_of(values), values["run"])
    path = directory.file(JOURNAL)
    driven = is_locked(path)
    found = verify(path)
    losses = _losses(directory) if found.damage is None else _Losses()
    ok = found.damage is None and losses == _Losses()
    if values["json"]:
        entry = {"run": directory.run_id, "driven": driven, "ok": ok, **_json(found, losses)}
        say(dumps(entry, ensure_ascii=False, separators=(",", ":")))
    else:
        _show(directory, found, driven, losses)
        _show_losses(directory, losses)
    return 0 if ok else 1


def _losses(directory: RunDir) -> _Losses:
    status = read_facts(Path(directory.path)).get("status")  # before the journal, whose last line comes first
    events = read_journal(directory.file(JOURNAL)).events
    return _Losses(ends_too_early(status, has_ending(events)), lost_texts(directory.path, events))


def _show_losses(directory: RunDir, losses: _Losses) -> None:
    if losses.too_short:
        say(f"  {MISSING_END[0].upper()}{MISSING_END[1:]}.")
    if losses.texts:
        say(f"  {_count(len(losses.texts), 'text')} that its lines name cannot be read:")
        for text in losses.texts[:LISTED]:
            say(f"    seq {text.seq}, {text.what} of {' '.join(text.label.split())}: {text.why}")
        if len(losses.texts) > LISTED:
            say(f"    and {len(losses.texts) - LISTED} more: --json names all")
    if losses.too_short or any(text.what == "result" for text in losses.texts):
        say(f"  odw resume {run_words(directory.path)} runs the calls again whose results are missing.")


def repair_command(values: dict[str, Any]) -> int:
    """Cut the journal back to its whole lines; 0 also when there is nothing to do, 1 when the person says no."""
    directory = find_run(project_of(values), values["run"])
    run_id, path = directory.run_id, directory.file(JOURNAL)
    found = verify(path)
    if found.damage is None and not found.torn:
        say(f"[journal] {run_id}: whole, {_count(found.lines, 'line')}; nothing to repair")
        return 0
    if not values["yes"] and not found.newer and not _agreed(directory, found):
        say(f"[journal] {run_id}: left as it is")
        return 1
    done = repair(path)
    say(
        f"[journal] {run_id}: {_count(done.kept, 'line')} kept; {_count(done.moved, 'byte')} moved to {done.aside}"
    )
    say(f"  {_cost(done.results)} Go on with: odw resume {run_words(directory.path)}")
    return 0


def _cost(results: int) -> str:
    if not results:
        return "No result that can be read is among what was moved."
    return f"{_count(results, 'result')} {'is' if results == 1 else 'are'} among what was moved and will run again."


def _agreed(directory: RunDir, found: Verification) -> bool:
    if not sys.stdin.isatty():
        raise UsageError(
            "repair moves a part of the journal away, and there is no terminal to ask on", hint="Add --yes."
        )
    _show(directory, found, False, _Losses())
    say(f"Keep the first {_count(found.lines, 'line')} and move the rest away? [y/N] ", sys.stderr)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _show(directory: RunDir, found: Verification, driven: bool, losses: _Losses) -> None:
    run_id, damage = directory.run_id, found.damage
    if damage is None:
        twice = f" ({found.lines - found.seq} of them there twice)" if found.lines > found.seq else ""
        whole = "" if losses == _Losses() else "whole "
        say(
            f"[journal] {run_id}: {losses.verdict} {_count(found.lines, f'{whole}line')}{twice}, "
            f"the last sum is {found.chain or '-'}"
        )
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
        f"  odw journal repair {run_words(directory.path)} keeps what is whole and puts the rest aside; those results run again."
    )


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _json(found: Verification, losses: _Losses) -> dict[str, Any]:
    damage = found.damage
    return {
        "lines": found.lines,
        "seq": found.seq,
        "sum": found.chain,
        "tornBytes": found.torn,
        "endMissing": losses.too_short,
        "lostTexts": [text._asdict() for text in losses.texts],
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
