"""The gemini executor: Gemini CLI without its terminal, one process for each attempt (docs/executors/gemini.md).

The prompt goes to its standard input. Tools are narrowed by a policy file that only this process reads.
"""

from __future__ import annotations

import json

from odw.errors import ExecutorError
from odw.executors._cli import Invocation, in_session_or_anew, program_of, run_cli
from odw.executors._files import call_files
from odw.executors._profile import Profile
from odw.executors._prompt import prompt_text, repair_text
from odw.executors._wishes import Wishes, permission_mode, wishes_of
from odw.executors.gemini_events import GeminiReading
from odw.runtime.abc import CallRequest, Capabilities, Emit, Report

# Its own modes of approval. ``limited`` may change files, but run no commands.
MODES = ("default", "auto_edit", "yolo", "plan")
_PERMISSIONS = {"read": "plan", "limited": "auto_edit", "max": "yolo"}
# The names that other programs have for its tools.
_TOOLS = {
    "Read": "read_file", "Write": "write_file", "Edit": "replace", "MultiEdit": "replace", "Bash": "run_shell_command",
    "Grep": "grep_search", "Glob": "glob", "LS": "list_directory", "WebFetch": "web_fetch",
    "WebSearch": "google_web_search", "TodoWrite": "write_todos", "Task": "invoke_agent", "Agent": "invoke_agent",
}  # fmt: skip
_KEYS = ("GOOGLE_API_KEY", "GOOGLE_APPLICATION_CREDENTIALS")
_PREFIXES = ("GEMINI_", "GOOGLE_CLOUD_", "GOOGLE_GENAI_", "GOOGLE_GEMINI_", "GOOGLE_VERTEX_")
_STDIN_LIMIT = 8 << 20  # bytes; it reads no more, and says nothing


class GeminiExecutor:
    """Gemini CLI under one profile."""

    capabilities = Capabilities(sessions=True, processes=True, interrupt=True, permissions=MODES, tools=True)

    def __init__(self, profile: Profile) -> None:
        self.name = profile.name
        self._profile = profile

    async def run(self, request: CallRequest, emit: Emit) -> Report:
        """One attempt. Raises ExecutorError if gemini cannot be started, or for a wish that it cannot have."""
        return await in_session_or_anew(self._attempt, request, emit)

    async def _attempt(self, request: CallRequest, emit: Emit) -> tuple[Report, bool]:
        wishes = wishes_of(request, self._profile)
        prompt = _prompt(request, wishes).encode("utf-8", "replace")
        if len(prompt) > _STDIN_LIMIT:
            raise ExecutorError(
                f"the prompt has {len(prompt)} bytes; gemini reads {_STDIN_LIMIT} and would lose the rest",
                category="configuration",
                hint="Put the material into a file, and its path into the prompt.",
            )
        with call_files({} if wishes.tools is None else {"policy.toml": _policy(wishes.tools)}) as files:
            argv = [
                *program_of(self._profile, "gemini"),
                *("--output-format", "stream-json"),
                *_chosen(wishes),
                *(("--admin-policy", files["policy.toml"]) if files else ()),
                *(() if request.session is None else ("--resume", request.session)),
                *self._profile.args,
            ]
            # a directory that nobody has trusted on a terminal would be refused: who starts odw there trusts it
            own = {"GEMINI_CLI_TRUST_WORKSPACE": "true", **_server(self._profile), **wishes.env}
            invocation = Invocation(argv, prompt, keys=_KEYS, prefixes=_PREFIXES, env=own)
            reading = GeminiReading(emit, wishes.model)
            report = await run_cli(invocation, reading, request, emit, self._profile)
        return report, reading.session_lost and request.session is not None


def _prompt(request: CallRequest, wishes: Wishes) -> str:
    if request.session is not None and request.feedback:
        return repair_text(request)
    text = prompt_text(request, native_agent=True)
    if wishes.system is not None:
        return f"{wishes.system}\n\n{text}"
    # else it could be taken for a command such as /clear, which begins the prompt
    return f"\n{text}" if text.startswith("/") else text


def _chosen(wishes: Wishes) -> list[str]:
    """Model and mode of approval."""
    mode = permission_mode(wishes, _PERMISSIONS, MODES)
    return ["--approval-mode", mode, *(() if wishes.model is None else ("--model", wishes.model))]


def _policy(tools: tuple[str, ...]) -> bytes:
    """Denies every tool, then takes back what may be used."""
    names = list(dict.fromkeys(_TOOLS.get(tool.partition("(")[0], tool.partition("(")[0]) for tool in tools))
    rules = '[[rule]]\ntoolName = "*"\ndecision = "deny"\npriority = 900\n'
    if names:
        rules += f'[[rule]]\ntoolName = {json.dumps(names)}\ndecision = "allow"\npriority = 901\n'
    return rules.encode("utf-8", "replace")


def _server(profile: Profile) -> dict[str, str]:
    return {} if profile.base_url is None else {"GOOGLE_GEMINI_BASE_URL": profile.base_url}
