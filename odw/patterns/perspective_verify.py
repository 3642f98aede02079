"""Perspective-diverse verify: each claim is examined from several points of view, one agent for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from odw.dsl.options import AgentOptions
from odw.patterns import _checks as check
from odw.patterns._prompts import fill
from odw.patterns._section import section
from odw.patterns._shapes import Form
from odw.patterns._votes import Decision, decision, sorted_out

T = TypeVar("T")

PERSPECTIVES = (
    "whether it is true exactly as it is stated",
    "whether the evidence proves it, or only fits it",
    "whether it matters to those who depend on it",
)
PROMPT = (
    "Examine the claim below from one point of view only: {perspective}. Others examine it from theirs. Accept it only if it "
    "holds from yours.\n\nClaim:\n{claim}"
)
VOTE: Form = {
    "type": "object",
    "required": ["accepted", "reason"],
    "properties": {
        "accepted": {"type": "boolean"},
        "reason": {"type": "string", "description": "what decides it, seen from this point of view"},
    },
}


@dataclass(frozen=True, slots=True)
class Vote:
    """What one point of view says; None in both for one that abstained."""

    perspective: str
    accepted: bool | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Examined(Generic[T]):
    """One claim, and how the points of view decided."""

    claim: T
    verdict: Decision
    accepted: int
    rejected: int
    abstained: int
    votes: list[Vote]


@dataclass(frozen=True, slots=True)
class Examination(Generic[T]):
    """The claims by verdict; ``abstained`` counts the votes that never came."""

    confirmed: list[T]
    refuted: list[T]
    undecided: list[T]
    abstained: int
    verdicts: list[Examined[T]]


async def perspective_verify(
    claims: Iterable[T],
    *,
    perspectives: Sequence[str] = PERSPECTIVES,
    needed: int | None = None,
    prompt: str | Callable[[T, str], str] = PROMPT,
    context: str = "",
    examiner: AgentOptions | None = None,
) -> Examination[T]:
    """Have each claim examined from each of ``perspectives``. docs/patterns/perspective-verify.md

    ``needed`` of them must accept a claim to confirm it, all unless given; a claim that abstentions leave open is undecided.
    ``prompt`` has holes {claim}, {perspective}, {number}, {view}, or is made from claim and perspective; ``context`` goes before it.
    """
    found = list(claims)
    views = check.several("perspectives", perspectives)
    needed = len(views) if needed is None else check.count("needed", needed)
    if needed > len(views):
        raise ValueError(f"needed ({needed}) is more than there are perspectives ({len(views)})")
    if isinstance(prompt, str):
        check.template("prompt", prompt, "claim", "perspective")
    before = f"{context}\n\n" if context else ""

    def asked(index: int, view: int) -> tuple[str, dict[str, Any]]:
        values = {"claim": found[index], "number": index + 1, "perspective": views[view], "view": view + 1}
        made = fill(prompt, values) if isinstance(prompt, str) else prompt(found[index], views[view])
        return before + made, values

    calls = [[asked(index, view) for view in range(len(views))] for index in range(len(found))]

    with section("perspective-verify") as here:

        async def examine(index: int) -> Examined[T]:
            async def vote(view: int) -> Any:
                text, values = calls[index][view]
                return await here.ask(
                    text, values, examiner, label="examine {number}.{view}", phase="Verify", form=VOTE
                )

            answers = await here.times(len(views), vote)
            votes = [
                Vote(view, answer["accepted"], answer["reason"]) if answer else Vote(view, None, None)
                for view, answer in zip(views, answers, strict=True)
            ]
            accepted = sum(vote.accepted is True for vote in votes)
            rejected = sum(vote.accepted is False for vote in votes)
            abstained = len(votes) - accepted - rejected
            verdict = decision(accepted, abstained, needed)
            return Examined(found[index], verdict, accepted, rejected, abstained, votes)

        verdicts = [verdict for verdict in await here.times(len(found), examine) if verdict is not None]
        confirmed, refuted, undecided = sorted_out(verdicts)
        abstained = sum(verdict.abstained for verdict in verdicts)
        here.log(
            f"{len(confirmed)} confirmed, {len(refuted)} refuted, {len(undecided)} undecided; "
            f"{abstained} of {len(found) * len(views)} votes abstained"
        )
        return Examination(confirmed, refuted, undecided, abstained, verdicts)
