"""The user's repository: what kind it is, and its working tree as a tree object, without touching its index.

A *snapshot* is made in an index file of ours, copied from the user's with its time stamp, so that git trusts the same file
times as there and reads only what changed. Never a stash: that would move the user's files.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from odw.errors import ExecutorError
from odw.runtime.git import GitError, git, git_version

# What tools put beside the work, and what no patch holds.
EXCLUDED = (".odw", ".pandacode", "node_modules")
_EVERYTHING = (
    ".",
    *(f":(exclude,glob)**/{name}" for name in EXCLUDED),
    *(f":(exclude,glob)**/{name}/**" for name in EXCLUDED),
)
GITLINK = "160000"


class Repository(NamedTuple):
    """``root``: the top of the working tree; ``prefix``: the project's place below it, "" or ``packages/app/``;
    ``git_dir``: of this working tree; ``common_dir``: what all working trees of the repository share."""

    root: str
    prefix: str
    git_dir: str
    common_dir: str

    async def head(self) -> str:
        """The commit that is checked out. Raises ExecutorError (configuration) when there is none yet."""
        done = await git("rev-parse", "-q", "--verify", "HEAD^{commit}", cwd=self.root, codes=(0, 1, 128))
        if done.code:
            raise refusal(f"the repository {self.root} has no commit yet", "a worktree starts from a commit")
        return done.line


def refusal(what: str, why: str) -> ExecutorError:
    """The error for a place where worktrees cannot be had: never a silent fallback to the user's own files."""
    return ExecutorError(f'isolation "worktree": {what}; {why}', category="configuration")


async def find_repository(project: str) -> Repository:
    """The repository around ``project``. Raises ExecutorError (configuration) when there is none with a working tree."""
    await git_version()
    try:
        # Absolute or relative to ``project``, as git likes; a flag for absolute ones came with 2.31.
        asked = await git(
            "rev-parse", "--is-bare-repository", "--is-inside-work-tree", "--git-common-dir", "--absolute-git-dir",
            cwd=project,
        )  # fmt: skip
        bare, inside, common, git_dir = os.fsdecode(asked.out).splitlines()
        if bare == "true":
            raise refusal(f"{project} is in a bare repository", "worktrees need one with files checked out")
        if inside != "true":
            raise refusal(f"{project} is inside a .git directory", "start odw in the working tree")
        root = (await git("rev-parse", "--show-toplevel", cwd=project)).line
        prefix = (await git("rev-parse", "--show-prefix", cwd=project)).line
    except GitError as error:
        if "not a git repository" in error.stderr:
            raise refusal(
                f"{project} is not in a git repository",
                "run `git init` and commit, or leave isolation out",
            ) from None
        if "dubious ownership" in error.stderr:
            raise refusal(
                f"git does not trust {project}, which another user owns",
                f"git config --global --add safe.directory {project}",
            ) from None
        raise
    return Repository(root, prefix, git_dir, os.path.realpath(os.path.join(project, common)))  # noqa: PTH118


async def refuse_submodules(repository: Repository, commit: str) -> None:
    """A worktree of a repository with submodules would hold empty directories in their place."""
    listed = (await git("ls-tree", "-r", "-z", "--full-tree", commit, cwd=repository.root)).out
    link = f"{GITLINK} commit ".encode()
    if not listed.startswith(link) and b"\0" + link not in listed:
        return
    entry = next(entry for entry in listed.split(b"\0") if entry.startswith(link))
    raise refusal(
        f"the repository has submodules ({os.fsdecode(entry.partition(b'	')[2])})",
        "worktrees of such repositories are not supported",
    )


async def refuse_large_files(repository: Repository) -> None:
    """Files that git-lfs keeps elsewhere would be pointers in a worktree, or be fetched again for each."""
    listed = await git("ls-files", "-z", "--", ":(top,attr:filter=lfs)", cwd=repository.root)
    if listed.out:
        name = os.fsdecode(listed.out.split(b"\0")[0])
        raise refusal(
            f"the repository keeps files in git-lfs ({name})",
            "worktrees of such repositories are not supported",
        )


async def snapshot_tree(repository: Repository, index: str) -> str:
    """The working tree as it is, with untracked files that are not ignored, as a tree; ``index`` is filled with it."""
    copy_index(os.path.join(repository.git_dir, "index"), index)  # noqa: PTH118
    await stage_everything(repository.root, index)
    return (await git("write-tree", cwd=repository.root, index=index)).line


async def snapshot_commit(repository: Repository, tree: str, head: str) -> str:
    """A commit of ``tree`` upon ``head``, on no branch."""
    message = b"odw: the working tree with changes that are not committed\n"
    return (await git("commit-tree", tree, "-p", head, cwd=repository.root, stdin=message)).line


def copy_index(source: str, target: str) -> None:
    """Copy an index file with its time stamp: git reads again only files that are not older than their index."""
    try:
        shutil.copy2(source, target)
    except FileNotFoundError:  # nothing was ever added
        with suppress(FileNotFoundError):
            os.unlink(target)  # noqa: PTH108


async def stage_everything(root: str, index: str, where: Sequence[str] = ()) -> list[str]:
    """Bring ``index`` up to the files under ``root``; returns the nested repositories that it leaves out.

    ``where`` are git's own flags that name a working tree which does not say itself whose it is. Not ``git add -A``: that stops at a
    nested repository without a commit, and at files outside a sparse checkout.
    """
    listed = await git(
        *where, "ls-files", "-z", "-m", "-d", "-o", "--exclude-standard", "--", *_EVERYTHING, cwd=root, index=index
    )  # fmt: skip
    nested, gone, there = [], [], []
    for name in dict.fromkeys(listed.out.split(b"\0")):
        path = os.path.join(os.fsencode(root), name)  # noqa: PTH118
        if not name:
            continue
        if name.endswith(b"/"):
            nested.append(os.fsdecode(name))
        elif not os.path.isdir(path) or os.path.islink(path):  # noqa: PTH112, PTH114
            there.append(name)
        elif not os.path.lexists(os.path.join(path, b".git")):  # noqa: PTH118 - else a submodule, which stays as it is
            gone.append(name)  # a file that became a directory
    for flags, names in ((("--force-remove",), gone), (("--add", "--remove", "--replace"), there)):
        if names:
            lines = b"".join(name + b"\0" for name in names)
            await git(*where, "update-index", *flags, "-z", "--stdin", cwd=root, index=index, stdin=lines)
    return nested
