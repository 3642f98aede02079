"""The agent's process where things go wrong: hostile tools' arguments, long output, refused fields, cut answers, limits."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from bamboo_process import KEY, PROGRAM, Work, document, environment, gone, wait_for
from real.script import Asked, Reply, call, fail, say
from real.server import ScriptedServer

SCHEMA = {"type": "object", "properties": {"n": {"type": "number"}}, "required": ["n"]}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("{", "no JSON"), ("[1]", "must be a JSON object"), ("", "expected a path"), ('{"path": ["a"]}', "expected a path"),
        ('{"path": "a\\u0000b"}', "expected a path"), ('{"path": "\\ud800"}', "error:"), ("[" * 50_000, "no JSON"),
        ('{"path": "%s"}' % ("x" * 5000), "error:"), ('{"path": "pipe"}', "pipe is no file"), ('{"path": "d"}', "is a directory"),
        ('{"path": "latin"}', "not UTF-8"), ('{"path": "loop"}', "error:"),
    ],
)  # fmt: skip
def test_arguments_that_make_no_sense(
    server: ScriptedServer, work: Work, tmp_path: Path, arguments: str, said: str
) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "d").mkdir()
    (tmp_path / "latin").write_bytes(b"\xe9t\xe9")
    (tmp_path / "loop").symlink_to("loop")
    server.on("").answers(call(("read", arguments)), say("ok"))
    assert work().result["text"] == "ok"
    assert said in server.requests[-1].results[0]


def test_names_that_no_encoding_has(server: ScriptedServer, work: Work, tmp_path: Path) -> None:
    Path(os.fsdecode(bytes(tmp_path) + b"/caf\xe9.txt")).write_text("needle\n")
    server.on("").answers(
        call(("list", {}), ("search", {"pattern": "needle"}), ("bash", {"command": "ls"})), say("ok")
    )
    assert work().result["text"] == "ok"
    assert [result.splitlines()[0] for result in server.requests[-1].results[:2]] == [
        "caf?.txt",
        "caf?.txt:1: needle",
    ]


def test_a_pattern_that_would_take_for_ever(server: ScriptedServer, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a" * 40 + "b\n")
    server.on("").answers(call(("search", {"pattern": "(a+)+$"})), say("ok"))
    program = "import runpy; from odw.executors.bamboo.tools import search; search.SEARCH_S = 0.3; runpy.run_module('odw.executors.bamboo.__main__', run_name='__main__')"
    done = subprocess.run(
        [PROGRAM[0], "-P", "-W", "ignore", "-c", program], input=document(server, tmp_path, "x"), env=environment(), capture_output=True,
        timeout=60, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout.splitlines()[-1])["text"] == "ok"
    assert "choose a simpler pattern" in server.requests[-1].results[0]


def test_search_leaves_out_what_git_ignores_and_asks_git_for_nothing_else(
    server: ScriptedServer, work: Work, tmp_path: Path
) -> None:
    for command in (["git", "init", "-q"], ["git", "config", "core.fsmonitor", "touch ../spied; false"]):
        subprocess.run(command, cwd=tmp_path, check=True)
    (tmp_path / ".gitignore").write_text("out/\n")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.txt").write_text("needle")
    (tmp_path / "a.txt").write_text("needle")
    (tmp_path / "etc").symlink_to("/etc")
    search = call(
        ("search", {"pattern": "needle"}),
        ("search", {"pattern": "", "glob": "*.txt"}),
        ("search", {"pattern": "x", "path": "no"}),
    )
    server.on("").answers(search, say("ok"))
    work()
    assert server.requests[-1].results == ("a.txt:1: needle", "a.txt", "error: no does not exist")
    assert not (tmp_path.parent / "spied").exists()


def test_gits_and_odws_own_files_are_not_written(server: ScriptedServer, work: Work, tmp_path: Path) -> None:
    (tmp_path / ".git" / "hooks").mkdir(parents=True)
    (tmp_path / "alias").symlink_to(".git")
    writes = [
        ("write", {"path": path, "content": "x"})
        for path in (".git/hooks/pre-commit", "alias/config", ".odw/runs/x", "ok")
    ]
    server.on("").answers(call(*writes), say("ok"))
    work(permission="max")
    assert ["belongs to git or odw" in result for result in server.requests[-1].results] == [
        True,
        True,
        True,
        False,
    ]
    assert list((tmp_path / ".git").rglob("*")) == [tmp_path / ".git" / "hooks"]


def test_an_edit_keeps_ends_of_line_and_rights(server: ScriptedServer, work: Work, tmp_path: Path) -> None:
    file = tmp_path / "a.sh"
    file.write_bytes("é1\r\né2\r\n".encode())
    file.chmod(0o755)
    edits = [
        {"old": "é1\né2", "new": "x\ny"},
        {"old": "x ", "new": "z"},
        {"old": "", "new": "z"},
        {"old": "x", "new": "x"},
    ]
    server.on("").answers(*[call(("edit", {"path": "a.sh", **edit})) for edit in edits], say("ok"))
    work()
    assert file.read_bytes() == b"x\r\ny\r\n" and file.stat().st_mode & 0o777 == 0o755
    said = server.requests[-1].results
    assert (
        "+x" in said[0]
        and "does not stand" in said[1]
        and "old is empty" in said[2]
        and "are the same" in said[3]
    )


def test_output_without_end_keeps_its_beginning_and_end(server: ScriptedServer, work: Work) -> None:
    server.on("").answers(
        call(("bash", {"command": "echo first; yes | head -c 30000000; echo last"})), say("ok")
    )
    work()
    [result] = server.requests[-1].results
    assert result.startswith("first\n") and result.endswith("last\n(exit code 0)") and len(result) < 31_000
    assert "left out" in result


def test_a_command_that_takes_too_long_goes_with_all_it_started(
    server: ScriptedServer, work: Work, tmp_path: Path
) -> None:
    command = "echo begun; (trap '' TERM; echo $BASHPID > pid; sleep 600) & trap '' TERM; sleep 600"
    server.on("").answers(call(("bash", {"command": command, "timeout_s": 1})), say("ok"))
    work()
    assert server.requests[-1].results == ("begun\n(ended by force: it took more than 1 s)",)
    assert wait_for(lambda: gone(int((tmp_path / "pid").read_text())))


def test_a_daemon_that_holds_the_pipe_does_not_hold_the_agent(
    server: ScriptedServer, work: Work, tmp_path: Path
) -> None:
    command = (
        "setsid sh -c 'echo $$ > pid; exec sleep 600' & while ! [ -s pid ]; do sleep 0.01; done; echo done"
    )
    server.on("").answers(call(("bash", {"command": command})), say("ok"))
    try:
        assert work().result["text"] == "ok"
        assert server.requests[-1].results == ("done\n(exit code 0)",)
    finally:  # in a run odw ends it, by its tag
        os.kill(int((tmp_path / "pid").read_text()), 9)


def test_a_command_sees_no_key_of_any_provider(server: ScriptedServer, tmp_path: Path) -> None:
    server.on("").answers(call(("bash", {"command": "env"})), say("ok"))
    env = environment(OPENAI_API_KEY="other-key-123456789", MINE="seen")
    subprocess.run(
        PROGRAM, input=document(server, tmp_path, "x"), env=env, capture_output=True, timeout=60, check=True
    )
    [result] = server.requests[-1].results
    assert "MINE=seen" in result and "_API_KEY" not in result and KEY not in result


def test_what_is_called_with_finish_is_done_first(server: ScriptedServer, work: Work, tmp_path: Path) -> None:
    both = call(("finish", {"n": 1}), ("write", {"path": "a.txt", "content": "x"}))
    server.on("").answers(both)
    assert work(schema=SCHEMA).result["value"] == {"n": 1}
    assert (tmp_path / "a.txt").read_text() == "x"


@pytest.mark.parametrize("wrong", ['{"n": NaN}', '{"n": 1e999}', '{"n": ' + "[" * 300 + "]" * 300 + "}"])
def test_numbers_and_depths_that_json_has_not(server: ScriptedServer, work: Work, wrong: str) -> None:
    server.on("").answers(call(("finish", wrong)), call(("finish", {"n": 1.5})))
    assert work(schema=SCHEMA).result["value"] == {"n": 1.5}
    assert "does not fit" in server.requests[-1].results[0]


def test_an_answer_in_several_pieces_is_one(server: ScriptedServer, work: Work) -> None:
    server.on("").answers(say("one ", stop="length"), say("two ", stop="length"), say("three"))
    done = work()
    assert (done.result["text"], done.result["stop"]) == ("one two three", "finish")
    assert "Go on exactly where it stopped" in server.requests[-1].prompt


def test_a_call_that_was_cut_off_is_told_why(server: ScriptedServer, work: Work) -> None:
    server.on("").answers(call(("write", '{"path": "a", "cont'), stop="length"), say("ok"))
    work()
    assert "cut off at the limit of length" in server.requests[-1].results[0]


def test_an_answer_that_a_filter_stopped_is_a_failure(server: ScriptedServer, work: Work) -> None:
    server.on("").answers(say("half", stop="content_filter"))
    done = work()
    assert (done.result["error"]["category"], done.result["text"]) == ("unknown", "half")


def test_thoughts_go_back_where_the_provider_wants_them(server: ScriptedServer, work: Work) -> None:
    server.on("").answers(call(("list", {}), reasoning="let me look"), say("<think>a</think>ok"))
    assert work().result["text"] == "ok"
    assert server.requests[1].body["messages"][2]["reasoning_content"] == "let me look"
    work(provider="vllm")
    assert "reasoning_content" not in json.dumps(server.requests[-1].body)


@pytest.mark.parametrize("name", ["tool_choice", "stream_options", "max_tokens"])
def test_a_field_that_the_provider_does_not_know_is_left_out(
    server: ScriptedServer, work: Work, name: str
) -> None:
    def picky(asked: Asked) -> Reply:
        if name in asked.body:
            return fail(400, f"Unrecognized request argument supplied: {name}")
        return say("done")

    server.on("").answers(call(("list", {})) if name == "tool_choice" else picky, picky)
    done = work(max_turns=2)
    assert done.result["text"] == "done" and name not in server.requests[-1].body


def test_a_schema_without_response_format(server: ScriptedServer, work: Work) -> None:
    def picky(asked: Asked) -> Reply:
        return (
            fail(400, "response_format is not supported")
            if "response_format" in asked.body
            else say('{"n": 2}')
        )

    server.on("").answers(picky)
    assert work(schema=SCHEMA, tools=[]).result["value"] == {"n": 2}


def test_one_turn_only_is_asked_for_an_answer_at_once(server: ScriptedServer, work: Work) -> None:
    server.on("").answers(call(("finish", {"n": 3})))
    assert work(schema=SCHEMA, max_turns=1).result["value"] == {"n": 3}
    assert server.requests[0].body["tool_choice"]["function"]["name"] == "finish"


def test_a_limit_without_an_answer_is_a_failure(server: ScriptedServer, work: Work) -> None:
    server.on("").answers(call(("list", {})))
    done = work(max_turns=2)
    assert done.result["stop"] == "turns" and "limit of turns" in done.result["error"]["message"]


def test_one_turn_that_fills_the_window(server: ScriptedServer, work: Work, tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_text("y" * 1000 + "\n" + "x\n" * 20_000)
    reads = call(*[("read", {"path": "big.txt", "offset": at * 2000 + 1}) for at in range(10)])
    many = call(*[("bash", {"command": "head -c 29000 big.txt"})] * 8)
    server.on("").answers(reads, many, say("ok"))
    assert work(provider="vllm").result["text"] == "ok"
    sent = sum(len(str(message.get("content"))) for message in server.requests[-1].body["messages"])
    assert sent < 32_000 * 3.5


def test_a_summary_that_is_refused_too_is_done_without(server: ScriptedServer, work: Work) -> None:
    def narrow(asked: Asked) -> Reply:
        if len(json.dumps(asked.body["messages"])) > 30_000:
            return fail(400, "maximum context length exceeded")
        return (
            say("ok")
            if len(server.requests) > 40
            else call(("todo", {"items": [{"task": "t" * 290, "state": "open"}] * 20}))
        )

    server.on("").answers(narrow)
    assert work().result["text"] == "ok"
    assert any("what you need" in asked.prompt for asked in server.requests)


def test_the_record_grows_while_the_agent_works(server: ScriptedServer, tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    server.on("").answers(call(("bash", {"command": f"grep -c . {path}; cat {path} | tail -1"})), say("ok"))
    subprocess.run(
        PROGRAM, input=document(server, tmp_path, "x", transcript=str(path)), env=environment(), capture_output=True, timeout=60, check=True
    )  # fmt: skip
    [result] = server.requests[-1].results
    assert result.startswith("3\n") and '"tool_calls"' in result


def test_a_session_goes_on_where_it_ended(server: ScriptedServer, work: Work, tmp_path: Path) -> None:
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    server.on("").answers(call(("list", {})), *[call(("finish", {"n": "x"}))] * 4, call(("finish", {"n": 5})))
    begun = work(schema=SCHEMA, transcript=str(first))
    assert begun.result["stop"] == "schema" and begun.of("session") == [{"type": "session", "id": str(first)}]
    done = work(schema=SCHEMA, transcript=str(second), session=str(first), repair="n must be a number\u2028!")
    assert done.result["value"] == {"n": 5}
    before, after = server.requests[-2].body, server.requests[-1].body
    assert (
        after["messages"][: len(before["messages"])] == before["messages"]
        and after["tools"] == before["tools"]
    )
    assert (
        after["messages"][-2]["role"] == "tool"
        and after["messages"][-1]["content"] == "n must be a number\u2028!"
    )
    assert len(second.read_text().split("\n")) > len(first.read_text().split("\n"))


@pytest.mark.parametrize("content", [None, "", "no json", '{"role": "user"}', "[1]\n[2]"])
def test_a_session_that_is_lost_begins_anew(
    server: ScriptedServer, work: Work, tmp_path: Path, content: Any
) -> None:
    path = tmp_path / "lost.jsonl"
    if content is not None:
        path.write_text(content)
    server.on("").answers(say("ok"))
    assert work(session=str(path), repair="mend it").result["text"] == "ok"
    assert server.requests[0].prompt == "the task"


@pytest.mark.parametrize(
    ("document", "said"),
    [(b"", "no JSON"), (b"[]", "no object"), (b'{"prompt": 3}', "no object"), (b"\xff", "no JSON"),
     (b'{"prompt": "x", "provider": "vllm", "schema": {"type": "no"}}', "schema:")],
)  # fmt: skip
def test_tasks_that_are_none(document: bytes, said: str) -> None:
    done = subprocess.run(
        PROGRAM, input=document, env=environment(), capture_output=True, timeout=60, check=True
    )
    last = json.loads(done.stdout.splitlines()[-1])
    assert last["error"]["category"] == "configuration" and said in last["error"]["message"]
