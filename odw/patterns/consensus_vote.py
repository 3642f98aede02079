"""Consensus vote: voters choose among options by themselves; a tie is broken by one more, who sees their reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from odw.dsl.options import AgentOptions
from odw.patterns import _checks as check
from odw.patterns._prompts import bullets, fill, text
from odw.patterns._section import section

S = TypeVar("S", bound=str)

ABSTAIN = "abstain"
PROMPT = (
    'You are voter {voter} of {voters}; the others vote by themselves. Choose one of the options, or "abstain" if you cannot tell.\n\n'
    "Question: {question}\n\nOptions:\n{options}"
)
TIEBREAK = (
    "The votes on this question are tied. Weigh the reasons, not their number, and choose one of the options that are left, or "
    '"abstain" if they are equally good.\n\nQuestion: {question}\n\nOptions:\n{options}\n\nReasons given:\n{reasons}'
)


@dataclass(frozen=True, slots=True)
class Ballot(Generic[S]):
    """One vote: an option or "abstain"; None in both for a voter whose call failed."""

    voter: int
    choice: S | Literal["abstain"] | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Count(Generic[S]):
    """The votes for one option."""

    option: S
    votes: int


@dataclass(frozen=True, slots=True)
class Consensus(Generic[S]):
    """``winner`` is None when ``decided`` is "no quorum" or "tie"; ``abstained`` said so, ``failed`` gave no answer."""

    winner: S | None
    decided: Literal["majority", "plurality", "tie-break", "tie", "no quorum"]
    tally: list[Count[S]]
    abstained: int
    failed: int
    votes: list[Ballot[S]]


async def consensus_vote(
    question: str,
    options: Sequence[S],
    *,
    voters: int = 5,
    quorum: int | None = None,
    prompt: str = PROMPT,
    tiebreak: str = TIEBREAK,
    voter: AgentOptions | None = None,
    tiebreaker: AgentOptions | None = None,
) -> Consensus[S]:
    """Decide ``question`` by vote. docs/patterns/consensus-vote.md

    ``quorum`` votes, more than half unless given, must be cast for a decision; who abstains casts none. ``prompt`` has holes {question},
    {options}, {voter}, {voters}; ``tiebreak`` {question}, {options}, {reasons}.
    """
    check.words("question", question)
    known: list[S] = check.several("options", options, 2)
    for index, option in enumerate(known):
        if not isinstance(option, str) or option == ABSTAIN or option in known[:index]:
            raise ValueError(
                f'expected options as different texts other than "{ABSTAIN}", found {text(option)}'
            )
    check.count("voters", voters)
    quorum = voters // 2 + 1 if quorum is None else check.count("quorum", quorum)
    if quorum > voters:
        raise ValueError(f"quorum ({quorum}) is more than voters ({voters})")
    check.template("prompt", prompt, "options")
    check.template("tiebreak", tiebreak, "options")

    with section("consensus-vote") as here:

        async def vote(index: int) -> Any:
            # each voter reads the options from another one on, so that a liking for the first cancels out
            start = index % len(known)
            rotated = bullets([*known[start:], *known[:start]])
            values = {"question": question, "options": rotated, "voter": index + 1, "voters": voters}
            return await here.ask(
                fill(prompt, values), values, voter, label="vote {voter}", phase="Vote", form=_ballot(known)
            )

        votes: list[Ballot[S]] = [
            Ballot(number, answer["choice"], answer["reason"]) if answer else Ballot(number, None, None)
            for number, answer in enumerate(await here.times(voters, vote), 1)
        ]
        failed = sum(entry.choice is None for entry in votes)
        abstained = sum(entry.choice == ABSTAIN for entry in votes)
        cast = voters - failed - abstained
        tally = [Count(option, sum(entry.choice == option for entry in votes)) for option in known]
        most = max(entry.votes for entry in tally)
        leading = [entry.option for entry in tally if entry.votes == most]

        winner: S | None = None
        decided: Literal["majority", "plurality", "tie-break", "tie", "no quorum"] = "no quorum"
        if cast >= quorum and len(leading) == 1:
            winner, decided = leading[0], "majority" if 2 * most > cast else "plurality"
        elif cast >= quorum:
            reasons = [f"{entry.choice}: {entry.reason}" for entry in votes if entry.choice in leading]
            values = {"question": question, "options": bullets(leading), "reasons": bullets(reasons)}
            last = await here.ask(
                fill(tiebreak, values),
                values,
                tiebreaker,
                label="tie-break",
                phase="Tie-break",
                form=_ballot(leading),
            )
            winner = last["choice"] if last is not None and last["choice"] != ABSTAIN else None
            decided = "tie" if winner is None else "tie-break"
        here.log(
            f"{'no decision' if winner is None else winner} ({decided}); "
            f"{cast} of {voters} votes cast, {abstained} abstained, {failed} failed"
        )
        return Consensus(winner, decided, tally, abstained, failed, votes)


def _ballot(choices: Sequence[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["choice", "reason"],
        "properties": {"choice": {"enum": [*choices, ABSTAIN]}, "reason": {"type": "string"}},
    }
