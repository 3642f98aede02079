"""Runs found by what people type, and summed up from whatever files are left of them."""

from __future__ import annotations

import fcntl
import json
from pathlib import Path
from typing import Any

import pytest

from odw.errors import UsageError
from odw.runtime.journal.records import Encoder
from odw.runtime.run_store import each_run, find_run, list_runs, summarize

CALL = {"key": "k", "path": "a0", "label": "l", "phase": None}
START = {"type": "workflow_start", "name": "case", "runId": "r", "backend": "mock", "script": "case.js"}
DONE = {"type": "workflow_done", "name": "case", "result": 1, "census": {}}


def end(index: int, ok: bool = True, **more: Any) -> dict[str, Any]:
    usage = {"input": 10, "output": 5, "reasoning": 2}
    error = {} if ok else {"error": {"category": "crash", "message": "no", "retryable": True}}
    return {
        "type": "agent_done", **CALL, "index": index, "ok": ok, "durationMs": 1, "usage": usage, "cost": 0.25,
        **error, **more,
    }  # fmt: skip


def make(runs: Path, name: str, *events: dict[str, Any], facts: object = None) -> Path:
    """A run of these events; ``facts`` is run.json, a text or a value."""
    path = runs / name
    path.mkdir(parents=True)
    encoder = Encoder()
    (path / "events.jsonl").write_bytes(b"".join(encoder.line(e, n) for n, e in enumerate((START, *events))))
    if facts is not None:
        (path / "run.json").write_text(facts if isinstance(facts, str) else json.dumps(facts))
    return path


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    return tmp_path / ".odw" / "runs"


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("20260101-aaa", "20260101-aaa"),
        ("20260102", "20260102-bbb"),
        ("latest", "20260102-bbb"),
        ("own", "own"),  # a whole id wins over the beginning of another
    ],
)
def test_a_run_is_found(runs: Path, word: str, found: str) -> None:
    for name in ("20260101-aaa", "20260101-abc", "own", "owner"):
        make(runs, name)
    (runs / "latest").symlink_to(make(runs, "20260102-bbb").name)
    assert find_run(runs.parent.parent, word).run_id == found


