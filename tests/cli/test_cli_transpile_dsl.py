"""odw transpile --style dsl on the command line: what it writes goes on with the script's run; what has no form is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_case import META, Run

SCRIPT = (
    META
    + """
const angles = ['speed', 'safety']
phase('Draft')
const drafts = await parallel(angles.map((angle) => () => agent(`Draft for ${angle}`, { label: `draft:${angle}` })))
const checks = []
for (let i = 0; i < drafts.length; i++) {
  let tries = 0
  checks.push(async () => { tries++; return agent(`Check ${drafts[i]} (${tries})`, { label: `check-${i}` }) })
}
log(`${drafts.length} drafts`)
return { drafts, checked: await parallel(checks), n: args?.n ?? 0 }
"""
)
MOCK = ("--backend", "mock", "--json", "--no-report")


def kinds(folder: Path, run: str) -> list[str]:
    journal = (folder / f".odw/runs/{run}/events.jsonl").read_text()
    return [json.loads(line)["type"] for line in journal.splitlines()]


@pytest.fixture
def ran(odw: Run, tmp_path: Path) -> str:
    """A finished run r1 of flow.js, and flow.py written from it; the run's result."""
    (tmp_path / "flow.js").write_text(SCRIPT)
    done = odw("exec", "flow.js", *MOCK, "--run-id", "r1", "--args", '{"n": 3}')
    assert done.returncode == 0, done.stderr
    assert kinds(tmp_path, "r1").count("agent_start") == 4
    wrote = odw("transpile", "--style", "dsl", "flow.js", "-o", "flow.py")
    assert (wrote.returncode, wrote.stdout) == (0, ""), wrote.stderr
    return done.stdout


@pytest.mark.parametrize(
    "again",
    [
        ("exec", "flow.py", "--backend", "mock", "--resume", "r1", "--args", '{"n": 3}'),
        ("resume", "r1", "--script", "flow.py"),
    ],
    ids=["exec --resume", "resume --script"],
)
def test_what_is_written_goes_on_with_the_run_and_makes_no_new_call(
    odw: Run, ran: str, tmp_path: Path, again: tuple[str, ...]
) -> None:
    done = odw(*again, "--json", "--no-report")
    assert (done.returncode, done.stdout) == (0, ran), done.stderr
    events = kinds(tmp_path, "r1")
    assert events.count("workflow_resume") == 1
    assert events.count("agent_start") == 4
    assert events.count("agent_skip") == 4


def test_dash_writes_to_standard_output(odw: Run, ran: str, tmp_path: Path) -> None:
    for output in ((), ("-o", "-")):
        done = odw("transpile", "--style", "dsl", "flow.js", *output)
        assert (done.returncode, done.stdout) == (0, (tmp_path / "flow.py").read_text())
    assert not (tmp_path / "-").exists()


def test_what_has_no_form_in_python_is_refused_at_its_line(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "flow.js").write_text(META + "const seen = new Proxy({}, {})\nreturn 1\n")
    done = odw("transpile", "--style", "dsl", "flow.js", "-o", "flow.py")
    assert (done.returncode, done.stdout) == (3, "")
    assert "flow.js:2:14" in done.stderr
    assert "ODW213 (no-python-form): new Proxy cannot be written in Python by odw" in done.stderr
    assert "const seen = new Proxy({}, {})" in done.stderr
    assert "^^^^" in done.stderr
    assert not (tmp_path / "flow.py").exists()


def test_a_format_is_not_for_this_style(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "flow.js").write_text(SCRIPT)
    done = odw("transpile", "--style", "dsl", "--format", "ast", "flow.js")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--style dsl writes Python text" in done.stderr
