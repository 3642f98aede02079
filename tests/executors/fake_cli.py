"""What the tests of executors with a fake program share: the program, a request, and what the program was given."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import trio
from process_trees import DEADLINE_S

from odw.executors._profile import Profile
from odw.runtime.abc import CallRequest, Event, Executor, Report
from odw.runtime.process_tags import tagged

KEY = "0123456789abcdef" * 4
FAKES = Path(__file__).parent / "fakes"


class Fake:
    """One executor over its fake program; ``table`` are fields of its Profile."""

    def __init__(self, make: Callable[[Profile], Executor], name: str, home: Path) -> None:
        self._make = make
        self._name = name
        self._home = home
        self.events: list[Event] = []
        self.tag = f"fake-{name}-{os.getpid()}.1.1."

    def request(self, prompt: str = "Do it", **fields: Any) -> CallRequest:
        made = CallRequest(
            prompt, {}, None, None, None, self._name, "job", None, 1, KEY, "a0", str(self._home)
        )
        return made._replace(tag=self.tag, **fields)

    async def ask(
        self, prompt: str = "Do it", *, table: dict[str, Any] | None = None, **fields: Any
    ) -> Report:
        return await self.run(self.request(prompt, **fields), **(table or {}))

    async def run(self, request: CallRequest, **table: Any) -> Report:
        """The report; nothing that was started may be left."""
        env = {"FAKE_HOME": str(self._home), **table.pop("env", {})}
        program = (sys.executable, str(FAKES / f"{self._name}.py"))
        executor = self._make(Profile(self._name, self._name, program=program, env=env, **table))
        with trio.fail_after(DEADLINE_S):
            report = await executor.run(request, self.events.append)
        assert tagged(self.tag) == []
        return report

    @property
    def starts(self) -> list[Any]:
        """What each start of the program was given."""
        return [json.loads(line) for line in (self._home / "starts.jsonl").read_text().splitlines()]

    def told(self, kind: str) -> list[Event]:
        return [event for event in self.events if event["type"] == kind]
