"""RunView: what people see of a run, folded from its events."""

from __future__ import annotations

from typing import Any

from odw.runtime.abc import Usage
from odw.runtime.run_view import (
    DONE,
    FAILED,
    REFUSED,
    REPLAYED,
    RUNNING,
    SKIPPED,
    TOOLS_KEPT,
    WAITING,
    RunView,
    milliseconds,
)


class Story:
    """Feeds a view, one event a second."""

    def __init__(self) -> None:
        self.view = RunView()
        self.seq = 0

    def tell(self, kind: str, **facts: Any) -> int:
        self.seq += 1
        self.view.take({"seq": self.seq, "ts": self.seq * 1000.0, "type": kind, **facts})
        return self.seq

    def start(self, index: int, label: str = "a", **facts: Any) -> None:
        self.tell(
            "agent_start", index=index, key=f"k{label}", path=f"a{index}", label=label, phase="P", runtime="mock",
            attempt=1, **facts,
        )  # fmt: skip

    def done(self, index: int, label: str = "a", ok: bool = True, **facts: Any) -> int:
        ending: dict[str, Any] = (
            {"result": "r"} if ok else {"error": {"category": "crash", "message": "m", "retryable": True}}
        )
        return self.tell(
            "agent_done", index=index, label=label, ok=ok, durationMs=5, usage={"input": 1, "output": 2}, **ending, **facts
        )  # fmt: skip


def test_a_run_from_its_beginning_to_its_end() -> None:
    story = Story()
    story.tell("workflow_start", name="w", runId="r1", backend="mock")
    story.tell("phase", title="P", detail="all of it")
    assert (story.view.name, story.view.run_id, story.view.status) == ("w", "r1", "running")
    story.start(1, waitedMs=400, site=[3, 9])
    call = story.view.calls[1]
    assert (call.status, call.queued, call.started, call.waited_ms, call.site) == (
        RUNNING,
        2600,
        3000,
        400,
        [3, 9],
    )
    story.done(1, cost=0.5, model="m1")
    assert (call.status, call.duration_ms, call.usage, call.cost, call.model) == (
        DONE,
        1000,
        Usage(1, 2),
        0.5,
        "m1",
    )
    story.tell("workflow_done", name="w", result=1, calls=1, census={})
    view = story.view
    assert view.status == "completed" and view.census == {RUNNING: 0, DONE: 1}
    assert (view.usage, view.cost, view.phases) == (Usage(1, 2), 0.5, {"P": "all of it"})
    assert view.sessions[0].ended == 5000


def test_retries_keep_each_attempt() -> None:
    story = Story()
    story.tell("workflow_start", name="w")
    story.start(1)
    call = story.view.calls[1]
    error = {"category": "rate_limit", "message": "slow down", "retryable": True}
    story.tell(
        "agent_progress", index=1, attempt=1, event={"type": "usage", "usage": {"input": 5, "output": 1}}
    )
    story.tell("agent_retry", index=1, label="a", attempt=2, delayMs=2000, error=error)
    assert call.status == WAITING and call.attempts[0].error == error
    assert call.attempts[1].started == call.attempts[0].ended + 2000  # type: ignore[operator]
    story.tell("agent_schema_invalid", index=1, label="a", attempt=2, problems=["$: no"], final=False)
    assert [attempt.number for attempt in call.attempts] == [1, 2, 3] and call.attempts[1].problems == [
        "$: no"
    ]
    story.tell(
        "agent_progress", index=1, attempt=3, event={"type": "usage", "usage": {"output": 7}, "cost": 0.1}
    )
    assert (call.usage, call.cost) == (Usage(5, 8), 0.1) == (story.view.usage, story.view.cost)
    story.done(1, attempts=[{"attempt": 2, "text": "wrong"}, {"attempt": 3, "text": "right", "cost": 0.1}])
    assert [attempt.text for attempt in call.attempts] == [None, "wrong", "right"]
    assert all(attempt.ended is not None for attempt in call.attempts)
    assert story.view.usage == Usage(1, 2)  # what the end says counts, not what was told on the way


