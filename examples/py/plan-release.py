"""A workflow made of workflows: triage the open issues with one saved workflow, choose the headline with another.

Why this shape: `odw.workflow()` runs another workflow inline, with its own args and meta, and shares slots, budget and
journal with it. Small workflows stay useful alone; this one only composes. Both children run at the same time.
"""

import re
from typing import Any

import odw


@odw.agent(label="plan")
async def write_plan(version: str, kind: str, headline: str | None, issues: str) -> str:
    """Write the plan for release {version} ({kind}).
    Headline: {headline}
    Open issues:{issues}"""
    return odw.prompt()


@odw.workflow(phases=["Gather", "Plan"])
async def plan_release(version: str = "2.0.0", issues: list[Any] | None = None) -> dict[str, object]:
    """Compose two other workflows into a release plan"""
    numbers = re.fullmatch(r"([0-9]+)\.([0-9]+)\.[0-9]+", version)
    if numbers is None:
        raise ValueError(f"not a version: {version}")
    major, minor = map(int, numbers.groups())
    kind = "major" if minor == 0 and major > 0 else "minor"

    odw.phase("Gather")
    task = f"Choose the headline feature of the {kind} release {version}"
    triage, headline = await odw.gather(
        [
            odw.workflow({"scriptPath": "triage-issues.py"}, {} if issues is None else {"issues": issues}),
            odw.workflow({"scriptPath": "judge-panel.py"}, {"task": task}),
        ]
    )

    odw.phase("Plan")
    listing = "".join(f"\n- {name}: {count}" for name, count in triage["counts"].items())
    plan = await write_plan(version, kind, headline["final"], listing)
    odw.checkpoint("plan", {"version": version, "kind": kind})
    return {
        "version": version,
        "kind": kind,
        "headline": headline["winner"],
        "issues": triage["counts"],
        "plan": plan,
    }
