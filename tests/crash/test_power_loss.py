"""Power loss at any operation of the disk: what was committed is there and readable, and the run comes to its result."""

from __future__ import annotations

import random
import signal
from pathlib import Path

import crash_world
import pytest
from crash_scripts import DOZEN, fixed
from crash_world import Reference, World, check_blobs, check_journal, committed
from lossy_disk import PowerLoss, install

from odw.errors import JournalDamaged
from odw.runtime.journal.history import result_of
from odw.runtime.journal.reader import parse_journal, read_journal

LOSSES = 12
# an agent that answers with its own prompt, word for word: two texts that are stored under one name
ECHO = "const big = 'p'.repeat(70001)\nout.push((await agent(big, { mockText: big })).length)\n"


class Power:
    """One script in one world, whose disk forgets."""

    def __init__(self, root: Path) -> None:
        self.world = World(root)
        script = fixed(DOZEN.replace("const state =", f"{ECHO}const state ="), "mock")
        (self.world.project / "main.js").write_text(script)
        self.reference: Reference = self.world.reference("main.js", "mock", "--budget", "100k")
        self._told = root / "told"

    def lose(self, run_id: str, number: int, seed: int) -> bool:
        """One session with a loss of power at operation ``number``; False if it ended before that."""
        journal = self.journal(run_id)
        self._told.write_text(str(journal.stat().st_size if journal.exists() else 0))
        loss = PowerLoss(number, seed, self._told)
        child = self.go_on(run_id, loss)
        assert child.wait() in (0, -signal.SIGKILL), child.errors
        if child.code == 0:
            return False
        if not journal.exists():
            assert int(self._told.read_text()) == 0, "a synced journal is gone"
            return True
        data = journal.read_bytes()
        synced = parse_journal(data[: int(self._told.read_text())], "synced")
        for event in committed(synced.events):
            result_of(event, str(journal.parent))
        self._mend(run_id, synced.size)
        return True

    def _mend(self, run_id: str, synced: int) -> None:
        """Zeros before whole lines are damage, which is refused until someone has it repaired."""
        try:
            read_journal(str(self.journal(run_id)))
        except JournalDamaged as damage:
            refused = self.go_on(run_id)
            assert refused.wait() != 0
            assert f"at seq {damage.seq}" in refused.errors
            repair = self.world.odw("journal", "repair", run_id, "--yes")
            assert repair.wait() == 0, repair.errors
            assert self.journal(run_id).stat().st_size >= synced

    def go_on(self, run_id: str, loss: PowerLoss | None = None) -> crash_world.Child:
        if (self.world.run_dir(run_id) / "run.json").exists():
            return self.world.resume(run_id, fault=loss)  # type: ignore[arg-type]
        return self.world.start("main.js", run_id, "mock", "--budget", "100k", fault=loss)  # type: ignore[arg-type]

    def journal(self, run_id: str) -> Path:
        return self.world.run_dir(run_id) / "events.jsonl"

    def finish(self, run_id: str) -> None:
        child = self.go_on(run_id)
        assert child.wait() == 0, child.errors
        assert child.result == self.reference.result
        check_blobs(self.world, run_id, check_journal(self.world, run_id, self.reference))
        state = (self.world.run_dir(run_id) / "state.json").read_text()
        assert '"total": 100000' in state, "the budget was forgotten"


@pytest.fixture(scope="module")
def power(tmp_path_factory: pytest.TempPathFactory) -> Power:
    return Power(tmp_path_factory.mktemp("power") / "world")


@pytest.fixture(autouse=True)
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crash_world, "install", install)


def test_power_fails_at_every_second_operation_of_the_first_session(power: Power) -> None:
    number = random.SystemRandom().choice((1, 2))
    while power.lose(f"once{number}", number, number):
        power.finish(f"once{number}")
        number += 2
    assert number > 30


def test_power_fails_again_and_again(power: Power) -> None:
    for seed in range(LOSSES):
        rng = random.Random(seed)
        run_id = f"often{seed}"
        for loss in range(rng.randint(2, 3)):
            if not power.lose(run_id, rng.randint(1, 30 if loss else 60), 10 * seed + loss):
                break
        power.finish(run_id)
