"""``odw apply``: the patches of a run's worktrees onto the user's working tree, all of them or none.

They are combined as git objects over a snapshot of the working tree as it is (``tree_merge.py``), and what comes out is then written
in one step, which git refuses if a file has changed meanwhile. Index, HEAD, stash and branches stay as they are.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from odw.errors import ExecutorError, UsageError
from odw.runtime.abc import Event
from odw.runtime.git import GitError, git
from odw.runtime.journal.history import ResultLost, result_of
from odw.runtime.repository import Repository, copy_index, find_repository, snapshot_tree
from odw.runtime.run_dir import RunDir
from odw.runtime.tree_merge import Conflict, Entry, TreeMerge, parents, tree_entries
from odw.runtime.worktree_patch import Change, base_of, changes_between

_SESSIONS = ("workflow_start", "workflow_resume")


class CallPatch(NamedTuple):
    """A call whose worktree was changed. ``patch`` is the file's name in the run directory; a call that failed has ``ok`` False."""

    index: int  # type: ignore[assignment]  # hides tuple.index, which no record needs
    path: str
    label: str
    patch: str
    ok: bool

    @property
    def name(self) -> str:
        label = " ".join(self.label.split())
        return f"{self.path} ({label})" if label else self.path


class Applied(NamedTuple):
    """``files`` are ``{path, status}`` relative to the repository; ``written`` is whether the working tree was changed."""

    files: list[dict[str, str]]
    conflicts: list[Conflict]
    written: bool


def patches_of(events: Sequence[Event], run_dir: str) -> list[CallPatch]:
    """The patches of the calls that the last session of a run made or replayed, in call order."""
    ended: dict[int, CallPatch | None] = {}  # seq of an agent_done -> its patch
    collected: dict[int, str] = {}
    calls: dict[int, CallPatch | None] = {}
    for event in events:
        kind = event["type"]
        if kind in _SESSIONS:
            collected, calls = {}, {}
        elif kind == "worktree_done" and event.get("patch"):
            collected[event["index"]] = event["patch"]
        elif kind == "agent_done":
            patch = collected.pop(event["index"], None) or _patch_in_result(event, run_dir)
            call = _call(event, patch, bool(event["ok"])) if patch else None
            ended[event["seq"]] = calls[event["index"]] = call
        elif kind == "agent_skip" and event.get("cached"):
            recorded = ended.get(event["from"])
            calls[event["index"]] = recorded and _call(event, recorded.patch, recorded.ok)
    return [call for _, call in sorted(calls.items()) if call is not None]


def chosen(patches: Sequence[CallPatch], nodes: Sequence[str]) -> list[CallPatch]:
    """The patches to apply: those of ``nodes`` (a call's number, path or label), else of all calls that succeeded."""
    if not nodes:
        return [patch for patch in patches if patch.ok]
    wanted: set[int] = set()
    for node in nodes:
        found = next(
            (
                hits
                for key in (lambda p: str(p.index), lambda p: p.path, lambda p: p.label)
                if (hits := [patch.index for patch in patches if key(patch) == node])
            ),
            None,
        )
        if found is None:
            known = ", ".join(patch.name for patch in patches[:12])
            raise UsageError(
                f"no call {node!r} with a changed worktree in this run",
                hint=f"Name one by its number, path or label. There are: {known}"
                if known
                else "No call of the run changed anything in a worktree.",
            )
        wanted.update(found)
    return [patch for patch in patches if patch.index in wanted]


async def apply_patches(
    directory: RunDir, patches: Sequence[CallPatch], *, check: bool = False, markers: bool = False
) -> Applied:
    """Combine ``patches`` with the working tree around the run's project and, unless ``check``, write what comes out.

    With conflicts nothing is written; with ``markers`` they are written into the files, as git marks them, where that is possible.
    Raises UsageError when a patch or its base is lost, ExecutorError when git refuses.
    """
    if not patches:
        return Applied([], [], False)
    repository = await _repository(directory.project)
    with tempfile.TemporaryDirectory(prefix="odw-apply-") as folder:
        scratch = Path(folder)
        index = str(scratch / "index")
        tree = await snapshot_tree(repository, index)
        listing = await git("ls-tree", "-r", "-z", "--full-tree", tree, cwd=repository.root)
        merge = TreeMerge(repository.root, tree_entries(listing.out), scratch, markers)
        for patch in patches:
            changes = await _changes_of(directory, patch, repository, str(scratch / "theirs"))
            await merge.add(changes, patch.name)
        changed = merge.changed()
        obstacles = _obstacles(merge, repository.root) + await _not_checked_out(repository, index, changed)
        conflicts = [*merge.conflicts, *obstacles]
        write = bool(changed) and not obstacles and (markers or not conflicts)
        if write:
            write = await _write(repository, index, tree, changed, scratch, check) and not check
        return Applied(_files(merge, changed), conflicts, write)


async def _repository(project: str) -> Repository:
    try:
        return await find_repository(project)
    except ExecutorError as error:
        if "is not in a git repository" not in error.message:
            raise
        raise UsageError(
            f"{project} is not in a git repository",
            hint="Patches go into the one that the run worked in: start odw there, or name it with --path.",
        ) from None


