"""Each executor with its real client: what recordings cannot show, since it is about processes, files and headers."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
import trio
from process_trees import wait_for

from odw.executors import create_executor
from odw.executors.codex_schema import strict_schema
from odw.runtime.abc import AgentType, CallRequest, Event, Report, Usage
from odw.runtime.process_tags import tagged
from real.clients import KEY, PACKAGES, table
from real.script import call, hang, say, structured
from real.server import ScriptedServer

pytestmark = [pytest.mark.real, pytest.mark.usefixtures("clients")]
CLIENTS = sorted(PACKAGES)
SCHEMA = {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}
TAG = f"real-{os.getpid()}.1.1.1."
OTHERS_KEYS = ("OPENAI_API_KEY", "DEEPSEEK_API_KEY", "GEMINI_API_KEY")


class Client:
    """An executor with its real program, its requests, and what it tells."""

    def __init__(self, name: str, server: ScriptedServer, folder: Path) -> None:
        self.folder = folder / "work"
        self.folder.mkdir()
        self.events: list[Event] = []
        self.executor = create_executor(name, table(name, server.url, folder / "home"))

    async def ask(self, prompt: str, **fields: Any) -> Report:
        made = CallRequest(
            prompt, {}, None, None, None, "x", "job", None, 1, "0" * 64, "a0", str(self.folder), tag=TAG
        )
        with trio.fail_after(60):
            return await self.executor.run(made._replace(**fields), self.events.append)

    def told(self, kind: str) -> list[Event]:
        return [event for event in self.events if event["type"] == kind]


@pytest.fixture(params=CLIENTS)
def client(request: pytest.FixtureRequest, server: ScriptedServer, tmp_path: Path) -> Client:
    return Client(request.param, server, tmp_path)


def shell(client: Client, command: str) -> Any:
    """How the model of this client asks for a command."""
    if client.executor.name == "claude":
        return call(("Bash", {"command": command}))
    return call(("exec_command", {"cmd": command}))


async def test_a_long_prompt_arrives_whole(client: Client, server: ScriptedServer) -> None:
    server.on("long").answers(say("read"))
    prompt = "long " + "grüße 🙂 " * 40_000  # 360,000 characters, half a megabyte
    assert (await client.ask(prompt)).text == "read"
    assert prompt.strip() in server.requests[0].prompt


async def test_a_repair_in_the_session_sees_what_was_said(client: Client, server: ScriptedServer) -> None:
    server.on("number").answers(say("no"), say("still no"), structured({"n": 4}))
    first = await client.ask("a number", schema=SCHEMA)
    again = first
    asked = {"schema": SCHEMA, "session": first.session, "feedback": ("$: no JSON",), "attempt": 2}
    for _ in range(2):
        if again.value != {"n": 4}:
            again = await client.ask("a number", previous=again.text, **asked)
    assert again.value == {"n": 4}
    last = server.requests[-1]
    assert "a number" in last.prompt
    assert "$: no JSON" in last.prompt
    assert "no" in json.dumps(last.body)
    assert again.session == first.session
    assert again.usage == Usage(100, 20)


async def test_what_it_may_not_do(client: Client, server: ScriptedServer) -> None:
    server.on("touch").answers(shell(client, "echo x > made.txt"), say("done"))
    report = await client.ask("touch it", options={"permission": "read"})
    assert report.text == "done"
    assert not (client.folder / "made.txt").exists()


async def test_what_it_may_do(client: Client, server: ScriptedServer) -> None:
    server.on("touch").answers(shell(client, "echo x > made.txt"), say("done"))
    options: dict[str, Any] = {"permission": "limited"}
    if client.executor.name == "claude":  # limited means files there, and no command that changes something
        options["tools"] = ["Bash(echo *)"]
    await client.ask("touch it", options=options)
    assert (client.folder / "made.txt").read_text() == "x\n"


async def test_a_cancelled_call_leaves_no_process(client: Client, server: ScriptedServer) -> None:
    server.on("sleep").answers(shell(client, "sleep 300"), hang())
    running = trio.Event()

    async def work() -> None:
        running.set()
        await client.ask("sleep well", options={"permission": "limited", "tools": ["Bash(sleep *)"]})

    async with trio.open_nursery() as nursery:
        nursery.start_soon(work)
        await running.wait()
        assert await trio.to_thread.run_sync(wait_for, lambda: _sleeps(tagged(TAG)))
        nursery.cancel_scope.cancel()
    assert tagged(TAG) == []


async def test_a_client_is_given_its_own_key_alone(
    client: Client, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in OTHERS_KEYS:
        monkeypatch.setenv(name, f"value-of-{name.lower()}")
    server.on("environment").answers(shell(client, "env"), say("done"))
    options = {"permission": "max", "env": {"MARK": "set by the script"}}
    if client.executor.name == "claude":
        options |= {"permission": "limited", "tools": ["Bash(env)"]}
    await client.ask("environment", options=options)
    seen = server.requests[-1].results[-1]
    assert "MARK=set by the script" in seen
    allowed = {"codex": ("OPENAI_API_KEY",), "claude": ()}[client.executor.name]
    for name in OTHERS_KEYS:
        assert (f"value-of-{name.lower()}" in seen) <= (name in allowed)
    headers = server.requests[-1].headers
    assert KEY in headers.get("x-api-key", "") + headers.get("authorization", "")


async def test_an_agent_type_is_the_system_prompt(client: Client, server: ScriptedServer) -> None:
    server.on("review").answers(say("reviewed"))
    agent = AgentType("reviewer", "Reviews.", "You are the reviewer of old.", None, None)
    await client.ask("review it", agent=agent)
    asked = server.requests[0]
    assert "You are the reviewer of old." in (
        asked.system if client.executor.name == "claude" else asked.prompt
    )


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "object", "properties": {"t": {"type": "string", "format": "date-time"}}, "required": ["t"]},
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "properties": {"t": {"type": "array", "prefixItems": [{"type": "string"}], "items": False}},
            "required": ["t"],
            "unevaluatedProperties": False,
        },
        {
            "type": "object",
            "properties": {"t": {"$ref": "#/$defs/t"}},
            "$defs": {"t": {"type": "string", "x-any": 1}},
        },
    ],
)
async def test_claude_passes_no_schema_over(schema: Any, server: ScriptedServer, tmp_path: Path) -> None:
    server.on("time").answers(structured({"t": "2026-01-01T00:00:00Z"}))
    client = Client("claude", server, tmp_path)
    await client.ask("the time", schema=schema)
    assert "StructuredOutput" in server.requests[0].tools


async def test_codex_sends_a_strict_schema(server: ScriptedServer, tmp_path: Path) -> None:
    server.on("number").answers(structured({"n": 1}))
    report = await Client("codex", server, tmp_path).ask("a number", schema=SCHEMA)
    assert report.value == {"n": 1}
    told = server.requests[0].body["text"]["format"]
    assert (told["strict"], told["schema"]) == (True, strict_schema(SCHEMA))


def _sleeps(pids: list[int]) -> bool:
    for pid in pids:
        try:
            if b"sleep\x00300" in Path(f"/proc/{pid}/cmdline").read_bytes():
                return True
        except OSError:
            continue
    return False
