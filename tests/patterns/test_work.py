"""Map-reduce, completeness critic, retry, quality gate, scout first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from answers import FAILS, by_label
from script_runs import Ran

from odw.patterns._chunks import chunks_of_items, chunks_of_text

PASSED = {"passed": True, "problems": []}
REFUSED = {"passed": False, "problems": ["too long", "no title"]}


def test_chunks_keep_every_character() -> None:
    said: list[str] = []
    text = "one\ntwo\n\n" + "x" * 11 + "\n\U0001f600\U0001f600\n"
    chunks = chunks_of_text(text, 5, said.append)
    assert [chunk.text for chunk in chunks] == ["one", "two\n", "xxxxx", "xxxxx", "x\n\U0001f600\U0001f600\n"]
    assert [chunk.number for chunk in chunks] == [1, 2, 3, 4, 5]
    assert said == ["line 4 has 11 characters, more than 5: it is cut"]


def test_chunks_of_items() -> None:
    said: list[str] = []
    chunks = chunks_of_items(["aa", "bb", "c" * 9, "dd"], 2, 6, said.append)
    assert [chunk.items for chunk in chunks] == [["aa", "bb"], ["c" * 9], ["dd"]]
    assert said == ["item 3 has 9 characters, more than 6: it is a chunk of its own"]
    assert chunks_of_items([], 2, None, said.append) == []


def test_failed_chunks_are_named_to_the_reducer_and_in_the_result(python_of: Callable[..., Ran]) -> None:
    answers = {"map 2": FAILS, "map *": "m", "reduce *": "all"}
    ran = python_of("map_reduce('T', ['a', 'b', 'c'], size=1)", by_label(answers))
    assert ran.result == {"result": "all", "chunks": 3, "failed": [2], "levels": 1, "parts": ["m", None, "m"]}
    assert "1 of 3 parts are missing: say so." in ran.of("agent_start")[-1]["promptPreview"]
    assert "map-reduce: 1 of 3 chunks are missing from the result: 2" in ran.logs


def test_a_reducer_that_fails_half_way_loses_its_chunks_and_says_so(
    python_of: Callable[..., Ran], script_of: Callable[..., Ran]
) -> None:
    answers = {"map *": "m", "reduce 1.1": FAILS, "reduce *": "r"}
    call = "map_reduce('T', list('abcde'), size=1, fanin=2)"
    ran = python_of(call, by_label(answers))
    assert (ran.result["result"], ran.result["failed"], ran.result["levels"]) == ("r", [1, 2], 2)
    args = {"task": "T", "items": list("abcde"), "size": 1, "fanin": 2}
    assert script_of("map-reduce", args, by_label(answers)).result == ran.result


@pytest.mark.parametrize(("answers", "levels"), [({"*": FAILS}, 0), ({"map *": "m", "reduce *": FAILS}, 1)])
def test_no_result_is_no_result(answers: dict[str, Any], levels: int, python_of: Callable[..., Ran]) -> None:
    ran = python_of("map_reduce('T', ['a'])", by_label(answers))
    assert (ran.result["result"], ran.result["levels"]) == (None, levels)


def test_map_and_reduce_of_ones_own(run_py: Callable[..., Ran]) -> None:
    source = """
async def count(chunk: patterns.Chunk[str]) -> int | None:
    return None if chunk.number == 3 else len(await odw.call(chunk.text))

async def add(parts: list[int]) -> int:
    return sum(parts)

@odw.workflow
async def case():
    return await patterns.map_reduce("T", ["a", "b", "c", "d"], map=count, reduce=add, size=1, fanin=2)
