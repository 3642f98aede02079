"""What is known about a run before it is gone on with: ``run.json``, the journal in its place, and who drives it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from odw.errors import UsageError
from odw.runtime.abc import Event
from odw.runtime.journal.lock import holder, is_locked, lives
from odw.runtime.run_dir import RunDir

_SHOWN = 3  # files that a message names


def run_facts(directory: RunDir) -> dict[str, Any]:
    """The run's ``run.json``; where that is gone or broken, what the journal recorded of it.

    Raises UsageError when neither says anything: another process is just making the run, or it was killed before its first
    line. JournalDamaged when the journal is needed and cannot be read.
    """
    facts = directory.read_json("run.json")
    if facts:
        return facts
    from odw.runtime.journal.reader import read_journal

    path = directory.file("events.jsonl")
    facts = recorded_facts(read_journal(path).events)
    if facts:
        return facts
    if is_locked(path):
        raise busy(directory)
    run_id = directory.run_id
    raise UsageError(
        f"run {run_id} has nothing to go on with: it ended before its first line was written",
        hint=f"Start it again: odw exec SCRIPT --run-id {run_id}",
    )


def recorded_facts(events: Sequence[Event]) -> dict[str, Any]:
    """What ``run.json`` said, as far as the lines that begin sessions repeat it; {} when there is none.

    Journals of before did not repeat the options; of those only the backend is known.
    """
    sessions = [event for event in events if event["type"] in ("workflow_start", "workflow_resume")]
    if not sessions:
        return {}
    first, last = sessions[0], sessions[-1]
    same = ("name", "runId", "script", "scriptSha256", "argsSha256", "backend")
    facts = {name: last[name] for name in same if name in last}
    facts["options"] = last.get("options") or {"backend": last["backend"]}
    facts["startedAt"] = first["ts"]
    facts["sessions"] = len(sessions)
    if "script" in facts:
        facts["scriptFile"] = script_file(facts["script"])
    if "forkOf" in first:
        facts["forkOf"] = first["forkOf"]
    return facts


def script_file(script: str) -> str:
    """The name under which a run keeps its script."""
    return f"script{os.path.splitext(script)[1] or '.js'}"  # noqa: PTH122


def busy(directory: RunDir) -> UsageError:
    """Another process drives the run: which one, and since when if that is known."""
    facts = directory.read_json("run.json")
    run_id, here = directory.run_id, os.uname().nodename
    pid, host = facts.get("pid"), facts.get("host", here)
    holds = holder(directory.file("events.jsonl"))
    if holds is not None and holds != pid:  # it has not come to write run.json
        driver = f"process {holds} on {here}"
    elif not isinstance(pid, int) or (host == here and not lives(pid)):
        driver = "another process"
    else:
        since = facts.get("resumedAt") or facts.get("startedAt") or "an unknown time"
        driver = f"process {pid} on {host} since {since}"
    return UsageError(
        f"run {run_id} is being driven by {driver}",
        hint=f"Watch it with: odw runs watch {run_id}. End it with: odw stop {run_id}.",
    )


def journal_lost(directory: RunDir, facts: dict[str, Any]) -> UsageError:
    """The journal is empty or not there, and with it all that the run recorded."""
    path, sessions = directory.file("events.jsonl"), facts.get("sessions", 0)
    what = "is empty" if os.path.exists(path) else "is not there"  # noqa: PTH110
    begun = "1 session has" if sessions == 1 else f"{sessions} sessions have"
    claim = f", though run.json says that {begun} begun" if sessions else ""
    asides = sorted(name for name in os.listdir(directory.path) if name.startswith("events.torn-"))  # noqa: PTH208
    kept = ""
    if asides:
        more = f" and {len(asides) - _SHOWN} more" if len(asides) > _SHOWN else ""
        kept = f" What was cut off it is in {', '.join(asides[:_SHOWN])}{more}."
    script = facts.get("script", "SCRIPT")
    return UsageError(
        f"the journal of run {directory.run_id} {what}{claim}: {directory.shown}/events.jsonl",
        hint=f"Put it back, from a backup if there is one; or start a new run, which runs every call: odw exec {script}.{kept}",
    )
