"""Patterns as saved workflows: where a name leads, what may call what, and how mistakes are told."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from answers import FAILS, by_label
from script_runs import META, Project, Ran

from odw.loader import PATTERNS, Loader
from odw.settings import load_settings


def loader(project: Project) -> Loader:
    return Loader(project.root, load_settings(environ={"ODW_NO_CACHE": "1"}), project.home)


def test_names_lists_patterns_after_what_is_saved(project: Project) -> None:
    project.write(".odw/workflows/mine.js", "return 1")
    names = loader(project).names()
    assert next(iter(names)) == "mine"
    assert names["tournament"] == PATTERNS / "tournament.js"


@pytest.mark.parametrize(
    ("file", "meta"),
    [
        ("tournament.js", None),
        ("odw-tournament.js", None),
        ("other.js", META.replace("case", "tournament", 1)),
        ("tournament.py", "import odw\n"),
    ],
)
def test_a_saved_workflow_of_the_same_name_wins(
    project: Project, run_js: Callable[..., Ran], file: str, meta: Any
) -> None:
    body = "return 'mine'"
    if file.endswith(".py"):
        body = "\n@odw.workflow\nasync def tournament():\n    'Mine.'\n    return 'mine'\n"
    project.write(f".claude/workflows/{file}", body, meta)
    assert run_js("return workflow('tournament')").result == "mine"


def test_a_pattern_runs_by_itself(project: Project) -> None:
    from odw.executors import mock_backend
    from odw.loader import run_workflow
    from odw.runtime.options import RunOptions

    args = {"question": "Q", "options": ["a", "b"]}
    outcome = run_workflow(
        loader(project).load("consensus-vote"), RunOptions(str(project.root), args=args), mock_backend()
    )
    assert outcome.error is None
    assert list(outcome.result) == ["winner", "decided", "tally", "abstained", "failed", "votes"]


CHILD = """
import odw
from odw import patterns

@odw.workflow
async def child():
    "Uses a pattern."
    return (await patterns.scout_first("T")).results
"""


@pytest.mark.usefixtures("trio_order")
def test_a_python_workflow_uses_patterns_wherever_it_runs(
    project: Project, run_js: Callable[..., Ran], run_py: Callable[..., Ran]
) -> None:
    project.write("child.py", CHILD, "")
    answers = {"scout": {"parts": ["p"]}, "work 1": "done"}
    inner = "@odw.workflow\nasync def case():\n    return await odw.workflow({'scriptPath': 'child.py'})\n"
    for ran in (
        run_js("return workflow({scriptPath: 'child.py'})", by_label(answers)),
        run_py(inner, by_label(answers)),
    ):
        assert ran.result == [{"part": "p", "result": "done"}]
        assert [event["path"] for event in ran.of("agent_start")] == ["w0/w0/a0", "w0/w0/p0[0]/a0"]


@pytest.mark.usefixtures("trio_order")
def test_a_pattern_inside_a_pattern_and_many_at_a_time(run_py: Callable[..., Ran]) -> None:
    source = """
async def sure(part: str) -> bool | None:
    found = await patterns.adversarial_verify([part], voters=1)
    return found.confirmed == [part]

@odw.workflow
async def case():
    async with trio.open_nursery() as nursery:
        nursery.start_soon(patterns.scout_first, "N")
    both = await odw.parallel([patterns.scout_first("A", work=sure), patterns.scout_first("B", work=sure)])
    return [done.result for found in both for done in found.results]
