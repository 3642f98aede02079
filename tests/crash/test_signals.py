"""SIGINT at many moments of a script that is busy: what is written stays whole, and the run can be resumed."""

from __future__ import annotations

import random
import signal
from pathlib import Path

import pytest
from crash_scripts import HEAD, options
from crash_world import Reference, World, check_journal
from process_trees import wait_for

BUSY = HEAD.replace("OPTIONS", options("mock")) + (
    "for (let i = 0; i < 8; i++) {\n"
    "  for (let k = 0; k < 400; k++) log(`round ${i} ${k} ${'x'.repeat(200)}`)\n"
    "  out.push(await parallel([0, 1, 2].map((n) => () => ask(`call ${i} ${n}`, 1))))\n"
    "}\nreturn out\n"
)
TIMES = 12


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, Reference]:
    world = World(tmp_path_factory.mktemp("busy") / "world")
    (world.project / "main.js").write_text(BUSY)
    return world, world.reference("main.js", "mock")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_at_any_moment(busy: tuple[World, Reference], number: signal.Signals) -> None:
    world, reference = busy
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    rng = random.Random(seed)
    interrupted = 0
    for turn in range(20 * TIMES):
        if (
            turn >= TIMES and interrupted
        ):  # on a busy machine a run may have ended before it is looked at, again and again
            break
        run_id = f"{number.name}{turn}"
        child = world.start("main.js", run_id, "mock")
        journal: Path = world.run_dir(run_id) / "events.jsonl"
        wait_for(
            lambda child=child, journal=journal: (
                child.ended() or (journal.exists() and journal.stat().st_size > 0)
            )
        )
        if not child.ended(rng.uniform(0, reference.seconds * 0.7) if turn else 0.0):
            child.signal(number)
        code = child.wait()
        if code == -number:  # after its end, when the run no longer handles signals
            assert b'"workflow_done"' in journal.read_bytes().splitlines()[-1]
            code = 0
        assert code in (0, 130), child.errors
        check_journal(world, run_id, reference)
        if code == 0:
            continue
        interrupted += 1
        again = world.resume(run_id)
        assert again.wait() == 0, again.errors
        assert again.result == reference.result
        check_journal(world, run_id, reference)
    assert interrupted
