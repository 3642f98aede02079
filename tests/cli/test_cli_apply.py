"""``odw apply``: from a run whose agents wrote files in their worktrees to the working tree."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cli_case import META, Run

from odw.runtime.git import git_environment

# Each agent writes one file; the schema's answer carries no text of the mock into it.
SCRIPT = (
    META
    + """
const write = (label, path, content, more) =>
  agent(`write ${path} for ${label}`, { label, isolation: 'worktree', mockWriteFile: { path, content }, ...more })
return (await parallel(args.map(([label, path, content, more]) => () => write(label, path, content, more)))).length
"""
)
LINES = "".join(f"line {i}\n" for i in range(10))


def git(where: Path, *argv: str) -> str:
    done = subprocess.run(["git", *argv], cwd=where, env=git_environment(), capture_output=True, check=True)
    return done.stdout.decode()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(LINES)
    (tmp_path / "w.js").write_text(SCRIPT)
    (tmp_path / ".gitignore").write_text("cache/\n")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "first")
    return tmp_path


def run(odw_process: Run, *files: tuple[Any, ...]) -> None:
    done = odw_process(
        "exec", "w.js", "--backend", "mock", "--no-report", "--json", "--args", json.dumps(files)
    )
    assert (done.returncode, done.stdout) == (0, f"{len(files)}\n"), done.stderr


def test_apply_check_then_apply_then_again(odw: Run, odw_process: Run, repository: Path) -> None:
    first = LINES.replace("line 1\n", "first\n")
    second = LINES.replace("line 8\n", "second\n")
    run(odw_process, ("one", "a.txt", first), ("two", "a.txt", second), ("three", "new/b.txt", "b\n"))
    head = git(repository, "rev-parse", "HEAD")
    done = odw("apply", "latest", "--check")
    assert (done.returncode, done.stdout) == (
        0,
        "[apply] modified a.txt\n[apply] added new/b.txt\n[apply] would apply: 3 patches, 2 files\n",
    )
    assert git(repository, "status", "--porcelain") == ""
    done = odw("apply", "latest")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "[apply] applied: 3 patches, 2 files")
    assert (repository / "a.txt").read_text() == first.replace("line 8\n", "second\n")
    assert git(repository, "status", "--porcelain") == " M a.txt\n?? new/\n"
    assert git(repository, "rev-parse", "HEAD") == head
    done = odw("apply", "latest")
    assert done.stdout == "[apply] nothing to do: the working tree has it all (3 patches, 0 files)\n"


def test_conflicts_exit_1_and_name_files_and_calls(odw: Run, odw_process: Run, repository: Path) -> None:
    run(
        odw_process,
        ("one", "a.txt", LINES.replace("line 4", "one way")),
        ("two", "a.txt", LINES.replace("line 4", "another")),
    )
    done = odw("apply", "latest")
    assert (done.returncode, done.stdout) == (
        1,
        "[apply] conflict: a.txt: both sides changed the same lines\n"
        "          between p0[0]/a0 (one) and p0[1]/a0 (two)\n"
        "[apply] 1 conflict: nothing was changed. With --3way conflicts are left in the files, with markers\n",
    )
    assert (repository / "a.txt").read_text() == LINES
    done = odw("apply", "latest", "--json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["ok"], report["written"]) == (1, False, False)
    assert report["conflicts"] == [
        {
            "path": "a.txt",
            "reason": "both sides changed the same lines",
            "calls": ["p0[0]/a0 (one)", "p0[1]/a0 (two)"],
        }
    ]
    done = odw("apply", "latest", "two")
    assert (done.returncode, done.stdout) == (0, "[apply] modified a.txt\n[apply] applied: 1 patch, 1 file\n")
    done = odw("apply", "latest", "p0[0]/a0", "--3way")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (
        1,
        "[apply] 1 conflict: marked in the files; what has no markers was left as it is",
    )
    assert (
        "<<<<<<< your tree\nanother\n=======\none way\n>>>>>>> p0[0]/a0 (one)\n"
        in (repository / "a.txt").read_text()
    )


def test_a_call_that_went_out_of_bounds_is_applied_only_by_name(
    odw: Run, odw_process: Run, repository: Path
) -> None:
    run(odw_process, ("in", "ok.txt", "ok\n"), ("out", "bad.txt", "bad\n", {"allowPaths": ["src/**"]}))
    done = odw("apply", "latest")
    assert (done.returncode, done.stdout) == (0, "[apply] added ok.txt\n[apply] applied: 1 patch, 1 file\n")
    assert "left out, since the call failed: p0[1]/a0 (out)" in done.stderr
    assert not (repository / "bad.txt").exists()
    assert odw("apply", "latest", "out").returncode == 0
    assert (repository / "bad.txt").read_text() == "bad\n"


def test_nothing_changed(odw: Run, odw_process: Run, repository: Path) -> None:
    run(odw_process, ("one", "a.txt", LINES))
    done = odw("apply", "latest")
    assert (done.returncode, done.stdout) == (0, "[apply] no call of the run changed anything\n")


def test_a_run_without_worktrees_has_nothing_to_apply(odw: Run, tmp_path: Path) -> None:
    """Not even a repository is needed to say so."""
    (tmp_path / "a.js").write_text(META + "await agent('x')\n")
    odw("exec", "a.js", "--backend", "mock", "--json", "--no-report", "--run-id", "r1")
    done = odw("apply", "r1")
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "[apply] no call of the run changed anything\n",
        "",
    )
    refused = odw("apply", "r1", "1")
    assert refused.returncode == 2
    assert "  No call of the run changed anything in a worktree.\n" in refused.stderr


def test_wrong_usage(odw: Run, odw_process: Run, repository: Path) -> None:
    done = odw("apply", "latest")
    assert (done.returncode, "there are no runs" in done.stderr) == (2, True)
    run(odw_process, ("one", "new.txt", "x\n"))
    done = odw("apply", "latest", "nobody")
    assert done.returncode == 2
    assert "no call 'nobody' with a changed worktree in this run" in done.stderr
    assert "There are: p0[0]/a0 (one)" in done.stderr
    patch = next((repository / ".odw" / "runs" / "latest" / "nodes").glob("*.patch"))
    patch.write_bytes(patch.read_bytes() + b"x")
    done = odw("apply", "latest")
    assert (done.returncode, "was altered since it was recorded" in done.stderr) == (2, True)
    (repository / ".git").rename(repository / ".not-git")
    done = odw("apply", "latest")
    assert (done.returncode, "is not in a git repository" in done.stderr) == (2, True)
    assert "start odw there, or name it with --path" in done.stderr


def test_a_resumed_run_applies_what_its_last_session_says(
    odw: Run, odw_process: Run, repository: Path
) -> None:
    run(odw_process, ("one", "one.txt", "1\n"), ("two", "two.txt", "2\n"))
    files = [("one", "one.txt", "1\n"), ("two", "two.txt", "edited\n")]
    done = odw_process("resume", "latest", "--args", json.dumps(files), "--no-report")
    assert done.returncode == 0, done.stderr
    done = odw("apply", "latest", "--json")
    assert [call["path"] for call in json.loads(done.stdout)["calls"]] == ["p0[0]/a0", "p0[1]/a0"]
    assert ((repository / "one.txt").read_text(), (repository / "two.txt").read_text()) == ("1\n", "edited\n")
