"""bamboo: odw's own coding agent, for any provider that speaks OpenAI's chat completions (docs/executors/bamboo.md).

One process per call, ``python -m odw.executors.bamboo``. That process imports this module too, on its way to its own, and must not
pay for odw's side of things: what only odw needs is imported where it is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from odw.runtime.abc import CallRequest, Capabilities, Emit, Report

if TYPE_CHECKING:
    from odw.executors._profile import Profile
    from odw.executors._wishes import Wishes

# -P: the directory that the agent works in is no place to import from
_MODULE = ("-P", "-m", "odw.executors.bamboo")


class BambooExecutor:
    """Starts the agent's process, and reads what it tells."""

    capabilities = Capabilities(
        sessions=True,
        native_schema=True,
        providers=True,
        processes=True,
        streams_usage=True,
        interrupt=True,
        permissions=("read",),
        tools=True,
    )

    def __init__(self, profile: Profile) -> None:
        if profile.provider is not None:
            _check_provider(profile.name, profile.provider)
        self.name = profile.name
        self._profile = profile

    async def run(self, request: CallRequest, emit: Emit) -> Report:
        """One attempt. Raises ExecutorError for options that cannot work."""
        import json
        import os
        import sys

        from odw.executors._cli import Invocation, run_cli
        from odw.executors._wishes import wishes_of
        from odw.executors.bamboo.provider import variables
        from odw.executors.bamboo.reading import BambooReading

        profile, wishes = self._profile, wishes_of(request, self._profile)
        stdin = json.dumps(_task(request, profile, wishes)).encode()
        argv = [*(profile.program or (sys.executable, *_MODULE)), *profile.args]
        keys = variables(wishes.provider, profile.base_url, {**os.environ, **profile.env})
        invocation = Invocation(argv, stdin, keys=keys, env=wishes.env)
        return await run_cli(invocation, BambooReading(request, emit), request, emit, profile)


def _task(request: CallRequest, profile: Profile, wishes: Wishes) -> dict[str, Any]:
    """The document that the process reads; what nobody says is not in it."""
    from pathlib import Path

    from odw.executors._prompt import prompt_text, repair_text

    repairs = request.session is not None and bool(request.feedback)
    task = {
        "prompt": prompt_text(request, native_schema=True, native_agent=True),
        "session": request.session if repairs else None,
        "repair": repair_text(request, native_schema=True) if repairs else None,
        "system": wishes.system,
        "schema": request.schema,
        "model": wishes.model,
        "effort": wishes.effort,
        "provider": wishes.provider,
        "base_url": profile.base_url,
        "cwd": request.cwd,
        "permission": wishes.permission,
        "tools": None if wishes.tools is None else list(wishes.tools),
        "max_turns": wishes.max_turns,
        "max_tokens": wishes.max_tokens,
        "transcript": str(Path(f"{request.transcript}.messages.jsonl").absolute())
        if request.transcript
        else None,
    }
    return {name: value for name, value in task.items() if value is not None}


def _check_provider(name: str, provider: str) -> None:
    """A typo is told before a run, not by each of its calls."""
    from odw.diagnostics import closest
    from odw.errors import UsageError
    from odw.executors.bamboo.provider import PROVIDERS

    if provider not in PROVIDERS:
        meant = closest(provider, PROVIDERS)
        raise UsageError(
            f"odw.toml: executors.{name}.provider: there is no provider {provider!r}",
            hint=f"Did you mean {meant}?" if meant else f"Known: {', '.join(PROVIDERS)}.",
        )
