"""Adversarial verify: skeptics try to refute each claim; it stands when enough of them fail to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from odw.dsl.options import AgentOptions
from odw.patterns import _checks as check
from odw.patterns._prompts import fill
from odw.patterns._section import section
from odw.patterns._shapes import Form
from odw.patterns._votes import Decision, decision, sorted_out

T = TypeVar("T")

PROMPT = (
    "You are skeptic {voter} of {voters}; you do not see what the others answer. Try to refute the claim below: look for evidence "
    "against it before you look for evidence for it. A claim that you can neither refute nor confirm counts as refuted.\n\n"
    "Claim:\n{claim}"
)
VOTE: Form = {
    "type": "object",
    "required": ["refuted", "reason"],
    "properties": {
        "refuted": {"type": "boolean"},
        "reason": {"type": "string", "description": "the strongest evidence, and where it is"},
    },
}


@dataclass(frozen=True, slots=True)
class Verdict(Generic[T]):
    """One claim: how many upheld it, refuted it, abstained (their calls failed), and why, of those who answered."""

    claim: T
    verdict: Decision
    upheld: int
    refuted: int
    abstained: int
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class Verification(Generic[T]):
    """The claims by verdict; ``abstained`` counts the votes that never came."""

    confirmed: list[T]
    refuted: list[T]
    undecided: list[T]
    abstained: int
    verdicts: list[Verdict[T]]


async def adversarial_verify(
    claims: Iterable[T],
    *,
    voters: int = 3,
    needed: int | None = None,
    prompt: str | Callable[[T], str] = PROMPT,
    context: str = "",
    skeptic: AgentOptions | None = None,
) -> Verification[T]:
    """Let ``voters`` skeptics try to refute each claim. docs/patterns/adversarial-verify.md

    ``needed`` of them must uphold a claim to confirm it, more than half unless given; a claim that abstentions leave open is
    undecided. ``prompt`` has holes {claim}, {number}, {voter}, {voters}, or is made from the claim; ``context`` goes before it.
    """
    found = list(claims)
    check.count("voters", voters)
    needed = voters // 2 + 1 if needed is None else check.count("needed", needed)
    if needed > voters:
        raise ValueError(f"needed ({needed}) is more than voters ({voters})")
    if isinstance(prompt, str):
        check.template("prompt", prompt, "claim")
    before = f"{context}\n\n" if context else ""

    def asked(index: int, voter: int) -> tuple[str, dict[str, Any]]:
        values = {"claim": found[index], "number": index + 1, "voter": voter + 1, "voters": voters}
        return before + (fill(prompt, values) if isinstance(prompt, str) else prompt(found[index])), values

    # before the first call, so that a prompt which cannot be made costs nothing
    calls = [[asked(index, voter) for voter in range(voters)] for index in range(len(found))]

    with section("adversarial-verify") as here:

        async def judge(index: int) -> Verdict[T]:
            async def vote(voter: int) -> Any:
                text, values = calls[index][voter]
                return await here.ask(
                    text, values, skeptic, label="refute {number}.{voter}", phase="Verify", form=VOTE
                )

            votes = await here.times(voters, vote)
            cast = [vote for vote in votes if vote is not None]
            upheld = sum(not vote["refuted"] for vote in cast)
            abstained = voters - len(cast)
            verdict = decision(upheld, abstained, needed)
            reasons = [vote["reason"] for vote in cast]
            return Verdict(found[index], verdict, upheld, len(cast) - upheld, abstained, reasons)

        verdicts = [verdict for verdict in await here.times(len(found), judge) if verdict is not None]
        confirmed, refuted, undecided = sorted_out(verdicts)
        abstained = sum(verdict.abstained for verdict in verdicts)
        here.log(
            f"{len(confirmed)} confirmed, {len(refuted)} refuted, {len(undecided)} undecided; "
            f"{abstained} of {len(found) * voters} votes abstained"
        )
        return Verification(confirmed, refuted, undecided, abstained, verdicts)
