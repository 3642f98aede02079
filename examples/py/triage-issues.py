"""Classify and route: a cheap model sorts the issues, each class gets the handler and the model that it deserves.

Why this shape: most items are easy. A small classifier with an enum schema costs little, plain code routes, and only
the hard class reaches the expensive model. Confidence below the threshold is escalated rather than guessed.
"""

import json
from collections import Counter
from typing import Annotated, Literal, TypedDict

from pydantic import Field

import odw


class Issue(TypedDict):
    id: int
    title: str


class Verdict(TypedDict):
    kind: Literal["bug", "feature", "question", "spam"]
    confidence: Annotated[float, Field(ge=0, le=1)]


@odw.agent(label="classify #{issue[id]}", phase="Classify")
async def classify(issue: Issue) -> Verdict:
    """Classify this issue: {issue[title]}"""
    return odw.prompt()


@odw.agent(model="opus", effort="high")
async def find_cause(issue: Issue) -> str:
    """Find the likely cause of this bug and a minimal reproduction: {issue[title]}"""
    return odw.prompt()


@odw.agent(model="sonnet")
async def estimate(issue: Issue) -> str:
    """Estimate the size of this feature and what it touches: {issue[title]}"""
    return odw.prompt()


@odw.agent(model="haiku")
async def answer(issue: Issue) -> str:
    """Answer from the documentation: {issue[title]}"""
    return odw.prompt()


HANDLERS = {"bug": find_cause, "feature": estimate, "question": answer}


async def handle(verdict: Verdict, issue: Issue) -> dict[str, object]:
    if verdict["confidence"] < 0.2:
        return {"id": issue["id"], "kind": "needs a human", "answer": None}
    handler = HANDLERS.get(verdict["kind"])
    text = await handler(issue) if handler else "closed"
    return {"id": issue["id"], "kind": verdict["kind"], "answer": text}


ISSUES: list[Issue] = [
    {"id": 101, "title": "Crash when the file is empty"},
    {"id": 102, "title": "Please add dark mode"},
    {"id": 103, "title": "How do I configure a proxy?"},
    {"id": 104, "title": "CHEAP WATCHES!!!"},
    {"id": 105, "title": "Wrong total when the discount is 100 %"},
]


@odw.workflow(phases=[{"title": "Classify", "model": "haiku"}, {"title": "Handle"}])
async def triage_issues(issues: list[Issue] = ISSUES) -> dict[str, object]:
    """Classify issues with a small model and route each to the right handler"""
    routed = await odw.pipeline(issues, classify, handle)
    counts = Counter(entry["kind"] for entry in routed if entry)
    odw.log(f"routed: {json.dumps(counts, separators=(',', ':'))}")
    return {"counts": counts, "routed": routed}
