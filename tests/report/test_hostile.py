"""Texts of scripts and agents that want to be more than text: in every place of the page at once, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from odw.report.model import Model
from odw.report.render import island, render, write_report
from odw.report.source import read_source
from odw.runtime.journal.records import Encoder
from tests.report.chromium import Browser
from tests.report.made_runs import START
from tests.report.payloads import PAYLOADS

HERE = Path(__file__).parent


def hostile_run(path: Path, payloads: list[str]) -> Path:
    """A run in which each payload is the text of a call in every place that a text can be."""
    (path / "nodes").mkdir(parents=True)
    encoder, lines = Encoder(), []
    first = payloads[0]
    events: list[dict[str, Any]] = [
        {
            "type": "workflow_start",
            "name": first,
            "runId": first,
            "backend": first,
            "journal": "",
            "script": first,
        }
    ]
    for index, text in enumerate(payloads, 1):
        events += calls_of(index, text)
    events.append({"type": "workflow_error", "name": first, "status": "failed", "message": first})
    for event in events:
        lines.append(encoder.line(event, START + encoder.seq))
    (path / "events.jsonl").write_bytes(b"".join(lines))
    (path / "script.js").write_text("\n".join(f"agent(`{text}`) // {text}" for text in payloads))
    (path / "args.json").write_text(json.dumps(payloads))
    return path


def calls_of(index: int, text: str) -> Iterator[dict[str, Any]]:
    same = {
        "index": index,
        "key": text,
        "path": f"p0[{index}]/a0",
        "nth": 0,
        "label": text,
        "phase": text,
        "runtime": text,
    }
    config = {text: text, "schema": {"title": text, "enum": [text]}}
    yield {"type": "phase", "title": text, "detail": text}
    yield {"type": "parallel_start", "path": "p0", "label": text, "count": 1}
    yield {
        "type": "agent_start",
        **same,
        "promptPreview": text,
        "config": config,
        "attempt": 1,
        "site": [index, 1, text] if index % 2 else [index, 1],
    }
    yield {
        "type": "agent_progress",
        "index": index,
        "attempt": 1,
        "event": {"type": "started", "program": text, "model": text},
    }
    yield {
        "type": "agent_progress",
        "index": index,
        "attempt": 1,
        "event": {"type": "tool", "name": text, "summary": text},
    }
    yield {"type": "agent_progress", "index": index, "attempt": 1, "event": {"type": "text", "text": text}}
    yield {
        "type": "agent_schema_invalid",
        "index": index,
        "label": text,
        "attempt": 1,
        "problems": [text],
        "final": False,
    }
    yield {
        "type": "worktree_done",
        "index": index,
        "path": "",
        "label": text,
        "base": text,
        "changed": True,
        "files": [{"status": text, "path": text}, text],
        "branch": text,
    }
    done = {
        **same,
        "durationMs": 5,
        "usage": {"input": 1, "output": 1},
        "attempts": [{"attempt": 1, "text": text, "problems": [text]}, {"attempt": 2, "text": text}],
    }
    how = index % 3
    if how == 0:
        yield {
            "type": "agent_done",
            **done,
            "ok": False,
            "error": {"category": text, "message": text, "retryable": False},
        }
    else:
        result: Any = (
            f"# {text}\n\n{text}\n\n[{text}]({text}) ![{text}]({text})\n\n- **{text}**"
            if how == 1
            else {text: [text, {text: text}]}
        )
        yield {"type": "agent_done", **done, "ok": True, "result": result}
    for kind in ("log", "note"):
        yield {"type": kind, "message": text}
    yield {"type": "checkpoint", "name": text, "value": {text: text}}
    yield {"type": "parallel_item_error", "path": "p0", "item": index, "message": text}


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, [name for name, _ in attrs]))


def test_two_hundred_payloads() -> None:
    assert len(set(PAYLOADS)) >= 200


def test_the_file_has_the_same_elements_whatever_the_texts(tmp_path: Path) -> None:
    seen = []
    for name, texts in (("plain", ["plain"]), ("hostile", list(PAYLOADS))):
        page = Elements()
        page.feed(render(read_source(hostile_run(tmp_path / name, texts))))
        seen.append(page.found)
    assert seen[0] == seen[1]


def test_the_island_is_json_without_markup() -> None:
    text = island({"x": list(PAYLOADS), "y": "\u2028\u2029</script><!--"})
    assert not set(text) & set("<>&\u2028\u2029")
    assert json.loads(text)["x"] == list(PAYLOADS)


def test_the_policy_names_all_that_may_run(tmp_path: Path) -> None:
    html = render(read_source(hostile_run(tmp_path / "run", ["x"])))
    assert "default-src &#39;none&#39;" in html
    assert "unsafe" not in html.partition("<style>")[0]
    assert "connect-src" not in html.partition("<style>")[0]


def test_mermaid_text_of_hostile_labels_is_labels(tmp_path: Path) -> None:
    model = Model(read_source(hostile_run(tmp_path / "run", list(PAYLOADS[:60]))))
    for line in model.mermaid.splitlines():
        assert line.count('"') in (0, 2), line
        assert "<" not in line.replace("<br/>", ""), line


@pytest.mark.browser
def test_nothing_runs_loads_or_appears(browser: Browser, tmp_path: Path) -> None:
    """Every view, and the details of every payload's call with each way to show them."""
    report = write_report(hostile_run(tmp_path / "run", list(PAYLOADS)))
    page = browser.page()
    page.value("window.caught = 0")
    for view in ("overview", "graph", "timeline", "agents", "script", "logs"):
        page.open(f"{report.as_uri()}#view={view}")
        assert page.value(UNEXPECTED) == [], view
    for index in range(1, len(PAYLOADS) + 1):
        page.value(f"location.hash = 'view=logs&agent={index}'")
        page.until("document.querySelector('#drawer .facts')")
        page.until(f"document.querySelector('#drawer .place').textContent.startsWith('#{index} ')")
        page.value("document.querySelectorAll('#drawer details').forEach(part => { part.open = true; })")
        assert page.value(UNEXPECTED) == [], PAYLOADS[index - 1]
    assert page.dialogs == []
    assert {url.split("#")[0] for url in page.requests} == {report.as_uri()}
    assert page.errors == []
    assert page.value("document.title.length > 0 && window.pwned === undefined")
    page.close()


