"""``odw.human``: a person is asked once, and never again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from script_runs import Ran

import odw
from odw.runtime.fakes import FakeGate

Run = Callable[..., Ran]
FLOW = """
@odw.workflow
async def case():
    choice = await odw.human('Merge it?', choices=['yes', 'no'])
    return [choice, await odw.call(f'go: {choice}')]
"""


def test_the_answer_is_recorded_and_replays(run_py: Run) -> None:
    gate = FakeGate("perhaps", "no")
    ran = run_py(FLOW, human=gate)
    assert ran.result == ["no", "re: go: no"]
    assert gate.asked == [
        ("Merge it?", ("yes", "no")),
        ("Merge it? ('perhaps' is none of: yes, no)", ("yes", "no")),
    ]
    again = run_py(FLOW, resume_from=ran.dir.name, human=FakeGate())
    assert again.result == ran.result


def test_where_nobody_is(run_py: Run) -> None:
    assert "nobody is there to answer 'Merge it?'" in run_py(FLOW).error.message
    with_default = "@odw.workflow\nasync def case():\n    return await odw.human('?', default='go on')\n"
    assert run_py(with_default).result == "go on"


@pytest.mark.usefixtures("tmp_path")
def test_from_python(tmp_path: Path) -> None:
    @odw.workflow
    async def flow() -> Any:
        return await odw.human("Which?")

    assert odw.run(flow, backend="mock", project=tmp_path, human=FakeGate("that one")) == "that one"
