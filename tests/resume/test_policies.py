"""Policies, failed calls, given-up calls, lost files, changed journals: what else decides whether a call replays."""

from __future__ import annotations

import json
from typing import Any

import pytest
from script_runs import failing

from odw.errors import JournalDamaged, UsageError
from odw.runtime.abc import Planned, Report
from odw.runtime.fakes import FakePlanner
from odw.runtime.journal.lock import lock

SOURCE = """
const a = await agent('first', { label: 'a' })
const b = await agent('second', { label: 'b' })
const c = await agent('third', { label: 'c' })
return [a, b, c]
"""


def test_prefix_replays_up_to_the_first_change_only(go: Any, counting: Any) -> None:
    first = go(SOURCE)
    counting.take()
    edited = SOURCE.replace("'second'", "'the second'")
    go(edited, first, policy="prefix")
    assert counting.take() == ["b", "c"]


def test_prefix_replays_all_of_an_unchanged_script(go: Any, counting: Any) -> None:
    first = go(SOURCE)
    counting.take()
    again = go(SOURCE, first, policy="prefix")
    assert counting.take() == []
    assert first.result == again.result


def test_a_failed_call_runs_again_and_what_depends_on_it(project: Any) -> None:
    source = """
    const [a, b] = await parallel([() => agent('a', { label: 'a' }), () => agent('b', { label: 'b' })])
    return await agent(`sum ${a} ${b}`, { label: 'sum' })
    """
    seen: list[str] = []

    def answer(request: Any) -> Any:
        seen.append(request.label)
        return failing() if request.label == "b" and len(seen) < 4 else request.label

    first = project.run(source, answer)
    assert first.outcome.census["failed"] == 1
    second = project.run(source, answer, resume_from=first.outcome.run_id)
    assert sorted(seen[3:]) == ["b", "sum"]
    assert second.outcome.census["replayed"] == 1
    assert second.outcome.census["failed"] == 0


def test_changed_args_run_only_what_mentions_them(go: Any, counting: Any) -> None:
    source = "return [await agent('plain', { label: 'p' }), await agent(`for ${args.who}`, { label: 'w' })]"
    first = go(source, args={"who": "Ann"})
    counting.take()
    second = go(source, first, args={"who": "Bob"})
    assert counting.take() == ["w"]
    (resumed,) = [event for event in second.journal if event["type"] == "workflow_resume"]
    assert resumed["changed"] == ["argsSha256"]


def test_a_result_whose_file_was_altered_runs_again(project: Any) -> None:
    seen: list[str] = []

    def answer(request: Any) -> str:
        seen.append(request.label)
        return "long " * 20_000

    first = project.run("return (await agent('x')).length", answer)
    for blob in (first.dir / "nodes").iterdir():
        blob.write_bytes(b"something else")
    second = project.run("return (await agent('x')).length", answer, resume_from=first.outcome.run_id)
    assert len(seen) == 2
    assert first.result == second.result
    assert any("was altered" in note for note in second.notes)


def test_a_large_result_replays_from_its_file(project: Any) -> None:
    source = "return (await agent('x', { schema: { type: 'array' } })).length"
    answers = iter([json.dumps(["y" * 100] * 2000)])
    first = project.run(source, lambda r: next(answers))
    second = project.run(source, lambda r: next(answers), resume_from=first.outcome.run_id)
    assert 2000 == first.result == second.result


def test_a_torn_tail_is_cut_off_and_kept(go: Any, counting: Any) -> None:
    first = go(SOURCE)
    counting.take()
    journal = first.dir / "events.jsonl"
    whole = journal.read_bytes()
    journal.write_bytes(whole[: whole.rindex(b"\n", 0, -1) + 30])
    second = go(SOURCE, first)
    assert counting.take() == []
    (torn,) = first.dir.glob("events.torn-*")
    assert len(torn.read_bytes()) == 29 + 1 - 1
    assert any(torn.name in note for note in second.notes)


def test_a_damaged_journal_is_refused(go: Any) -> None:
    first = go(SOURCE)
    journal = first.dir / "events.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b'"result":"b#2"', b'"result":"b#9"'))
    with pytest.raises(JournalDamaged, match="checksum differs"):
        go(SOURCE, first)


def test_a_run_is_driven_by_one_process(go: Any) -> None:
    first = go(SOURCE)
    with (first.dir / "events.jsonl").open("rb") as held:
        assert lock(held.fileno())
        with pytest.raises(UsageError, match=r"is being driven by process \d+ on "):
            go(SOURCE, first)
    go(SOURCE, first)


def test_a_run_keeps_its_id_and_counts_its_sessions(go: Any) -> None:
    first = go(SOURCE)
    go(SOURCE, first)
    facts = json.loads((first.dir / "run.json").read_text())
    assert facts["sessions"] == 2
    assert first.outcome.run_id == facts["runId"]
    assert facts["startedAt"] < facts["resumedAt"]


