"""Which run and which script a resume means: none given, edited, from standard input, a directory outside of any project."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_case import META, Run

SCRIPT = (
    META
    + "const a = await agent('one'); const b = await agent('two', { schema: 'number.json' })\nreturn [a, b, cwd]\n"
)
MOCK = ("--backend", "mock", "--no-report")


@pytest.fixture
def ran(odw: Run, tmp_path: Path) -> str:
    """A finished run named r1 of a.js; its result."""
    (tmp_path / "a.js").write_text(SCRIPT)
    (tmp_path / "number.json").write_text('{"const": 7}')
    done = odw("exec", "a.js", *MOCK, "--json", "--run-id", "r1")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_exec_resume_without_a_script_takes_the_recorded_one(odw: Run, ran: str, tmp_path: Path) -> None:
    (tmp_path / "a.js").unlink()
    done = odw("exec", "--resume", "r1", "--no-report")
    assert done.returncode == 0, done.stderr
    assert f"[result] {ran}" in done.stdout
    assert "[census] 0 succeeded, 2 replayed" in done.stdout


def test_the_script_of_a_resume_may_come_from_standard_input(odw_process: Run, ran: str) -> None:
    text = SCRIPT.replace("[a, b, cwd]", "'edited'")
    for argv in (
        ("exec", "-", "--resume", "r1"),
        ("resume", "r1", "--script", "-"),
        ("fork", "r1", "--script", "-"),
    ):
        done = odw_process(*argv, "--json", "--no-report", stdin=text)
        assert (argv, done.returncode, done.stdout) == (argv, 0, '"edited"\n')


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (("resume", "r1", "--script", "-", "--args-file", "-"), "cannot both be standard input"),
        (("fork", "r1", "--script", "-", "--detach"), "--detach needs a script that can be read again"),
        (("exec", "-", "--resume", "r1", "--detach"), "--detach needs a script that can be read again"),
        (("replay", "r1", "--script", "-", "--args-file", "-"), "cannot both be standard input"),
        (("exec", "a.js", "--script", "b.js", "--resume", "r1"), "two scripts are given"),
        (("exec", "--resume", "r1", "--dry-run"), "--resume and --dry-run exclude each other"),
    ],
)
def test_what_cannot_be_meant(odw: Run, ran: str, argv: tuple[str, ...], message: str) -> None:
    done = odw(*argv)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


def test_a_run_outside_of_a_project_goes_on_where_it_is(
    odw: Run, ran: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is a run of the current directory then: what the script names is found there, the run's own files stay beside its journal."""
    stored = tmp_path / "stored" / "copy"
    stored.parent.mkdir()
    (tmp_path / ".odw/runs/r1").rename(stored)
    here = tmp_path / "here"
    here.mkdir()
    (here / "number.json").write_text('{"const": 7}')
    monkeypatch.chdir(here)
    done = odw("resume", "../stored/copy", "--no-report")
    assert done.returncode == 0, done.stderr
    assert f"[odw] journal={stored}/events.jsonl" in done.stdout
    assert "[census] 0 succeeded, 2 replayed" in done.stdout
    assert str(here) in done.stdout
    assert list(here.iterdir()) == [here / "number.json"]
    assert list(stored.parent.iterdir()) == [stored]
    sessions = [json.loads(line)["type"] for line in (stored / "events.jsonl").read_text().splitlines()]
    assert sessions.count("workflow_resume") == 1

    assert "2 replay, 0 run" in odw("resume", str(stored), "--check").stdout
    assert odw("replay", str(stored / "events.jsonl")).returncode == 0
    assert odw("exec", "--resume", str(stored), "--json", "--no-report").returncode == 0
    assert odw("fork", str(stored), "--run-id", "f1", "--json", "--no-report").returncode == 0
    assert (here / ".odw/runs/f1").is_dir()


def test_a_detached_run_outside_of_a_project(odw: Run, ran: str, tmp_path: Path) -> None:
    stored = tmp_path / "stored"
    (tmp_path / ".odw/runs/r1").rename(stored)
    done = odw("resume", str(stored), "--detach", "--no-report", "--backend", "mock")
    assert done.returncode == 0, done.stderr
    assert f"odw runs watch {stored}\n" in done.stdout
    assert odw("runs", "watch", str(stored)).returncode == 0


def test_what_is_said_to_type_works_from_here(
    odw: Run, ran: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    (here / "b.js").write_text(META + "await agent('x'); await agent('y')\n")
    done = odw("exec", "b.js", *MOCK, "--path", "..", "--run-id", "r2", "--budget", "1")
    assert "  Resume it with: odw resume r2 --path .. --budget +AMOUNT\n" in done.stderr
    assert (
        "  next      odw resume r2 --path .. --budget +AMOUNT\n"
        in odw("runs", "show", "r2", "--path", "..").stdout
    )
    done = odw("resume", "r2", "--path", "..", "--budget", "+1k", "--detach", "--no-report")
    assert "odw runs watch r2 --path ..\n" in done.stdout
    assert odw("runs", "watch", "r2", "--path", "..").returncode == 0


@pytest.mark.parametrize(
    ("command", "flags"), [("resume", ()), ("fork", ()), ("replay", ()), ("resume", ("--check",))]
)
def test_a_lost_script_is_named_for_the_command_that_needs_it(
    odw: Run, ran: str, tmp_path: Path, command: str, flags: tuple[str, ...]
) -> None:
    (tmp_path / ".odw/runs/r1/script.js").unlink()
    done = odw(command, "r1", *flags)
    assert done.returncode == 2
    assert f"  Name one: odw {command} r1 --script FILE\n" in done.stderr
