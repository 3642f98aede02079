"""What is recorded replays: after edits, after a kill at any line of the journal, in the recorded order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from script_runs import Ran

from odw.runtime.abc import Planned, Report

Run = Callable[..., Ran]

WORKFLOW = """
@odw.step
async def files(base="HEAD"):
    return ["a", "b", base]

@odw.workflow
async def case():
    order = []

    async def review(name):
        order.append(await odw.call(f"review {name}"))
        return await odw.call(f"verify {name} {odw.random()}")

    names = await files()
    found = await odw.parallel_map(review, names)
    async with trio.open_nursery() as nursery:
        for name in names:
            nursery.start_soon(odw.call, f"note {name}")
    return [order, found, str(odw.now()), odw.uuid(), await odw.call("end")]
"""

DELAYS = {"review a": 3, "review HEAD": 1}


def answer(request: Any) -> Any:
    return Planned(Report(text=f"re: {request.prompt}"), DELAYS.get(request.prompt, 0))


@pytest.mark.usefixtures("trio_order")
def test_a_resume_asks_nothing_and_gives_the_same(run_py: Run) -> None:
    first = run_py(WORKFLOW, answer)
    again = run_py(WORKFLOW, answer, resume_from=first.dir.name)
    assert again.result == first.result
    assert again.executor.seen == []
    assert first.result[0] == ["re: review b", "re: review HEAD", "re: review a"]  # the order of the ends


@pytest.mark.usefixtures("trio_order")
def test_a_journal_cut_at_any_line_is_gone_on_with(run_py: Run) -> None:
    first = run_py(WORKFLOW, answer)
    path = first.dir / "events.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    for count in range(1, len(lines), 5):
        path.write_bytes(b"".join(lines[:count]))
        done = sum(b'"agent_done"' in line for line in lines[:count])
        again = run_py(WORKFLOW, answer, resume_from=first.dir.name)
        order, found, *_ = again.result
        assert sorted(order) == ["re: review HEAD", "re: review a", "re: review b"]
        assert len(found) == 3
        assert (
            len(again.executor.seen) <= 10 - done + 3
        )  # what was recorded is not asked again, but for what is drawn anew
        last = run_py(WORKFLOW, answer, resume_from=first.dir.name)
        assert last.result == again.result
        assert last.executor.seen == []


def test_an_edit_runs_what_it_changed(run_py: Run) -> None:
    source = "@odw.workflow\nasync def case():\n    return await odw.parallel_map(lambda n: odw.call(f'do {n}'), [1, 2, 3])\n"
    first = run_py(source)
    again = run_py(source.replace("[1, 2, 3]", "[3, 1, 9, 2]"), resume_from=first.dir.name)
    assert [request.prompt for request in again.executor.seen] == ["do 9"]
    assert again.result == ["re: do 3", "re: do 1", "re: do 9", "re: do 2"]


def test_recorded_race_and_deadline_end_as_they_did(run_py: Run) -> None:
    source = """
@odw.workflow
async def case():
    won = await odw.race([odw.call("slow"), odw.call("fast")])
    try:
        async with odw.timeout(0.02):
            await odw.call("too slow")
    except TimeoutError as error:
        return [won, str(error)]
"""

    def answer(request: Any) -> Any:
        return Planned(Report(text=request.prompt), 0 if request.prompt == "fast" else 3_600_000)

    first = run_py(source, answer)
    assert first.result == ["fast", "it took longer than 0.02 s"]
    again = run_py(source, answer, resume_from=first.dir.name)
    assert again.result == first.result
    assert [event["from"] for event in again.of("timer_fired")]


def test_an_edited_call_gets_the_whole_deadline(run_py: Run) -> None:
    source = """
@odw.workflow
async def case():
    try:
        async with odw.timeout(0.05):
            return await odw.call("too slow")
    except TimeoutError:
        return None
"""

    def answer(request: Any) -> Any:
        return Planned(Report(text="in time"), 3_600_000 if request.prompt == "too slow" else 1)

    first = run_py(source, answer)
    assert first.result is None
    assert run_py(source.replace("too slow", "quick"), answer, resume_from=first.dir.name).result == "in time"


def test_a_step_runs_once_for_each_place_and_argument(run_py: Run, tmp_path: Any) -> None:
    source = f"""
import pathlib
LOG = pathlib.Path({str(tmp_path / "log")!r})

@odw.step
async def effect(name: str) -> dict[str, int]:
    with LOG.open("a") as log:
        log.write(name + "\\n")
    return {{name: 1}}

@odw.workflow
async def case():
    return [await effect("x"), await effect("x"), await odw.parallel_map(effect, ["y", "z"])]
"""
    first = run_py(source)
    assert first.result == [{"x": 1}, {"x": 1}, [{"y": 1}, {"z": 1}]]
    assert run_py(source, resume_from=first.dir.name).result == first.result
    assert (tmp_path / "log").read_text().split() == ["x", "x", "y", "z"]
    edited = run_py(source.replace('["y", "z"]', '["y", "w"]'), resume_from=first.dir.name)
    assert edited.result[2] == [{"y": 1}, {"w": 1}]
    assert (tmp_path / "log").read_text().split() == ["x", "x", "y", "z", "w"]


def test_a_step_that_fails_raises_and_runs_again(run_py: Run, tmp_path: Any) -> None:
    source = f"""
import pathlib
FLAG = pathlib.Path({str(tmp_path / "flag")!r})

@odw.step
async def effect() -> str:
    if not FLAG.exists():
        FLAG.touch()
        raise OSError("not yet")
    return "done"

@odw.workflow
async def case():
    return await effect()
"""
    first = run_py(source)
    assert first.error.message == "OSError: not yet"
    assert run_py(source, resume_from=first.dir.name).result == "done"


def test_a_step_is_a_leaf(run_py: Run) -> None:
    source = """
@odw.step
async def effect():
    return await odw.call("x")

@odw.workflow
async def case():
    return await effect()
"""
    assert "odw.call() cannot be used inside the step effect" in run_py(source).error.message


def test_a_step_may_be_a_method(run_py: Run) -> None:
    workflow = """
        from dataclasses import dataclass

        @dataclass
        class Store:
            name: str

            @odw.step
            async def size(self, unit: int) -> int:
                odw_ran.append(self.name)
                return len(self.name) * unit

        odw_ran = []

        @odw.workflow
        async def case():
            sizes = [await Store('abc').size(2), await Store('x').size(unit=2), await Store.size(Store('abc'), 2)]
            return [sizes, odw_ran]
        """
    first = run_py(workflow)
    assert first.result == [[6, 2, 6], ["abc", "x", "abc"]]
    assert run_py(workflow, resume_from=first.dir.name).result == [[6, 2, 6], []]
