"""What a run may come to before it is started: its calls by a dry run, their size by earlier runs of the project.

A call is sized like the recorded calls of its label, else of its phase, else of the workflow, else of the project. The range is two
standard deviations of the sum, calls taken as independent.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from odw.errors import OdwError
from odw.runtime.abc import Backend, Event, Program, Usage
from odw.runtime.fakes import EventList
from odw.runtime.journal.history import usage_of
from odw.runtime.journal.reader import read_journal
from odw.runtime.options import RunOptions, RunOutcome
from odw.runtime.run import run_program
from odw.runtime.run_store import list_runs

CHARACTERS_PER_TOKEN = 4
RUNS = 30  # how many earlier runs are read
NO_PHASE = "(no phase)"


class Size(NamedTuple):
    """What one recorded call used. ``cost`` is None where none was told."""

    output: float
    total: float
    cost: float | None


class Range(NamedTuple):
    low: float
    mean: float
    high: float

    def __add__(self, other: Range) -> Range:  # type: ignore[override]  # sums, where a tuple would be joined
        return Range(self.low + other.low, self.mean + other.mean, self.high + other.high)


class PhaseEstimate(NamedTuple):
    """``sized`` of the ``calls`` have a recorded like. Tokens and dollars are of those; ``prompt`` are the prompts' tokens of all."""

    title: str
    calls: int
    sized: int
    prompt: int
    output: Range | None
    total: Range | None
    cost: Range | None


class Estimate(NamedTuple):
    """``runs`` is how many earlier runs were drawn on; ``ending`` the error that the dry run came to, or None."""

    phases: list[PhaseEstimate]
    runs: int
    ending: OdwError | None

    @property
    def calls(self) -> int:
        return sum(phase.calls for phase in self.phases)


class Sizes:
    """Recorded calls by what they may be recognised by."""

    def __init__(self) -> None:
        self.runs = 0
        self._by: dict[tuple[str, ...], list[Size]] = {}

    def add(self, workflow: str, event: Event) -> None:
        size = _size(event)
        for key in _keys(workflow, event):
            self._by.setdefault(key, []).append(size)

    def of(self, workflow: str, event: Event) -> list[Size]:
        """The sizes of the calls most like ``event``; [] when nothing is recorded."""
        return next((self._by[key] for key in _keys(workflow, event) if key in self._by), [])


def dry_run(program: Program, options: RunOptions, backend: Backend) -> tuple[RunOutcome, list[Event]]:
    """Run a workflow in a place that is gone afterwards; ``backend`` should be one that spends nothing."""
    sink = EventList()
    with tempfile.TemporaryDirectory(prefix="odw-dry-run-") as place:
        blank = options._replace(project=place, run_id=None, resume_from=None, dry_run=True, budget=None)
        outcome = run_program(program, blank, backend, sink)
    return outcome, sink.events


def count_calls(program: Program, options: RunOptions, backend: Backend) -> int:
    """How many agent calls a dry run makes."""
    _, events = dry_run(program, options, backend)
    return sum(event["type"] == "agent_start" for event in events)


def recorded_sizes(project: Path, limit: int = RUNS) -> Sizes:
    """What the calls of the newest runs of a project used; runs on the mock count only if there are no others."""
    summaries = list_runs(project)
    real = [run for run in summaries if run.backend != "mock"]
    sizes = Sizes()
    for run in (real or summaries)[:limit]:
        try:
            journal = read_journal(f"{run.path}/events.jsonl")
        except OdwError:  # a damaged journal is no history
            continue
        ends = [e for e in journal.events if e["type"] == "agent_done" and e["ok"] and "imported" not in e]
        for event in ends:
            sizes.add(run.name, event)
        sizes.runs += bool(ends)
    return sizes


def estimate(program: Program, options: RunOptions, backend: Backend, project: Path) -> Estimate:
    """Dry-run a workflow and size its calls by the history of ``project``."""
    outcome, events = dry_run(program, options, backend)
    sizes = recorded_sizes(project)
    phases: dict[str, list[Event]] = {}
    for event in events:
        if event["type"] == "agent_start":
            phases.setdefault(event["phase"] or NO_PHASE, []).append(event)
    found = [_phase(title, program.name, calls, sizes) for title, calls in phases.items()]
    return Estimate(found, sizes.runs, outcome.error)


def _phase(title: str, workflow: str, calls: list[Event], sizes: Sizes) -> PhaseEstimate:
    likes = [like for event in calls if (like := sizes.of(workflow, event))]
    prompt = sum(math.ceil(len(event["promptPreview"]) / CHARACTERS_PER_TOKEN) for event in calls)
    if not likes:
        return PhaseEstimate(title, len(calls), 0, prompt, None, None, None)
    costs = [[size.cost for size in like if size.cost is not None] for like in likes]
    return PhaseEstimate(
        title,
        len(calls),
        len(likes),
        prompt,
        _range([size.output for size in like] for like in likes),
        _range([size.total for size in like] for like in likes),
        _range(costs) if all(costs) else None,
    )


def _range(samples: Iterable[list[float]]) -> Range:
    """The sum of one draw from each sample: its mean, and two standard deviations either way."""
    mean = variance = 0.0
    for sample in samples:
        center = sum(sample) / len(sample)
        mean += center
        variance += sum((value - center) ** 2 for value in sample) / len(sample)
    spread = 2 * math.sqrt(variance)
    return Range(max(0.0, mean - spread), mean, mean + spread)


def _size(event: Mapping[str, Any]) -> Size:
    usage: Usage = usage_of(event.get("usage"))
    return Size(usage.output, usage.total, event.get("cost"))


def _keys(workflow: str, event: Event) -> list[tuple[str, ...]]:
    """From the closest likeness to the loosest."""
    return [
        (workflow, "label", str(event["label"])),
        (workflow, "phase", str(event["phase"])),
        (workflow,),
        (),
    ]
