"""``isolation: "worktree"``: a working tree of its own for each call, on a branch of its own (contract, section 8).

    .odw/worktrees/<run>.<node>     the files; the call's executor works in the project's place inside
    odw/<run>/<node>                the branch; what the agent changed is committed there, an unchanged one is deleted

The user's HEAD, index, stash, files and other branches stay as they are. A call ends with its patch on disk before its worktree
goes; what a killed run left is removed by the next run (``worktree_orphans.py``).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

import trio

from odw.errors import ExecutorError
from odw.runtime.abc import Failure
from odw.runtime.block_groups import spread_subdirectories
from odw.runtime.git import git
from odw.runtime.repository import (
    Repository,
    find_repository,
    refusal,
    refuse_large_files,
    refuse_submodules,
    snapshot_commit,
    snapshot_tree,
)
from odw.runtime.worktree_orphans import (
    BRANCHES,
    KEPT,
    WORKTREES,
    directory_lock,
    one_at_a_time,
    remove_orphans,
    remove_worktree,
    run_slug,
    slug,
)
from odw.runtime.worktree_patch import Collected, collect, file_list, readable_diff, violations

Store = Callable[[bytes, str], str]


class Worktree(NamedTuple):
    """``path``: its top; ``cwd``: the project's place in it; ``base``: the commit that it started from."""

    node: str
    path: str
    cwd: str
    branch: str
    base: str
    git_dir: str


class WorktreeResult(NamedTuple):
    """What a call left in its worktree.

    ``files`` are ``{path, status, from?}``, relative to the project; ``patch`` is the name of the patch in the run directory; ``path`` is the
    worktree if it is still there; ``skipped`` are repositories made inside it, which a patch cannot hold.
    """

    changed: bool
    files: list[dict[str, str]]
    diff: str
    branch: str | None
    patch: str | None
    path: str | None = None
    skipped: Sequence[str] = ()
    failure: Failure | None = None

    def to_json(self) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "changed": self.changed,
            "files": self.files,
            "diff": self.diff,
            "branch": self.branch,
            "patch": self.patch,
        }
        if self.path is not None:
            shown["path"] = self.path
        if self.skipped:
            shown["skipped"] = list(self.skipped)
        return shown