def test_a_run_is_found_by_its_directory_or_journal(
    runs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(runs, "r1")
    monkeypatch.chdir(tmp_path)
    for word in (str(path), f"{path}/", f"{path}/events.jsonl", ".odw/runs/r1"):
        assert find_run(tmp_path / "elsewhere", word).path == str(path)
    history = make(tmp_path, "history")
    assert find_run(tmp_path, "history").path == str(history)
    monkeypatch.chdir(path)
    assert find_run(tmp_path / "elsewhere", ".").run_id == "r1"


@pytest.mark.parametrize(
    ("word", "message", "hint"),
    [
        ("20260101", "2 runs begin with 20260101: 20260101-abc, 20260101-aaa", "Give more of the id."),
        ("20260101-aab", "no run 20260101-aab in ", "Did you mean 20260101-aaa?"),
        ("0102", "no run 0102 in ", "Did you mean 20260102-bbb?"),
        ("zzz", "no run zzz in ", "odw runs list"),
        ("../r", "no run at ../r: it holds no events.jsonl", "odw runs list"),
        ("a b", "not a run's id: 'a b'", "odw runs list"),
        ("\x1b[31m", "not a run's id: '\\x1b[31m'", "odw runs list"),
    ],
)
def test_what_is_no_run_is_said(runs: Path, word: str, message: str, hint: str) -> None:
    for name in ("20260101-aaa", "20260101-abc", "20260102-bbb"):
        make(runs, name)
    with pytest.raises(UsageError) as caught:
        find_run(runs.parent.parent, word)
    assert message in caught.value.message
    assert hint in caught.value.hint


def test_no_runs_at_all(tmp_path: Path) -> None:
    assert list_runs(tmp_path) == []
    for word in ("latest", "r1"):
        with pytest.raises(UsageError) as caught:
            find_run(tmp_path, word)
        assert "odw exec SCRIPT" in caught.value.hint


@pytest.mark.parametrize("target", ["gone", "../..", "/", "latest", None])
def test_a_latest_that_leads_nowhere_means_the_newest(runs: Path, target: str | None) -> None:
    make(runs, "a")
    make(runs, "b")
    if target is not None:
        (runs / "latest").symlink_to(target)
    assert find_run(runs.parent.parent, "latest").run_id == "b"


def test_garbage_in_the_directory_is_not_listed(runs: Path) -> None:
    make(runs, "r1", DONE)
    (runs / "empty").mkdir()
    (runs / "file").write_text("x")
    (runs / "odd name").mkdir()
    (runs / "odd name" / "events.jsonl").write_text("")
    (runs / "dangling").symlink_to("nowhere")
    (runs / "journal-is-a-directory" / "events.jsonl").mkdir(parents=True)
    (runs / "latest").symlink_to("r1")
    assert [run.run_id for run in list_runs(runs.parent.parent)] == ["r1"]


@pytest.mark.parametrize(
    "facts",
    [None, "", "{", "[1]", "null", '{"status": "running"', "[" * 100_000, {}, {"status": 7, "budget": [], "name": {}}],
)  # fmt: skip
def test_without_run_json_the_journal_tells(runs: Path, facts: object) -> None:
    path = make(runs, "r1", end(1), end(2, ok=False), DONE, facts=facts)
    run = summarize(path)
    assert (run.name, run.status, run.backend, run.script) == ("case", "completed", "mock", "case.js")
    assert (run.started, run.ended) == ("1970-01-01T00:00:00.000Z", "1970-01-01T00:00:03.000Z")
    assert (run.calls, run.failed, run.spent, run.unit) == (2, 1, 10, "output-tokens")


def test_a_run_that_says_how_it_ended_is_taken_at_its_word(runs: Path) -> None:
    facts = {
        "name": "other", "status": "parked", "startedAt": "A", "resumedAt": "B", "endedAt": "C", "backend": "x",
        "script": "s.js", "census": {"succeeded": 3, "replayed": 2, "failed": 1, "skipped": 1},
        "budget": {"spent": 1.5, "unit": "usd"},
    }  # fmt: skip
    run = summarize(make(runs, "r1", facts=facts))
    assert (run.name, run.status, run.calls, run.failed, run.spent, run.unit) == (
        "other", "parked", 7, 1, 1.5, "usd",
    )  # fmt: skip
    assert (run.started, run.resumed, run.ended) == ("A", "B", "C")


@pytest.mark.parametrize(
    ("last", "status"),
    [
        (end(2), "dead"),
        (DONE, "completed"),
        ({"type": "workflow_error", "name": "case", "status": "interrupted", "message": "m"}, "interrupted"),
        ({"type": "workflow_resume", "name": "case", "session": 2}, "dead"),
    ],
)
@pytest.mark.parametrize("recorded", ["running", "paused"])
def test_a_run_that_is_said_to_go_on(runs: Path, recorded: str, last: dict[str, Any], status: str) -> None:
    path = make(runs, "r1", end(1), last, facts={"status": recorded, "name": "case"})
    with (path / "events.jsonl").open("rb") as driver:
        fcntl.flock(driver, fcntl.LOCK_EX)
        assert summarize(path).status == recorded
        assert summarize(path).ended is None
    assert summarize(path).status == status


@pytest.mark.parametrize(
    ("budget", "spent", "unit"),
    [
        (None, 15, "output-tokens"),
        ("500k", 15, "output-tokens"),
        ("2M-total", 45, "total-tokens"),
        ("$5", 0.75, "usd"),
        ("much", 15, "output-tokens"),
    ],
)
def test_what_a_killed_run_spent_is_counted_once(
    runs: Path, budget: str | None, spent: float, unit: str
) -> None:
    """In all sessions, failed calls too; a call that replays costs nothing again."""
    replayed = {"type": "agent_skip", **CALL, "index": 1, "cached": True, "from": 2, "usage": {"output": 5}, "reason": ""}  # fmt: skip
    given_up = {**end(3), "type": "agent_skip", "cached": False, "skipped": True, "reason": "given up"}
    resume = {"type": "workflow_resume", "name": "case", "session": 2}
    facts = {"status": "running", "options": {"budget": budget} if budget else {}}
    run = summarize(make(runs, "r1", end(1), end(2, ok=False), resume, replayed, given_up, facts=facts))
    assert (run.spent, run.unit) == (spent, unit)
    assert (run.calls, run.failed) == (2, 0)  # of the last session


def test_a_damaged_or_torn_journal_counts_as_far_as_it_is_whole(runs: Path) -> None:
    path = make(runs, "r1", end(1), end(2), end(3), facts={"status": "running"})
    journal = path / "events.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([*lines[:2], lines[3], lines[2]]))
    assert summarize(path).calls == 1
    journal.write_bytes(b"".join(lines[:3]) + lines[3][:20])
    assert summarize(path).calls == 2
    journal.write_bytes(b"")
    assert (summarize(path).calls, summarize(path).status, summarize(path).name) == (0, "dead", "?")


def test_the_newest_come_first_and_one_at_a_time(runs: Path) -> None:
    for name in ("b", "a", "c"):
        make(runs, name, DONE)
    found = each_run(runs.parent.parent)
    assert next(found).run_id == "c"
    (runs / "b" / "events.jsonl").write_bytes(b"")
    assert [(run.run_id, run.status) for run in found] == [("b", "dead"), ("a", "completed")]


def test_the_run_that_began_last_is_first_whatever_its_name(runs: Path) -> None:
    times = {
        "aa": "2026-01-03T00:00:00.000Z",
        "mm": "2026-01-01T00:00:00.000Z",
        "zz": "2026-01-02T00:00:00.000Z",
    }
    for name, started in times.items():
        make(runs, name, DONE, facts={"status": "completed", "startedAt": started})
    make(runs, "old")  # no run.json: the first line's time, which is 1970
    broken = runs / "broken"
    broken.mkdir()
    (broken / "events.jsonl").write_bytes(b"[]\n")
    found = [run.run_id for run in list_runs(runs.parent.parent)]
    assert found == ["aa", "zz", "mm", "old", "broken"]


def test_a_link_that_a_killed_process_left_is_no_run(runs: Path) -> None:
    make(runs, "r1")
    (runs / ".latest-r1").symlink_to("r1")
    assert [run.run_id for run in list_runs(runs.parent.parent)] == ["r1"]
    assert find_run(runs.parent.parent, "latest").run_id == "r1"


def test_a_fork_that_did_not_run_has_its_own_end(runs: Path) -> None:
    """Its run.json was copied from the run that it is a fork of, with that one's end."""
    facts = {"status": "running", "endedAt": "2030-01-01T00:00:00.000Z", "forkOf": "r0"}
    run = summarize(make(runs, "r1", end(1), facts=facts))
    assert run.status == "dead"
    assert run.ended is not None
    assert run.ended.startswith("1970-01-01T00:00:01")
