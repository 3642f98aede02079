"""What a report is made of: rows, sums, times, the critical path, packed texts."""

from __future__ import annotations

import base64
import json
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from odw.report import details
from odw.report.calls import COLUMNS
from odw.report.model import Model
from odw.report.source import read_source
from odw.runtime.journal.records import Encoder
from tests.report.made_runs import START, MadeRun, made_run


def page_of(path: Path) -> dict[str, Any]:
    page: dict[str, Any] = json.loads(details.dumps(Model(read_source(path)).page()))
    return page


def rows(page: dict[str, Any]) -> list[dict[str, Any]]:
    named = [dict(zip(COLUMNS, row, strict=True)) for row in page["rows"]]
    for row in named:
        for name in page["named"]:
            row[name] = None if row[name] is None else page["names"][name][row[name]]
    return named


def unpacked(page: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        entry for chunk in page["chunks"] for entry in json.loads(zlib.decompress(base64.b64decode(chunk)))
    ]


def journal(path: Path, *events: dict[str, Any]) -> Path:
    """A run directory whose events are 100 ms apart, but for those with ``after`` ms."""
    path.mkdir(parents=True, exist_ok=True)
    encoder, wall, lines = Encoder(), START + 0.0005, []
    for event in events:
        wall += event.pop("after", 100) / 1000
        lines.append(encoder.line(event, wall))
    (path / "events.jsonl").write_bytes(b"".join(lines))
    return path


CALL = {"key": "k", "phase": None, "runtime": "mock"}


def begin(number: int = 1, **more: Any) -> dict[str, Any]:
    kind = "workflow_start" if number == 1 else "workflow_resume"
    return {"type": kind, "name": "case", "runId": "r1", "backend": "mock", "session": number, **more}


def start(index: int, path: str | None = None, **more: Any) -> dict[str, Any]:
    return {
        "type": "agent_start",
        **CALL,
        "index": index,
        "path": path or f"a{index - 1}",
        "label": f"call {index}",
        "config": {},
        "promptPreview": f"prompt {index}",
        **more,
    }


def done(index: int, path: str | None = None, **more: Any) -> dict[str, Any]:
    return {
        "type": "agent_done",
        **CALL,
        "index": index,
        "path": path or f"a{index - 1}",
        "label": f"call {index}",
        "ok": True,
        "durationMs": 100,
        "usage": {"input": 1, "output": 2},
        "result": f"result {index}",
        **more,
    }


def test_a_made_run(tmp_path: Path) -> None:
    page = page_of(made_run(tmp_path / "run", 60))
    found = rows(page)
    assert [row["index"] for row in found] == list(range(1, 60))
    assert sum(row["status"] == "failed" for row in found) == 2
    sums = page["sums"]
    assert [(row["name"], row["calls"]) for row in sums["phases"]] == [
        ("Scout", 1),
        ("Review", 24),
        ("Verify", 23),
        ("Fix", 8),
        ("▸ style-guide", 2),
        ("Report", 1),
    ]
    assert {row["name"]: row["calls"] for row in sums["executors"]} == {"claude": 55, "codex": 4}
    assert sums["causes"] == [
        {
            "status": "failed",
            "category": "timeout",
            "message": "no answer within 600 s",
            "retryable": True,
            "count": 2,
            "calls": [9, 54],
        }
    ]
    assert {cause["category"]: cause["count"] for cause in sums["retried"]} == {"rate_limit": 4, "schema": 2}
    for name in ("phases", "models", "executors"):
        assert sum(round(row["cost"] * 1e6) for row in sums[name]) == round(page["run"]["cost"] * 1e6)
    assert page["parallel"]["peak"] == 6
    marks = {(mark["file"], mark["line"]): mark for mark in page["marks"]}
    assert (marks["", 15]["calls"], marks["", 15]["failed"]) == (24, 1)
    assert marks["style-guide.js", 3]["calls"] == 1


def test_times_of_a_call_that_waited_and_tried_twice(tmp_path: Path) -> None:
    error = {"category": "network", "message": "gone", "retryable": True}
    path = journal(
        tmp_path,
        begin(),
        start(1, waitedMs=60),
        {
            "type": "agent_retry",
            "index": 1,
            "label": "call 1",
            "attempt": 2,
            "delayMs": 50,
            "error": error,
            "after": 200,
        },
        done(1, after=300),
        {"type": "workflow_done", "name": "case", "result": 1},
    )
    (row,) = rows(page_of(path))
    assert (row["queued"], row["started"], row["ended"], row["duration"]) == (40, 100, 600, 500)
    assert row["attempts"] == [[100, 300, "failed"], [350, 600, "ok"]]


def test_pauses_between_sessions_take_no_time(tmp_path: Path) -> None:
    path = journal(
        tmp_path,
        begin(),
        start(1),
        done(1),
        start(2),  # and the process is killed
        begin(2, after=3_600_000),
        {
            "type": "agent_skip",
            **CALL,
            "index": 1,
            "path": "a0",
            "label": "call 1",
            "cached": True,
            "from": 3,
            "reason": "replayed",
        },
        start(2),
        done(2),
        {"type": "workflow_done", "name": "case", "result": 1},
    )
    page = page_of(path)
    one, two = rows(page)
    assert page["run"]["wallMs"] == 300 + 400
    assert (one["status"], one["session"], one["started"], one["ended"]) == ("replayed", 1, 100, 200)
    assert (two["session"], two["started"], two["ended"]) == (2, 500, 600)
    assert page["run"]["critical"] == [1, 2]
    assert unpacked(page)[0]["prompt"] == "prompt 1"


