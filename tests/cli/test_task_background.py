"""``odw task run``: in the background, followed, stopped, killed; nothing is left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

import pytest
from background import until
from task_case import TAG, TaskCase, case

from odw.runtime.process_tags import tagged

__all__ = ["case"]


def test_in_the_background_to_its_end(case: TaskCase) -> None:
    done = case("run", "-r", "echo", "-t", "Hello", "-s", "one")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[:2] == ["[task] session=one", "[task] runtime=echo"]
    assert lines[3:] == [
        "[task] watch it:  odw task logs -f --session one",
        "[task] stop it:   odw task stop --session one",
    ]
    followed = case("logs", "-f", "-s", "one").stdout.splitlines()
    assert followed[-1].endswith(" completed")
    report = case.json("status", "-s", "one")
    assert (report["state"], report["summary"]["last_agent_message"]) == ("completed", "you said:\nHello")


def test_while_it_runs(case: TaskCase) -> None:
    report = case.json("run", "-r", "slow", "-t", "x", "-s", "one")
    assert (report["ok"], report["state"], report["ended_at"]) == (True, "running", None)
    assert case.json("status")["state"] == "running"
    again = case("exec", "-r", "echo", "-t", "y", "-s", "one")
    assert (again.returncode, again.stderr.splitlines()[0]) == (2, "odw: the session one is at work")
    assert case("resume", "-t", "y").returncode == 2
    until(lambda: case.said("one", "at work"), "the program")
    stopped = case.json("stop")
    assert (stopped["ok"], stopped["state"], stopped["error"]["category"]) == (False, "stopped", "cancelled")
    assert tagged(TAG) == []
    assert case("stop").stdout == "one is not at work: stopped\n"


def test_a_stopped_session_goes_on(case: TaskCase) -> None:
    case("run", "-r", "slow", "-t", "x", "-s", "one")
    assert case("stop").stdout == "one: stopped\n"
    toml = (case.folder / "odw.toml").read_text().replace("sleep 300 & wait", "echo over")
    (case.folder / "odw.toml").write_text(toml)
    assert case.json("resume", "--wait", "-t", "Go on")["summary"]["last_agent_message"] == "over"


@pytest.mark.parametrize("program", ["slow", "deaf"])
def test_a_driver_that_is_killed_leaves_nothing(case: TaskCase, program: str) -> None:
    case("run", "-r", program, "-t", "x", "-s", "one")
    until(lambda: case.said("one", "at work"), "the program")
    os.kill(case.state("one")["pid"], signal.SIGKILL)
    until(lambda: tagged(TAG) == [], "the end of what it had started")
    report = case.json("status")
    assert (report["ok"], report["state"], report["error"]["category"]) == (False, "failed", "crash")


def test_a_conversation_outlives_its_driver(case: TaskCase) -> None:
    home = case.with_opencode()
    case("run", "-r", "oc", "-t", "#hang", "-s", "one")
    until(lambda: case.state("one").get("executor_session"), "the executor's session")
    os.kill(case.state("one")["pid"], signal.SIGKILL)
    until(lambda: tagged(TAG) == [], "the end of what it had started")
    report = case.json("status")
    assert (report["ok"], report["state"]) == (True, "idle")
    report = case.json("resume", "--wait", "-t", "Go on")
    assert (report["state"], report["executor_session"]) == ("completed", "ses_0")
    starts = [json.loads(line) for line in (home / "starts.jsonl").read_text().splitlines()]
    assert starts[1]["argv"][-2:] == ["--session", "ses_0"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_in_order(case: TaskCase, number: signal.Signals) -> None:
    process = case.start("exec", "-r", "slow", "-t", "x", "-s", "one")
    until(lambda: case.said("one", "at work"), "the program")
    process.send_signal(number)
    assert process.wait(30) == 130
    assert case.state("one")["state"] == "stopped"
    assert tagged(TAG) == []


def test_a_driver_that_cannot_begin_says_why(case: TaskCase) -> None:
    case("exec", "-r", "echo", "-t", "x", "-s", "one")
    home = case.folder / ".odw/tasks/one"
    (home / "state.json").write_text(json.dumps({**case.state("one"), "state": "running", "ended_at": None}))
    canary = "canary_4fd1b7a9c3"
    with (home / "driver.log").open("wb") as log:
        done = subprocess.run(
            [sys.executable, "-m", "odw.cli.task.driver", str(case.folder), "one", "2"],
            input=json.dumps({canary: 1}).encode(), stderr=log, env=case.environment({"MY_API_KEY": canary}),
            timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 70
    report = case.json("status")
    assert (report["ok"], report["state"]) == (False, "failed")
    assert "unexpected keyword argument '[redacted]'" in report["error"]["message"]


def test_many_at_once(case: TaskCase) -> None:
    for number in range(4):
        case("run", "-r", "echo", "-t", f"task {number}", "-s", f"s{number}")
    until(lambda: all(case.state(f"s{number}")["state"] == "completed" for number in range(4)), "all of them")
    texts = {each["summary"]["last_agent_message"] for each in case.json("list")["sessions"]}
    assert texts == {f"you said:\ntask {number}" for number in range(4)}
