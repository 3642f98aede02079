"""Which executor ``--runtime auto`` takes."""

from __future__ import annotations

from typing import Any

import pytest

from odw.cli.task.runtimes import executor_of, resolve_runtime
from odw.errors import UsageError

FILE: dict[str, Any] = {
    "default_executor": "codex",
    "executors": {"fast": {"use": "bamboo", "model": "deepseek-chat"}, "mine": {"argv": ["true"]}},
}


@pytest.mark.parametrize(
    ("asked", "model", "provider", "runtime"),
    [
        (None, None, None, "codex"),
        ("auto", None, None, "codex"),
        ("gemini", "opus", None, "gemini"),
        ("auto", "claude-opus-4-1", None, "claude"),
        (None, "haiku", None, "claude"),
        (None, "gpt-5", None, "codex"),
        (None, "o3", None, "codex"),
        (None, "o4-mini", None, "codex"),
        (None, "gemini-2.5-pro", None, "gemini"),
        (None, "anthropic/claude-sonnet-4", None, "opencode"),
        (None, "deepseek-chat", None, "fast"),
        (None, "deepseek-reasoner", None, "bamboo"),
        (None, "qwen3-coder", None, "bamboo"),
        (None, "kimi-k2", None, "bamboo"),
        (None, "glm-4.6", None, "bamboo"),
        (None, "something", "deepseek", "bamboo"),
        (None, "something-new", None, "codex"),
    ],
)
def test_by_model_and_provider(
    asked: str | None, model: str | None, provider: str | None, runtime: str
) -> None:
    assert resolve_runtime(asked, model, provider, FILE) == runtime


def test_what_is_on_path_without_a_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="neither claude nor codex is on PATH"):
        resolve_runtime("auto", None, None, {})


def test_executors() -> None:
    assert executor_of("mine", None, None, FILE).name == "mine"
    assert executor_of("pandacode", "deepseek", None, FILE).name == "pandacode"
    with pytest.raises(UsageError, match="--runtime: there is no executor cladue") as raised:
        executor_of("cladue", None, None, FILE)
    assert raised.value.hint == "Did you mean claude?"
