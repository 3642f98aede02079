"""What is said of a run that did not come to its result: to people, and under ``--json`` to programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cli_case import META, Run

MOCK = ("--backend", "mock", "--no-report", "--run-id", "r1")


def last_line(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text.splitlines()[-1])
    return found


@pytest.mark.parametrize(
    ("body", "flags", "code", "status", "error", "advice"),
    [
        ("throw new Error('no\\nluck')", (), 1, "failed", "uncaught_error", None),
        ("return 1n", (), 1, "failed", "result_not_serializable", None),
        ("await agent('b')", ("--max-agents", "1"), 1, "failed", "agent_cap", None),
        ("await agent('b')", ("--budget", "1"), 4, "parked", "budget_exhausted", "odw resume r1 --budget +AMOUNT"),
    ],
)  # fmt: skip
def test_the_last_line_names_the_run(
    odw: Run, tmp_path: Path, body: str, flags: tuple[str, ...], code: int, status: str, error: str, advice: str | None
) -> None:  # fmt: skip
    (tmp_path / "a.js").write_text(META + f"await agent('a')\n{body}\n")
    done = odw("exec", "a.js", *MOCK, "--json", *flags)
    assert (done.returncode, done.stdout) == (code, "")
    found = last_line(done.stderr)
    assert (found["status"], found["exitCode"], found["error"]["code"]) == (status, code, error)
    assert (found["runId"], found["runDir"]) == ("r1", str(tmp_path / ".odw/runs/r1"))
    assert (found["census"]["succeeded"], found["next"]) == (1, advice)
    assert found["error"]["message"]


def test_a_dry_run_has_no_run_to_name(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(META + "throw new Error('no')\n")
    found = last_line(odw("exec", "a.js", "--dry-run", "--json").stderr)
    assert (found["status"], found["runId"], found["runDir"], found["next"]) == ("failed", None, None, None)


def test_a_result_has_no_such_line(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(META + "return { ok: false }\n")
    done = odw("exec", "a.js", *MOCK, "--json")
    assert (done.returncode, done.stdout, done.stderr) == (1, '{"ok":false}\n', "")


@pytest.mark.parametrize(
    ("meta", "settings", "mended"),
    [
        (", phases: [{ title: 'P', budget: '10' }]", "", ("--script", "a.js")),
        (", budget: { total: '1M', runtimes: { mock: '10' } }", "", ("--script", "a.js")),
        ("", '[budget]\nphases = { P = "10" }\n', ()),
        ("", '[runtimes.mock]\nbudget = "10"\n', ()),
    ],
)
def test_a_limit_of_a_part_tells_how_to_raise_it(
    odw: Run, tmp_path: Path, meta: str, settings: str, mended: tuple[str, ...]
) -> None:
    """``--budget`` raises the limit of the run only."""
    body = "await agent('a', { phase: 'P', mockTokens: 20 }); await agent('b', { phase: 'P' })\n"
    script = f"export const meta = {{ name: 'n', description: 'd'{meta} }}\n{body}"
    (tmp_path / "a.js").write_text(script)
    (tmp_path / "odw.toml").write_text(settings)
    done = odw("exec", "a.js", *MOCK)
    words = (
        "odw resume r1 after raising that limit in odw.toml, "
        "or odw resume r1 --script a.js after raising it in the script's meta"
    )
    assert done.returncode == 4
    assert f"  Resume it with: {words}\n" in done.stderr
    assert f"  next      {words}\n" in odw("runs", "show", "r1").stdout

    (tmp_path / "a.js").write_text(script.replace("'10'", "'10k'"))
    (tmp_path / "odw.toml").write_text(settings.replace('"10"', '"10k"'))
    assert odw("resume", "r1", "--no-report", *mended).returncode == 0


def test_calls_that_were_dropped_are_counted_afterwards_too(odw: Run, tmp_path: Path) -> None:
    """The script throws while calls wait for a slot: no event tells of those."""
    (tmp_path / "a.js").write_text(
        META
        + "for (let i = 0; i < 5; i++) agent(`${i}`, { mockDelayMs: 60000 })\nthrow new Error('enough')\n"
    )
    done = odw("exec", "a.js", *MOCK, "--concurrency", "2")
    assert "[census] 0 succeeded, 5 dropped" in done.stdout
    assert "  calls     0 succeeded, 5 dropped\n" in odw("runs", "show", "r1").stdout
    assert json.loads(odw("runs", "show", "r1", "--json").stdout)["census"]["dropped"] == 5
