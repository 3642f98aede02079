"""The recorded order of ends is replayed, whatever the executor's speed is now."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from script_runs import Project, Ran

from odw.runtime.abc import Planned, Report
from odw.runtime.fakes import FakePlanner

RACES = """
const order = []
const note = (name) => (value) => { order.push(name); return value }
const first = await Promise.race([
  agent('slow', { label: 'slow' }).then(note('slow')),
  agent('quick', { label: 'quick' }).then(note('quick')),
  new Promise((resolve) => setTimeout(resolve, 12, 'timer')).then(note('timer')),
])
const rest = await Promise.all(['a', 'b', 'c', 'd'].map((x) => agent(`item ${x}`, { label: x }).then(note(x))))
const any = await Promise.any([agent('x', { label: 'x' }), agent('y', { label: 'y' })])
await new Promise((resolve) => setTimeout(resolve, 30))
const spent = budget.spent()
const last = await agent(`in the order ${order.join()} first ${first} any ${any} spent ${spent}`, { label: 'last' })
return { order, first, any, spent, last }
"""
DELAYS = {"slow": 27, "quick": 9, "a": 12, "b": 3, "c": 9, "d": 6, "x": 7, "y": 2}


def speed(delays: dict[str, float], seen: list[str]) -> Callable[[Any], Planned]:
    def answer(request: Any) -> Planned:
        seen.append(request.label)
        return Planned(Report(text=f"{request.label}!", usage=None), delays.get(request.label, 1))

    return answer


def play(project: Project, delays: dict[str, float], after: Ran | None = None) -> tuple[Ran, list[str]]:
    seen: list[str] = []
    options = {"resume_from": after.outcome.run_id} if after is not None else {}
    return project.run(RACES, executor=FakePlanner(speed(delays, seen)), concurrency=16, **options), seen


def test_races_and_arrays_come_out_as_recorded(project: Project) -> None:
    first, _ = play(project, DELAYS)
    assert first.result["order"] == ["quick", "timer", "b", "d", "c", "a", "slow"]
    backwards = {label: 30 - delay for label, delay in DELAYS.items()}
    second, seen = play(project, backwards, first)
    assert seen == []
    assert first.result == second.result


def test_after_every_line_of_the_journal_the_rest_runs_and_the_order_stays(project: Project) -> None:
    """A run killed at any line: what had ended replays in its order, only the rest is asked again."""
    whole, _ = play(project, DELAYS)
    journal = (whole.dir / "events.jsonl").read_bytes().splitlines(keepends=True)
    for cut in range(1, len(journal)):
        (whole.dir / "events.jsonl").write_bytes(b"".join(journal[:cut]))
        ended = ends(journal[:cut])
        again, seen = play(project, DELAYS, whole)
        assert again.outcome.error is None, cut
        # a call that had ended may be replaced only where the script could not have known its result yet
        assert not set(seen) & set(ended) - {"last"}, (cut, seen, ended)
        assert ended == [label for label in order_of(again) if label in ended], cut


def ends(lines: list[bytes]) -> list[str]:
    return [event["label"] for event in map(json.loads, lines) if event["type"] == "agent_done"]


def order_of(ran: Ran) -> list[str]:
    return [event["label"] for event in ran.events if event["type"] in ("agent_done", "agent_skip")]


PIPELINE = """
return await pipeline([...Array(40).keys()],
  (i) => agent(`read ${i}`, { label: `read ${i}` }),
  (text, i) => agent(`judge ${text}`, { label: `judge ${i}` }),
  (text, i) => agent(`sum ${text}`, { label: `sum ${i}` }))
"""


def test_a_pipeline_cut_at_any_line_repeats_only_what_was_in_flight(project: Project, tmp_path: Path) -> None:
    import random

    dice = random.Random(7)

    def answer(request: Any) -> Planned:
        seen.append(request.label)
        return Planned(Report(text=request.label), dice.randrange(6))

    seen: list[str] = []
    whole = project.run(PIPELINE, executor=FakePlanner(answer))
    assert len(seen) == 120
    journal = (whole.dir / "events.jsonl").read_bytes().splitlines(keepends=True)
    for cut in random.Random(11).sample(range(1, len(journal)), 40):
        (whole.dir / "events.jsonl").write_bytes(b"".join(journal[:cut]))
        ended = ends(journal[:cut])
        seen.clear()
        again = project.run(PIPELINE, executor=FakePlanner(answer), resume_from=whole.outcome.run_id)
        assert sorted(seen + ended) == sorted(set(seen) | set(ended))  # nothing twice
        assert len(seen) + len(ended) == 120
        assert whole.result == again.result


@pytest.mark.parametrize("kills", [1, 2, 5])
def test_several_kills_in_a_row(project: Project, kills: int) -> None:
    """Each session gets a little further; none loses what an earlier one had."""
    whole, _ = play(project, DELAYS)
    path = whole.dir / "events.jsonl"
    recorded: set[str] = set()
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    for kill in range(kills):
        _, seen = play(project, DELAYS, whole)
        assert not recorded & set(seen)
        lines = path.read_bytes().splitlines(keepends=True)
        starts = [i for i, line in enumerate(lines) if b'"workflow_' in line and b"_done" not in line]
        path.write_bytes(b"".join(lines[: starts[-1] + 6 + 3 * kill]))
        recorded = set(ends(path.read_bytes().splitlines()))
    final, seen = play(project, DELAYS, whole)
    assert not recorded & set(seen)
    assert whole.result == final.result
