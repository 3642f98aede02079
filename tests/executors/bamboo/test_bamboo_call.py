"""The bamboo executor: where its process imports from, whose key it sees, its sessions, and lines of any shape."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
import trio
from bamboo_process import DEADLINE_S, KEY
from process_trees import DEADLINE_S as PATIENCE_S
from real.script import call, fail, say
from real.server import ScriptedServer

from odw.executors import KINDS
from odw.executors._process import Ended
from odw.executors._profile import Profile
from odw.executors.bamboo import BambooExecutor
from odw.executors.bamboo.reading import BambooReading
from odw.runtime.abc import ABSENT, CallRequest, Event, Report, Usage
from odw.runtime.process_tags import tagged

SCHEMA = {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}


class Bamboo:
    """The executor over a scripted provider."""

    def __init__(self, server: ScriptedServer, home: Path) -> None:
        self.server, self.home = server, home
        self.events: list[Event] = []
        self.tag = f"bamboo-{os.getpid()}.1.1."

    def request(self, prompt: str = "the task", **fields: Any) -> CallRequest:
        made = CallRequest(prompt, {}, None, None, None, "bamboo", "job", None, 1, KEY, "a0", str(self.home))
        return made._replace(tag=self.tag, **fields)

    async def ask(self, prompt: str = "the task", table: Any = None, **fields: Any) -> Report:
        profile = {
            "provider": "deepseek",
            "base_url": f"{self.server.url}/v1",
            "env": {"DEEPSEEK_API_KEY": KEY},
            **(table or {}),
        }
        executor = BambooExecutor(Profile("bamboo", "bamboo", **profile))
        with trio.fail_after(max(DEADLINE_S, PATIENCE_S)):
            report = await executor.run(self.request(prompt, **fields), self.events.append)
        assert tagged(self.tag) == []
        return report

    def told(self, kind: str) -> list[Event]:
        return [event for event in self.events if event["type"] == kind]


@pytest.fixture
def bamboo(server: ScriptedServer, tmp_path: Path) -> Bamboo:
    return Bamboo(server, tmp_path)


async def test_an_answer_with_tools(bamboo: Bamboo, server: ScriptedServer) -> None:
    server.on("").answers(
        call(("list", {})).using(input=10, output=2),
        say("done").using(input=5, output=3, cache_read=10, reasoning=1),
    )
    report = await bamboo.ask()
    assert report == Report("done", ABSENT, Usage(15, 5, 10, 0, 1), None, "deepseek-chat", None, None, "0")
    assert bamboo.told("tool") == [{"type": "tool", "name": "list", "summary": ""}]
    assert [event["usage"]["output"] for event in bamboo.told("usage")] == [2, 5]
    assert [event.get("model") for event in bamboo.told("started")][-1] == "deepseek-chat"


async def test_the_workspace_is_no_place_to_import_from(
    bamboo: Bamboo, server: ScriptedServer, tmp_path: Path
) -> None:
    for name in ("httpx.py", "json.py", "odw/__init__.py", "sitecustomize.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("raise SystemExit('taken over')")
    server.on("").answers(call(("bash", {"command": f"{sys.executable} -c 'import json' 2>&1"})), say("ok"))
    assert (await bamboo.ask()).text == "ok"
    assert "taken over" in server.requests[-1].results[0]  # and a command's own Python works as ever


async def test_the_process_sees_the_key_of_its_provider_only(
    bamboo: Bamboo, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIMI_API_KEY", "kimi-key-123456789")
    monkeypatch.setenv("AWS_SECRET", "secret-123456789")
    server.on("").answers(
        call(("bash", {"command": "tr '\\0' '\\n' < /proc/$PPID/environ | cut -d= -f1"})), say("ok")
    )
    await bamboo.ask()
    names = server.requests[-1].results[0].split()
    assert "DEEPSEEK_API_KEY" in names and not {"KIMI_API_KEY", "AWS_SECRET"} & set(names)


async def test_an_answer_is_mended_in_its_session(
    bamboo: Bamboo, server: ScriptedServer, tmp_path: Path
) -> None:
    transcript = str(tmp_path / "t.out")
    server.on("").answers(call(("list", {})), *[call(("finish", {"n": "x"}))] * 4, call(("finish", {"n": 7})))
    first = await bamboo.ask(schema=SCHEMA, transcript=transcript)
    assert (
        first.value is ABSENT
        and json.loads(first.text) == {"n": "x"}
        and first.session == f"{transcript}.messages.jsonl"
    )
    again = {"attempt": 2, "feedback": ("$.n: wrong",), "previous": first.text, "session": first.session}
    second = await bamboo.ask(schema=SCHEMA, transcript=str(tmp_path / "u.out"), **again)
    assert second.value == {"n": 7}
    messages = server.requests[-1].body["messages"]
    assert [message["role"] for message in messages[:4]] == ["system", "user", "assistant", "tool"]
    assert "$.n: wrong" in messages[-1]["content"] and "the task" not in messages[-1]["content"]


async def test_a_refusal_is_a_failure_of_its_class(bamboo: Bamboo, server: ScriptedServer) -> None:
    server.on("").answers(fail(429, "slow down", retry_after=90))
    error = (await bamboo.ask()).error
    assert error is not None and (error.category, error.retryable, error.retry_after_s) == (
        "rate_limit",
        True,
        90,
    )


async def test_no_key_names_the_variable(bamboo: Bamboo) -> None:
    error = (await bamboo.ask(table={"provider": "zhipu"})).error
    assert error is not None and error.category == "authentication" and "ZHIPU_API_KEY" in error.message


@pytest.mark.parametrize(
    "line",
    ["", "x", "[]", "{", '{"type": 3}', '{"type": "usage", "usage": 3}', '{"type": "usage", "usage": {"input": -1}}', '{"type": "tool"}',
     '{"type": "text", "text": {}}', '{"type": "session", "id": 4}', '{"type": "rate_limit", "retry_after_s": "x"}', "[" * 100_000],
)  # fmt: skip
def test_lines_of_any_shape(bamboo: Bamboo, line: str) -> None:
    reading = BambooReading(bamboo.request(schema=SCHEMA), bamboo.events.append)
    reading.line(line)
    reading.line(
        '{"type": "result", "text": 3, "value": 1e999, "usage": [], "cost": "x", "error": {"category": "odd"}}'
    )
    report = reading.report(Ended(0, None, ""))
    assert (report.text, report.value, report.usage, report.cost) == ("", ABSENT, None, None)
    assert report.error is not None and report.error.category == "unknown"


def test_an_end_without_a_result_is_a_crash_that_keeps_what_was_used(bamboo: Bamboo) -> None:
    reading = BambooReading(bamboo.request(), bamboo.events.append)
    reading.line('{"type": "usage", "usage": {"input": 5, "output": 6}, "cost": 0.5}')
    reading.line("Traceback: last words")
    report = reading.report(Ended(0, None, ""))
    assert (
        report.error is not None and report.error.category == "crash" and "last words" in report.error.message
    )
    assert (report.usage, report.cost) == (Usage(5, 6), 0.5)


def test_the_agents_process_loads_nothing_that_it_does_not_need() -> None:
    import subprocess

    heavy = "trio anyio httpx._main rich jsonschema pydantic asyncio"
    program = (
        "import sys, runpy, io\n"
        'sys.stdin = io.TextIOWrapper(io.BytesIO(b\'{"prompt": "x", "provider": "vllm", "base_url": "http://127.0.0.1:9/v1", "tools": []}\'))\n'
        "try: runpy.run_module('odw.executors.bamboo.__main__', run_name='__main__')\n"
        "except SystemExit: pass\n"
        "assert 'httpx' in sys.modules\n"
        f"sys.exit(' '.join(name for name in {heavy.split()} if sys.modules.get(name)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stderr.strip() == ""
    assert KINDS["bamboo"] == f"{BambooExecutor.__module__}:{BambooExecutor.__name__}"
