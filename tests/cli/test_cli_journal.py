"""odw journal verify|repair."""

from __future__ import annotations

import fcntl
import json
import os
from pathlib import Path

import pytest
from background import Background
from cli_case import META, Run

SCRIPT = META + "for (const x of ['a', 'b', 'c']) await agent(`look at ${x}`, { label: x })\nreturn 1\n"


@pytest.fixture
def journal(odw: Run, tmp_path: Path) -> Path:
    """Of a run of three calls, one after another: start, (start, end) three times, done."""
    (tmp_path / "a.js").write_text(SCRIPT)
    assert odw("exec", "a.js", "--backend", "mock", "--json", "--no-report", "--run-id", "r1").returncode == 0
    return tmp_path / ".odw/runs/r1/events.jsonl"


def damage(journal: Path, line: int) -> bytes:
    """Alter a letter of a line (from 1); returns what the file holds then."""
    lines = journal.read_bytes().splitlines(keepends=True)
    lines[line - 1] = lines[line - 1].replace(b"look", b"lock").replace(b"Mock", b"Muck")
    data = b"".join(lines)
    assert data != journal.read_bytes()
    journal.write_bytes(data)
    return data


def test_a_whole_journal(odw: Run, journal: Path) -> None:
    done = odw("journal", "verify", "r1")
    last = json.loads(journal.read_bytes().splitlines()[-1])["sum"]
    assert (done.returncode, done.stdout) == (0, f"[journal] r1: whole, 8 lines, the last sum is {last}\n")
    done = odw("journal", "repair", "r1")
    assert (done.returncode, done.stdout) == (0, "[journal] r1: whole, 8 lines; nothing to repair\n")


def test_damage_is_said_with_line_reason_and_the_way_out(odw: Run, journal: Path) -> None:
    damage(journal, 3)
    done = odw("journal", "verify", "latest")
    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        "[journal] r1: damaged at line 3, seq 3: its checksum differs: the line, or one before it, was altered",
        "  2 lines before it are whole.",
        "  6 lines from there on can be read, but not trusted, with 3 results among them.",
        "  odw journal repair r1 keeps what is whole and puts the rest aside; those results run again.",
    ]
    found = json.loads(odw("journal", "verify", "r1", "--json").stdout)
    assert (found["run"], found["ok"], found["driven"], found["lines"]) == ("r1", False, False, 2)
    assert found["damage"] == {
        "line": 3, "seq": 3, "reason": "its checksum differs: the line, or one before it, was altered", "readable": 6,
        "results": 3, "newerVersion": False,
    }  # fmt: skip


def test_a_torn_tail_is_whole_and_said(odw: Run, journal: Path) -> None:
    with journal.open("ab") as file:
        file.write(b'{"v":1,')
    done = odw("journal", "verify", "r1")
    assert done.returncode == 0
    assert "A torn tail of 7 bytes follows" in done.stdout
    with journal.open("rb") as driver:
        fcntl.flock(driver, fcntl.LOCK_EX)
        assert "7 bytes of a line that is being written follow" in odw("journal", "verify", "r1").stdout
    assert odw("journal", "repair", "r1", "--yes").returncode == 0
    assert "torn" not in odw("journal", "verify", "r1").stdout


def test_repair_needs_a_word_of_consent(odw_process: Run, odw: Run, journal: Path) -> None:
    data = damage(journal, 5)
    done = odw_process("journal", "repair", "r1", stdin="y\n")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no terminal to ask on" in done.stderr
    assert "Add --yes." in done.stderr
    assert journal.read_bytes() == data


@pytest.mark.parametrize("answer", ["y", "YES", "n", ""])
def test_repair_asks_on_a_terminal(tmp_path: Path, journal: Path, answer: str) -> None:
    data = damage(journal, 5)
    repair = Background(tmp_path, "journal", "repair", "r1", terminal=True)
    try:
        repair.printed("Keep the first 4 lines and move the rest away? [y/N]")
        assert "damaged at line 5" in repair.read()
        os.write(repair.master, f"{answer}\n".encode())
        code = repair.wait()
    finally:
        repair.close()
    if answer.lower() in ("y", "yes"):
        assert code == 0
        assert data.startswith(journal.read_bytes())
        assert len(journal.read_bytes().splitlines()) == 4
    else:
        assert code == 1
        assert journal.read_bytes() == data


def test_after_a_repair_the_run_goes_on_and_buys_only_what_was_lost(odw: Run, journal: Path) -> None:
    data = damage(journal, 5)
    refused = odw("resume", "r1", "--json", "--no-report")
    assert refused.returncode == 2
    assert "events.jsonl:5: the journal is damaged at seq 5" in refused.stderr
    assert "odw journal repair" in refused.stderr
    done = odw("journal", "repair", "r1", "--yes")
    first, second = done.stdout.splitlines()
    assert first.startswith("[journal] r1: 4 lines kept; ")
    assert second == "  2 results are among what was moved and will run again. Go on with: odw resume r1"
    (aside,) = journal.parent.glob("events.torn-*")
    assert journal.read_bytes() + aside.read_bytes() == data
    done = odw("resume", "r1", "--no-report")
    assert done.returncode == 0
    assert "2 succeeded, 1 replayed" in done.stdout
    assert odw("journal", "verify", "r1").returncode == 0


