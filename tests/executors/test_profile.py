"""[executors.NAME] without argv: what a profile holds, and messages that name the key."""

from __future__ import annotations

from typing import Any

import pytest

from odw.errors import UsageError
from odw.executors._profile import Profile, read_profile


def test_an_empty_table_is_the_executor_itself() -> None:
    assert read_profile("claude", {}) == Profile("claude", "claude")


def test_every_key() -> None:
    table = {
        "use": "bamboo", "program": ["npx", "thing"], "args": ["--verbose"], "model": "m", "effort": "high", "provider": "deepseek",
        "base_url": "http://127.0.0.1:1", "permission": "read", "sandbox": "read-only", "tools": ["Read", "Grep"],
        "env": {"A": "1"}, "pass_env": ["B_KEY"], "timeout_s": 60, "idle_s": 0.5, "concurrency": 8, "budget": "1M",
    }  # fmt: skip
    profile = read_profile("fast", table)
    assert profile == Profile(
        "fast", "bamboo", ("npx", "thing"), ("--verbose",), "m", "high", "deepseek", "http://127.0.0.1:1", "read", "read-only",
        ("Read", "Grep"), {"A": "1"}, ("B_KEY",), 60.0, 0.5,
    )  # fmt: skip
    assert read_profile("x", {"program": "/opt/x"}).program == ("/opt/x",)
    assert read_profile("x", {"tools": []}).tools == ()  # none at all, which is not all of them


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ([], "odw.toml: executors.x: expected a table, found []"),
        ({"use": 3}, "odw.toml: executors.x.use: expected a text, found 3"),
        ({"model": ""}, "odw.toml: executors.x.model: expected a text, found ''"),
        ({"model": "a\0b"}, "odw.toml: executors.x.model: expected a text, found 'a\\x00b'"),
        ({"program": {}}, "odw.toml: executors.x.program: expected a list of strings"),
        ({"program": "a\0"}, "odw.toml: executors.x.program: expected a text"),
        ({"args": "--verbose"}, "odw.toml: executors.x.args: expected a list of strings"),
        ({"args": ["a", "b\0"]}, "odw.toml: executors.x.args[1]: expected a text without NUL"),
        ({"tools": ["Read", 1]}, "odw.toml: executors.x.tools: expected a list of strings"),
        (
            {"env": {"A-B": "1"}},
            "odw.toml: executors.x.env: expected names of environment variables, found 'A-B'",
        ),
        ({"env": {"A": 1}}, "odw.toml: executors.x.env.A: expected a string, found 1"),
        ({"pass_env": "KEY"}, "odw.toml: executors.x.pass_env: expected a list of names"),
        ({"timeout_s": 0}, "odw.toml: executors.x.timeout_s: expected a number of seconds above 0, found 0"),
        ({"idle_s": True}, "odw.toml: executors.x.idle_s: expected a number of seconds above 0, found True"),
        (
            {"idle_s": float("nan")},
            "odw.toml: executors.x.idle_s: expected a number of seconds above 0, found nan",
        ),
        ({"modell": "m"}, "odw.toml: executors.x.modell: there is no such key"),
    ],
)
def test_what_is_refused(table: Any, message: str) -> None:
    with pytest.raises(UsageError) as raised:
        read_profile("x", table)
    assert raised.value.message.startswith(message)


def test_a_key_that_is_misspelt() -> None:
    with pytest.raises(UsageError) as raised:
        read_profile("x", {"timeouts": 3})
    assert raised.value.hint == "Did you mean timeout_s?"
