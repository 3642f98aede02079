"""Ctrl-C, SIGTERM and SIGHUP on a real terminal: the first ends a run in order, the second at once; nothing recorded is lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from background import Background, facts, journal, started, until
from cli_case import META, Run

MOCK = ("--backend", "mock", "--no-report")
CTRL_C = b"\x03"
FAST_AND_SLOW = META + (
    "const first = await agent('first', { label: 'first' })\n"
    "return [first, ...await parallel([0, 1, 2, 3].map(i => () => agent('p' + i, { label: 'l' + i, mockDelayMs: 60000 })))]\n"
)
MANY = META + (
    "return await parallel(Array.from({ length: 400 }, (_, i) => async () => {\n"
    "  const one = await agent('one ' + i, { label: 'one' + i, mockDelayMs: i % 7 + 1 })\n"
    "  return [one, await agent('two ' + i, { label: 'two' + i })]\n"
    "}))\n"
)

Exec = Callable[..., Background]


@pytest.fixture
def execute(tmp_path: Path) -> Iterator[Exec]:
    """``execute(script, "--grace", "0")``: ``odw exec`` on a terminal of its own."""
    runs: list[Background] = []

    def begin(script: str, *options: str, env: dict[str, str] | None = None) -> Background:
        (tmp_path / "a.js").write_text(script)
        runs.append(Background(tmp_path, "exec", "a.js", *MOCK, *options, terminal=True, env=env))
        return runs[-1]

    yield begin
    for run in runs:
        run.close()


def press_ctrl_c(run: Background) -> None:
    os.write(run.master, CTRL_C)


def assert_interrupted(run: Background, folder: Path, number: int = signal.SIGINT) -> None:
    """130, the last line of the journal, the status, and the way on; the terminal as it was."""
    code = run.wait()
    printed = run.read()
    assert code == 130, printed
    last = journal(folder)[-1]
    assert (last["type"], last["status"], last["signal"]) == ("workflow_error", "interrupted", number)
    known = facts(folder)
    assert known["status"] == "interrupted"
    assert f"odw resume {known['runId']}" in printed
    assert "Traceback" not in printed
    assert "internal error" not in printed
    assert run.settings_now() == run.settings
    assert not (folder / ".odw/runs/latest/control").exists()


def wait_events(run: Background, folder: Path, count: int) -> None:
    """Wait until the journal has that many lines, or the run has ended; its output is read meanwhile, or it would stall."""

    def there() -> bool:
        run.read()
        return run.process.poll() is not None or len(journal(folder)) >= count

    until(there, f"{count} events")


def test_ctrl_c_with_calls_in_flight(execute: Exec, tmp_path: Path, odw: Run) -> None:
    run = execute(FAST_AND_SLOW, "--grace", "0", "--concurrency", "2")
    started(tmp_path, 3)
    press_ctrl_c(run)
    assert_interrupted(run, tmp_path)
    events = journal(tmp_path)
    assert [event["label"] for event in events if event["type"] == "agent_done"] == ["first"]
    assert sum(event["type"] == "agent_start" for event in events) == 3  # none of those that waited


def test_calls_in_flight_that_end_within_the_grace_are_kept(execute: Exec, tmp_path: Path) -> None:
    script = META + "return [await agent('p', { label: 'slow', mockDelayMs: 700 }), await agent('never')]\n"
    run = execute(script, "--grace", "30")
    started(tmp_path, 1)
    press_ctrl_c(run)
    assert_interrupted(run, tmp_path)
    done = [event for event in journal(tmp_path) if event["type"] == "agent_done"]
    assert [(event["label"], event["ok"]) for event in done] == [("slow", True)]
    assert "waiting for 1 call in flight for up to 30 s" in run.read()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_other_signals_do_the_same(execute: Exec, tmp_path: Path, number: signal.Signals) -> None:
    run = execute(FAST_AND_SLOW, "--grace", "0")
    started(tmp_path, 2)
    os.kill(run.process.pid, number)
    assert_interrupted(run, tmp_path, number)


def test_closing_the_terminal_ends_the_run_in_order(execute: Exec, tmp_path: Path) -> None:
    run = execute(FAST_AND_SLOW, "--grace", "0")
    started(tmp_path, 2)
    run.hang_up()
    assert run.process.wait(30) == 130
    last = journal(tmp_path)[-1]
    assert (last["status"], last["signal"]) == ("interrupted", signal.SIGHUP)
    assert facts(tmp_path)["status"] == "interrupted"


def test_closing_the_terminal_during_output_ends_the_run_in_order(execute: Exec, tmp_path: Path) -> None:
    run = execute(MANY, "--grace", "0", "--concurrency", "8")
    wait_events(run, tmp_path, 50)
    run.hang_up()
    code = run.process.wait(30)
    known = facts(tmp_path)
    assert (code, known["status"]) in ((130, "interrupted"), (0, "completed"))


def test_ctrl_c_in_a_pipeline_whose_reader_has_gone(tmp_path: Path) -> None:
    """``odw exec … | tee log``: Ctrl-C ends tee first, yet the way to resume is said."""
    (tmp_path / "a.js").write_text(FAST_AND_SLOW)
    process = subprocess.Popen(
        [sys.executable, "-m", "odw", "exec", "a.js", *MOCK, "--grace", "0"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    started(tmp_path, 2)
    process.stdout.close()
    process.send_signal(signal.SIGINT)
    errors = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait(30) == 130, errors
    assert f"odw resume {facts(tmp_path)['runId']}" in errors


def test_a_second_ctrl_c_ends_it_at_once(execute: Exec, tmp_path: Path) -> None:
    run = execute(FAST_AND_SLOW, "--grace", "3600")
    started(tmp_path, 2)
    press_ctrl_c(run)
    run.printed("in flight")
    press_ctrl_c(run)
    assert run.wait() == 128 + signal.SIGINT
    assert run.settings_now() == run.settings
    assert "Traceback" not in run.read()
    assert journal(tmp_path)[-1]["type"] != "workflow_error"


def test_a_different_second_signal_ends_it_at_once_too(execute: Exec, tmp_path: Path) -> None:
    run = execute(FAST_AND_SLOW, "--grace", "3600")
    started(tmp_path, 2)
    press_ctrl_c(run)
    run.printed("in flight")
    os.kill(run.process.pid, signal.SIGTERM)
    assert run.wait() == 128 + signal.SIGTERM


def test_after_a_second_ctrl_c_the_run_can_be_resumed(execute: Exec, tmp_path: Path, odw: Run) -> None:
    run = execute(FAST_AND_SLOW.replace("60000", "(args ? 0 : 60000)"), "--grace", "3600")
    started(tmp_path, 2)
    press_ctrl_c(run)
    run.printed("in flight")
    press_ctrl_c(run)
    run.wait()
    done = odw("resume", "latest", "--args", "true", "--json", "--no-report")
    assert done.returncode == 0, done.stderr
    firsts = [event["type"] for event in journal(tmp_path) if event.get("label") == "first"]
    assert firsts == ["agent_start", "agent_done", "agent_skip"]


def test_ctrl_c_in_an_endless_loop(execute: Exec, tmp_path: Path) -> None:
    run = execute(META + "log('spinning')\nawait agent('a')\nwhile (true) {}\n")
    run.printed("[node] done")
    press_ctrl_c(run)
    assert_interrupted(run, tmp_path)


def test_ctrl_c_while_only_a_timer_runs(execute: Exec, tmp_path: Path) -> None:
    run = execute(META + "log('waiting')\nawait new Promise(done => setTimeout(done, 60000))\n")
    run.printed("[log] waiting")
    press_ctrl_c(run)
    assert_interrupted(run, tmp_path)


def test_ctrl_c_while_paused(execute: Exec, tmp_path: Path, odw: Run) -> None:
    run = execute(FAST_AND_SLOW, "--grace", "0", "--concurrency", "1")
    started(tmp_path, 2)
    assert odw("pause", "latest").returncode == 0
    press_ctrl_c(run)
    assert_interrupted(run, tmp_path)


def test_a_script_cannot_catch_ctrl_c(execute: Exec, tmp_path: Path) -> None:
    loop = "try { while (true) {} } catch (e) { log('caught') } finally { log('finally') }\n"
    run = execute(META + "await agent('a')\n" + loop)
    run.printed("[node] done")
    press_ctrl_c(run)
    assert_interrupted(run, tmp_path)
    assert [event["message"] for event in journal(tmp_path) if event["type"] == "log"] == []


def test_an_ignored_signal_stays_ignored(tmp_path: Path) -> None:
    """Under nohup a hang-up means nothing."""
    (tmp_path / "a.js").write_text(META + "await agent('a', { mockDelayMs: 400 })\nreturn 1\n")
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        run = Background(tmp_path, "exec", "a.js", *MOCK)
    finally:
        signal.signal(signal.SIGHUP, before)
    try:
        started(tmp_path, 1)
        os.kill(run.process.pid, signal.SIGHUP)
        assert run.wait() == 0
    finally:
        run.close()


def test_ctrl_c_at_any_moment_loses_nothing(execute: Exec, tmp_path: Path, odw: Run) -> None:
    """Interrupt one run again and again, after some of its calls, and resume it until it is done: each call runs once."""
    seed = random.randrange(1 << 30)
    dice = random.Random(seed)
    run = execute(MANY, "--grace", "0", "--concurrency", "2")
    for _ in range(6):
        run.printed("[odw] run_id=")
        wait_events(run, tmp_path, len(journal(tmp_path)) + dice.randrange(150))
        if "[workflow] done" not in run.read():
            press_ctrl_c(run)
        # -2: the signal came when the interpreter was on its way out
        assert run.wait() in (0, 130, -signal.SIGINT), f"seed {seed}: {run.read()[-2000:]}"
        assert "Traceback" not in run.read(), seed
        run.close()
        run = Background(tmp_path, "resume", "latest", "--no-report", terminal=True)
    try:
        assert run.wait() == 0, f"seed {seed}: {run.read()[-2000:]}"
    finally:
        run.close()
    ends = [event["key"] for event in journal(tmp_path) if event["type"] == "agent_done"]
    assert len(ends) == len(set(ends)) == 800, seed
