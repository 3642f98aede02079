"""The codex executor: ``codex exec``, one process for each attempt (docs/executors/codex.md).

The prompt goes to its standard input, a schema into a file; on the command line is what a script may show to all users of
the machine: names, modes, paths.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping

from odw.errors import ExecutorError
from odw.executors._cli import Invocation, in_session_or_anew, program_of, run_cli
from odw.executors._files import call_files
from odw.executors._profile import Profile
from odw.executors._prompt import prompt_text, repair_text
from odw.executors._wishes import Wishes, wishes_of
from odw.executors.codex_events import CodexReading
from odw.executors.codex_schema import strict_schema
from odw.runtime.abc import CallRequest, Capabilities, Emit, Report, Usage

SANDBOXES = ("read-only", "workspace-write", "danger-full-access")
_PERMISSIONS = {"read": "read-only", "limited": "workspace-write"}
_ALL = "--dangerously-bypass-approvals-and-sandbox"  # what ``max`` stands for
_PREFIXES = ("OPENAI_", "CODEX_")
_KEYS = ("CODEX_API_KEY", "OPENAI_API_KEY")  # where it is looked for, if odw.toml names a server
_OWN = "odw"  # what the server that odw.toml names is called towards codex


class CodexExecutor:
    """Codex under one profile."""

    capabilities = Capabilities(
        sessions=True,
        native_schema=True,
        processes=True,
        providers=True,
        interrupt=True,
        permissions=SANDBOXES,
        sandbox=True,
    )

    def __init__(self, profile: Profile) -> None:
        self.name = profile.name
        self._profile = profile
        self._threads: dict[str, Usage] = {}  # thread that may be continued -> all that it has used

    async def run(self, request: CallRequest, emit: Emit) -> Report:
        """One attempt. Raises ExecutorError if codex cannot be started, or for a wish that it cannot have."""
        return await in_session_or_anew(self._attempt, request, emit)

    async def _attempt(self, request: CallRequest, emit: Emit) -> tuple[Report, bool]:
        """The report, and whether the thread was lost that should have been continued."""
        wishes = wishes_of(request, self._profile)
        schema = None if request.schema is None else strict_schema(request.schema)
        before = None if request.session is None else self._threads.pop(request.session, None)
        reading = CodexReading(emit, native_schema=schema is not None, model=wishes.model, before=before)
        with call_files({} if schema is None else {"schema.json": json.dumps(schema).encode()}) as files:
            argv = [
                *program_of(self._profile, "codex"),
                "exec",
                *_place(request, wishes),
                *(() if request.session is None else ("resume",)),
                "--json",
                "--skip-git-repo-check",
                *_chosen(wishes),
                *_server(self._profile, wishes),
                *(("--output-schema", files["schema.json"]) if files else ()),
                *self._profile.args,
                *(() if request.session is None else (request.session,)),
                "-",
            ]
            prompt = _prompt(request, wishes, native_schema=schema is not None)
            invocation = Invocation(
                argv, prompt.encode("utf-8", "replace"), prefixes=_PREFIXES, env=wishes.env
            )
            report = await run_cli(invocation, reading, request, emit, self._profile)
        if request.schema is not None and report.session is not None and reading.total is not None:
            self._threads[report.session] = reading.total
        return report, reading.session_lost and request.session is not None


def _prompt(request: CallRequest, wishes: Wishes, *, native_schema: bool) -> str:
    """Codex takes a system prompt on its command line alone, where all users of the machine see it: so it goes first."""
    if request.session is not None and request.feedback:
        return repair_text(request, native_schema=native_schema)
    text = prompt_text(request, native_schema=native_schema, native_agent=True)
    return text if wishes.system is None else f"{wishes.system}\n\n{text}"


def _place(request: CallRequest, wishes: Wishes) -> list[str]:
    """Directory and sandbox, which ``exec`` takes and ``resume`` does not. The option ``sandbox`` wins over ``permission``."""
    permission = wishes.permission or "limited"
    sandbox = wishes.sandbox or _PERMISSIONS.get(permission, permission)
    if sandbox == "max":
        return ["-C", request.cwd, _ALL]
    if sandbox not in SANDBOXES:
        what, found = ("sandbox", wishes.sandbox) if wishes.sandbox else ("permission", permission)
        names = SANDBOXES if wishes.sandbox else (*_PERMISSIONS, "max", *SANDBOXES)
        raise ExecutorError(
            f"{what}: expected one of {', '.join(names)}, found {found!r}", category="configuration"
        )
    return ["-C", request.cwd, "-s", sandbox]


def _chosen(wishes: Wishes) -> list[str]:
    words = []
    if wishes.model is not None:
        words += ["-m", wishes.model]
    if wishes.effort is not None:
        words += ["-c", f"model_reasoning_effort={json.dumps(wishes.effort)}"]
    return words


def _server(profile: Profile, wishes: Wishes) -> list[str]:
    """A provider of the user's own settings by its name, or the server that the profile names."""
    if wishes.provider is not None:
        return ["-c", f"model_provider={json.dumps(wishes.provider)}"]
    if profile.base_url is None:
        return []
    server: dict[str, str] = {"name": _OWN, "base_url": profile.base_url, "wire_api": "responses"}
    key = _key_name({**os.environ, **profile.env})
    if key is not None:
        server["env_key"] = key
    table = ",".join(f"{name}={json.dumps(value)}" for name, value in server.items())
    return ["-c", f'model_provider="{_OWN}"', "-c", f"model_providers.{_OWN}={{{table}}}"]


def _key_name(environ: Mapping[str, str]) -> str | None:
    return next((name for name in _KEYS if environ.get(name)), None)
