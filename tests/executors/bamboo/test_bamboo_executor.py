"""odw's side of bamboo: from a call to the agent's process and back to a report."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import trio
from real.script import call, fail, hang, say
from real.server import ScriptedServer

from odw.executors import create_executor
from odw.runtime.abc import ABSENT, AgentType, CallRequest, Report
from odw.runtime.process_tags import tagged

DEADLINE_S = 60
SCHEMA = {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as serving:
        yield serving


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEEPSEEK_API_KEY", "canary-key-of-bamboo-1")


def request(cwd: Path, prompt: str = "the task", **fields: Any) -> CallRequest:
    base = CallRequest(
        prompt, fields.pop("options", {}), fields.pop("schema", None), fields.pop("model", None), None, "fast", "label", None, 1,
        "k" * 64, "a0", str(cwd), tag=f"test-{os.getpid()}.1.1.1.", transcript=str(cwd / "nodes" / "1.out"),
    )  # fmt: skip
    return base._replace(**fields)


async def ask(
    server: ScriptedServer, asked: CallRequest, **profile: Any
) -> tuple[Report, list[dict[str, Any]]]:
    table = {"use": "bamboo", "provider": "deepseek", "base_url": f"{server.url}/v1", **profile}
    events: list[dict[str, Any]] = []
    with trio.fail_after(DEADLINE_S):
        report = await create_executor("fast", table).run(asked, events.append)
    assert not tagged(asked.tag)
    return report, events


async def test_a_call_and_its_account(server: ScriptedServer, tmp_path: Path) -> None:
    server.on("").answers(call(("list", {})), say("fine").using(input=50, output=7, cache_read=20))
    report, events = await ask(server, request(tmp_path, model="deepseek-reasoner"))
    assert report.error is None and (report.text, report.value, report.exit) == ("fine", ABSENT, "0")
    assert report.usage is not None and report.usage.output == 27 and report.usage.cache_read == 20
    assert server.requests[0].model == "deepseek-reasoner"
    kinds = [event["type"] for event in events]
    assert kinds[:2] == ["started", "started"] and "tool" in kinds and kinds.count("usage") == 2
    assert (tmp_path / "nodes/1.out").is_file() and (tmp_path / "nodes/1.out.messages.jsonl").is_file()


async def test_a_structured_value(server: ScriptedServer, tmp_path: Path) -> None:
    server.on("").answers(call(("finish", {"n": 5})))
    report, _ = await ask(server, request(tmp_path, schema=SCHEMA))
    assert report.value == {"n": 5} and report.text == '{"n": 5}'


async def test_what_never_fits_is_left_to_the_runtime(server: ScriptedServer, tmp_path: Path) -> None:
    server.on("").answers(*[call(("finish", {"n": "x"}))] * 4)
    report, _ = await ask(server, request(tmp_path, schema=SCHEMA))
    assert report.error is None and report.value is ABSENT and report.text == '{"n": "x"}'


async def test_wishes_reach_the_agent(server: ScriptedServer, tmp_path: Path) -> None:
    server.on("").answers(say("ok"))
    agent = AgentType("reviewer", "", "You review.", tools=("Read", "Grep"))
    await ask(server, request(tmp_path, agent=agent, options={"system": "Be brief."}))
    asked = server.requests[0]
    assert asked.tools == ("read", "search") and asked.system.endswith("You review.\n\nBe brief.")
    await ask(server, request(tmp_path, options={"tools": [], "permission": "read"}))
    assert server.requests[1].tools == ()


async def test_failures_keep_their_class(server: ScriptedServer, tmp_path: Path) -> None:
    server.on("").answers(fail(429, "slow", retry_after=90), fail(402, "Insufficient Balance"))
    report, _ = await ask(server, request(tmp_path))
    assert report.error is not None
    assert (report.error.category, report.error.retryable, report.error.retry_after_s) == (
        "rate_limit",
        True,
        90,
    )
    report, _ = await ask(server, request(tmp_path))
    assert report.error is not None and (report.error.category, report.error.retryable) == ("quota", False)


async def test_only_its_own_keys_are_seen(
    server: ScriptedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-REDACTED")
    server.on("").answers(call(("bash", {"command": "env | cut -d= -f1 | sort | tr '\\n' ' '"})), say("ok"))
    await ask(server, request(tmp_path))
    names = server.requests[-1].results[0].split()
    assert "PATH" in names and not [name for name in names if "KEY" in name]


async def test_a_secret_in_an_answer_is_hidden(server: ScriptedServer, tmp_path: Path) -> None:
    server.on("").answers(say("the key is canary-key-of-bamboo-1"))
    report, events = await ask(server, request(tmp_path))
    assert report.text == "the key is [redacted]" and "canary" not in str(events)
    assert "canary" not in (tmp_path / "nodes/1.out").read_text()


async def test_cancelled_it_leaves_nothing(server: ScriptedServer, tmp_path: Path) -> None:
    server.on("").answers(call(("bash", {"command": "sleep 600 & sleep 600"})), hang())
    asked = request(tmp_path)
    executor = create_executor(
        "fast", {"use": "bamboo", "provider": "deepseek", "base_url": f"{server.url}/v1"}
    )
    seen = trio.Event()

    def emit(event: dict[str, Any]) -> None:
        if event["type"] == "tool":
            seen.set()

    with trio.fail_after(DEADLINE_S):
        async with trio.open_nursery() as nursery:
            nursery.start_soon(executor.run, asked, emit)
            await seen.wait()
            nursery.cancel_scope.cancel()
    assert not tagged(asked.tag)


async def test_a_program_that_is_not_bamboo(server: ScriptedServer, tmp_path: Path) -> None:
    report, _ = await ask(
        server, request(tmp_path), program=["sh", "-c", "cat > /dev/null; echo hello; exit 3"]
    )
    assert (
        report.error is not None
        and report.error.category == "crash"
        and "exit status 3: hello" in report.error.message
    )
    report, _ = await ask(server, request(tmp_path), program=["sh", "-c", "cat > /dev/null"])
    assert report.error is not None and "without a result" in report.error.message and report.usage is None