# elements that the page never makes, attributes that run something, and links to anything but the web
UNEXPECTED = """(() => {
  const made = new Set('HTML HEAD META TITLE STYLE BODY NOSCRIPT A DIV SCRIPT HEADER H1 H2 H3 H4 H5 H6 SPAN BUTTON P NAV MAIN ASIDE SECTION DL DT DD UL OL LI STRONG EM DEL TABLE THEAD TBODY TR TH TD SVG G PATH LINE RECT TEXT CIRCLE DEFS MARKER CANVAS INPUT LABEL SELECT OPTION I DETAILS SUMMARY PRE CODE BR HR BLOCKQUOTE TIME FOOTER'.split(' '));
  const odd = [];
  const scripts = document.querySelectorAll('script').length;
  if (scripts !== 4) odd.push(`${scripts} scripts`);
  for (const node of document.querySelectorAll('*')) {
    if (!made.has(node.tagName.toUpperCase())) odd.push(node.tagName);
    for (const { name, value } of node.attributes) {
      if (/^on/i.test(name) || ['src', 'srcset', 'srcdoc', 'formaction', 'background', 'poster', 'xlink:href', 'action'].includes(name.toLowerCase())) odd.push(name);
      if (name === 'href' && !/^(#|https?:)/i.test(value)) odd.push(`href ${value}`);
    }
  }
  return odd;
})()"""