def test_a_run_that_goes_on_is_left_alone(odw: Run, journal: Path) -> None:
    data = damage(journal, 5)
    with journal.open("rb") as driver:
        fcntl.flock(driver, fcntl.LOCK_EX)
        done = odw("journal", "repair", "r1", "--yes")
    assert done.returncode == 2
    assert "a process drives its run" in done.stderr
    assert journal.read_bytes() == data


def test_a_damaged_run_can_still_be_looked_at(odw: Run, journal: Path) -> None:
    damage(journal, 5)
    shown = odw("runs", "show", "r1")
    assert shown.returncode == 0
    assert "  damaged   line 5: its checksum differs" in shown.stdout
    assert "  next      odw journal verify r1" in shown.stdout
    logs = odw("logs", "r1")
    assert logs.returncode == 2
    assert "[node] done - / a ok=true" in logs.stdout
    assert "damaged at seq 5" in logs.stderr
    assert odw("runs", "watch", "r1").returncode == 2
    assert odw("runs", "list").returncode == 0


def test_lines_cut_off_at_a_line_end_are_missed(odw: Run, journal: Path) -> None:
    """No sum is wrong then: only run.json knows that there was more."""
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:3]))
    done = odw("journal", "verify", "r1")
    assert done.returncode == 1
    whole, missing, then = done.stdout.splitlines()
    assert whole.startswith("[journal] r1: not complete, without lines at its end: 3 whole lines, ")
    assert missing.startswith("  Lines are missing at its end: ")
    assert "odw resume r1" in then
    found = json.loads(odw("journal", "verify", "r1", "--json").stdout)
    assert (found["ok"], found["endMissing"], found["damage"]) == (False, True, None)
    shown = odw("runs", "show", "r1").stdout
    assert "  damaged   lines are missing at its end" in shown
    assert "  next      odw journal verify r1" in shown
    assert "1 replayed" in odw("resume", "r1", "--no-report").stdout
    assert odw("journal", "verify", "r1").returncode == 0
    assert "damaged" not in odw("runs", "show", "r1").stdout


def test_a_run_without_a_last_word_has_lost_nothing(odw: Run, journal: Path) -> None:
    """A killed run has no ending, nor has one that a full disk parked."""
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:-1]))
    facts = json.loads((journal.parent / "run.json").read_text())
    for status in ("running", "parked"):
        (journal.parent / "run.json").write_text(json.dumps({**facts, "status": status}))
        assert odw("journal", "verify", "r1").returncode == 0
    (journal.parent / "run.json").unlink()
    assert odw("journal", "verify", "r1").returncode == 0


def test_a_line_that_is_there_twice_is_said(odw: Run, journal: Path) -> None:
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([lines[0], lines[1], *lines[1:]]))
    done = odw("journal", "verify", "r1")
    assert done.returncode == 0
    assert "whole, 9 lines (1 of them there twice), the last sum is " in done.stdout


def test_a_stored_result_that_is_gone_or_altered_is_missed(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(
        META + "for (const x of ['a', 'b']) await agent(x, { label: x, mockText: x.repeat(70000) })\n"
    )
    odw("exec", "a.js", "--backend", "mock", "--json", "--no-report", "--run-id", "r1")
    assert odw("journal", "verify", "r1").returncode == 0
    texts = {path.read_text()[0]: path for path in (tmp_path / ".odw/runs/r1/nodes").glob("*.txt")}
    texts["a"].unlink()
    texts["b"].write_text("c" * 70000)
    done = odw("journal", "verify", "r1")
    assert done.returncode == 1
    assert done.stdout.startswith(
        "[journal] r1: not complete, without 2 texts: 6 whole lines, the last sum is "
    )
    assert done.stdout.splitlines()[1:] == [
        "  2 texts that its lines name cannot be read:",
        f"    seq 3, result of a: nodes/{texts['a'].name}: No such file or directory",
        f"    seq 5, result of b: nodes/{texts['b'].name} was altered",
        "  odw resume r1 runs the calls again whose results are missing.",
    ]
    lost = json.loads(odw("journal", "verify", "r1", "--json").stdout)["lostTexts"]
    assert [(text["seq"], text["label"], text["what"]) for text in lost] == [
        (3, "a", "result"),
        (5, "b", "result"),
    ]
    assert "2 succeeded" in odw("resume", "r1", "--no-report").stdout
    assert odw("journal", "verify", "r1").returncode == 0


def test_a_prompt_that_is_gone_is_no_loss(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(META + "await agent('p'.repeat(9000))\n")
    odw("exec", "a.js", "--backend", "mock", "--json", "--no-report", "--run-id", "r1")
    (prompt,) = (tmp_path / ".odw/runs/r1/nodes").glob("*.txt")
    prompt.unlink()
    assert odw("journal", "verify", "r1").returncode == 0
