"""Loops: until dry, until the budget is spent; with ends that come in the middle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from answers import FAILS, by_label
from script_runs import Project, Ran

from odw.runtime.budget_limits import BudgetLimit

ITEM = {"type": "object", "required": ["file", "line"], "properties": {"file": {"type": "string"}, "line": {"type": "integer"}}}  # fmt: skip


def found(*items: Any) -> dict[str, Any]:
    return {"items": list(items)}


def both(
    script_of: Callable[..., Ran],
    python_of: Callable[..., Ran],
    name: str,
    args: dict[str, Any],
    call: str,
    answers: dict[str, Any],
    **options: Any,
) -> Ran:
    """The run in Python, after the script was seen to give the same."""
    python = python_of(call, by_label(answers), **options)
    script = script_of(name, args, by_label(answers), **options)
    assert script.result == python.result
    assert script.logs == python.logs
    return python


def test_it_stops_when_it_is_dry(script_of: Callable[..., Ran], python_of: Callable[..., Ran]) -> None:
    answers = {"find 1.1": found("a", "b"), "find 1.2": found("b"), "find 2.1": found("a"), "find 2.2": found(),
               "find 3.1": found("c"), "find *": found()}  # fmt: skip
    ran = both(
        script_of,
        python_of,
        "loop-until-dry",
        {"task": "T", "finders": 2},
        "loop_until_dry('T', finders=2)",
        answers,
    )
    assert ran.result == {
        "items": ["a", "b", "c"],
        "rounds": 5,
        "stopped": "dry",
        "duplicates": 2,
        "abstained": 0,
    }
    assert ran.logs[1] == "loop-until-dry: round 2: 0 new, 2 in all; 0 of 2 finders abstained"
    assert "Known already:\n- a\n- b" in ran.of("agent_start")[2]["promptPreview"]


def test_a_round_without_answers_is_not_dry(
    script_of: Callable[..., Ran], python_of: Callable[..., Ran]
) -> None:
    answers = {"find 1.1": found("a"), "find 2.1": found(), "find 3.1": FAILS, "find 4.1": found()}
    ran = both(
        script_of,
        python_of,
        "loop-until-dry",
        {"task": "T", "finders": 1},
        "loop_until_dry('T', finders=1)",
        answers,
    )
    assert ran.result == {"items": ["a"], "rounds": 4, "stopped": "dry", "duplicates": 0, "abstained": 1}


def test_it_gives_up_when_all_finders_fail(
    script_of: Callable[..., Ran], python_of: Callable[..., Ran]
) -> None:
    ran = both(script_of, python_of, "loop-until-dry", {"task": "T"}, "loop_until_dry('T')", {"*": FAILS})
    assert ran.result == {"items": [], "rounds": 2, "stopped": "failed", "duplicates": 0, "abstained": 6}


def test_the_cap_and_what_prompts_leave_out_are_logged(python_of: Callable[..., Ran]) -> None:
    answers = by_label({"find 1.1": found("a", "b", "c"), "find 2.1": found("d"), "find 3.1": found("e")})
    ran = python_of("loop_until_dry('T', finders=1, rounds=3, shown=2)", answers)
    assert ran.result["stopped"] == "rounds"
    assert "loop-until-dry: stopped after 3 rounds, before it was dry" in ran.logs
    assert "loop-until-dry: the prompts of round 2 name the latest 2 of 3 that are known" in ran.logs
    assert ran.of("agent_start")[1]["promptPreview"].endswith("Known already:\n- b\n- c")


def test_the_key_says_what_is_the_same(script_of: Callable[..., Ran], python_of: Callable[..., Ran]) -> None:
    one, again = {"file": "x", "line": 1, "why": "a"}, {"why": "b", "line": 1, "file": "x"}
    args = {"task": "T", "schema": ITEM, "key": ["file", "line"], "finders": 1, "dryRounds": 1}
    call = f"loop_until_dry('T', {ITEM!r}, key=['file', 'line'], finders=1, dry_rounds=1)"
    ran = both(
        script_of, python_of, "loop-until-dry", args, call, {"find 1.1": found(one), "find 2.1": found(again)}
    )
    assert ran.result["items"] == [one]
    assert ran.of("agent_start")[1]["promptPreview"].endswith("- x 1")
    whole = python_of(
        f"loop_until_dry('T', {ITEM!r}, finders=1, rounds=1)", by_label({"*": found(one, again)})
    )
    assert whole.result["items"] == [one, again]


def test_a_finder_of_ones_own_belongs_to_its_workflow(project: Project, run_py: Callable[..., Ran]) -> None:
    source = """
@odw.agent(on_failure="throw")
async def look(round: int, finder: int) -> list[str]:
    "Look {round} {finder}"

async def find(search):
    if search.round == 1 and search.finder == 1:
        assert (await odw.workflow({"scriptPath": "child.py"}), odw.args["x"]) == ("child", 1)
    return await look(search.round, search.finder)

