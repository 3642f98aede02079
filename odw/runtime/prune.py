"""Old runs removed: their directories, and what their worktrees left in the repository.

A run that a process drives is never touched. The journal's lock is held while a run is removed, so that no resume begins on
a directory that is half gone.
"""

from __future__ import annotations

import glob
import os
import re
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from odw.errors import ExecutorError, UsageError
from odw.runtime.git import git
from odw.runtime.journal.lock import lock
from odw.runtime.repository import Repository, find_repository
from odw.runtime.run_store import JOURNAL, RunSummary
from odw.runtime.worktree_orphans import (
    BRANCHES,
    WORKTREES,
    one_at_a_time,
    remove_worktree,
    run_slug,
)

_AGE = re.compile(r"(\d+(?:\.\d+)?)\s*([smhdw])\Z")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
GOING_ON = ("running", "paused")


class Pruned(NamedTuple):
    """What became of one run: ``size`` in bytes; ``refused`` says why it was left, "" if it is gone."""

    run: RunSummary
    size: int
    branches: int = 0
    refused: str = ""


def age_seconds(text: str) -> float:
    """``30d``, ``12h``, ``2w`` as seconds. Raises UsageError."""
    found = _AGE.match(text.strip().lower())
    if found is None:
        raise UsageError(f"expected an age such as 30d, 12h or 2w, found {text!r}")
    return float(found[1]) * _SECONDS[found[2]]


def choose(
    runs: Sequence[RunSummary], keep: int | None, before: str | None, statuses: Iterable[str]
) -> list[RunSummary]:
    """Those of ``runs`` (the newest first) that fit all that is given: not among the newest ``keep``, begun before the moment
    ``before`` (ISO 8601), with one of ``statuses``. Runs that go on are never among them.
    """
    wanted = set(statuses)
    return [
        run
        for number, run in enumerate(runs)
        if run.status not in GOING_ON
        and (keep is None or number >= keep)
        and (before is None or (run.resumed or run.started) < before)
        and (not wanted or run.status in wanted)
    ]


async def prune(project: str, runs: Sequence[RunSummary]) -> list[Pruned]:
    """Remove the runs, one after the other; what cannot be removed is in the result, and keeps nothing else from it."""
    try:
        repository: Repository | None = await find_repository(project)
    except ExecutorError:  # no repository: then there are no worktrees either
        repository = None
    pruned = [await _remove(run, project, repository) for run in runs]
    _mend_latest(Path(project) / ".odw" / "runs")
    return pruned


async def _remove(run: RunSummary, project: str, repository: Repository | None) -> Pruned:
    path = Path(run.path)
    size = size_of(path)
    try:
        descriptor = os.open(path / JOURNAL, os.O_RDWR | os.O_CLOEXEC)
        try:
            if not lock(descriptor):
                return Pruned(run, size, refused="a process drives it")
            branches = (
                await _remove_worktrees(run.run_id, project, repository) if repository is not None else 0
            )
            # out of the list first: a removal that is killed half way leaves no run that looks whole
            doomed = path.with_name(f".removed-{path.name}")
            path.rename(doomed)
            shutil.rmtree(doomed)
        finally:
            os.close(descriptor)
    except (OSError, ExecutorError) as error:
        reason = error.message if isinstance(error, ExecutorError) else error.strerror or str(error)
        return Pruned(run, size, refused=reason)
    return Pruned(run, size, branches)


async def _remove_worktrees(run_id: str, project: str, repository: Repository) -> int:
    """Remove the worktrees that were kept, and the branches of all; returns how many branches."""
    run = run_slug(run_id)
    place = Path(project) / WORKTREES
    place.mkdir(parents=True, exist_ok=True)
    async with one_at_a_time(f"{project}/{WORKTREES}/.lock"):
        for path in sorted(place.glob(f"{glob.escape(run)}.*")):
            await remove_worktree(repository.common_dir, str(path))
        found = await git(
            "for-each-ref", "--format=%(refname)", f"refs/heads/{BRANCHES}{run}/", cwd=repository.root
        )
        branches = found.out.split()
        if branches:
            orders = b"".join(b"delete %s\n" % branch for branch in branches)
            await git("update-ref", "--stdin", cwd=repository.root, stdin=orders)
    return len(branches)


def size_of(path: Path) -> int:
    """Bytes of all files below a directory."""
    total = 0
    for folder, _, names in os.walk(path):
        for name in names:
            try:
                total += os.lstat(os.path.join(folder, name)).st_size  # noqa: PTH118
            except OSError:
                continue
    return total


def _mend_latest(runs: Path) -> None:
    """``latest`` must not point at a run that is gone."""
    link = runs / "latest"
    try:
        if not link.is_symlink() or link.exists():
            return
        link.unlink()
        names = sorted(entry.name for entry in runs.iterdir() if (entry / JOURNAL).is_file())
        if names:
            link.symlink_to(names[-1])
    except OSError:
        return
