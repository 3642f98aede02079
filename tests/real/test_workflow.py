"""Twelve agents of the real claude and codex in one workflow: schemas, a failure, a call given up, a death, a resume."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from process_trees import wait_for

from odw.runtime.process_tags import VARIABLE
from real.clients import KEY
from real.project import Project
from real.script import call, fail, hang, say, structured
from real.server import ScriptedServer

pytestmark = [pytest.mark.real, pytest.mark.usefixtures("clients")]

WORKFLOW = """
export const meta = { name: 'twelve', description: 'Twelve agents of two kinds.' }
const schema = {
  type: 'object', required: ['n'], additionalProperties: false,
  properties: { n: { type: 'integer', minimum: 1 } },
}
const ask = (label, options = {}) => async () =>
  agent(`job ${label}`, { label, runtime: label.startsWith('c') ? 'claude' : 'codex', ...options })
return await parallel([
  ask('c-text-1'), ask('c-text-2'), ask('x-text-1'), ask('x-text-2'),
  ask('c-schema'), ask('c-mended', { schema }), ask('x-schema', { schema }), ask('x-mended', { schema }),
  ask('c-fails'), ask('x-waits'), ask('x-given-up'), ask('c-last'),
])
"""
DONE = {
    "c-text-1", "c-text-2", "x-text-1", "x-text-2", "c-schema", "c-mended", "x-schema", "x-mended", "c-fails", "x-waits",
}  # fmt: skip


def script(server: ScriptedServer) -> None:
    """0 is below the minimum: claude's own check mends it in the first try, codex's answer goes back to it by odw."""
    server.on(r"job c-text-\d").answers(call(("Bash", {"command": "echo hi"})), say("text of claude"))
    server.on(r"job x-text-\d").answers(call(("exec_command", {"cmd": "echo hi"})), say("text of codex"))
    server.on("job c-schema").answers(say("no schema was given"))
    server.on("job c-mended").answers(
        call(("StructuredOutput", {"n": 0})), call(("StructuredOutput", {"n": 2}))
    )
    server.on("job x-schema").answers(structured({"n": 3}))
    server.on("job x-mended").answers(say('{"n": 0}'), say('{"n": 4}'))
    server.on("job c-fails").answers(fail(401, "invalid x-api-key"))
    server.on("job x-waits").answers(fail(429, "Rate limit reached", retry_after=0.1), say("waited"))
    server.on("job x-given-up").answers(hang())
    server.on("job c-last").answers(hang(), say("last"))


def test_twelve_agents_with_a_death_in_the_middle(tmp_path: Path, server: ScriptedServer) -> None:
    script(server)
    project = Project(tmp_path, server.url)
    running = project.start(WORKFLOW, "--concurrency", "6")
    try:
        server.wait_for("job x-given-up")
        server.wait_for("job c-last")
        assert wait_for(lambda: project.ended() >= DONE), project.ended()
        _no_key_on_command_lines(project)
        project.command("skip", "latest", "x-given-up").output()
        assert wait_for(lambda: "x-given-up" in project.ended())
        assert len(project.processes()) > 0  # c-last
    finally:
        running.kill()
    assert _gone_within_a_second(project)

    before = len(server.requests)
    resumed = project.command("resume", "latest", "--json").result()
    assert resumed == [
        "text of claude", "text of claude", "text of codex", "text of codex",
        "no schema was given", {"n": 2}, {"n": 3}, {"n": 4},
        None, "waited", None, "last",
    ]  # fmt: skip
    again = {asked.prompt.rpartition("job ")[2].split()[0] for asked in server.requests[before:]}
    assert again == {"c-fails", "c-last"}
    assert server.unmatched == []
    assert project.processes() == []
    _what_the_clients_were_asked(server)
    _what_was_recorded(project)


def _gone_within_a_second(project: Project) -> bool:
    end = time.monotonic() + 1.0
    while project.processes():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def _no_key_on_command_lines(project: Project) -> None:
    pids = project.processes()
    assert pids
    for pid in pids:
        assert KEY.encode() not in Path(f"/proc/{pid}/cmdline").read_bytes()
        assert VARIABLE.encode() in Path(f"/proc/{pid}/environ").read_bytes()


def _what_the_clients_were_asked(server: ScriptedServer) -> None:
    for asked in server.requests:
        if asked.protocol == "anthropic":
            assert asked.headers["x-api-key"] == KEY
        else:
            assert asked.headers["authorization"] == f"Bearer {KEY}"
    repair = server.said("job x-mended")[-1]
    assert (
        "Your answer was not accepted" in repair.prompt
    )  # in the same thread: the first prompt is there as well
    assert repair.body["text"]["format"]["strict"] is True
    (_, mended) = server.said("job c-mended")
    assert "must be >= 1" in mended.results[-1]


def _what_was_recorded(project: Project) -> None:
    for path in project.run_dir.rglob("*"):
        if path.is_file():
            assert KEY.encode() not in path.read_bytes(), path
    events = project.events()
    progress = [event["event"] for event in events if event["type"] == "agent_progress"]
    assert {"started", "session", "text", "tool", "usage"} <= {event["type"] for event in progress}
    summaries = {event["summary"] for event in progress if event["type"] == "tool"}
    assert "echo hi" in summaries
    failed = [event for event in events if event["type"] == "agent_done" and not event["ok"]]
    assert {"authentication"} == {_category(event) for event in failed if not event.get("skipped")}


def _category(event: dict[str, Any]) -> str:
    return str(event["error"]["category"]) if "error" in event else json.dumps(event)
