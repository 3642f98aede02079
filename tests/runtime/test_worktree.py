"""Worktrees: what a call gets, what comes back, and that the user's repository stays as it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import trio
from worktree_case import RUN, Bench, branches, commit, leftovers, make_repository, sh, state, write

from odw.runtime.worktree_patch import DIFF_LIMIT


async def test_unchanged_leaves_nothing(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "r")
    before = state(repository)
    bench = Bench(repository)
    worktree = await bench.worktrees.open("w0/p1[3]/a2")
    assert worktree.branch == f"odw/{RUN}/w0-p1.3-a2"
    assert worktree.base == sh(repository, "rev-parse", "HEAD").strip()
    assert (Path(worktree.cwd) / "src" / "b.py").read_text() == "b = 1\n"
    assert sh(Path(worktree.cwd), "branch", "--show-current").strip() == worktree.branch
    result = await bench.worktrees.close(worktree)
    assert result.to_json() == {"changed": False, "files": [], "diff": "", "branch": None, "patch": None}
    assert (leftovers(repository), branches(repository)) == ([], [])
    assert state(repository) == before


def every_kind(root: Path) -> None:
    """All that a file can go through."""
    write(root, "new dir/übung.txt", "new\n")
    write(root, "a.txt", "one\n2\nthree\n")
    (root / "gone.txt").unlink()
    (root / "old.py").rename(root / "src" / "renamed.py")
    write(root, "picture.bin", bytes(range(256)) * 40)
    (root / "run.sh").chmod(0o755)
    (root / "link").symlink_to("a.txt")
    write(root, "debug.log", "ignored\n")
    write(root, "node_modules/x/index.js", "x\n")
    write(root, ".pandacode/log", "x\n")
    write(root, "src/.odw/x", "x\n")
    (root / "src" / "node_modules").symlink_to("elsewhere")
    (root / "file-to-dir").unlink()
    write(root, "file-to-dir/inside", "x\n")
    write(root, "crlf.txt", b"a\r\nb\r\n")
    write(root, "no newline", "end")
    write(root, "empty", "")
    write(root, 'tab\tand "quotes"', "x\n")


FILES: dict[str, str | bytes] = {
    "a.txt": "one\ntwo\nthree\n",
    "src/b.py": "b = 1\n",
    "gone.txt": "gone\n",
    "old.py": "".join(f"line {i}\n" for i in range(30)),
    "picture.bin": bytes(range(256)) * 39,
    "run.sh": "#!/bin/sh\n",
    "file-to-dir": "a file\n",
    ".gitignore": "*.log\n",
}


async def test_every_kind_of_change_is_in_the_patch(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "r", FILES)
    other = tmp_path / "other"
    sh(tmp_path, "clone", "-q", str(repository), str(other))
    before = state(repository)
    bench = Bench(repository)
    _, result = await bench.change(every_kind)
    assert result.failure is None
    assert sorted((f["status"], f["path"], f.get("from")) for f in result.files) == sorted(
        [
            ("added", "crlf.txt", None),
            ("added", "empty", None),
            ("added", "file-to-dir/inside", None),
            ("added", "link", None),
            ("added", "new dir/übung.txt", None),
            ("added", "no newline", None),
            ("added", 'tab\tand "quotes"', None),
            ("deleted", "file-to-dir", None),
            ("deleted", "gone.txt", None),
            ("modified", "a.txt", None),
            ("modified", "picture.bin", None),
            ("modified", "run.sh", None),
            ("renamed", "src/renamed.py", "old.py"),
        ]
    )
    assert "Binary files differ" in result.diff
    assert "literal" not in result.diff and b"GIT binary patch" in bench.patch(result)
    assert state(repository) == before
    assert (leftovers(repository), branches(repository)) == ([], [result.branch])
    # git itself takes the patch, and what comes out are the agent's files
    sh(other, "apply", "--index", "-", stdin=bench.patch(result))
    assert (other / "picture.bin").read_bytes() == bytes(range(256)) * 40
    assert str((other / "link").readlink()) == "a.txt"
    assert os.access(other / "run.sh", os.X_OK)
    assert (other / "crlf.txt").read_bytes() == b"a\r\nb\r\n"
    assert sh(other, "write-tree") == sh(repository, "rev-parse", f"{result.branch}^{{tree}}")


async def test_commits_of_the_agent_count(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "r")
    bench = Bench(repository)

    def work(root: Path) -> None:
        write(root, "c.txt", "committed\n")
        commit(root, "agent's own")
        write(root, "d.txt", "not committed\n")
        (root / "a.txt").unlink()
        sh(root, "add", "-A")

    _, result = await bench.change(work)
    assert [(f["path"], f["status"]) for f in result.files] == [
        ("a.txt", "deleted"),
        ("c.txt", "added"),
        ("d.txt", "added"),
    ]
    subjects = sh(repository, "log", "--format=%s", str(result.branch)).splitlines()
    assert subjects == ["odw: a0", "agent's own", "first"]


async def test_dirty_starts_from_the_files_as_they_are(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "r", FILES)
    write(repository, "a.txt", "staged\n")
    sh(repository, "add", "a.txt")
    write(repository, "a.txt", "not staged\n")
    write(repository, "untracked file", "u\n")
    write(repository, "x.log", "ignored\n")
    (repository / "gone.txt").unlink()
    (repository / "run.sh").chmod(0o755)
    before = state(repository)
    bench = Bench(repository)
    seen: dict[str, object] = {}

    def work(root: Path) -> None:
        seen.update(
            a=(root / "a.txt").read_text(),
            untracked=(root / "untracked file").read_text(),
            there=sorted(p.name for p in root.iterdir() if p.name in ("x.log", "gone.txt")),
            executable=os.access(root / "run.sh", os.X_OK),
        )
        write(root, "a.txt", "agent\n")

    worktree, result = await bench.change(work, dirty=True)
    assert seen == {"a": "not staged\n", "untracked": "u\n", "there": [], "executable": True}
    assert [f["path"] for f in result.files] == ["a.txt"]
    assert "-not staged\n+agent\n" in result.diff
    assert sh(repository, "rev-parse", f"{worktree.base}^") == sh(repository, "rev-parse", "HEAD")
    assert state(repository) == before
    _, clean = await bench.change(lambda root: seen.update(a=(root / "a.txt").read_text()), "a1")
    assert (clean.changed, seen["a"]) == (False, "one\ntwo\nthree\n")


async def test_the_project_may_be_a_subdirectory(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "r", {"packages/app/src/x.py": "x\n", "other/y.py": "y\n"})
    project = repository / "packages" / "app"
    before = state(repository)
    bench = Bench(project)

    def work(cwd: Path) -> None:
        assert (cwd / "src" / "x.py").read_text() == "x\n"
        write(cwd, "src/x.py", "xx\n")
        write(cwd, "../../other/y.py", "yy\n")

    worktree = await bench.worktrees.open("a0")
    assert worktree.cwd == f"{worktree.path}/packages/app"
    work(Path(worktree.cwd))
    result = await bench.worktrees.close(worktree, allow=["src/**"])
    assert [f["path"] for f in result.files] == ["../../other/y.py", "src/x.py"]
    assert result.failure is not None and "../../other/y.py (not in allowPaths)" in result.failure.message
    assert state(repository) == before
    # a project that HEAD does not know
    fresh = repository / "fresh"
    fresh.mkdir()
    worktree = await Bench(fresh).worktrees.open("a0")
    assert Path(worktree.cwd).is_dir() and worktree.cwd.endswith("/fresh")


async def test_discard_keeps_nothing(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "r")
    before = state(repository)
    bench = Bench(repository)
    worktree = await bench.worktrees.open("a0")
    write(Path(worktree.cwd), "x", "x\n")
    commit(Path(worktree.cwd))
    with trio.CancelScope() as scope:
        scope.cancel()
        with trio.CancelScope(shield=True):
            await bench.worktrees.discard(worktree)
    assert (leftovers(repository), branches(repository)) == ([], [])
    await bench.worktrees.discard(worktree)  # a second time does no harm
    assert state(repository) == before


async def test_allowed_and_forbidden_paths(tmp_path: Path) -> None:
    repository = make_repository(
        tmp_path / "r", {"old/a.txt": "".join(f"{i}\n" for i in range(9)), "src/b.py": "b\n"}
    )
    bench = Bench(repository)

    async def judge(allow: list[str], forbid: list[str]) -> str:
        worktree = await bench.worktrees.open("a0")
        root = Path(worktree.cwd)
        (root / "old" / "a.txt").rename(root / "src" / "a.txt")
        result = await bench.worktrees.close(worktree, allow, forbid)
        assert result.patch is not None and bench.patch(result)
        return result.failure.message if result.failure else ""

    assert await judge(["src", "old/*.txt"], ["*.py"]) == ""
    message = await judge(["src/**"], [])  # the name that a rename leaves counts
    assert message.startswith(
        "the agent changed what it may not: old/a.txt (not in allowPaths); its patch is nodes/"
    )
    assert "src/a.txt (forbidPaths has **/a.{txt,md})" in await judge([], ["**/a.{txt,md}"])


async def test_detached_head_and_a_worktree_of_the_users(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "r")
    sh(repository, "checkout", "-q", "--detach")
    users = tmp_path / "users"
    sh(repository, "worktree", "add", "-q", str(users), "-b", "users")
    write(users, "there.txt", "there\n")
    commit(users)
    for where in (repository, users):
        before = state(repository), state(users)
        worktree, result = await Bench(where).change(lambda root: write(root, "a.txt", "x\n"), dirty=True)
        assert worktree.path.startswith(str(where))
        assert [f["path"] for f in result.files] == ["a.txt"]
        assert (state(repository), state(users)) == before
    inside = sh(repository, "ls-tree", "--name-only", str(result.branch)).split()
    assert "there.txt" in inside


async def test_a_lock_on_the_users_index_is_no_obstacle(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "r")
    write(repository, "a.txt", "mine\n")
    before = state(repository)
    (repository / ".git" / "index.lock").touch()
    worktree, result = await Bench(repository).change(lambda root: write(root, "x", "x\n"), dirty=True)
    assert (result.failure, [f["path"] for f in result.files]) == (None, ["x"])
    assert sh(repository, "show", f"{worktree.base}:a.txt") == "mine\n"
    (repository / ".git" / "index.lock").unlink()
    assert state(repository) == before


async def test_a_merge_in_progress_stays_in_progress(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "r")
    sh(repository, "checkout", "-q", "-b", "side")
    write(repository, "a.txt", "side\n")
    commit(repository)
    sh(repository, "checkout", "-q", "main")
    write(repository, "a.txt", "main\n")
    commit(repository)
    with pytest.raises(AssertionError):
        sh(repository, "merge", "side")
    before = state(repository)
    worktree, _ = await Bench(repository).change(lambda root: None, dirty=True)
    assert "<<<<<<<" in sh(repository, "show", f"{worktree.base}:a.txt")
    assert state(repository) == before


async def test_a_sparse_checkout_is_sparse_in_the_worktree_too(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "r", {"in/a.txt": "a\n", "out/b.txt": "b\n"})
    sh(repository, "sparse-checkout", "set", "in")
    before = state(repository)

    def work(root: Path) -> None:
        assert not (root / "out").exists()
        write(root, "in/a.txt", "x\n")
        write(root, "out/new.txt", "new\n")

    for number, dirty in enumerate((False, True)):
        _, result = await Bench(repository).change(work, f"a{number}", dirty)
        assert [f["path"] for f in result.files] == ["in/a.txt", "out/new.txt"]
        assert sh(repository, "ls-tree", "-r", "--name-only", str(result.branch)).split() == [
            "in/a.txt",
            "out/b.txt",
            "out/new.txt",
        ]
    assert state(repository) == before


async def test_a_long_diff_is_cut_and_the_patch_is_whole(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "r")
    bench = Bench(repository)
    text = "".join(f"line {i}\n" for i in range(60_000))
    _, result = await bench.change(lambda root: write(root, "long.txt", text))
    assert len(result.diff) < DIFF_LIMIT + 100
    assert result.diff.endswith(" more characters are in the patch file]\n")
    assert b"+line 59999\n" in bench.patch(result)


async def test_settings_of_the_user_do_not_reach_the_patch(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "r", FILES)
    for name, value in (
        ("diff.noprefix", "true"),
        ("diff.external", "false"),
        ("color.ui", "always"),
        ("diff.renames", "false"),
        ("core.quotePath", "true"),
        ("apply.whitespace", "error"),
        ("commit.gpgSign", "true"),
        ("core.fsmonitor", "true"),
        ("core.splitIndex", "true"),
        ("core.untrackedCache", "true"),
    ):
        sh(repository, "config", name, value)
    sh(repository, "update-index", "--split-index")
    before = state(repository)
    bench = Bench(repository)
    _, result = await bench.change(every_kind, dirty=True)
    assert result.failure is None
    assert b"\nrename from old.py\nrename to src/renamed.py\n" in bench.patch(result)
    assert "\ndiff --git a/src/renamed.py" not in result.diff
    assert "--- a/a.txt\n+++ b/a.txt\n" in result.diff
    assert "\x1b" not in result.diff
    assert state(repository) == before