"""
    assert run_py(source).result == {
        "result": 15,
        "chunks": 4,
        "failed": [3],
        "levels": 2,
        "parts": [5, 5, None, 5],
    }


def test_the_critic_sees_what_was_added(script_of: Callable[..., Ran], python_of: Callable[..., Ran]) -> None:
    answers = {
        "critic 1": {"gaps": ["x", "y"]},
        "critic 2": {"gaps": []},
        "fill 1.1": "an x",
        "fill 1.2": FAILS,
    }
    ran = python_of("completeness_critic('T', 'W')", by_label(answers))
    assert ran.result == {
        "complete": True, "work": "W", "added": [{"gap": "x", "answer": "an x", "round": 1}], "open": [],
        "rounds": 2, "stopped": "complete", "abstained": 1,
    }  # fmt: skip
    assert (
        script_of("completeness-critic", {"task": "T", "work": "W"}, by_label(answers)).result == ran.result
    )
    assert ran.of("agent_start")[-1]["promptPreview"].endswith(
        "Work:\nW\n\nAdded, as this was missing: x\nan x"
    )


@pytest.mark.parametrize(
    ("answers", "stopped", "rest"),
    [
        ({"critic *": {"gaps": ["x"]}, "fill *": FAILS}, "rounds", ["x"]),
        ({"critic 1": {"gaps": ["x"]}, "critic 2": FAILS, "fill *": "f"}, "failed", []),
        ({"critic *": FAILS}, "failed", []),
    ],
)
def test_what_is_not_known_to_be_complete_is_not(
    answers: dict[str, Any], stopped: str, rest: list[str], python_of: Callable[..., Ran]
) -> None:
    result = python_of("completeness_critic('T', 'W', rounds=2)", by_label(answers)).result
    assert (result["complete"], result["stopped"], result["open"]) == (False, stopped, rest)


def test_a_filler_of_ones_own(run_py: Callable[..., Ran]) -> None:
    source = """
async def supply(gap: str) -> dict | None:
    return {"for": gap} if gap == "x" else None

@odw.workflow
async def case():
    return await patterns.completeness_critic("T", ["w"], fill=supply, rounds=1)
"""
    result = run_py(source, by_label({"critic 1": {"gaps": ["x", "y"]}})).result
    assert (result["added"], result["open"]) == ([{"gap": "x", "answer": {"for": "x"}, "round": 1}], ["y"])


def test_the_next_attempt_is_told_what_was_wrong(
    script_of: Callable[..., Ran], python_of: Callable[..., Ran]
) -> None:
    answers = {
        "make 1": "one",
        "make 2": "two",
        "check 1.1": REFUSED,
        "check 2.1": FAILS,
        "check 2.2": PASSED,
    }
    ran = python_of("retry_until_passes('T')", by_label(answers))
    assert ran.result == {
        "passed": True, "result": "two", "stopped": "passed", "abstained": 1,
        "tries": [
            {"attempt": 1, "result": "one", "passed": False, "problems": ["too long", "no title"]},
            {"attempt": 2, "result": "two", "passed": True, "problems": []},
        ],
    }  # fmt: skip
    assert script_of("retry-until-passes", {"task": "T"}, by_label(answers)).result == ran.result
    second = ran.of("agent_start")[2]["promptPreview"]
    assert second.startswith("T\n\nAn earlier attempt did not pass. It was:\none\n")
    assert "- too long\n- no title" in second


@pytest.mark.parametrize(
    ("answers", "stopped", "result", "tries"),
    [
        ({"make *": "m", "check *": REFUSED}, "attempts", "m", 3),
        ({"make *": "m", "check *": FAILS}, "unchecked", "m", 1),
        ({"make *": FAILS}, "attempts", None, 3),
        ({"make 1": FAILS, "make 2": "m", "check *": PASSED}, "passed", "m", 2),
    ],
)
def test_how_retrying_ends(
    answers: dict[str, Any], stopped: str, result: Any, tries: int,
    script_of: Callable[..., Ran], python_of: Callable[..., Ran],
) -> None:  # fmt: skip
    ran = python_of("retry_until_passes('T')", by_label(answers))
    assert (ran.result["stopped"], ran.result["result"], len(ran.result["tries"])) == (stopped, result, tries)
    assert ran.result["passed"] is (stopped == "passed")
    assert script_of("retry-until-passes", {"task": "T"}, by_label(answers)).result == ran.result


def test_making_and_checking_of_ones_own(run_py: Callable[..., Ran]) -> None:
    source = """