def test_every_sessions_script_is_kept(go: Any) -> None:
    first = go(SOURCE)
    text = (first.dir / "script.js").read_bytes()
    go(SOURCE.replace("third", "last"), first)
    kept = [path.read_bytes() for path in (first.dir / "nodes").glob("*.js")]
    assert [text] == kept


def test_spending_of_earlier_sessions_counts(project: Any) -> None:
    """A script that asks its budget sees the same numbers at the same points, and sunk spending once it runs live."""
    from script_runs import spending

    from odw.runtime.budget_limits import BudgetLimit

    source = """
    const seen = [budget.spent()]
    await agent('a', { label: 'a' }); seen.push(budget.spent())
    await agent('b', { label: 'b' }); seen.push(budget.spent())
    await agent('c', { label: 'c' }); seen.push(budget.spent())
    return seen
    """
    fail = True

    def answer(request: Any) -> Any:
        if request.label == "b" and fail:
            return failing()._replace(usage=spending(output=7).usage)
        return spending(request.label, output=10)

    first = project.run(source, answer, budget=BudgetLimit(1000))
    assert first.result == [0, 10, 17, 27]
    again = project.run(source, answer, budget=BudgetLimit(1000), resume_from=first.outcome.run_id)
    assert again.result == [0, 10, 24, 34]  # b failed once more
    fail = False
    third = project.run(source, answer, budget=BudgetLimit(1000), resume_from=first.outcome.run_id)
    assert third.result == [0, 10, 34, 44]
    assert third.state["budget"]["spent"] == 44


def test_nested_workflows_replay_and_two_at_once_stay_apart(project: Any) -> None:
    project.write(
        ".odw/workflows/child.js",
        "return await parallel([1, 2].map((i) => () => agent('same prompt', { label: `${args.name}${i}` })))",
        "export const meta = { name: 'child', description: 'A child.' }\n",
    )
    source = "return await Promise.all([workflow('child', { name: 'x' }), workflow('child', { name: 'y' })])"
    numbers = iter(range(100))
    first = project.run(source, lambda r: f"{r.label}#{next(numbers)}")
    second = project.run(source, lambda r: f"{r.label}#{next(numbers)}", resume_from=first.outcome.run_id)
    assert first.result == second.result
    assert second.outcome.census["replayed"] == 4


def test_prefix_forgets_what_stood_after_the_first_change(go: Any, counting: Any) -> None:
    """Also when the session that made the change was killed before it came there again."""
    first = go(SOURCE)
    counting.take()
    edited = SOURCE.replace("'second'", "'the second'")
    go(edited, first, policy="prefix")
    assert counting.take() == ["b", "c"]
    path = first.dir / "events.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    last = max(i for i, line in enumerate(lines) if b'"agent_start"' in line and b'"label":"c"' in line)
    path.write_bytes(b"".join(lines[:last]))
    go(edited, first, policy="prefix")
    assert counting.take() == ["c"]
    go(edited, first, policy="prefix")
    assert counting.take() == []


@pytest.mark.parametrize("concurrency", [1, 2, 3])
def test_calls_that_waited_for_a_slot_start_when_they_would_have(project: Any, concurrency: int) -> None:
    """Though what they waited for replays: the order of all ends is that of an uninterrupted run, wherever it is cut."""
    source = """
    const out = []
    const work = async (i) => {
      out.push(await agent(`look ${i}`, { label: `look${i}` }))
      out.push(await agent(`judge ${i}`, { label: `judge${i}` }))
    }
    await Promise.all([0, 1, 2, 3, 4].map(work))
    return [out, await agent(`sum ${out}`, { label: 'sum' })]
    """

    def answer(request: Any) -> Planned:
        return Planned(Report(text=request.label), 3 + sum(map(ord, request.label)) * 7 % 17)

    first = project.run(source, executor=FakePlanner(answer), concurrency=concurrency)
    path = first.dir / "events.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    for cut in range(1, len(lines)):
        path.write_bytes(b"".join(lines[:cut]))
        again = project.run(
            source, executor=FakePlanner(answer), concurrency=concurrency, resume_from=first.outcome.run_id
        )
        assert first.result == again.result, cut


def test_replayed_ends_wait_for_no_slot(project: Any) -> None:
    """An edited call holds the only one; what is recorded behind it comes all the same, before it."""
    source = """
    const order = []
    await Promise.all(['a', 'b', 'c'].map((x) => agent(x, { label: x }).then(() => order.push(x))))
    return order
    """
    first = project.run(source, lambda r: r.label, concurrency=1)
    assert first.result == ["a", "b", "c"]
    edited = source.replace("agent(x,", "agent(x === 'a' ? 'A' : x,")
    again = project.run(edited, lambda r: r.label, concurrency=1, resume_from=first.outcome.run_id)
    assert again.result == ["b", "c", "a"]
