"""``workflow(ref, args)`` across languages: shared journal and slots, groups, one level deep."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from script_runs import Project, Ran

Run = Callable[..., Ran]

PYTHON_CHILD = """
@odw.workflow(name="child", description="A child.")
async def child(n: int):
    odw.phase("C")
    if n == 9:
        raise ValueError("nine")
    async with trio.open_nursery() as nursery:
        nursery.start_soon(odw.call, f"note {n}")
    return {"n": n, "found": await odw.parallel_map(lambda i: odw.call(f"do {n} {i}"), range(2))}
"""
JS_CHILD = """
phase('C')
if (args.n === 9) throw new Error('nine')
await new Promise((resolve) => setTimeout(resolve, 1))
return {n: args.n, found: await parallel([0, 1].map((i) => () => agent(`do ${args.n} ${i}`)))}
"""


def paths(ran: Ran) -> list[str]:
    return sorted(event["path"] for event in [*ran.of("agent_start"), *ran.of("agent_skip")])


def expected(n: int) -> dict[str, Any]:
    return {"n": n, "found": [f"re: do {n} 0", f"re: do {n} 1"]}


@pytest.mark.usefixtures("trio_order")
def test_a_script_calls_python(project: Project, run_js: Run) -> None:
    project.write("child.py", PYTHON_CHILD, "import odw, trio\n")
    source = """
const first = await workflow({scriptPath: 'child.py'}, {n: 0})
const rest = await parallel([1, 2, 9].map((n) => () => workflow({scriptPath: 'child.py'}, {n})))
return [first, rest, await agent('end')]
"""
    ran = run_js(source)
    assert ran.result == [expected(0), [expected(1), expected(2), None], "re: end"]
    assert paths(ran)[:4] == ["a0", "p0[0]/w0/n0/a0", "p0[0]/w0/p0[0]/a0", "p0[0]/w0/p0[1]/a0"]
    assert [e["group"] for e in ran.of("workflow_call_start")] == [
        "▸ child",
        "▸ child #2",
        "▸ child #3",
        "▸ child #4",
    ]
    assert "parallel[2] failed: ValueError: nine" in ran.logs
    again = run_js(source, resume_from=ran.dir.name)
    assert again.result == ran.result
    assert again.executor.seen == []


@pytest.mark.usefixtures("trio_order")
def test_python_calls_a_script(project: Project, run_py: Run) -> None:
    project.write("child.js", JS_CHILD)
    source = """
@odw.workflow
async def case():
    ref = {"scriptPath": "child.js"}
    first = await odw.workflow(ref, {"n": 0})
    rest = await odw.parallel([odw.workflow(ref, {"n": n}) for n in (1, 2, 9)])
    return [first, rest, await odw.call("end")]
"""
    ran = run_py(source)
    assert ran.result == [expected(0), [expected(1), expected(2), None], "re: end"]
    assert paths(ran)[:3] == ["a0", "p0[0]/w0/p0[0]/a0", "p0[0]/w0/p0[1]/a0"]
    assert "parallel[2] failed: Error: nine" in ran.logs
    again = run_py(source, resume_from=ran.dir.name)
    assert again.result == ran.result
    assert again.executor.seen == []


def test_python_calls_python(project: Project, run_py: Run) -> None:
    project.write("helpers.py", PYTHON_CHILD, "import odw, trio\n")
    source = """
from helpers import child

@odw.workflow
async def case():
    return [await odw.workflow(child, {"n": 1}), await child(n=2), await odw.call("end")]
"""
    ran = run_py(source)
    assert ran.result == [expected(1), expected(2), "re: end"]
    assert paths(ran) == ["a0", "n0/a0", "p0[0]/a0", "p0[1]/a0", "w0/n0/a0", "w0/p0[0]/a0", "w0/p0[1]/a0"]


def test_one_level_deep(project: Project, run_py: Run) -> None:
    project.write(
        "child.py",
        "@odw.workflow\nasync def child():\n    return await odw.workflow({'scriptPath': 'child.py'})\n",
        "import odw\n",
    )
    ran = run_py(
        "@odw.workflow\nasync def case():\n    return await odw.workflow({'scriptPath': 'child.py'})\n"
    )
    assert "one level is the limit" in ran.error.message


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("odw.workflow('nowhere')", "unknown workflow: nowhere"),
        ("odw.workflow({'scriptPath': '../x.js'})", "leads out of the project"),
        ("odw.workflow({'other': 1})", "expects a name"),
        ("odw.workflow({'scriptPath': 'child.py'}, {'m': 1})", "has no parameter 'm'"),
        (
            "odw.workflow({'scriptPath': 'child.py'}, {'n': object()})",
            "the args: a object at $.n is not JSON",
        ),
    ],
)
def test_children_that_cannot_be(project: Project, run_py: Run, call: str, message: str) -> None:
    project.write("child.py", PYTHON_CHILD.replace("n: int", "n: int = 1"), "import odw, trio\n")
    assert message in run_py(f"@odw.workflow\nasync def case():\n    return await {call}\n").error.message
