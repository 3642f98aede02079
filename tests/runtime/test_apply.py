"""Applying patches to the working tree: combined, all or nothing, and nothing else of the repository moves."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_worktree import FILES, every_kind
from worktree_case import RUN, Bench, commit, make_repository, sh, state, write

from odw.errors import UsageError
from odw.runtime.apply import Applied, CallPatch, apply_patches, chosen, patches_of
from odw.runtime.run_dir import RunDir

TEN = "".join(f"line {i}\n" for i in range(10))


def replace(name: str, old: str, new: str) -> Callable[[Path], object]:
    return lambda root: write(root, name, (root / name).read_text().replace(old, new))


async def patches(
    repository: Path, *agents: Callable[[Path], object], dirty: bool = False
) -> list[CallPatch]:
    """The patch of each agent, all started from the same files."""
    bench = Bench(repository)
    worktrees = [await bench.worktrees.open(f"a{i}", dirty) for i in range(len(agents))]
    found = []
    for i, (worktree, work) in enumerate(zip(worktrees, agents, strict=True)):
        work(Path(worktree.cwd))
        result = await bench.worktrees.close(worktree)
        assert result.failure is None
        assert result.patch is not None
        found.append(CallPatch(i, f"a{i}", f"agent {i}", result.patch, True))
    return found


async def apply(repository: Path, found: list[CallPatch], **flags: bool) -> Applied:
    return await apply_patches(RunDir(str(repository), RUN), found, **flags)


def untouched(before: dict[str, str], after: dict[str, str]) -> None:
    """Index, HEAD, references, stash and settings are the same; files may differ."""
    kept = ("index", "HEAD", "config", "packed-refs", "refs", "stash")
    assert {k: after[k] for k in kept} == {k: before[k] for k in kept}


async def test_every_kind_of_change_is_applied(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "r", FILES)
    found = await patches(repository, every_kind)
    before = state(repository)
    applied = await apply(repository, found)
    assert (applied.conflicts, applied.written) == ([], True)
    untouched(before, state(repository))
    assert (repository / "a.txt").read_text() == "one\n2\nthree\n"
    assert (repository / "file-to-dir" / "inside").read_text() == "x\n"
    assert (repository / "src" / "renamed.py").exists() and not (repository / "old.py").exists()
    assert os.access(repository / "run.sh", os.X_OK)
    assert str((repository / "link").readlink()) == "a.txt"
    assert (repository / "crlf.txt").read_bytes() == b"a\r\nb\r\n"
    sh(repository, "add", "-A")
    assert sh(repository, "write-tree") == sh(repository, "rev-parse", f"odw/{RUN}/a0^{{tree}}")
    again = await apply(repository, found)
    assert again == Applied([], [], False)


async def test_different_parts_of_one_file_combine_with_the_users_own_edit(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "r", {"a.txt": TEN, "b.txt": "b\n"})
    found = await patches(
        repository, replace("a.txt", "line 1\n", "first\n"), replace("a.txt", "line 8\n", "second\n")
    )
    write(repository, "a.txt", TEN.replace("line 4\n", "mine\n"))
    sh(repository, "add", "a.txt")
    write(repository, "b.txt", "mine\n")
    write(repository, "untracked", "mine\n")
    before = state(repository)
    check = await apply(repository, found, check=True)
    assert (check.conflicts, check.written) == ([], False)
    assert check.files == [{"path": "a.txt", "status": "modified"}]
    assert state(repository) == before
    assert (await apply(repository, found)).written
    assert (repository / "a.txt").read_text() == TEN.replace("line 1\n", "first\n").replace(
        "line 8\n", "second\n"
    ).replace("line 4\n", "mine\n")
    untouched(before, state(repository))
    assert (repository / "b.txt").read_text() == (repository / "untracked").read_text() == "mine\n"


async def test_a_conflict_leaves_everything_as_it_was(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "r", {"a.txt": TEN, "b.txt": TEN})
    found = await patches(
        repository,
        replace("b.txt", "line 1\n", "fine\n"),
        replace("a.txt", "line 4\n", "one way\n"),
        replace("a.txt", "line 4\n", "another\n"),
    )
    before = state(repository)
    applied = await apply(repository, found)
    assert [tuple(c) for c in applied.conflicts] == [
        ("a.txt", "both sides changed the same lines", ("a1 (agent 1)", "a2 (agent 2)"))
    ]
    assert not applied.written
    assert state(repository) == before
    assert (await apply(repository, found, check=True)).conflicts == applied.conflicts
    marked = await apply(repository, found, markers=True)
    assert marked.written and marked.conflicts == applied.conflicts
    assert (
        "<<<<<<< a1 (agent 1)\none way\n=======\nanother\n>>>>>>> a2 (agent 2)\n"
        in (repository / "a.txt").read_text()
    )
    assert (repository / "b.txt").read_text() == TEN.replace("line 1\n", "fine\n")
    untouched(before, state(repository))


@pytest.mark.parametrize(
    ("mine", "agent", "path", "reason"),
    [
        (lambda r: (r / "a.txt").unlink(), replace("a.txt", "line 1", "x"), "a.txt", "changed on one side"),
        (replace("a.txt", "line 1", "x"), lambda r: (r / "a.txt").unlink(), "a.txt", "changed on one side"),
        (lambda r: write(r, "new", "mine\n"), lambda r: write(r, "new", "its\n"), "new", "added on both sides"),
        (lambda r: write(r, "x.log", "mine\n"), lambda r: (write(r, ".gitignore", ""), write(r, "x.log", "its\n")),
         "x.log", "a file that git ignores"),
        (lambda r: write(r, "bin", b"\0mine"), lambda r: write(r, "bin", b"\0its"), "bin", "both sides changed a binary"),
        (lambda r: write(r, "new/file", "mine\n"), lambda r: write(r, "new", "its\n"), "new", "is a directory"),
        (lambda r: write(r, "new", "mine\n"), lambda r: write(r, "new/file", "its\n"), "new/file", "new is a file"),
        (lambda r: (r / "out.log").symlink_to("/"), lambda r: (write(r, ".gitignore", ""), write(r, "out.log/x", "its\n")),
         "out.log/x", "no directory, or a link to one"),
        (lambda r: (r / "out").symlink_to(".."), lambda r: write(r, "out/x", "its\n"), "out/x", "out is a file"),
    ],
)  # fmt: skip
async def test_what_cannot_be_combined(tmp_path: Path, mine: Any, agent: Any, path: str, reason: str) -> None:
    files: dict[str, str | bytes] = {"a.txt": TEN, "bin": b"\0base", ".gitignore": "*.log\n"}
    repository = make_repository(tmp_path / "r", files)
    found = await patches(repository, agent)
    mine(repository)
    before = state(repository)
    applied = await apply(repository, found)
    assert [(c.path, c.calls[0]) for c in applied.conflicts] == [(path, "your tree")]
    assert reason in applied.conflicts[0].reason
    assert state(repository) == before


async def test_renames_are_followed(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "r", {"old.txt": TEN, "gone.txt": "gone\n"})

    def rename(root: Path) -> None:
        (root / "old.txt").rename(root / "new.txt")
        (root / "gone.txt").unlink()

    found = await patches(
        repository,
        replace("old.txt", "line 1\n", "before\n"),
        rename,
        replace("old.txt", "line 8\n", "after\n"),
        rename,
    )
    applied = await apply(repository, found)
    assert applied.conflicts == []
    assert sorted(p.name for p in repository.iterdir() if p.name[0] != ".") == ["new.txt"]
    assert (repository / "new.txt").read_text() == TEN.replace("line 1\n", "before\n").replace(
        "line 8\n", "after\n"
    )


async def test_a_patch_of_the_dirty_tree_applies_to_it(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "r", {"a.txt": TEN})
    write(repository, "a.txt", TEN.replace("line 1\n", "mine\n"))
    write(repository, "untracked", TEN)
    found = await patches(
        repository,
        lambda r: (replace("a.txt", "mine\n", "its\n")(r), replace("untracked", "line 5\n", "its\n")(r)),
        dirty=True,
    )
    assert (await apply(repository, found)).written
    assert (repository / "a.txt").read_text() == TEN.replace("line 1\n", "its\n")
    assert (repository / "untracked").read_text() == TEN.replace("line 5\n", "its\n")


async def test_line_endings_of_the_working_tree_stay(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "r", {".gitattributes": "*.txt text eol=crlf\n", "a.txt": TEN})
    (repository / "a.txt").unlink()
    sh(repository, "checkout", "-q", "a.txt")
    found = await patches(
        repository, lambda r: write(r, "a.txt", (r / "a.txt").read_bytes().replace(b"line 1\r", b"its\r"))
    )
    assert (await apply(repository, found)).written
    expected = TEN.replace("line 1\n", "its\n").replace("\n", "\r\n").encode()
    assert (repository / "a.txt").read_bytes() == expected


async def test_sparse_checkouts_refuse_what_they_leave_out(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "r", {"in/a.txt": TEN, "out/b.txt": TEN})
    found = await patches(
        repository, replace("out/b.txt", "line 1", "x"), lambda r: write(r, "other/new", "n\n")
    )
    sh(repository, "sparse-checkout", "set", "in")
    before = state(repository)
    applied = await apply(repository, found)
    assert [(c.path, c.reason) for c in applied.conflicts] == [
        ("out/b.txt", "the sparse checkout leaves it out")
    ]
    assert state(repository) == before
    assert (await apply(repository, found[1:])).written
    assert (repository / "other" / "new").read_text() == "n\n"
    untouched(before, state(repository))


def forged(repository: Path, text: str) -> CallPatch:
    base = sh(repository, "rev-parse", "HEAD").strip()
    data = f"odw-base: {base}\n{text}".encode()
    name = Bench(repository).store(data, ".patch")
    return CallPatch(0, "a0", "forged", name, True)


@pytest.mark.parametrize("path", [".git/hooks/x", "../x", "/tmp/x", "link/x", "sub/../../x"])
async def test_patches_stay_inside_the_working_tree(tmp_path: Path, path: str) -> None:
    repository = make_repository(tmp_path / "r")
    (repository / "link").symlink_to("..")
    commit(repository)
    before = state(repository)
    text = f"diff --git a/{path} b/{path}\nnew file mode 100644\n--- /dev/null\n+++ b/{path}\n@@ -0,0 +1 @@\n+x\n"
    with pytest.raises(UsageError, match=r"its patch nodes/\w+\.patch is refused"):
        await apply(repository, [forged(repository, text)])
    assert state(repository) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["r"]


async def test_lost_and_altered_patches_are_named(tmp_path: Path) -> None:
    repository = make_repository(tmp_path / "r")
    [patch] = await patches(repository, lambda r: write(r, "x", "x\n"))
    file = RunDir(str(repository), RUN).file(patch.patch)
    data = Path(file).read_bytes()
    Path(file).write_bytes(data + b"\n")
    with pytest.raises(UsageError, match="was altered"):
        await apply(repository, [patch])
    Path(file).unlink()
    with pytest.raises(UsageError, match="cannot be read"):
        await apply(repository, [patch])
    with pytest.raises(UsageError, match="no name of a stored patch"):
        await apply(repository, [patch._replace(patch="nodes/../x.patch")])
    elsewhere = data.replace(data.split(b"\n")[0], b"odw-base: " + b"1" * 40)
    name = f"nodes/{hashlib.sha256(elsewhere).hexdigest()}.patch"
    Path(RunDir(str(repository), RUN).file(name)).write_bytes(elsewhere)
    with pytest.raises(UsageError, match="the commit that its patch starts from"):
        await apply(repository, [patch._replace(patch=name)])


def event(seq: int, kind: str, index: int = 0, **more: Any) -> dict[str, Any]:
    return {"seq": seq, "type": kind, "index": index, "path": f"a{index}", "label": f"agent {index}", **more}


def test_the_last_session_decides_which_patches_count() -> None:
    first = [
        event(1, "workflow_start"),
        event(2, "worktree_done", 1, patch="nodes/1.patch"),
        event(3, "agent_done", 1, ok=True),
        event(4, "worktree_done", 0, patch="nodes/0.patch"),
        event(5, "agent_done", 0, ok=True),
        event(6, "worktree_done", 2, patch="nodes/2.patch"),
        event(7, "agent_done", 2, ok=False),
        event(8, "agent_done", 3, ok=True, result="no worktree"),
        event(9, "workflow_done"),
    ]
    found = patches_of(first, "")
    assert [(p.index, p.patch, p.ok) for p in found] == [
        (0, "nodes/0.patch", True),
        (1, "nodes/1.patch", True),
        (2, "nodes/2.patch", False),
    ]
    assert [p.index for p in chosen(found, [])] == [0, 1]
    assert [p.index for p in chosen(found, ["agent 2", "0"])] == [0, 2]
    with pytest.raises(UsageError, match="no call 'nobody'"):
        chosen(found, ["nobody"])
    resumed = [
        *first,
        event(10, "workflow_resume"),
        event(11, "agent_skip", 0, cached=True, **{"from": 3}),
        event(12, "worktree_done", 2, patch="nodes/3.patch"),
        event(13, "agent_done", 2, ok=True),
        event(14, "agent_skip", 1, cached=False, reason="given up by hand"),
        event(15, "workflow_done"),
    ]
    assert [(p.index, p.patch) for p in patches_of(resumed, "")] == [
        (0, "nodes/1.patch"),
        (2, "nodes/3.patch"),
    ]
    forked = [
        event(1, "workflow_start"),
        event(2, "agent_done", 5, ok=True, result={"text": "t", "worktree": {"patch": "nodes/5.patch"}}),
        event(3, "workflow_resume"),
        event(4, "agent_skip", 4, cached=True, **{"from": 2}),
    ]
    assert [(p.index, p.patch) for p in patches_of(forked, "")] == [(4, "nodes/5.patch")]
