"""The opencode executor: what opencode is given, and what its events come to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fake_cli import Fake

from odw.errors import ExecutorError
from odw.executors._process import Ended
from odw.executors.opencode import OpencodeExecutor
from odw.executors.opencode_events import OpencodeReading
from odw.runtime.abc import AgentType, Usage

SCHEMA = {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}
ENDED = Ended(0, None, "")


@pytest.fixture
def fake(tmp_path: Path) -> Fake:
    return Fake(OpencodeExecutor, "opencode", tmp_path)


async def test_an_answer(fake: Fake) -> None:
    report = await fake.ask("Hello")
    assert report.text == "Done."
    assert report.usage == Usage(70, 20, 30, 0, 5)  # its output leaves the reasoning out
    assert (report.cost, report.session, report.error, report.exit) == (0.5, "ses_0", None, "0")
    assert [event["id"] for event in fake.told("session")] == ["ses_0"]
    [start] = fake.starts
    assert start["argv"] == ["run", "--format", "json"]
    assert start["stdin"] == "Hello"


async def test_steps_with_a_tool(fake: Fake) -> None:
    report = await fake.ask("#tool")
    assert report.text == "Done."  # not what it said before it used the tool
    assert report.usage == Usage(140, 40, 60, 0, 10)
    assert report.cost == 1.0
    assert fake.told("tool") == [{"type": "tool", "name": "bash", "summary": "ls -l"}]
    assert [event["usage"]["output"] for event in fake.told("usage")] == [20, 40]


async def test_what_a_call_may_wish(fake: Fake) -> None:
    await fake.ask(
        model="deepseek/chat",
        effort="high",
        options={"permission": "max", "maxTokens": 500, "env": {"X": "1"}},
    )
    [start] = fake.starts
    assert start["argv"][3:] == ["--model", "deepseek/chat", "--variant", "high", "--auto"]
    assert (start["env"]["X"], start["env"]["OPENCODE_EXPERIMENTAL_OUTPUT_TOKEN_MAX"]) == ("1", "500")
    assert "OPENCODE_PERMISSION" not in start["env"]


async def test_reading_only(fake: Fake) -> None:
    await fake.ask(options={"permission": "read"})
    [start] = fake.starts
    permission = json.loads(start["env"]["OPENCODE_PERMISSION"])
    assert permission == {"edit": "deny", "bash": "deny", "external_directory": "deny"}
    assert "--auto" not in start["argv"]


async def test_tools_by_the_names_of_other_programs(fake: Fake) -> None:
    agent = AgentType("reader", "Reads.", "You read.", tools=("Read", "Bash(git *)", "Write"))
    await fake.ask("Go", agent=agent, options={"permission": "read"})
    [start] = fake.starts
    permission = json.loads(start["env"]["OPENCODE_PERMISSION"])
    assert next(iter(permission)) == "*"  # the last rule that fits wins
    assert permission == {
        "*": "deny",
        "read": "allow",
        "bash": "deny",
        "edit": "deny",
        "external_directory": "deny",
    }
    assert start["stdin"] == "You read.\n\nGo"


async def test_only_the_key_of_the_model_s_provider(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DEEPSEEK_API_KEY", "OPENAI_API_KEY", "ANTHROPIC_API_KEY", "OPENCODE_API_KEY"):
        monkeypatch.setenv(name, f"secret-of-{name}")
    await fake.ask(model="deepseek/chat")
    await fake.ask()
    named, unnamed = ({name for name in start["env"] if name.endswith("_API_KEY")} for start in fake.starts)
    assert named == {"DEEPSEEK_API_KEY", "OPENCODE_API_KEY"}
    assert unnamed == {"OPENCODE_API_KEY"}


async def test_a_server_of_one_s_own(fake: Fake) -> None:
    await fake.ask(table={"model": "own/m1", "base_url": "http://127.0.0.1:1/v1"})
    assert json.loads(fake.starts[0]["env"]["OPENCODE_CONFIG_CONTENT"]) == {
        "provider": {"own": {"options": {"baseURL": "http://127.0.0.1:1/v1"}}}
    }
    with pytest.raises(ExecutorError, match="base_url needs a model"):
        await fake.ask(table={"base_url": "http://127.0.0.1:1"})


async def test_the_user_s_own_content_is_kept(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENCODE_CONFIG_CONTENT", '{"provider": {"own": {"name": "Own"}}, "theme": "x"}')
    await fake.ask(table={"model": "own/m1", "base_url": "http://127.0.0.1:1"})
    content = json.loads(fake.starts[0]["env"]["OPENCODE_CONFIG_CONTENT"])
    assert content == {
        "provider": {"own": {"name": "Own", "options": {"baseURL": "http://127.0.0.1:1"}}},
        "theme": "x",
    }
    monkeypatch.setenv("OPENCODE_CONFIG_CONTENT", "[]")
    with pytest.raises(ExecutorError, match="not a JSON object"):
        await fake.ask(table={"model": "own/m1", "base_url": "http://127.0.0.1:1"})


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
    assert second.session == first.session
    assert '"required": ["n"]' in fake.starts[0]["stdin"]
    assert fake.starts[1]["argv"][-2:] == ["--session", "ses_0"]
    assert "$: no object" in fake.starts[1]["stdin"] and "#say" not in fake.starts[1]["stdin"]


async def test_a_session_to_go_on_with_gets_the_prompt(fake: Fake) -> None:
    first = await fake.ask("One")
    await fake.ask("Two", session=first.session)
    assert fake.starts[1]["stdin"] == "Two"


async def test_a_session_that_is_gone(fake: Fake) -> None:
    report = await fake.ask(
        "#say nonsense", schema=SCHEMA, feedback=("$: no object",), previous="nonsense", session="ses_gone"
    )
    assert report.error is None
    assert len(fake.starts) == 2
    assert "#say nonsense" in fake.starts[1]["stdin"] and "--session" not in fake.starts[1]["argv"]


@pytest.mark.parametrize(
    ("prompt", "category"),
    [
        ("#status 401", "authentication"),
        ("#status 402", "quota"),
        ("#status 429", "rate_limit"),
        ("#status 400", "configuration"),
        ("#status 500", "transient"),
        ("#status 503", "overload"),
        ("#status 529", "overload"),
        ("#error ProviderAuthError", "authentication"),
        ("#error ContextOverflowError", "configuration"),
        ("#error MessageAbortedError", "cancelled"),
        ("#error UnknownError", "crash"),
    ],
)
async def test_errors_by_class(fake: Fake, prompt: str, category: str) -> None:
    report = await fake.ask(prompt)
    assert report.error is not None
    assert report.error.category == category
    assert "scripted" in report.error.message
    assert report.exit == "1"


@pytest.mark.parametrize("prompt", ["#half", "#reset", "#tool #reset"])
async def test_half_an_answer_is_none(fake: Fake, prompt: str) -> None:
    report = await fake.ask(prompt)
    assert report.error is not None
    assert (report.error.category, report.error.retryable) == ("crash", True)
    assert "no final result" in report.error.message


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"model": "sonnet"}, "provider/model"),
        ({"options": {"permission": "plan"}}, "permission: expected one of read, limited, max, found 'plan'"),
        ({"model": "--auto"}, "found a flag"),
    ],
)
async def test_wishes_that_it_cannot_have(fake: Fake, fields: dict[str, object], message: str) -> None:
    with pytest.raises(ExecutorError, match=message) as raised:
        await fake.ask(**fields)
    assert raised.value.category == "configuration"


def reading(*parts: dict[str, object]) -> OpencodeReading:
    made = OpencodeReading(lambda event: None, None)
    for part in parts:
        made.line(json.dumps({"type": "step_finish", "part": {"reason": "stop", **part}}))
    return made


@pytest.mark.parametrize(
    ("tokens", "usage"),
    [
        (
            {"input": 1, "output": 20, "reasoning": 5},
            Usage(1, 20, 0, 0, 5),
        ),  # an older one: it has them in its output
        ({"input": 1, "output": 20, "reasoning": 5, "total": 21}, Usage(1, 20, 0, 0, 5)),
        ({"input": 1, "output": 20, "reasoning": 5, "total": 26}, Usage(1, 25, 0, 0, 5)),
        ({"input": -1, "output": 20}, None),
        ({"input": "many"}, None),
        ({}, None),
    ],
)
def test_tokens(tokens: dict[str, object], usage: Usage | None) -> None:
    assert reading({"tokens": tokens}).report(ENDED).usage == usage


def test_lines_without_sense_are_passed_over() -> None:
    made = OpencodeReading(lambda event: None, None)
    for line in (
        "",
        "{",
        "[]",
        "null",
        '{"type": 3}',
        '{"type": "text"}',
        '{"type": "text", "part": [1]}',
        '{"type": "tool_use", "part": {"state": 7}}',
        '{"type": "error"}',
    ):
        made.line(line)
    report = made.report(ENDED)
    assert report.error is not None and report.error.category == "crash"
