"""The patterns that come with odw, by name, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

from cli_case import META, Run


def test_exec_lint_and_transpile_take_a_name(odw: Run) -> None:
    args = json.dumps({"task": "T", "candidates": ["a", "b"]})
    done = odw("exec", "tournament", "--backend", "mock", "--args", args, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["place"] in (0, 1)
    done = odw("lint", "tournament")
    assert (done.returncode, done.stderr) == (0, "[odw] no findings in 1 file\n")
    assert "tournament" in odw("transpile", "tournament").stdout


def test_graph_and_inspect_take_a_name_and_prefer_what_is_saved(odw: Run, tmp_path: Path) -> None:
    assert json.loads(odw("inspect", "tournament", "--json").stdout)["meta"]["name"] == "tournament"
    saved = tmp_path / ".odw" / "workflows"
    saved.mkdir(parents=True)
    (saved / "tournament.js").write_text(
        META.replace("cli", "mine") + "return await agent('x', {label: 'own'})\n"
    )
    assert "own" in odw("graph", "tournament").stdout


def test_a_name_that_nothing_has_is_told_with_those_that_there_are(odw: Run) -> None:
    for command in (("exec", "--backend", "mock"), ("lint",), ("inspect",)):
        done = odw(*command, "judge-pannel")
        assert done.returncode == 2
        assert "Did you mean judge-panel?" in done.stderr
        assert "with odw come adversarial-verify, " in done.stderr
