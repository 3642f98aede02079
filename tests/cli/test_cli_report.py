"""odw report RUN|SCRIPT."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from cli_case import META, Run

BODY = "phase('One'); log('hello'); const a = await agent('say it', { label: 'first' })\nreturn { a }\n"


@pytest.fixture
def ran(odw: Run, tmp_path: Path) -> Path:
    (tmp_path / "a.js").write_text(META + BODY)
    odw("exec", "a.js", "--backend", "mock", "--json", "--run-id", "r1")
    return tmp_path


def data_of(page: Path) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page.read_text(), re.S)
    assert found is not None
    data: dict[str, object] = json.loads(found[1])
    return data


@pytest.mark.parametrize(
    ("body", "code", "status"),
    [
        (BODY, 0, "completed"),
        ("await agent('x'); throw new Error('broken')\n", 1, "failed"),
        ("for (let i = 0; i < 99; i++) await agent(`x${i}`)\n", 4, "parked"),
    ],
)
def test_every_run_leaves_a_report_however_it_ends(
    odw: Run, tmp_path: Path, body: str, code: int, status: str
) -> None:
    (tmp_path / "a.js").write_text(META + body)
    done = odw("exec", "a.js", "--backend", "mock", "--run-id", "r1", "--budget", "30")
    assert done.returncode == code, done.stderr
    page = tmp_path / ".odw/runs/r1/report.html"
    assert data_of(page)["run"]["status"] == status  # type: ignore[index]
    assert page.stat().st_mode & 0o777 == 0o600


def test_the_page_of_the_latest_run_and_of_a_named_one(odw: Run, ran: Path) -> None:
    page = ran / ".odw/runs/r1/report.html"
    page.unlink()
    for words in ((), ("latest",), ("r1",), ("--run", "r1"), (".odw/runs/r1",)):
        done = odw("report", *words)
        assert (done.returncode, done.stdout) == (0, "[odw] report=.odw/runs/r1/report.html\n"), words
        page.unlink()


def test_elsewhere(odw: Run, ran: Path) -> None:
    assert odw("report", "r1", "-o", "x.html").stdout == "[odw] report=x.html\n"
    assert data_of(ran / "x.html")["run"]["name"] == "case"  # type: ignore[index]
    assert odw("report", "r1", "-o", "-").stdout.startswith("<!doctype html>")
    done = odw("report", "r1", "-o", "no/such/x.html")
    assert (done.returncode, done.stderr) == (2, "odw: no/such/x.html: No such file or directory\n")


def test_other_formats_go_to_standard_output(odw: Run, ran: Path) -> None:
    assert odw("report", "r1", "-f", "mermaid").stdout.startswith(
        'flowchart TD\n  subgraph g1["One"]\n    n2["✓ first"]:::ok\n'
    )
    report = json.loads(odw("report", "r1", "--format", "json").stdout)
    (call,) = report["calls"]
    assert (call["label"], call["phase"], call["status"], call["prompt"]) == (
        "first",
        "One",
        "done",
        "say it",
    )
    assert report["result"] == {"a": call["result"]}
    assert [line["text"] for line in report["logs"]] == ["hello"]
    text = odw("report", "r1", "--format", "md").stdout
    assert text.startswith("**case** completed · 1 calls (✓ 1) · ")
    assert "| One | 1 | 0 |" in text
    assert "```mermaid\nflowchart TD\n" in text
    odw("report", "r1", "--format", "md", "-o", "x.md")
    assert (ran / "x.md").read_text() == text


def test_a_script_is_rehearsed_and_nothing_is_left_but_the_page(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(META + BODY)
    for words in (("a.js",), ("--script", "a.js")):
        done = odw("report", *words)
        assert (done.returncode, done.stdout) == (0, "[odw] report=.odw/reports/case.html\n")
    data = data_of(tmp_path / ".odw/reports/case.html")
    assert data["run"]["planned"] is True  # type: ignore[index]
    assert [path.name for path in (tmp_path / ".odw").iterdir() if path.is_dir()] == ["reports"]


def test_a_script_whose_dry_run_fails_shows_how_far_it_came(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(META + "await agent('x', { label: 'l' }); null.f()\n")
    done = odw("report", "a.js")
    assert done.returncode == 0
    assert "there may be more calls" in done.stderr
    data = data_of(tmp_path / ".odw/reports/case.html")
    assert (data["run"]["status"], len(data["rows"])) == ("failed", 1)  # type: ignore[index,arg-type]


def test_a_saved_workflow_by_its_name(odw: Run, ran: Path) -> None:
    folder = ran / ".odw/workflows"
    folder.mkdir()
    (ran / "a.js").rename(folder / "audit.js")
    assert odw("report", "audit").stdout == "[odw] report=.odw/reports/case.html\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("nope",), "no run nope in .odw/runs"),
        (("r1", "--script", "a.js"), "more than one thing to report on is given"),
        (("a.js", "--live"), "--live follows a run"),
        (("r1", "--live", "-o", "x"), "--live writes no file"),
        (("r1", "--open", "-f", "md"), "--open shows the page, not md"),
    ],
)
def test_mistakes(odw: Run, ran: Path, words: tuple[str, ...], message: str) -> None:
    done = odw("report", *words)
    assert done.returncode == 2
    assert message in done.stderr


def test_live_serves_until_ctrl_c(ran: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "odw", "report", "r1", "--live"],
        cwd=ran,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=dict(os.environ),
    )
    assert process.stdout is not None
    url = process.stdout.readline().strip()
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/[\w-]{32}/", url)
    with urllib.request.urlopen(url, timeout=20) as answer:
        assert b'id="data"' in answer.read()
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=20)
    assert process.returncode == 0
    assert told.endswith("[odw] not served any more\n")
