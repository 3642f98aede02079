"""Killed runs: what they left is found as ours and removed, and nothing else is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import trio
from worktree_case import RUN, Bench, branches, commit, leftovers, make_repository, sh, state, write

from odw.runtime.git import git_environment
from odw.runtime.journal.lock import lock
from odw.runtime.repository import find_repository
from odw.runtime.worktree_orphans import find_orphans

OTHER = "20251231-235959-999-abcdef"

# Opens worktrees for ever; says each time that one is under way.
OPENER = """
import sys, trio
from worktree_case import Bench, Path
from odw.runtime.journal.lock import lock

async def main():
    bench = Bench(Path(sys.argv[1]), run=sys.argv[2])
    journal = open(bench.run_dir / "events.jsonl", "w")
    assert lock(journal.fileno())
    async def one(i):
        await bench.worktrees.open(f"p0[{i}]/a0")
        print(i, flush=True)
    async with trio.open_nursery() as nursery:
        for i in range(15):
            nursery.start_soon(one, i)
        nursery.start_soon(trio.sleep_forever)

trio.run(main)
"""


def opener(repository: Path, run: str) -> subprocess.Popen[bytes]:
    here = Path(__file__)
    path = os.pathsep.join([str(here.parent), str(here.parents[2])])
    return subprocess.Popen(
        [sys.executable, "-c", OPENER, str(repository), run],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
    )


@pytest.mark.parametrize("opened", [0, 1, 4, 9, 15])
async def test_kill_9_in_the_middle_of_15(tmp_path: Path, opened: int) -> None:
    repository = make_repository(tmp_path / "r", {f"f{i}.txt": f"{i}\n" for i in range(50)})
    before = state(repository)
    process = opener(repository, OTHER)
    assert process.stdout is not None
    for _ in range(opened):
        process.stdout.readline()
    process.kill()
    process.wait()
    process.stdout.close()
    bench = Bench(repository)
    worktree = await bench.worktrees.open("a0")
    assert leftovers(repository) == sorted([f"{RUN}.a0", f"entry {RUN}.a0"])
    assert branches(repository) == [f"odw/{RUN}/a0"]
    await bench.worktrees.close(worktree)
    assert (leftovers(repository), branches(repository)) == ([], [])
    assert state(repository) == before


async def test_git_killed_in_the_middle(tmp_path: Path) -> None:
    """kill -9 of git itself at each of its steps leaves ``locked initializing`` entries, which prune would leave."""
    repository = make_repository(tmp_path / "r", {f"f{i}.txt": f"{i}\n" for i in range(200)})
    place = repository / ".odw" / "worktrees"
    place.mkdir(parents=True)
    before = state(repository)
    for i in range(15):
        process = subprocess.Popen(
            ["git", "worktree", "add", "-q", "-b", f"odw/{OTHER}/a{i}", str(place / f"{OTHER}.a{i}"), "HEAD"],
            cwd=repository, env=git_environment(), start_new_session=True, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        entry = repository / ".git" / "worktrees" / f"{OTHER}.a{i}"
        while process.poll() is None:
            if (entry / ("locked" if i % 2 else "HEAD")).exists():
                os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    (repository / ".odw" / "runs" / OTHER).mkdir(parents=True)
    # what even git cannot name any more: an entry that does not say where its worktree is
    broken = repository / ".git" / "worktrees" / f"{OTHER}.a99"
    broken.mkdir(parents=True)
    (broken / "locked").write_text("initializing")
    assert leftovers(repository) != []
    await Bench(repository).change(lambda root: None)
    assert (leftovers(repository), branches(repository)) == ([], [])
    assert state(repository) == before


async def test_only_ours_and_only_of_dead_runs(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "r")
    sh(repository, "worktree", "add", "-q", str(tmp_path / "users"), "-b", "users")
    sh(repository, "worktree", "add", "-q", str(tmp_path / "unplugged"), "-b", "unplugged")
    (tmp_path / "unplugged").rename(tmp_path / "away")
    sh(repository, "branch", f"odw/{RUN}-not-a-run/kept")
    alive, dead = Bench(repository, run="20260101-000000-000-aaaaaa"), Bench(repository, run=OTHER)
    journal = (alive.run_dir / "events.jsonl").open("w")
    assert lock(journal.fileno())
    await alive.worktrees.open("a0")
    await dead.worktrees.open("a1")
    write(Path((await dead.worktrees.open("l0[1.2]/a3")).path), "x", "x\n")
    (dead.run_dir / "events.jsonl").touch()
    await Bench(repository).worktrees.open("a0")
    journal.close()
    names = ["20260101-000000-000-aaaaaa.a0", f"{RUN}.a0"]
    assert leftovers(repository) == sorted([*names, *(f"entry {n}" for n in [*names, "unplugged", "users"])])
    assert branches(repository) == [
        "odw/20260101-000000-000-aaaaaa/a0",
        f"odw/{RUN}-not-a-run/kept",
        f"odw/{RUN}/a0",
    ]
    assert sh(repository, "branch", "--list", "users", "unplugged").split() == [
        "+",
        "unplugged",
        "+",
        "users",
    ]


async def test_kept_worktrees_stay_and_are_clean(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "r")
    bench = Bench(repository, keep=True, run=OTHER)
    worktree, result = await bench.change(lambda root: write(root, "new.txt", "x\n"))
    _, unchanged = await bench.change(lambda root: None, "a1")
    assert result.to_json()["path"] == worktree.path
    assert sh(Path(worktree.path), "status", "--porcelain") == ""
    assert unchanged.to_json()["path"].endswith(f"{OTHER}.a1")
    await Bench(repository).change(lambda root: None)
    assert [name for name in leftovers(repository) if "entry" not in name] == [f"{OTHER}.a0", f"{OTHER}.a1"]
    # nor does a resume of the same run take them, or their names
    resumed = Bench(repository, run=OTHER)
    again = await resumed.worktrees.open("a0")
    assert (Path(worktree.path).exists(), again.branch) == (True, f"odw/{OTHER}/a0-2")


async def test_a_resumed_run_removes_its_own_and_keeps_what_was_changed(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "r")
    first = Bench(repository)
    _, changed = await first.change(lambda root: write(root, "x", "x\n"))
    await first.worktrees.open("a1")
    second = Bench(repository)
    worktree = await second.worktrees.open("a0")
    assert branches(repository) == [f"odw/{RUN}/a0", f"odw/{RUN}/a0-2"]
    assert changed.branch == f"odw/{RUN}/a0"
    await second.worktrees.close(worktree)
    assert leftovers(repository) == []


async def test_cancelled_while_git_runs(tmp_path: Path) -> None:
    """Whatever git was at when it was told to end: no worktree, no branch, no lock file stays."""
    repository = make_repository(tmp_path / "r", {f"d{i % 9}/f{i}.txt": f"{i}\n" for i in range(500)})
    before = state(repository)
    bench = Bench(repository)
    await bench.change(lambda root: None, "first")
    entries = repository / ".git" / "worktrees"

    async def cancel_when(seen: str, scope: trio.CancelScope) -> None:
        while not list(entries.glob(f"*{seen}*")) and not scope.cancel_called:
            await trio.lowlevel.checkpoint()
        scope.cancel()

    for turn, step in enumerate(["/locked", "/gitdir", "/HEAD", "/index.lock", "/index"]):
        with trio.move_on_after(30) as scope:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(cancel_when, f"p{turn}{step}", scope)
                worktree = await bench.worktrees.open(f"p{turn}")
                with trio.CancelScope(shield=True):
                    await bench.worktrees.discard(worktree)
                nursery.cancel_scope.cancel()
        assert (leftovers(repository), branches(repository)) == ([], [])
    assert list((repository / ".git").rglob("*.lock")) == []
    assert state(repository) == before


async def test_twenty_at_once_twice(tmp_path: Path, trio_order: str) -> None:
    repository = make_repository(tmp_path / "r")
    before = state(repository)
    benches = [Bench(repository), Bench(repository, run=OTHER)]
    changed: list[str] = []

    async def one(bench: Bench, i: int) -> None:
        def work(root: Path) -> None:
            if i % 2:
                write(root, f"new{i}.txt", f"{i}\n")

        _, result = await bench.change(work, f"p0[{i}]/a0", dirty=i % 3 == 0)
        assert result.failure is None
        assert [f["path"] for f in result.files] == ([f"new{i}.txt"] if i % 2 else [])
        changed.extend([str(result.branch)] if result.changed else [])

    locks = []
    for bench in benches:
        locks.append((bench.run_dir / "events.jsonl").open("w"))
        assert lock(locks[-1].fileno())
    async with trio.open_nursery() as nursery:
        for bench in benches:
            for i in range(20):
                nursery.start_soon(one, bench, i)
    for journal in locks:
        journal.close()
    assert (leftovers(repository), branches(repository)) == ([], sorted(changed))
    assert len(changed) == 20
    assert state(repository) == before


async def test_what_git_may_not_delete(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "r")
    bench = Bench(repository)

    def work(root: Path) -> None:
        write(root, "node_modules/cache/locked/file", "x\n")
        (root / "node_modules" / "cache" / "locked").chmod(0o500)

    await bench.change(work)
    assert leftovers(repository) == []


async def test_a_worktree_made_unreadable_is_kept_and_named(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "r")
    bench = Bench(repository)
    worktree = await bench.worktrees.open("a0")
    write(Path(worktree.git_dir), "index", "no index\n")
    result = await bench.worktrees.close(worktree)
    assert result.failure is not None
    assert result.failure.message.startswith(
        f"the worktree could not be read and is kept at {worktree.path}: "
    )
    assert result.path == worktree.path
    repo = await find_repository(str(repository))
    assert find_orphans(repo, str(repository), RUN) == []


async def test_the_agent_may_do_what_it_likes_to_its_git(tmp_path: Path) -> None:
    """No ``.git`` file, a repository of its own, nested ones, a locked index, another branch: the files count."""
    repository = make_repository(tmp_path / "r")
    before = state(repository)
    bench = Bench(repository)

    def rogue(root: Path) -> None:
        (root / ".git").unlink()
        sh(root, "init", "-q")
        write(root, "new.txt", "x\n")
        commit(root)

    def nested(root: Path) -> None:
        make_repository(root / "vendored")
        sh(root, "init", "-q", "empty")
        write(root, "empty/file", "x\n")
        write(root, "new.txt", "x\n")

    def switched(root: Path) -> None:
        sh(root, "checkout", "-q", "--detach")
        write(root, "new.txt", "x\n")
        commit(root)
        git_dir = Path(sh(root, "rev-parse", "--absolute-git-dir").strip())
        (git_dir / "index.lock").touch()

    for number, work in enumerate((rogue, nested, switched)):
        _, result = await bench.change(work, f"a{number}")
        assert (result.failure, [f["path"] for f in result.files]) == (None, ["new.txt"])
        assert sorted(result.skipped) == (["empty/", "vendored/"] if work is nested else [])
        assert sh(repository, "show", f"{result.branch}:new.txt") == "x\n"
    assert leftovers(repository) == []
    assert state(repository) == before
