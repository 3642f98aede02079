"""The recordings that the unit tests play are what the real clients still say: each case again, and the same report."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from odw.executors._process import Ended
from odw.executors.claude_events import ClaudeReading
from odw.executors.codex_events import CodexReading
from odw.runtime.abc import Report
from real import cases
from real.clients import MODEL
from real.record import FOLDER, ask

pytestmark = [
    pytest.mark.real,
    pytest.mark.usefixtures("clients"),
    pytest.mark.skipif("ODW_REAL_ALL" not in os.environ, reason="slow: make test-real runs it"),
]
# A case with a session begins another one; what becomes of it test_claude.py and test_codex.py say.
CASES = [
    (client, name)
    for client, each in cases.ALL.items()
    for name, case in each.items()
    if not case.request.get("session")
]


@pytest.mark.parametrize(("client", "name"), CASES)
def test_it_says_what_it_said(client: str, name: str, tmp_path: Path) -> None:
    case = cases.ALL[client][name]
    report = ask(client, name, case, tmp_path / "r").report
    before = _played(client, name, case)
    assert _essence(report) == _essence(before)
    if not case.continued:  # codex counts on, and the player has not heard the beginning
        assert report.usage == before.usage


def _played(client: str, name: str, case: cases.Case) -> Report:
    head, *lines = (FOLDER / f"{client}-{name}.jsonl").read_text("utf-8").splitlines()
    native = "schema" in case.request
    reading: Any
    if client == "claude":
        reading = ClaudeReading(lambda event: None, native_schema=native)
    else:
        reading = CodexReading(lambda event: None, native_schema=native, model=MODEL[client])
    for line in lines:
        reading.line(line)
    ended = json.loads(head)["recorded"]
    report: Report = reading.report(Ended(ended["exit"], None, ended["stderr"]))
    return report._replace(exit=str(ended["exit"]))


def _essence(report: Report) -> Any:
    category = None if report.error is None else report.error.category
    return report.text, report.value, report.model, category, report.exit
