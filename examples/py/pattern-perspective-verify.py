"""Why did it fail? Each suspected cause is examined from three sides before anybody acts on it.

Why this shape: three equal skeptics overlook the same thing. One who looks at the time line, one at the mechanism and
one at the counter-examples cannot all be wrong in the same way.
"""

from typing import Any

import odw
from odw.patterns import perspective_verify

CAUSES = [
    "A retry of the payment request had no idempotency key.",
    "The queue delivered each message twice after the failover.",
    "The clock of one host was ahead.",
]
PERSPECTIVES = [
    "whether it explains when it began and when it ended",
    "whether the mechanism can work as described",
    "whether anything that was observed speaks against it",
]


@odw.agent(label="root cause", phase="Report")
async def write_report(incident: str, causes: list[str], undecided: list[str]) -> str:
    """Write the section "Root cause" of the report on this incident: {incident}
    Accepted causes:
    {causes}
    Still open:
    {undecided}"""
    return odw.prompt()


@odw.workflow(phases=["Verify", "Report"])
async def pattern_perspective_verify(
    incident: str = "Orders were charged twice between 09:12 and 09:40.", causes: list[str] = CAUSES
) -> dict[str, Any]:
    """Examine the suspected causes of an incident from different points of view"""
    found = await perspective_verify(
        causes, perspectives=PERSPECTIVES, needed=2, context=f"Incident: {incident}"
    )
    return {
        "incident": incident,
        "causes": found.confirmed,
        "open": found.undecided,
        "votes": [verdict.accepted for verdict in found.verdicts],
        "report": await write_report(incident, found.confirmed, found.undecided),
    }
