"""odw executors list and test."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from cli_case import Run
from process_trees import alive, kill, wait_for, wait_until_dead

from odw.executors import KINDS
from odw.runtime.process_tags import tagged

TOML = """
[executors.echo]
argv = ["cat"]

[executors.ready]
argv = ["sh", "-c", "cat >/dev/null; echo ready; test $HURRY || sleep 300"]
pass_env = ["HURRY"]

[executors.fast]
use = "bamboo"
model = "kimi-k2"

[executors.gone]
use = "codex"
program = "no-such-odw-program"
"""


@pytest.fixture
def declared(tmp_path: Path) -> Path:
    (tmp_path / "odw.toml").write_text(TOML)
    return tmp_path


@pytest.mark.usefixtures("declared")
def test_list(odw: Run) -> None:
    done = odw("executors", "list")
    assert (done.returncode, done.stderr) == (0, "")
    head, *lines = done.stdout.splitlines()
    rows = {line.split()[0]: line for line in lines}
    assert head.split() == ["executor", "is", "program", "can"]
    assert set(rows) >= {*KINDS, "mock", "echo", "fast", "gone"}
    assert "odw's own, bamboo" in rows["fast"] and "none needed" in rows["fast"]
    assert "declared" in rows["echo"] and rows["echo"].rstrip().endswith("/cat")
    assert "no-such-odw-program: not found" in rows["gone"]
    assert "native schema" in rows["codex"] and "sessions" in rows["claude"]


@pytest.mark.usefixtures("declared")
def test_list_as_json(odw: Run) -> None:
    rows = {row["name"]: row for row in json.loads(odw("executors", "list", "--json").stdout)}
    assert rows["fast"]["kind"] == "odw's own" and rows["fast"]["use"] == "bamboo"
    assert rows["gone"]["program"] == "no-such-odw-program" and rows["gone"]["path"] is None
    assert rows["echo"]["path"].endswith("/cat") and rows["echo"]["capabilities"]["processes"] is True


@pytest.mark.usefixtures("declared")
def test_an_executor_that_passes(odw: Run) -> None:
    done = odw("executors", "test", "codex", "--case", "success", "--case", "exit-code")
    assert (done.returncode, done.stderr) == (0, "")
    first, second, last = done.stdout.splitlines()
    assert {first.split()[:2][0], second.split()[:2][0]} == {"success", "exit-code"}
    assert " ok " in first and " ok " in second
    assert last == "codex: 2 passed, 0 failed, 0 do not concern it"


@pytest.mark.usefixtures("declared")
def test_a_declaration_is_tested_with_a_stand_in(odw: Run) -> None:
    done = odw(
        "executors", "test", "echo", "--stand-in", "--case", "success", "--case", "cut-anywhere", "--json"
    )
    assert done.returncode == 0
    report = json.loads(done.stdout)
    assert (report["executor"], report["live"], report["ok"]) == ("echo", False, True)
    assert [(case["case"], case["status"]) for case in report["cases"]] == [
        ("success", "ok"),
        ("cut-anywhere", "skipped"),
    ]


@pytest.mark.usefixtures("declared")
def test_a_real_program(odw: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    done = odw("executors", "test", "ready", "--yes", "--case", "cancelled", "--case", "deadline", "--json")
    report = json.loads(done.stdout)
    assert (report["live"], done.returncode) == (True, 0), report
    monkeypatch.setenv("HURRY", "1")
    done = odw("executors", "test", "ready", "--live", "--yes", "--case", "success", "--case", "schema")
    assert done.returncode == 1
    lines = {line.split()[0]: line for line in done.stdout.splitlines()}
    assert " ok " in lines["success"] and " FAILED " in lines["schema"] and "holds no JSON" in lines["schema"]


@pytest.mark.usefixtures("declared")
def test_tokens_are_not_spent_unasked(odw: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for words in (("echo",), ("codex", "--live"), ("claude", "--live", "--case", "success")):
        done = odw("executors", "test", *words)
        assert (done.returncode, done.stdout) == (2, "")
        assert (
            "which cost tokens, and there is no terminal to ask on" in done.stderr and "--yes" in done.stderr
        )

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stdin, "readline", lambda: "n\n", raising=False)
    done = odw("executors", "test", "codex", "--live")
    assert (done.returncode, done.stdout) == (2, "") and "Go on? [y/N]" in done.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["cluade"], "there is no executor 'cluade'\n  Did you mean claude?"),
        (["mock"], "mock starts no program that could be tested"),
        (["codex", "--case", "succes"], "--case: there is no case 'succes'\n  Did you mean success?"),
        (["codex", "--live", "--stand-in"], "--live and --stand-in exclude each other"),
        (["echo", "--case", "daemon"], "--case: there is no live case 'daemon'"),
    ],
)
@pytest.mark.usefixtures("declared")
def test_wrong_usage(odw: Run, words: list[str], message: str) -> None:
    done = odw("executors", "test", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"odw: {message}")


def test_a_table_that_is_wrong(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "odw.toml").write_text('[executors.bad]\nargv = ["x"]\noutput = "xml"\n')
    done = odw("executors", "test", "bad")
    assert done.returncode == 2 and "executors.bad.output" in done.stderr
    listed = odw("executors", "list")
    assert listed.returncode == 0 and "executors.bad.output: expected" in listed.stdout


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_test_leaves_nothing(declared: Path, number: signal.Signals) -> None:
    command = [sys.executable, "-m", "odw", "executors", "test", "ready", "--yes", "--case", "success"]
    process = subprocess.Popen(
        command, cwd=declared, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    pids: list[int] = []

    def begun() -> bool:
        pids[:] = tagged(f"kit-{process.pid}-1.")
        return len(pids) >= 2  # the shell and its sleep

    try:
        assert wait_for(begun)
        os.kill(process.pid, number)
        _, err = process.communicate(timeout=60)
        assert wait_until_dead(pids) == [] and wait_for(lambda: not tagged(f"kit-{process.pid}-1."))
        assert process.returncode == (130 if number == signal.SIGINT else -number)
        assert "Traceback" not in err
    finally:
        process.kill()
        process.wait()
        kill([pid for pid in pids if alive(pid)])
