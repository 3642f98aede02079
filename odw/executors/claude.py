"""The claude executor: Claude Code without its terminal, ``claude -p``, one process for each attempt (docs/executors/claude.md).

The prompt goes to its standard input, a system prompt into a file; on the command line is what a script may show to all
users of the machine: names, modes, the schema.
"""

from __future__ import annotations

from odw.executors._cli import Invocation, in_session_or_anew, program_of, run_cli
from odw.executors._files import call_files
from odw.executors._profile import Profile
from odw.executors._prompt import prompt_text, repair_text
from odw.executors._wishes import Wishes, permission_mode, wishes_of
from odw.executors.claude_events import ClaudeReading
from odw.executors.claude_schema import schema_argument
from odw.runtime.abc import CallRequest, Capabilities, Emit, Report

# Its own modes of permission. ``limited`` may change files below the directory, ``read`` none.
MODES = ("acceptEdits", "auto", "bypassPermissions", "default", "dontAsk", "plan")
_PERMISSIONS = {"read": "dontAsk", "limited": "acceptEdits", "max": "bypassPermissions"}
_CHANGING = ("Edit", "Write", "NotebookEdit")
_EFFORTS = {"minimal": "low"}  # a word of other programs
_OPTIONS = ("-p", "--output-format", "stream-json", "--verbose", "--include-partial-messages")
# Agent types that claude knows without a file; those of plugins have a colon in their names.
_AGENTS = frozenset(
    (
        "claude",
        "general-purpose",
        "Explore",
        "Plan",
        "statusline-setup",
        "output-style-setup",
        "claude-code-guide",
    )
)
_KEYS = (
    "IS_SANDBOX", "DISABLE_TELEMETRY", "DISABLE_ERROR_REPORTING", "API_TIMEOUT_MS", "MAX_THINKING_TOKENS",
    "MAX_STRUCTURED_OUTPUT_RETRIES", "BASH_DEFAULT_TIMEOUT_MS", "BASH_MAX_TIMEOUT_MS", "MCP_TIMEOUT", "MCP_TOOL_TIMEOUT",
)  # fmt: skip
_PREFIXES = ("ANTHROPIC_", "CLAUDE_")


class ClaudeExecutor:
    """Claude Code under one profile."""

    capabilities = Capabilities(
        sessions=True,
        native_schema=True,
        processes=True,
        streams_usage=True,
        interrupt=True,
        permissions=MODES,
        tools=True,
        agents=True,
    )

    def __init__(self, profile: Profile) -> None:
        self.name = profile.name
        self._profile = profile
        self._refused: set[str] = set()  # schemas that claude has passed over

    async def run(self, request: CallRequest, emit: Emit) -> Report:
        """One attempt. Raises ExecutorError if claude cannot be started, or for a wish that it cannot have."""
        return await in_session_or_anew(self._attempt, request, emit)

    async def _attempt(self, request: CallRequest, emit: Emit) -> tuple[Report, bool]:
        """The report, and whether the session was lost that should have been continued."""
        wishes = wishes_of(request, self._profile)
        schema = None if request.schema is None else schema_argument(request.schema)
        if schema in self._refused:
            schema = None
        reading = ClaudeReading(emit, native_schema=schema is not None)
        system = {} if wishes.system is None else {"system.txt": wishes.system.encode("utf-8", "replace")}
        with call_files(system) as files:
            argv = [
                *program_of(self._profile, "claude"),
                *_OPTIONS,
                *_chosen(wishes),
                *_agent(request, files.get("system.txt")),
                *(() if schema is None else ("--json-schema", schema)),
                *(() if request.session is None else ("--resume", request.session)),
                *self._profile.args,
            ]
            invocation = Invocation(
                argv,
                _prompt(request, native_schema=schema is not None).encode("utf-8", "replace"),
                keys=_KEYS,
                prefixes=_PREFIXES,
                env={"DISABLE_AUTOUPDATER": "1", **_environment(self._profile, wishes)},
            )
            report = await run_cli(invocation, reading, request, emit, self._profile)
        if schema is not None and reading.schema_refused:
            self._refused.add(schema)
        return report, reading.session_lost and request.session is not None


def _prompt(request: CallRequest, *, native_schema: bool) -> str:
    if request.session is not None and request.feedback:
        return repair_text(request, native_schema=native_schema)
    text = prompt_text(request, native_schema=native_schema, native_agent=True)
    return (
        f"\n{text}" if text.startswith("/") else text
    )  # else it could be taken for a command such as /compact


def _chosen(wishes: Wishes) -> list[str]:
    """Model, effort, mode of permission, tools, turns."""
    words = []
    if wishes.model is not None:
        words += ["--model", wishes.model]
    if wishes.effort is not None:
        words += ["--effort", _EFFORTS.get(wishes.effort, wishes.effort)]
    words += ["--permission-mode", permission_mode(wishes, _PERMISSIONS, MODES)]
    if wishes.permission == "read":
        words += ["--disallowedTools", *_CHANGING]
    if wishes.max_turns is not None:
        words += ["--max-turns", str(wishes.max_turns)]
    return words + ([] if wishes.tools is None else _tools(wishes.tools))


def _tools(tools: tuple[str, ...]) -> list[str]:
    """``Read`` narrows what there is; ``Bash(git *)`` narrows it too and grants just that, as ``mcp__server`` grants."""
    own = list(dict.fromkeys(tool.partition("(")[0] for tool in tools if not tool.startswith("mcp__")))
    granted = [tool for tool in tools if "(" in tool or tool.startswith("mcp__")]
    return ["--tools", *(own or [""]), *(["--allowedTools", *granted] if granted else [])]


def _agent(request: CallRequest, system_file: str | None) -> list[str]:
    """An agent of claude's own goes by its name. The prompt of one that a file describes takes the place of claude's."""
    agent = request.agent
    if agent is not None and not agent.prompt and (agent.name in _AGENTS or ":" in agent.name):
        more = [] if system_file is None else ["--append-system-prompt-file", system_file]
        return ["--agent", agent.name, *more]
    if system_file is None:
        return []
    described = agent is not None and bool(agent.prompt)
    return ["--system-prompt-file" if described else "--append-system-prompt-file", system_file]


def _environment(profile: Profile, wishes: Wishes) -> dict[str, str]:
    found = dict(wishes.env)
    if profile.base_url is not None:
        found["ANTHROPIC_BASE_URL"] = profile.base_url
    if wishes.max_tokens is not None:
        found["CLAUDE_CODE_MAX_OUTPUT_TOKENS"] = str(wishes.max_tokens)
    return found
