"""The report of a run that goes on, served to this machine alone, with word of what is new.

Who may look: only who has the token that is part of the address, from a page whose address is this server's own. A page of
somebody else that resolves its name to this machine is refused by its Host.
"""

from __future__ import annotations

import gzip
import hmac
import secrets
import threading
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from odw.report.details import dumps
from odw.report.model import Model
from odw.report.render import render
from odw.report.source import read_source
from odw.runtime.journal.lock import is_locked
from odw.runtime.run_store import JOURNAL

LOOK_S = 0.4
PAUSE = 4  # times what it took to make the data lie between two words of news, at least
PING_S = 15.0
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class LiveReport:
    """The server for one run. ``url`` is what to open; ``close`` ends it and its streams."""

    def __init__(self, run_dir: Path) -> None:
        self.run_dir = run_dir
        self.token = secrets.token_urlsafe(24)
        self.closing = threading.Event()
        self._made: tuple[Any, bytes] | None = None
        self._making = threading.Lock()
        self.took = 0.0
        report = self

        class Handler(_Handler):
            live = report

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/{self.token}/"

    def serve(self) -> None:
        """Until ``close``."""
        self._server.serve_forever(poll_interval=0.2)

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()

    def hosts(self) -> tuple[str, ...]:
        return (f"127.0.0.1:{self.port}", f"localhost:{self.port}")

    def state(self) -> Any:
        """Changes when there is something new."""
        try:
            size = (self.run_dir / JOURNAL).stat().st_size
        except OSError:
            size = -1
        return size, self.driven()

    def driven(self) -> bool:
        return is_locked(str(self.run_dir / JOURNAL))

    def page(self) -> bytes:
        return render(read_source(self.run_dir), live=True).encode("utf-8", "replace")

    def data(self) -> bytes:
        """What the page asks for, made once for each state of the run; gzip."""
        with self._making:
            state, began = self.state(), time.monotonic()
            if self._made is None or self._made[0] != state:
                text = dumps(Model(read_source(self.run_dir)).page())
                self._made = state, gzip.compress(text.encode("utf-8", "replace"), 1)
                self.took = time.monotonic() - began
            return self._made[1]


class _Handler(BaseHTTPRequestHandler):
    live: LiveReport
    server_version = "odw"
    sys_version = ""

    def do_GET(self) -> None:
        refused = self._refusal()
        if refused is not None:
            self._answer(refused, b"", "text/plain")
            return
        place = self.path.split("?", 1)[0].removeprefix(f"/{self.live.token}/")
        if place == "":
            self._answer(HTTPStatus.OK, self.live.page(), "text/html; charset=utf-8")
        elif place == "data.json":
            self._answer(HTTPStatus.OK, self.live.data(), "application/json", packed=True)
        elif place == "events":
            self._stream()
        else:
            self._answer(HTTPStatus.NOT_FOUND, b"", "text/plain")

    def _refusal(self) -> HTTPStatus | None:
        if self.headers.get("Host", "") not in self.live.hosts():
            return HTTPStatus.FORBIDDEN
        token = self.path.split("?", 1)[0].lstrip("/").partition("/")[0]
        if not hmac.compare_digest(token.encode("utf-8", "replace"), self.live.token.encode()):
            return HTTPStatus.NOT_FOUND
        if self.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            return HTTPStatus.FORBIDDEN
        return None

    def _answer(self, status: HTTPStatus, body: bytes, kind: str, *, packed: bool = False) -> None:
        self.send_response(status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def _stream(self) -> None:
        """Word of each change until the run has ended or the reader is gone."""
        self.send_response(HTTPStatus.OK)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            self._tell_changes()
        except OSError:
            return  # the reader is gone

    def _tell_changes(self) -> None:
        live, told = self.live, None
        quiet = time.monotonic()
        while not live.closing.wait(max(LOOK_S, PAUSE * live.took)):
            state = live.state()
            if state != told:
                told = state
                self._tell("changed")
                if not state[1]:
                    self._tell("ended")
                    return
                quiet = time.monotonic()
            elif time.monotonic() - quiet > PING_S:
                self.wfile.write(b": still here\n\n")
                self.wfile.flush()
                quiet = time.monotonic()

    def _tell(self, what: str) -> None:
        self.wfile.write(f"event: {what}\ndata: \n\n".encode())
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: addresses hold the token."""
