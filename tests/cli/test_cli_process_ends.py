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
Launch = Callable[..., Background]
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
def run_id() -> str:
    """Tags are seen in the whole machine: two test sessions may run at once."""
    return f"r-{os.urandom(6).hex()}"


@pytest.fixture
def launch(folder: Path) -> Iterator[Launch]:
    """``odw …`` in a process of its own, which ends with the test."""
    runs: list[Background] = []

    def begin(*argv: str, terminal: bool = False) -> Background:
        runs.append(Background(folder, *argv, terminal=terminal))
        return runs[-1]

    yield begin
    for run in runs:
        run.close()


@pytest.fixture
def stubborn(folder: Path, run_id: str, launch: Launch) -> Background:
    """A run on a terminal, with six stubborn processes."""
    (folder / "odw.toml").write_text(STUBBORN)
    (folder / "a.js").write_text(TWO)
    words = ("exec", "a.js", "--backend", "stubborn", "--run-id", run_id, "--no-report", "--grace", "0")
    run = launch(*words, terminal=True)
    until(lambda: [run.read(), len(tagged(f"{run_id}.")) == 6][1], f"six processes: {run.read()}")
    return run


def end_by_ctrl_c(run: Background, odw: Run) -> None:
    os.write(run.master, b"\x03")


def end_by_two_signals(run: Background, odw: Run) -> None:
    os.kill(run.process.pid, signal.SIGTERM)
    os.kill(run.process.pid, signal.SIGINT)


def end_by_kill(run: Background, odw: Run) -> None:
    run.process.kill()


def end_by_stop(run: Background, odw: Run) -> None:
    assert odw("stop", "latest").returncode == 0


def end_by_hanging_up(run: Background, odw: Run) -> None:
    run.hang_up()


def end_by_skipping(run: Background, odw: Run) -> None:
    for label in ("a", "b"):
        assert odw("skip", "latest", label).returncode == 0


ENDS = [end_by_ctrl_c, end_by_two_signals, end_by_kill, end_by_stop, end_by_hanging_up, end_by_skipping]


@pytest.mark.parametrize("end", ENDS)
def test_no_process_outlives_its_run(
    stubborn: Background, odw: Run, run_id: str, end: Callable[[Background, Run], None]
) -> None:
    end(stubborn, odw)
    until(lambda: [stubborn.master < 0 or stubborn.read(), stubborn.process.poll() is not None][1], "its end")
    until(lambda: not tagged(f"{run_id}."), "the end of its processes")


def test_skip_ends_the_processes_of_its_call_only(stubborn: Background, odw: Run, run_id: str) -> None:
    others = set(tagged(f"{run_id}.1.2."))
    assert len(others) == 3
    assert odw("skip", "latest", "a").returncode == 0
    until(lambda: not tagged(f"{run_id}.1.1."), "the end of one call's processes")
    assert set(tagged(f"{run_id}.1.2.")) == others


def test_retry_starts_other_processes(stubborn: Background, odw: Run, run_id: str) -> None:
    before = set(tagged(f"{run_id}.1.1."))
    assert odw("retry", "latest", "a").returncode == 0
    until(lambda: len(set(tagged(f"{run_id}.1.1.")) - before) == 3, "three new processes")
    until(lambda: not set(tagged(f"{run_id}.1.1.")) & before, "the end of those before")


@pytest.fixture
def waiting(folder: Path, run_id: str, launch: Launch) -> Background:
    """A run on a terminal, whose one call answers with what is written into the FIFO ``gate``."""
    (folder / "odw.toml").write_text(WAITING)
    (folder / "a.js").write_text(ONE)
    os.mkfifo(folder / "gate")
    words = ("exec", "a.js", "--backend", "waiting", "--run-id", run_id, "--no-report", "--grace", "60")
    run = launch(*words, terminal=True)
    started(folder, 1)
    until(lambda: tagged(f"{run_id}."), "the executor")
    return run


@pytest.mark.parametrize("by", ["ctrl-c", "stop"])
def test_an_answer_within_the_grace_is_kept(
    waiting: Background, folder: Path, odw: Run, run_id: str, launch: Launch, by: str
) -> None:
    """Ctrl-C on the terminal does not reach the executor itself."""
    stopper: Background | None = None
    if by == "ctrl-c":
        os.write(waiting.master, b"\x03")
    else:
        stopper = launch("stop", run_id)
    waiting.printed("waiting for 1 call in flight")
    (folder / "gate").write_text("42\n")
    assert waiting.wait() == (130 if by == "ctrl-c" else 1)
    if stopper is not None:
        assert stopper.wait() == 0
        assert "stopped" in stopper.read()
    [done] = [event for event in journal(folder) if event["type"] == "agent_done"]
    assert (done["ok"], done["result"]) == (True, "42")
    assert facts(folder)["status"] == ("interrupted" if by == "ctrl-c" else "stopped")
    resumed = odw("resume", run_id, "--json", "--no-report")
    assert (resumed.returncode, resumed.stdout) == (0, '"42"\n')


def test_a_call_in_flight_ends_while_the_run_is_paused(waiting: Background, folder: Path, odw: Run) -> None:
    assert odw("pause", "latest").returncode == 0
    (folder / "gate").write_text("42\n")
    assert waiting.wait() == 0
    assert facts(folder)["status"] == "completed"


@pytest.fixture
def stopping(waiting: Background, run_id: str, launch: Launch) -> Background:
    """``odw stop`` in another process, while the run's call has its grace."""
    stopper = launch("stop", run_id)
    stopper.printed("1 call in flight gets a grace")
    return stopper


def test_stop_notices_when_the_run_is_killed_meanwhile(
    waiting: Background, stopping: Background, run_id: str
) -> None:
    waiting.process.kill()
    assert waiting.wait() == -signal.SIGKILL
    assert stopping.wait() == 0
    assert stopping.read().splitlines()[1:] == [
        "its process died while it was stopping",
        f"Resume it with: odw resume {run_id}",
    ]


def test_stop_says_when_the_run_ended_otherwise(
    waiting: Background, stopping: Background, folder: Path
) -> None:
    os.write(waiting.master, b"\x03")
    until(lambda: "^C" in waiting.read(), "the signal")
    (folder / "gate").write_text("42\n")
    assert waiting.wait() == 130
    assert stopping.wait() == 0
    assert "it ended before it could be stopped: interrupted" in stopping.read()


def test_a_second_stop_waits_for_the_same_end(
    stopping: Background, folder: Path, run_id: str, launch: Launch
) -> None:
    another = launch("stop", run_id)
    another.printed("1 call in flight gets a grace")
    (folder / "gate").write_text("42\n")
    assert (stopping.wait(), another.wait()) == (0, 0)
    assert "stopped" in another.read()
