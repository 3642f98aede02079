"""A dry run makes the calls that a run would make, and leaves nothing behind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from script_runs import META, Project

from odw.loader import Loader
from odw.runtime.abc import Backend, Planned, Report, Usage
from odw.runtime.budget_limits import BudgetLimit
from odw.runtime.dry_run import DryRun, count_calls, dry_run, stand_in
from odw.runtime.fakes import FakeExecutor, FakePlanner, backend_of
from odw.runtime.options import RunOptions
from odw.settings import load_settings


def program(project: Project, source: str) -> Any:
    project.write("main.js", source)
    settings = load_settings(environ={"ODW_NO_CACHE": "1"})
    return Loader(project.root, settings, project.home).load_text(
        (META + source).encode(), "main.js", project.root
    )


def dry(project: Project, source: str, executor: Any = None, **options: Any) -> DryRun:
    backend = backend_of(executor or FakePlanner())
    return dry_run(program(project, source), RunOptions(str(project.root), **options), backend)


def files(project: Project) -> list[str]:
    return sorted(path.relative_to(project.root).as_posix() for path in project.root.rglob("*"))


def test_all_calls_are_made_and_nothing_is_written(project: Project) -> None:
    done = dry(project, "await parallel([1, 2, 3].map((x) => () => agent('call ' + x))); await agent('last')")
    assert [call.request.prompt for call in done.calls] == ["call 1", "call 2", "call 3", "last"]
    assert done.error is None
    assert files(project) == ["main.js"]


def test_nothing_is_waited_for(project: Project) -> None:
    executor = FakePlanner(lambda request: Planned(Report(text="late"), 10 * 24 * 3600 * 1000))
    done = dry(
        project,
        "const t = new Promise((r) => setTimeout(() => r(1), 3600 * 1000)); await agent('a'); await t; await agent('b')",
        executor,
    )
    assert len(done.calls) == 2


def test_schemas_are_those_of_the_project(project: Project) -> None:
    (project.root / "number.json").write_text('{"type": "number"}')
    done = dry(project, "await agent('a', { schema: 'number.json' })", FakePlanner(lambda request: "5"))
    assert (done.error, done.calls[0].request.schema) == (None, {"type": "number"})


def test_an_isolated_call_changes_nothing_and_needs_no_repository(project: Project) -> None:
    done = dry(
        project,
        """
        const text = await agent('a', { isolation: 'worktree' })
        const object = await agent('b', { isolation: 'worktree', schema: { type: 'object' } })
        if (text.text !== '{}' || text.worktree.changed || object.worktree.files.length) throw new Error('wrong')
        await agent('c')
        """,
        FakePlanner(lambda request: "{}"),
    )
    assert done.error is None
    assert len(done.calls) == 3


def test_an_isolated_call_that_fails_gives_null(project: Project) -> None:
    from script_runs import failing

    executor = FakePlanner(lambda request: Planned(failing()))
    done = dry(
        project, "if (await agent('a', { isolation: 'worktree' }) !== null) throw new Error('?')", executor
    )
    assert done.error is None


def test_what_the_script_comes_to_is_told_with_the_calls_before_it(project: Project) -> None:
    done = dry(project, "await agent('a'); throw new Error('broken')")
    assert len(done.calls) == 1
    assert done.error is not None and "broken" in done.error.message
    capped = dry(project, "for (;;) await agent('a')", max_agents=7)
    assert len(capped.calls) == 7
    assert capped.error is not None and "cap reached: 7" in capped.error.message


def test_the_script_sees_its_budget(project: Project) -> None:
    executor = FakePlanner(lambda request: Planned(Report(text="x", usage=Usage(output=30))))
    source = "while (budget.total && budget.remaining() > 0) await agent('a')"
    assert len(dry(project, source, executor, budget=BudgetLimit(100)).calls) == 4
    assert dry(project, source, executor).calls == []


def test_of_a_run_that_is_resumed_only_what_does_not_replay_counts(project: Project) -> None:
    source = "await parallel([1, 2, 3].map((x) => () => agent('call ' + x)))"
    ran = project.run(source)
    before = files(project)
    longer = program(project, source + "; await agent('new')")
    options = RunOptions(str(project.root), resume_from=ran.outcome.run_id)
    assert count_calls(longer, options, backend_of(FakePlanner())) == 1
    assert count_calls(longer, options._replace(resume_from=None), backend_of(FakePlanner())) == 4
    assert files(project) == before


def test_a_stand_in_has_every_name_and_asks_nobody(project: Project) -> None:
    real = FakeExecutor()
    backend = Backend("native", "agent", {"agent": real, "other": real})
    planner = FakePlanner()
    mock = stand_in(backend, backend_of(planner, "claude"))
    assert (mock.name, mock.default) == ("native", "agent")
    source = (
        "await agent('a'); await agent('b', { runtime: 'other' }); await agent('c', { runtime: 'claude' })"
    )
    done = dry_run(program(project, source), RunOptions(str(project.root)), mock)
    assert (done.error, len(done.calls), len(planner.seen), real.seen) == (None, 3, 3, [])


def test_suggested_prompts_are_taken(project: Project, tmp_path: Path) -> None:
    done = dry(project, "await agent(promptSlot('what', '', 'the suggestion'))")
    assert [call.request.prompt for call in done.calls] == ["the suggestion"]
