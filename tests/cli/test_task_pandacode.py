"""The console script ``pandacode``, and odw's pandacode executor over it: the two ends of one seam."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from background import journal, until
from cli_case import META
from task_case import PANDACODE, TAG, TaskCase, case

from odw.runtime.process_tags import tagged

__all__ = ["case"]

PROGRAMS = """\
[executors.codex]
argv = ["sh", "-c", "echo codex heard; cat"]
[executors.claude]
argv = ["sh", "-c", "echo at work >&2; sleep 300"]
[executors.bamboo]
argv = ["sh", "-c", "exit 77"]
exit_codes = {77 = "authentication"}
"""


@pytest.fixture
def pandacode(case: TaskCase) -> TaskCase:
    """A directory in which codex, claude and bamboo are programs of a line."""
    (case.folder / "odw.toml").write_text(PROGRAMS)
    return case


def test_rust_odw_s_words(pandacode: TaskCase) -> None:
    (pandacode.folder / "task.txt").write_text("Hello")
    done = pandacode(
        *(
            "codex",
            "exec",
            "--cd",
            str(pandacode.folder),
            "--session",
            "s1",
            "--task-file",
            "task.txt",
            "--json",
        ),
        *("--model", "gpt-5", "--effort", "high", "--timeout-ms", "60000", "--permission", "limited"),
        program="pandacode",
    )
    report = json.loads(done.stdout.splitlines()[-1])
    assert (done.returncode, report["ok"], report["state"], report["session"]) == (0, True, "completed", "s1")
    assert report["runtime"] == "codex"
    assert report["summary"]["last_agent_message"] == "codex heard\nHello"


def test_commands_on_a_session(pandacode: TaskCase) -> None:
    pandacode("claude", "run", "--session", "s1", "--task", "x", program="pandacode")
    status = json.loads(
        pandacode("claude", "status", "--session", "s1", "--json", program="pandacode").stdout
    )
    assert status["state"] == "running"
    wrong = pandacode("codex", "status", "--session", "s1", program="pandacode")
    assert (wrong.returncode, wrong.stderr.splitlines()[0]) == (
        2,
        "odw: the session s1 is claude's, not codex's",
    )
    stopped = json.loads(pandacode("claude", "stop", "--session", "s1", "--json", program="pandacode").stdout)
    assert stopped["state"] == "stopped"
    sessions = json.loads(pandacode("list", "--json", program="pandacode").stdout)["sessions"]
    assert [session["session"] for session in sessions] == ["s1"]
    assert pandacode("codex", "list", program="pandacode").stdout == "no task sessions here\n"


@pytest.mark.parametrize(
    ("words", "code", "begins"),
    [
        ((), 2, "Usage: pandacode RUNTIME COMMAND"),
        (("--help",), 0, "Usage: pandacode RUNTIME COMMAND"),
        (("--version",), 0, "odw "),
        (("codex", "exec", "--help"), 0, "Usage: odw task exec"),
    ],
)
def test_help(case: TaskCase, words: tuple[str, ...], code: int, begins: str) -> None:
    done = case(*words, program="pandacode")
    assert (done.returncode, done.stdout.strip().startswith(begins)) == (code, True)


@pytest.mark.parametrize("words", [("codex",), ("codex", "dance"), ("--json", "exec")])
def test_wrong_words(case: TaskCase, words: tuple[str, ...]) -> None:
    done = case(*words, program="pandacode")
    assert done.returncode == 2
    assert done.stderr.startswith("odw: pandacode: expected RUNTIME and one of exec, run, status")


# -- odw --backend pandacode


def workflow(folder: Path, script: str) -> list[str]:
    (folder / "w.js").write_text(META + script)
    program = folder / "bin" / "pandacode"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\nexec {sys.executable} -c '{PANDACODE[2]}' \"$@\"\n")
    program.chmod(0o755)
    return [sys.executable, "-m", "odw", "exec", "w.js", "--backend", "pandacode", "--no-report"]


def environment(case: TaskCase) -> dict[str, str]:
    return case.environment({"ODW_PANDACODE_BIN": str(case.folder / "bin/pandacode")})


def test_a_workflow_over_odw_s_own_pandacode(pandacode: TaskCase) -> None:
    script = (
        "const o = { onFailure: 'report', maxAttempts: 1 };\n"
        "return await parallel([() => agent('one', o), () => agent('two', { ...o, runtime: 'codex' }),\n"
        "  () => agent('three', { ...o, runtime: 'bamboo' }), () => agent('four', { ...o, runtime: 'claude', timeoutMs: 300000, provider: 'kimi' })])\n"
    )
    done = subprocess.run(
        [*workflow(pandacode.folder, script), "--json"], cwd=pandacode.folder, env=environment(pandacode),
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    one, two, three, four = json.loads(done.stdout)
    assert (one, two) == ("codex heard\none", "codex heard\ntwo")
    assert three["error"]["category"] == "authentication"
    assert "claude has no providers" in four["error"]["message"]
    assert tagged(TAG) == []
    sessions = [json.loads(path.read_text()) for path in pandacode.folder.glob(".odw/tasks/*/state.json")]
    assert {session["state"] for session in sessions} == {"completed", "blocked"}


def test_the_program_by_an_option(pandacode: TaskCase) -> None:
    words = [*workflow(pandacode.folder, "return await agent('one')\n"), "--json"]
    done = subprocess.run(
        [*words, "--pandacode-bin", "bin/pandacode"], cwd=pandacode.folder,
        env=pandacode.environment({"ODW_PANDACODE_BIN": "/nowhere"}), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, json.loads(done.stdout)) == (0, "codex heard\none")
    facts = json.loads((pandacode.folder / ".odw/runs/latest/run.json").read_text())
    assert facts["options"]["pandacode_bin"] == str(pandacode.folder / "bin/pandacode")
    done = subprocess.run(
        [*words, "--pandacode-bin", "bin/none"], cwd=pandacode.folder, env=pandacode.environment(),
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        2,
        "odw: --pandacode-bin: expected a program, found 'bin/none'",
    )


def test_odw_killed_in_the_middle_leaves_nothing(pandacode: TaskCase) -> None:
    words = workflow(pandacode.folder, "return await agent('wait', { runtime: 'claude' })\n")
    process = subprocess.Popen(
        words, cwd=pandacode.folder, env=environment(pandacode), stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip

    def at_work() -> Any:
        return any(
            "at work" in path.read_text() for path in pandacode.folder.glob(".odw/tasks/*/events.jsonl")
        )

    until(at_work, "the agent")
    assert journal(pandacode.folder)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    run = (pandacode.folder / ".odw/runs/latest").readlink().name
    until(lambda: tagged(f"{run}.") == [] and tagged(TAG) == [], "the end of all that it had started")
