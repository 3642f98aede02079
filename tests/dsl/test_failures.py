"""Failed calls, halts, and what the author's own exceptions become."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from script_runs import Ran, spending

import odw
from odw.dsl.places import is_authors
from odw.errors import ScriptRejected, UsageError, WorkflowError
from odw.runtime.budget_limits import OUTPUT, BudgetLimit

Run = Callable[..., Ran]


def workflow(body: str) -> str:
    lines = "\n    ".join(body.strip().splitlines())
    return f"@odw.workflow\nasync def case():\n    {lines}\n"


def failing(request: Any) -> Any:
    raise ValueError("no luck")


def test_a_failed_call_gives_none_and_a_line(run_py: Run) -> None:
    ran = run_py(workflow("return [await odw.call('x')]"), failing)
    assert ran.result == [None]
    assert ran.logs[0].startswith("[x] failed: ")


def test_or_an_exception_or_a_report(run_py: Run) -> None:
    ran = run_py(
        workflow("""
report = await odw.call('x', on_failure='report')
try:
    await odw.call('y', on_failure='throw')
except odw.AgentFailed as error:
    return [report['ok'], report['origin']['agent'], str(error), error.category, error.report['ok']]
"""),
        failing,
    )
    assert ran.result[:2] == [False, "x"]
    assert ran.result[2].startswith("[y] failed: ")
    assert ran.result[4] is False


@pytest.mark.usefixtures("trio_order")
def test_no_handler_of_exceptions_swallows_a_halt(run_py: Run) -> None:
    ran = run_py(
        workflow("""
try:
    async with trio.open_nursery() as nursery:
        for i in range(3):
            nursery.start_soon(odw.call, str(i))
    await odw.parallel_map(lambda i: odw.call(f'again {i}'), range(3))
except Exception:
    return 'swallowed'
"""),
        lambda request: spending(output=10),
        budget=BudgetLimit(30, OUTPUT),
    )
    assert ran.outcome.status == "parked"
    assert ran.error.message == "workflow budget exhausted: spent 30 >= total 30 tokens"
    assert sum("results dropped" in line for line in ran.logs) == 1


def test_a_halt_can_be_caught_by_its_name(run_py: Run) -> None:
    ran = run_py(
        workflow("""
found = []
try:
    for i in range(9):
        found.append(await odw.call(str(i)))
except odw.CapReached as halt:
    return [len(found), odw.budget.spent(), odw.budget.total, halt.reason]
"""),
        max_agents=2,
    )
    assert ran.result[0] == 2
    assert "agent cap reached: 2" in ran.result[3]


def test_an_exception_is_told_with_the_authors_lines(run_py: Run) -> None:
    ran = run_py("""
def inner(x):
    return {"a": 1}[x]

@odw.workflow
async def case():
    await odw.call("x")
    return inner("b")
""")
    assert ran.error.message == "KeyError: 'b'"
    report = ran.error.report.splitlines()
    assert report[0].endswith("main.py:4:12: KeyError: 'b'")
    assert report[1].endswith('return {"a": 1}[x]')
    assert report[2].endswith("^^^^^^^^^^^")
    assert report[3].startswith("  called from ")
    assert report[3].endswith("main.py:9:12 in case")


@pytest.mark.usefixtures("trio_order")
def test_groups_are_unwrapped(run_py: Run) -> None:
    ran = run_py(
        workflow("""
async def bad():
    raise ValueError("inner")
async with trio.open_nursery() as nursery:
    async with trio.open_nursery() as inner:
        inner.start_soon(bad)
""")
    )
    assert ran.error.message == "ValueError: inner"
    assert "main.py:5:9: ValueError: inner\n" in ran.error.report


def test_options_that_cannot_work(run_py: Run) -> None:
    body = """
found = []
for options in ({'lable': 'x'}, {'isolation': 'tree'}, {'schema': {'type': 3}}, {'runtime': 'no'}):
    try:
        await odw.call('x', **options)
    except (TypeError, ValueError) as error:
        found.append(f'{type(error).__name__}: {error}')
