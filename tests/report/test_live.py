"""The served report: who may look, what comes when the run goes on."""

from __future__ import annotations

import fcntl
import gzip
import http.client
import json
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from odw.report import live as live_module
from odw.report.live import LiveReport
from odw.runtime.journal.reader import read_journal
from odw.runtime.journal.records import Encoder
from tests.report.chromium import Browser
from tests.report.made_runs import START, made_run
from tests.report.test_model import begin, done, journal, start


class Going:
    """A run that this process drives: it holds the journal's lock, and ``tell`` appends to it."""

    def __init__(self, path: Path) -> None:
        self.path = journal(path, begin(), start(1), start(2))
        self._file = os.open(path / "events.jsonl", os.O_RDWR | os.O_APPEND)
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def tell(self, *events: dict[str, Any]) -> None:
        found = read_journal(str(self.path / "events.jsonl"))
        encoder = Encoder(found.seq, found.chain)
        for event in events:
            os.write(self._file, encoder.line(event, START + encoder.seq))

    def end(self) -> None:
        os.close(self._file)


@pytest.fixture
def going(tmp_path: Path) -> Going:
    return Going(tmp_path / "run")


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], LiveReport]]:
    monkeypatch.setattr(live_module, "LOOK_S", 0.01)
    served: list[tuple[LiveReport, threading.Thread]] = []

    def begin_serving(path: Path) -> LiveReport:
        live = LiveReport(path)
        thread = threading.Thread(target=live.serve)
        thread.start()
        served.append((live, thread))
        return live

    yield begin_serving
    for live, thread in served:
        live.close()
        thread.join()


def ask(live: LiveReport, path: str, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", live.port, timeout=20)
    connection.request(
        "GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    return connection.getresponse()


def test_only_who_has_the_token_may_look(going: Going, serve: Callable[[Path], LiveReport]) -> None:
    live = serve(going.path)
    assert len(live.token) >= 32
    assert ask(live, f"/{live.token}/").status == 200
    for path in (
        "/",
        "/data.json",
        "/x/",
        f"/{live.token[:-1]}/",
        f"/{live.token}x/",
        f"/{live.token}/../run.json",
        f"/{live.token}/events.jsonl",
    ):
        answer = ask(live, path)
        assert (answer.status, answer.read()) == (404, b""), path
    going.end()


def test_another_host_or_another_site_is_refused(going: Going, serve: Callable[[Path], LiveReport]) -> None:
    live = serve(going.path)
    for host in ("evil.example", f"evil.example:{live.port}", "127.0.0.1", f"127.0.0.1:{live.port + 1}", ""):
        assert ask(live, f"/{live.token}/", Host=host).status == 403, host
    assert ask(live, f"/{live.token}/", Host=f"localhost:{live.port}").status == 200
    for site in ("cross-site", "same-site"):
        assert ask(live, f"/{live.token}/data.json", Sec_Fetch_Site=site).status == 403
    going.end()


def test_headers_keep_the_page_to_itself(going: Going, serve: Callable[[Path], LiveReport]) -> None:
    live = serve(going.path)
    answer = ask(live, f"/{live.token}/")
    headers = {name.lower(): value for name, value in answer.getheaders()}
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    html = answer.read().decode()
    assert "connect-src &#39;self&#39;" in html
    going.end()


def test_word_of_each_change_until_the_end(going: Going, serve: Callable[[Path], LiveReport]) -> None:
    live = serve(going.path)
    stream = ask(live, f"/{live.token}/events")
    assert next_event(stream) == "changed"
    assert statuses(live) == ["running", "running"]
    going.tell(done(1))
    assert next_event(stream) == "changed"
    assert statuses(live) == ["done", "running"]
    going.tell(done(2), {"type": "workflow_done", "name": "case", "result": 1})
    while (event := next_event(stream)) == "changed" and live.driven():
        going.end()
    assert event in ("changed", "ended")
    assert statuses(live) == ["done", "done"]


def next_event(stream: http.client.HTTPResponse) -> str:
    while True:
        line = stream.readline().decode()
        assert line, "the stream ended"
        if line.startswith("event: "):
            return line.removeprefix("event: ").strip()


def statuses(live: LiveReport) -> list[str]:
    data = json.loads(gzip.decompress(ask(live, f"/{live.token}/data.json").read()))
    column = data["columns"].index("status")
    return [data["names"]["status"][row[column]] for row in data["rows"]]


@pytest.mark.browser
def test_the_page_follows_the_run(
    browser: Browser, going: Going, serve: Callable[[Path], LiveReport]
) -> None:
    live = serve(going.path)
    page = browser.page()
    page.open(f"{live.url}#view=agents&agent=1")
    page.until("document.getElementById('live')?.textContent === 'live'")
    assert page.texts(".row .call-name") == ["call 1", "call 2"]
    going.tell(done(1), start(3))
    page.until("document.querySelectorAll('.row .call-name').length === 3")
    page.until("document.querySelector('#drawer pre.text')?.textContent === 'result 1'")
    assert page.value("location.hash") == "#view=agents&agent=1"
    going.tell(done(2), done(3), {"type": "workflow_done", "name": "case", "result": 1})
    going.end()
    page.until("document.getElementById('live')?.textContent === 'ended'")
    page.until("document.querySelector('.pill').textContent === 'Completed'")
    assert (page.dialogs, page.errors) == ([], [])
    assert {url.split("?")[0].split("#")[0] for url in page.requests} <= {
        live.url,
        f"{live.url}data.json",
        f"{live.url}events",
    }
    page.close()


def test_a_run_that_is_over_is_served_too(tmp_path: Path, serve: Callable[[Path], LiveReport]) -> None:
    live = serve(made_run(tmp_path / "run", 1))
    stream = ask(live, f"/{live.token}/events")
    assert [next_event(stream), next_event(stream)] == ["changed", "ended"]
