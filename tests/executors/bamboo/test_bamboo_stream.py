"""The client against a server that sends bytes of the test's own choice: every cut, every dialect, every trick."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest

from odw.executors.bamboo.account import Account
from odw.executors.bamboo.client import ChatClient
from odw.executors.bamboo.failures import ProviderError, broken_off
from odw.executors.bamboo.provider import PROVIDERS, Choice
from odw.executors.bamboo.wire import Assembly, BadStream, Turn, lines_of

HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n"


class Bytes:
    """A server that answers each request with ``pieces``, one by one, and closes."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.bodies: list[bytes] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            with connection, suppress(OSError):  # the client need not stay to the end
                self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        asked = b""
        while b"\r\n\r\n" not in asked:
            asked += connection.recv(65_536)
        head, _, body = asked.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
        while len(body) < length:
            body += connection.recv(65_536)
        self.bodies.append(body)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for piece in self.pieces:
            connection.sendall(piece)

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()


@pytest.fixture
def serving() -> Iterator[Bytes]:
    server = Bytes()
    yield server
    server.close()


Asks = Callable[..., Turn]


@pytest.fixture
def ask(serving: Bytes) -> Iterator[Asks]:
    choice = Choice(PROVIDERS["vllm"], serving.url, "", "m")
    client = ChatClient(choice, lambda text: None, lambda error, seconds: None)

    def one(*pieces: bytes, body: Any = None) -> Turn:
        serving.pieces = list(pieces)
        return client.ask(body or {"messages": []}, tries=1)

    yield one
    client.close()


def stream(
    *deltas: Any, finish: str | None = "stop", end: str = "\n\n", ascii_only: bool = True, **more: Any
) -> bytes:
    chunks: list[Any] = [{"choices": [{"delta": delta}], **more} for delta in deltas]
    if finish is not None:
        chunks.append({"choices": [{"delta": {}, "finish_reason": finish}]})
    said = "".join(f"data: {json.dumps(chunk, ensure_ascii=ascii_only)}{end}" for chunk in chunks)
    return (said + f"data: [DONE]{end}").encode("utf-8", "surrogatepass")


def test_a_stream_cut_at_every_byte(ask: Asks) -> None:
    called = {"tool_calls": [{"index": 0, "id": "a", "function": {"name": "f", "arguments": '{"x": 1}'}}]}
    data = stream({"content": "héllo 🙂"}, called, ascii_only=False)
    for length in range(len(data)):
        try:
            turn = ask(HEAD, data[:length])
        except ProviderError as error:
            assert error.category == "network"
        else:
            assert (turn.text, turn.calls[0].arguments) == ("héllo 🙂", '{"x": 1}')
    assert ask(HEAD, data).finish == "stop"


def test_a_stream_in_pieces_of_one_byte(ask: Asks) -> None:
    data = stream({"content": "héllo 🙂"}, ascii_only=False, end="\r\n\r\n")
    assert ask(HEAD, *(data[at : at + 1] for at in range(len(data)))).text == "héllo 🙂"


def test_characters_that_some_take_for_ends_of_line(ask: Asks) -> None:
    text = "a\u2028b\u2029c\u0085d\x0be\x0cf\x1cg"
    assert ask(HEAD, stream({"content": text}, ascii_only=False)).text == text


@pytest.mark.parametrize("end", ["\n\n", "\r\n\r\n", "\r\r"])
def test_every_end_of_line(ask: Asks, end: str) -> None:
    assert ask(HEAD, stream({"content": "one"}, {"content": " two"}, end=end)).text == "one two"


def test_a_stream_that_stays_open_after_its_end(ask: Asks) -> None:
    assert ask(HEAD, stream({"content": "x"}).rstrip(b"\n") + b"\n").text == "x"


def test_halves_of_a_character_are_joined_and_lone_ones_replaced(ask: Asks) -> None:
    assert ask(HEAD, stream({"content": "\ud83d"}, {"content": "\ude00 \ud83d"})).text == "😀 \ufffd"


def test_a_request_that_no_encoding_can_say(ask: Asks, serving: Bytes) -> None:
    ask(HEAD, stream({"content": "x"}), body={"messages": [{"content": "name\udcff é"}]})
    assert json.loads(serving.bodies[0])["messages"] == [{"content": "name? é"}]


def test_thoughts_are_kept_apart(ask: Asks) -> None:
    turn = ask(
        HEAD,
        stream({"reasoning_content": "hm, "}, {"reasoning": "so"}, {"content": "<think>x\n</think>\n\nyes"}),
    )
    assert (turn.reasoning, turn.said, turn.text) == ("hm, so", "yes", "<think>x\n</think>\n\nyes")


