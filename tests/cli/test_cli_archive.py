"""``odw runs diff``, ``odw runs prune`` and ``odw stats``, on runs of the mock executor."""

from __future__ import annotations

import fcntl
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cli_case import META, Run

SCRIPT = META + (
    "const found = await parallel(args.map(x => () => agent('see ' + x, {label: x, mockText: x + x})))\n"
    "return found.length\n"
)


def start(odw: Run, run_id: str, *args: str, more: tuple[str, ...] = ()) -> None:
    done = odw(
        "exec", "s.js", "--backend", "mock", "--run-id", run_id, "--args", json.dumps(args), "--json", *more
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "s.js").write_text(SCRIPT)
    return tmp_path


def runs(project: Path) -> list[str]:
    return sorted(path.name for path in (project / ".odw/runs").iterdir() if not path.is_symlink())


def test_equal_runs_are_alike(odw: Run, project: Path) -> None:
    start(odw, "r1", "a", "b")
    start(odw, "r2", "a", "b")
    done = odw("runs", "diff", "r1", "r2")
    assert done.returncode == 0
    assert "  result    the same\n  calls     2 the same\n" in done.stdout


def test_what_differs_is_named(odw: Run, project: Path) -> None:
    start(odw, "r1", "a", "b", "c")
    (project / "s.js").write_text(SCRIPT.replace("x + x", "x === 'a' ? 'new' : x + x"))
    start(odw, "r2", "a", "d", "c", "e", "f")
    done = odw("runs", "diff", "r1", "r2", "--json")
    assert done.returncode == 1
    found: dict[str, Any] = json.loads(done.stdout)
    assert not found["equal"] and found["sameResult"] is False
    kinds = {(call["a"], call["b"]): call["kind"] for call in found["calls"]}
    # mockText is an option that reaches the executor: another one is another question
    assert kinds == {
        (1, 1): "asked",
        (2, 2): "asked",
        (3, 3): "same",
        (None, 4): "only-b",
        (None, 5): "only-b",
    }


def test_another_answer_to_the_same_question(odw: Run, project: Path) -> None:
    (project / "s.js").write_text(META + "return await agent('q', {label: 'q'})\n")
    for number in (1, 2):
        (project / f"m{number}.json").write_text(
            json.dumps({"version": 1, "answers": [{"label": "q", "result": f"answer {number}"}]})
        )
        start(odw, f"r{number}", more=("--mock-file", f"m{number}.json"))
    done = odw("runs", "diff", "r1", "r2")
    assert done.returncode == 1 and "answered differently:\n      1     1  q\n" in done.stdout


def test_stats_count_what_was_paid_once(odw: Run, project: Path) -> None:
    (project / "s.js").write_text(SCRIPT.replace("mockText: x + x", "mockTokens: 100, model: 'm-' + x"))
    start(odw, "r1", "a", "b")
    assert odw("resume", "r1", "--json").returncode == 0  # all of it replays
    start(odw, "r2", "a")
    rows = {row["name"]: row for row in json.loads(odw("stats", "--json").stdout)}
    assert {name: (row["runs"], row["calls"], row["usage"]["output"]) for name, row in rows.items()} == {
        "m-a": (2, 2, 200),
        "m-b": (1, 1, 100),
    }
    table = odw("stats", "--by", "workflow").stdout.splitlines()
    assert table[0].split()[:3] == ["workflow", "runs", "calls"] and table[1].split()[1:3] == ["2", "3"]
    assert odw("stats", "--since", "2999-01-01").stderr == "[odw] no calls were made yet\n"
    assert "--since: expected a day" in odw("stats", "--since", "yesterday").stderr


def test_prune_removes_what_was_chosen_and_nothing_else(odw: Run, project: Path) -> None:
    for name in ("r1", "r2", "r3"):
        start(odw, name, "a")
    (project / "bad.js").write_text(META + "throw new Error('x')\n")
    odw("exec", "bad.js", "--backend", "mock", "--run-id", "r4")
    asked = odw("runs", "prune", "--keep", "1")
    assert asked.returncode == 2 and "r1" in asked.stdout and runs(project) == ["r1", "r2", "r3", "r4"]
    done = odw("runs", "prune", "--keep", "1", "--status", "completed", "--yes")
    assert done.returncode == 0 and done.stdout.startswith("removed 3 runs, ")
    assert runs(project) == ["r4"] and (project / ".odw/runs/latest").readlink().name == "r4"
    assert odw("runs", "prune", "--status", "failed", "--yes", "--json").returncode == 0
    assert runs(project) == [] and not (project / ".odw/runs/latest").is_symlink()


def test_a_run_that_is_driven_stays(odw: Run, project: Path) -> None:
    start(odw, "r1", "a")
    with (project / ".odw/runs/r1/events.jsonl").open("rb") as journal:
        fcntl.flock(journal, fcntl.LOCK_EX)
        done = odw("runs", "prune", "--keep", "0", "--yes")
    assert done.returncode == 1 and "a process drives it" in done.stderr and runs(project) == ["r1"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Nothing says which are to go"),
        (("--keep", "-1"), "--keep"),
        (("--older-than", "long"), "--older-than: expected an age such as 30d"),
        (("--status", "running"), "--status"),
    ],
)
def test_prune_is_told_exactly(odw: Run, project: Path, words: tuple[str, ...], said: str) -> None:
    done = odw("runs", "prune", *words)
    assert done.returncode == 2 and said in done.stderr
    assert odw("runs", "prune", "--older-than", "1d", "--yes").stderr == "[odw] no runs to remove\n"


def test_prune_takes_kept_worktrees_and_branches_along(odw: Run, project: Path) -> None:
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@t"]
    subprocess.run([*git, "init", "-q"], cwd=project, check=True)
    (project / "f.txt").write_text("x\n")
    subprocess.run([*git, "add", "f.txt"], cwd=project, check=True)
    subprocess.run([*git, "commit", "-qm", "x"], cwd=project, check=True)
    (project / "s.js").write_text(
        META
        + "return (await agent('w', {isolation: 'worktree', mockWriteFile: 'new.txt'})).worktree.changed\n"
    )
    start(odw, "r1", more=("--keep-worktrees",))
    start(odw, "r1x", more=("--keep-worktrees",))
    branches = ["git", "for-each-ref", "--format=%(refname:short)", "refs/heads/odw"]
    assert len(subprocess.check_output(branches, cwd=project, text=True).split()) == 2
    done = odw("runs", "prune", "--keep", "1", "--yes")
    assert "and 1 branch" in done.stdout, done.stdout + done.stderr
    left = subprocess.check_output(branches, cwd=project, text=True).split()
    assert len(left) == 1 and left[0].startswith("odw/r1x/")
    listed = subprocess.check_output(["git", "worktree", "list"], cwd=project, text=True)
    assert len(listed.splitlines()) == 2 and "r1x" in listed
