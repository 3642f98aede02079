"""Which executor takes a task: ``--runtime``, or with ``auto`` the one that the model or the provider belongs to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from odw.errors import UsageError
from odw.executors import declared_names
from odw.executors.choice import choose_backend, default_executor
from odw.runtime.abc import Executor

# Looked for in this order in the model's name.
_MODELS = (
    ("opencode", re.compile(r"[\w.-]+/.")),  # provider/model
    ("claude", re.compile(r"claude|opus|sonnet|haiku|fable", re.IGNORECASE)),
    ("codex", re.compile(r"gpt|codex|o[134](-|$)", re.IGNORECASE)),
    ("gemini", re.compile(r"gemini|gemma", re.IGNORECASE)),
    ("bamboo", re.compile(r"deepseek|kimi|moonshot|qwen|glm|minimax|mimo|step-?\d", re.IGNORECASE)),
)  # fmt: skip


def resolve_runtime(
    asked: str | None, model: str | None, provider: str | None, project_file: Mapping[str, Any]
) -> str:
    """The executor's name. Raises UsageError if nothing says which, and nothing is installed."""
    if asked not in (None, "auto"):
        return str(asked)
    if provider is not None:
        return "bamboo"
    if model is not None:
        tables = project_file.get("executors", {})
        for name in declared_names(project_file):
            if tables[name].get("model") == model:
                return name
        for runtime, words in _MODELS:
            if words.match(model) or (runtime != "opencode" and words.search(model)):
                return runtime
    return default_executor(project_file)


def executor_of(
    runtime: str, provider: str | None, mock_file: str | None, project_file: Mapping[str, Any]
) -> Executor:
    """Raises UsageError for a name that nothing stands behind, and for a provider where there are none."""
    try:
        backend = choose_backend({"backend": runtime, "mock_file": mock_file}, project_file)
    except UsageError as error:
        if error.message.startswith("unknown backend"):
            raise UsageError(f"--runtime: there is no executor {runtime}", hint=error.hint) from None
        raise
    executor = backend.runtimes[backend.default]
    if provider is not None and not executor.capabilities.providers:
        raise UsageError(
            f"--provider {provider}: the runtime {runtime} has no providers",
            hint="Leave it out, or choose --runtime bamboo.",
        )
    return executor
