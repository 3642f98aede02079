"""Files of a run that are gone: what the journal repeats is taken from there, what nothing repeats is refused by name."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from script_runs import Ran

from odw.cli.main import main
from odw.errors import UsageError
from odw.runtime.clock import SystemClock
from odw.runtime.fork import fork_run
from odw.runtime.journal import lock as lock_module
from odw.runtime.journal.lock import holder, is_locked, lock
from odw.runtime.journal.reader import read_journal
from odw.runtime.journal.writer import JournalWriter
from odw.runtime.run_dir import RunDir
from odw.runtime.run_facts import run_facts
from odw.runtime.run_store import find_run

SOURCE = "return [await agent('first', { label: 'a' }), await agent('second', { label: 'b' })]"
RECORDED = {"backend": "planner", "budget": "500k", "concurrency": 3}


def run_dir(ran: Ran) -> RunDir:
    return RunDir.at(str(ran.dir))


def forget(ran: Ran, name: str = "run.json") -> None:
    (ran.dir / name).unlink()


# The journal


@pytest.mark.parametrize("killed", [False, True])
def test_an_emptied_journal_is_refused(go: Any, counting: Any, killed: bool) -> None:
    first = go(SOURCE)
    if killed:  # run.json then says what it said at the start
        facts = json.loads((first.dir / "run.json").read_text())
        (first.dir / "run.json").write_text(json.dumps({**facts, "status": "running"}))
    counting.take()
    (first.dir / "events.jsonl").write_bytes(b"")
    with pytest.raises(UsageError, match=r"is empty, though run\.json says that 1 session has begun") as told:
        go(SOURCE, first)
    assert "odw exec main.js" in (told.value.hint or "")
    assert counting.take() == []
    assert (first.dir / "events.jsonl").read_bytes() == b""


def test_a_missing_journal_is_refused_and_not_made(go: Any, project: Any) -> None:
    first = go(SOURCE)
    go(SOURCE, first)
    forget(first, "events.jsonl")
    (first.dir / "events.torn-20260102-030405-17").write_bytes(b"x")
    with pytest.raises(
        UsageError, match=r"is not there, though run\.json says that 2 sessions have begun"
    ) as told:
        go(SOURCE, first)
    assert "events.torn-20260102-030405-17" in (told.value.hint or "")
    assert not (first.dir / "events.jsonl").exists()
    with pytest.raises(UsageError, match=r"the journal of run .* is not there"):
        find_run(project.root, first.outcome.run_id)


def test_a_run_that_was_killed_before_its_first_line_begins_now(go: Any, counting: Any) -> None:
    """Its run.json counts no session yet: that comes when the first line is on the disk."""
    first = go(SOURCE)
    facts = json.loads((first.dir / "run.json").read_text())
    (first.dir / "run.json").write_text(json.dumps({**facts, "sessions": 0}))
    (first.dir / "events.jsonl").write_bytes(b"")
    counting.take()
    assert go(SOURCE, first).result == ["a#3", "b#4"]
    assert json.loads((first.dir / "run.json").read_text())["sessions"] == 1


def test_sessions_are_counted_when_their_first_line_is_on_the_disk(
    go: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts: list[Any] = []
    commit = JournalWriter.commit

    def look(writer: JournalWriter) -> None:
        facts = Path(writer._path).with_name("run.json")
        counts.append(json.loads(facts.read_text())["sessions"])
        commit(writer)

    first = go(SOURCE)
    monkeypatch.setattr(JournalWriter, "commit", look)
    go(SOURCE, first)
    assert (counts[0], counts[-1]) == (1, 2)


# run.json


def test_the_options_are_in_the_journal_too(go: Any) -> None:
    first = go(SOURCE, recorded=RECORDED, args={"n": 1})
    whole = run_facts(run_dir(first))
    assert whole["options"] == RECORDED
    forget(first)
    found = run_facts(run_dir(first))
    same = (
        "options",
        "script",
        "scriptFile",
        "scriptSha256",
        "argsSha256",
        "backend",
        "sessions",
        "name",
        "runId",
    )
    assert {name: whole[name] for name in same} == {name: found[name] for name in same}


def test_those_of_the_last_session_count(go: Any) -> None:
    first = go(SOURCE, recorded=RECORDED)
    go(SOURCE, first, recorded={**RECORDED, "budget": "700k"})
    forget(first)
    assert run_facts(run_dir(first))["options"]["budget"] == "700k"


def test_a_resume_without_run_json_writes_it_again(go: Any, counting: Any) -> None:
    first = go(SOURCE, recorded=RECORDED)
    started = first.journal[0]["ts"]
    counting.take()
    forget(first)
    go(SOURCE, first, recorded=RECORDED)
    assert counting.take() == []
    facts = json.loads((first.dir / "run.json").read_text())
    assert (facts["startedAt"], facts["sessions"], facts["options"]) == (started, 2, RECORDED)


def test_a_journal_of_before_tells_the_backend(go: Any) -> None:
    """Without ``options`` in its lines."""
    first = go(SOURCE)
    forget(first)
    assert run_facts(run_dir(first))["options"] == {"backend": "planner"}


def test_a_fork_of_a_run_without_run_json_has_its_options(go: Any, project: Any) -> None:
    first = go(SOURCE, recorded=RECORDED)
    forget(first)
    target = RunDir(str(project.root), "forked")
    fork_run(run_dir(first), read_journal(str(first.dir / "events.jsonl")).events, target, SystemClock())
    assert target.read_json("run.json")["options"] == RECORDED
    os.unlink(target.file("run.json"))  # noqa: PTH108
    assert run_facts(target)["options"] == RECORDED
    assert run_facts(target)["forkOf"] == first.outcome.run_id


def test_args_that_were_given_are_known_without_run_json(go: Any) -> None:
    first = go(SOURCE, args=[1, 2])
    forget(first)
    forget(first, "args.json")
    assert run_facts(run_dir(first))["argsSha256"]
    assert run_facts(run_dir(go(SOURCE)))["argsSha256"] is None


# Who drives it


def test_a_run_that_is_just_being_made_is_being_driven(project: Any) -> None:
    directory = RunDir(str(project.root), "new")
    directory.create()
    path = Path(directory.file("events.jsonl"))
    path.touch()
    with path.open("rb") as held:
        assert lock(held.fileno())
        with pytest.raises(UsageError, match=f"run new is being driven by process {os.getpid()} on "):
            run_facts(directory)
    with pytest.raises(UsageError, match="it ended before its first line") as told:
        run_facts(directory)
    assert "--run-id new" in (told.value.hint or "")


def test_the_driver_is_named_by_the_lock_and_not_by_run_json(go: Any) -> None:
    """A driver that was stopped at once has not written itself into it; the killed one before it stands there."""
    first = go(SOURCE)
    facts = json.loads((first.dir / "run.json").read_text())
    (first.dir / "run.json").write_text(json.dumps({**facts, "pid": 2**22 + 1}))
    with (first.dir / "events.jsonl").open("rb") as held:
        assert lock(held.fileno())
        with pytest.raises(UsageError) as told:
            go(SOURCE, first)
    assert f"is being driven by process {os.getpid()} on {os.uname().nodename}" in told.value.message
    assert "since" not in told.value.message


@pytest.mark.parametrize(
    ("pid", "driver"),
    [(2**22 + 1, "another process"), (os.getpid(), f"process {os.getpid()} on ")],
    ids=["dead", "living"],
)
def test_without_the_kernels_list_only_a_living_process_is_named(
    go: Any, monkeypatch: pytest.MonkeyPatch, pid: int, driver: str
) -> None:
    first = go(SOURCE)
    facts = json.loads((first.dir / "run.json").read_text())
    (first.dir / "run.json").write_text(json.dumps({**facts, "pid": pid}))
    monkeypatch.setattr("odw.runtime.run_facts.holder", lambda path: None)
    with (first.dir / "events.jsonl").open("rb") as held:
        assert lock(held.fileno())
        with pytest.raises(UsageError, match=f"is being driven by {driver}"):
            go(SOURCE, first)


def test_the_holder_of_a_lock(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    assert holder(str(path)) is None
    path.touch()
    assert holder(str(path)) is None
    with path.open("rb") as held:
        assert lock(held.fileno())
        assert os.getpid() == holder(str(path))


def test_a_lock_that_a_child_has_on_its_way_to_exec_is_nobodys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its parent took the lock and was killed; the child lets go of it when somebody waits for that."""
    path = tmp_path / "journal"
    path.touch()
    ready, told = os.pipe()
    hears, lets_go = os.pipe()
    parent = os.fork()
    if parent == 0:
        lock(os.open(path, os.O_RDONLY))
        if os.fork() == 0:
            os.close(lets_go)
            os.write(told, b"x")
            os.read(hears, 1)
            os._exit(0)
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(parent, 0)
    os.close(told)
    assert os.read(ready, 1) == b"x"

    def sleep(seconds: float) -> None:
        if not waits:
            os.close(lets_go)
            assert os.read(ready, 1) == b"", "until it has ended"
        waits.append(seconds)

    waits: list[float] = []
    monkeypatch.setattr(lock_module, "PATIENCE_S", 60.0)
    monkeypatch.setattr("odw.runtime.journal.lock.time.sleep", sleep)
    assert not is_locked(str(path))
    assert waits
    for fd in (ready, hears):
        os.close(fd)


