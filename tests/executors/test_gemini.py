"""The gemini executor: what Gemini CLI is given, and what its events come to."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from fake_cli import Fake

from odw.errors import ExecutorError
from odw.executors import gemini
from odw.executors._process import Ended
from odw.executors.gemini import GeminiExecutor
from odw.executors.gemini_events import GeminiReading
from odw.runtime.abc import Usage

SCHEMA = {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}


@pytest.fixture
def fake(tmp_path: Path) -> Fake:
    return Fake(GeminiExecutor, "gemini", tmp_path)


async def test_an_answer(fake: Fake) -> None:
    report = await fake.ask("Hello")
    assert report.text == "Done."
    assert report.usage == Usage(
        70, 25, 30, 0, 5
    )  # 100 in with 30 from the cache; 125 in all, so 5 were thoughts
    assert (report.model, report.session, report.error, report.exit) == ("gemini-real", "uuid-0", None, "0")
    [start] = fake.starts
    assert start["argv"] == ["--output-format", "stream-json", "--approval-mode", "auto_edit"]
    assert start["stdin"] == "Hello"
    assert [event["text"] for event in fake.told("text")] == ["Done."]  # once, not piece by piece
    assert [event["model"] for event in fake.told("started")[1:]] == ["gemini-auto"]


async def test_a_tool(fake: Fake) -> None:
    report = await fake.ask("#tool")
    assert report.text == "Done."  # not what it said before it used the tool
    assert fake.told("tool") == [{"type": "tool", "name": "run_shell_command", "summary": "ls -l"}]
    assert [event["text"] for event in fake.told("text")] == ["I look.", "Done."]


@pytest.mark.parametrize(
    ("permission", "mode"),
    [("read", "plan"), ("limited", "auto_edit"), ("max", "yolo"), ("default", "default")],
)
async def test_permissions(fake: Fake, permission: str, mode: str) -> None:
    await fake.ask(options={"permission": permission}, model="gemini-x")
    assert fake.starts[0]["argv"][2:] == ["--approval-mode", mode, "--model", "gemini-x"]


async def test_tools_by_a_policy(fake: Fake) -> None:
    await fake.ask(options={"tools": ["Read", "Bash", "my_tool"]})
    await fake.ask(options={"tools": []})
    some, none = (tomllib.loads(start["policy"])["rule"] for start in fake.starts)
    deny, allow = some
    assert (deny["toolName"], deny["decision"]) == ("*", "deny")
    assert (allow["toolName"], allow["decision"]) == (["read_file", "run_shell_command", "my_tool"], "allow")
    assert allow["priority"] > deny["priority"]
    assert none == [deny]


async def test_its_environment(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GEMINI_API_KEY", "GOOGLE_API_KEY", "OPENAI_API_KEY", "ANTHROPIC_API_KEY"):
        monkeypatch.setenv(name, f"secret-of-{name}")
    await fake.ask(table={"base_url": "http://127.0.0.1:1"})
    env = fake.starts[0]["env"]
    assert {name for name in env if name.endswith("_API_KEY")} == {"GEMINI_API_KEY", "GOOGLE_API_KEY"}
    assert env["GOOGLE_GEMINI_BASE_URL"] == "http://127.0.0.1:1"


async def test_a_system_prompt_comes_first_and_a_slash_is_no_command(fake: Fake) -> None:
    await fake.ask("Go", options={"system": "Be brief."})
    await fake.ask("/clear everything")
    assert [start["stdin"] for start in fake.starts] == ["Be brief.\n\nGo", "\n/clear everything"]


async def test_a_repair_in_the_same_session(fake: Fake) -> None:
    first = await fake.ask("#say nonsense", schema=SCHEMA)
    second = await fake.ask(
        "#say nonsense",
        schema=SCHEMA,
        attempt=2,
        feedback=("$: no object",),
        previous="nonsense",
        session=first.session,
    )
    assert json.loads(second.text) == {"n": 7}
    assert fake.starts[1]["argv"][-2:] == ["--resume", "uuid-0"]
    assert "#say" not in fake.starts[1]["stdin"]


async def test_a_session_that_is_gone(fake: Fake) -> None:
    report = await fake.ask("#say nonsense", schema=SCHEMA, feedback=("$: no",), session="uuid-gone")
    assert report.error is None
    assert len(fake.starts) == 2
    assert "--resume" not in fake.starts[1]["argv"]


@pytest.mark.parametrize(
    ("prompt", "category"),
    [
        ("#status 401", "authentication"),
        ("#status 429", "rate_limit"),
        ("#status 400", "configuration"),
        ("#status 500", "transient"),
        ("#status 503", "overload"),
        ("#exit 41 Invalid auth method selected.", "authentication"),
        ("#exit 53 Reached max session turns.", "configuration"),
        ("#exit 173 it ended early", "rate_limit"),  # 429 in eight bits
        ("#exit 1 it ended early", "crash"),
    ],
)
async def test_errors_by_class(fake: Fake, prompt: str, category: str) -> None:
    report = await fake.ask(prompt)
    assert report.error is not None
    assert report.error.category == category
    assert prompt.partition(" ")[2].partition(" ")[2] in report.error.message
    assert " at " not in report.error.message and "Ripgrep" not in report.error.message
    assert report.usage is None


async def test_what_the_server_said_in_its_own_words(fake: Fake) -> None:
    report = await fake.ask("#status 401")
    assert report.error is not None
    assert report.error.message == "gemini: scripted error 401 (SAID)"


async def test_half_an_answer_is_none(fake: Fake) -> None:
    report = await fake.ask("#half")
    assert report.error is not None
    assert (report.error.category, report.error.retryable) == ("crash", True)


async def test_no_usage(fake: Fake) -> None:
    report = await fake.ask("#unused")
    assert (report.text, report.usage, report.model) == ("Done.", None, "gemini-auto")


async def test_a_prompt_that_it_would_cut_off(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gemini, "_STDIN_LIMIT", 100)
    with pytest.raises(ExecutorError, match="the prompt has 101 bytes; gemini reads 100"):
        await fake.ask("x" * 101)


async def test_a_mode_that_it_has_not(fake: Fake) -> None:
    with pytest.raises(ExecutorError, match="permission: expected one of read, limited, max, default"):
        await fake.ask(options={"permission": "yolo2"})


def test_lines_without_sense_are_passed_over() -> None:
    made = GeminiReading(lambda event: None, None)
    for line in (
        "",
        "{",
        "[]",
        '{"type": 3}',
        '{"type": "message", "role": "assistant", "content": 4}',
        '{"type": "tool_use", "parameters": 7}',
        '{"type": "result", "stats": {"models": {"a": 1}}}',
    ):
        made.line(line)
    report = made.report(Ended(0, None, ""))
    assert report.error is not None and report.error.category == "crash"
