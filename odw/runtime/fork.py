"""A fork: a new run that begins with results of another, copied, so that either may go on or be deleted without the other."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

import odw
from odw.errors import UsageError
from odw.runtime import events
from odw.runtime.abc import Clock, Event
from odw.runtime.journal.history import History, Recorded
from odw.runtime.journal.writer import JournalWriter
from odw.runtime.run_dir import RunDir
from odw.runtime.run_facts import recorded_facts

_ASKED = ("promptPreview", "promptRef", "config", "site")  # of a call's start
_LINE = ("v", "seq", "ts", "sum")  # what belongs to a line, not to its event


def fork_run(
    source: RunDir,
    journal: Sequence[Event],
    target: RunDir,
    clock: Clock,
    from_node: str | None = None,
    rerun: Sequence[str] = (),
) -> int:
    """Make the run ``target`` with the results of ``source`` that are to be kept; it is then to be resumed.

    ``from_node`` (a call's number, path or label) drops that call and all made after it; ``rerun`` drops calls by label.
    Returns how many results were kept. Raises UsageError when a node or label names nothing.
    """
    history = History().read(journal)
    kept = _kept(history, from_node, rerun)
    target.create()
    _copy_files(source, target)
    writer = JournalWriter(target.file("events.jsonl"), target.file("nodes"), clock)
    try:
        name = str(history.sessions[-1]["name"]) if history.sessions else target.run_id
        start = events.workflow_start(name, target.run_id, "none", f"{target.shown}/events.jsonl")
        facts = {
            name: value
            for name, value in (source.read_json("run.json") or recorded_facts(journal)).items()
            if name not in ("startedAt", "resumedAt", "endedAt", "census", "budget")
        }
        kept_facts = ("script", "scriptSha256", "argsSha256", "backend", "options")
        same: dict[str, Any] = {key: facts[key] for key in kept_facts if key in facts}
        writer.append({**start, **same, "forkOf": source.run_id, "odw": odw.__version__})
        for event in _lines(history, kept, _starts(journal)):
            _copy_blobs(event, source, target)
            writer.append(event)
        more = {"runId": target.run_id, "forkOf": source.run_id, "status": "running", "sessions": 1}
        writer.commit()
        target.write_json("run.json", {**facts, **more})
    finally:
        writer.close()
    return len(kept)


def _kept(history: History, from_node: str | None, rerun: Sequence[str]) -> list[Recorded]:
    calls = [call for call in history.calls.values() if call.final]
    if from_node is not None:
        first = _find(history, from_node)
        calls = [call for call in calls if call.index < first]
    for pattern in rerun:
        if not any(fnmatchcase(call.event["label"], pattern) for call in history.calls.values()):
            labels = sorted({str(call.event["label"]) for call in history.calls.values()})
            raise UsageError(
                f"--rerun: no call of the run has the label {pattern!r}",
                hint=f"Its labels: {_listing(labels)}",
            )
    return [call for call in calls if not any(fnmatchcase(call.event["label"], pattern) for pattern in rerun)]


def _find(history: History, node: str) -> int:
    """The number of the first call that ``node`` means, in the order of the last session."""
    known = [(call.index, call.path, str(call.event["label"])) for call in history.calls.values()]
    known += [(event["index"], event["path"], event["label"]) for event in history.unfinished]
    for matches in (
        [index for index, _, _ in known if str(index) == node],
        [index for index, path, _ in known if path == node],
        [index for index, _, label in known if label == node],
    ):
        if matches:
            return min(matches)
    labels = sorted({label for _, _, label in known})
    raise UsageError(
        f"--from: the run has no call {node!r}",
        hint=f"Name one by its number, its path or its label. Labels: {_listing(labels)}",
    )


def _listing(labels: list[str]) -> str:
    shown = ", ".join(labels[:12])
    return f"{shown}, and {len(labels) - 12} more." if len(labels) > 12 else f"{shown}."


def _starts(journal: Sequence[Event]) -> dict[int, Event]:
    """By the ``seq`` of each end, how its call was asked: its ``agent_start``, or what an earlier fork kept of that."""
    starts: dict[int, Event] = {}
    running: dict[int, Event] = {}
    for event in journal:
        kind = event["type"]
        if kind in ("workflow_start", "workflow_resume"):
            running = {}
        elif kind == "agent_start":
            running[event["index"]] = event
        elif kind in ("agent_done", "agent_skip"):
            starts[event["seq"]] = event if "promptPreview" in event else running.get(event["index"], event)
    return starts


def _lines(history: History, kept: list[Recorded], starts: Mapping[int, Event]) -> list[Event]:
    """The kept ends and the timers, in the recorded order, as lines of the new journal. Each end says how its call was asked, so
    that the fork's report needs nobody else.
    """
    lines: list[tuple[int, Event]] = []
    for call in kept:
        event = _bare(call.event)
        asked = starts.get(call.seq, {})
        event.update({name: asked[name] for name in _ASKED if name in asked})
        event.update(path=call.path, index=call.index, imported=call.seq)
        if call.nth is not None:
            event["nth"] = call.nth
        lines.append((call.seq, event))
    for event in history.timers.values():
        lines.append((event["seq"], {**_bare(event), "imported": event["seq"]}))
    return [event for _, event in sorted(lines, key=lambda line: line[0])]


def _bare(event: Event) -> Event:
    return {name: value for name, value in event.items() if name not in _LINE}


def _copy_files(source: RunDir, target: RunDir) -> None:
    for name in ("script.js", "script.py", "args.json"):
        if os.path.isfile(source.file(name)):  # noqa: PTH113
            shutil.copy2(source.file(name), target.file(name))


def _copy_blobs(event: Event, source: RunDir, target: RunDir) -> None:
    """The stored texts that a line names, wherever in it: hard links where that is possible."""
    for reference in _references(event):
        try:
            os.link(source.file(reference), target.file(reference))
        except FileExistsError:
            continue
        except OSError:
            if os.path.isfile(source.file(reference)):  # noqa: PTH113
                shutil.copy2(source.file(reference), target.file(reference))


def _references(value: Any) -> list[str]:
    if isinstance(value, dict):
        found = [
            item
            for key, item in value.items()
            if (key.endswith("Ref") or key == "patch") and isinstance(item, str) and _is_reference(item)
        ]
        return found + [name for item in value.values() for name in _references(item)]
    if isinstance(value, list):
        return [name for item in value for name in _references(item)]
    return []


def _is_reference(text: str) -> bool:
    return text.startswith("nodes/") and "/" not in text[6:] and not text[6:].startswith(".")
