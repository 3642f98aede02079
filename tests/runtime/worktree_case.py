"""Tiny repositories, and what of them must stay byte-identical."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from odw.runtime.git import git_environment
from odw.runtime.worktree import Worktree, WorktreeResult, Worktrees

RUN = "20261121-034012-123-9f3a1b"


def sh(where: Path, *argv: str, stdin: bytes | None = None) -> str:
    """Run git as a user would, with the settings of nobody; returns what it prints."""
    env = {
        **git_environment(),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_DATE": "2026-01-01T00:00:00Z",
        "GIT_COMMITTER_DATE": "2026-01-01T00:00:00Z",
    }
    done = subprocess.run(["git", *argv], cwd=where, env=env, input=stdin, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode("utf-8", "surrogateescape")


def write(where: Path, name: str, content: str | bytes) -> Path:
    path = where / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def commit(where: Path, message: str = "more") -> None:
    sh(where, "add", "-A")
    sh(where, "commit", "-q", "-m", message)


def make_repository(where: Path, files: dict[str, str | bytes] | None = None) -> Path:
    where.mkdir(parents=True, exist_ok=True)
    sh(where, "init", "-q", "-b", "main")
    for name, content in (files or {"a.txt": "one\ntwo\nthree\n", "src/b.py": "b = 1\n"}).items():
        write(where, name, content)
    commit(where, "first")
    return where


class Bench:
    """The worktrees of one run in ``project``, whose run directory is real."""

    def __init__(self, project: Path, keep: bool = False, run: str = RUN) -> None:
        self.project = project
        self.run_dir = project / ".odw" / "runs" / run
        (self.run_dir / "nodes").mkdir(parents=True, exist_ok=True)
        (project / ".odw" / ".gitignore").write_text("*\n")
        self.worktrees = Worktrees(str(project), run, str(self.run_dir), self.store, keep)

    def store(self, data: bytes, suffix: str) -> str:
        name = f"nodes/{hashlib.sha256(data).hexdigest()}{suffix}"
        (self.run_dir / name).write_bytes(data)
        return name

    def patch(self, result: WorktreeResult) -> bytes:
        assert result.patch is not None
        return (self.run_dir / result.patch).read_bytes()

    async def change(
        self, work: Callable[[Path], object], node: str = "a0", dirty: bool = False
    ) -> tuple[Worktree, WorktreeResult]:
        """Open a worktree, let ``work`` be the agent in it, close it."""
        worktree = await self.worktrees.open(node, dirty)
        work(Path(worktree.cwd))
        return worktree, await self.worktrees.close(worktree)


def state(repository: Path) -> dict[str, str]:
    """A hash of each thing of the user's: index, HEAD, settings, references other than ours, stash, files."""
    common = repository / sh(repository, "rev-parse", "--git-common-dir").strip()
    own = Path(sh(repository, "rev-parse", "--absolute-git-dir").strip())
    found = {
        "refs": "\n".join(
            line for line in sh(repository, "for-each-ref").splitlines() if "\trefs/heads/odw/" not in line
        ),
        "stash": sh(repository, "stash", "list"),
        "status": sh(repository, "-c", "core.fsmonitor=false", "status", "--porcelain=v2", "--branch"),
    }
    for path in (own / "index", own / "HEAD", own / "logs/HEAD", common / "config", common / "packed-refs"):
        found[path.name] = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "none"
    root = Path(sh(repository, "rev-parse", "--show-toplevel").strip())
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if name.split("/")[0] == ".git" or ".odw" in name.split("/"):
            continue
        entry = path.lstat()
        content = str(path.readlink()) if path.is_symlink() else path.read_bytes() if path.is_file() else b""
        found[f"file {name}"] = (
            f"{entry.st_mode:o} {entry.st_mtime_ns if not path.is_dir() else ''} {content!r}"
        )
    return found


def leftovers(repository: Path) -> list[str]:
    """Worktrees and administrative entries of ours that are still there."""
    common = repository / sh(repository, "rev-parse", "--git-common-dir").strip()
    entries = common / "worktrees"
    place = repository / ".odw" / "worktrees"
    found = [f"entry {path.name}" for path in entries.iterdir()] if entries.is_dir() else []
    found += [path.name for path in place.iterdir() if path.name != ".lock"] if place.is_dir() else []
    return sorted(found)


def branches(repository: Path) -> list[str]:
    return sh(repository, "for-each-ref", "--format=%(refname:short)", "refs/heads/odw/").split()