async def make(attempt: int, feedback: str) -> int:
    assert ("no 1" in feedback) is (attempt == 2)
    return attempt

async def check(number: int) -> list[str] | bool:
    return ["no 1"] if number == 1 else True

@odw.workflow
async def case():
    found = await patterns.retry_until_passes(make, check=check)
    return [found.passed, found.result]
"""
    assert run_py(source).result == [True, 2]


GATES = "[odw.patterns.Gate('x', prompt='X'), odw.patterns.Gate('y', prompt='Y'), odw.patterns.Gate('z', prompt='Z')]"


def test_a_gate_without_an_answer_is_not_passed(python_of: Callable[..., Ran]) -> None:
    answers = {"gate: x": PASSED, "gate: y": REFUSED, "gate: z": FAILS}
    ran = python_of(f"quality_gate({GATES}, 'W')", by_label(answers))
    assert (ran.result["passed"], ran.result["failed"], ran.result["undecided"]) == (False, ["y"], ["z"])
    assert ran.logs[-1] == "quality-gate: not passed: 1 of 3 gates failed, 1 undecided, 0 skipped"


def test_gates_in_order_stop_at_the_first_that_is_not_passed(python_of: Callable[..., Ran]) -> None:
    answers = {"gate: x": FAILS}
    result = python_of(f"quality_gate({GATES}, in_order=True)", by_label(answers)).result
    assert (result["passed"], result["undecided"], result["skipped"]) == (False, ["x"], ["y", "z"])


COMMANDS = """
@odw.workflow
async def case():
    gates = [patterns.Gate("good", command="echo ran >> ran.txt"), patterns.Gate("bad", command="echo no >&2; exit 3")]
    return await patterns.quality_gate(gates)
"""


def test_commands_run_once_in_the_project_and_replay(run_py: Callable[..., Ran]) -> None:
    ran = run_py(COMMANDS)
    root = ran.dir.parents[2]
    assert ran.result["gates"] == [
        {"name": "good", "passed": True, "problems": []},
        {"name": "bad", "passed": False, "problems": ["exit code 3: no"]},
    ]
    assert run_py(COMMANDS, resume_from=ran.dir.name).result == ran.result
    assert (root / "ran.txt").read_text() == "ran\n"


def test_a_command_that_hangs_is_ended_with_what_it_started(run_py: Callable[..., Ran]) -> None:
    source = """
@odw.workflow
async def case():
    gates = [patterns.Gate("slow", command="sleep 60 & echo begun; sleep 60", timeout=0.3)]
    return await patterns.quality_gate(gates)
"""
    result = run_py(source).result
    assert result["failed"] == ["slow"]
    assert result["gates"][0]["problems"][0].startswith("exit code 124: begun")


def test_the_end_of_one_command_is_not_the_end_of_another(run_py: Callable[..., Ran]) -> None:
    source = """
@odw.workflow
async def case():
    gates = [patterns.Gate("short", command="true"), patterns.Gate("long", command="sleep 0.3; echo whole > whole.txt")]
    return await patterns.quality_gate(gates)
"""
    ran = run_py(source)
    assert ran.result["passed"] is True
    assert (ran.dir.parents[2] / "whole.txt").read_text() == "whole\n"


def test_of_a_long_output_the_end_is_kept(run_py: Callable[..., Ran]) -> None:
    source = """
@odw.workflow
async def case():
    gates = [patterns.Gate("loud", command="seq 1 3000; exit 1"), patterns.Gate("killed", command="kill -9 $$")]
    return await patterns.quality_gate(gates)
