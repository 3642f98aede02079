"""Estimates: calls by a dry run, their size by earlier runs."""

from __future__ import annotations

import math
from typing import Any

import pytest
from script_runs import META, Project, failing

from odw.loader import Loader
from odw.runtime.abc import Planned, Report, Usage
from odw.runtime.estimate import NO_PHASE, Estimate, Range, Size, Sizes, _sum_of, estimate, recorded_sizes
from odw.runtime.fakes import FakePlanner, backend_of
from odw.runtime.options import RunOptions
from odw.settings import load_settings

PHASES = """
phase('Look')
await parallel(args.map((x) => () => agent('look at ' + x, { label: 'look:' + x })))
phase('Write')
await agent('write', { label: 'write' })
"""


def answering(output: int, model: str | None = None, cost: float | None = None) -> Any:
    return lambda request: Report(text="x", usage=Usage(input=100, output=output), model=model, cost=cost)


def estimated(project: Project, source: str, meta: str | None = None, **options: Any) -> Estimate:
    settings = load_settings(environ={"ODW_NO_CACHE": "1"})
    text = (META if meta is None else meta) + source
    program = Loader(project.root, settings, project.home).load_text(text.encode(), "main.js", project.root)
    made = RunOptions(str(project.root), **options)
    return estimate(program, made, backend_of(FakePlanner()), project.root)


def test_without_history_there_are_calls_and_prompts_only(project: Project) -> None:
    found = estimated(project, PHASES + "await agent('x'.repeat(10000), { phase: '' })", args=[1, 2])
    assert [(phase.title, phase.calls, phase.sized) for phase in found.phases] == [
        ("Look", 2, 0), ("Write", 1, 0), (NO_PHASE, 1, 0),
    ]  # fmt: skip
    assert (found.calls, found.runs, found.error) == (4, 0, None)
    assert (found.total.output, found.total.cost) == (None, None)
    assert [phase.prompt for phase in found.phases] == [
        6,
        2,
        2500,
    ]  # four characters to a token, whole prompts


def test_a_call_is_sized_by_its_label_else_its_phase_else_the_workflow_else_the_project(
    project: Project,
) -> None:
    project.run(
        PHASES, lambda r: answering({"look:a": 10, "look:b": 30}.get(r.label, 500))(r), args=["a", "b"]
    )
    same = estimated(project, PHASES, args=["a"])
    assert [phase.output.mean for phase in same.phases if phase.output] == [10, 500]
    other_label = estimated(project, PHASES, args=["new"])
    assert other_label.phases[0].output is not None and other_label.phases[0].output.mean == 20
    other_phase = estimated(project, "await agent('a', { phase: 'Rest' })")
    assert other_phase.total.output is not None and other_phase.total.output.mean == 180
    assert other_phase.total.total is not None and other_phase.total.total.mean == 280
    other_workflow = estimated(
        project, "await agent('a')", "export const meta = { name: 'another', description: 'x' }\n"
    )
    assert other_workflow.total.output is not None and other_workflow.total.output.mean == 180
    assert (other_workflow.calls, other_workflow.total.sized, other_workflow.runs) == (1, 1, 1)


def test_failed_silent_and_replayed_calls_are_no_history(project: Project) -> None:
    source = "await parallel(['a', 'b', 'c'].map((x) => () => agent(x, { label: x })))"

    def answer(request: Any) -> Any:
        if request.label == "b":
            return Planned(failing())
        return Report(text="x", usage=Usage(output=10) if request.label == "a" else None)

    ran = project.run(source, answer)
    project.run(source, answer, resume_from=ran.outcome.run_id)
    sizes = recorded_sizes(project.root)
    assert sizes.runs == 1
    sample = sizes.sample("case", "?", None)
    assert sample is not None
    assert [size.usage.output for size in sample.sizes] == [10]


def test_a_damaged_journal_is_no_history(project: Project) -> None:
    ran = project.run("await agent('a')", answering(10))
    journal = ran.dir / "events.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b'"a"', b'"b"'))
    assert recorded_sizes(project.root).runs == 0


def test_only_the_newest_runs_are_read(project: Project) -> None:
    for number in range(3):
        project.run("await agent('a')", answering(10 + number), run_id=f"r{number}")
    sample = recorded_sizes(project.root, limit=2).sample("case", "a", None)
    assert sample is not None
    assert sorted(size.usage.output for size in sample.sizes) == [11, 12]


@pytest.mark.parametrize(
    ("recorded", "cost", "asked", "expected"),
    [
        ("claude-haiku-4-5", None, None, 100e-6 + 1000 * 5e-6),  # priced by what answered
        ("claude-haiku-4-5", 7.0, None, 7.0),  # as the executor said
        ("claude-haiku-4-5", 7.0, "claude-haiku-4-5-20251001", 7.0),  # the same model by another name
        ("claude-haiku-4-5", 7.0, "claude-sonnet-4-5", 300e-6 + 1000 * 15e-6),  # another: its price
        ("unheard-of", None, None, None),
        ("unheard-of", None, "claude-sonnet-4-5", 300e-6 + 1000 * 15e-6),
        (None, 7.0, "unheard-of", 7.0),
    ],
)
def test_money(
    project: Project, recorded: str | None, cost: float | None, asked: str | None, expected: float | None
) -> None:
    project.run("await agent('a')", answering(1000, recorded, cost))
    found = estimated(project, "await agent('a')", model=asked).total
    assert (found.calls, found.sized, found.priced) == (1, 1, 0 if expected is None else 1)
    assert found.cost is None if expected is None else found.cost is not None
    if found.cost is not None:
        assert found.cost.mean == pytest.approx(expected)


def test_prices_of_the_project_count(project: Project) -> None:
    project.run("await agent('a')", answering(1_000_000, "ours"))
    found = estimated(project, "await agent('a')", prices={"ours": {"input": 0, "output": 3}})
    assert found.total.cost is not None and found.total.cost.mean == pytest.approx(3)


def test_the_range_of_many_calls_is_relatively_narrower_but_shares_the_error_of_its_sample() -> None:
    sample = [10.0, 20.0, 30.0]  # mean 20, variance 100
    one, hundred = _sum_of([(1, sample)]), _sum_of([(100, sample)])
    assert one is not None and hundred is not None
    assert one == (0, 20, pytest.approx(20 + 2 * math.sqrt(100 + 100 / 3)))
    assert hundred == (
        pytest.approx(2000 - 2 * math.sqrt(100 * 100 + 100 * 100 * 100 / 3)), 2000, pytest.approx(2000 + 2 * math.sqrt(100 * 100 + 100 * 100 * 100 / 3)),
    )  # fmt: skip
    assert _sum_of([]) is None


def test_one_recorded_call_is_not_certainty_and_equal_ones_are() -> None:
    assert _sum_of([(1, [100.0])]) == (0, 100, pytest.approx(100 + 2 * math.sqrt(2 * 50**2)))
    assert _sum_of([(5, [100.0, 100.0])]) == (500, 500, 500)


def test_calls_alike_share_one_sample() -> None:
    sizes = Sizes()
    assert sizes.sample("w", "a", None) is None
    sizes.add("w", "a", "P", Size(Usage(output=1), None, None))
    assert sizes.sample("w", "a", "P") is sizes.sample("w", "a", "Q")
    assert sizes.sample("w", "b", "P") is sizes.sample("w", "c", "P") is not sizes.sample("v", "c", "P")


def test_ranges_add_up_end_by_end() -> None:
    assert Range(1, 2, 3) + Range(10, 20, 30) == (11, 22, 33)
