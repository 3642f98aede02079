"""Where worktrees cannot be had: a clear error each time, of the category that is not retried."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from worktree_case import Bench, commit, leftovers, make_repository, sh, state, write

from odw.errors import ExecutorError
from odw.runtime import git as git_module


def nothing(where: Path) -> Path:
    where.mkdir()
    return where


def unborn(where: Path) -> Path:
    where.mkdir()
    sh(where, "init", "-q")
    return where


def bare(where: Path) -> Path:
    where.mkdir()
    sh(where, "init", "-q", "--bare")
    return where


def inside_git_dir(where: Path) -> Path:
    return make_repository(where) / ".git"


def with_submodule(where: Path) -> Path:
    other = make_repository(where.parent / "other")
    make_repository(where)
    sh(where, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other), "libs/other")
    commit(where)
    return where


def with_lfs(where: Path) -> Path:
    make_repository(
        where, {".gitattributes": "*.psd filter=lfs diff=lfs merge=lfs -text\n", "art/x.psd": "pointer\n"}
    )
    return where


def with_lfs_in_info(where: Path) -> Path:
    make_repository(where, {"x.psd": "pointer\n"})
    write(where, ".git/info/attributes", "*.psd filter=lfs\n")
    return where


def with_branch_named_odw(where: Path) -> Path:
    make_repository(where)
    sh(where, "branch", "odw")
    return where


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (nothing, "is not in a git repository; run `git init` and commit"),
        (unborn, "has no commit yet"),
        (bare, "is in a bare repository"),
        (inside_git_dir, "is inside a .git directory"),
        (with_submodule, "has submodules (libs/other)"),
        (with_lfs, "keeps files in git-lfs (art/x.psd)"),
        (with_lfs_in_info, "keeps files in git-lfs (x.psd)"),
        (with_branch_named_odw, "there is a branch named odw"),
    ],
)
async def test_a_clear_error(tmp_path: Path, make: Callable[[Path], Path], said: str) -> None:
    project = make(tmp_path / "r")
    for dirty in (False, True):
        with pytest.raises(ExecutorError) as caught:
            await Bench(project).worktrees.open("a0", dirty)
        assert said in caught.value.message
        assert 'isolation "worktree": ' in caught.value.message
        assert (caught.value.category, caught.value.retryable) == ("configuration", False)
    if make not in (nothing, unborn, bare, inside_git_dir):
        assert leftovers(project) == []


async def test_a_submodule_that_is_only_staged_matters_to_a_dirty_worktree(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "r")
    other = make_repository(tmp_path / "other")
    sh(repository, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other))
    _, result = await Bench(repository).change(lambda root: None)
    assert result.failure is None
    with pytest.raises(ExecutorError, match="has submodules"):
        await Bench(repository).worktrees.open("a1", dirty=True)


async def test_attributes_that_name_lfs_but_match_no_file_are_fine(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "r", {".gitattributes": "*.psd filter=lfs -text\n", "a": "a\n"})
    sh(repository, "config", "filter.lfs.clean", "false")
    sh(repository, "config", "filter.lfs.required", "true")
    _, result = await Bench(repository).change(lambda root: write(root, "new.psd", b"\0raw"))
    assert ([f["path"] for f in result.files], result.failure) == (["new.psd"], None)


async def test_git_missing_or_too_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = make_repository(tmp_path / "r")
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    with pytest.raises(ExecutorError, match="git is not installed") as caught:
        await Bench(repository).worktrees.open("a0")
    assert caught.value.category == "configuration"
    write(programs, "git", "#!/bin/sh\necho git version 2.29.3\n").chmod(0o755)
    with pytest.raises(ExecutorError, match=r"worktrees need git 2\.30 or newer, found 2\.29\.3$"):
        await Bench(repository).worktrees.open("a0")


async def test_a_directory_that_cannot_be_written(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "r")
    bench = Bench(repository)
    (repository / ".odw" / "worktrees").write_text("a file\n")
    before = state(repository)
    with pytest.raises(ExecutorError, match=r"cannot create .*worktrees") as caught:
        await bench.worktrees.open("a0")
    assert caught.value.category == "configuration"
    assert state(repository) == before


async def test_the_parents_git_variables_do_not_reach_git(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """odw inside a git hook, where GIT_DIR and GIT_INDEX_FILE name the repository of the hook."""
    repository = make_repository(tmp_path / "r")
    other = make_repository(tmp_path / "other", {"x": "x\n"})
    before = state(other), state(repository)
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git" / "index"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    _, result = await Bench(repository).change(lambda root: write(root, "a.txt", "changed\n"), dirty=True)
    assert [f["path"] for f in result.files] == ["a.txt"]
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name)
    assert (state(other), state(repository)) == before


async def test_hooks_do_not_run(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "r")
    for hook in ("post-checkout", "reference-transaction", "post-index-change"):
        write(repository, f".git/hooks/{hook}", f"#!/bin/sh\ntouch {tmp_path}/ran\nexit 1\n").chmod(0o755)
    _, result = await Bench(repository).change(lambda root: write(root, "a.txt", "x\n"), dirty=True)
    assert result.failure is None
    assert not (tmp_path / "ran").exists()


async def test_a_lock_that_goes_away_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = make_repository(tmp_path / "r")
    lock = repository / ".git" / "refs" / "heads" / "main.lock"
    lock.touch()
    pauses = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            lock.unlink()

    monkeypatch.setattr(git_module.trio, "sleep", sleep)
    await git_module.git("update-ref", "refs/heads/main", "HEAD~0", "HEAD", cwd=str(repository))
    assert pauses == [0.05, 0.1]
    lock.touch()
    with pytest.raises(git_module.GitError, match=r"failed 6 times on a lock file: .*main\.lock") as caught:
        await git_module.git("update-ref", "-d", "refs/heads/main", cwd=str(repository))
    assert (caught.value.category, caught.value.retryable) == ("transient", True)