"""
    loud, killed = (gate["problems"][0] for gate in run_py(source).result["gates"])
    assert loud.startswith("exit code 1: … (9893 bytes before)\n")
    assert loud.endswith("\n2999\n3000")
    assert killed == "exit code 137: "


def test_a_check_of_ones_own_that_raises_is_undecided(run_py: Callable[..., Ran]) -> None:
    source = """
async def fine(work) -> bool:
    return work == "W"

async def broken(work) -> bool:
    raise OSError("no disk")

@odw.workflow
async def case():
    gates = [patterns.Gate("fine", check=fine), patterns.Gate("broken", check=broken), patterns.Gate("last", check=fine)]
    return [await patterns.quality_gate(gates, "W", in_order=in_order) for in_order in (False, True)]
"""
    ran = run_py(source)
    together, in_order = ran.result
    assert (together["passed"], together["undecided"], together["skipped"]) == (False, ["broken"], [])
    assert (in_order["passed"], in_order["undecided"], in_order["skipped"]) == (False, ["broken"], ["last"])
    assert ran.logs[0] == "quality-gate: broken: no disk"


def test_what_the_scout_finds_is_worked_on_up_to_the_limit(
    script_of: Callable[..., Ran], python_of: Callable[..., Ran]
) -> None:
    answers = {"scout": {"parts": ["a", "b", "c"]}, "work 1": "did a", "work 2": FAILS}
    ran = python_of("scout_first('T', limit=2)", by_label(answers))
    assert ran.result == {
        "scouted": True, "results": [{"part": "a", "result": "did a"}], "failed": ["b"], "dropped": ["c"]
    }  # fmt: skip
    assert ran.logs[0] == "scout-first: 3 parts found, more than 2: 1 are dropped"
    assert script_of("scout-first", {"task": "T", "limit": 2}, by_label(answers)).result == ran.result


@pytest.mark.parametrize(("report", "scouted"), [(FAILS, False), ({"parts": []}, True)])
def test_nothing_to_work_on(report: Any, scouted: bool, python_of: Callable[..., Ran]) -> None:
    result = python_of("scout_first('T')", by_label({"scout": report})).result
    assert result == {"scouted": scouted, "results": [], "failed": [], "dropped": []}


def test_parts_are_typed(run_py: Callable[..., Ran]) -> None:
    source = """
from pydantic import BaseModel

class Module(BaseModel):
    path: str

async def describe(module: Module) -> str | None:
    return await odw.call(f"Describe {module.path}")

@odw.workflow
async def case():
    return await patterns.scout_first("T", Module, work=describe)
"""
    ran = run_py(source, by_label({"scout": {"parts": [{"path": "a.py"}]}, "Describe a.py": "D"}))
    assert ran.result["results"] == [{"part": {"path": "a.py"}, "result": "D"}]


def test_an_answer_that_only_the_type_refuses_is_mended(run_py: Callable[..., Ran]) -> None:
    source = """
from pydantic import BaseModel, field_validator

class Part(BaseModel):
    path: str

    @field_validator("path")
    @classmethod
    def inside(cls, path: str) -> str:
        if path.startswith("/"):
            raise ValueError("leads out")
        return path

@odw.workflow
async def case():
    found = await patterns.scout_first("T", Part)
    assert type(found.results[0].part) is Part
    return [found.results, await patterns.loop_until_budget("T", Part, batch=1, rounds=1)]
"""
    wrong, right = {"path": "/etc"}, {"path": "src"}
    answers = {"scout": [{"parts": [wrong]}, {"parts": [right]}], "work *": "w", "round *": [wrong, right]}
    ran = run_py(source, by_label(answers))
    results, ideas = ran.result
    assert results == [{"part": right, "result": "w"}]
    assert (ideas["results"], ideas["abstained"], ideas["unasked"]) == ([right], 0, 0)
    assert len(ran.of("agent_schema_invalid")) == 2