"""
    answers = {"scout": {"parts": ["p", "q"]}, "refute *": {"refuted": False, "reason": ""}, "work *": "w"}
    ran = run_py(source, by_label(answers))
    assert ran.result == [True] * 4
    starts = {event["path"]: event["group"] for event in ran.of("agent_start")}
    assert starts["n0/w0/a0"] == "▸ scout-first"
    assert starts["p0[1]/w0/p0[0]/w0/p0[0]/p0[0]/a0"].startswith("▸ adversarial-verify")
    again = run_py(source, by_label({}), resume_from=ran.dir.name)
    assert (again.result, again.executor.seen) == (ran.result, [])


def test_python_calls_the_script_by_name(script_of: Callable[..., Ran], run_py: Callable[..., Ran]) -> None:
    args = {"task": "T", "candidates": ["a", "b", "c"]}
    answers = {"match *": {"better": "A", "reason": ""}, "*": {"better": "B", "reason": ""}}
    source = f"@odw.workflow\nasync def case():\n    return await odw.workflow('tournament', {args!r})\n"
    script, python = script_of("tournament", args, by_label(answers)), run_py(source, by_label(answers))
    assert python.result == script.result
    calls = [[(event["path"], event["key"]) for event in ran.of("agent_start")] for ran in (script, python)]
    assert calls[0] == calls[1]


def test_a_resume_in_the_middle_asks_only_what_had_failed(run_py: Callable[..., Ran]) -> None:
    source = "@odw.workflow\nasync def case():\n    return await patterns.adversarial_verify(['a', 'b'])\n"
    yes = {"refuted": False, "reason": "r"}
    first = run_py(source, by_label({"refute 2.2": FAILS, "refute 2.3": FAILS, "refute *": yes}))
    assert first.result["undecided"] == ["b"]
    again = run_py(source, by_label({"refute 2.*": yes}), resume_from=first.dir.name)
    assert again.result["confirmed"] == ["a", "b"]
    assert sorted(request.label for request in again.executor.seen) == ["refute 2.2", "refute 2.3"]


def test_the_line_that_calls_the_pattern_is_the_place_of_its_calls(run_py: Callable[..., Ran]) -> None:
    source = (
        "@odw.workflow\nasync def case():\n    return await patterns.adversarial_verify(['a'], voters=1)\n"
    )
    ran = run_py(source, by_label({"*": {"refuted": True, "reason": ""}}))
    assert ran.of("agent_start")[0]["site"] == [5, 12]


# the script's name, its args, what it says
WRONG: list[tuple[str, Any, str]] = [
    ("adversarial-verify", None, "expected claims as a list of at least 0, found nothing"),
    ("adversarial-verify", "text", "expected the args as an object, found text"),
    ("adversarial-verify", {"claim": []}, "no option claim; there are: claims, voters, needed, prompt, context, skeptic"),
    ("adversarial-verify", {"claims": [], "voters": 0}, "expected voters as a whole number from 1 on, found 0"),
    ("adversarial-verify", {"claims": [], "voters": 1.5}, "expected voters as a whole number from 1 on, found 1.5"),
    ("adversarial-verify", {"claims": [], "voters": 1, "needed": 2}, "needed (2) is more than voters (1)"),
    ("adversarial-verify", {"claims": [], "prompt": "Is it?"}, "prompt has no {claim} in it"),
    ("adversarial-verify", {"claims": [], "skeptic": "haiku"}, "expected skeptic as an object with options of agent(), found haiku"),
    ("adversarial-verify", {"claims": [], "skeptic": {"schema": {}}}, "skeptic has no option schema: the pattern sets it"),
    ("perspective-verify", {"claims": [], "perspectives": []}, "expected perspectives as a list of at least 1, found []"),
    ("perspective-verify", {"claims": [], "needed": 4}, "needed (4) is more than there are perspectives (3)"),
    ("judge-panel", {}, "expected task as a text, found nothing"),
    ("judge-panel", {"task": "T", "refine": "x"}, "refine has no {candidate} in it"),
    ("tournament", {"task": "T", "candidates": []}, "expected candidates as a list of at least 1, found []"),
    ("loop-until-dry", {"task": "T", "schema": "x"}, "expected schema as a JSON Schema, found x"),
    ("loop-until-budget", {"task": " "}, "expected task as a text, found  "),
    ("map-reduce", {"task": "T"}, "expected either items or text"),
    ("map-reduce", {"task": "T", "text": "x", "size": 1}, "size counts items; a text is cut by characters"),
    ("consensus-vote", {"question": "Q", "options": ["a", "a"]}, 'expected options as different texts other than "abstain", found a'),
    ("consensus-vote", {"question": "Q", "options": ["a", "b"], "quorum": 9}, "quorum (9) is more than voters (5)"),
    ("completeness-critic", {"task": "T"}, "expected work, found nothing"),
    ("quality-gate", {"gates": [{"name": "x"}]}, 'expected a gate as {name, prompt} or {name, command}, found {"name":"x"}'),
    ("quality-gate", {"gates": [{"name": "x", "prompt": "p"}], "inOrder": 1}, "expected inOrder as true or false, found 1"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "args", "message"), WRONG)
def test_wrong_args_are_told_before_anything_is_asked(
    name: str, args: Any, message: str, run_js: Callable[..., Ran]
) -> None:
    ran = run_js(f"return workflow({json.dumps(name)}, {json.dumps(args)})")
    assert f"TypeError: {name}: {message}" in ran.error.message
    assert ran.of("agent_start") == []


# the same in Python
WRONG_CALLS = [
    ("adversarial_verify([], voters=0)", "expected voters as a whole number from 1 on, found 0"),
    ("adversarial_verify([], voters=1, needed=2)", "needed (2) is more than voters (1)"),
    ("adversarial_verify([], prompt='Is it?')", "prompt has no {claim} in it"),
    ("adversarial_verify(['a'], skeptic={'schema': {}})", "odw.patterns.adversarial_verify() has no option schema"),
    ("perspective_verify([], perspectives=[])", "expected perspectives as a list of at least 1, found []"),
    ("judge_panel('')", "expected task as a text, found"),
    ("tournament('T', [])", "expected candidates as a list of at least 1, found []"),
    ("tournament('T', 'abc')", "expected candidates as a list of at least 1, found abc"),
    ("loop_until_dry('T', rounds=True)", "expected rounds as a whole number from 1 on, found true"),
    ("map_reduce('T', 'text', size=1)", "size counts items; a text is cut by characters"),
    ("consensus_vote('Q', ['a', 'abstain'])", 'expected options as different texts other than "abstain", found abstain'),
    ("quality_gate([odw.patterns.Gate('x')])", "expected the gate 'x' with one of command, prompt and check, found 0"),
    ("scout_first('T', work='do it')", "work has no {part} in it"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "message"), WRONG_CALLS)
def test_wrong_arguments_are_told_before_anything_is_asked(
    call: str, message: str, python_of: Callable[..., Ran]
) -> None:
    ran = python_of(call)
    assert message in ran.error.message
    assert "python.py:5:" in ran.error.report  # the author's line
    assert ran.of("agent_start") == []


def test_a_call_that_cannot_be_made_is_no_abstention(
    script_of: Callable[..., Ran], python_of: Callable[..., Ran]
) -> None:
    for ran in (
        script_of("adversarial-verify", {"claims": ["a"], "skeptic": {"runtime": "nonsense"}}),
        python_of("adversarial_verify(['a'], skeptic={'runtime': 'nonsense'})"),
    ):
        assert "nonsense" in ran.error.message
        assert ran.of("agent_start") == []


async def test_outside_a_run_it_says_so() -> None:
    from odw.dsl.current import OutsideRun
    from odw.patterns import tournament

    with pytest.raises(OutsideRun, match=r"odw\.patterns\.tournament\(\) works only while a workflow runs"):
        await tournament("T", ["a"])
