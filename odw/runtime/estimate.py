"""What a run may come to before it is started: its calls by a dry run, their size by earlier runs of the project.

A call is sized like the recorded calls of its label, else of its phase, else of the workflow, else of the project: its *sample*. The range is
two standard deviations of the sum either way. Calls vary on their own, but those with a common sample also share the error of its
mean, so a small sample makes a wide range; a sample of one is taken to vary by half.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from odw.errors import OdwError
from odw.runtime.abc import Backend, Event, Program, Usage
from odw.runtime.call import Call
from odw.runtime.dry_run import count_calls, dry_run
from odw.runtime.journal.history import usage_of
from odw.runtime.journal.reader import read_journal
from odw.runtime.options import RunOptions
from odw.runtime.prices import cost_of, price_of
from odw.runtime.run_store import list_runs

CHARACTERS_PER_TOKEN = 4
RUNS = 30  # how many earlier runs are read
NO_PHASE = "(no phase)"


class Size(NamedTuple):
    """What one recorded call used; ``cost`` in dollars and ``model`` are None where none was told."""

    usage: Usage
    cost: float | None
    model: str | None


class Sample:
    """Recorded calls that a call is sized by. Calls alike have the same one."""

    __slots__ = ("sizes",)

    def __init__(self) -> None:
        self.sizes: list[Size] = []


class Range(NamedTuple):
    low: float
    mean: float
    high: float

    def __add__(self, other: Range) -> Range:  # type: ignore[override]  # sums, where a tuple would be joined
        return Range(self.low + other.low, self.mean + other.mean, self.high + other.high)


class PhaseEstimate(NamedTuple):
    """``sized`` of the ``calls`` have a sample, ``priced`` of those a cost. Tokens and dollars are sums of those only, None where there
    are none; ``prompt`` is about how many tokens the prompts of all calls have."""

    title: str
    calls: int
    sized: int
    priced: int
    prompt: int
    output: Range | None
    total: Range | None
    cost: Range | None


class Estimate(NamedTuple):
    """``runs`` is how many earlier runs were drawn on; ``error`` is what the dry run came to, None when it ended well."""

    phases: list[PhaseEstimate]
    runs: int
    error: OdwError | None

    @property
    def calls(self) -> int:
        return sum(phase.calls for phase in self.phases)

    @property
    def total(self) -> PhaseEstimate:
        """All phases as one. The ends of their ranges are added up, which is on the careful side."""
        return PhaseEstimate(
            "total",
            self.calls,
            sum(phase.sized for phase in self.phases),
            sum(phase.priced for phase in self.phases),
            sum(phase.prompt for phase in self.phases),
            _added(phase.output for phase in self.phases),
            _added(phase.total for phase in self.phases),
            _added(phase.cost for phase in self.phases),
        )


class Sizes:
    """Recorded calls by what they may be recognised by."""

    def __init__(self) -> None:
        self.runs = 0
        self._samples: dict[tuple[str, ...], Sample] = {}

    def add(self, workflow: str, label: str, phase: str | None, size: Size) -> None:
        for key in _keys(workflow, label, phase):
            self._samples.setdefault(key, Sample()).sizes.append(size)

    def sample(self, workflow: str, label: str, phase: str | None) -> Sample | None:
        """The recorded calls most like this one; None when nothing is recorded."""
        found = (self._samples.get(key) for key in _keys(workflow, label, phase))
        return next((sample for sample in found if sample is not None), None)


def estimate(program: Program, options: RunOptions, backend: Backend, project: Path) -> Estimate:
    """Dry-run a workflow on ``backend``, which plans its answers, and size its calls by the history of ``project``."""
    done = dry_run(program, options, backend)
    sizes = recorded_sizes(project)
    phases: dict[str, list[Call]] = {}
    for call in done.calls:
        phases.setdefault(call.request.phase or NO_PHASE, []).append(call)
    found = [_phase(title, calls, program.name, sizes, options.prices) for title, calls in phases.items()]
    return Estimate(found, sizes.runs, done.error)


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
        ends = [event for event in journal.events if _tells(event)]
        for event in ends:
            size = Size(usage_of(event["usage"]), event.get("cost"), event.get("model"))
            sizes.add(run.name, str(event["label"]), event["phase"], size)
        sizes.runs += bool(ends)
    return sizes


def _tells(event: Event) -> bool:
    """Whether an event is the end of a call of this run that told what it used."""
    return (
        event["type"] == "agent_done"
        and event["ok"]
        and "imported" not in event
        and any(event["usage"].values())
    )


def _phase(
    title: str, calls: list[Call], workflow: str, sizes: Sizes, prices: Mapping[str, Any]
) -> PhaseEstimate:
    samples: Counter[Sample] = Counter()
    costs: dict[tuple[str | None, Sample], list[float]] = {}
    priced: Counter[tuple[str | None, Sample]] = Counter()
    for call in calls:
        request = call.request
        sample = sizes.sample(workflow, request.label, request.phase)
        if sample is None:
            continue
        samples[sample] += 1
        kind = request.model, sample
        if kind not in costs:
            costs[kind] = _costs(request.model, sample, prices)
        if costs[kind]:
            priced[kind] += 1
    return PhaseEstimate(
        title,
        len(calls),
        samples.total(),
        priced.total(),
        sum(math.ceil(len(call.request.prompt) / CHARACTERS_PER_TOKEN) for call in calls),
        _sum_of((count, [size.usage.output for size in sample.sizes]) for sample, count in samples.items()),
        _sum_of((count, [size.usage.total for size in sample.sizes]) for sample, count in samples.items()),
        _sum_of((count, costs[kind]) for kind, count in priced.items()),
    )


def _costs(model: str | None, sample: Sample, prices: Mapping[str, Any]) -> list[float]:
    """What calls like these cost: as recorded, unless the call names a model of another price."""
    price = price_of(model, prices) if model is not None else None
    found: list[float | None] = []
    for size in sample.sizes:
        recorded = price_of(size.model, prices) if size.model is not None else None
        if model is not None and price is not None and price != recorded:
            found.append(cost_of(size.usage, model, prices))
        elif size.cost is None and size.model is not None:
            found.append(cost_of(size.usage, size.model, prices))
        else:
            found.append(size.cost)
    return [cost for cost in found if cost is not None]


def _sum_of(draws: Iterable[tuple[int, list[float]]]) -> Range | None:
    """The range of a sum of ``count`` values like those of each sample; None without any."""
    mean = variance = 0.0
    empty = True
    for count, sample in draws:
        center = sum(sample) / len(sample)
        spread = _variance(sample, center)
        mean += count * center
        variance += count * spread + count * count * spread / len(sample)
        empty = False
    deviation = 2 * math.sqrt(variance)
    return None if empty else Range(max(0.0, mean - deviation), mean, mean + deviation)


def _variance(sample: list[float], center: float) -> float:
    if len(sample) == 1:
        return (center / 2) ** 2
    return sum((value - center) ** 2 for value in sample) / (len(sample) - 1)


def _added(ranges: Iterable[Range | None]) -> Range | None:
    known = [found for found in ranges if found is not None]
    return sum(known[1:], known[0]) if known else None


def _keys(workflow: str, label: str, phase: str | None) -> list[tuple[str, ...]]:
    """From the closest likeness to the loosest."""
    return [(workflow, "label", label), (workflow, "phase", str(phase)), (workflow,), ()]


__all__ = ["Estimate", "PhaseEstimate", "Range", "Size", "Sizes", "count_calls", "estimate", "recorded_sizes"]
