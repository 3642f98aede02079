"""A call's content key and its structural path."""

from __future__ import annotations

from typing import Any

from odw.runtime.call_key import call_key
from odw.runtime.call_path import Frame, Scope


def test_the_key_is_made_of_what_reaches_the_executor() -> None:
    def key(**changes: Any) -> str:
        facts: dict[str, Any] = {
            "prompt": "p",
            "schema": "",
            "model": "m",
            "effort": None,
            "runtime": "r",
            "options": {},
        }
        facts.update(changes)
        return call_key(**facts)

    assert key() == key(options={"label": "L", "phase": "P", "maxAttempts": 9, "onFailure": "throw"})
    assert key() == key(options={"isolation": None})
    others = [
        key(prompt="q"), key(schema="{}"), key(model=None), key(effort="high"), key(runtime="s"),
        key(options={"agentType": "a"}), key(options={"isolation": "worktree"}), key(options={"own": 1}),
    ]  # fmt: skip
    assert len({key(), *others}) == len(others) + 1


def test_paths_count_by_kind_within_a_scope() -> None:
    scope = Scope(Frame("w", {}))
    assert [scope.next("a"), scope.next("a"), scope.next("p")] == ["a0", "a1", "p0"]
    inner = scope.inside("p0[3]", "P")
    assert (inner.next("a"), inner.current_phase) == ("p0[3]/a0", "P")
