"""What the lines of a journal cannot show about it: an end that is missing, and texts beside it that are gone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from odw.runtime.abc import Event
from odw.runtime.journal.history import ResultLost, read_blob

MISSING_END = "lines are missing at its end: run.json says that the run completed, and no line does"


class LostText(NamedTuple):
    """A text that was paid for and is not there as it was. ``what`` is result, attempt N or patch; ``why`` names the file."""

    seq: int
    label: str
    what: str
    why: str


def ends_too_early(status: object, ended: bool) -> bool:
    """Whether lines were cut off, seen from ``run.json``'s status and whether the last session has its ending.

    Lines that are missing at the end break no sum. ``run.json`` says "completed" only after the last line is on the disk; the
    other endings may lack their line, since a full disk parks a run too.
    """
    return status == "completed" and not ended


def has_ending(events: Iterable[Event]) -> bool:
    """Whether the last session of a journal was ended by a line."""
    ended = False
    for event in events:
        if event["type"] in ("workflow_done", "workflow_error"):
            ended = True
        elif event["type"] == "workflow_resume":
            ended = False
    return ended


def lost_texts(run_dir: str, events: Iterable[Event]) -> list[LostText]:
    """Results, raw answers and patches in ``nodes/`` that are gone or altered. Prompts can be made again, and are not read."""
    lost: list[LostText] = []
    checked: dict[str, str] = {}  # why it is lost, "" if it is there, by name
    for event in events:
        for what, reference in _references(event):
            if reference not in checked:
                checked[reference] = _why_lost(run_dir, reference)
            if checked[reference]:
                lost.append(LostText(event["seq"], event.get("label", ""), what, checked[reference]))
    return lost


def _references(event: Event) -> Iterable[tuple[str, str]]:
    if "resultRef" in event:
        yield "result", event["resultRef"]
    for attempt in event.get("attempts", ()):
        if "textRef" in attempt:
            yield f"attempt {attempt['attempt']}", attempt["textRef"]
    if event["type"] == "worktree_done" and event.get("patch"):
        yield "patch", event["patch"]


def _why_lost(run_dir: str, reference: str) -> str:
    try:
        read_blob(run_dir, reference)
    except ResultLost as lost:
        return str(lost)
    return ""