def test_a_replay_shows_what_the_session_did_that_ran_it() -> None:
    story = Story()
    story.tell("workflow_start", name="w")
    story.start(1)
    story.tell("agent_progress", index=1, attempt=1, event={"type": "tool", "name": "Bash", "summary": "ls"})
    end = story.done(1)
    story.tell("workflow_error", name="w", status="interrupted", message="signal")
    assert story.view.status == "interrupted"
    story.tell("workflow_resume", name="w", session=2, changed=["scriptSha256"])
    assert not story.view.calls and story.view.status == "running"
    story.tell(
        "agent_skip", index=4, label="a", path="a4", key="ka", phase="P", cached=True, usage={"input": 1, "output": 2},
        **{"from": end},
    )  # fmt: skip
    call = story.view.calls[4]
    assert (call.status, call.started, call.ended, call.session) == (REPLAYED, 2000, 4000, 1)
    assert (call.tool_count, call.usage, story.view.usage) == (1, Usage(1, 2), Usage(1, 2))
    assert call.end is not None and call.end["result"] == "r"
    assert [(s.number, s.status, s.changed) for s in story.view.sessions] == [
        (1, "interrupted", []),
        (2, "", ["scriptSha256"]),
    ]


def test_imported_results_are_no_calls_until_they_replay() -> None:
    story = Story()
    story.tell("workflow_start", name="w", forkOf="r0")
    end = story.done(1, imported=7)
    assert not story.view.calls and story.view.usage == Usage()
    story.tell("agent_skip", index=1, label="a", cached=True, **{"from": end})
    assert story.view.calls[1].status == REPLAYED and story.view.calls[1].ended == 2000


def test_calls_without_a_result() -> None:
    story = Story()
    story.tell("workflow_start", name="w")
    story.start(1)
    story.done(1, ok=False)
    story.start(2)
    story.tell(
        "agent_skip", index=2, label="b", cached=False, skipped=True, reason="given up", usage={"output": 3}
    )
    story.tell("agent_skip", index=3, label="c", cached=False, reason="no budget")
    assert [call.status for call in story.view.calls.values()] == [FAILED, SKIPPED, REFUSED]
    assert story.view.usage == Usage(1, 5) and [
        call.label for call in story.view.calls.values() if call.status == FAILED
    ] == ["a"]
    assert all(call.over and call.error for call in story.view.calls.values())


def test_only_the_last_tool_calls_are_kept() -> None:
    story = Story()
    story.tell("workflow_start", name="w")
    story.start(1)
    for number in range(TOOLS_KEPT + 5):
        story.tell(
            "agent_progress", index=1, attempt=1, event={"type": "tool", "name": "T", "summary": str(number)}
        )
    call = story.view.calls[1]
    assert (len(call.tools), call.tool_count, call.tool) == (
        TOOLS_KEPT,
        TOOLS_KEPT + 5,
        f"T {TOOLS_KEPT + 4}",
    )


def test_what_is_unknown_is_passed_over() -> None:
    story = Story()
    story.tell("of a later odw", index=3)
    story.tell("agent_progress", index=9, event={"type": "usage"})
    story.tell("agent_retry", index=9, attempt=2)
    assert not story.view.calls and story.view.moment == 3000
    assert (
        milliseconds("2026-11-21T03:40:12.123Z") == 1795232412123
        and milliseconds("never") == milliseconds(None) == 0
    )


def test_a_run_that_is_paused_says_so() -> None:
    story = Story()
    story.tell("workflow_start", name="w")
    story.tell("control", command="pause", ok=False)
    assert story.view.status == "running"
    story.tell("control", command="pause", ok=True)
    assert story.view.status == "paused"
    story.tell("control", command="unpause", ok=True)
    assert story.view.status == "running" and len(story.view.logs) == 3
