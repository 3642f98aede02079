"""What an agent did in its worktree: the difference from its base, as a patch that git can apply, and as a list of files.

All is judged from the files as they are now, committed by the agent or not, in an index file of ours: the agent may have left its own
locked, or in the middle of a merge.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NamedTuple

from odw.runtime.abc import Failure
from odw.runtime.git import git
from odw.runtime.path_globs import matching_glob
from odw.runtime.repository import EXCLUDED, GITLINK, copy_index, stage_everything

DIFF_LIMIT = 256 * 1024  # characters of ``diff``; the patch itself is never cut
_BASE = b"odw-base: "  # the first line of a patch, which git passes over
_STATUS = {"A": "added", "M": "modified", "D": "deleted", "R": "renamed", "T": "modified"}
_ONLY = (
    ":(top)",
    *(f":(top,exclude,glob)**/{name}" for name in EXCLUDED),
    *(f":(top,exclude,glob)**/{name}/**" for name in EXCLUDED),
)
# The same patch whatever the user's settings say of diffs.
_DIFF = (
    "diff-index", "--cached", "--find-renames", "--full-index", "--no-color", "--no-ext-diff", "--no-textconv",
    "--ignore-submodules=none",
)  # fmt: skip


class Change(NamedTuple):
    """One file of a difference; modes and hashes are git's. ``old_path`` differs from ``path`` for a rename alone."""

    status: str
    path: str
    old_path: str
    old_mode: str
    mode: str
    old_blob: str
    blob: str


class Collected(NamedTuple):
    """``tree`` holds the files as they are; ``nested`` are repositories inside the worktree, which no patch can hold."""

    changes: list[Change]
    patch: bytes
    tree: str
    nested: list[str]


async def collect(root: str, git_dir: str, base: str) -> Collected:
    """The difference between commit ``base`` and the worktree at ``root``, whose administrative directory is ``git_dir``.

    Both are told to git, since the agent may have removed the ``.git`` file by which git would find them. Raises GitError.
    """
    index = os.path.join(git_dir, "odw-index")  # noqa: PTH118
    where = (f"--git-dir={git_dir}", f"--work-tree={root}")
    copy_index(os.path.join(git_dir, "index"), index)  # noqa: PTH118
    nested = await stage_everything(root, index, where)
    changes = await changes_between(base, root, index, where)
    links = [change.path for change in changes if change.mode == GITLINK]
    if links:
        names = b"".join(os.fsencode(link) + b"\0" for link in links)
        await git(
            *where, "update-index", "--force-remove", "-z", "--stdin", cwd=root, index=index, stdin=names
        )
        changes = await changes_between(base, root, index, where)
        nested += [f"{link}/" for link in links]
    if not changes:
        return Collected([], b"", "", nested)
    patch = await git(
        *where, *_DIFF, "-p", "--binary", "--src-prefix=a/", "--dst-prefix=b/", base, "--", *_ONLY,
        cwd=root, index=index,
    )  # fmt: skip
    tree = await git(*where, "write-tree", cwd=root, index=index)
    return Collected(changes, _BASE + base.encode() + b"\n" + patch.out, tree.line, nested)


def base_of(patch: bytes) -> str:
    """The commit that a patch of ours starts from; "" if it does not say."""
    first = patch.partition(b"\n")[0]
    return first.removeprefix(_BASE).decode("ascii", "replace") if first.startswith(_BASE) else ""


async def changes_between(base: str, root: str, index: str, where: Sequence[str] = ()) -> list[Change]:
    """The files that differ between a commit or tree and an index file, renames recognised."""
    raw = await git(*where, *_DIFF, "--raw", "-z", base, "--", *_ONLY, cwd=root, index=index)
    fields = iter(os.fsdecode(raw.out).split("\0"))
    changes = []
    for field in fields:
        if not field:
            break
        old_mode, mode, old_blob, blob, status = field.removeprefix(":").split(" ")
        old_path = next(fields)
        path = next(fields) if status[0] == "R" else old_path
        changes.append(Change(status[0], path, old_path, old_mode, mode, old_blob, blob))
    return changes


def file_list(changes: Sequence[Change], prefix: str) -> list[dict[str, str]]:
    """``{path, status, from?}`` for each file, relative to the project, whose place in the repository is ``prefix``."""
    files = []
    for change in changes:
        file = {"path": _relative(change.path, prefix), "status": _STATUS[change.status]}
        if change.old_path != change.path:
            file["from"] = _relative(change.old_path, prefix)
        files.append(file)
    return files


def violations(
    files: Sequence[dict[str, str]], allow: Sequence[str], forbid: Sequence[str]
) -> Failure | None:
    """The failure of a call whose agent changed what ``allowPaths`` and ``forbidPaths`` do not let it change."""
    found = []
    for path in dict.fromkeys(path for file in files for path in (file.get("from"), file["path"]) if path):
        glob = matching_glob(path, forbid)
        if glob is not None:
            found.append(f"{path} (forbidPaths has {glob})")
        elif allow and matching_glob(path, allow) is None:
            found.append(f"{path} (not in allowPaths)")
    if not found:
        return None
    shown = ", ".join(found[:5]) + (f" and {len(found) - 5} more" if len(found) > 5 else "")
    return Failure("configuration", f"the agent changed what it may not: {shown}")


def readable_diff(patch: bytes) -> str:
    """The patch for people and agents: without the content of binary files, and cut at ``DIFF_LIMIT``."""
    lines: list[str] = []
    binary = False
    start = patch.find(b"diff --git ")
    for line in patch[start:].decode("utf-8", "replace").split("\n"):
        if line.startswith("diff --git "):
            binary = False
        elif line == "GIT binary patch":
            binary = True
            lines.append("Binary files differ")
        if not binary:
            lines.append(line)
    text = "\n".join(lines)
    if binary:
        text += "\n"
    if len(text) <= DIFF_LIMIT:
        return text
    cut = text.rfind("\n", 0, DIFF_LIMIT) + 1 or DIFF_LIMIT
    return f"{text[:cut]}[cut here: {len(text) - cut} more characters are in the patch file]\n"


def _relative(path: str, prefix: str) -> str:
    """A path of the repository as seen from the project; what is outside begins with ``../``."""
    path = os.fsencode(path).decode("utf-8", "replace")
    return os.path.relpath(path, prefix) if prefix else path
