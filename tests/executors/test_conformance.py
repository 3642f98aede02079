"""Every executor that odw has passes the conformance kit, with a stand-in for its program."""

from __future__ import annotations

import pytest

from odw.executors import KINDS
from odw.executors.kit.cases import CASES
from odw.executors.kit.runner import run_cases
from odw.executors.kit.stage import QUICK, Sizes
from odw.executors.kit.subject import find_subject

TEXT = {"argv": ["agent"], "exit_codes": {"75": "rate_limit"}}
LINES = {
    "argv": ["agent", "--model", "{model}", "{prompt_file}"],
    "output": "jsonl",
    "result": "message.text",
    "usage": {"input": "usage.in", "output": "usage.out", "cost": "usd"},
    "exit_codes": {"75": "rate_limit", "77": "authentication"},
}
JSON = {
    "argv": ["agent", "--schema={schema_file}"],
    "output": "json",
    "result": "choices.0.text",
    "usage": {"input": "usage.in", "output": "usage.out"},
    "native_schema": True,
}
SUBJECTS = {"text": TEXT, "lines": LINES, "json": JSON}
LARGE = ("long-prompt", "nobody-reads", "huge-output", "one-long-line")
EXHAUSTIVE = ("cut-anywhere", "wrong-shapes")


@pytest.mark.parametrize("name", [*KINDS, *SUBJECTS])
async def test_it_keeps_the_contract(name: str) -> None:
    outcomes = await run_cases(find_subject(name, SUBJECTS), CASES, QUICK, at_once=8)
    assert [f"{outcome.case}: {outcome.reason}" for outcome in outcomes if outcome.status == "failed"] == []
    assert [outcome.case for outcome in outcomes] == [case.name for case in CASES]


@pytest.mark.parametrize(("name", "names"), [("codex", LARGE), ("text", LARGE), ("codex", EXHAUSTIVE)])
async def test_it_keeps_the_contract_in_full(name: str, names: tuple[str, ...]) -> None:
    """A line of 64 MB, 100 MB of events, a prompt of 5 MB; a cut at every byte."""
    cases = [case for case in CASES if case.name in names]
    outcomes = await run_cases(find_subject(name, SUBJECTS), cases, Sizes())
    assert {outcome.case: outcome.reason for outcome in outcomes} == dict.fromkeys(names, "")


def test_odw_knows_how_each_of_its_programs_speaks() -> None:
    assert [name for name in KINDS if find_subject(name, {}).dialect_file is None] == []
