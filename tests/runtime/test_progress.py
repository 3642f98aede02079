"""Events as plain lines."""

from __future__ import annotations

from typing import Any

import pytest

from odw.runtime.progress import plain_lines

CALL = {"index": 3, "label": "fix", "phase": "Mend", "path": "p0[1]/a0"}


@pytest.mark.parametrize(
    ("event", "lines"),
    [
        (
            {"type": "workflow_resume", "runId": "r1", "journal": "j", "name": "n", "backend": "mock", "session": 2},
            ["[odw] run_id=r1", "[odw] journal=j", "[workflow] resume n backend=mock session=2"],
        ),
        ({"type": "agent_skip", **CALL, "cached": True, "reason": "replayed"}, ["[node] skip Mend / fix cached=true"]),
        (
            {"type": "agent_skip", **CALL, "phase": None, "cached": False, "reason": "given up by hand"},
            ["[node] skip - / fix cached=false given up by hand"],
        ),
        ({"type": "agent_done", **CALL, "ok": False}, ["[node] done Mend / fix ok=false"]),
        ({"type": "agent_done", **CALL, "ok": True, "imported": 9}, []),
        ({"type": "agent_progress", "index": 3, "attempt": 1, "event": {"type": "usage"}}, []),
        ({"type": "timer_fired", "path": "t0", "delayMs": 5}, []),
        ({"type": "workflow_error", "name": "n", "status": "failed", "message": "no"}, ["[workflow] failed n: no"]),
        ({"type": "workflow_error", "name": "n", "status": "stopped", "message": "stopped"}, ["[workflow] stopped n"]),
        ({"type": "control", "id": "x", "command": "pause", "ok": True}, ["[control] pause"]),
        (
            {"type": "control", "id": "x", "command": "skip", "node": "7", "ok": False, "message": "it has ended"},
            ["[control] skip 7: refused: it has ended"],
        ),
        ({"type": "worktree_start", **CALL, "branch": "odw/r1/p0.1-a0", "base": "0"}, ["[worktree] fix on odw/r1/p0.1-a0"]),
        ({"type": "worktree_done", **CALL, "changed": False, "files": []}, ["[worktree] fix unchanged"]),
        ({"type": "worktree_done", **CALL, "changed": True, "files": [{}]}, ["[worktree] fix 1 file changed"]),
        ({"type": "worktree_done", **CALL, "changed": True, "files": [{}, {}]}, ["[worktree] fix 2 files changed"]),
        ({"type": "of a later odw"}, []),
    ],
)  # fmt: skip
def test_lines(event: dict[str, Any], lines: list[str]) -> None:
    assert plain_lines(event) == lines
