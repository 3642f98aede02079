"""The pandacode executor: its command line, its report, its questions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fake_cli import Fake

from odw.errors import ExecutorError
from odw.executors import pandacode_argv
from odw.executors._profile import Profile
from odw.executors.pandacode import MOST_ANSWERS, PandacodeExecutor
from odw.executors.pandacode_argv import ANSWER, DEPTH, child_depth, program_words
from odw.runtime.abc import AgentType, Usage


@pytest.fixture
def fake(tmp_path: Path) -> Fake:
    return Fake(PandacodeExecutor, "pandacode", tmp_path)


def report(**fields: Any) -> str:
    return f"#report {json.dumps(fields)}"


async def test_a_task(fake: Fake, tmp_path: Path) -> None:
    done = await fake.ask("Hello", runtime="codex")
    assert done.text == "It is done."  # without pandacode's marker
    assert (done.usage, done.error, done.exit) == (Usage(output=42), None, "0")
    [start] = fake.starts
    session = f"odw-{fake.tag.rstrip('.').replace('.', '-')}"
    task_file = start["given"]["task_file"]
    assert start["argv"] == [
        *("codex", "exec", "--cd", str(tmp_path), "--session", session, "--task-file", task_file, "--json")
    ]
    assert (start["task"], start["mode"]) == ("Hello", "0o600")
    assert not Path(task_file).exists()
    assert done.session == session


async def test_all_that_a_call_may_wish(fake: Fake) -> None:
    agent = AgentType("reviewer", "Reviews.", "You review.")
    options = {
        "permission": "max",
        "provider": "deepseek",
        "timeout": 90,
        "session": "mine",
        "system": "Be brief.",
    }
    await fake.ask("Go", runtime="bamboo", model="chat", effort="high", agent=agent, options=options)
    [start] = fake.starts
    given = {name: value for name, value in start["given"].items() if value not in (None, False)}
    given.pop("cd"), given.pop("task_file")
    assert given == {
        "runtime": "bamboo", "action": "exec", "provider": "deepseek", "session": "mine", "json": True,
        "model": "chat", "effort": "high", "timeout_ms": "90000", "permission": "max",
    }  # fmt: skip
    assert start["task"] == "You review.\n\nBe brief.\n\nGo"


async def test_going_on_with_a_session(fake: Fake) -> None:
    await fake.ask("More", runtime="claude", options={"session": "mine", "action": "resume"})
    assert fake.starts[0]["argv"][:2] == ["claude", "resume"]
    assert fake.starts[0]["given"]["wait"]


@pytest.mark.parametrize(
    ("runtime", "fields", "chosen"),
    [
        ("pandacode", {}, "codex"),
        ("pandacode", {"model": "claude-opus-4"}, "claude"),
        ("pandacode", {"model": "sonnet"}, "claude"),
        ("pandacode", {"model": "gpt-5"}, "codex"),
        ("pandacode", {"model": "deepseek-chat"}, "bamboo"),
        ("pandacode", {"options": {"provider": "kimi"}}, "bamboo"),
        ("fast", {"options": {"bambooProvider": "kimi"}}, "bamboo"),
        ("claude", {"model": "gpt-5"}, "claude"),
    ],
)
async def test_which_runtime(fake: Fake, runtime: str, fields: dict[str, Any], chosen: str) -> None:
    await fake.ask(runtime=runtime, **fields)
    assert fake.starts[0]["given"]["runtime"] == chosen


@pytest.mark.parametrize(
    ("runtime", "options", "message"),
    [
        (
            "codex",
            {"provider": "deepseek"},
            "provider 'deepseek': pandacode's codex has no providers; they are bamboo's",
        ),
        ("claude", {"bambooProvider": "kimi"}, "pandacode's claude has no providers"),
        ("gemini", {}, "pandacode runs codex, claude, bamboo; found runtime 'gemini'"),
        ("codex", {"permission": "plan"}, "permission: expected one of read, limited, max, found 'plan'"),
        ("codex", {"action": "dance"}, "action: expected 'exec' or 'resume', found 'dance'"),
        ("codex", {"action": "resume"}, "needs the session"),
        ("codex", {"session": "../up"}, "session: expected up to 128 letters"),
        ("codex", {"session": 7}, "session: expected up to 128 letters"),
        ("bamboo", {"provider": "--json"}, "found a flag"),
    ],
)
async def test_wishes_that_it_cannot_have(
    fake: Fake, runtime: str, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(ExecutorError, match=message) as raised:
        await fake.ask(runtime=runtime, options=options)
    assert (raised.value.category, raised.value.retryable) == ("configuration", False)


async def test_questions_are_answered(fake: Fake) -> None:
    done = await fake.ask("#ask 2", runtime="claude", options={"session": "s"})
    assert (done.text, done.error) == ("It is done.", None)
    first, second, third = fake.starts
    assert first["argv"][1] == "exec"
    for start in (second, third):
        assert start["argv"] == [
            *(
                "claude",
                "answer",
                "--cd",
                first["given"]["cd"],
                "--session",
                "s",
                "--text",
                ANSWER,
                "--wait",
                "--json",
            )
        ]
    assert [event["text"] for event in fake.told("text")] == ["Which, 0?", "Which, 1?", "It is done."]


async def test_the_last_answer_that_is_given(fake: Fake) -> None:
    done = await fake.ask(f"#ask {MOST_ANSWERS}", runtime="claude")
    assert done.error is None
    assert len(fake.starts) == 1 + MOST_ANSWERS


async def test_an_agent_that_asks_for_ever(fake: Fake) -> None:
    done = await fake.ask("#ask 99", runtime="claude")
    assert len(fake.starts) == 1 + MOST_ANSWERS
    assert done.error is not None
    assert (done.error.category, done.error.retryable) == ("unknown", False)
    assert "asked the user 7 times" in done.error.message and "Which, 6?" in done.error.message


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"ok": True, "state": "completed", "last_agent_message": "a"}, "a"),
        ({"ok": True, "state": "completed", "summary": {"last_agent_message": "b"}}, "b"),
        ({"ok": True, "state": "completed", "summary": {"summary": "c"}}, "c"),
        ({"ok": True, "last_agent_message": "d"}, "d"),
        ({"ok": True, "state": "idle", "last_agent_message": "e"}, "e"),
        ({"ok": True, "last_agent_message": "one PANDACODE_DONE_1_2\ntwo\nPANDACODE_DONE_3_4\n"}, "one\ntwo"),
    ],
)
async def test_where_the_text_is(fake: Fake, fields: dict[str, Any], text: str) -> None:
    done = await fake.ask(report(**fields), runtime="codex")
    assert (done.text, done.error) == (text, None)


@pytest.mark.parametrize(
    ("fields", "usage"),
    [
        ({"summary": {"usage": {"total_tokens": 7}}}, Usage(output=7)),
        ({"usage": {"totalTokens": 7}}, Usage(output=7)),
        ({"summary": {"usage": {"input_tokens": 3, "output_tokens": 4, "cache_read_input_tokens": 5, "total_tokens": 12}}}, Usage(3, 4, 5)),
        ({"codex": {"usage": {"tokenUsage": {"total": {"totalTokens": 9}}}}}, Usage(output=9)),
        (
            {"codex": {"usage": {"tokenUsage": {"total": {"inputTokens": 9, "cachedInputTokens": 4, "outputTokens": 2, "reasoningOutputTokens": 1, "totalTokens": 11}}}}},
            Usage(5, 2, 4, 0, 1),
        ),
        ({"usage": {"input_tokens": 9, "cached_input_tokens": 4, "output_tokens": 2}}, Usage(5, 2, 4)),
        ({"claude": {"usage": {"input_tokens": 1, "output_tokens": 2, "cache_creation_input_tokens": 3}}}, Usage(1, 2, 0, 3)),
        ({"usage": {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3}}, Usage(1, 2)),
        ({"summary": {"usage": {"total_tokens": -7}}}, None),
        ({"summary": {"usage": {"total_tokens": "many"}}}, None),
        ({"summary": {"usage": [1]}}, None),
        ({}, None),
    ],
)  # fmt: skip
async def test_where_the_tokens_are(fake: Fake, fields: dict[str, Any], usage: Usage | None) -> None:
    done = await fake.ask(report(ok=True, last_agent_message="x", **fields), runtime="codex")
    assert (done.usage, done.error) == (usage, None)


@pytest.mark.parametrize(
    ("fields", "category", "said"),
    [
        ({"ok": False, "state": "timeout"}, "timeout", "ended in the state timeout"),
        ({"ok": False, "state": "stopped"}, "cancelled", "ended in the state stopped"),
        ({"ok": False, "state": "blocked"}, "configuration", "ended in the state blocked"),
        (
            {"ok": False, "state": "blocked", "error": {"message": "not logged in"}},
            "authentication",
            "not logged in",
        ),
        ({"ok": False, "state": "failed"}, "crash", "ended in the state failed"),
        ({"ok": False, "state": "failed", "error": "insufficient balance"}, "quota", "insufficient balance"),
        (
            {"ok": False, "error": {"category": "overload", "message": "m", "hint": "h"}},
            "overload",
            r"m \(h\)",
        ),
        (
            {"ok": False, "error": {"category": "odd", "message": "too many requests"}},
            "rate_limit",
            "too many",
        ),
        ({"ok": True, "state": "running"}, "crash", "still running"),
        (
            {"ok": False, "state": "completed", "last_agent_message": "x"},
            "crash",
            "ended in the state completed",
        ),
        ({"ok": True, "state": "completed"}, "crash", "no final text"),
        ({"ok": "yes", "last_agent_message": "x"}, "crash", "without a reason"),
        ({"ok": True, "state": "odd", "last_agent_message": "x"}, "crash", "state 'odd'"),
    ],
)
async def test_states_and_errors(fake: Fake, fields: dict[str, Any], category: str, said: str) -> None:
    done = await fake.ask(report(**fields), runtime="codex")
    assert done.error is not None
    assert done.error.category == category
    import re

    assert re.search(said, done.error.message)


async def test_an_exit_code_counts_more_than_ok(fake: Fake) -> None:
    done = await fake.ask(
        f"{report(ok=True, state='completed', last_agent_message='x')}\n#exit 3", runtime="codex"
    )
    assert done.error is not None and done.error.category == "crash"
    assert "exit status 3" in done.error.message
    assert done.text == "x"


async def test_a_failure_keeps_what_was_used(fake: Fake) -> None:
    fields = {"ok": False, "state": "failed", "summary": {"usage": {"total_tokens": 5}}}
    done = await fake.ask(report(**fields), runtime="codex")
    assert done.usage == Usage(output=5)


@pytest.mark.parametrize(
    ("task", "category"), [("#mute", "crash"), ("#mute #exit 9", "crash"), ("#mute #exit 2", "configuration")]
)
async def test_no_report(fake: Fake, task: str, category: str) -> None:
    done = await fake.ask(task, runtime="codex")
    assert done.error is not None and done.error.category == category
    assert "progress" in done.error.message or "not a report" in done.error.message


async def test_each_runtime_sees_its_own_keys_only(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI", "ANTHROPIC", "DEEPSEEK", "KIMI", "PANDACODE_BAMBOO"):
        monkeypatch.setenv(f"{name}_API_KEY", f"secret-of-{name}")
    await fake.ask(runtime="codex")
    await fake.ask(runtime="claude")
    await fake.ask(runtime="bamboo", options={"provider": "kimi"})
    await fake.ask(runtime="bamboo")
    seen = [
        {n.removesuffix("_API_KEY") for n in start["env"] if n.endswith("_API_KEY")} for start in fake.starts
    ]
    assert seen == [
        {"OPENAI"},
        {"ANTHROPIC"},
        {"KIMI", "PANDACODE_BAMBOO"},
        {"DEEPSEEK", "KIMI", "PANDACODE_BAMBOO"},
    ]


def test_where_the_program_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    profile = Profile("pandacode", "pandacode")
    monkeypatch.setattr(pandacode_argv.sys, "argv", [str(tmp_path / "odw")])
    monkeypatch.setattr(pandacode_argv.sys, "executable", str(tmp_path / "elsewhere" / "python"))
    assert program_words(profile, {}) == ["pandacode"]
    beside = tmp_path / "pandacode"
    beside.write_text("#!/bin/sh\n")
    assert program_words(profile, {}) == ["pandacode"]  # it cannot be executed
    beside.chmod(0o755)
    assert program_words(profile, {}) == [str(beside)]
    assert program_words(profile, {"ODW_PANDACODE_BIN": "/other"}) == ["/other"]
    assert program_words(profile._replace(program=("mine", "-x")), {"ODW_PANDACODE_BIN": "/other"}) == [
        "mine",
        "-x",
    ]


def test_no_endless_chain() -> None:
    assert [child_depth({}), child_depth({DEPTH: "1"}), child_depth({DEPTH: "odd"})] == ["1", "2", "1"]
    with pytest.raises(ExecutorError, match="which starts pandacode again"):
        child_depth({DEPTH: "4"})


async def test_its_capabilities(fake: Fake) -> None:
    found = PandacodeExecutor(Profile("pandacode", "pandacode")).capabilities
    assert found.runtimes == ("codex", "claude", "bamboo")
    assert found.providers and found.processes
