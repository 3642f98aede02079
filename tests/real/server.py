"""A server on 127.0.0.1 that plays a model by script, for tests with real clients. Nothing of it is in the package.

It speaks Anthropic Messages (``/v1/messages``), OpenAI Responses (``/v1/responses``) and Chat Completions
(``/v1/chat/completions``), streaming and not, in threads of its own::

    from real.script import call, cut, fail, hang, say
    from real.server import ScriptedServer

    with ScriptedServer() as server:                     # server.url is http://127.0.0.1:PORT
        server.on("weather").answers(say("sunny"))       # a regular expression on what the user said
        server.on(r"count \\d+", model="big").answers(    # one after the other for each prompt that it matches
            fail(429, retry_after=0.1), call(("bash", {"command": "ls"})), say("3 files")
        )
        server.on("").answers(say("anything else"))      # the first rule that matches wins
        ...
        server.requests[0].body, .headers["authorization"], .prompt, .results (of tools), .tools (names)
        server.wait_for("weather")                       # until such a request has come in
        assert server.unmatched == []                    # requests that no rule was for: they get status 400

``fail(status, message, kind=, retry_after=)``, ``hang()``, ``cut()``, ``garble()``, ``stream_error(kind, message)``, ``.slow(s)``,
``.held(threading.Event())`` and ``.using(input=…, output=…)`` are in script.py, as is ``structured(value)``. An answer may be
a function of the request (``Asked``) instead. A reply without ``end`` of its own is whole.
"""

from __future__ import annotations

import json
import re
import select
import socket
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from real import anthropic, chat, responses
from real.script import CUT, ERROR, GARBLED, HANG, WHOLE, Asked, Reply, Rule, fail

PROTOCOLS: dict[str, Any] = {
    "/v1/messages": anthropic,
    "/v1/responses": responses,
    "/v1/chat/completions": chat,
}
WAIT_S = 60.0  # reached only by a test that fails


class ScriptedServer:
    """Serves from ``__enter__`` to ``__exit__``. Rules may be added while it serves."""

    def __init__(self) -> None:
        self.requests: list[Asked] = []
        self.unmatched: list[Asked] = []
        self._rules: list[Rule] = []
        self._changed = threading.Condition()
        self.closing = threading.Event()
        self._http = _Server(("127.0.0.1", 0), _Handler)
        self._http.scripted = self
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def on(self, prompt: str = "", *, model: str = "", protocol: str = "") -> Rule:
        """A rule for requests whose user messages and model match these regular expressions."""
        rule = Rule(prompt, model, protocol)
        with self._changed:
            self._rules.append(rule)
        return rule

    def said(self, prompt: str) -> list[Asked]:
        """The requests so far whose user messages match."""
        with self._changed:
            return [asked for asked in self.requests if re.search(prompt, asked.prompt, re.DOTALL)]

    def wait_for(self, prompt: str, count: int = 1) -> list[Asked]:
        """Until so many such requests have come in. Raises TimeoutError after a minute."""
        end = time.monotonic() + WAIT_S
        with self._changed:
            while len(found := self.said(prompt)) < count:
                if not self._changed.wait(end - time.monotonic()):
                    raise TimeoutError(f"{len(found)} of {count} requests that match {prompt!r}")
        return found

    def take(self, asked: Asked) -> Reply:
        with self._changed:
            self.requests.append(asked)
            self._changed.notify_all()
            answer = next((found for rule in self._rules if (found := rule.take(asked)) is not None), None)
            if answer is None:
                self.unmatched.append(asked)
                return fail(400, f"no rule matches {asked.prompt[-200:]!r}")
        return answer if isinstance(answer, Reply) else answer(asked)

    def __enter__(self) -> ScriptedServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    scripted: ScriptedServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is part of the script; anything else is a mistake in it, and is shown."""
        import sys

        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:
        return

    def do_HEAD(self) -> None:
        self._send(200, {}, b"")

    def do_GET(self) -> None:
        if self.path.split("?")[0].endswith("/models"):
            self._send_json(200, {"object": "list", "data": [], "has_more": False})
        else:
            self._send_json(404, {"error": {"message": "not found", "type": "not_found_error"}})

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers.get("content-length") or 0))
        path = self.path.split("?")[0]
        if path.endswith("/count_tokens"):
            self._send_json(200, {"input_tokens": len(data) // 4})
            return
        protocol = PROTOCOLS.get(path)
        if protocol is None:
            self._send_json(404, {"error": {"message": f"no such path: {path}", "type": "not_found_error"}})
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = protocol.asked(path, headers, json.loads(data))
        reply = self.server.scripted.take(asked)
        if reply.status != 200:
            self._send_json(reply.status, protocol.error(reply), reply.headers)
        elif asked.stream:
            self._stream(reply, protocol.events(asked, reply), protocol.stream_error(reply))
        else:
            self._hold(reply)
            if reply.end == WHOLE:
                self._send_json(200, protocol.document(asked, reply), reply.headers)
            elif reply.end == ERROR:
                self._send_json(500, protocol.error(reply))
            elif reply.end == GARBLED:
                self._send(200, {"content-type": "application/json"}, b'{"type": "nonsense", ')
            else:
                self._broken(reply)

    def _stream(self, reply: Reply, events: Iterable[bytes], error: bytes) -> None:
        """Half of the events before whatever goes wrong, so that the client is in the middle of it."""
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        events = list(events)
        if reply.end != WHOLE:
            events = events[: max(1, len(events) // 2)]
        for number, event in enumerate(events):
            if reply.delay_s and self.server.scripted.closing.wait(reply.delay_s):
                break
            self._chunk(event)
            if number == 0:
                self._hold(reply)
        if reply.end == GARBLED:
            self._chunk(b'event: garbage\ndata: {"type": "nonsense", \n\n')
        elif reply.end == ERROR:
            self._chunk(error)
        elif reply.end != WHOLE:
            self._broken(reply)
            return
        self.wfile.write(b"0\r\n\r\n")

    def _hold(self, reply: Reply) -> None:
        if reply.gate is not None:
            while not reply.gate.wait(0.02) and not self._gone():
                pass

    def _broken(self, reply: Reply) -> None:
        if reply.end == HANG:
            while not self._gone():
                time.sleep(0.02)
        if reply.end in (CUT, HANG):
            with suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True

    def _gone(self) -> bool:
        """Whether the client has hung up, or the server is about to."""
        if self.server.scripted.closing.is_set():
            return True
        readable, _, _ = select.select([self.connection], [], [], 0)
        if not readable:
            return False
        try:
            return not self.connection.recv(1, socket.MSG_PEEK)
        except OSError:
            return True

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%b\r\n" % (len(data), data))
        self.wfile.flush()

    def _send_json(self, status: int, value: Any, headers: Any = None) -> None:
        self._send(
            status, {"content-type": "application/json", **(headers or {})}, json.dumps(value).encode()
        )

    def _send(self, status: int, headers: dict[str, str], data: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
