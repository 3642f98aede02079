"""What codex tells, recorded from the real one, as events and reports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from recorded import RECORDINGS, SCHEMA, SESSION, Played, misshapen, play

from odw.executors._process import Ended
from odw.executors.codex_errors import category_of, failure_of_message, retry_after
from odw.executors.codex_events import CodexReading
from odw.runtime.abc import ABSENT, Event, Failure, Usage


async def played(folder: Path, recording: str, **fields: Any) -> Played:
    return await play("codex", folder, recording, **fields)


async def test_a_success(tmp_path: Path) -> None:
    one = await played(tmp_path, "success")
    report = one.report
    assert (report.text, report.value, report.error, report.exit) == ("Hi back", ABSENT, None, "0")
    assert (report.usage, report.cost, report.session) == (Usage(100, 20), None, SESSION)
    assert one.of("session") == [{"type": "session", "id": SESSION}]
    assert one.of("text") == [{"type": "text", "text": "Hi back"}]
    assert one.of("usage") == [{"type": "usage", "usage": {"input": 100, "output": 20}}]


async def test_what_came_from_the_cache_is_no_input(tmp_path: Path) -> None:
    one = await played(tmp_path, "thinking")
    assert one.report.usage == Usage(50, 10, 40, 0, 4)
    assert [event["text"] for event in one.of("text")] == ["**Deciding**", "42"]


async def test_tools(tmp_path: Path) -> None:
    one = await played(tmp_path, "tools")
    assert one.of("tool") == [
        {"type": "tool", "name": "file_change", "summary": "add /folder/work/x.txt"},
        {"type": "tool", "name": "command_execution", "summary": "exit 3"},
    ]
    assert (one.report.text, one.report.usage) == ("done", Usage(300, 60))


async def test_an_empty_answer_is_an_answer(tmp_path: Path) -> None:
    report = (await played(tmp_path, "empty")).report
    assert (report.text, report.error) == ("", None)


async def test_an_answer_that_is_no_json_is_for_the_runtime_to_judge(tmp_path: Path) -> None:
    report = (await played(tmp_path, "success", schema=SCHEMA)).report
    assert (report.text, report.value, report.error) == ("Hi back", ABSENT, None)


@pytest.mark.parametrize(
    ("recording", "category", "retryable", "words"),
    [
        ("401", "authentication", False, "401 Unauthorized: Incorrect API key"),
        ("403", "authentication", False, "403 Forbidden: Country not supported"),
        ("429", "rate_limit", True, "last status: 429 Too Many Requests"),
        ("quota", "quota", False, "Quota exceeded"),
        ("usage-limit", "quota", False, "hit your usage limit"),
        ("500", "overload", True, "high demand"),
        ("503", "overload", True, "at capacity"),
        ("404", "configuration", False, "The model `gpt-nope` does not exist"),
        (
            "400",
            "configuration",
            False,
            "Invalid schema for response_format 'codex_output_schema' (invalid_request_error)",
        ),
        ("cut", "network", True, "stream disconnected"),
        ("garbled", "network", True, "stream closed before response.completed"),
        ("stream-limit", "rate_limit", True, "try again in 0.2s"),
        ("too-long", "configuration", False, "context window"),
        ("no-key", "authentication", False, "Missing environment variable: `NO_SUCH_KEY`"),
        ("unknown-flag", "configuration", False, "unexpected argument '--no-such-flag'"),
    ],
)
async def test_failures(tmp_path: Path, recording: str, category: str, retryable: bool, words: str) -> None:
    report = (await played(tmp_path, recording)).report
    assert report.error is not None
    assert (report.error.category, report.error.retryable) == (category, retryable)
    assert report.error.message.startswith("codex: ")
    assert words in report.error.message
    assert report.exit in ("1", "2")


def test_every_recording_is_played_here() -> None:
    source = Path(__file__).read_text("utf-8") + (Path(__file__).parent / "test_codex.py").read_text("utf-8")
    names = [path.stem.removeprefix("codex-") for path in RECORDINGS.glob("codex-*.jsonl")]
    assert [name for name in names if f'"{name}"' not in source] == []


async def test_waiting_for_the_provider_is_told_and_its_wish_kept(tmp_path: Path) -> None:
    one = await played(tmp_path, "stream-limit")
    (told,) = one.of("rate_limit")
    assert told["retry_after_s"] == 0.2
    assert one.report.error is not None
    assert one.report.error.retry_after_s == 0.2


async def test_it_recovers_by_itself(tmp_path: Path) -> None:
    report = (await played(tmp_path, "cut-once")).report
    assert (report.text, report.error) == ("recovered", None)


# -- words


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("Please try again in 1.5s.", 1.5),
        ("Please try again in 250ms.", 0.25),
        ("try again in 3 minutes", 180.0),
        ("Retry after 20 seconds", 20.0),
        ("try again later", None),
    ],
)
def test_how_long_to_wait(said: str, seconds: float | None) -> None:
    assert retry_after(said) == seconds


@pytest.mark.parametrize(
    ("said", "category"),
    [
        ("unexpected status 502 Bad Gateway: upstream, url: http://x/v1/responses", "network"),
        ("unexpected status 400 Bad Request: {}", "configuration"),
        ("Reconnecting... waiting for network (Connection failed: error sending request)", "network"),
        ("Your access token could not be refreshed. Please log out and sign in again.", "authentication"),
        ("something that nobody has seen", "crash"),
        ("", "crash"),
    ],
)
def test_classes(said: str, category: str) -> None:
    assert category_of(said) == category


@pytest.mark.parametrize(
    "body", ['{"error": 1}', "{", '{"error": {"message": null}}', "[" * 9999, "{" * 9999]
)
def test_a_body_of_another_shape_is_shown_as_it_is(body: str) -> None:
    assert failure_of_message(body).message.startswith("codex: ")


# -- the reader alone, on lines that no codex should write


def read(*lines: str, ended: Ended | None = None, native: bool = False) -> tuple[Any, list[Event]]:
    events: list[Event] = []
    reading = CodexReading(events.append, native_schema=native, model="m")
    for line in lines:
        reading.line(line)
    return reading.report(ended or Ended(0, None, "")), events


def message(text: str) -> str:
    return json.dumps({"type": "item.completed", "item": {"type": "agent_message", "text": text}})


DONE = json.dumps({"type": "turn.completed", "usage": {"input_tokens": 1, "output_tokens": 2}})


def test_no_end_of_the_turn() -> None:
    report, _ = read("", "not json", message("half"), ended=Ended(0, None, "Segfault soon\n"))
    assert report.error == Failure(
        "crash", "codex: exit status 0, but no end of its turn: Segfault soon", True
    )
    assert (report.text, report.usage) == ("half", None)


def test_a_deadline_wins_and_what_it_waited_for_is_said() -> None:
    stopped = Failure("timeout", "no answer within 3 s", True)
    waiting = json.dumps({"type": "error", "message": "Reconnecting... waiting for network"})
    report, _ = read(message("so far"), waiting, ended=Ended(None, 15, "", stopped))
    assert report.error == Failure(
        "timeout", "codex: no answer within 3 s (it last said: Reconnecting... waiting for network)", True
    )
    assert report.text == "so far"
    report, _ = read(waiting, ended=Ended(None, 9, ""))
    assert report.error == Failure(
        "crash", "codex: killed by SIGKILL (it last said: Reconnecting... waiting for network)", True
    )


def test_a_bad_exit_after_a_good_turn_is_a_failure() -> None:
    report, _ = read(message("fine"), DONE, ended=Ended(None, 9, ""))
    assert (report.text, report.usage) == ("fine", Usage(1, 2))
    assert report.error is not None
    assert report.error.message.startswith("codex: killed by SIGKILL")


def test_all_that_was_said_is_kept_after_a_failure() -> None:
    failed = json.dumps({"type": "turn.failed", "error": {"message": "unexpected status 401 Unauthorized"}})
    assert read(message("one"), message("two"), failed)[0].text == "one\n\ntwo"
    assert read(message("one"), message("two"), DONE)[0].text == "two"


@pytest.mark.parametrize("number", [-1, 1e300, True, "7", [1], 10**40])
def test_absurd_usage_counts_as_none(number: Any) -> None:
    told = {"type": "turn.completed", "usage": {"input_tokens": number, "output_tokens": 5}}
    assert read(message("ok"), json.dumps(told))[0].usage is None


@pytest.mark.parametrize("text", ["NaN", "1e999", "[" * 9999, "{", ""])
def test_no_structured_answer(text: str) -> None:
    report, _ = read(message(text), DONE, native=True)
    assert (report.value, report.error) == (ABSENT, None)


@pytest.mark.parametrize("recording", sorted(path.name for path in RECORDINGS.glob("codex-*.jsonl")))
def test_events_of_another_shape_do_no_harm(recording: str) -> None:
    """Every value of every event in turn replaced by something else."""
    for line in misshapen(recording):
        report, _ = read(line, native=True)
        assert report.text is not None
