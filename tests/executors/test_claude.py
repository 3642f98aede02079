"""The claude executor: what claude is started with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from recorded import SCHEMA, SESSION, Player, play

from odw.errors import ExecutorError
from odw.runtime.abc import ABSENT, AgentType


async def started(folder: Path, recording: str = "success", **fields: Any) -> Any:
    return await play("claude", folder, recording, **fields)


async def test_the_prompt_is_on_stdin_alone(tmp_path: Path) -> None:
    played = await started(tmp_path, prompt="Grüße 🙂 secret-prompt")
    assert played.stdin == "Grüße 🙂 secret-prompt"
    assert not any("secret-prompt" in word for word in played.argv)
    assert played.argv[:4] == ["-p", "--output-format", "stream-json", "--verbose"]


async def test_a_prompt_that_looks_like_a_command_is_none(tmp_path: Path) -> None:
    assert (await started(tmp_path, prompt="/compact it")).stdin == "\n/compact it"


async def test_model_effort_turns_and_the_profiles_own_arguments(tmp_path: Path) -> None:
    played = await started(
        tmp_path, model="sonnet", effort="high", options={"maxTurns": 3}, table={"args": ["--betas", "x"]}
    )
    assert (played.after("--model"), played.after("--effort"), played.after("--max-turns")) == (
        "sonnet",
        "high",
        "3",
    )
    assert played.argv[-2:] == ["--betas", "x"]


@pytest.mark.parametrize(
    ("permission", "mode"),
    [(None, "acceptEdits"), ("limited", "acceptEdits"), ("max", "bypassPermissions"), ("plan", "plan")],
)
async def test_permissions(tmp_path: Path, permission: str | None, mode: str) -> None:
    played = await started(tmp_path, options={} if permission is None else {"permission": permission})
    assert played.after("--permission-mode") == mode
    assert "--disallowedTools" not in played.argv


async def test_reading_changes_no_file(tmp_path: Path) -> None:
    played = await started(tmp_path, options={"permission": "read"})
    assert played.after("--permission-mode") == "dontAsk"
    at = played.argv.index("--disallowedTools")
    assert played.argv[at + 1 : at + 4] == ["Edit", "Write", "NotebookEdit"]


async def test_a_permission_that_there_is_not_names_those_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(ExecutorError, match=r"read, limited, max, acceptEdits.*found 'everything'") as caught:
        await started(tmp_path, options={"permission": "everything"})
    assert caught.value.category == "configuration"


async def test_tools_narrow_and_patterns_grant(tmp_path: Path) -> None:
    played = await started(
        tmp_path, options={"tools": ["Read", "Bash(git log *)", "Bash(ls *)", "mcp__docs"]}
    )
    at = played.argv.index("--tools")
    assert played.argv[at : at + 3] == ["--tools", "Read", "Bash"]
    assert played.argv[at + 3 : at + 7] == ["--allowedTools", "Bash(git log *)", "Bash(ls *)", "mcp__docs"]


async def test_no_tools_at_all(tmp_path: Path) -> None:
    assert (await started(tmp_path, options={"tools": []})).after("--tools") == ""


async def test_a_system_prompt_is_added_in_a_file(tmp_path: Path) -> None:
    played = await started(tmp_path, options={"system": "Be brief."})
    assert played.file("--append-system-prompt-file") == "Be brief."
    assert "Be brief." not in played.argv
    assert not Path(played.after("--append-system-prompt-file")).exists()


async def test_a_described_agent_brings_its_prompt_and_tools(tmp_path: Path) -> None:
    agent = AgentType("reviewer", "Reviews.", "You review.", None, ("Read",))
    played = await started(tmp_path, agent=agent, options={"system": "Be brief."})
    assert played.file("--system-prompt-file") == "You review.\n\nBe brief."
    assert played.after("--tools") == "Read"
    assert played.stdin == "Do it"


@pytest.mark.parametrize("name", ["Explore", "plugin:critic"])
async def test_an_agent_of_claudes_own_goes_by_its_name(tmp_path: Path, name: str) -> None:
    assert (await started(tmp_path, agent=AgentType(name, "", ""))).after("--agent") == name


async def test_an_agent_without_a_prompt_is_not_claudes(tmp_path: Path) -> None:
    played = await started(tmp_path, agent=AgentType("mine", "", "", None, ("Read",)))
    assert "--agent" not in played.argv
    assert played.after("--tools") == "Read"


async def test_it_sees_its_own_keys_and_no_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "ANTHROPIC_API_KEY",
        "CLAUDE_CODE_OAUTH_TOKEN",
        "OPENAI_API_KEY",
        "DEEPSEEK_API_KEY",
        "CLAUDECODE",
    ):
        monkeypatch.setenv(name, f"value-of-{name.lower()}")
    env = (await started(tmp_path, table={"base_url": "http://127.0.0.1:1"})).env
    assert env["ANTHROPIC_API_KEY"] == "value-of-anthropic_api_key"
    assert env["CLAUDE_CODE_OAUTH_TOKEN"] == "value-of-claude_code_oauth_token"
    assert env["ANTHROPIC_BASE_URL"] == "http://127.0.0.1:1"
    assert env["DISABLE_AUTOUPDATER"] == "1"
    assert not {"OPENAI_API_KEY", "DEEPSEEK_API_KEY", "CLAUDECODE"} & env.keys()


async def test_a_limit_of_tokens(tmp_path: Path) -> None:
    assert (await started(tmp_path, options={"maxTokens": 500})).env["CLAUDE_CODE_MAX_OUTPUT_TOKENS"] == "500"


# -- schemas


async def test_a_schema_is_claudes_own_affair(tmp_path: Path) -> None:
    played = await started(tmp_path, "schema", schema=SCHEMA)
    assert (
        played.after("--json-schema")
        == '{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}'
    )
    assert played.stdin == "Do it"
    assert played.report.value == {"n": 3}


@pytest.mark.parametrize(
    "schema", [{"type": "array", "items": {"type": "integer"}}, {"enum": ["a", "b"]}, {}]
)
async def test_an_answer_that_is_no_object_is_asked_for_in_the_prompt(tmp_path: Path, schema: Any) -> None:
    played = await started(tmp_path, schema=schema)
    assert "--json-schema" not in played.argv
    assert played.stdin.startswith("Do it\n\nAnswer with one JSON value")
    assert played.report.value is ABSENT


async def test_a_schema_that_claude_passed_over_is_not_given_again(tmp_path: Path) -> None:
    player = Player("claude", tmp_path, "success", "schema-continued")  # the first has no tool to answer with
    first = await player.ask(schema=SCHEMA)
    assert "--json-schema" in first.argv
    again = await player.ask(
        schema=SCHEMA, session=SESSION, feedback=("it is no JSON",), attempt=2, previous="Hi back"
    )
    assert "--json-schema" not in again.argv
    assert again.stdin.startswith("Your answer was not accepted.")
    assert '"required": ["n"]' in again.stdin


# -- sessions


async def test_a_repair_goes_on_in_the_session(tmp_path: Path) -> None:
    asked = {
        "schema": SCHEMA,
        "session": SESSION,
        "feedback": ("$.n: expected an integer",),
        "previous": "no",
    }
    played = await started(tmp_path, "schema-continued", **asked)
    assert played.after("--resume") == SESSION
    assert "$.n: expected an integer" in played.stdin
    assert "Do it" not in played.stdin
    assert played.report.value == {"n": 6}


async def test_a_session_that_is_gone_is_begun_anew(tmp_path: Path) -> None:
    player = Player("claude", tmp_path, "lost-session", "schema")
    asked = {"schema": SCHEMA, "session": SESSION, "feedback": ("it is no JSON",), "previous": "no"}
    played = await player.ask(**asked)
    first, second = played.starts
    assert "--resume" in first["argv"]
    assert "--resume" not in second["argv"]
    assert second["stdin"].startswith("Do it\n\nYour previous answer was:\nno\n")
    assert played.report.value == {"n": 3}


async def test_a_session_is_continued_with_a_new_prompt(tmp_path: Path) -> None:
    played = await started(tmp_path, session=SESSION, prompt="And now?")
    assert played.after("--resume") == SESSION
    assert played.stdin == "And now?"
