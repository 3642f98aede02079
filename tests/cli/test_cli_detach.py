"""``--detach``: a run that goes on by itself; and the command line that is made for it."""

from __future__ import annotations

import io
import json
import os
import re
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from background import Background, end_runs, facts, journal, lives, started, until
from cli_case import META, Run
from hypothesis import given
from hypothesis import strategies as st

from odw.cli import detach
from odw.cli.detach import command_line
from odw.cli.options import COMMANDS, Command
from odw.cli.parse import parse

SLOW = META + "return [await agent('p', { label: 'slow', mockDelayMs: 60000 }), args]\n"
MOCK = ("--backend", "mock")


@pytest.fixture(autouse=True)
def _no_run_is_left(tmp_path: Path) -> Iterator[None]:
    yield
    end_runs(tmp_path)


@pytest.fixture
def slow(tmp_path: Path) -> Path:
    (tmp_path / "a.js").write_text(SLOW)
    return tmp_path


def ended(folder: Path) -> None:
    until(lambda: facts(folder).get("status") not in ("running", "paused"), "the end of the run")


def test_a_detached_run_says_how_to_reach_it(odw: Run, slow: Path) -> None:
    done = odw("exec", "a.js", *MOCK, "--detach")
    known = facts(slow)
    run_id = known["runId"]
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"[odw] run_id={run_id}",
        f"[odw] pid={known['pid']}",
        f"[odw] output=.odw/runs/{run_id}/output.log",
        f"[odw] watch it:  odw runs watch {run_id}",
        f"[odw] stop it:   odw stop {run_id}",
        f"[odw] go on:     odw resume {run_id}   (after it stopped)",
    ]
    assert known["pid"] != os.getpid()
    assert os.getsid(known["pid"]) == known["pid"]
    started(slow, 1)
    assert odw("skip", run_id, "slow").returncode == 0
    ended(slow)
    output = slow / f".odw/runs/{run_id}/output.log"
    until(lambda: "[result] [null,null]" in output.read_text(), "the result in the log")
    assert stat.S_IMODE(output.stat().st_mode) == 0o600
    assert not list(slow.glob(".odw/*.log"))


def test_json_is_one_object(odw: Run, slow: Path) -> None:
    done = odw("exec", "a.js", *MOCK, "--detach", "--json", "--run-id", "r1")
    assert done.returncode == 0
    assert done.stdout.count("\n") == 1
    assert json.loads(done.stdout) == {
        "runId": "r1",
        "pid": facts(slow)["pid"],
        "runDir": str(slow / ".odw/runs/r1"),
    }


def test_options_reach_the_run(odw: Run, slow: Path) -> None:
    words = (
        "--arg",
        "a=1",
        "--arg",
        "b=--json",
        "--concurrency=3",
        "--budget",
        "9k",
        "--path",
        ".",
        "--no-report",
    )
    done = odw("exec", *MOCK, "--detach", *words, "--", "a.js")
    assert done.returncode == 0
    assert "odw stop" in done.stdout
    assert re.search(r"odw resume \S+   \(after", done.stdout)  # --path names the directory that we are in
    assert json.loads((slow / ".odw/runs/latest/args.json").read_text()) == {"a": 1, "b": "--json"}
    assert facts(slow)["concurrency"] == 3
    assert facts(slow)["options"]["budget"]


