"""The report shows what happened and can run nothing."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

from odw.report.model import fold
from odw.report.render import render, write_report

PAYLOADS = [
    "<script>alert(1)</script>",
    "</pre><img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "{{ 7 * 7 }}{% for x in y %}",
    "javascript:alert(1)",
]


def events(text: str) -> list[dict[str, object]]:
    return [
        {
            "type": "workflow_start",
            "name": text,
            "runId": "r1",
            "backend": "mock",
            "ts": "2026-01-01T00:00:00.000Z",
        },
        {
            "type": "agent_start",
            "index": 1,
            "label": text,
            "phase": text,
            "runtime": "mock",
            "promptPreview": text,
        },
        {
            "type": "agent_done",
            "index": 1,
            "ok": True,
            "durationMs": 12,
            "usage": {"output": 3},
            "result": {"v": text},
        },
        {"type": "log", "message": text},
        {"type": "workflow_done", "name": text, "result": {"text": text}, "ts": "2026-01-01T00:00:01.000Z"},
    ]


class Elements(HTMLParser):
    """Collects element names and attribute names."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)


def test_hostile_text_stays_text() -> None:
    plain = Elements()
    plain.feed(render(fold(events("plain"))))
    for payload in PAYLOADS:
        page = Elements()
        page.feed(render(fold(events(payload))))
        assert page.tags == plain.tags
        assert page.attributes == plain.attributes
        assert "script" not in page.tags


def test_policy_forbids_scripts_and_requests() -> None:
    html = render(fold(events("x")))
    assert "default-src 'none'" in html
    assert "style-src 'sha256-" in html


def test_census_of_phases() -> None:
    model = fold(
        [
            *events("a"),
            {
                "type": "agent_start",
                "index": 2,
                "label": "b",
                "phase": "a",
                "runtime": "mock",
                "promptPreview": "p",
            },
            {
                "type": "agent_done",
                "index": 2,
                "ok": False,
                "usage": {"output": 5},
                "error": {"message": "no"},
            },
        ]
    )
    assert [(p.title, len(p.agents), p.failed, p.tokens) for p in model.phases] == [("a", 2, 1, 8)]
    assert model.status == "done"


def test_written_from_a_run_directory_with_a_torn_tail(tmp_path: Path) -> None:
    lines = [json.dumps(event) for event in events("hello")]
    (tmp_path / "events.jsonl").write_text("\n".join(lines) + '\n{"type": "log", "mess')
    (tmp_path / "script.js").write_text("return 1")
    path = write_report(tmp_path)
    text = path.read_text()
    assert path == tmp_path / "report.html"
    assert "hello" in text
    assert "return 1" in text
    assert path.stat().st_mode & 0o777 == 0o600


def test_result_reference_cannot_leave_the_run_directory(tmp_path: Path) -> None:
    run = tmp_path / "run"
    run.mkdir()
    (tmp_path / "secret").write_text("canary")
    start, done = events("x")[1:3]
    model = fold([start, {**done, "result": None, "resultRef": "../secret"}], run)
    assert model.agents[0].result == "(not found: ../secret)"


CALL = {"key": "k", "label": "l", "phase": None, "runtime": "mock"}
DONE = {"type": "agent_done", **CALL, "ok": True, "durationMs": 12, "usage": {"output": 3}, "result": "kept"}


def session(number: int = 1) -> dict[str, object]:
    kind = "workflow_start" if number == 1 else "workflow_resume"
    return {"type": kind, "name": "case", "runId": "r1", "backend": "mock", "ts": f"T{number}"}


def test_a_replayed_call_shows_what_was_recorded() -> None:
    model = fold(
        [
            session(1),
            {"type": "agent_start", **CALL, "index": 1, "promptPreview": "say it"},
            {**DONE, "index": 1, "seq": 3},
            {"type": "agent_start", **CALL, "key": "lost", "index": 2, "promptPreview": "x"},
            session(2),
            {"type": "agent_skip", **CALL, "index": 7, "cached": True, "from": 3, "reason": "replayed"},
            {"type": "workflow_done", "name": "case", "result": 1, "ts": "T3"},
        ]
    )
    (row,) = model.agents
    assert (row.index, row.status, row.prompt) == (7, "replayed", "say it")
    assert (row.result, row.duration_ms, row.tokens) == ("kept", 12, 3)
    assert (model.started, model.ended, model.status) == ("T1", "T3", "done")
    assert "↺" in render(model)


def test_a_call_that_was_given_up_shows_as_skipped() -> None:
    model = fold(
        [
            session(),
            {"type": "agent_start", **CALL, "index": 1, "promptPreview": "say it"},
            {"type": "agent_skip", **CALL, "index": 1, "cached": False, "skipped": True, "reason": "given up", "usage": {"output": 9}},
            {"type": "agent_skip", **CALL, "index": 2, "cached": False, "reason": "no budget"},
        ]
    )  # fmt: skip
    assert [(row.status, row.error, row.tokens, row.prompt) for row in model.agents] == [
        ("skipped", "given up", 9, "say it"),
        ("skipped", "no budget", 0, "say it"),
    ]


def test_what_a_fork_copied_is_no_call_until_it_replays() -> None:
    copied = {**DONE, "index": 1, "seq": 2, "imported": 40}
    assert fold([session(1), copied]).agents == []
    skip = {"type": "agent_skip", **CALL, "index": 1, "cached": True, "from": 2, "reason": "replayed"}
    (row,) = fold([session(1), copied, session(2), skip]).agents
    assert (row.status, row.result) == ("replayed", "kept")
