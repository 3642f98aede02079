"""bamboo: odw's own coding agent, for any provider that speaks OpenAI's chat completions (docs/executors/bamboo.md).

One process per call, ``python -m odw.executors.bamboo``; this module is odw's side of it, and light to import.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from odw.executors._cli import Invocation, Telling, run_cli
from odw.executors._ended import failure_of_end, last_words
from odw.executors._process import Ended
from odw.executors._profile import Profile
from odw.executors._prompt import prompt_text
from odw.executors._wishes import wishes_of
from odw.executors.bamboo.provider import variables
from odw.runtime import agent_events
from odw.runtime.abc import ABSENT, CallRequest, Capabilities, Emit, Failure, Report, Usage
from odw.runtime.journal.history import usage_of
from odw.runtime.retry import CATEGORIES


class BambooExecutor:
    """Starts the agent's process, and reads what it tells."""

    def __init__(self, profile: Profile) -> None:
        self.name = profile.name
        self.capabilities = Capabilities(
            native_schema=True, providers=True, processes=True, streams_usage=True, interrupt=True, tools=True
        )
        self._profile = profile

    async def run(self, request: CallRequest, emit: Emit) -> Report:
        """One attempt. Raises ExecutorError for options that cannot work."""
        profile, wishes = self._profile, wishes_of(request, self._profile)
        task: dict[str, Any] = {
            "prompt": prompt_text(request, native_schema=True, native_agent=True),
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
            "transcript": f"{request.transcript}.messages.jsonl" if request.transcript else "",
        }
        stdin = json.dumps({name: value for name, value in task.items() if value is not None}).encode()
        argv = [*(profile.program or (sys.executable, "-m", "odw.executors.bamboo")), *profile.args]
        # -P and the like cannot be given to a program of one's own: the environment says it for both
        env = {**wishes.env, "PYTHONUNBUFFERED": "1"}
        keys = variables(wishes.provider, profile.base_url, {**os.environ, **profile.env})
        invocation = Invocation(argv, stdin, keys=keys, env=env)
        reading = _Reading(request, emit)
        return await run_cli(invocation, reading, request, emit, profile)


class _Reading:
    """The lines of the agent's process."""

    def __init__(self, request: CallRequest, emit: Emit) -> None:
        self._request = request
        self._telling = Telling(emit)
        self._usage: Usage | None = None
        self._last: dict[str, Any] | None = None
        self._noise = ""

    def line(self, line: str) -> None:
        try:
            event = json.loads(line)
        except (ValueError, RecursionError):
            self._noise = line or self._noise
            return
        if not isinstance(event, dict):
            return
        kind = event.get("type")
        if kind == "result":
            self._last = event
        elif kind == "usage":
            self._usage = usage_of(event.get("usage"))
            self._telling.tell(agent_events.usage(self._usage))
        elif kind == "text":
            self._telling.tell(agent_events.text(str(event.get("text", ""))))
        elif kind == "tool":
            self._telling.tell(agent_events.tool(str(event.get("name", "")), str(event.get("summary", ""))))
        elif kind == "started":
            self._telling.tell(agent_events.started("bamboo", str(event.get("model") or "")))
        elif kind == "rate_limit":
            seconds = event.get("retry_after_s")
            wait = float(seconds) if isinstance(seconds, int | float) else None
            self._telling.tell(agent_events.rate_limit(str(event.get("message", "")), wait))

    def report(self, ended: Ended) -> Report:
        last = self._last
        if last is None:
            failure = failure_of_end("bamboo", ended, self._noise)
            if failure is None:
                words = f"bamboo: it ended without a result{last_words(ended, self._noise)}"
                failure = Failure("crash", words, CATEGORIES["crash"])
            return Report(usage=self._usage, model=self._request.model, error=failure)
        usage = usage_of(last["usage"]) if "usage" in last else self._usage
        return Report(
            str(last.get("text", "")),
            last["value"] if "value" in last and self._request.schema is not None else ABSENT,
            usage,
            None,
            str(last.get("model") or "") or self._request.model,
            error=_failure(last.get("error")),
        )


def _failure(error: Any) -> Failure | None:
    if not isinstance(error, dict):
        return None
    category = error.get("category")
    if category not in CATEGORIES:
        category = "unknown"
    seconds = error.get("retry_after_s")
    wait = float(seconds) if isinstance(seconds, int | float) and not isinstance(seconds, bool) else None
    return Failure(category, f"bamboo: {error.get('message', '')}", CATEGORIES[category], wait)
