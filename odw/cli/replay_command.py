"""``odw replay RUN``: does the script still do what the journal says? No executor, nothing written."""

from __future__ import annotations

from json import dumps
from typing import Any

from odw.cli.launch import project_of
from odw.cli.resume_command import Resumption
from odw.cli.terminal import one_line, say
from odw.cli.workflow_args import check_inputs
from odw.runtime.journal.reader import read_journal
from odw.runtime.reenact import Divergence, Reenactment, reenact
from odw.runtime.rehearsal import recorded_backend
from odw.runtime.run_store import find_run


def replay_command(values: dict[str, Any]) -> int:
    """``odw replay``; 0 if script and journal agree, else 1."""
    check_inputs(values["script"], values)
    directory = find_run(project_of(values), values["run"])
    resumption = Resumption({**values, "backend": None}, directory, "replay")
    journal = read_journal(directory.file("events.jsonl"))
    result = reenact(
        resumption.program, resumption.options(), recorded_backend(journal.events), directory, journal.events,
        strict=values["strict"],
    )  # fmt: skip
    if values["json"]:
        say(dumps(_json(result), ensure_ascii=False, separators=(",", ":")))
    else:
        _show(result, directory.run_id)
    return 1 if result.divergences else 0


def _json(result: Reenactment) -> dict[str, Any]:
    return {
        "ok": not result.divergences,
        "calls": result.calls,
        "complete": result.ended,
        "divergences": [divergence._asdict() for divergence in result.divergences],
    }


def _show(result: Reenactment, run_id: str) -> None:
    for divergence in result.divergences:
        say(_text(divergence))
    calls = "1 call" if result.calls == 1 else f"{result.calls} calls"
    if result.divergences:
        say(f"[replay] {run_id}: the script diverges from the journal after {calls} agreed")
    elif result.ended:
        say(f"[replay] {run_id}: the script does what the journal says: {calls}, the same ending")
    else:
        say(
            f"[replay] {run_id}: the script does what the journal says, as far as that goes: {calls}; the run was cut off"
        )


def _text(divergence: Divergence) -> str:
    where = f"at seq {divergence.seq}" if divergence.seq is not None else "at the end of the journal"
    expected, found = one_line(divergence.expected), one_line(divergence.found)
    return f"[replay] divergence {where}\n  expected: {expected}\n  found:    {found}"
