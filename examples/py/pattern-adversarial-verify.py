"""Review, then refute: what a reviewer finds is reported only if skeptics fail to refute it.

Why this shape: a reviewer who is asked for bugs finds some, whether there are any or not. Skeptics who are asked to
refute have no reason to be polite, and what they leave standing is worth a person's time.
"""

from typing import Annotated, Any, TypedDict

from pydantic import Field

import odw
from odw.patterns import adversarial_verify


class Review(TypedDict):
    findings: Annotated[list[str], Field(min_length=2, max_length=4)]


@odw.agent(phase="Review")
async def review_of(file: str) -> Review:
    """Review {file}. List each defect in one sentence, with its line."""
    return odw.prompt()


@odw.workflow(phases=["Review", "Verify"])
async def pattern_adversarial_verify(file: str = "src/auth.py") -> dict[str, Any]:
    """Review a file and report only the findings that skeptics could not refute"""
    review = await review_of(file)
    if review is None:
        return {"file": file, "reported": [], "dropped": 0, "undecided": []}
    verdict = await adversarial_verify(
        review["findings"], context=f"The claims are about {file}. Read it.", skeptic={"model": "haiku"}
    )
    return {
        "file": file,
        "reported": verdict.confirmed,
        "dropped": len(verdict.refuted),
        "undecided": verdict.undecided,
    }
