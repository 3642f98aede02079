"""odw logs RUN [NODE] [-f]."""

from __future__ import annotations

import json
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from background import Background, end_runs, started, until
from cli_case import META, Run

WAITS = META + "return await agent('take your time', { label: 'slow', mockDelayMs: 600000 })\n"


def begin(odw: Run, folder: Path, body: str, run_id: str = "r1", *flags: str) -> None:
    (folder / "a.js").write_text(META + body)
    odw("exec", "a.js", "--backend", "mock", "--json", "--no-report", "--run-id", run_id, *flags)


def types(odw: Run, *argv: str) -> list[str]:
    return [json.loads(line)["type"] for line in odw("logs", *argv, "--json").stdout.splitlines()]


@pytest.fixture
def waiting(tmp_path: Path) -> Iterator[Background]:
    """A run whose one call waits until somebody does something about it."""
    (tmp_path / "w.js").write_text(WAITS)
    run = Background(tmp_path, "exec", "w.js", "--backend", "mock", "--run-id", "w", "--no-report")
    started(tmp_path, 1, "w")
    yield run
    run.close()
    end_runs(tmp_path)


def test_a_run_is_told_as_it_was_when_it_ran(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(META + "log('one'); await agent('x', { label: 'l' })\nreturn 2\n")
    ran = odw("exec", "a.js", "--backend", "mock", "--no-report", "--run-id", "r1")
    told = odw("logs", "r1")
    assert told.returncode == 0
    assert ran.stdout == f"{told.stdout}[census] 1 succeeded\n"
    assert types(odw, "r1") == ["workflow_start", "log", "agent_start", "agent_done", "workflow_done"]


def test_every_attempt_is_told_with_its_text(odw: Run, tmp_path: Path) -> None:
    schema = "{ type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] }"
    begin(odw, tmp_path, f"await agent('count', {{ label: 'l', schema: {schema}, mockText: 'no number' }})\n")
    lines = odw("logs", "r1", "l").stdout.splitlines()
    heads = [line for line in lines if line.startswith("[attempt")]
    assert [head.partition(":")[0] for head in heads] == [f"[attempt {n}] schema" for n in (1, 2, 3)]
    assert lines.count("  no number") == 3
    assert lines[-2].startswith("[failed] schema: ")
    assert lines[-1].startswith("[done] ")


def test_a_call_that_replays_is_told_with_the_session_that_made_it(odw: Run, tmp_path: Path) -> None:
    begin(odw, tmp_path, "await agent('x', { label: 'l' })\nreturn 1\n")
    odw("resume", "r1", "--json", "--no-report")
    odw("resume", "r1", "--json", "--no-report")
    text = odw("logs", "r1", "1").stdout
    assert text.startswith("call 1  l\n  path a0\n[replayed] the result recorded at seq 3\n")
    assert text.count("[prompt]\n  x\n") == 1
    assert text.count("[result]\n  Mock answer to l") == 1
    assert types(odw, "r1", "1") == ["agent_skip", "agent_start", "agent_done"]


def test_a_call_that_the_last_session_did_not_reach_is_found(odw: Run, tmp_path: Path) -> None:
    begin(odw, tmp_path, "await agent('x', { label: 'one' }); await agent('y', { label: 'two' })\n")
    (tmp_path / "b.js").write_text(META + "await agent('x', { label: 'other' })\n")
    odw("resume", "r1", "--script", "b.js", "--json", "--no-report")
    assert "Mock answer to two" in odw("logs", "r1", "two").stdout
    assert odw("logs", "r1", "other").stdout.startswith("call 1  other\n")
    done = odw("logs", "r1", "three")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Calls: 1 [other]." in done.stderr


def test_a_fork_tells_what_it_copied(odw: Run, tmp_path: Path) -> None:
    begin(odw, tmp_path, "await agent('x', { label: 'one' }); await agent('y', { label: 'two' })\n")
    done = odw("fork", "r1", "--rerun", "two", "--run-id", "f1", "--json", "--no-report")
    assert done.returncode == 0, done.stderr
    assert "[imported] the result was copied" in odw("logs", "f1", "one").stdout
    assert "[imported]" not in odw("logs", "f1", "two").stdout
    assert "Mock answer to one" in odw("logs", "f1", "one").stdout
    assert "[prompt]\n  x\n[imported]" in odw("logs", "f1", "one").stdout
    shown = odw("runs", "show", "f1").stdout
    assert "fork of   r1" in shown
    assert "results copied" in shown


def test_a_fork_of_a_fork_tells_how_its_calls_were_asked(odw: Run, tmp_path: Path) -> None:
    """A fork holds the results that it copied, not the prompts: those are in the run that asked."""
    prompt = "'p'.repeat(9000)"
    begin(
        odw,
        tmp_path,
        f"await agent({prompt}, {{ label: 'one' }}); await agent('y', {{ label: 'two', mockFail: 'no' }})\n",
    )
    for source, run in (("r1", "f1"), ("f1", "f2")):
        assert odw("fork", source, "--run-id", run, "--json", "--no-report").returncode == 0
    told = odw("logs", "f2", "one").stdout
    assert (
        told.index("call 1  one")
        < told.index("  " + "p" * 9000)
        < told.index("[imported]")
        < told.index("[result]")
    )
    assert told.count("call 1  one") == 2  # as this run replayed it, and as the first one made it
    kinds = [json.loads(line) for line in odw("logs", "f2", "one", "--json").stdout.splitlines()]
    assert [(line["type"], line.get("run")) for line in kinds] == [
        ("agent_skip", None),
        ("agent_start", "r1"),
        ("agent_done", None),
    ]
    shutil.rmtree(tmp_path / ".odw/runs/r1")
    told = odw("logs", "f2", "one").stdout
    assert "  (in the run that this is a fork of, which is gone)" in told
    assert "Mock answer to one" in told


def test_no_text_can_pass_for_a_line_of_ours_or_do_anything(odw: Run, tmp_path: Path) -> None:
    hostile = r"'a\n[failed] never\u001b[31m\u001b]0;t\u0007'"
    begin(odw, tmp_path, f"await agent({hostile}, {{ label: {hostile}, mockFail: {hostile} }})\n")
    text = odw("logs", "r1", "1").stdout
    assert "\x1b" not in text
    assert "\x07" not in text
    assert [line for line in text.splitlines() if line.startswith("[failed]")] == ["[failed] mock: a"]
    assert text.count("\n  [failed] never") >= 3
    assert "\x1b" not in odw("runs", "show", "r1").stdout + odw("logs", "r1").stdout


def test_a_lost_text_is_said(odw: Run, tmp_path: Path) -> None:
    begin(odw, tmp_path, "await agent('x', { label: 'l', mockText: 'r'.repeat(70000) })\n")
    (blob,) = (tmp_path / ".odw/runs/r1/nodes").glob("*.txt")
    blob.write_text("altered")
    assert f"  (nodes/{blob.name} was altered)" in odw("logs", "r1", "l").stdout
    blob.unlink()
    assert f"  (nodes/{blob.name}: No such file or directory)" in odw("logs", "r1", "l").stdout


def test_following_a_call_ends_with_it(odw: Run, tmp_path: Path, waiting: Background) -> None:
    follower = Background(tmp_path, "logs", "w", "slow", "-f")
    try:
        follower.printed("[prompt]\n  take your time\n")
        assert follower.process.poll() is None
        assert odw("skip", "w", "slow").returncode == 0
        assert follower.wait() == 0
        assert follower.read().endswith("[skip] given up by hand\n")
        assert follower.read().count("call 1  slow") == 1
    finally:
        follower.close()


def test_following_a_run_ends_with_it(odw: Run, tmp_path: Path, waiting: Background) -> None:
    follower = Background(tmp_path, "logs", "w", "-f")
    watcher = Background(tmp_path, "runs", "watch")
    try:
        for one in (follower, watcher):
            one.printed("[node] start - / slow / mock\n")
        assert "  next      odw runs watch w" in odw("runs", "show", "w").stdout
        assert odw("skip", "w", "slow").returncode == 0
        assert (follower.wait(), watcher.wait()) == (0, 0)
        for one in (follower, watcher):
            assert "[node] skip - / slow cached=false given up by hand\n" in one.read()
            assert one.read().endswith("[result] null\n")
    finally:
        follower.close()
        watcher.close()


def test_ctrl_c_ends_the_watching_only(tmp_path: Path, waiting: Background) -> None:
    watcher = Background(tmp_path, "runs", "watch", "w")
    try:
        watcher.printed("[node] start")
        watcher.process.send_signal(signal.SIGINT)
        assert watcher.wait() == 130
        assert "not watching any more. Once more: odw runs watch w" in watcher.read()
        assert waiting.process.poll() is None
    finally:
        watcher.close()


def test_a_run_that_dies_ends_the_watching(odw: Run, tmp_path: Path, waiting: Background) -> None:
    watcher = Background(tmp_path, "runs", "watch", "w")
    follower = Background(tmp_path, "logs", "w", "slow", "-f")
    try:
        for one in (watcher, follower):
            one.printed("slow")
        waiting.process.kill()
        assert (watcher.wait(), follower.wait()) == (130, 0)
        assert "no process drives this run any more. Go on with it: odw resume w" in watcher.read()
        until(lambda: odw("runs", "list").stdout.splitlines()[1].split()[1] == "dead", "the run is dead")
        assert "  next      odw resume w" in odw("runs", "show", "w").stdout
    finally:
        watcher.close()
        follower.close()


@pytest.mark.parametrize(("flags", "code"), [((), 0), (("--fail-on", "partial"), 1)])
def test_watching_ends_with_the_runs_own_code(odw: Run, tmp_path: Path, flags: tuple[str, ...], code: int) -> None:  # fmt: skip
    begin(odw, tmp_path, "await agent('x', { label: 'l', mockFail: 'no' })\nreturn 1\n", "r1", *flags)
    assert odw("runs", "watch", "r1").returncode == code


@pytest.mark.parametrize(
    ("body", "code"), [("return { ok: false }\n", 1), ("throw new Error('no')\n", 1), ("return 1\n", 0)]
)
def test_watching_tells_a_failed_run_from_a_good_one(odw: Run, tmp_path: Path, body: str, code: int) -> None:
    begin(odw, tmp_path, body)
    assert odw("runs", "watch", "r1").returncode == code