def test_a_provider_that_does_not_stream(ask: Asks) -> None:
    document = {
        "choices": [{"message": {"content": "whole"}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 1.0, "completion_tokens": 2},
    }
    data = json.dumps(document).encode()
    head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(data)
    turn = ask(head, data)
    assert turn.text == "whole" and turn.spent is not None and turn.spent.output == 2


@pytest.mark.parametrize(
    ("said", "category"),
    [
        ({"error": {"message": "slow down", "code": 429}}, "rate_limit"),
        ({"error": {"message": "x", "code": "insufficient_quota"}}, "quota"),
        ({"error": {"message": "busy", "type": "overloaded_error"}}, "overload"),
        ({"error": "something"}, "network"),
        ({"error": {"message": "the maximum context length is 5"}}, "configuration"),
        ({"base_resp": {"status_code": 1008, "status_msg": "insufficient balance"}}, "quota"),
        ({"base_resp": {"status_code": 1004, "status_msg": "login fail"}}, "authentication"),
        ({"base_resp": {"status_code": 1002, "status_msg": "rate"}}, "rate_limit"),
        ({"choices": [{"delta": {}, "finish_reason": "insufficient_system_resource"}]}, "network"),
    ],
)  # fmt: skip
def test_errors_inside_a_stream_of_status_200(ask: Asks, said: Any, category: str) -> None:
    with pytest.raises(ProviderError) as raised:
        ask(HEAD, f"data: {json.dumps(said)}\n\ndata: [DONE]\n\n".encode())
    assert raised.value.category == category


def test_too_long_inside_a_stream_is_known_as_that() -> None:
    assert broken_off({"message": "maximum context length", "code": "x"}).context
    assert not broken_off({"message": "Rate limit: token limit per minute", "code": 429}).context


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n", b"SSH-2.0-x\r\n", b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{",
        HEAD + b"data: \xff\xfe\n\n", HEAD + b"data: " + b"[" * 100_000 + b"\n\n", HEAD + b"data: 1\n\n",
    ],
)  # fmt: skip
def test_what_is_no_answer_is_a_failure_of_the_network(ask: Asks, data: bytes) -> None:
    with pytest.raises(ProviderError) as raised:
        ask(data)
    assert raised.value.category == "network"


@pytest.mark.parametrize(
    "delta",
    [
        [], "x", 3, {"tool_calls": {}}, {"tool_calls": [3, None, {}]}, {"tool_calls": [{"function": "f"}]}, {"content": 3},
        {"tool_calls": [{"index": "0", "id": 4, "function": {"name": [], "arguments": 5}}]}, {"reasoning_content": {}},
    ],
)  # fmt: skip
def test_shapes_that_nobody_promised(delta: Any) -> None:
    assembly = Assembly()
    assembly.feed({"choices": [{"delta": delta}], "usage": "none", "model": 3})
    assembly.feed(
        {
            "choices": [{"delta": {"content": "ok"}, "finish_reason": "stop"}],
            "usage": {"prompt_tokens_details": 3},
        }
    )
    assert assembly.turn().text == "ok"


def test_parallel_calls_that_are_all_number_0() -> None:
    assembly = Assembly()
    for name in "ab":
        entry = {"index": 0, "id": name, "function": {"name": f"f{name}", "arguments": "{"}}
        assembly.feed({"choices": [{"delta": {"tool_calls": [entry]}}]})
        assembly.feed(
            {"choices": [{"delta": {"tool_calls": [{"index": 0, "function": {"arguments": "}"}}]}}]}
        )
    assembly.feed({"choices": [{"delta": {}, "finish_reason": "tool_calls"}]})
    assert [(call.id, call.name, call.arguments) for call in assembly.turn().calls] == [
        ("a", "fa", "{}"),
        ("b", "fb", "{}"),
    ]


def test_parallel_calls_without_number_and_id() -> None:
    assembly = Assembly()
    entries = [{"function": {"name": name, "arguments": {"x": name}}} for name in "ab"]
    assembly.feed({"choices": [{"delta": {"tool_calls": entries}, "finish_reason": "stop"}]})
    assert [(call.id, call.name, call.arguments) for call in assembly.turn().calls] == [
        ("call_0", "a", '{"x": "a"}'), ("call_1", "b", '{"x": "b"}'),
    ]  # fmt: skip


def test_an_error_is_no_chunk() -> None:
    with pytest.raises(BadStream) as raised:
        Assembly().feed({"error": {"message": "no"}})
    assert raised.value.error == {"message": "no"}


def test_lines_of_any_pieces() -> None:
    data = "data: é\r\n\r\ndata: b\n\n".encode()
    for at in range(len(data)):
        assert [line for line in lines_of(iter([data[:at], data[at:]])) if line] == ["data: é", "data: b"]


def test_the_account_adds_up_what_is_told() -> None:
    told: list[Any] = []
    account = Account(told.append, "m")
    chunk = {"choices": [{"delta": {"content": "x"}, "finish_reason": "stop"}], "model": "m-2"}
    for usage in (
        {"prompt_tokens": 5, "completion_tokens": 1, "cost": 0.25},
        None,
        {"prompt_tokens": 5, "completion_tokens": 1, "cost": -1},
    ):
        assembly = Assembly()
        assembly.feed({**chunk, "usage": usage})
        account.spent(assembly.turn())
    totals = account.totals()
    assert (totals["usage"]["input"], totals["cost"], totals["model"], totals["partial"]) == (
        10,
        0.25,
        "m-2",
        True,
    )
    assert [event["usage"]["input"] for event in told] == [5, 10]


def test_thoughts_are_signs_of_life_and_do_not_hold_up_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    now, told = [0.0], list[Any]()
    monkeypatch.setattr("odw.executors.bamboo.account.time.monotonic", lambda: now[0])
    account = Account(told.append, "m")
    for at, text in (
        (0.0, ""),
        (0.1, "a"),
        (0.2, "b"),
        (1.0, ""),
        (2.2, ""),
        (2.3, "c"),
        (4.0, ""),
        (4.4, ""),
    ):
        now[0] = at
        account.says(text)
    kinds = [event.get("text", event["type"]) for event in told]
    assert kinds == ["a", "thinking", "abc", "thinking"]
