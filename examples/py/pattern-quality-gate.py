"""May it be released? Tests, and two inspectors with one criterion each; all must say yes.

Why this shape: asked for everything at once, an agent weighs one thing against another. A gate has one criterion, no
answer counts as no, and nothing is outvoted.
"""

from typing import Any

import odw
from odw.patterns import Gate, quality_gate

GATES = [
    Gate("tests", command="make test", by_agent=True),  # without by_agent odw runs it itself
    Gate("true", prompt="Everything it says is in the changelog."),
    Gate("kind", prompt="It blames nobody."),
]


@odw.agent(label="announcement", phase="Write")
async def write(version: str) -> str:
    """Write the announcement of version {version}, from the changelog."""
    return odw.prompt()


@odw.agent(label="publish", phase="Publish")
async def publish(text: str) -> str:
    """Publish this announcement:
    {text}"""
    return odw.prompt()


@odw.workflow(phases=["Write", "Gate", "Publish"])
async def pattern_quality_gate(version: str = "2.4.0") -> dict[str, Any]:
    """Write an announcement and publish it only if every gate says yes"""
    text = await write(version) or ""
    gate = await quality_gate(GATES, text, inspector={"model": "opus"})
    if gate.passed:
        await publish(text)
    return {
        "version": version,
        "published": gate.passed,
        "failed": gate.failed,
        "undecided": gate.undecided,
    }
