"""Each script in examples/js lints clean, runs to its end on the mock executor, and gives the same twice."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from odw.executors import mock_backend
from odw.loader import Loader, run_workflow
from odw.runtime.fakes import EventList
from odw.runtime.options import RunOptions
from odw.settings import load_settings

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "js").glob("*.js"))

# The keys of each result, in order.
SHAPES = {
    "budget-search.js": ["goal", "tried", "best", "summary", "budgeted"],
    "deep-research.js": ["question", "subquestions", "kept", "report"],
    "hunt-bugs.js": ["rounds", "exhausted", "bugs", "ranking"],
    "judge-panel.js": ["winner", "scores", "final"],
    "migrate-api.js": ["sites", "tally", "outcomes"],
    "pattern-adversarial-verify.js": ["file", "reported", "dropped", "undecided"],
    "pattern-completeness-critic.js": ["complete", "rounds", "plan", "added", "open"],
    "pattern-consensus-vote.js": ["step", "open", "votes"],
    "pattern-judge-panel.js": ["winner", "means", "missing", "design"],
    "pattern-loop-until-budget.js": ["subject", "ideas", "rounds", "stopped", "best"],
    "pattern-loop-until-dry.js": ["api", "uses", "rounds", "complete", "plan"],
    "pattern-map-reduce.js": ["commits", "chunks", "missing", "notes"],
    "pattern-perspective-verify.js": ["incident", "causes", "open", "votes", "report"],
    "pattern-quality-gate.js": ["version", "published", "failed", "undecided"],
    "pattern-retry-until-passes.js": ["accepted", "refused", "attempts"],
    "pattern-scout-first.js": ["pages", "index", "failed", "dropped"],
    "pattern-tournament.js": ["winner", "names", "matches", "close", "abstained"],
    "plan-release.js": ["version", "kind", "headline", "issues", "plan"],
    "review-changes.js": ["reviewed", "found", "confirmed"],
    "summarize-codebase.js": ["overview", "folders", "missing"],
    "triage-issues.js": ["counts", "routed"],
    "write-docs.js": ["written", "skipped"],
}


def _run(project: Path, name: str) -> tuple[Any, list[str], list[str]]:
    loader = Loader(project, load_settings(environ={"ODW_NO_CACHE": "1"}), project)
    program = loader.load(str(project / name))
    assert [d.message for d in program.compiled.diagnostics] == []
    sink = EventList()
    outcome = run_workflow(program, RunOptions(str(project)), mock_backend(), sink)
    assert outcome.error is None, (outcome.error, getattr(outcome.error, "report", ""))
    return outcome.result, sink.logs, [event["label"] for event in sink.of("agent_start")]


def test_there_are_at_least_ten() -> None:
    assert len(EXAMPLES) >= 10
    assert {path.name for path in EXAMPLES} == set(SHAPES)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_it_lints_runs_and_repeats(example: Path, tmp_path: Path) -> None:
    shutil.copytree(example.parent, tmp_path / "js")  # an example may run its neighbour
    first = _run(tmp_path / "js", example.name)
    result, _, labels = first
    assert list(result) == SHAPES[example.name]
    assert len(labels) >= 2
    assert first == _run(tmp_path / "js", example.name)
