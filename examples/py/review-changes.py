"""Review changed files from several angles, then try to refute every finding before reporting it.

Why this shape: one reviewer misses things and invents others. Several narrow reviewers find more; independent
skeptics, told to refute, remove what is not real. Reviewing and verifying form a pipeline, so the findings of the
first dimension are being verified while the last one is still being reviewed.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

import odw

DIMENSIONS = {
    "correctness": "logic errors, wrong edge cases, broken error handling",
    "security": "injection, missing authorization, secrets, unsafe deserialization",
    "performance": "needless quadratic work, blocking calls, repeated I/O",
}
SKEPTICS = 3
SEVERITIES = ["high", "medium", "low"]


class Finding(BaseModel):
    title: Annotated[str, Field(min_length=8, max_length=120)]
    file: str
    severity: Literal["high", "medium", "low"]


class Review(BaseModel):
    model_config = ConfigDict(extra="forbid")

    findings: Annotated[list[Finding], Field(max_length=4)]


class Verdict(BaseModel):
    refuted: bool
    reason: str


class Verified(Finding):
    dimension: str
    standing: int
    confirmed: bool


@odw.agent(label="review:{dimension}", phase="Review")
async def review(dimension: str, scope: str) -> Review:
    return odw.prompt(f"Review {scope}\nLook only for {dimension} problems: {DIMENSIONS[dimension]}.")


@odw.agent(label="verify:{dimension}", phase="Verify")
async def refute(skeptic: int, dimension: str, finding: Finding) -> Verdict:
    return odw.prompt(
        f"Skeptic {skeptic} of {SKEPTICS}. Try to refute this {dimension} finding in {finding.file}: "
        f'"{finding.title}". Read the code. If you are not certain that it is real, refuted is true.'
    )


async def verify(finding: Finding, dimension: str) -> Verified:
    skeptics = range(1, SKEPTICS + 1)
    votes = await odw.parallel([refute(skeptic, dimension, finding) for skeptic in skeptics])
    standing = sum(not vote.refuted for vote in votes if vote)
    confirmed = standing * 2 > SKEPTICS
    return Verified(**finding.model_dump(), dimension=dimension, standing=standing, confirmed=confirmed)


@odw.workflow(
    phases=[
        {"title": "Review", "detail": "one reviewer per dimension"},
        {"title": "Verify", "detail": "three skeptics per finding, majority rules"},
    ],
    when_to_use="Before merging a change that matters: many angles, few false alarms",
)
async def review_changes(files: list[str] | None = None) -> dict[str, object]:
    """Review changed files across dimensions and adversarially verify each finding"""
    listing = "\n".join(f"- {file}" for file in files or [])
    scope = f"these files:\n{listing}" if files else "the current diff"

    async def review_dimension(dimension: str) -> Review | None:
        return await review(dimension, scope)

    async def verify_all(found: Review, dimension: str) -> list[Verified | None]:
        return await odw.parallel([verify(finding, dimension) for finding in found.findings])

    reviewed = await odw.pipeline(DIMENSIONS, review_dimension, verify_all)
    found = [finding for findings in reviewed if findings for finding in findings if finding]
    confirmed = sorted(
        (finding for finding in found if finding.confirmed),
        key=lambda finding: (SEVERITIES.index(finding.severity), finding.file),
    )
    odw.log(f"{len(found)} findings, {len(confirmed)} survived verification")
    return {"reviewed": list(DIMENSIONS), "found": len(found), "confirmed": confirmed}
