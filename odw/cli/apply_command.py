"""``odw apply RUN [NODE…]``: take over what the agents of a run changed in their worktrees."""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING, Any

from odw.cli.launch import project_of
from odw.cli.terminal import note, say, say_line
from odw.runtime.journal.reader import read_journal
from odw.runtime.run_store import JOURNAL, find_run

if TYPE_CHECKING:
    from odw.runtime.apply import Applied, CallPatch


def apply_command(values: dict[str, Any]) -> int:
    """``odw apply``; 0 if everything applies (or, with --check, would), 1 on conflicts."""
    from functools import partial

    import trio

    from odw.runtime.apply import apply_patches, chosen, patches_of

    directory = find_run(project_of(values), values["run"])
    events = read_journal(directory.file(JOURNAL)).events
    patches = patches_of(events, directory.path)
    wanted = chosen(patches, values["nodes"] or ())
    if not values["nodes"]:
        _note_failed(patches)
    if events and events[-1]["type"] not in ("workflow_done", "workflow_error"):
        note("the run has not come to its end: these are the changes of the calls that did")
    check, markers = values["check"], values["three_way"]
    applied = trio.run(partial(apply_patches, directory, wanted, check=check, markers=markers))
    if values["json"]:
        say(dumps(_json(directory.run_id, wanted, applied, check), ensure_ascii=False, separators=(",", ":")))
    else:
        _show(wanted, applied, check)
    return 1 if applied.conflicts else 0


def _note_failed(patches: list[CallPatch]) -> None:
    failed = [patch.name for patch in patches if not patch.ok]
    if failed:
        note(
            f"left out, since the call failed: {', '.join(failed)}. Name it to apply its patch all the same."
        )


def _json(run_id: str, wanted: list[CallPatch], applied: Applied, check: bool) -> dict[str, Any]:
    return {
        "ok": not applied.conflicts,
        "run": run_id,
        "check": check,
        "written": applied.written,
        "calls": [{"index": p.index, "path": p.path, "label": p.label, "patch": p.patch} for p in wanted],
        "files": applied.files,
        "conflicts": [conflict._asdict() for conflict in applied.conflicts],
    }


def _show(wanted: list[CallPatch], applied: Applied, check: bool) -> None:
    for conflict in applied.conflicts:
        say_line(f"[apply] conflict: {conflict.path}: {conflict.reason}")
        say_line(f"          between {' and '.join(conflict.calls)}")
    if not applied.conflicts or applied.written:
        for file in applied.files:
            say_line(f"[apply] {file['status']} {file['path']}")
    say(f"[apply] {_summary(wanted, applied, check)}")


def _summary(wanted: list[CallPatch], applied: Applied, check: bool) -> str:
    of = f"{_count(len(wanted), 'patch', 'patches')}, {_count(len(applied.files), 'file', 'files')}"
    if applied.conflicts:
        conflicts = _count(len(applied.conflicts), "conflict", "conflicts")
        if applied.written:
            return f"{conflicts}: marked in the files; what has no markers was left as it is"
        hint = "" if check else ". With --3way conflicts are left in the files, with markers"
        return f"{conflicts}: nothing was changed{hint}"
    if not wanted:
        return "no call of the run changed anything"
    if not applied.files:
        return f"nothing to do: the working tree has it all ({of})"
    return f"would apply: {of}" if check else f"applied: {of}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
