"""Races killed and resumed over and over by executors of another speed: what had ended comes again as it came."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from pathlib import Path

import pytest
from crash_world import World
from race_scripts import HEAD, RaceRun, Races, answers, edited, ends

from odw.runtime.journal.reader import read_journal
from odw.runtime.journal.replay import Replay

CASES = 40
BATCHES = range(3)


@pytest.mark.parametrize("batch", BATCHES)
def test_recorded_ends_come_again_in_their_order(tmp_path: Path, batch: int) -> None:
    for seed in range(batch * CASES, (batch + 1) * CASES):
        rng = random.Random(seed)
        source = Races(rng).script()
        run = RaceRun(tmp_path / str(seed), rng)
        before = run.go(source)
        for _ in range(rng.randint(1, 4)):
            run.cut()
            recorded = min(ends(read_journal(str(run.journal)).events), len(before))
            again = run.go(source)
            assert again[:recorded] == before[:recorded], f"seed {seed}\n{source}"
            assert recorded < len(before) or again == before, f"seed {seed}\n{source}"
            assert len(set(answers(again))) == len(answers(again)), (
                f"an answer was handed out twice, seed {seed}"
            )
            before = again


@pytest.mark.parametrize("batch", BATCHES)
def test_an_edit_between_kills_runs_nothing_that_is_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    """A call runs only if it was in flight, or no unclaimed result of its content is there."""
    replays: list[Replay] = []
    begin = Replay.__init__

    def remember(self: Replay, *arguments: object, **more: object) -> None:
        begin(self, *arguments, **more)  # type: ignore[arg-type]
        replays.append(self)

    monkeypatch.setattr(Replay, "__init__", remember)
    for seed in range(batch * CASES, (batch + 1) * CASES):
        rng = random.Random(seed)
        sources = [Races(rng).script()]
        run = RaceRun(tmp_path / str(seed), rng)
        run.go(sources[0])
        for _ in range(rng.randint(1, 3)):
            run.cut()
            size = len(read_journal(str(run.journal)).events)
            sources.append(edited(rng.choice(sources), rng) if rng.random() < 0.7 else rng.choice(sources))
            order = run.go(sources[-1])
            assert len(set(answers(order))) == len(answers(order)), (
                f"an answer was handed out twice, seed {seed}"
            )
            new = read_journal(str(run.journal)).events[size:]
            ran = Counter(event["key"] for event in new if event["type"] == "agent_start")
            in_flight = Counter(
                key for (_, key), calls in replays[-1].history.sites.items() for call in calls if call is None
            )
            left = Counter(call.key for call in replays[-1].orphans)
            wasted = [key[:12] for key in ran if left[key] and ran[key] > in_flight[key]]
            assert not wasted, f"seed {seed}: {wasted} ran beside a recorded result\n{sources[-1]}"


def test_equal_calls_keep_their_results_over_two_kills(tmp_path: Path) -> None:
    """The second session is killed when it has replayed only the call that ended first, which is the second one."""
    run = RaceRun(tmp_path, random.Random(1))
    source = (
        HEAD
        + "await Promise.all([ask('equal', 'one'), ask('equal', 'two'), ask('equal', 'three')])\nreturn order\n"
    )
    orders = set()
    for _ in range(12):  # random speeds: until "one" is not the first to end
        before = run.go(source)
        if not before[0].startswith("one"):
            break
        shutil.rmtree(run.journal.parent)
    whole = run.journal.read_bytes()
    assert run.go(source) == before
    lines = run.journal.read_bytes()[len(whole) :].splitlines(keepends=True)
    for count in range(len(lines) + 1):
        run.journal.write_bytes(whole + b"".join(lines[:count]))
        orders.add(tuple(run.go(source)))
    assert orders == {tuple(before)}


def test_a_fork_runs_the_one_of_equal_calls_that_it_was_asked_to(tmp_path: Path) -> None:
    world = World(tmp_path / "world")
    (world.project / "main.js").write_text(
        HEAD + "return await Promise.all([ask('equal', 'one'), ask('equal', 'two')])\n"
    )
    assert world.start("main.js", "r", "mock").wait() == 0
    for label in ("one", "two"):
        fork = world.odw("fork", "r", "--rerun", label, "--run-id", label, "--json", "--no-report")
        assert fork.wait() == 0, fork.errors
        ran = [event["label"] for event in world.journal(label).events if event["type"] == "agent_start"]
        assert ran == [label]
