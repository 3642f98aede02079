"""``odw pause|unpause|stop|skip|retry``: what a person types and reads, against a run in another process."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from background import Background, facts, journal, started, until
from cli_case import META, Run

from odw.runtime import control_client

FOUR = (
    META
    + """
return await parallel([0, 1, 2, 3].map(i => () => agent('p' + i, { label: 'l' + i, mockDelayMs: 60000 })))
"""
)
ONE = META + "return [await agent('p', { label: 'slow', mockDelayMs: 60000 })]\n"

Start = Callable[..., Background]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """``start(script, "--concurrency", "2")``: a run in another process, whose calls have begun."""
    runs: list[Background] = []

    def begin(script: str, *options: str, calls: int = 1) -> Background:
        (tmp_path / "a.js").write_text(script)
        words = ("exec", "a.js", "--backend", "mock", "--no-report", "--grace", "0", *options)
        runs.append(Background(tmp_path, *words))
        started(tmp_path, calls)
        return runs[-1]

    yield begin
    for run in runs:
        run.close()


def test_a_run_is_paused_and_goes_on(odw: Run, start: Start, tmp_path: Path) -> None:
    run = start(FOUR, "--concurrency", "3", calls=3)
    done = odw("pause", "latest")
    assert (done.returncode, done.stdout) == (0, "paused; 3 calls in flight finish, 1 waits\n")
    assert facts(tmp_path)["status"] == "paused"
    for label in ("l0", "l1", "l2"):
        assert odw("skip", "latest", label).returncode == 0
    until(lambda: sum(event["type"] == "agent_skip" for event in journal(tmp_path)) == 3, "skipped")
    assert sum(event["type"] == "agent_start" for event in journal(tmp_path)) == 3
    done = odw("unpause", "latest")
    assert (done.returncode, done.stdout) == (0, "going on; 1 call in flight, 0 waiting\n")
    started(tmp_path, 4)
    assert facts(tmp_path)["status"] == "running"
    assert odw("skip", "latest", "4").stdout == "skipped 4: the workflow gets null for it\n"
    assert run.wait() == 0
    assert facts(tmp_path)["status"] == "completed"


def test_stop_waits_for_the_end_and_says_how_to_go_on(odw: Run, start: Start, tmp_path: Path) -> None:
    run = start(ONE)
    run_id = facts(tmp_path)["runId"]
    done = odw("stop", run_id[:-2])  # the unique beginning of an id will do
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "stopping; 1 call in flight gets a grace",
        "stopped",
        f"Resume it with: odw resume {run_id}",
    ]
    assert journal(tmp_path)[-1]["status"] == "stopped"
    assert run.wait() == 1
    assert facts(tmp_path)["status"] == "stopped"
    assert f"odw resume {run_id}" in run.read()


def test_a_call_is_started_over(odw: Run, start: Start, tmp_path: Path) -> None:
    run = start(ONE)
    done = odw("retry", "latest", "slow")
    assert (done.returncode, done.stdout) == (0, "started slow over\n")
    until(lambda: [event for event in journal(tmp_path) if event["type"] == "agent_retry"], "the retry")
    odw("skip", "latest", "slow")
    assert run.wait() == 0


def test_a_skipped_call_stays_null_when_the_run_is_resumed(odw: Run, start: Start, tmp_path: Path) -> None:
    run = start(FOUR, "--concurrency", "2", calls=2)
    odw("skip", "latest", "l0")
    until(lambda: [event for event in journal(tmp_path) if event["type"] == "agent_skip"], "skipped")
    odw("stop", "latest")
    run.wait()
    resumed = Background(tmp_path, "resume", "latest", "--no-report")
    try:
        until(lambda: facts(tmp_path).get("pid") == resumed.process.pid, "the resume")
        until(
            lambda: any(event["type"] == "agent_skip" and event.get("cached") for event in journal(tmp_path)),
            "the skipped call replays",
        )
    finally:
        resumed.close()


def test_what_cannot_be_done_says_why(odw: Run, start: Start, tmp_path: Path) -> None:
    start(FOUR, "--concurrency", "2", calls=2)
    run_id = facts(tmp_path)["runId"]
    done = odw("skip", "latest", "nobody")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith(
        f'odw: run {run_id}: no call that goes on is named "nobody"; those that have not'
    )
    done = odw("retry", "latest", "l3")
    assert (done.returncode, "waits for a slot" in done.stderr) == (2, True)


@pytest.mark.parametrize("command", ["pause", "unpause", "stop", "skip", "retry"])
def test_a_run_that_is_over_cannot_be_commanded(odw: Run, tmp_path: Path, command: str) -> None:
    (tmp_path / "a.js").write_text(META + "return 1\n")
    odw("exec", "a.js", "--backend", "mock", "--no-report", "--run-id", "r1")
    done = odw(command, "r1", *(["1"] if command in ("skip", "retry") else []))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "odw: run r1 is not running (status completed)\n  See what it came to: odw runs show r1\n"
    )


def test_a_killed_run_is_dead_and_can_be_resumed(odw: Run, start: Start, tmp_path: Path) -> None:
    run = start(ONE)
    run.process.kill()
    run.process.wait()
    run_id = facts(tmp_path)["runId"]
    assert (tmp_path / ".odw/runs/latest/control").is_fifo()
    done = odw("pause", "latest")
    assert (done.returncode, done.stderr.splitlines()) == (
        2,
        [
            f"odw: run {run_id} is not running (status dead)",
            f"  Its process is gone. Go on with it: odw resume {run_id}",
        ],
    )


def test_a_run_that_is_stopped_by_a_signal_does_not_answer(
    odw: Run, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = start(ONE)
    os.kill(run.process.pid, signal.SIGSTOP)
    monkeypatch.setattr(control_client, "ANSWER_S", 0.2)
    done = odw("pause", "latest")
    assert done.returncode == 2
    assert "did not answer within 0.2 s" in done.stderr
    assert f"process {run.process.pid}" in done.stderr
    os.kill(run.process.pid, signal.SIGCONT)
    until(lambda: facts(tmp_path)["status"] == "paused", "the command that was sent is obeyed")


def test_no_such_run(odw: Run, tmp_path: Path) -> None:
    assert odw("stop", "nothing").returncode == 2
    assert odw("stop").returncode == 2
    assert odw("skip", "latest").returncode == 2
    assert odw("stop", "latest", "--path", "absent").returncode == 2