@odw.workflow(model="big")
async def case(x: int):
    odw.phase("Hunt")
    found = await patterns.loop_until_dry(find, finders=2, dry_rounds=1, key=str.lower)
    return [found.items, found.abstained, await odw.call("end")]
"""

    project.write("child.py", "import odw\n\n@odw.workflow\nasync def child():\n    return 'child'\n", "")
    answers = {"Look 1 1": [["a", "A"]], "Look 1 2": FAILS, "Look 2 *": [["a"], ["A"]], "end": "end"}
    ran = run_py(source, by_label(answers), args={"x": 1})
    assert ran.result == [["a"], 1, "end"]
    starts = ran.of("agent_start")
    assert [event["path"] for event in starts] == [
        "w0/p0[0]/a0",
        "w0/p0[1]/a0",
        "w0/p1[0]/a0",
        "w0/p1[1]/a0",
        "a0",
    ]
    assert {(event["config"].get("model"), event["phase"]) for event in starts} == {("big", "Hunt")}


def test_without_a_budget_the_rounds_decide(
    script_of: Callable[..., Ran], python_of: Callable[..., Ran]
) -> None:
    args, call = {"task": "T", "rounds": 2, "batch": 2}, "loop_until_budget('T', rounds=2, batch=2)"
    ran = both(script_of, python_of, "loop-until-budget", args, call, {"*": "x"})
    assert ran.result == {
        "results": ["x"] * 4, "rounds": 2, "stopped": "rounds", "spent": 40, "abstained": 0, "unasked": 0
    }  # fmt: skip
    assert ran.logs[0] == "loop-until-budget: no budget is set: it stops after 2 rounds"


def test_it_stops_before_a_round_that_would_go_into_the_reserve(
    script_of: Callable[..., Ran], python_of: Callable[..., Ran]
) -> None:
    args, call = {"task": "T", "batch": 2, "reserve": 30}, "loop_until_budget('T', batch=2, reserve=30)"
    ran = both(script_of, python_of, "loop-until-budget", args, call, {"*": "x"}, budget=BudgetLimit(100))
    assert ran.result == {
        "results": ["x"] * 6, "rounds": 3, "stopped": "budget", "spent": 60, "abstained": 0, "unasked": 0
    }  # fmt: skip


def test_a_budget_that_ends_in_the_middle_of_a_round_loses_nothing_that_came(
    script_of: Callable[..., Ran], python_of: Callable[..., Ran]
) -> None:
    args, call = {"task": "T", "batch": 5}, "loop_until_budget('T', batch=5)"
    options: dict[str, Any] = {"budget": BudgetLimit(25), "concurrency": 1}
    ran = both(script_of, python_of, "loop-until-budget", args, call, {"*": "x"}, **options)
    assert ran.result == {
        "results": ["x"] * 3, "rounds": 1, "stopped": "budget", "spent": 30, "abstained": 0, "unasked": 2
    }  # fmt: skip


def test_the_cap_on_agents_ends_it_too(script_of: Callable[..., Ran], python_of: Callable[..., Ran]) -> None:
    args, call = {"task": "T", "batch": 3}, "loop_until_budget('T', batch=3)"
    ran = both(script_of, python_of, "loop-until-budget", args, call, {"*": "x"}, max_agents=4)
    assert (ran.result["stopped"], len(ran.result["results"]), ran.result["unasked"]) == ("cap", 4, 2)


def test_rounds_without_an_answer_end_it(
    script_of: Callable[..., Ran], python_of: Callable[..., Ran]
) -> None:
    ran = both(
        script_of, python_of, "loop-until-budget", {"task": "T"}, "loop_until_budget('T')", {"*": FAILS}
    )
    assert (ran.result["stopped"], ran.result["rounds"], ran.result["abstained"]) == ("failed", 2, 6)


def test_a_worker_of_ones_own_sees_what_there_is(run_py: Callable[..., Ran]) -> None:
    source = """
async def work(turn):
    return await odw.call(f"{turn.round}.{turn.number} of {len(turn.results)}")

@odw.workflow
async def case():
    return await patterns.loop_until_budget(work, batch=2, rounds=2)
"""
    assert run_py(source).result["results"] == [
        "re: 1.1 of 0",
        "re: 1.2 of 0",
        "re: 2.1 of 2",
        "re: 2.2 of 2",
    ]


def test_other_patterns_end_with_the_halt_and_are_gone_on_with(
    script_of: Callable[..., Ran], python_of: Callable[..., Ran]
) -> None:
    """What was paid for replays; only what had not been asked is asked."""
    call, answers = "adversarial_verify(['a', 'b'])", {"*": {"refuted": False, "reason": "r"}}
    halted = python_of(call, by_label(answers), budget=BudgetLimit(25), concurrency=1)
    assert halted.outcome.error is not None
    asked = len(halted.executor.seen)
    assert 0 < asked < 6
    again = python_of(call, by_label(answers), resume_from=halted.dir.name, budget=BudgetLimit(1000))
    assert again.result["confirmed"] == ["a", "b"]
    assert len(again.executor.seen) == 6 - asked
