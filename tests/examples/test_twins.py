"""Each script in examples/js has a twin in Python: the same result, log and calls, and either goes on with a run of the other."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from odw.executors import mock_backend
from odw.executors.mock import MockExecutor
from odw.loader import Loader, run_workflow
from odw.runtime.abc import ABSENT, Backend, CallRequest, Failure, Planned, Report
from odw.runtime.budget_limits import BudgetLimit, Limits
from odw.runtime.fakes import EventList, backend_of
from odw.runtime.options import RunOptions
from odw.settings import load_settings

EXAMPLES = Path(__file__).parents[2] / "examples"
SCRIPTS = {path.stem for path in (EXAMPLES / "js").glob("*.js")}
TWINS = sorted(SCRIPTS & {path.stem for path in (EXAMPLES / "py").glob("*.py")})


class Ran(NamedTuple):
    status: str
    result: Any
    logs: list[str]
    calls: list[tuple[str, str, str, str]]  # in the order in which they were made
    run_id: str


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for kind in ("js", "py"):
        shutil.copytree(EXAMPLES / kind, tmp_path / kind)
    return tmp_path


def _run(project: Path, file: str, backend: Backend | None = None, **options: Any) -> Ran:
    loader = Loader(project, load_settings(environ={"ODW_NO_CACHE": "1"}), project)
    sink = EventList()
    outcome = run_workflow(
        loader.load(str(project / file)), RunOptions(str(project), **options), backend or mock_backend(), sink
    )
    starts = sorted(sink.of("agent_start"), key=lambda event: event["index"])
    calls = [(event["path"], event["key"], event["label"], event["phase"]) for event in starts]
    return Ran(outcome.status, outcome.result, sink.logs, calls, outcome.run_id)


def test_every_script_has_a_twin() -> None:
    assert sorted(SCRIPTS - set(TWINS)) == []


@pytest.mark.parametrize("stem", TWINS)
@pytest.mark.usefixtures("trio_order")
def test_twins_do_the_same(stem: str, project: Path) -> None:
    script = _run(project, f"js/{stem}.js")
    assert script.status == "completed"
    assert len(script.calls) > 2
    assert script._replace(run_id="") == _run(project, f"py/{stem}.py")._replace(run_id="")


@pytest.mark.parametrize("first, then", [("js", "py"), ("py", "js")])
@pytest.mark.parametrize("stem", TWINS)
def test_a_twin_goes_on_with_the_others_run(stem: str, first: str, then: str, project: Path) -> None:
    whole = _run(project, f"{first}/{stem}.{first}")
    again = _run(project, f"{then}/{stem}.{then}", resume_from=whole.run_id)
    assert again == whole._replace(calls=[])  # every call was replayed


class _Unreliable(MockExecutor):
    """The mock, but one call in ``every`` fails: which ones follows from their keys."""

    def __init__(self, every: int) -> None:
        super().__init__()
        self._every = every

    def plan(self, request: CallRequest) -> Planned:
        if int(request.key[:8], 16) % self._every == 0:
            return Planned(Report(error=Failure("refused", "not today")))
        return super().plan(request)


@pytest.mark.parametrize("every", [2, 3, 5])
@pytest.mark.parametrize("stem", TWINS)
def test_twins_bear_failures_alike(stem: str, every: int, project: Path) -> None:
    runtimes = tuple(mock_backend().runtimes)
    script, python = (
        _run(project, f"{kind}/{stem}.{kind}", backend_of(_Unreliable(every), *runtimes))
        for kind in ("js", "py")
    )
    assert script.calls == python.calls
    assert (script.status, script.result) == (python.status, python.result)


ARGS: list[tuple[str, Any]] = [
    ("budget-search", {"goal": "save money", "reserve": 10}),
    ("deep-research", "Why is the sky blue?"),
    ("deep-research", {"question": "Why is the sky blue?"}),
    ("judge-panel", "Design a queue"),
    ("judge-panel", {"task": "Design a queue"}),
    ("migrate-api", {"from": "old()", "to": "new()", "limit": 1}),
    ("plan-release", {"version": "3.1.4", "issues": [{"id": 1, "title": "It is slow"}]}),
    ("plan-release", {"version": "three"}),
    ("review-changes", {"files": ["a.py", "b/ü.py"]}),
    ("review-changes", {"files": []}),
    ("summarize-codebase", {"folders": ["lib"]}),
    ("summarize-codebase", {"folders": []}),
    ("triage-issues", {"issues": []}),
    ("write-docs", {"topics": ["Über uns & mehr"]}),
]


@pytest.mark.parametrize("stem, args", ARGS, ids=lambda value: value if isinstance(value, str) else "args")
def test_twins_take_the_same_args(stem: str, args: Any, project: Path) -> None:
    script, python = (_run(project, f"{kind}/{stem}.{kind}", args=args) for kind in ("js", "py"))
    assert script._replace(run_id="") == python._replace(run_id="")


@pytest.mark.parametrize("total", [40, 100, 250, 700])
@pytest.mark.parametrize("stem", ["budget-search", "hunt-bugs", "review-changes"])
def test_twins_spend_a_budget_alike(stem: str, total: int, project: Path) -> None:
    limits = Limits(BudgetLimit(total))
    args = {"reserve": 40} if stem == "budget-search" else ABSENT
    script, python = (
        _run(project, f"{kind}/{stem}.{kind}", args=args, budget=limits) for kind in ("js", "py")
    )
    assert script.calls == python.calls
    assert (script.status, script.result) == (python.status, python.result)
