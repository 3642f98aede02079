"""However a run ends: none of the processes that its executors started is left, and calls in flight keep what the end grants."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from background import Background, end_runs, facts, journal, started, until
from cli_case import META, Run

from odw.runtime.process_tags import sweep, tagged

# Three processes that will not go by themselves: two ignore TERM, one of them in a session of its own.
STUBBORN = """
[executors.stubborn]
argv = ["sh", "-c", "trap '' TERM INT HUP; sleep 1000 & setsid sleep 1000 & wait"]
stdin = "prompt"
"""
WAITING = """
[executors.waiting]
argv = ["sh", "-c", "read answer < gate; echo $answer"]
stdin = "prompt"
"""
TWO = META + "return await parallel(['a', 'b'].map(label => () => agent('p ' + label, { label })))\n"
ONE = META + "return await agent('p', { label: 'a' })\n"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A project; whatever a test leaves in it is killed, by its run's tag."""
    yield tmp_path
    end_runs(tmp_path)
    for run in tmp_path.glob(".odw/runs/*/run.json"):
        sweep(f"{run.parent.name}.")


@pytest.fixture
def stubborn(folder: Path) -> Iterator[Background]:
    """A run on a terminal, with six stubborn processes."""
    (folder / "odw.toml").write_text(STUBBORN)
    (folder / "a.js").write_text(TWO)
    words = ("exec", "a.js", "--backend", "stubborn", "--run-id", "r-ends", "--no-report", "--grace", "0")
    run = Background(folder, *words, terminal=True)
    until(lambda: [run.read(), len(tagged("r-ends.")) == 6][1], f"six processes: {run.read()}")
    yield run
    run.close()


def end_by_ctrl_c(run: Background, odw: Run) -> None:
    os.write(run.master, b"\x03")


def end_by_two_signals(run: Background, odw: Run) -> None:
    os.kill(run.process.pid, signal.SIGTERM)
    os.kill(run.process.pid, signal.SIGINT)


def end_by_kill(run: Background, odw: Run) -> None:
    run.process.kill()


def end_by_stop(run: Background, odw: Run) -> None:
    assert odw("stop", "r-ends").returncode == 0


def end_by_hanging_up(run: Background, odw: Run) -> None:
    run.hang_up()


def end_by_skipping(run: Background, odw: Run) -> None:
    for label in ("a", "b"):
        assert odw("skip", "r-ends", label).returncode == 0


ENDS = [end_by_ctrl_c, end_by_two_signals, end_by_kill, end_by_stop, end_by_hanging_up, end_by_skipping]


@pytest.mark.parametrize("end", ENDS)
def test_no_process_outlives_its_run(
    stubborn: Background, odw: Run, end: Callable[[Background, Run], None]
) -> None:
    end(stubborn, odw)
    until(lambda: [stubborn.master < 0 or stubborn.read(), stubborn.process.poll() is not None][1], "its end")
    until(lambda: not tagged("r-ends."), "the end of its processes")


def test_skip_ends_the_processes_of_its_call_only(stubborn: Background, odw: Run) -> None:
    others = set(tagged("r-ends.2."))
    assert len(others) == 3
    assert odw("skip", "r-ends", "a").returncode == 0
    until(lambda: not tagged("r-ends.1."), "the end of one call's processes")
    assert set(tagged("r-ends.2.")) == others


def test_retry_starts_other_processes(stubborn: Background, odw: Run) -> None:
    before = set(tagged("r-ends.1."))
    assert odw("retry", "r-ends", "a").returncode == 0
    until(lambda: len(set(tagged("r-ends.1.")) - before) == 3, "three new processes")
    until(lambda: not set(tagged("r-ends.1.")) & before, "the end of those before")


@pytest.fixture
def waiting(folder: Path) -> Iterator[Background]:
    """A run on a terminal, whose one call answers with what is written into the FIFO ``gate``."""
    (folder / "odw.toml").write_text(WAITING)
    (folder / "a.js").write_text(ONE)
    os.mkfifo(folder / "gate")
    words = ("exec", "a.js", "--backend", "waiting", "--run-id", "r-gate", "--no-report", "--grace", "60")
    run = Background(folder, *words, terminal=True)
    started(folder, 1)
    until(lambda: tagged("r-gate."), "the executor")
    yield run
    run.close()


@pytest.mark.parametrize("by", ["ctrl-c", "stop"])
def test_an_answer_within_the_grace_is_kept(waiting: Background, folder: Path, odw: Run, by: str) -> None:
    """Ctrl-C on the terminal does not reach the executor itself."""
    if by == "ctrl-c":
        os.write(waiting.master, b"\x03")
    else:
        stopper = Background(folder, "stop", "r-gate")
        stopper.printed("1 call in flight gets a grace")
    waiting.printed("waiting for 1 call in flight")
    (folder / "gate").write_text("42\n")
    assert waiting.wait() == (130 if by == "ctrl-c" else 1)
    if by == "stop":
        assert stopper.wait() == 0
        assert "stopped" in stopper.read()
        stopper.close()
    [done] = [event for event in journal(folder) if event["type"] == "agent_done"]
    assert (done["ok"], done["result"]) == (True, "42")
    assert facts(folder)["status"] == ("interrupted" if by == "ctrl-c" else "stopped")
    resumed = odw("resume", "r-gate", "--json", "--no-report")
    assert (resumed.returncode, resumed.stdout) == (0, '"42"\n')


def test_a_call_in_flight_ends_while_the_run_is_paused(waiting: Background, folder: Path, odw: Run) -> None:
    assert odw("pause", "r-gate").returncode == 0
    (folder / "gate").write_text("42\n")
    assert waiting.wait() == 0
    assert facts(folder)["status"] == "completed"
