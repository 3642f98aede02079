"""The agent's process against a scripted provider: tool loops, answers, limits, refusals, a hostile stream."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from bamboo_process import KEY, Work, document, environment, gone, wait_for
from real.script import call, cut, fail, garble, hang, say
from real.server import ScriptedServer

SCHEMA = {
    "type": "object",
    "properties": {"n": {"type": "integer"}},
    "required": ["n"],
    "additionalProperties": False,
}


def test_an_answer_without_tools(server: ScriptedServer, work: Work) -> None:
    server.on("").answers(say("hello grüße 🙂").using(input=30, output=4, cache_read=10))
    done = work(tools=[])
    assert (done.code, done.result["text"], done.result["stop"]) == (0, "hello grüße 🙂", "finish")
    assert done.result["usage"]["output"] == 4 and done.of("usage")[-1]["usage"] == done.result["usage"]
    asked = server.requests[0]
    assert asked.headers["authorization"] == f"Bearer {KEY}" and asked.tools == () and asked.stream
    assert done.events[0]["type"] == "started"


def test_a_loop_of_tools(server: ScriptedServer, work: Work, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one\ntwo\n")
    server.on("").answers(
        call(("read", {"path": "a.txt"}), ("list", {})),
        call(("edit", {"path": "a.txt", "old": "two", "new": "three"})),
        call(("bash", {"command": "cat a.txt; exit 3"})),
        say("done"),
    )
    done = work()
    assert done.result["text"] == "done" and (tmp_path / "a.txt").read_text() == "one\nthree\n"
    results = server.requests[-1].results
    assert "     2  two" in results[0] and results[1] == "a.txt"
    assert "-two\n+three" in results[2] and results[3] == "one\nthree\n(exit code 3)"
    assert [(event["name"], event["summary"]) for event in done.of("tool")] == [
        ("read", "a.txt"), ("list", ""), ("edit", "a.txt"), ("bash", "cat a.txt; exit 3"),
    ]  # fmt: skip
    first, second = server.requests[0].body, server.requests[1].body
    assert (
        second["messages"][: len(first["messages"])] == first["messages"]
        and first["tools"] == second["tools"]
    )


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("read", {"path": "../outside"}, "outside the workspace"),
        ("read", {"path": "/etc/passwd"}, "outside the workspace"),
        ("read", {"path": "~/x"}, "outside the workspace"),
        ("read", {"path": "link/passwd"}, "outside the workspace"),
        ("write", {"path": "link/new", "content": "x"}, "outside the workspace"),
        ("read", {"path": "none.txt"}, "does not exist"),
        ("read", {"path": 3}, "expected a path"),
        ("read", {"path": "blob"}, "binary"),
        ("read", {"path": "a.txt", "offset": 0}, "expected a whole number from 1"),
        ("edit", {"path": "a.txt", "old": "x", "new": "y"}, "stands 2 times"),
        ("edit", {"path": "a.txt", "old": "q", "new": "y"}, "does not stand in a.txt"),
        ("search", {"pattern": "("}, "pattern:"),
        ("search", {"pattern": "x$"}, "a.txt:1: x"),
        ("bash", {"command": "sudo ls"}, "not allowed here: sudo: it gains rights"),
        ("bash", {"command": "echo $DEEPSEEK_API_KEY; sleep 9 & disown"}, "(exit code 0, no output)"),
        ("fly", {}, "there is no tool 'fly'"),
    ],
)
def test_what_a_tool_says(
    server: ScriptedServer, work: Work, tmp_path: Path, tool: str, arguments: Any, said: str
) -> None:
    (tmp_path / "a.txt").write_text("x\nx\n")
    (tmp_path / "blob").write_bytes(b"\0\1\2")
    (tmp_path / "link").symlink_to("/etc")
    server.on("").answers(call((tool, arguments)), say("ok"))
    assert work().result["text"] == "ok"
    assert said in server.requests[-1].results[0]


def test_permissions_and_tools_narrow_the_set(server: ScriptedServer, work: Work) -> None:
    server.on("").answers(say("ok"))
    work(permission="read")
    assert server.requests[-1].tools == ("read", "list", "search", "todo")
    work(tools=["Grep", "Bash"])
    assert server.requests[-1].tools == ("search", "bash")
    assert work(tools=["Fly"]).result["error"]["category"] == "configuration"
    assert "permission" in work(permission="all").result["error"]["message"]


def test_a_structured_answer_by_finish_after_a_repair(server: ScriptedServer, work: Work) -> None:
    server.on("").answers(call(("finish", {"n": "no"})), say("I think it is 3"), call(("finish", {"n": 3})))
    done = work(schema=SCHEMA)
    assert done.result["value"] == {"n": 3} and json.loads(done.result["text"]) == {"n": 3}
    assert "$.n" in server.requests[1].results[-1] and "tool `finish`" in server.requests[2].prompt


def test_a_structured_answer_without_tools(server: ScriptedServer, work: Work) -> None:
    server.on("").answers(say("not json"), say('```json\n{"n": 4}\n```'))
    done = work(schema=SCHEMA, tools=[])
    assert done.result["value"] == {"n": 4}
    assert server.requests[0].body["response_format"] == {"type": "json_object"}
    assert "JSON Schema" in server.requests[0].prompt


def test_an_answer_that_never_fits_is_handed_over_raw(server: ScriptedServer, work: Work) -> None:
    server.on("").answers(*[call(("finish", {"n": "x"}))] * 4)
    done = work(schema=SCHEMA)
    assert "value" not in done.result and done.result["stop"] == "schema" and done.result["problems"]
    assert json.loads(done.result["text"]) == {"n": "x"}


@pytest.mark.parametrize("schema", [{"type": "array", "items": {"type": "integer"}}, {"enum": [None, 1]}])
def test_answers_that_are_no_objects_are_wrapped(server: ScriptedServer, work: Work, schema: Any) -> None:
    value = [1, 2] if schema.get("type") == "array" else None
    server.on("").answers(call(("finish", {"answer": value})))
    assert work(schema=schema).result["value"] == value


def test_a_limit_of_turns_asks_for_the_best_there_is(server: ScriptedServer, work: Work) -> None:
    server.on("").answers(call(("list", {})), call(("list", {})), say("so far"))
    done = work(max_turns=3)
    assert done.result["text"] == "so far" and len(server.requests) == 3
    assert server.requests[-1].body["tool_choice"] == "none" and "last turn" in server.requests[-1].prompt


def test_a_limit_of_tokens(server: ScriptedServer, work: Work) -> None:
    server.on("").answers(call(("list", {})).using(input=900, output=200), say("short"))
    assert work(max_tokens=1000).result["text"] == "short" and len(server.requests) == 2


def test_a_conversation_that_grows_is_made_shorter(
    server: ScriptedServer, work: Work, tmp_path: Path
) -> None:
    (tmp_path / "big.txt").write_text("".join(f"line {n} {'x' * 60}\n" for n in range(380)))
    read = call(("read", {"path": "big.txt"}))
    server.on("").answers(*[read.using(input=9_000 * n, output=10) for n in range(1, 13)], say("end"))
    assert work(provider="vllm").result["text"] == "end"
    longest = max(
        sum(len(str(m.get("content"))) for m in asked.body["messages"]) for asked in server.requests
    )
    assert longest < 32_000 * 4
    assert any("left out to save room" in result for asked in server.requests for result in asked.results)


def test_a_provider_that_finds_it_too_long(server: ScriptedServer, work: Work, tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_text("y" * 1900 + "\n" + "z\n" * 800)
    read = call(("read", {"path": "big.txt"}))
    refused = fail(400, "This model's maximum context length is 10 tokens")
    server.on("").answers(read, read, read, read, read, refused, say("it went on"))
    done = work()
    assert done.result["text"] == "it went on"
    assert any("left out to save room" in result for result in server.requests[-1].results)


@pytest.mark.parametrize(
    ("reply", "category"),
    [
        (fail(401, "no such key"), "authentication"),
        (fail(402, "Insufficient Balance"), "quota"),
        (fail(429, "You exceeded your current quota"), "quota"),
        (fail(429, "slow down", retry_after=100), "rate_limit"),
        (fail(404, "no such model"), "configuration"),
        (fail(400, "bad request"), "configuration"),
    ],
)
def test_refusals_are_classified(server: ScriptedServer, work: Work, reply: Any, category: str) -> None:
    server.on("").answers(reply)
    error = work().result["error"]
    assert error["category"] == category and len(server.requests) == 1
    if category == "rate_limit":
        assert error["retry_after_s"] == 100


@pytest.mark.parametrize(
    "reply", [fail(500, "x"), fail(429, "x", retry_after=0.1), cut("half an ans"), garble()]
)
def test_what_passes_is_tried_again(server: ScriptedServer, work: Work, reply: Any) -> None:
    server.on("").answers(call(("list", {})), reply, say("at last"))
    done = work()
    assert done.result["text"] == "at last" and done.of("rate_limit")


def test_no_key_and_no_provider(work: Work, server: ScriptedServer) -> None:
    error = work(provider="kimi").result["error"]
    assert error == {"category": "authentication", "message": "provider kimi: no key; set KIMI_API_KEY"}
    assert "unknown provider 'x'" in work(provider="x").result["error"]["message"]


def test_the_transcript_is_kept_without_the_key(server: ScriptedServer, work: Work, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"key = {KEY}\n")
    server.on("").answers(call(("read", {"path": "a.txt"})), say("ok"))
    path = tmp_path / "t" / "x.jsonl"
    work(transcript=str(path))
    messages = [json.loads(line) for line in path.read_text().splitlines()]
    assert [message["role"] for message in messages] == ["system", "user", "assistant", "tool", "assistant"]
    assert (
        KEY not in path.read_text()
        and "[redacted]" in path.read_text()
        and path.stat().st_mode & 0o777 == 0o600
    )


def test_sigterm_ends_it_and_its_command(server: ScriptedServer, tmp_path: Path) -> None:
    server.on("").answers(call(("bash", {"command": "echo $$ > pid; exec sleep 600"})))
    process = subprocess.Popen(
        [sys.executable, "-m", "odw.executors.bamboo"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(document(server, tmp_path, "go"))
    process.stdin.close()
    pid = wait_for(lambda: int((tmp_path / "pid").read_text() or "x"))
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 143
    wait_for(lambda: gone(pid))
    kinds = [json.loads(line)["type"] for line in process.stdout.read().splitlines()]
    assert "usage" in kinds and "result" not in kinds
    process.stdout.close()


STARTING = """
import os, signal, subprocess
from odw.executors.bamboo.__main__ import _terminated
from odw.executors.bamboo.tools import shell
from odw.executors.bamboo.workspace import Workspace

class Popen(subprocess.Popen):
    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        open("pid", "w").write(str(self.pid))
        os.kill(os.getpid(), signal.SIGTERM)

subprocess.Popen = Popen
signal.signal(signal.SIGTERM, _terminated)
[tool] = shell.tools(Workspace("."), (), careful=False)
tool.run({"command": "exec sleep 600"})
"""


def test_sigterm_while_a_command_is_being_started(tmp_path: Path) -> None:
    """The process is there, and nobody has its number yet."""
    env = {**environment(), "PYTHONPATH": str(Path(__file__).parents[3])}
    done = subprocess.run([sys.executable, "-c", STARTING], cwd=tmp_path, env=env, timeout=60, check=False)
    assert done.returncode == 143
    pid = int((tmp_path / "pid").read_text())
    wait_for(lambda: gone(pid))


def test_a_stream_that_hangs_is_ended_from_outside(server: ScriptedServer, tmp_path: Path) -> None:
    server.on("").answers(hang())
    process = subprocess.Popen(
        [sys.executable, "-m", "odw.executors.bamboo"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(document(server, tmp_path, "go"))
    process.stdin.close()
    server.wait_for("go")
    process.terminate()
    assert process.wait(30) == 143
    process.stdout.close()
