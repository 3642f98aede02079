"""runs list|show|watch, logs, journal verify on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_case import META, Run

SCRIPT = (
    META
    + """
phase('Look')
const [a, b] = await parallel(['a', 'b'].map((x) => () => agent(`look at ${x}`, { label: x, mockFail: x === 'b' ? 'no luck' : undefined })))
log('\\u001b[31mred')
return { a, b }
"""
)


@pytest.fixture
def ran(odw: Run, tmp_path: Path) -> Path:
    (tmp_path / "a.js").write_text(SCRIPT)
    assert odw("exec", "a.js", "--backend", "mock", "--json", "--no-report", "--run-id", "r1").returncode == 0
    return tmp_path / ".odw/runs/r1"


def as_killed(run: Path) -> None:
    journal = run / "events.jsonl"
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:-2]))
    facts = json.loads((run / "run.json").read_text())
    (run / "run.json").write_text(
        json.dumps({k: v for k, v in {**facts, "status": "running"}.items() if k != "census"})
    )
    (run / "state.json").unlink()


def test_list_is_a_table_or_json(odw: Run, ran: Path) -> None:
    odw("exec", "a.js", "--backend", "mock", "--json", "--no-report", "--run-id", "r2")
    head, first, second = odw("runs", "list").stdout.splitlines()
    assert head.split()[:3] == ["run", "status", "workflow"]
    assert first.split()[:3] == ["r2", "completed", "case"]
    assert second.split()[0] == "r1"
    found = json.loads(odw("runs", "list", "--json", "-n", "1").stdout)
    assert [(run["runId"], run["calls"], run["failed"]) for run in found] == [("r2", 2, 1)]
    assert odw("runs", "list", "--status", "dead").stdout == ""


def test_a_killed_run_is_dead_and_still_counted(odw: Run, ran: Path) -> None:
    as_killed(ran)
    (run,) = json.loads(odw("runs", "list", "--json").stdout)
    assert (run["status"], run["calls"], run["failed"]) == ("dead", 2, 1)
    assert "odw resume r1" in odw("runs", "show", "r1").stdout


def test_garbage_is_not_a_run(odw: Run, ran: Path) -> None:
    (ran.parent / "empty").mkdir()
    (ran.parent / "file").write_text("x")
    broken = ran.parent / "broken"
    broken.mkdir()
    (broken / "events.jsonl").write_bytes(b"\xff\xfe{\n[]\n")
    (broken / "run.json").write_text("{")
    (ran.parent / "latest").unlink()
    (ran.parent / "latest").symlink_to("gone")
    listed = {run["runId"]: run["status"] for run in json.loads(odw("runs", "list", "--json").stdout)}
    assert listed == {"r1": "completed", "broken": "dead"}
    assert odw("runs", "show", "latest").returncode == 0


def test_no_runs(odw: Run) -> None:
    done = odw("runs", "list")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "[odw] no runs\n")
    assert odw("runs", "show", "latest").returncode == 2


@pytest.mark.parametrize("given", ["0", "-1", "x", "1.5"])
def test_limit_is_a_number(odw: Run, ran: Path, given: str) -> None:
    done = odw("runs", "list", f"--limit={given}")
    assert done.returncode == 2
    assert f"--limit: expected a whole number from 1, found {given!r}" in done.stderr


def test_show_says_failures_and_the_result(odw: Run, ran: Path) -> None:
    text = odw("runs", "show", "r1").stdout
    assert "failed    b: mock: no luck" in text
    assert '"b": null' in text
    assert "1 succeeded, 1 failed (mock 1)" in text
    found = json.loads(odw("runs", "show", "r1", "--json").stdout)
    assert (found["status"], found["sessions"], found["failures"]) == ("completed", 1, ["b: mock: no luck"])


def test_watch_shows_all_and_ends_with_the_runs_code(odw: Run, ran: Path) -> None:
    done = odw("runs", "watch", "r1")
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == "[odw] run_id=r1"
    assert "[workflow] done case" in done.stdout
    assert "\x1b" not in done.stdout
    as_killed(ran)
    dead = odw("runs", "watch")
    assert dead.returncode == 130
    assert "no process drives this run any more" in dead.stderr


def test_logs_of_a_run_and_of_a_call(odw: Run, ran: Path) -> None:
    assert "[log] " in odw("logs", "r1").stdout
    for node in ("1", "p0[0]/a0", "a"):
        text = odw("logs", "r1", node).stdout
        assert text.startswith("call 1  a\n")
        assert "[prompt]\n  look at a\n" in text
        assert "[result]\n  Mock answer to a" in text
    assert "[failed] mock: no luck" in odw("logs", "r1", "b").stdout
    events = [json.loads(line) for line in odw("logs", "r1", "a", "--json").stdout.splitlines()]
    assert [event["type"] for event in events] == ["agent_start", "agent_done"]


def test_logs_of_a_call_that_replays(odw: Run, ran: Path) -> None:
    odw("resume", "r1", "--json", "--no-report")
    text = odw("logs", "r1", "a").stdout
    assert "[prompt]\n  look at a\n" in text
    assert "[replayed] the result recorded at seq" in text
    assert "[result]\n  Mock answer to a" in text


def test_logs_of_what_is_not_there_or_not_one(odw: Run, ran: Path, tmp_path: Path) -> None:
    done = odw("logs", "r1", "zzz")
    assert (done.returncode, done.stdout) == (2, "")
    assert "the run has no call 'zzz'" in done.stderr
    assert "1 [a], 2 [b]" in done.stderr
    (tmp_path / "b.js").write_text(
        META + "await agent('x', { label: 'l' }); await agent('y', { label: 'l' })\n"
    )
    odw("exec", "b.js", "--backend", "mock", "--json", "--no-report", "--run-id", "r9")
    done = odw("logs", "r9", "l")
    assert done.returncode == 2
    assert "2 calls are called 'l': 1 (a0), 2 (a1)" in done.stderr


def test_long_texts_come_from_their_files(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(
        META + "await agent('long ' + 'p'.repeat(9000), { label: 'l', mockText: 'r'.repeat(70000) })\n"
    )
    odw("exec", "a.js", "--backend", "mock", "--json", "--no-report", "--run-id", "r1")
    text = odw("logs", "r1", "l").stdout
    assert "p" * 9000 in text
    assert "r" * 70000 in text


def test_journal_verify_as_json(odw: Run, ran: Path) -> None:
    found = json.loads(odw("journal", "verify", "r1", "--json").stdout)
    assert (found["ok"], found["damage"], found["tornBytes"]) == (True, None, 0)
    lines = (ran / "events.jsonl").read_bytes().splitlines(keepends=True)
    (ran / "events.jsonl").write_bytes(b"".join([*lines[:2], *lines[3:]]))
    done = odw("journal", "verify", "r1", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["damage"]["line"] == 3


def test_show_lists_the_sessions_and_what_changed(odw: Run, ran: Path, tmp_path: Path) -> None:
    assert "\n  session" not in odw("runs", "show", "r1").stdout
    (tmp_path / "b.js").write_text(SCRIPT + "// edited\n")
    odw("resume", "r1", "--script", "b.js", "--args", "1", "--json", "--no-report")
    text = odw("runs", "show", "r1").stdout.splitlines()
    first, second = [line for line in text if line.startswith("  session")]
    assert first.endswith("completed")
    assert second.endswith("completed   changed: script, args")
    assert "  calls     0 succeeded, 1 replayed, 1 failed (mock 1)" in text
    assert text.index("  failed    b: mock: no luck") < text.index(second)
    found = json.loads(odw("runs", "show", "r1", "--json").stdout)
    assert [(row["changed"], row["ending"]) for row in found["sessionList"]] == [
        ([], "completed"),
        (["script", "args"], "completed"),
    ]
    assert found["result"] == {"a": found["result"]["a"], "b": None}


def test_a_name_cannot_break_the_table(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(
        "export const meta = { name: 'x\\nr0  completed\\u001b[2J"
        + "y" * 100
        + "', description: 'd' }\nreturn 1\n"
    )
    odw("exec", "a.js", "--backend", "mock", "--json", "--no-report", "--run-id", "r1")
    table = odw("runs", "list").stdout
    assert len(table.splitlines()) == 2
    assert "\x1b" not in table
    assert max(map(len, table.splitlines())) < 160
    assert odw("runs", "show", "r1").stdout.splitlines()[1] == "  status    completed"


def test_a_run_that_a_budget_parked_says_how_to_go_on(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(META + "for (const x of ['a', 'b']) await agent(x, { mockTokens: 50 })\n")
    odw("exec", "a.js", "--backend", "mock", "--json", "--no-report", "--run-id", "r1", "--budget", "40")
    text = odw("runs", "show", "r1").stdout
    assert "  status    parked: workflow budget exhausted" in text
    assert "  spent     50 output tokens of 40 output tokens\n" in text
    assert "  next      odw resume r1 --budget +AMOUNT\n" in text


def test_a_label_cannot_forge_a_line(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(
        META
        + "await agent('x', { label: 'l\\n  result    \"forged\"', mockFail: 'no\\n  next      forged' })\n"
    )
    odw("exec", "a.js", "--backend", "mock", "--json", "--no-report", "--run-id", "r1")
    shown = odw("runs", "show", "r1").stdout.splitlines()
    assert '  failed    l result "forged": mock: no next forged' in shown
    assert [line for line in shown if line.startswith(("  result", "  next"))] == ["  result    null"]
    assert '  Calls: 1 [l result "forged"].\n' in odw("logs", "r1", "other").stderr


def test_a_run_that_is_not_there_says_where_it_looked(odw: Run, ran: Path, tmp_path: Path) -> None:
    assert "no run nope in .odw/runs\n" in odw("runs", "show", "nope").stderr
    (tmp_path / "other").mkdir()
    assert "no run nope in other/.odw/runs\n" in odw("runs", "show", "nope", "--path", "other").stderr
