"""Whole workflows give in odw what they give in Node: the same result, the same log, the same calls in the same order.

odw runs each on its mock executor; host.mjs runs it again in Node with the answers that the mock gave.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from workflow_runs import differences, job_of, run_in_node, run_in_odw

from odw.loader import PATTERNS
from odw.runtime.abc import ABSENT

HERE = Path(__file__).parent
WORKFLOWS = sorted((HERE / "workflows").glob("*.js"))
EXAMPLES = sorted((HERE.parents[1] / "examples" / "js").glob("*.js"))
ARGS = json.loads((HERE / "workflows" / "args.json").read_text("utf-8"))
FAILING = {"throws_at_the_end.js", "throws_a_value.js", "never_settles.js"}

Runs = dict[str, dict[str, Any]]


@pytest.fixture(scope="session")
def odw_runs() -> Runs:
    return {path.name: run_in_odw(path, ARGS.get(path.name, ABSENT)) for path in [*WORKFLOWS, *EXAMPLES]}


@pytest.fixture(scope="session")
def node_runs(odw_runs: Runs) -> Runs:
    if shutil.which("node") is None:
        pytest.skip("node is not on PATH")
    children = {path.name: path.read_text("utf-8") for path in EXAMPLES}
    children.update({path.stem: path.read_text("utf-8") for path in PATTERNS.glob("*.js")})
    jobs = [
        job_of(path.name, path, odw_runs[path.name], ARGS.get(path.name, ABSENT)) | {"children": children}
        for path in [*WORKFLOWS, *EXAMPLES]
    ]
    return run_in_node(jobs)


def test_there_are_enough_of_them() -> None:
    assert len(WORKFLOWS) >= 30
    assert set(ARGS) <= {path.name for path in WORKFLOWS}


@pytest.mark.node
@pytest.mark.parametrize("path", [*WORKFLOWS, *EXAMPLES], ids=lambda path: path.stem)
def test_it_does_what_it_does_in_node(path: Path, odw_runs: Runs, node_runs: Runs) -> None:
    found = differences(odw_runs[path.name], node_runs[path.name])
    assert found == [], "\n".join(found)
    assert node_runs[path.name]["unanswered"] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_it_ends_as_meant(path: Path, odw_runs: Runs) -> None:
    """Without node too: a workflow here completes, but for those that are about failing."""
    ran = odw_runs[path.name]
    assert ("error" in ran) == (path.name in FAILING), ran.get("error")


@pytest.mark.parametrize("path", [*WORKFLOWS, *EXAMPLES], ids=lambda path: path.stem)
def test_slots_change_nothing_but_time(path: Path, odw_runs: Runs) -> None:
    """With 64 slots the calls, answers and result are those with four."""
    if path.name in {"worker_pool.js", "timers.js", "microtask_order.js"}:
        pytest.skip("this one is about who is first")
    again = run_in_odw(path, ARGS.get(path.name, ABSENT), concurrency=64)
    assert {**again, "cwd": ""} == {**odw_runs[path.name], "cwd": ""}