class Worktrees:
    """The worktrees of one run. ``store(data, suffix)`` writes a file durably and returns its name in the run directory."""

    def __init__(self, project: str, run_id: str, run_dir: str, store: Store, keep: bool) -> None:
        self._project = os.path.realpath(project)
        self._run = run_slug(run_id)
        self._run_dir = run_dir
        self._store = store
        self._keep = keep
        self._repository: Repository | None = None
        self._preparing = trio.Lock()
        self._snapshotting = trio.Lock()
        self._adding = trio.Lock()
        self._snapshots: dict[tuple[str, str], str] = {}  # (HEAD, tree) -> commit
        self._checked: set[str] = set()
        self._names: set[str] = set()
        # Writing files is the kernel's work: more at once only wait for each other.
        self._writing = trio.CapacityLimiter(2 * (os.cpu_count() or 2))

    async def open(self, node: str, dirty: bool = False) -> Worktree:
        """A fresh worktree for the call at path ``node``, at HEAD; ``dirty``: with all that is not committed.

        Raises ExecutorError; its category is configuration where worktrees cannot be had. Cancelled or failed, it leaves nothing.
        """
        repository = await self._prepare()
        base = await (self._snapshot(repository) if dirty else repository.head())
        if base not in self._checked:
            await refuse_submodules(repository, base)
            self._checked.add(base)
        name = self._name(slug(node))
        path = f"{self._project}/{WORKTREES}/{self._run}.{name}"
        branch = f"{BRANCHES}{self._run}/{name}"
        worktree = Worktree(node, path, os.path.join(path, repository.prefix).rstrip("/"), branch, base, "")  # noqa: PTH118
        try:
            async with self._adding, one_at_a_time(f"{self._project}/{WORKTREES}/.lock") as fd:
                # git reads all entries to add one, and stops at one that another git is just writing
                await git(
                    "worktree", "add", "--quiet", "--no-checkout", "-b", branch, path, base,
                    cwd=repository.root, hold=fd,
                )  # fmt: skip
            async with self._writing, directory_lock(path) as held:
                await git("reset", "--quiet", "--hard", cwd=path, hold=held)
            os.makedirs(worktree.cwd, exist_ok=True)  # noqa: PTH103 - git knows no empty directories
            return worktree._replace(git_dir=_git_dir(path))
        except BaseException:
            with trio.CancelScope(shield=True):
                await self.discard(worktree)
            raise

    async def close(
        self, worktree: Worktree, allow: Sequence[str] = (), forbid: Sequence[str] = ()
    ) -> WorktreeResult:
        """Collect what changed, then remove the worktree, or keep it if the run keeps them.

        Never raises ExecutorError: what goes wrong comes back as ``failure``, and the worktree then stays.
        """
        try:
            found = await collect(worktree.path, worktree.git_dir, worktree.base)
            result = await self._result(worktree, found)
        except ExecutorError as error:
            self._mark_kept(worktree)
            message = f"the worktree could not be read and is kept at {worktree.path}: {error.message}"
            lost = Failure(error.category, message, error.retryable)
            return WorktreeResult(False, [], "", worktree.branch, None, worktree.path, failure=lost)
        failure = violations(result.files, allow, forbid)
        if failure is not None:
            failure = failure._replace(message=f"{failure.message}; its patch is {result.patch}")
        if self._keep:
            self._mark_kept(worktree)
            with suppress(OSError):  # the branch has moved on to these files: so has the index
                os.replace(f"{worktree.git_dir}/odw-index", f"{worktree.git_dir}/index")  # noqa: PTH105
            return result._replace(path=worktree.path, branch=worktree.branch, failure=failure)
        if result.changed:
            await self._remove(worktree)
        else:
            await self.discard(worktree)
        return result._replace(failure=failure)

    async def discard(self, worktree: Worktree) -> None:
        """Remove a worktree and its branch with all that is in them. What cannot be removed is left to the next run."""
        await self._remove(worktree)
        with suppress(ExecutorError):
            await git("update-ref", "-d", f"refs/heads/{worktree.branch}", cwd=self._root)

    @property
    def _root(self) -> str:
        assert self._repository is not None
        return self._repository.root

    async def _prepare(self) -> Repository:
        """Once per run: see that worktrees can be had here, and remove what killed runs left."""
        async with self._preparing:
            if self._repository is None:
                repository = await find_repository(self._project)
                await repository.head()
                await refuse_large_files(repository)
                self._make_place()
                await remove_orphans(repository, self._project, self._run)
                self._names = await self._taken(repository)
                self._repository = repository
            return self._repository

    def _make_place(self) -> None:
        home = f"{self._project}/.odw"
        try:
            os.makedirs(f"{self._project}/{WORKTREES}", 0o700, exist_ok=True)  # noqa: PTH103
            spread_subdirectories(f"{self._project}/{WORKTREES}")
            if not os.path.exists(f"{home}/.gitignore"):  # noqa: PTH110
                with open(f"{home}/.gitignore", "w", encoding="ascii") as file:  # noqa: PTH123
                    file.write("*\n")
        except OSError as error:
            raise ExecutorError(
                f"cannot create {self._project}/{WORKTREES}: {error.strerror}", category="configuration"
            ) from None

    async def _taken(self, repository: Repository) -> set[str]:
        """Names that earlier sessions of this run used."""
        place = f"refs/heads/{BRANCHES}{self._run}/"
        listed = await git(
            "for-each-ref", "--format=%(refname)", place, f"refs/heads/{BRANCHES[:-1]}", cwd=repository.root
        )
        names = os.fsdecode(listed.out).splitlines()
        if f"refs/heads/{BRANCHES[:-1]}" in names:
            raise refusal(
                f"there is a branch named {BRANCHES[:-1]}",
                f"odw needs that name for its own branches, {BRANCHES}<run>/<node>: rename it",
            )
        return {name.removeprefix(place) for name in names if name.startswith(place)}

    def _name(self, wanted: str) -> str:
        """``wanted``, or with a number if a branch of that name holds what an earlier attempt did."""
        name, number = wanted, 1
        while name in self._names:
            number += 1
            name = f"{wanted}-{number}"
        self._names.add(name)
        return name

    async def _snapshot(self, repository: Repository) -> str:
        async with self._snapshotting:
            head = await repository.head()
            tree = await snapshot_tree(repository, f"{self._run_dir}/.snapshot-index")
            commit = self._snapshots.get((head, tree))
            if commit is None:
                commit = self._snapshots[head, tree] = await snapshot_commit(repository, tree, head)
            return commit

    async def _result(self, worktree: Worktree, found: Collected) -> WorktreeResult:
        if not found.changes:
            return WorktreeResult(False, [], "", None, None, skipped=found.nested)
        name = self._store(found.patch, ".patch")
        await self._commit(worktree, found.tree)
        files = file_list(found.changes, self._repository.prefix if self._repository else "")
        return WorktreeResult(
            True, files, readable_diff(found.patch), worktree.branch, name, skipped=found.nested
        )

    async def _commit(self, worktree: Worktree, tree: str) -> None:
        """Let the branch hold all of the changes, after the agent's own commits if it made any.

        That also keeps the objects from being collected which a three-way ``odw apply`` needs.
        """
        where = f"--git-dir={worktree.git_dir}"
        asked = await git(
            where, "rev-parse", "-q", "--verify", "HEAD^{commit}", cwd=worktree.path, codes=(0, 1, 128)
        )
        parent = worktree.base if asked.code else asked.line
        kept = await git(where, "rev-parse", f"{parent}^{{tree}}", cwd=worktree.path)
        commit = parent
        if kept.line != tree:
            message = f"odw: {worktree.node}\n".encode()
            made = await git(where, "commit-tree", tree, "-p", parent, cwd=worktree.path, stdin=message)
            commit = made.line
        await git(where, "update-ref", f"refs/heads/{worktree.branch}", commit, cwd=worktree.path)

    def _mark_kept(self, worktree: Worktree) -> None:
        """Let no later run take it for an orphan."""
        with suppress(OSError), open(f"{worktree.git_dir}/{KEPT}", "w", encoding="utf-8") as file:  # noqa: PTH123
            file.write(f"{self._run}\n")

    async def _remove(self, worktree: Worktree) -> None:
        repository = self._repository
        assert repository is not None
        async with self._writing:
            await remove_worktree(repository.common_dir, worktree.path)


def _git_dir(path: str) -> str:
    """The administrative directory of a new worktree, before an agent can change what its ``.git`` file says."""
    with open(f"{path}/.git", encoding="utf-8", errors="surrogateescape") as file:  # noqa: PTH123
        return file.read().removeprefix("gitdir: ").rstrip("\n")
