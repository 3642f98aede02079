"""Many patches laid over one tree, file by file, three ways each: what the file was, what it is, what the patch makes of it.

Renames are followed, both those of a patch and those of patches before it. Nothing here touches a file of the user's: contents are
git objects.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from odw.runtime.git import git
from odw.runtime.worktree_patch import Change


class Entry(NamedTuple):
    """A file of a tree: git's mode and the hash of its content."""

    mode: str
    blob: str

    @property
    def regular(self) -> bool:
        return self.mode.startswith("100")


class Conflict(NamedTuple):
    """``calls`` collide in the file ``path``; "your tree" is one of them when no patch before touched it."""

    path: str
    reason: str
    calls: tuple[str, ...]


class TreeMerge:
    """Starts as ``files`` (path → Entry); ``add`` lays a patch over it. ``scratch`` is a directory for contents."""

    def __init__(self, root: str, files: dict[str, Entry], scratch: Path, markers: bool) -> None:
        self.files = files
        self.before = dict(files)
        self.conflicts: list[Conflict] = []
        self._root = root
        self._scratch = scratch
        self._markers = markers
        self._moved: dict[str, str] = {}  # where patches before have moved files
        self._by: dict[str, list[str]] = {}
        self._directories = Counter(parent for path in files for parent in parents(path))

    def changed(self) -> dict[str, Entry | None]:
        """Path → what it becomes, None for deleted."""
        names = {**self.before, **self.files}
        return {name: self.files.get(name) for name in names if self.before.get(name) != self.files.get(name)}

    async def add(self, changes: Sequence[Change], call: str) -> None:
        """Lay the changes of ``call`` over the tree; what does not fit becomes a conflict and leaves the file as it is."""
        for change in sorted(changes, key=lambda change: change.status != "D"):
            old, new = Entry(change.old_mode, change.old_blob), Entry(change.mode, change.blob)
            if change.status == "A":
                await self._add_file(change.path, new, call)
            elif change.status == "D":
                self._delete(change.path, old, call)
            else:
                await self._edit(change, old, new, call)

    async def _add_file(self, path: str, new: Entry, call: str) -> None:
        now = self.files.get(path)
        if now is not None:
            await self._merge(path, path, None, now, new, call)
        elif self._is_free(path, call):
            self._put(path, new, call)

    def _delete(self, path: str, old: Entry, call: str) -> None:
        place = self._moved.get(path, path)
        now = self.files.get(place)
        if now == old:
            self._take(place, call)
        elif now is not None:
            self._refuse(place, "changed on one side, deleted on the other", call)

    async def _edit(self, change: Change, old: Entry, new: Entry, call: str) -> None:
        """A file changed in place, or moved and perhaps changed."""
        place = self._moved.get(change.old_path, change.old_path)
        target = place if change.path == change.old_path else change.path
        now = self.files.get(place)
        if now is None:
            if self.files.get(target) != new:
                self._refuse(place, "changed on one side, deleted on the other", call)
            return
        if target != place:
            if place != change.old_path:
                self._refuse(change.old_path, f"renamed to {place} and to {target}", call)
                return
            if target in self.files:
                self._refuse(target, "renamed on one side to a name that the other uses", call)
                return
        await self._merge(place, target, old, now, new, call)
        if target != place and target in self.files:
            self._moved[change.old_path] = target

    async def _merge(
        self, place: str, target: str, old: Entry | None, now: Entry, new: Entry, call: str
    ) -> None:
        """Put at ``target`` what ``now`` (at ``place``) and ``new`` make of ``old``."""
        mode = _pick(old.mode if old else None, now.mode, new.mode)
        blob = _pick(old.blob if old else None, now.blob, new.blob)
        if mode is None or (blob is None and not (now.regular and new.regular)):
            self._refuse(target, "changed in two ways that cannot be combined", call)
            return
        if blob is None:
            blob, clean = await self._merge_contents(target, old, now, new, call)
            if not clean:
                reason = "both sides changed the same lines" if blob else "both sides changed a binary file"
                self._refuse(target, reason if old else "added on both sides with different contents", call)
                if not blob or not self._markers:
                    return
        merged = Entry(mode, blob)
        if place == target and merged == now:
            return
        if target != place:
            self._take(place, call)
            if not self._is_free(target, call):
                self._put(place, now, call)
                return
        self._put(target, merged, call)

    async def _merge_contents(
        self, path: str, old: Entry | None, now: Entry, new: Entry, call: str
    ) -> tuple[str, bool]:
        """The merged content and whether it is free of conflict markers; "" for a binary file."""
        sides = []
        for name, entry in (("now", now), ("old", old), ("new", new)):
            content = b""
            if entry is not None:
                content = (await git("cat-file", "blob", entry.blob, cwd=self._root)).out
            file = self._scratch / name
            file.write_bytes(content)
            sides.append(str(file))
        before = ", ".join(self._by.get(path, ())) or "your tree"
        labels = ("-L", before, "-L", "base", "-L", call)
        merged = await git("merge-file", "-p", "-q", *labels, *sides, cwd=self._root, codes=range(256))
        if merged.code > 127:
            return "", False
        blob = await git("hash-object", "-w", "--stdin", cwd=self._root, stdin=merged.out)
        return blob.line, merged.code == 0

    def _is_free(self, path: str, call: str) -> bool:
        """Whether a file can be at ``path``: no file where it needs a directory, no directory in its place."""
        in_the_way = next((parent for parent in parents(path) if parent in self.files), None)
        if in_the_way is None and not self._directories[path]:
            return True
        self._refuse(
            path, f"{in_the_way} is a file" if in_the_way else "is a directory on the other side", call
        )
        return False

    def _put(self, path: str, entry: Entry, call: str) -> None:
        if path not in self.files:
            self._directories.update(parents(path))
        self.files[path] = entry
        self._note(path, call)

    def _take(self, path: str, call: str) -> None:
        del self.files[path]
        self._directories.subtract(parents(path))
        self._note(path, call)

    def _note(self, path: str, call: str) -> None:
        calls = self._by.setdefault(path, [])
        if call not in calls:
            calls.append(call)

    def _refuse(self, path: str, reason: str, call: str) -> None:
        before = [name for name in self._by.get(path, ()) if name != call] or ["your tree"]
        self.conflicts.append(Conflict(path, reason, (*before, call)))


def _pick(old: str | None, now: str, new: str) -> str | None:
    """The side that changed; None when both did, differently."""
    if now == new or new == old:
        return now
    return new if now == old else None


def parents(path: str) -> list[str]:
    """``a/b/c`` → ``a``, ``a/b``."""
    parts = path.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]


def tree_entries(listing: bytes) -> dict[str, Entry]:
    """The output of ``git ls-tree -r -z``."""
    files = {}
    for line in os.fsdecode(listing).split("\0"):
        if line:
            facts, _, path = line.partition("\t")
            mode, _, blob = facts.split(" ")
            files[path] = Entry(mode, blob)
    return files
