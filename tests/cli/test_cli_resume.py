"""resume, exec --resume, fork, replay and estimate on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_case import META, Run

SCRIPT = (
    META
    + """
const [a, b] = await parallel(['a', 'b'].map((x) => () => agent(`look at ${x}`, { label: x, phase: 'Look' })))
const sum = await agent(`sum ${a} ${b}`, { label: 'sum', phase: 'Sum' })
return { sum, n: args?.n ?? 0 }
"""
)
MOCK = ("--backend", "mock", "--json", "--no-report")


@pytest.fixture
def ran(odw: Run, tmp_path: Path) -> str:
    """A finished run named r1 of a.js; its result."""
    (tmp_path / "a.js").write_text(SCRIPT)
    done = odw("exec", "a.js", *MOCK, "--run-id", "r1", "--args", '{"n": 3}')
    assert done.returncode == 0, done.stderr
    return done.stdout


def lines(folder: Path, run: str = "r1") -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / f".odw/runs/{run}/events.jsonl").read_text().splitlines()]


def cut_after(folder: Path, kind: str, count: int) -> None:
    """Kill the run after its ``count``-th event of a kind, as far as its files tell."""
    journal = folder / ".odw/runs/r1/events.jsonl"
    kept, left = [], count
    for line in journal.read_bytes().splitlines(keepends=True):
        kept.append(line)
        left -= json.loads(line)["type"] == kind
        if not left:
            break
    journal.write_bytes(b"".join(kept))
    facts = folder / ".odw/runs/r1/run.json"
    facts.write_text(json.dumps({**json.loads(facts.read_text()), "status": "running"}))


def test_resume_uses_what_the_run_recorded(odw: Run, ran: str, tmp_path: Path) -> None:
    cut_after(tmp_path, "agent_done", 1)
    (tmp_path / "a.js").unlink()  # the run has its own copy, and its backend and args
    done = odw("resume", "r1", "--json", "--no-report")
    assert (done.returncode, done.stdout) == (0, ran)
    kinds = [line["type"] for line in lines(tmp_path)]
    assert kinds.count("workflow_resume") == 1
    assert kinds.count("agent_skip") == 1
    assert kinds.count("agent_done") == 3


@pytest.mark.parametrize("word", ["latest", "r", ".odw/runs/r1", ".odw/runs/r1/events.jsonl"])
def test_a_run_has_many_names(odw: Run, ran: str, word: str) -> None:
    assert odw("resume", word, "--json", "--no-report").stdout == ran


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("r2", "odw: no run r2 in "),
        ("../r1", "odw: no run at ../r1"),
        ("a b", "odw: not a run's id: 'a b'"),
        ("", "odw: RUN is missing"),
    ],
)
def test_a_run_that_is_not_there(odw: Run, ran: str, word: str, message: str) -> None:
    for command in ("resume", "fork", "replay"):
        done = odw(command, word)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(message)


def test_new_args_are_recorded(odw: Run, ran: str, tmp_path: Path) -> None:
    done = odw("resume", "r1", "--json", "--no-report", "--args", '{"n": 4}')
    assert json.loads(done.stdout)["n"] == 4
    assert json.loads((tmp_path / ".odw/runs/r1/args.json").read_text()) == {"n": 4}
    assert [line["changed"] for line in lines(tmp_path) if line["type"] == "workflow_resume"] == [
        ["argsSha256"]
    ]


def test_exec_resume_takes_the_script_that_is_given(odw: Run, ran: str, tmp_path: Path) -> None:
    (tmp_path / "b.js").write_text(SCRIPT.replace("'b'", "'c'"))
    done = odw("exec", "b.js", "--resume", "r1", "--no-report")
    assert done.returncode == 0
    assert "[node] skip Look / a cached=true" in done.stdout
    assert "[node] start Look / c / mock" in done.stdout
    assert "[census] 2 succeeded, 1 replayed" in done.stdout


def test_a_script_that_has_changed_is_said(odw: Run, ran: str, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(SCRIPT + "\n// more\n")
    done = odw("resume", "r1", "--json", "--no-report")
    assert done.stdout == ran
    assert "a.js has changed since the run" in done.stderr


def test_check_runs_nothing_and_says_why(odw: Run, ran: str, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(SCRIPT.replace("look at", "look well at"))
    before = lines(tmp_path)
    done = odw("resume", "r1", "--check", "--script", "a.js")
    assert done.returncode == 0
    assert "+ runs     Look / a  (p0[0]/a0)" in done.stdout
    assert "-look at a\n" in done.stdout
    assert "+look well at a\n" in done.stdout
    assert "0 replay, 2 run, 1 depend on those, 2 orphaned" in done.stdout
    assert before == lines(tmp_path)


def test_check_as_json(odw: Run, ran: str) -> None:
    found = json.loads(odw("resume", "r1", "--check", "--json").stdout)
    assert found["counts"] == {"replays": 3, "runs": 0, "depends": 0, "orphaned": 0}
    assert found["outputTokensSaved"] > 0
    assert [call["label"] for call in found["calls"]] == ["a", "b", "sum"]


def test_a_parked_run_goes_on_with_more(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(
        META + "for (let i = 0; i < 5; i++) await agent(`${i}`, { mockTokens: 100 })\nreturn 'done'\n"
    )
    parked = odw("exec", "a.js", *MOCK, "--run-id", "r1", "--budget", "250")
    assert (parked.returncode, parked.stdout) == (4, "")
    assert "the run is parked: workflow budget exhausted: spent 300 >= total 250 tokens" in parked.stderr
    assert "odw resume r1 --budget +AMOUNT" in parked.stderr
    again = odw("resume", "r1", "--json", "--no-report")
    assert again.returncode == 4  # as before, it has no more
    done = odw("resume", "r1", "--json", "--no-report", "--budget", "+1k")
    assert (done.returncode, done.stdout) == (0, '"done"\n')
    assert done.stderr == "[odw] the budget is now 1,250 output tokens; it was 250 output tokens\n"
    assert json.loads((tmp_path / ".odw/runs/r1/run.json").read_text())["options"]["budget"] == "1250"


def test_a_raise_of_dollars_is_in_dollars(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(META + "await agent('x')\n")
    odw("exec", "a.js", *MOCK, "--run-id", "r1", "--budget", "$5")
    refused = odw("resume", "r1", "--budget", "+100k")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--budget +100k: the run's budget is $5, and k and M are for tokens" in refused.stderr
    assert "Say how many dollars are to be added: +5, or +$5." in refused.stderr
    told = odw("resume", "r1", "--json", "--no-report", "--budget", "+2.50").stderr
    assert told == "[odw] the budget is now $7.50; it was $5.00\n"
    told = odw("fork", "r1", "--json", "--no-report", "--budget", "$1").stderr
    assert told == "[odw] the budget is now $1.00; it was $7.50\n"


def test_a_raise_adds_to_the_budget_of_the_script(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(
        "export const meta = { name: 'n', description: 'd', budget: '50' }\nawait agent('x', { mockTokens: 60 })\nawait agent('y')\n"
    )
    assert odw("exec", "a.js", *MOCK, "--run-id", "r1").returncode == 4
    done = odw("resume", "r1", "--json", "--no-report", "--budget", "+1k")
    assert (done.returncode, done.stderr) == (
        0,
        "[odw] the budget is now 1,050 output tokens; it was 50 output tokens\n",
    )


def test_a_fork_is_a_run_of_its_own(odw: Run, ran: str, tmp_path: Path) -> None:
    done = odw("fork", "r1", "--rerun", "su*", "--run-id", "r2", "--no-report")
    assert done.returncode == 0
    assert "run r2 begins with 2 results of r1" in done.stderr
    assert "[census] 1 succeeded, 2 replayed" in done.stdout
    assert json.loads((tmp_path / ".odw/runs/r2/run.json").read_text())["forkOf"] == "r1"
    assert odw("journal", "verify", "r2").returncode == 0
    assert odw("replay", "r2", "--strict").returncode == 0


def test_replay_fails_where_the_script_diverges(odw: Run, ran: str, tmp_path: Path) -> None:
    assert odw("replay", "r1", "--strict").returncode == 0
    (tmp_path / "b.js").write_text(SCRIPT.replace("sum ${a}", "add ${a}"))
    done = odw("replay", "r1", "--script", "b.js")
    assert done.returncode == 1
    assert "divergence at seq" in done.stdout
    assert "expected: call 3 [sum] at a0" in done.stdout
    (tmp_path / "b.js").write_text(SCRIPT.replace(", phase: 'Sum'", ""))
    strict = odw("replay", "r1", "--script", "b.js", "--strict").stdout
    assert "expected: call 3 [sum] at a0 in phase Sum, key" in strict
    assert "found:    call 3 [sum] at a0, in no phase, key" in strict
    (tmp_path / "b.js").write_text(SCRIPT.replace("sum ${a}", "add ${a}"))
    found = json.loads(odw("replay", "r1", "--script", "b.js", "--json").stdout)
    assert (found["ok"], found["complete"]) == (False, True)
    assert found["divergences"][0]["seq"] is not None


def test_replay_needs_no_project_and_no_executor(odw: Run, ran: str, tmp_path: Path) -> None:
    stored = tmp_path / "elsewhere" / "history"
    (tmp_path / ".odw/runs/r1").rename(stored.parent.mkdir() or stored)  # type: ignore[func-returns-value]
    done = odw("replay", str(stored), "--strict", "--args", '{"n": 3}')
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_damaged_journal_names_the_line_and_the_way_out(odw: Run, ran: str, tmp_path: Path) -> None:
    journal = tmp_path / ".odw/runs/r1/events.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b'"ok":true', b'"ok":TRUE', 1))
    done = odw("resume", "r1", "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "events.jsonl:5: the journal is damaged at seq 5: it is not JSON" in done.stderr
    assert "odw journal repair" in done.stderr
    verified = odw("journal", "verify", "r1")
    assert verified.returncode == 1
    assert odw("journal", "repair", "r1").returncode == 2  # no terminal to ask on
    assert odw("journal", "repair", "r1", "--yes").returncode == 0
    assert odw("resume", "r1", "--json", "--no-report").stdout == ran


def test_lost_files_of_a_run(odw: Run, ran: str, tmp_path: Path) -> None:
    folder = tmp_path / ".odw/runs/r1"
    (folder / "run.json").unlink()
    done = odw("resume", "r1", "--json", "--no-report", "--backend", "mock")
    assert (done.returncode, done.stdout) == (0, ran)
    (folder / "script.js").unlink()
    done = odw("resume", "r1", "--json")
    assert done.returncode == 2
    assert "--script FILE" in done.stderr


def test_fail_on_partial(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(META + "await agent('x', { mockFail: 'no' })\nreturn 1\n")
    assert odw("exec", "a.js", *MOCK).returncode == 0
    done = odw("exec", "a.js", *MOCK, "--fail-on", "partial")
    assert (done.returncode, done.stdout) == (1, "1\n")
    assert "--fail-on partial" in done.stderr


def test_estimate_counts_and_sizes(odw: Run, ran: str, tmp_path: Path) -> None:
    done = odw("estimate", "a.js")
    assert done.returncode == 0
    assert done.stdout.splitlines()[0].split() == [
        "phase",
        "calls",
        "output",
        "tokens",
        "all",
        "tokens",
        "cost",
    ]
    assert "3 calls by a dry run on the mock executor, sized by 1 earlier run" in done.stdout
    found = json.loads(odw("estimate", "a.js", "--json").stdout)
    assert {phase["title"]: phase["calls"] for phase in found["phases"]} == {"Look": 2, "Sum": 1}
    (tmp_path / "empty").mkdir()
    alone = odw("estimate", "a.js", "--path", "empty")
    assert "no earlier run of this project tells their size" in alone.stdout
