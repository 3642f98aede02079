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


class Orphan(NamedTuple):
    """A worktree of a dead run. ``entry`` is its administrative directory, "" if it has none."""

    run: str
    node: str
    path: str
    entry: str

    @property
    def branch(self) -> str:
        return f"{BRANCHES}{self.run}/{self.node}"


async def remove_orphans(repository: Repository, project: str, own_run: str) -> list[str]:
    """Remove the worktrees of dead runs of ``project``, and what earlier sessions of ``own_run`` left; returns their paths.

    What cannot be removed stays for the next time.
    """
    async with _one_at_a_time(f"{project}/{WORKTREES}/.lock"):
        orphans = find_orphans(repository, project, own_run)
        for orphan in orphans:
            await remove_worktree(repository.root, orphan.path, orphan.entry)
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
            found[path] = _orphan(path, f"{entries}/{name}")
    for name in _listed(place):
        path = f"{place}/{name}"
        if _is_name(name) and path not in kept:
            found.setdefault(path, _orphan(path, ""))
    return [orphan for orphan in found.values() if orphan.run == own_run or not alive.get(orphan.run)]


async def remove_worktree(root: str, path: str, entry: str = "") -> None:
    """Remove a worktree, locked or half made as it may be. Quiet: what resists is left to the next run."""
    try:
        await git("worktree", "remove", "--force", "--force", path, cwd=root)
    except ExecutorError:  # half made, or with files that git may not delete
        await trio.to_thread.run_sync(delete_tree, path)
        with suppress(ExecutorError):
            await git("worktree", "remove", "--force", "--force", path, cwd=root)
        if entry and not os.path.lexists(path):
            await trio.to_thread.run_sync(delete_tree, entry)


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


def _orphan(path: str, entry: str) -> Orphan:
    run, _, node = os.path.basename(path).partition(".")  # noqa: PTH119
    return Orphan(run, node, path, entry)


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
async def _one_at_a_time(path: str) -> AsyncIterator[None]:
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        while not lock(fd):
            await trio.sleep(_WAIT_S)
        yield
    finally:
        os.close(fd)
