"""Worktrees that killed runs left behind: which are ours, and how they go.

``git worktree prune`` is not the way: it leaves entries whose making was cut off (``locked initializing``), and it would take the user's own
worktrees that are on a disk not mounted now. Ours are known by their name ``<run>.<node>`` in ``.odw/worktrees``; a run is dead when
nobody holds the lock of its journal. One process cleans at a time, so that a run which is resumed meanwhile loses nothing.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, NamedTuple

import trio

from odw.errors import ExecutorError
from odw.runtime.git import git
from odw.runtime.journal.lock import is_locked, lock
from odw.runtime.repository import Repository

WORKTREES = ".odw/worktrees"
BRANCHES = "odw/"
KEPT = "odw-kept"  # a file in the administrative directory of a worktree that is to stay
_WAIT_S = 0.02
_PATIENCE_S = 30.0


class Orphan(NamedTuple):
    """A worktree of a dead run."""

    run: str
    node: str
    path: str

    @property
    def branch(self) -> str:
        return f"{BRANCHES}{self.run}/{self.node}"


async def remove_orphans(repository: Repository, project: str, own_run: str) -> list[str]:
    """Remove the worktrees of dead runs of ``project``, and what earlier sessions of ``own_run`` left; returns their paths.

    What cannot be removed stays for the next time.
    """
    async with one_at_a_time(f"{project}/{WORKTREES}/.lock"):
        orphans = find_orphans(repository, project, own_run)
        for orphan in orphans:
            with trio.move_on_after(_PATIENCE_S):  # git may have outlived its run, and be writing still
                async with directory_lock(orphan.path):
                    pass
            await remove_worktree(repository.common_dir, orphan.path)
        doomed = [orphan.branch for orphan in orphans]
        doomed += await _empty_branches(repository, project, own_run)
        if doomed:
            lines = "".join(f"delete refs/heads/{branch}\n" for branch in dict.fromkeys(doomed))
            with suppress(ExecutorError):
                await git("update-ref", "--stdin", cwd=repository.root, stdin=os.fsencode(lines))
    return [orphan.path for orphan in orphans]


def find_orphans(repository: Repository, project: str, own_run: str) -> list[Orphan]:
    """What is ours, is not to be kept, and whose run is dead."""
    place = f"{project}/{WORKTREES}"
    entries = f"{repository.common_dir}/worktrees"
    alive = _runs(project)
    runs = {*alive, own_run}
    found: dict[str, Orphan] = {}
    kept = set()
    for name in _listed(entries):
        path = _path_of(f"{entries}/{name}")
        if path is None:  # cut off before git wrote down where: the name tells
            path = f"{place}/{name}" if name.partition(".")[0] in runs else ""
        if os.path.dirname(path) != place:  # noqa: PTH120
            continue
        if os.path.lexists(f"{entries}/{name}/{KEPT}"):
            kept.add(path)
        else:
            found[path] = _orphan(path)
    for name in _listed(place):
        path = f"{place}/{name}"
        if _is_name(name) and path not in kept:
            found.setdefault(path, _orphan(path))
    return [orphan for orphan in found.values() if orphan.run == own_run or not alive.get(orphan.run)]


async def remove_worktree(common_dir: str, path: str) -> None:
    """Remove the worktree at ``path`` and its administrative directory, locked or half made as they may be.

    By hand, as ``git worktree remove`` does it: that command stops at any entry, ours or not, that git was killed over while writing it.
    Quiet: what resists is left to the next run.
    """
    with suppress(OSError):
        await trio.run_process(["rm", "-rf", "--", path], check=False, capture_stderr=True)
    entry = f"{common_dir}/worktrees/{os.path.basename(path)}"  # noqa: PTH119
    if os.path.lexists(path):
        await trio.to_thread.run_sync(delete_tree, path)
    if not os.path.lexists(path) and _path_of(entry) in (path, None):
        delete_tree(entry)
        with suppress(OSError):  # as git: the last one takes the directory with it
            os.rmdir(os.path.dirname(entry))  # noqa: PTH106, PTH120


def delete_tree(path: str) -> None:
    """Delete a directory with all that is in it, also below directories that are read-only."""

    def make_writable(function: Callable[..., Any], name: str, error: Any) -> None:
        with suppress(OSError):
            os.chmod(os.path.dirname(name), stat.S_IRWXU)  # noqa: PTH101, PTH120
            if os.path.isdir(name) and not os.path.islink(name):  # noqa: PTH112, PTH114
                os.chmod(name, stat.S_IRWXU)  # noqa: PTH101
                shutil.rmtree(name, ignore_errors=True)
            else:
                function(name)

    shutil.rmtree(path, onerror=make_writable)


async def _empty_branches(repository: Repository, project: str, own_run: str) -> list[str]:
    """Branches of dead runs that hold nothing of their own and are checked out nowhere: killed before their worktree was made."""
    merged = await git(
        "for-each-ref", "--merged", "HEAD", "--format=%(refname) %(worktreepath)", f"refs/heads/{BRANCHES}",
        cwd=repository.root,
    )  # fmt: skip
    runs = _runs(project)
    found = []
    for line in os.fsdecode(merged.out).splitlines():
        name, _, checked_out = line.partition(" ")
        branch = name.removeprefix("refs/heads/")
        run = branch.removeprefix(BRANCHES).partition("/")[0]
        if not checked_out and (run == own_run or runs.get(run) is False):
            found.append(branch)
    return found


def _runs(project: str) -> dict[str, bool]:
    """The runs of a project, as names of worktrees have them, and whether a process drives each."""
    place = f"{project}/.odw/runs"
    return {run_slug(name): is_locked(f"{place}/{name}/events.jsonl") for name in _listed(place)}


def slug(text: str) -> str:
    """A call path as part of a branch's and a file's name: ``l0[3.1]/a0`` → ``l0.3.1-a0``."""
    text = text.replace("/", "-").replace("[", ".").replace("]", "")
    return re.sub(r"\.{2,}", ".", re.sub(r"[^A-Za-z0-9.-]", "_", text)).strip(".-") or "_"


def run_slug(run_id: str) -> str:
    """A run's id as the same, without a dot: the first one in a name ends it."""
    return slug(run_id).replace(".", "_")


def _is_name(name: str) -> bool:
    run, dot, node = name.partition(".")
    return bool(run and dot and node)


def _orphan(path: str) -> Orphan:
    run, _, node = os.path.basename(path).partition(".")  # noqa: PTH119
    return Orphan(run, node, path)


def _path_of(entry: str) -> str | None:
    """Where the worktree of an administrative directory is; None if git did not come to write it."""
    try:
        with open(f"{entry}/gitdir", encoding="utf-8", errors="surrogateescape") as file:  # noqa: PTH123
            return os.path.dirname(file.read().rstrip("\n")) or None  # noqa: PTH120
    except OSError:
        return None


def _listed(directory: str) -> list[str]:
    try:
        return sorted(os.listdir(directory))  # noqa: PTH208
    except OSError:
        return []


@asynccontextmanager
async def one_at_a_time(path: str) -> AsyncIterator[int]:
    """Hold the lock of a file, which is made if need be; gives the descriptor."""
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    async with _locked(fd):
        yield fd


@asynccontextmanager
async def directory_lock(path: str) -> AsyncIterator[int | None]:
    """Hold the lock of a directory itself; gives the descriptor, or None if there is no such directory."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        yield None
        return
    async with _locked(fd):
        yield fd


@asynccontextmanager
async def _locked(fd: int) -> AsyncIterator[None]:
    try:
        while not lock(fd):
            await trio.sleep(_WAIT_S)
        yield
    finally:
        os.close(fd)
