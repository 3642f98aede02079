"""Timers that belong to a call that runs anew, ends that came together, retries: what a resume must not make of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from script_runs import Project, Ran

from odw.loader import Loader
from odw.runtime.abc import Failure, Planned, Report, Usage
from odw.runtime.budget import BudgetLimit, Ledger
from odw.runtime.fakes import FakePlanner
from odw.runtime.journal.reader import read_journal
from odw.runtime.options import RunOptions
from odw.runtime.reenact import reenact
from odw.runtime.rehearsal import recorded_backend
from odw.runtime.run_dir import RunDir
from odw.runtime.slots import Slots
from odw.settings import load_settings

WITHIN = """
const within = (ms, p) => Promise.race([p, new Promise(done => setTimeout(done, ms, 'TIMED OUT'))])
const a = await within(50, agent('first', { label: 'first' }))
const b = await agent('second', { label: 'second' })
return [a, b, await agent('third', { label: 'third' })]
"""
Answer = Callable[[Any], Planned]


def play(project: Project, script: str, answer: Answer, after: Ran | None = None) -> Ran:
    options = {"resume_from": after.outcome.run_id} if after is not None else {}
    return project.run(script, executor=FakePlanner(answer), concurrency=4, **options)


def says(request: Any, delay: float = 1) -> Planned:
    return Planned(Report(text=request.label), delay)


def test_a_deadline_that_fired_later_does_not_end_a_call_that_had_failed(project: Project) -> None:
    """It fired while the second call ran, long after the first had failed: resumed after the outage, the first has its time."""
    down = True

    def answer(request: Any) -> Planned:
        if down and request.label != "second":
            return Planned(Report(error=Failure("unknown", "down")), 1)
        return says(request, 70 if request.label == "second" else 1)

    first = play(project, WITHIN, answer)
    assert first.result == [None, "second", None]
    down = False
    second = play(project, WITHIN, answer, first)
    assert second.result == ["first", "second", "third"]
    third = play(project, WITHIN, lambda request: pytest.fail(f"{request.label} ran again"), second)
    assert third.result == second.result


def test_nor_one_that_was_edited(project: Project) -> None:
    slow: Answer = lambda request: says(request, 70 if request.label == "second" else 1)  # noqa: E731
    first = play(project, WITHIN, slow)
    second = play(project, WITHIN.replace("'first', {", "'first, but better', {"), slow, first)
    assert second.result == ["first", "second", "third"]


def test_a_call_that_was_timed_out_is_timed_out_again(project: Project) -> None:
    """The timer did win, and the call was in flight: that is the recorded outcome of the race."""
    slow: Answer = lambda request: says(request, 500 if request.label == "first" else 1)  # noqa: E731
    first = play(project, WITHIN, slow)
    assert first.result == ["TIMED OUT", "second", "third"]
    assert play(project, WITHIN, says, first).result == first.result


def test_ends_that_came_together_are_recorded_in_each_session(project: Project) -> None:
    """The script ends with the first of two; strict replay wants the other one too, also of a resume."""
    script = "return await Promise.race([agent('a', { label: 'a' }), agent('b', { label: 'b' })])"
    first = play(project, script, says)
    assert_replays(project, first, script)
    second = play(project, script, says, first)
    assert [e["label"] for e in second.events if e["type"] == "agent_skip"] == ["a", "b"]
    assert_replays(project, second, script)


def assert_replays(project: Project, ran: Ran, script: str) -> None:
    """Strictly: every end in its place, none more, none less."""
    events = read_journal(str(ran.dir / "events.jsonl")).events
    path = project.write("replayed.js", script)
    program = Loader(project.root, load_settings({}, {}, {})).load(str(path))
    options = RunOptions(str(project.root))
    found = reenact(program, options, recorded_backend(events), RunDir.at(str(ran.dir)), events, strict=True)
    assert found.divergences == []


def test_retries_stand_where_they_would_have_stood(project: Project) -> None:
    """x fails at 2 and ends at 12, y ends at 8, z at 14: killed after y, the rest comes in that order."""
    script = (
        "const order = []\n"
        "await Promise.all(['x', 'y', 'z'].map(n => agent(n, { label: n }).then(() => order.push(n))))\n"
        "return order"
    )

    def answer(request: Any) -> Planned:
        if request.label == "x" and request.attempt == 1:
            return Planned(Report(error=Failure("transient", "again", True)), 2)
        return says(request, {"x": 10, "y": 8, "z": 14}[request.label])

    whole = play(project, script, answer)
    assert whole.result == ["y", "x", "z"]
    journal = Path(whole.dir, "events.jsonl")
    lines = journal.read_bytes().splitlines(keepends=True)
    events = [json.loads(line) for line in lines]
    cut = next(n for n, e in enumerate(events) if e["type"] == "agent_done" and e["label"] == "y")
    journal.write_bytes(b"".join(lines[: cut + 1]))
    assert play(project, script, answer, whole).result == whole.result


def test_a_phase_per_item_is_one_lane() -> None:
    """Only phases with a limit of their own can be held back by themselves: all others wait in one queue."""
    ledger = Ledger(BudgetLimit(9))
    assert {ledger.lane(f"phase {n}") for n in range(5)} == {None}
    ledger.settle(ledger.reserve(None, "r"), Usage(output=3), None)
    slots, held = Slots(4, ledger.admits), []
    for number in range(4000):
        phase = f"phase {number}"
        slots.request(lambda p=phase: not held.append(ledger.reserve(p, "r")), ledger.lane(phase), "r")  # type: ignore[func-returns-value]
    assert len(slots._lanes) == 1
    started = 0
    while held:
        started += 1
        ledger.settle(held.pop(), Usage(), None)
        slots.release("r")
    assert started == 4000
