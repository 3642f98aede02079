"""Worktrees: how long it takes to set up, and to take down, those of 40 agents that start at once in a repository of 2,000 files."""

from __future__ import annotations

import hashlib
import os
import subprocess
import tempfile
import time
from pathlib import Path

import trio

from bench.measure import table
from odw.runtime.git import git_environment
from odw.runtime.journal.lock import lock
from odw.runtime.worktree import Worktree, Worktrees

AGENTS = 40
FILES = 2000


def bench_worktrees() -> None:
    """Clean and dirty starts; changed and unchanged ends. The bare cost of as many files in the same place is the yardstick."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("ODW_BENCH_DIR")) as folder:
        repository = _repository(Path(folder) / "repository")
        clean, dirty = Round(repository, "clean", False), Round(repository, "dirty", True)
        seconds = trio.run(_measure, clean, dirty)
        rows = [
            ["from HEAD; each agent changes a file", f"{seconds[0]:.2f}", f"{seconds[2]:.2f}"],
            ["from uncommitted changes; none does", f"{seconds[1]:.2f}", f"{seconds[3]:.2f}"],
            [
                "yardstick: one process writes as many files",
                f"{_write_files(Path(folder) / 'plain'):.2f}",
                "",
            ],
        ]
    table(f"{AGENTS} worktrees of {FILES} files, seconds in all", ["", "set up", "take down"], rows)
    print(
        "  On ext4 the yardstick is slow for minutes after many files were deleted (odw/runtime/block_groups.py)."
    )


class Round:
    """The agents of one run, which all open their worktree at once, and all close it at once."""

    def __init__(self, repository: Path, run: str, dirty: bool) -> None:
        self.opened: list[Worktree] = []
        self._dirty = dirty
        self._run_dir = repository / ".odw" / "runs" / run
        (self._run_dir / "nodes").mkdir(parents=True)
        self._journal = (self._run_dir / "events.jsonl").open("w")
        if not lock(self._journal.fileno()):
            raise SystemExit("the journal of a new run is locked")
        self._worktrees = Worktrees(str(repository), run, str(self._run_dir), self._store, False)

    def _store(self, data: bytes, suffix: str) -> str:
        name = f"nodes/{hashlib.sha256(data).hexdigest()}{suffix}"
        (self._run_dir / name).write_bytes(data)
        return name

    async def open(self) -> float:
        start = time.perf_counter()
        async with trio.open_nursery() as nursery:
            for number in range(AGENTS):
                nursery.start_soon(self._open_one, number)
        return time.perf_counter() - start

    async def _open_one(self, number: int) -> None:
        self.opened.append(await self._worktrees.open(f"p0[{number}]/a0", self._dirty))

    async def close(self) -> float:
        start = time.perf_counter()
        async with trio.open_nursery() as nursery:
            for worktree in self.opened:
                nursery.start_soon(self._worktrees.close, worktree)
        self._journal.close()
        return time.perf_counter() - start


async def _measure(clean: Round, dirty: Round) -> list[float]:
    """Both are opened before one is closed: deleted files would slow down the next."""
    seconds = [await clean.open(), await dirty.open()]
    for worktree in clean.opened:
        (Path(worktree.cwd) / "src" / "d0" / "f0.py").write_text(worktree.node)
    return [*seconds, await clean.close(), await dirty.close()]


def _repository(path: Path) -> Path:
    _some_files(path, FILES)
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "files"], ["gc", "-q"]):
        subprocess.run(["git", *command], cwd=path, env=git_environment(), check=True)
    (path / "src" / "d1" / "f40.py").write_text("changed, not committed\n")
    return path


def _some_files(path: Path, count: int) -> None:
    for number in range(count):
        file = path / "src" / f"d{number // 40}" / f"f{number}.py"
        if number % 40 == 0:
            file.parent.mkdir(parents=True)
        file.write_text(f"# file {number}\n" + f"x = {number}\n" * 100)


def _write_files(path: Path) -> float:
    start = time.perf_counter()
    for agent in range(AGENTS):
        _some_files(path / str(agent), FILES)
    return time.perf_counter() - start
