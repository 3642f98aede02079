"""Deep research: split a question, research each part from several angles, cross-check claims, write with citations.

Why this shape: sub-questions are independent, so they fan out; claims are deduplicated in plain code, which costs
nothing; only claims that more than one source supports, or that survive a check, reach the report.
"""

import re
from dataclasses import dataclass, field
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, Field

import odw


class Plan(BaseModel):
    questions: Annotated[list[Annotated[str, Field(min_length=5)]], Field(min_length=2, max_length=4)]


class Claim(BaseModel):
    text: Annotated[str, Field(min_length=5)]
    source: str
    confidence: Annotated[float, Field(ge=0, le=1)]


class Claims(BaseModel):
    claims: Annotated[list[Claim], Field(min_length=1, max_length=3)]


SUPPORTED = {
    "type": "object",
    "required": ["supported"],
    "properties": {"supported": {"type": ["boolean", "null"]}},
}


class Angle(NamedTuple):
    question: str
    where: str


@dataclass
class Merged:
    """One claim, with all the sources that make it."""

    text: str
    sources: list[str] = field(default_factory=list)
    confidence: float = 0.0
    why: str = ""

    def add(self, claim: Claim) -> None:
        if claim.source not in self.sources:
            self.sources.append(claim.source)
        self.confidence = max(self.confidence, claim.confidence)


@odw.agent(label="plan")
async def split(question: str) -> Plan:
    """Split into independent sub-questions: {question}"""
    return odw.prompt()


@odw.agent(label="{angle.where}: {angle.question}", phase="Research")
async def research(angle: Angle) -> Claims:
    """Research in {angle.where}: {angle.question}"""
    return odw.prompt()


@odw.agent(label="check claim", schema=SUPPORTED)
async def check(text: str, source: str) -> dict[str, Any]:
    """Is this supported by its source ({source})? "{text}\""""
    return odw.prompt()


@odw.agent(label="report")
async def write_report(question: str, kept: list[dict[str, Any]]) -> str:
    listing = "\n".join(f"[{claim['id']}] {claim['text']} ({'; '.join(claim['sources'])})" for claim in kept)
    return f'Answer "{question}" using only these claims, citing them like [1].\n{listing}'


def normalised(text: str) -> str:
    return re.sub(r"\s+", " ", text.lower()).rstrip(".,;:!?").strip()


async def cross_check(claim: Merged) -> Merged | None:
    if len(claim.sources) > 1:
        claim.why = "several sources"
        return claim
    verdict = await check(claim.text, claim.sources[0])
    claim.why = "checked"
    return claim if verdict and verdict["supported"] else None


@odw.workflow(
    phases=[
        "Plan",
        {"title": "Research", "detail": "web and papers per sub-question", "model": "haiku"},
        "Check",
        "Report",
    ],
    when_to_use="A question whose answer needs several sources that may disagree",
)
async def deep_research(
    question: str = "What limits the accuracy of long-context models?",
) -> dict[str, object]:
    """Break a question down, research in parallel, cross-check the claims, write a cited report"""
    odw.phase("Plan")
    plan = await split(question)
    if plan is None:
        return {"ok": False, "error": "no plan"}

    claims: dict[str, Merged] = {}

    def collect(found: Claims) -> None:
        for claim in found.claims:
            claims.setdefault(normalised(claim.text), Merged(claim.text)).add(claim)

    angles = [Angle(part, where) for part in plan.questions for where in ("the web", "research papers")]
    await odw.pipeline(angles, research, collect)

    odw.phase("Check")
    checked = await odw.parallel_map(cross_check, claims.values())
    kept = [
        {"id": number, "text": claim.text, "sources": sorted(claim.sources), "why": claim.why}
        for number, claim in enumerate(filter(None, checked), 1)
    ]
    odw.log(f"{len(claims)} claims, {len(kept)} kept")

    odw.phase("Report")
    report = await write_report(question, kept)
    return {"question": question, "subquestions": len(plan.questions), "kept": kept, "report": report}
