"""The scripted server itself, by a plain client: its three protocols, whole and broken."""

from __future__ import annotations

import http.client
import json
import threading
import urllib.error
import urllib.request
from typing import Any

import pytest

from real.script import call, cut, fail, garble, hang, say, stream_error
from real.server import ScriptedServer

PATHS = ["/v1/messages", "/v1/responses", "/v1/chat/completions"]


def post(server: ScriptedServer, path: str, prompt: str, **more: Any) -> str:
    said = [{"role": "user", "content": prompt}]
    body = {"model": "m", ("input" if path.endswith("responses") else "messages"): said, **more}
    headers = {"content-type": "application/json", "Authorization": "Bearer k"}
    request = urllib.request.Request(server.url + path, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return str(answer.read().decode())


def data(stream: str) -> list[Any]:
    lines = [line.removeprefix("data: ") for line in stream.splitlines() if line.startswith("data: ")]
    return [json.loads(line) for line in lines if line != "[DONE]"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("stream", [True, False])
def test_texts_and_tools(server: ScriptedServer, path: str, stream: bool) -> None:
    server.on("hello").answers(say("hello, my dear friend"), call(("ls", {"path": "/"})))
    more = {"stream": stream, "stream_options": {"include_usage": True}}
    text = post(server, path, "hello", **more)
    shown = json.dumps(data(text)) if stream else text
    assert "hello, my de" in shown
    assert '"ls"' in post(server, path, "hello", **more)
    assert "usage" in shown
    (asked, _) = server.requests
    assert (asked.prompt, asked.model, asked.stream, asked.headers["authorization"]) == (
        "hello",
        "m",
        stream,
        "Bearer k",
    )


def test_a_chat_in_pieces_is_what_was_said(server: ScriptedServer) -> None:
    server.on("").answers(call(("sh", {"command": "echo grüße"}), ("ls", "{"), text="two at once"))
    chunks = data(post(server, "/v1/chat/completions", "go", stream=True))
    deltas = [chunk["choices"][0]["delta"] for chunk in chunks]
    assert "".join(delta.get("content") or "" for delta in deltas) == "two at once"
    given = ["", ""]
    for delta in deltas:
        for part in delta.get("tool_calls", ()):
            given[part["index"]] += part["function"]["arguments"]
    assert (json.loads(given[0]), given[1]) == ({"command": "echo grüße"}, "{")
    assert chunks[-1]["choices"][0]["finish_reason"] == "tool_calls"


@pytest.mark.parametrize("path", PATHS)
def test_errors(server: ScriptedServer, path: str) -> None:
    server.on("").answers(fail(429, "slow down", kind="my_kind", retry_after=2))
    with pytest.raises(urllib.error.HTTPError) as caught:
        post(server, path, "go", stream=True)
    with caught.value as error:
        assert (error.code, error.headers["retry-after"]) == (429, "2")
        told = json.loads(error.read())["error"]
    assert (told["message"], told["type"]) == ("slow down", "my_kind")


@pytest.mark.parametrize("path", PATHS)
def test_a_stream_that_breaks(server: ScriptedServer, path: str) -> None:
    server.on("cut").answers(cut("a text that is cut in the middle"))
    server.on("garbled").answers(garble())
    server.on("error").answers(stream_error("overloaded_error", "too much"))
    with pytest.raises(http.client.IncompleteRead):
        post(server, path, "cut", stream=True)
    assert '{"type": "nonsense", \n' in post(server, path, "garbled", stream=True)
    assert "overloaded_error" in post(server, path, "error", stream=True)


def test_prompts_have_turns_of_their_own_and_the_rest_is_refused(server: ScriptedServer) -> None:
    server.on(r"job \d").answers(say("first"), say("last"))
    said = [post(server, PATHS[2], prompt) for prompt in ("job 1", "job 2", "job 1", "job 1")]
    assert [json.loads(text)["choices"][0]["message"]["content"] for text in said] == [
        "first",
        "first",
        "last",
        "last",
    ]
    with pytest.raises(urllib.error.HTTPError) as caught:
        post(server, PATHS[2], "something else")
    caught.value.close()
    assert [asked.prompt for asked in server.unmatched] == ["something else"]


def test_an_answer_waits_for_its_gate_and_hangs_until_the_end() -> None:
    gate = threading.Event()
    got: list[str] = []
    with ScriptedServer() as server:
        server.on("held").answers(say("at last").held(gate))
        server.on("hang").answers(hang())
        held = threading.Thread(target=lambda: got.append(post(server, PATHS[2], "held", stream=True)))
        held.start()
        server.wait_for("held")
        assert got == []
        gate.set()
        held.join()
        assert "at last" in got[0]

        def hung() -> None:
            with pytest.raises((http.client.IncompleteRead, http.client.RemoteDisconnected, ConnectionError)):
                post(server, PATHS[2], "hang", stream=True)
            got.append("gone")

        hanging = threading.Thread(target=hung)
        hanging.start()
        server.wait_for("hang")
    hanging.join()
    assert got[-1] == "gone"
