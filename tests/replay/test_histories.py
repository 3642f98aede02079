"""Runs of every version so far: each can still be read, re-enacted and, where it was cut off, gone on with. Kept for ever."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from odw.cli.main import main
from odw.runtime.journal.history import History
from odw.runtime.journal.reader import read_journal

HISTORIES = sorted(path for path in (Path(__file__).parent / "histories").iterdir() if path.is_dir())


@pytest.fixture(params=HISTORIES, ids=lambda path: path.name)
def history(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of a history as a run of a project, in which the test now is."""
    target = tmp_path / ".odw" / "runs" / request.param.name
    shutil.copytree(request.param, target)
    if (target / "sub.js").exists():
        (target / "sub.js").rename(tmp_path / "sub.js")
    (target / "nodes").mkdir(exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return target


def test_there_are_histories() -> None:
    assert len(HISTORIES) >= 10


def test_it_is_re_enacted(history: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["replay", history.name, "--strict"])
    assert code == 0, capsys.readouterr()


def test_its_journal_is_whole(history: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["journal", "verify", history.name]) == 0, capsys.readouterr()


def test_it_is_gone_on_with(history: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was recorded is not run again, and a run that had completed comes to the same result."""
    path = str(history / "events.jsonl")
    before = read_journal(path).events
    past = History().read(before)
    results = sum(call.kind == "result" for call in past.calls.values())
    failed = past.end is not None and past.end.get("status") == "failed"
    assert main(["resume", history.name, "--json", "--no-report"]) == (1 if failed else 0), (
        capsys.readouterr()
    )
    after = read_journal(path).events[len(before) :]
    assert sum(event["type"] == "agent_skip" and event["cached"] for event in after) == results
    if past.end is not None and past.end["type"] == "workflow_done":
        assert json.loads(capsys.readouterr().out) == past.end["result"]