async def _changes_of(directory: RunDir, call: CallPatch, repository: Repository, index: str) -> list[Change]:
    """What a patch does, as git understands it: applied to its own base, where it always fits."""
    data = _read(directory, call)
    base = base_of(data)
    known = base and await git("cat-file", "-e", f"{base}^{{commit}}", cwd=repository.root, codes=range(256))
    if not known or known.code:
        raise UsageError(
            f"{call.name}: the commit that its patch starts from ({base[:12] or 'unknown'}) is not in this repository",
            hint=f"The patch itself is {directory.file(call.patch)}; git apply takes it.",
        )
    await git("read-tree", base, cwd=repository.root, index=index)
    try:
        await git(
            "apply", "--cached", "--whitespace=nowarn", "--no-ignore-whitespace", "-",
            cwd=repository.root, index=index, stdin=data,
        )  # fmt: skip
    except GitError as error:
        raise UsageError(f"{call.name}: its patch {call.patch} is refused: {error.message}") from None
    return await changes_between(base, repository.root, index)


def _read(directory: RunDir, call: CallPatch) -> bytes:
    """A stored patch, checked against its name. Raises UsageError."""
    import hashlib

    found = re.fullmatch(r"nodes/([0-9a-f]{64})\.patch", call.patch)
    if found is None:
        raise UsageError(f"{call.name}: {call.patch!r} is no name of a stored patch")
    try:
        data = Path(directory.file(call.patch)).read_bytes()
    except OSError as error:
        raise UsageError(f"{call.name}: its patch {call.patch} cannot be read: {error.strerror}") from None
    if hashlib.sha256(data).hexdigest() != found[1]:
        raise UsageError(f"{call.name}: its patch {call.patch} was altered since it was recorded")
    return data


async def _write(
    repository: Repository,
    index: str,
    tree: str,
    changed: dict[str, Entry | None],
    scratch: Path,
    check: bool,
) -> bool:
    """Bring the working tree from ``tree`` to what ``changed`` makes of it; git checks every file before it writes one."""
    combined = str(scratch / "combined")
    copy_index(index, combined)
    lines = []
    for path, entry in sorted(changed.items(), key=lambda item: item[1] is not None):
        facts = f"{entry.mode} {entry.blob}" if entry else f"0 {'0' * len(tree)}"
        lines.append(os.fsencode(f"{facts}\t{path}\0"))
    await git(
        "update-index", "-z", "--index-info", cwd=repository.root, index=combined, stdin=b"".join(lines)
    )
    target = await git("write-tree", cwd=repository.root, index=combined)
    flags = ("-m", "-u", "-n") if check else ("-m", "-u")
    await git(
        "-c", "core.sparseCheckout=false", "read-tree", *flags, tree, target.line,
        cwd=repository.root, index=index,
    )  # fmt: skip
    return True


def _obstacles(merge: TreeMerge, root: str) -> list[Conflict]:
    """Files that git ignores, where a patch puts one; and symbolic links that would lead it elsewhere."""
    found = []
    for path, entry in merge.changed().items():
        if entry is None or path in merge.before:
            continue
        for place in (*parents(path), path):
            there = os.path.join(root, place)  # noqa: PTH118
            if place in merge.before or not os.path.lexists(there):
                continue
            directory = os.path.isdir(there) and not os.path.islink(there)  # noqa: PTH112, PTH114
            if place == path and not (directory and not os.listdir(there)):  # noqa: PTH208
                found.append(Conflict(path, "a file that git ignores is in its place", ("your tree",)))
            elif place != path and not directory:
                reason = f"{place} is no directory, or a link to one"
                found.append(Conflict(path, reason, ("your tree",)))
    return found


async def _not_checked_out(
    repository: Repository, index: str, changed: dict[str, Entry | None]
) -> list[Conflict]:
    """Files that a sparse checkout leaves out: they cannot be changed in the working tree."""
    listed = await git("ls-files", "-t", "-z", cwd=repository.root, index=index)
    left_out = {line[2:] for line in os.fsdecode(listed.out).split("\0") if line.startswith("S ")}
    reason = "the sparse checkout leaves it out"
    return [Conflict(path, reason, ("your tree",)) for path in changed if path in left_out]


def _files(merge: TreeMerge, changed: dict[str, Entry | None]) -> list[dict[str, str]]:
    return [
        {
            "path": os.fsencode(path).decode("utf-8", "replace"),
            "status": "deleted" if entry is None else "modified" if path in merge.before else "added",
        }
        for path, entry in sorted(changed.items())
    ]


def _call(event: Event, patch: str, ok: bool) -> CallPatch:
    return CallPatch(event["index"], event["path"], str(event.get("label") or ""), patch, ok)


def _patch_in_result(event: Event, run_dir: str) -> str | None:
    """The patch that a result names: a forked run has only the ends of the calls it took over."""
    try:
        result = result_of(event, run_dir)
    except ResultLost:
        return None
    worktree = result.get("worktree") if isinstance(result, dict) else None
    patch = worktree.get("patch") if isinstance(worktree, dict) else None
    return patch if isinstance(patch, str) else None
