"""``odw estimate`` and ``--confirm-above`` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_case import META, Run

from odw.runtime.prices import price_table

SCRIPT = (
    META
    + """
phase('Look')
await parallel(args.map((x) => () => agent('look at ' + x, { label: 'look:' + x, mockTokens: 100 })))
phase('Write')
await agent('write it all down', { label: 'write', mockTokens: 1000 })
"""
)


@pytest.fixture(autouse=True)
def script(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(SCRIPT)


def run_once(odw: Run, args: str = '["a", "b"]') -> None:
    done = odw("exec", "a.js", "--backend", "mock", "--json", "--no-report", "--args", args)
    assert done.returncode == 0, done.stderr


def test_without_history_it_counts_and_says_that_it_knows_no_more(odw: Run, tmp_path: Path) -> None:
    done = odw("estimate", "a.js", "--args", '["a", "b", "c"]')
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "phase  calls  output tokens  all tokens  cost",
        "Look       3              ?           ?     ?",
        "Write      1              ?           ?     ?",
        "total      4              ?           ?     ?",
        "[estimate] 4 calls by a dry run on the mock executor; no earlier run of this project tells their size",
        "[estimate] their prompts have about 14 tokens",
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["a.js"]


def test_with_history_it_gives_ranges(odw: Run) -> None:
    run_once(odw)
    run_once(odw)
    done = odw("estimate", "a.js", "--args", '["a", "b"]')
    assert done.stdout.splitlines() == [
        "phase  calls  output tokens  all tokens  cost",
        "Look       2            200         206     ?",
        "Write      1           1000        1005     ?",
        "total      3           1200        1211     ?",
        "[estimate] 3 calls by a dry run on the mock executor, sized by 2 earlier runs",
    ]


def test_calls_of_another_workflow_are_sized_by_all_there_is(odw: Run, tmp_path: Path) -> None:
    run_once(odw)
    (tmp_path / "b.js").write_text(META.replace("'case'", "'other'") + "await agent('x')")
    row = odw("estimate", "b.js").stdout.splitlines()[1]
    assert row.startswith("(no phase)      1       0 - 16") and row.endswith("?")


def test_money_comes_with_the_date_of_the_prices(odw: Run, tmp_path: Path) -> None:
    run_once(odw)
    lines = odw("estimate", "a.js", "--args", '["a"]', "--model", "claude-sonnet-4-5").stdout.splitlines()
    assert lines[-1] == f"[estimate] prices of {price_table()['date']} where the executor told no cost"
    assert lines[2].split()[-3:] == ["$0.0000", "-", "$0.0362"]  # one call is recorded: little is known


def test_json_is_one_line_with_all_of_it(odw: Run) -> None:
    run_once(odw)
    run_once(odw)
    done = odw("estimate", "a.js", "--args", '["a", "b"]', "--json", "--model", "claude-sonnet-4-5")
    found = json.loads(done.stdout)
    assert done.stdout.count("\n") == 1
    assert {name: found[name] for name in ("calls", "sized", "priced", "runs", "error")} == {
        "calls": 3, "sized": 3, "priced": 3, "runs": 2, "error": None,
    }  # fmt: skip
    assert found["output"] == {"low": 1200, "mean": 1200, "high": 1200}
    assert found["cost"]["mean"] == round((11 * 3 + 1200 * 15) / 1e6, 6)
    assert [phase["title"] for phase in found["phases"]] == ["Look", "Write"]
    assert found["phases"][1]["promptTokens"] == 5


def test_a_script_that_fails_is_estimated_as_far_as_it_came(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.js").write_text(META + "await agent('a'); throw new Error('broken here')")
    done = odw("estimate", "bad.js")
    assert done.returncode == 1
    assert "[estimate] 1 call by a dry run" in done.stdout
    assert "broken here" in done.stderr and "there may be more calls than these" in done.stderr
    assert json.loads(odw("estimate", "bad.js", "--json").stdout)["error"].endswith("broken here")


def test_a_script_that_does_not_parse_is_refused(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.js").write_text(META + "const = 1")
    assert odw("estimate", "bad.js").returncode == 3
    assert odw("estimate", "missing.js").returncode == 2


def test_executors_of_odw_toml_are_stood_in_for(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "odw.toml").write_text('[executors.agent]\nargv = ["never-run"]\n')
    (tmp_path / "b.js").write_text(META + "await agent('a', { runtime: 'agent' })")
    done = odw("estimate", "b.js")
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 call by a dry run" in done.stdout


def test_a_mistake_in_odw_toml_is_wrong_usage(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "odw.toml").write_text("[budget]\ntotal = \n")
    done = odw("estimate", "a.js")
    assert done.returncode == 2
    assert done.stderr.startswith("odw: odw.toml:2:9: Invalid value")


def test_control_characters_of_a_phase_are_shown_not_obeyed(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "b.js").write_text(META + "phase('\\u001b[31mred'); await agent('a')")
    assert "\x1b" not in odw("estimate", "b.js").stdout


class Terminal:
    """A standard input that a person sits at."""

    def __init__(self, answer: str) -> None:
        self._answer = answer

    def isatty(self) -> bool:
        return True

    def readline(self) -> str:
        return self._answer


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("yes\n", 0), ("n\n", 2), ("\n", 2), ("", 2)])
def test_above_the_number_a_person_is_asked(
    odw: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(answer))
    given = ("exec", "a.js", "--backend", "mock", "--json", "--no-report", "--args", '["a", "b"]')
    done = odw(*given, "--confirm-above", "2")
    assert done.returncode == code
    assert "a dry run makes 3 agent calls, more than 2. Run it? [y/N]" in done.stderr
    assert (tmp_path / ".odw").exists() == (code == 0)


@pytest.mark.parametrize("more", [("--confirm-above", "3"), ("--confirm-above", "2", "--yes"), ()])
def test_otherwise_nobody_is_asked(odw: Run, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...]) -> None:
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    given = ("exec", "a.js", "--backend", "mock", "--json", "--no-report", "--args", '["a", "b"]')
    done = odw(*given, *more)
    assert (done.returncode, done.stderr) == (0, "")


def test_without_a_terminal_nobody_is_asked(odw_process: Run) -> None:
    done = odw_process(
        "exec",
        "a.js",
        "--backend",
        "mock",
        "--json",
        "--no-report",
        "--args",
        '["a"]',
        "--confirm-above",
        "0",
    )
    assert done.returncode == 0
