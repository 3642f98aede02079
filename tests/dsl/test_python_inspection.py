"""What ``odw inspect`` and ``odw graph`` find in the text of a workflow in Python."""

from __future__ import annotations

import textwrap

import pytest

from odw.dsl.inspection import inspect_text
from odw.errors import ScriptRejected, UsageError
from odw.inspection import Inspection
from odw.planned_graph import mermaid, outline

HEAD = """
import odw
from odw import call as ask

@odw.agent(label="review:{name}", phase="Review", model="opus", retries=2)
async def review(name: str) -> list[str]:
    \"\"\"Review {name}.\"\"\"

@odw.agent
async def refute(text: str) -> str:
    return odw.prompt(f"Refute {text}", phase="Verify")
"""


def inspect(body: str, wanted: str | None = None) -> Inspection:
    return inspect_text((HEAD + textwrap.dedent(body)).encode(), "flow.py", wanted)


def test_calls_loops_branches_and_phases() -> None:
    found = inspect(
        """
        @odw.workflow(name="the-flow", phases=["Plan", {"title": "Do"}], model="haiku")
        async def flow(items: list[str], more: bool = False):
            \"\"\"What it does.\"\"\"
            odw.phase("Plan")
            plan = await ask(f"plan {items}", schema={"type": "object"}, model=items[0])
            async with odw.phase("Do"):
                for item in items:
                    if more:
                        await odw.call("do " + item, **{})
            return await odw.workflow("other", {})
        """
    )
    assert found.meta == {
        "name": "the-flow",
        "description": "What it does.",
        "phases": ["Plan", {"title": "Do"}],
        "model": "haiku",
    }
    assert found.phases == ("Plan", "Do")
    plan, do, other = (site for site in found.sites if site.hook != "phase")
    assert (plan.prompt, plan.phase, plan.options, plan.dynamic, plan.many) == (
        "plan ${…}", "Plan", {"schema": {"type": "object"}}, ("model",), False,
    )  # fmt: skip
    assert (do.prompt, do.phase, do.many, do.conditional, do.open) == ("do ${…}", "Do", True, True, True)
    assert (other.hook, other.prompt, other.phase) == ("workflow", "other", "Plan")


def test_agents_by_name_as_calls_and_as_stages() -> None:
    found = inspect(
        """
        async def verify(found):
            return await odw.parallel(refute(text) for text in found)

        @odw.workflow
        async def flow(names: list[str]):
            await odw.parallel_map(lambda name: ask(name), names)
            return await odw.pipeline(names, review, verify, lambda text, name: odw.call("end"))
        """
    )
    sites = {site.number: site for site in found.sites}
    assert [(s.hook, s.within, s.stage, s.many) for s in sites.values()] == [
        ("parallel", None, None, False),
        ("agent", 0, None, True),
        ("pipeline", None, None, False),
        ("agent", 2, 0, False),
        ("parallel", 2, 1, False),
        ("agent", 4, None, True),
        ("agent", 2, 2, False),
    ]
    assert sites[3].prompt == "Review {name}."
    assert sites[3].options == {"phase": "Review", "model": "opus", "maxAttempts": 3}
    assert set(sites[3].dynamic) == {"label", "schema"}
    assert (sites[5].prompt, sites[5].phase, sites[5].function) == ("Refute ${…}", "Verify", "verify")
    assert "stage 2: parallel" in "\n".join(outline(found))
    assert mermaid(found).startswith("flowchart TD")


def test_steps_other_workflows_and_what_is_not_reached_are_left_out() -> None:
    body = """
        @odw.step
        async def read() -> str:
            return await unrelated()

        async def unrelated():
            await odw.call("never")

        @odw.workflow
        async def one():
            await read()
            return await odw.call("one")

        @odw.workflow(name="the-second")
        async def two():
            return await odw.call("two")
        """
    assert [site.prompt for site in inspect(body, "one").sites] == ["one"]
    assert [site.prompt for site in inspect(body, "the-second").sites] == ["two"]
    with pytest.raises(UsageError, match="defines 2 workflows") as error:
        inspect(body)
    assert "flow.py:NAME" in str(error.value.hint)
    with pytest.raises(UsageError, match="has no workflow 'three'"):
        inspect(body, "three")


def test_what_cannot_be_inspected() -> None:
    with pytest.raises(UsageError, match="defines no workflow"):
        inspect("")
    with pytest.raises(ScriptRejected, match=r"flow.py:\d+: '\(' was never closed"):
        inspect("print(")