def test_a_writer_that_cannot_lock_leaves_no_descriptor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(fd: int, operation: int) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(lock_module.fcntl, "flock", refuse)
    before = os.listdir("/proc/self/fd")  # noqa: PTH208
    with pytest.raises(OSError, match="not supported"):
        JournalWriter(str(tmp_path / "events.jsonl"), str(tmp_path), SystemClock())
    assert before == os.listdir("/proc/self/fd")  # noqa: PTH208


# The tail


def test_two_torn_tails_of_one_second_are_both_kept(go: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    first = go(SOURCE)
    path = first.dir / "events.jsonl"
    whole = path.read_bytes()
    monkeypatch.setattr("odw.runtime.journal.writer.time.strftime", lambda *_: "20260102-030405")
    for tail in (b"one", b"two"):
        path.write_bytes(whole + tail)
        go(SOURCE, first)
    assert sorted(torn.read_bytes() for torn in first.dir.glob("events.torn-*")) == [b"one", b"two"]


def test_what_was_read_is_on_the_disk_before_it_is_used(go: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A killed writer may have left lines that were never synced."""
    first = go(SOURCE)
    synced: list[str] = []
    fsync = os.fsync

    def note(fd: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{fd}").readlink()))
        fsync(fd)

    monkeypatch.setattr("odw.runtime.journal.writer.os.fsync", note)
    go(SOURCE, first)
    assert synced[0] == str(first.dir / "events.jsonl")


# From the command line


def test_a_resume_without_run_json_has_the_budget_of_the_run(
    project: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("main.js", "await agent('first')\nawait agent('second')\nreturn budget.total\n")
    monkeypatch.chdir(project.root)
    quiet = ["--json", "--no-report"]
    assert main(["exec", "main.js", "--run-id", "r", "--backend", "mock", "--budget", "1", *quiet]) == 4
    (project.root / ".odw" / "runs" / "r" / "run.json").unlink()
    assert main(["resume", "r", *quiet]) == 4, "still the mock, and still no budget left"
    assert main(["resume", "r", "--budget", "+100k", *quiet]) == 0
    assert capsys.readouterr().out == "100001\n"


def test_a_resume_of_a_run_that_is_being_made_says_so(
    project: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its script is not there yet."""
    monkeypatch.chdir(project.root)
    directory = RunDir(str(project.root), "new")
    directory.create()
    path = Path(directory.file("events.jsonl"))
    path.touch()
    with path.open("rb") as held:
        assert lock(held.fileno())
        assert main(["resume", "new"]) == 2
    assert f"run new is being driven by process {os.getpid()} on " in capsys.readouterr().err
