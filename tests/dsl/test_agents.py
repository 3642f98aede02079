"""``@agent``: prompts from docstrings, typed results, fakes outside a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, NotRequired, TypedDict

import pytest
from pydantic import BaseModel, field_validator
from script_runs import Project, Ran

import odw
from odw.dsl.json_values import json_text
from odw.dsl.result_types import result_type
from odw.runtime.abc import Planned, Report

Run = Callable[..., Ran]


class Finding(BaseModel):
    file: str
    severity: int = 1

    @field_validator("file")
    @classmethod
    def _relative(cls, value: str) -> str:
        if value.startswith("/"):
            raise ValueError("must be relative")
        return value


@dataclass
class Point:
    x: int
    y: float | None = None


class Part(TypedDict):
    name: str
    size: NotRequired[int]


class Tree(BaseModel):
    value: int
    children: list[Tree] = []


FINDING = {
    "type": "object",
    "properties": {"file": {"type": "string"}, "severity": {"type": "integer", "default": 1}},
    "required": ["file"],
}


@pytest.mark.parametrize(
    ("annotation", "schema", "answer", "value"),
    [
        (Finding, FINDING, {"file": "a"}, Finding(file="a")),
        (list[Finding], {"type": "array", "items": FINDING}, [{"file": "a"}], [Finding(file="a")]),
        (dict[str, int], {"type": "object", "additionalProperties": {"type": "integer"}}, {"a": 1}, {"a": 1}),
        (Literal["a", "b"], {"enum": ["a", "b"], "type": "string"}, "b", "b"),
        (int | None, {"anyOf": [{"type": "integer"}, {"type": "null"}]}, None, None),
        (
            Part,
            {
                "type": "object",
                "properties": {"name": {"type": "string"}, "size": {"type": "integer"}},
                "required": ["name"],
            },
            {"name": "n"},
            {"name": "n"},
        ),
        (bool, {"type": "boolean"}, True, True),
    ],
)
def test_types_are_schemas_and_values(annotation: Any, schema: Any, answer: Any, value: Any) -> None:
    found = result_type(annotation)
    assert found is not None
    assert found.schema == schema
    assert found.construct(answer) == value


def test_dataclasses_and_recursive_models() -> None:
    point = result_type(list[Point] | None)
    assert point is not None
    assert point.construct([{"x": 1}]) == [Point(1)]
    tree = result_type(Tree)
    assert tree is not None
    assert tree.schema["$ref"] == "#/$defs/Tree"
    assert tree.construct({"value": 1, "children": [{"value": 2}]}).children[0].value == 2


def test_text_has_no_schema() -> None:
    assert result_type(str) is None
    assert result_type(None) is None


def test_a_type_without_a_schema_is_refused() -> None:
    with pytest.raises(TypeError, match="has no JSON Schema"):
        result_type(Callable[[int], int])


AGENTS = """
from pydantic import BaseModel, field_validator

class Finding(BaseModel):
    file: str

    @field_validator("file")
    @classmethod
    def relative(cls, value):
        if value.startswith("/"):
            raise ValueError("must be relative")
        return value

@odw.agent(model="m", phase="Review {kind}", label="review:{kind}", retries=1)
async def review(kind: str, rules: list[str] = ["r"]) -> list[Finding]:
    '''Review for {kind} problems.

    Rules: {rules}, {{braces}}, {kind!r:>8}.
    '''

@odw.agent
async def ask(text: str) -> str:
    return odw.prompt(f"Ask {text}", label="L", phase="P")

@odw.workflow
async def case():
    found = await review("bug")
    return [type(found[0]).__name__, found[0].file, await ask("x"), await review.prompt("y", ["a"])]
"""


def test_the_docstring_is_the_prompt(run_py: Run) -> None:
    def answer(request: Any) -> Any:
        if request.schema is None:
            return "text"
        return Planned(Report(value=[{"file": "/abs" if request.attempt == 1 else "rel"}]))

    ran = run_py(AGENTS, answer)
    assert ran.result[:3] == ["Finding", "rel", "text"]
    assert ran.result[3] == "Review for y problems.\n\nRules: [\"a\"], {braces},      'y'."
    first, second, third = ran.executor.seen
    assert (first.label, first.phase, first.model) == ("review:bug", "Review bug", "m")
    assert first.schema == {
        "type": "array",
        "items": {"type": "object", "properties": {"file": {"type": "string"}}, "required": ["file"]},
    }
    assert second.feedback == ("$[0].file: Value error, must be relative",)
    assert (third.prompt, third.label, third.phase, third.schema) == ("Ask x", "L", "P", None)


def test_a_call_of_a_type(run_py: Run) -> None:
    ran = run_py(
        "from dataclasses import dataclass\n@dataclass\nclass P:\n    x: int\n"
        "@odw.workflow\nasync def case():\n    p = await odw.call('where', schema=P)\n    return [p.x, p]\n",
        lambda request: Planned(Report(text='{"x": 4}')),
    )
    assert ran.result == [4, {"x": 4}]


@odw.agent(on_failure="throw")
async def review(kind: str) -> list[Finding]:
    """Review {kind}."""
    return odw.prompt()


async def worst(kinds: list[str]) -> int:
    found = [await review(kind) for kind in kinds]
    return max(finding.severity for findings in found for finding in findings)


async def test_outside_a_run_a_fake_answers() -> None:
    with odw.fake_agents({review: lambda kind: [Finding(file=kind, severity=len(kind))]}):
        assert await worst(["bug", "style"]) == 5
    with odw.fake_agents({review: [Finding(file="x", severity=7)]}):
        assert await worst(["bug"]) == 7


async def test_without_a_fake_it_says_what_to_do() -> None:
    with pytest.raises(RuntimeError, match=r"the agent review works only while a workflow runs.*fake_agents"):
        await review("bug")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("async def a(x): '''{y}'''", "the prompt names {y}, which is no parameter (there are: x)"),
        ("async def a(x): '''{'''", "the prompt is no template"),
        ("async def a(x): ...", "has no prompt"),
        ("async def a(x): return 3", "expected the prompt as a string, found int"),
    ],
)
def test_prompts_that_cannot_be(run_py: Run, body: str, message: str) -> None:
    ran = run_py(f"@odw.agent\n{body}\n\n@odw.workflow\nasync def case():\n    return await a('v')\n")
    assert message in ran.error.message
    assert ran.executor.seen == []


def test_an_unknown_option_is_told_when_the_file_is_read(project: Project, run_py: Run) -> None:
    with pytest.raises(Exception, match="has no option modle; did you mean model"):
        run_py("@odw.agent(modle='x')\nasync def a(): ...\n")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1e-7, "1e-7"),
        (1e16, "10000000000000000"),
        ({"a": [0.00001, "1e-07"]}, '{"a":[0.00001,"1e-07"]}'),
        ([float("nan")], "[null]"),
    ],
)
def test_numbers_in_prompts_are_written_as_in_a_script(value: object, text: str) -> None:
    assert json_text(value) == text
