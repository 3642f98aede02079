"""kill -9 and failures of the disk at every write and sync of a journal, and at random moments."""

from __future__ import annotations

import random
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from crash_scripts import DOZEN, PIPELINE, fixed
from crash_world import Child, Reference, World, check_blobs, check_journal, check_processes
from faulty import Fault
from process_trees import wait_for

PARKED = 4


class Sweep:
    """One script in one world; every test kills runs of its own there."""

    def __init__(self, root: Path) -> None:
        self.world = World(root)
        (self.world.project / "main.js").write_text(fixed(DOZEN, "mock"))
        self.reference = self.world.reference("main.js", "mock")
        self._runs = 0

    def start(self, fault: str) -> tuple[str, Child]:
        self._runs += 1
        run_id = f"r{self._runs}"
        return run_id, self.world.start("main.js", run_id, "mock", fault=Fault.parse(fault))

    def check(self, run_id: str) -> None:
        check_blobs(self.world, run_id, check_journal(self.world, run_id, self.reference))

    def finish(self, run_id: str) -> None:
        """Resume without faults: it comes to what the uninterrupted run came to."""
        child = self.world.go_on("main.js", run_id, "mock")
        assert child.wait() == 0, child.errors
        assert child.result == self.reference.result
        self.check(run_id)

    def until_unharmed(self, fault: str) -> Iterator[tuple[str, Child]]:
        """Runs with ``fault``, its {} being 1, 2, 3, …, up to the first that comes to its end, since it makes no such write."""
        for number in range(1, 200):
            run_id, child = self.start(fault.format(number))
            child.wait()
            yield run_id, child
            if child.code == 0:
                return
        raise AssertionError("there is no end of writes")


@pytest.fixture(scope="module")
def sweep(tmp_path_factory: pytest.TempPathFactory) -> Sweep:
    return Sweep(tmp_path_factory.mktemp("sweep"))


@pytest.mark.parametrize("torn", ["0", "1", "half", "-1", "all"])
def test_kill_at_every_write(sweep: Sweep, torn: str) -> None:
    count = 0
    for run_id, child in sweep.until_unharmed(f"kill@write:{{}}:bytes={torn}"):
        count += 1
        sweep.check(run_id)
        if child.code == 0:
            break
        assert child.code == -signal.SIGKILL
        sweep.finish(run_id)
    assert count > 10


@pytest.mark.parametrize("place", ["sync", "synced"])
def test_kill_at_every_sync(sweep: Sweep, place: str) -> None:
    for run_id, child in sweep.until_unharmed(f"kill@{place}:{{}}"):
        if child.code != 0:
            sweep.finish(run_id)


@pytest.mark.parametrize(
    "fault", ["enospc@write:{}", "enospc@write:{}+", "eio@write:{}", "eio@sync:{}", "eio@sync:{}+"]
)
def test_a_failing_disk_parks_the_run(sweep: Sweep, fault: str) -> None:
    most = 2 + sum(sweep.reference.calls.values()) * 2
    for number in range(1, most):
        run_id, child = sweep.start(fault.format(number))
        code = child.wait()
        sweep.check(run_id)
        begun = bool(sweep.world.journal(run_id).events)
        assert code in (0, PARKED) or (code == 2 and not begun), (fault, number, child.errors)
        if code == PARKED:
            assert f"odw resume {run_id}" in child.errors
        if code != 0:
            sweep.finish(run_id)
        if code == 0 and number > 20:
            break


def test_short_writes_lose_nothing(sweep: Sweep) -> None:
    for number in (*range(1, 24), "1+"):  # each write in turn, then all of them
        run_id, child = sweep.start(f"short@write:{number}")
        assert child.wait() == 0, child.errors
        assert child.result == sweep.reference.result
        sweep.check(run_id)


def test_a_pipeline_of_forty_killed_at_random(tmp_path: Path) -> None:
    from chaos import kill_until_done

    world = World(tmp_path / "world")
    (world.project / "main.js").write_text(fixed(PIPELINE, "mock"))
    reference: Reference = world.reference("main.js", "mock")
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    kills = runs = 0
    while kills < 5 and runs < 20:
        runs += 1
        died, _ = kill_until_done(
            world, "main.js", "mock", f"r{runs}", reference, random.Random(seed + runs), 3, 0.7
        )
        kills += died
    assert kills >= 1


def test_five_pairs_of_resumes(tmp_path: Path) -> None:
    from chaos import concurrent_resumes

    assert concurrent_resumes(5, tmp_path).startswith("5 pairs of resumes, ")


def test_a_stopped_process_still_drives_its_run(tmp_path: Path) -> None:
    world = World(tmp_path / "world")
    (world.project / "main.js").write_text(fixed(PIPELINE, "mock").replace("i % 7", "200 + i % 7"))
    first = world.start("main.js", "r", "mock")
    assert wait_for(lambda: bool(world.journal("r").events))
    first.signal(signal.SIGSTOP)
    try:
        second = world.resume("r")
        assert second.wait() == 2
        assert f"run r is being driven by process {first.pid} on " in second.errors
    finally:
        first.signal(signal.SIGCONT)
    assert first.wait() == 0
    assert world.resume("r").wait() == 0


def test_real_processes_die_with_the_one_that_drives_them(tmp_path: Path) -> None:
    world = World(tmp_path / "world")
    script = fixed(PIPELINE, "fake").replace("length: 40", "length: 6").replace("i % 5", "300")
    (world.project / "main.js").write_text(script)
    reference = world.reference("main.js", "fake")
    first = world.start("main.js", "r", "fake")
    assert wait_for(lambda: any(line["node"].startswith("r.") for line in world.witness()))
    first.signal(signal.SIGKILL)
    assert first.wait() == -signal.SIGKILL
    check_processes("r")
    again = world.go_on("main.js", "r", "fake")
    assert again.wait() == 0, again.errors
    assert again.result == reference.result
    check_journal(world, "r", reference)
    check_processes("r")
