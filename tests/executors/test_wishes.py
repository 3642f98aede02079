"""What a call asks of an agent: the author's options, then the agent type, then the profile; and no flags."""

from __future__ import annotations

from typing import Any

import pytest

from odw.errors import ExecutorError
from odw.executors._profile import Profile
from odw.executors._wishes import plain, wishes_of
from odw.runtime.abc import AgentType, CallRequest

PROFILE = Profile(
    "fast", "bamboo", model="profile-model", effort="low", provider="kimi", permission="read", sandbox="read-only",
    tools=("Read",),
)  # fmt: skip


def request(
    options: dict[str, Any] | None = None,
    *,
    model: str | None = None,
    effort: str | None = None,
    agent: AgentType | None = None,
) -> CallRequest:
    return CallRequest(
        "p", options or {}, None, model, effort, "fast", "l", None, 1, "k", "a0", "/", agent=agent
    )


def test_nobody_wishes_for_anything() -> None:
    wishes = wishes_of(request(), Profile("claude", "claude"))
    assert wishes == (None, None, None, None, None, None, None, None, None, {})


def test_the_profile_fills_in() -> None:
    wishes = wishes_of(request(), PROFILE)
    assert wishes[:6] == ("profile-model", "low", "kimi", "read", "read-only", ("Read",))


def test_the_author_wins() -> None:
    options = {
        "provider": "deepseek", "permission": "max", "sandbox": "workspace-write", "tools": "Edit, Bash,", "system": "Be brief.",
        "maxTurns": 7.0, "maxTokens": 100, "env": {"LOG": "1"},
    }  # fmt: skip
    wishes = wishes_of(request(options, model="m", effort="high"), PROFILE)
    assert wishes == (
        "m", "high", "deepseek", "max", "workspace-write", ("Edit", "Bash"), "Be brief.", 7, 100, {"LOG": "1"},
    )  # fmt: skip
    assert wishes_of(request({"bambooProvider": "qwen"}), PROFILE).provider == "qwen"


def test_the_agent_type_stands_between() -> None:
    agent = AgentType("reviewer", "Reviews.", "You review.", None, ("Grep",))
    wishes = wishes_of(request({"system": "Be brief."}, agent=agent), PROFILE)
    assert (wishes.system, wishes.tools) == ("You review.\n\nBe brief.", ("Grep",))
    assert wishes_of(request({"tools": ["Bash"]}, agent=agent), PROFILE).tools == ("Bash",)
    assert wishes_of(request({"tools": []}, agent=agent), PROFILE).tools == ()
    assert wishes_of(request(agent=agent._replace(tools=None)), PROFILE).tools == ("Read",)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"provider": 3}, "provider: expected a text, found 3"),
        ({"permission": ["max"]}, "permission: expected a text"),
        ({"system": {}}, "system: expected a text"),
        ({"tools": {"a": 1}}, "tools: expected a list of names"),
        ({"tools": ["Read", ""]}, "tools: expected a list of names"),
        ({"maxTurns": 0}, "maxTurns: expected a whole number above 0, found 0"),
        ({"maxTurns": True}, "maxTurns: expected a whole number above 0, found True"),
        ({"maxTokens": float("inf")}, "maxTokens: expected a whole number above 0, found inf"),
        ({"maxTokens": "many"}, "maxTokens: expected a whole number above 0, found 'many'"),
        ({"env": []}, "env: expected an object"),
        ({"env": {"A": 1}}, "env.A: expected a text, found 1"),
        ({"env": {"A=B": "x"}}, "env.A=B: expected a text"),
        ({"env": {"": "x"}}, "env.: expected a text"),
        ({"env": {"A": "x\0y"}}, "env.A: expected a text"),
    ],
)
def test_values_of_the_wrong_kind(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ExecutorError) as raised:
        wishes_of(request(options), Profile("x", "x"))
    assert raised.value.message.startswith(message)
    assert (raised.value.category, raised.value.retryable) == ("configuration", False)


@pytest.mark.parametrize(
    "name",
    [
        "PATH", "HOME", "LD_PRELOAD", "DYLD_INSERT_LIBRARIES", "NODE_OPTIONS", "PYTHONPATH", "BASH_ENV", "GIT_SSH_COMMAND",
        "GIT_CONFIG_COUNT", "ODW_NODE", "ANTHROPIC_BASE_URL", "ANTHROPIC_API_KEY", "CLAUDE_CONFIG_DIR", "OPENAI_API_KEY",
        "CODEX_HOME", "DEEPSEEK_BASE_URL", "KIMI_API_KEY", "HTTPS_PROXY", "http_proxy",
    ],
)  # fmt: skip
def test_variables_that_decide_what_runs_or_where_keys_go(name: str) -> None:
    with pytest.raises(ExecutorError, match=f"env.{name}: a script may not set this variable") as raised:
        wishes_of(request({"env": {name: "x"}}), PROFILE)
    assert raised.value.category == "configuration" and raised.value.hint


@pytest.mark.parametrize("flag", ["-", "--dangerously-skip-permissions", "-c", "--model=x"])
def test_no_flag_gets_in_as_a_name(flag: str) -> None:
    wish = {"model": flag}, {"effort": flag}
    for given in wish:
        with pytest.raises(ExecutorError, match="expected a name, found a flag"):
            wishes_of(request(**given), PROFILE)
    for option in ("provider", "permission", "sandbox"):
        with pytest.raises(ExecutorError, match=f"{option} .*: expected a name, found a flag"):
            wishes_of(request({option: flag}), PROFILE)
    with pytest.raises(ExecutorError, match=r"tools .*: expected a name, found a flag"):
        wishes_of(request({"tools": ["Read", flag]}), PROFILE)
    agent = AgentType("a", "", "", None, (flag,))
    with pytest.raises(ExecutorError, match="expected a name, found a flag"):
        wishes_of(request(agent=agent), PROFILE)


def test_plain_names() -> None:
    assert [plain("model", name) for name in (None, "", "gpt-5", "a b")] == [None, None, "gpt-5", "a b"]
    with pytest.raises(ExecutorError, match="expected a name, found 'a"):
        plain("model", "a\0b")
