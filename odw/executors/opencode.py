"""The opencode executor: ``opencode run --format json``, one process for each attempt (docs/executors/opencode.md).

The prompt goes to its standard input. What a call may do goes into OPENCODE_PERMISSION, which stands above the user's own
configuration for this one process.
"""

from __future__ import annotations

import json
import os
from typing import Any

from odw.errors import ExecutorError
from odw.executors._cli import Invocation, in_session_or_anew, program_of, run_cli
from odw.executors._profile import PERMISSIONS, Profile
from odw.executors._prompt import prompt_text, repair_text
from odw.executors._wishes import Wishes, wishes_of
from odw.executors.opencode_events import OpencodeReading
from odw.runtime.abc import CallRequest, Capabilities, Emit, Report

CONTENT = "OPENCODE_CONFIG_CONTENT"  # a configuration in a variable: opencode lays it over its files
_READ_ONLY = {"edit": "deny", "bash": "deny", "external_directory": "deny"}
# The names that other programs have for its tools; what it asks permission for is named after those that change something.
_TOOLS = {"write": "edit", "multiedit": "edit", "patch": "edit", "notebookedit": "edit", "ls": "list", "todo": "todowrite"}  # fmt: skip
# Providers whose key is not named after them; the others have <PROVIDER>_API_KEY.
_KEYS = {
    "google": ("GOOGLE_GENERATIVE_AI_API_KEY", "GEMINI_API_KEY"),
    "google-vertex": ("GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_CLOUD_PROJECT", "GOOGLE_VERTEX_LOCATION"),
    "amazon-bedrock": (
        "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION", "AWS_PROFILE",
        "AWS_BEARER_TOKEN_BEDROCK",
    ),
    "github-copilot": ("GITHUB_TOKEN",),
    "alibaba": ("DASHSCOPE_API_KEY",),
    "zai": ("ZHIPU_API_KEY",),
    "zhipuai": ("ZHIPU_API_KEY",),
    "moonshotai": ("MOONSHOT_API_KEY",),
    "huggingface": ("HF_TOKEN",),
}  # fmt: skip


class OpencodeExecutor:
    """opencode under one profile."""

    capabilities = Capabilities(
        sessions=True, processes=True, streams_usage=True, interrupt=True, permissions=("read",), tools=True
    )

    def __init__(self, profile: Profile) -> None:
        self.name = profile.name
        self._profile = profile

    async def run(self, request: CallRequest, emit: Emit) -> Report:
        """One attempt. Raises ExecutorError if opencode cannot be started, or for a wish that it cannot have."""
        return await in_session_or_anew(self._attempt, request, emit)

    async def _attempt(self, request: CallRequest, emit: Emit) -> tuple[Report, bool]:
        wishes = wishes_of(request, self._profile)
        argv = [
            *program_of(self._profile, "opencode"),
            *("run", "--format", "json"),
            *_chosen(wishes),
            *(() if request.session is None else ("--session", request.session)),
            *self._profile.args,
        ]
        invocation = Invocation(
            argv,
            _prompt(request, wishes).encode("utf-8", "replace"),
            keys=_keys(wishes.model),
            prefixes=("OPENCODE_",),
            env={"OPENCODE_DISABLE_AUTOUPDATE": "1", **_environment(self._profile, wishes)},
        )
        reading = OpencodeReading(emit, wishes.model)
        report = await run_cli(invocation, reading, request, emit, self._profile)
        return report, reading.session_lost and request.session is not None


def _prompt(request: CallRequest, wishes: Wishes) -> str:
    if request.session is not None and request.feedback:
        return repair_text(request)
    text = prompt_text(request, native_agent=True)
    return text if wishes.system is None else f"{wishes.system}\n\n{text}"


def _chosen(wishes: Wishes) -> list[str]:
    """Model, effort, and whether it asks before what its configuration wants to be asked for: nobody is there to answer."""
    words = []
    if wishes.model is not None:
        if "/" not in wishes.model:
            raise ExecutorError(
                f"model {wishes.model!r}: opencode expects provider/model",
                category="configuration",
                hint="Such as anthropic/claude-sonnet-4-5; opencode models lists them.",
            )
        words += ["--model", wishes.model]
    if wishes.effort is not None:
        words += ["--variant", wishes.effort]
    if wishes.permission is not None and wishes.permission not in PERMISSIONS:
        raise ExecutorError(
            f"permission: expected one of {', '.join(PERMISSIONS)}, found {wishes.permission!r}",
            category="configuration",
        )
    return [*words, "--auto"] if wishes.permission == "max" else words


def _environment(profile: Profile, wishes: Wishes) -> dict[str, str]:
    found = dict(wishes.env)
    permission = _permission(wishes)
    if permission:
        found["OPENCODE_PERMISSION"] = json.dumps(permission)
    if wishes.max_tokens is not None:
        found["OPENCODE_EXPERIMENTAL_OUTPUT_TOKEN_MAX"] = str(wishes.max_tokens)
    if profile.base_url is not None:
        found[CONTENT] = _with_base_url(profile, wishes.model)
    return found


def _permission(wishes: Wishes) -> dict[str, str]:
    """What stands above the user's configuration. ``limited`` is that configuration as it is, with all questions denied."""
    found: dict[str, str] = {}
    if wishes.tools is not None:
        names = [tool.partition("(")[0].lower() for tool in wishes.tools]
        found = {"*": "deny", **{_TOOLS.get(name, name): "allow" for name in names}}
    if wishes.permission == "read":
        found.update(_READ_ONLY)
    return found


def _with_base_url(profile: Profile, model: str | None) -> str:
    """The configuration that sends the model's provider to the profile's server."""
    if model is None:
        raise ExecutorError(
            f"odw.toml: executors.{profile.name}: base_url needs a model, whose provider it is for",
            category="configuration",
            hint='Add model = "provider/model".',
        )
    content = _own_content(profile)
    providers = content.setdefault("provider", {})
    provider = providers.setdefault(model.partition("/")[0], {})
    provider.setdefault("options", {})["baseURL"] = profile.base_url
    return json.dumps(content)


def _own_content(profile: Profile) -> dict[str, Any]:
    """The configuration that the user has in the variable already."""
    text = profile.env.get(CONTENT) or os.environ.get(CONTENT) or "{}"
    try:
        content = json.loads(text)
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise ExecutorError(f"{CONTENT} is not a JSON object", category="configuration")
    return content


def _keys(model: str | None) -> tuple[str, ...]:
    """The key of the provider that the model names, and no other one's."""
    if model is None:
        return ()
    provider = model.partition("/")[0].lower()
    return _KEYS.get(provider, (f"{provider.upper().replace('-', '_')}_API_KEY",))