def test_results_of_a_fork_have_no_place_in_its_time(tmp_path: Path) -> None:
    path = journal(
        tmp_path,
        begin(forkOf={"runId": "r0"}),
        done(1, imported=40),
        begin(2),
        {
            "type": "agent_skip",
            **CALL,
            "index": 1,
            "path": "a0",
            "label": "call 1",
            "cached": True,
            "from": 2,
            "reason": "replayed",
        },
        {"type": "workflow_done", "name": "case", "result": 1},
    )
    page = page_of(path)
    (row,) = rows(page)
    assert (row["status"], row["duration"], row["started"], row["attempts"]) == ("replayed", 100, None, [])
    assert unpacked(page)[0]["result"] == "result 1"


def test_calls_that_the_end_cut_off(tmp_path: Path) -> None:
    page = page_of(
        journal(
            tmp_path,
            begin(),
            start(1),
            {"type": "workflow_error", "name": "case", "status": "interrupted", "message": "Ctrl-C"},
        )
    )
    assert rows(page)[0]["status"] == "cut"
    assert page["run"]["status"] == "interrupted"
    assert page["sums"]["causes"][0]["status"] == "cut"


def test_a_run_that_died_and_one_with_a_torn_tail(tmp_path: Path) -> None:
    path = journal(tmp_path, begin(), start(1))
    with (path / "events.jsonl").open("ab") as file:
        file.write(b'{"v":1,"seq":3')
    run = page_of(path)["run"]
    assert (run["status"], run["damage"]) == ("dead", "")


def test_a_damaged_journal_is_shown_up_to_its_damage(tmp_path: Path) -> None:
    path = journal(tmp_path, begin(), start(1), done(1), {"type": "log", "message": "x"})
    lines = (path / "events.jsonl").read_bytes().splitlines(keepends=True)
    (path / "events.jsonl").write_bytes(
        b"".join([*lines[:2], lines[2].replace(b"result 1", b"result X"), lines[3]])
    )
    page = page_of(path)
    assert page["run"]["damage"].startswith("line 3: ")
    assert len(page["rows"]) == 1


def test_the_critical_path_is_the_chain_of_what_waited_for_what(tmp_path: Path) -> None:
    path = journal(
        tmp_path,
        begin(),
        start(1, "p0[0]/a0"),
        start(2, "p0[1]/a0"),
        done(2, "p0[1]/a0"),
        start(3, "p0[1]/a1"),
        done(1, "p0[0]/a0"),
        done(3, "p0[1]/a1"),
        start(4, "a0"),
        done(4, "a0"),
        {"type": "workflow_done", "name": "case", "result": 1},
    )
    assert page_of(path)["run"]["critical"] == [2, 3, 4]


def test_large_texts_come_from_their_files_and_from_nowhere_else(tmp_path: Path) -> None:
    made = MadeRun(tmp_path / "run", 1)
    name = made.blob("x" * 100_000, ".txt")
    secret = tmp_path / "secret"
    secret.write_text("canary")
    made.close(0).write()
    path = journal(
        tmp_path / "run",
        begin(),
        start(1, promptRef=name),
        done(1, result=None, resultRef="../secret"),
        {"type": "workflow_done", "name": "case", "result": 1},
    )
    (entry,) = unpacked(page_of(path))
    assert entry["prompt"] == "x" * 100_000
    assert entry["result"] == {"cut": "", "length": 0, "file": "../secret"}


def test_what_is_too_large_is_cut_and_says_so(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(details, "TEXT", 50)
    monkeypatch.setattr(details, "ALL", 60)
    monkeypatch.setattr(details, "SHORT", 5)
    path = journal(
        tmp_path,
        begin(),
        start(1, promptPreview="a" * 80),
        done(1, result="b" * 80),
        start(2, promptPreview="c" * 80),
    )
    one, two = unpacked(page_of(path))
    assert one["prompt"] == {"cut": "a" * 50, "length": 80}
    assert one["result"] == {"cut": "b" * 50, "length": 80}
    assert two["prompt"] == {"cut": "c" * 5, "length": 80}


def test_chunks_tell_where_they_begin() -> None:
    entries = [{"prompt": "x" * 150_000, "n": n} for n in range(7)]
    starts, chunks = details.pack(entries)
    assert starts == [0, 3, 6]
    found = [entry for chunk in chunks for entry in json.loads(zlib.decompress(base64.b64decode(chunk)))]
    assert found == entries


def test_a_thousand_calls_fit_in_three_megabytes(tmp_path: Path) -> None:
    """Beyond the page's fixed parts; prompts and results of 2,000 characters."""
    from odw.report.render import render

    def size(calls: int) -> int:
        return len(render(read_source(made_run(tmp_path / str(calls), calls, 2000))).encode())

    assert size(1000) - size(0) < 3_000_000


@pytest.fixture
def usual_depth() -> Iterator[None]:
    """Other tests of this process may have raised the limit of recursion, on which the depth of JSON depends."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(1000)
    yield
    sys.setrecursionlimit(before)


@pytest.mark.usefixtures("usual_depth")
def test_what_is_nested_too_deeply_to_be_written_says_so() -> None:
    """Values come out of JSON, so they can be about as deep as can be written: inside others they would be too deep."""
    shown = set()
    for depth in range(900, 1000):
        try:
            value = json.loads("[" * depth + "]" * depth)
        except RecursionError:
            break
        found = details.encodable(value)
        details.dumps({"calls": [{"result": found}]})
        shown.add(type(found))
    assert shown == {list, str}