def test_args_from_standard_input_reach_the_run(
    odw: Run, slow: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_args = {"text": "x" * 200_000 + "é"}

    class Stdin:
        buffer = io.BytesIO(json.dumps(given_args).encode())

    monkeypatch.setattr(sys, "stdin", Stdin)
    done = odw("exec", "a.js", *MOCK, "--detach", "--args-file", "-")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads((slow / ".odw/runs/latest/args.json").read_text()) == given_args


def test_a_run_that_is_over_at_once_was_begun(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(META + "return 1\n")
    assert odw("exec", "a.js", *MOCK, "--detach", "--no-report").returncode == 0
    ended(tmp_path)
    assert facts(tmp_path)["status"] == "completed"


def test_a_broken_script_is_refused_at_once(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(META + "return (\n")
    done = odw("exec", "a.js", *MOCK, "--detach")
    assert (done.returncode, done.stdout) == (3, "")
    assert "a.js:3" in done.stderr
    assert not (tmp_path / ".odw").exists()


def test_a_script_from_standard_input_is_refused(odw: Run) -> None:
    done = odw("exec", "-", *MOCK, "--detach")
    assert (done.returncode, "standard input" in done.stderr) == (2, True)


def test_a_process_that_ends_before_it_began_shows_what_it_said(odw: Run, slow: Path) -> None:
    assert odw("exec", "a.js", *MOCK, "--detach", "--run-id", "r1").returncode == 0
    done = odw("exec", "a.js", *MOCK, "--detach", "--run-id", "r1")
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is a run r1 already" in done.stderr
    assert [path.name for path in (slow / ".odw").glob("*.log")] == []
    assert lives(facts(slow)["pid"])


def test_resume_and_fork_can_be_detached(odw: Run, slow: Path) -> None:
    odw("exec", "a.js", *MOCK, "--detach", "--run-id", "r1", "--grace", "0")
    started(slow, 1, "r1")
    odw("stop", "r1")
    log = slow / ".odw/runs/r1/output.log"
    until(lambda: "odw resume r1" in log.read_text(), "the end of the first session")
    done = odw("resume", "r1", "--detach", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["runId"] == "r1"
    started(slow, 2, "r1")
    assert log.read_text().count("[workflow] start") == 1
    odw("stop", "r1")
    done = odw("fork", "r1", "--detach", "--json", "--run-id", "r2")
    assert json.loads(done.stdout)["runId"] == "r2"
    started(slow, 1, "r2")
    assert (slow / ".odw/runs/r2/output.log").is_file()
    assert facts(slow, "r2")["pid"] != facts(slow, "r1")["pid"]


def test_a_run_that_is_driven_already_cannot_be_resumed(odw: Run, slow: Path) -> None:
    odw("exec", "a.js", *MOCK, "--detach", "--run-id", "r1")
    started(slow, 1)
    done = odw("resume", "r1", "--detach")
    assert done.returncode == 2
    assert f"process {facts(slow)['pid']}" in done.stderr
    assert lives(facts(slow)["pid"])


def test_it_outlives_its_terminal(odw: Run, slow: Path) -> None:
    parent = Background(slow, "exec", "a.js", *MOCK, "--detach", terminal=True)
    try:
        assert parent.wait() == 0, parent.read()
        started(slow, 1)
        parent.hang_up()
        assert odw("skip", "latest", "slow").returncode == 0
        ended(slow)
        assert facts(slow)["status"] == "completed"
    finally:
        parent.close()


def test_ctrl_c_while_it_begins_takes_it_back(odw: Run, slow: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(child: Any, directory: Any) -> bool:
        started(slow, 1)
        raise KeyboardInterrupt

    monkeypatch.setattr(detach, "_wait_begun", interrupted)
    assert odw("exec", "a.js", *MOCK, "--detach", "--grace", "0").returncode == 130
    assert journal(slow)[-1]["status"] == "interrupted"
    assert not lives(facts(slow)["pid"])


def test_where_nothing_can_be_written(odw: Run, slow: Path) -> None:
    (slow / ".odw").write_text("a file")
    done = odw("exec", "a.js", *MOCK, "--detach")
    assert done.returncode == 2
    assert "cannot write the run's output" in done.stderr


# ---- the command line that is made

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
NAME = st.one_of(TEXT.filter(bool), st.sampled_from(["-", "--", "--json", "-x", "a b", "=", "a=b"]))


@st.composite
def command_and_values(draw: st.DrawFn) -> tuple[Command, dict[str, Any]]:
    command = draw(st.sampled_from(list(COMMANDS.values())))
    values: dict[str, Any] = {}
    for option in command.options:
        if not option.metavar:
            values[option.name] = draw(st.booleans())
        elif option.many:
            one = st.sampled_from(option.choices) if option.choices else TEXT
            values[option.name] = draw(st.lists(one, max_size=3))
        else:
            one = st.sampled_from(option.choices) if option.choices else TEXT
            values[option.name] = draw(st.one_of(st.just(option.default), one))
    left_out = False
    for argument in command.arguments:
        if argument.many:
            values[argument.name] = (
                [] if left_out else draw(st.lists(NAME, min_size=argument.required, max_size=3))
            )
        elif left_out or (not argument.required and draw(st.booleans())):
            values[argument.name], left_out = None, True
        else:
            values[argument.name] = draw(NAME)
    return command, values


@given(command_and_values())
def test_a_command_line_means_the_values_it_was_made_of(made: tuple[Command, dict[str, Any]]) -> None:
    command, values = made
    words = command_line(command, values)
    length = len(command.name.split())
    assert words[:length] == command.name.split()
    assert parse(command, words[length:]) == values


def test_what_is_not_given_is_left_out() -> None:
    command = COMMANDS["exec"]
    values = parse(command, ["a.js", "--json", "-b", "mock"])
    assert command_line(command, values) == ["exec", "--backend=mock", "--json", "--", "a.js"]
