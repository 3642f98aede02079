"""What claude tells, recorded from the real one, as events and reports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from recorded import RECORDINGS, SCHEMA, SESSION, Played, misshapen, play

from odw.executors._process import Ended
from odw.executors.claude_events import ClaudeReading
from odw.runtime.abc import ABSENT, Event, Failure, Usage


async def played(folder: Path, recording: str, **fields: Any) -> Played:
    return await play("claude", folder, recording, **fields)


async def test_a_success(tmp_path: Path) -> None:
    one = await played(tmp_path, "success")
    report = one.report
    assert (report.text, report.value, report.error, report.exit) == ("Hi back", ABSENT, None, "0")
    assert (report.model, report.session) == ("claude-sonnet-5", SESSION)
    assert report.usage == Usage(100, 20)
    assert report.cost == pytest.approx(0.0006)
    assert one.of("session") == [{"type": "session", "id": SESSION}]
    assert one.of("text") == [{"type": "text", "text": "Hi back"}]


async def test_usage_while_it_works_and_at_the_end(tmp_path: Path) -> None:
    one = await played(tmp_path, "tools")
    assert [event["usage"] for event in one.of("usage")] == [
        {"input": 100, "output": 20},
        {"input": 200, "output": 40},
        {"input": 200, "output": 40},
    ]
    assert [event.get("cost") for event in one.of("usage")[:2]] == [None, None]
    assert one.of("usage")[-1]["cost"] == one.report.cost


async def test_the_cache_is_counted_apart(tmp_path: Path) -> None:
    assert (await played(tmp_path, "thinking")).report.usage == Usage(10, 7, 900, 50)


async def test_what_sub_agents_used_is_counted_in(tmp_path: Path) -> None:
    one = await played(tmp_path, "subagent")
    assert one.report.usage == Usage(300, 60)
    assert one.report.text == "after"
    assert one.of("tool") == [{"type": "tool", "name": "Agent", "summary": "general-purpose"}]


async def test_tools_and_what_was_denied(tmp_path: Path) -> None:
    assert (await played(tmp_path, "tools")).of("tool") == [
        {"type": "tool", "name": "Bash", "summary": "echo hi"},
        {"type": "tool", "name": "Write", "summary": "/nowhere/x.txt"},
        {"type": "tool", "name": "Write", "summary": "denied: /nowhere/x.txt"},
    ]


@pytest.mark.parametrize(("recording", "value"), [("schema", {"n": 3}), ("schema-mended", {"n": 5})])
async def test_a_structured_answer(tmp_path: Path, recording: str, value: Any) -> None:
    report = (await played(tmp_path, recording, schema=SCHEMA)).report
    assert (report.value, report.error) == (value, None)
    assert json.loads(report.text) == value


async def test_an_answer_without_structure_is_for_the_runtime_to_judge(tmp_path: Path) -> None:
    report = (await played(tmp_path, "schema-never", schema=SCHEMA)).report
    assert (report.text, report.value, report.error, report.session) == ("I will not", ABSENT, None, SESSION)


async def test_when_claude_gives_up_on_the_schema_its_last_answer_is_judged(tmp_path: Path) -> None:
    report = (await played(tmp_path, "schema-given-up", schema=SCHEMA)).report
    assert (report.text, report.value, report.error) == ('{"n": "x"}', ABSENT, None)


@pytest.mark.parametrize(
    ("recording", "category", "retryable", "words"),
    [
        ("401", "authentication", False, "Invalid API key"),
        ("403", "authentication", False, "Your account does not have access"),
        ("429", "rate_limit", True, "Request rejected (429)"),
        ("500", "transient", True, "500 Internal server error"),
        ("529", "overload", True, "529 Overloaded"),
        ("404", "configuration", False, "issue with the selected model (claude-sonnet-5)"),
        ("too-long", "configuration", False, "Prompt is too long"),
        ("credit", "quota", False, "Credit balance is too low"),
        ("plan-limit", "quota", False, "You've hit your session limit · resets"),
        ("refused", "configuration", False, "Usage Policy"),
        ("cut", "network", True, "ECONNRESET"),
        ("garbled", "crash", True, "Failed to parse JSON"),
        ("stream-error", "transient", True, "500 Overloaded"),
        ("not-logged-in", "authentication", False, "Not logged in"),
        ("max-turns", "configuration", False, "Reached maximum number of turns (2); raise maxTurns"),
        ("max-budget", "configuration", False, "Reached maximum budget"),
        ("unknown-flag", "configuration", False, "unknown option '--no-such-flag'"),
    ],
)
async def test_failures(tmp_path: Path, recording: str, category: str, retryable: bool, words: str) -> None:
    report = (await played(tmp_path, recording)).report
    assert report.error is not None
    assert (report.error.category, report.error.retryable) == (category, retryable)
    assert report.error.message.startswith("claude: ")
    assert words in report.error.message
    assert report.exit == "1"


def test_every_recording_is_played_here() -> None:
    source = Path(__file__).read_text("utf-8") + (Path(__file__).parent / "test_claude.py").read_text("utf-8")
    names = [path.stem.removeprefix("claude-") for path in RECORDINGS.glob("claude-*.jsonl")]
    assert [name for name in names if f'"{name}"' not in source] == []


async def test_waiting_for_the_provider_is_told_and_its_wish_kept(tmp_path: Path) -> None:
    one = await played(tmp_path, "429")
    assert one.of("rate_limit") == [
        {"type": "rate_limit", "message": "rate limit (429)", "retry_after_s": 1.0}
    ]
    assert one.report.error is not None
    assert one.report.error.retry_after_s == 1.0


async def test_the_plans_limit_is_told(tmp_path: Path) -> None:
    assert (await played(tmp_path, "plan-limit")).of("rate_limit") == [
        {"type": "rate_limit", "message": "five hour limit: rejected"}
    ]


async def test_it_recovers_by_itself(tmp_path: Path) -> None:
    report = (await played(tmp_path, "cut-once")).report
    assert (report.text, report.error) == ("recovered", None)


async def test_what_was_said_before_the_failure_is_kept(tmp_path: Path) -> None:
    report = (await played(tmp_path, "max-turns")).report
    assert report.text.startswith("On it")
    assert report.usage == Usage(200, 40)


# -- the reader alone, on lines that no claude should write


def read(*lines: str, ended: Ended | None = None, native: bool = False) -> tuple[Any, list[Event]]:
    events: list[Event] = []
    reading = ClaudeReading(events.append, native_schema=native)
    for line in lines:
        reading.line(line)
    return reading.report(ended or Ended(0, None, "")), events


def test_no_result_at_all() -> None:
    report, _ = read("", "not json", "[]", "{", ended=Ended(0, None, "Segfault soon\n"))
    assert report.error == Failure("crash", "claude: exit status 0, but no result: Segfault soon", True)
    assert report.usage is None


def test_a_deadline_wins_over_everything_and_the_text_stays() -> None:
    stopped = Failure("timeout", "no answer within 3 s", True)
    said = {
        "type": "assistant",
        "message": {"id": "m", "model": "x", "content": [{"type": "text", "text": "so far"}]},
    }
    report, _ = read(json.dumps(said), ended=Ended(None, 15, "", stopped))
    assert report.error == Failure("timeout", "claude: no answer within 3 s", True)
    assert (report.text, report.model) == ("so far", "x")


def test_a_deadline_says_what_it_was_waiting_for() -> None:
    stopped = Failure("timeout", "no answer within 3 s", True)
    retry = {"type": "system", "subtype": "api_retry", "error_status": 529, "error": "overloaded"}
    said = {"type": "assistant", "message": {"id": "m", "model": "x", "content": []}}
    report, _ = read(json.dumps(retry), ended=Ended(None, 15, "", stopped))
    assert report.error is not None
    assert report.error.message.endswith("3 s (it was trying again: overloaded 529)")
    report, _ = read(json.dumps(retry), json.dumps(said), ended=Ended(None, 15, "", stopped))
    assert report.error is not None
    assert report.error.message.endswith("3 s")


def test_a_bad_exit_after_a_good_result_is_a_failure() -> None:
    result = {"type": "result", "subtype": "success", "is_error": False, "result": "fine"}
    report, _ = read(json.dumps(result), ended=Ended(3, None, ""))
    assert report.text == "fine"
    assert report.error is not None
    assert report.error.category == "crash"


@pytest.mark.parametrize("number", [-1, 1e300, True, "7", [1], None, 10**40])
def test_absurd_usage_counts_as_none(number: Any) -> None:
    told = {"input_tokens": number, "output_tokens": 5}
    result = {"type": "result", "is_error": False, "result": "ok", "usage": told, "total_cost_usd": number}
    report, _ = read(json.dumps(result))
    assert report.usage == (Usage(0, 5) if number is None else None)
    assert report.cost is None


@pytest.mark.parametrize("recording", sorted(path.name for path in RECORDINGS.glob("claude-*.jsonl")))
def test_events_of_another_shape_do_no_harm(recording: str) -> None:
    """Every value of every event in turn replaced by something else."""
    for line in misshapen(recording):
        report, _ = read(line, native=True)
        assert report.text is not None


def test_lines_cut_at_every_byte_do_no_harm() -> None:
    line = json.dumps({"type": "result", "is_error": False, "result": "ok", "usage": {"input_tokens": 1}})
    for length in range(len(line)):
        report, _ = read(line[:length])
        assert report.error is not None
    assert read(line)[0].text == "ok"
