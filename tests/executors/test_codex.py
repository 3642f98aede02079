"""The codex executor: what codex is started with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from recorded import SESSION, Player, play

from odw.errors import ExecutorError
from odw.runtime.abc import ABSENT, AgentType, Usage

SCHEMA = {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}
REPAIR: dict[str, Any] = {
    "session": SESSION,
    "feedback": ("$.n: expected an integer",),
    "previous": "no",
    "attempt": 2,
}


async def started(folder: Path, recording: str = "success", **fields: Any) -> Any:
    return await play("codex", folder, recording, **fields)


async def test_the_prompt_is_on_stdin_alone(tmp_path: Path) -> None:
    played = await started(tmp_path, prompt="Grüße 🙂 secret-prompt")
    assert played.stdin == "Grüße 🙂 secret-prompt"
    assert not any("secret-prompt" in word for word in played.argv)
    assert played.argv == [
        "exec", "-C", str(tmp_path), "-s", "workspace-write", "--json", "--skip-git-repo-check", "-",
    ]  # fmt: skip


async def test_model_effort_and_the_profiles_own_arguments(tmp_path: Path) -> None:
    played = await started(tmp_path, model="gpt-5", effort="high", table={"args": ["--ephemeral"]})
    assert played.after("-m") == "gpt-5"
    assert played.after("-c") == 'model_reasoning_effort="high"'
    assert played.argv[-2:] == ["--ephemeral", "-"]
    assert played.report.model == "gpt-5"


@pytest.mark.parametrize(
    ("options", "sandbox"),
    [
        ({"permission": "read"}, "read-only"),
        ({"permission": "limited"}, "workspace-write"),
        ({"permission": "danger-full-access"}, "danger-full-access"),
        ({"sandbox": "read-only", "permission": "max"}, "read-only"),
    ],
)
async def test_sandboxes(tmp_path: Path, options: dict[str, str], sandbox: str) -> None:
    played = await started(tmp_path, options=options)
    assert played.after("-s") == sandbox
    assert "--dangerously-bypass-approvals-and-sandbox" not in played.argv


async def test_everything_is_permitted(tmp_path: Path) -> None:
    argv = (await started(tmp_path, options={"permission": "max"})).argv
    assert "--dangerously-bypass-approvals-and-sandbox" in argv
    assert "-s" not in argv


@pytest.mark.parametrize("option", ["permission", "sandbox"])
async def test_a_mode_that_there_is_not_names_those_that_there_are(tmp_path: Path, option: str) -> None:
    with pytest.raises(
        ExecutorError, match=rf"{option}: expected one of .*read-only.*found 'total'"
    ) as caught:
        await started(tmp_path, options={option: "total"})
    assert caught.value.category == "configuration"


async def test_system_prompts_come_before_the_prompt(tmp_path: Path) -> None:
    agent = AgentType("reviewer", "Reviews.", "You review.")
    played = await started(tmp_path, agent=agent, options={"system": "Be brief."})
    assert played.stdin == "You review.\n\nBe brief.\n\nDo it"


async def test_it_sees_its_own_keys_and_no_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "CODEX_API_KEY", "ANTHROPIC_API_KEY", "DEEPSEEK_API_KEY"):
        monkeypatch.setenv(name, f"value-of-{name.lower()}")
    played = await started(tmp_path)
    assert played.env["OPENAI_API_KEY"] == "value-of-openai_api_key"
    assert played.env["CODEX_API_KEY"] == "value-of-codex_api_key"
    assert not {"ANTHROPIC_API_KEY", "DEEPSEEK_API_KEY"} & played.env.keys()


async def test_a_server_of_odw_tomls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CODEX_API_KEY", raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", "value-of-a-key")
    argv = (await started(tmp_path, table={"base_url": "http://127.0.0.1:1/v1"})).argv
    assert 'model_provider="odw"' in argv
    expected = 'name="odw",base_url="http://127.0.0.1:1/v1",wire_api="responses",env_key="OPENAI_API_KEY"'
    assert f"model_providers.odw={{{expected}}}" in argv
    assert "value-of-a-key" not in " ".join(argv)


async def test_a_provider_of_the_users_settings(tmp_path: Path) -> None:
    assert (await started(tmp_path, options={"provider": "azure"})).after("-c") == 'model_provider="azure"'


# -- schemas


async def test_a_schema_is_codexs_own_affair(tmp_path: Path) -> None:
    played = await started(tmp_path, "schema", schema=SCHEMA)
    assert json.loads(played.file("--output-schema")) == {**SCHEMA, "additionalProperties": False}
    assert played.stdin == "Do it"
    assert (played.report.value, played.report.text) == ({"n": 3}, '{"n": 3}')
    assert not Path(played.after("--output-schema")).exists()


async def test_a_schema_with_optional_properties_is_asked_for_in_the_prompt(tmp_path: Path) -> None:
    schema = {
        "type": "object",
        "properties": {"n": {"type": "integer"}, "why": {"type": "string"}},
        "required": ["n"],
    }
    played = await started(tmp_path, "schema", schema=schema)
    assert "--output-schema" not in played.argv
    assert played.stdin.startswith("Do it\n\nAnswer with one JSON value")
    assert (played.report.value, played.report.text) == (ABSENT, '{"n": 3}')


# -- threads


async def test_a_repair_goes_on_in_the_thread_and_counts_what_is_new(tmp_path: Path) -> None:
    player = Player("codex", tmp_path, "schema", "schema-continued")  # the second has counted the first in
    first = await player.ask(schema=SCHEMA)
    assert first.report.usage == Usage(100, 20)
    again = await player.ask(schema=SCHEMA, **REPAIR)
    assert again.argv[:6] == ["exec", "-C", str(tmp_path), "-s", "workspace-write", "resume"]
    assert again.argv[-2:] == [SESSION, "-"]
    assert again.stdin.startswith("Your answer was not accepted.")
    assert again.report.value == {"n": 6}
    assert again.report.usage == Usage(100, 20)
    assert again.of("usage") == [{"type": "usage", "usage": {"input": 100, "output": 20}}]


async def test_without_a_schema_of_codexs_own_the_repair_shows_it_again(tmp_path: Path) -> None:
    schema = {"type": "array", "items": {"type": "integer"}}
    played = await started(tmp_path, "schema-continued", schema=schema, **REPAIR)
    assert played.stdin.startswith("Your answer was not accepted.")
    assert '"type": "array"' in played.stdin


async def test_a_thread_that_is_gone_is_begun_anew(tmp_path: Path) -> None:
    played = await Player("codex", tmp_path, "lost-session", "schema").ask(schema=SCHEMA, **REPAIR)
    first, second = played.starts
    assert "resume" in first["argv"]
    assert "resume" not in second["argv"]
    assert second["stdin"].startswith("Do it\n\nYour previous answer was:\nno\n")
    assert played.report.value == {"n": 3}


async def test_a_thread_is_continued_with_a_new_prompt(tmp_path: Path) -> None:
    played = await started(tmp_path, session=SESSION, prompt="And now?")
    assert played.argv[-2:] == [SESSION, "-"]
    assert played.stdin == "And now?"