return found
"""
    ran = run_py(workflow(body))
    assert ran.result[0] == "TypeError: odw.call() has no option lable; did you mean label?"
    assert [text.partition(":")[0] for text in ran.result] == ["TypeError", *["InvalidOption"] * 3]
    assert ran.executor.seen == []


def test_a_result_that_is_not_json(run_py: Run) -> None:
    ran = run_py(workflow("return {'a': [1, object()]}"))
    assert ran.error.code == "result_not_serializable"
    assert "$.a[1]" in ran.error.message


@pytest.mark.parametrize(
    ("source", "kind", "message"),
    [
        ("def case(:\n", ScriptRejected, "main.py:2"),
        ("x = 1 / 0\n", WorkflowError, "main.py cannot be imported: ZeroDivisionError"),
        ("raise SystemExit(3)\n", WorkflowError, "main.py cannot be imported: SystemExit: 3"),
        ("x = 1\n", UsageError, "main.py defines no workflow"),
        (
            "@odw.workflow\nasync def a(): ...\n@odw.workflow\nasync def b(): ...\n",
            UsageError,
            "main.py defines 2 workflows",
        ),
        ("@odw.workflow\ndef a(): ...\n", WorkflowError, "expects an async function"),
        ("@odw.workflow\nasync def a(*names): ...\n", WorkflowError, r"as \*names; write names: list"),
    ],
)
def test_files_that_cannot_run(run_py: Run, source: str, kind: type[Exception], message: str) -> None:
    with pytest.raises(kind, match=message):
        run_py(source)


def test_args_are_parameters(run_py: Run) -> None:
    source = """
from dataclasses import dataclass

@dataclass
class Rule:
    name: str
    weight: float = 1.0

@odw.workflow
async def case(names: list[str], rule: Rule | None = None, *, strict: bool = False):
    return [names, rule and rule.weight, strict, odw.args.get("names"), dict(odw.args) == odw.args.value]
"""
    args = {"names": ["a"], "rule": {"name": "r"}, "strict": True}
    assert run_py(source, args=args).result == [["a"], 1, True, ["a"], True]
    for wrong, message in (
        ({}, "case: the parameter 'names' is missing from the args"),
        ({"names": ["a"], "stricct": 1}, "case has no parameter 'stricct'"),
        ({"names": 3}, "case: args.names is no list.*valid list"),
    ):
        error = run_py(source, args=wrong).error
        assert isinstance(error, UsageError)
        import re

        assert re.match(message, error.message), error.message


def test_one_parameter_takes_args_that_are_no_object(run_py: Run) -> None:
    source = "@odw.workflow\nasync def case(words: list[str]):\n    return words\n"
    assert run_py(source, args=["a", "b"]).result == ["a", "b"]


def test_what_is_no_length_of_time(run_py: Run) -> None:
    ran = run_py(
        """
        @odw.workflow
        async def case():
            found = []
            for seconds in ("5", None, float("inf"), float("nan")):
                for wait in (odw.sleep, odw.timeout):
                    try:
                        await wait(seconds)
                    except (TypeError, ValueError) as error:
                        found.append(str(error))
            return found
        """
    )
    told = ["a number of seconds, found str", "a number of seconds, found NoneType"]
    told += [f"a finite number of seconds, found {name}" for name in ("inf", "nan")]
    assert ran.result == [
        f"{hook} expects {text}" for text in told for hook in ("odw.sleep()", "odw.timeout()")
    ]


def test_a_file_beside_the_package_whose_name_begins_like_it_is_the_authors() -> None:
    package = Path(odw.__file__).parent
    assert is_authors(f"{package}_flows.py")
    assert not is_authors(str(package / "dsl" / "fan.py"))


def test_types_are_named_as_their_author_wrote_them(run_py: Run) -> None:
    source = """
from typing import Literal
from pydantic import BaseModel

class M(BaseModel):
    n: int

@odw.workflow
async def case(m: M | None = None, word: Literal["a", "b"] = "a"):
    return 1
"""
    assert run_py(source, args={"m": 3}).error.message.startswith("case: args.m is no M | None: $")
    assert run_py(source, args={"word": "c"}).error.message.startswith(
        "case: args.word is no Literal['a', 'b']: $"
    )
