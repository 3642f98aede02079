"""Tournament: candidates meet in pairs, judges say which is better, the winner of a match goes on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from odw.dsl.options import AgentOptions
from odw.patterns import _checks as check
from odw.patterns._prompts import fill
from odw.patterns._section import section
from odw.patterns._shapes import Form

T = TypeVar("T")

PROMPT = (
    "Judge {judge}: which of the two does the task better? Judge what they say, not how long they are or which comes first.\n\n"
    "Task: {task}\n\nA:\n{a}\n\nB:\n{b}"
)
BETTER: Form = {
    "type": "object",
    "required": ["better", "reason"],
    "properties": {"better": {"enum": ["A", "B"]}, "reason": {"type": "string"}},
}


@dataclass(frozen=True, slots=True)
class Match:
    """One match between the candidates at places ``a`` and ``b``, from 0; ``votes`` for each. Without an opponent ``b`` is None.

    ``decided`` by the votes, by the tie-break, by the seed (the earlier of two that nothing tells apart), or by a bye.
    """

    a: int
    b: int | None
    winner: int
    votes: tuple[int, int]
    abstained: int
    decided: Literal["votes", "tie-break", "seed", "bye"]


@dataclass(frozen=True, slots=True)
class Bracket(Generic[T]):
    """``winner`` is the candidate at ``place``; ``abstained`` counts the votes that never came."""

    winner: T
    place: int
    rounds: list[list[Match]]
    abstained: int


async def tournament(
    task: str,
    candidates: Iterable[T],
    *,
    judges: int = 3,
    prompt: str = PROMPT,
    judge: AgentOptions | None = None,
) -> Bracket[T]:
    """Find the best of ``candidates`` by comparing them in pairs, ``judges`` to a match. docs/patterns/tournament.md

    ``prompt`` has holes {task}, {a}, {b}, {judge}. A match whose votes are equal has a tie-break by one more judge.
    """
    check.words("task", task)
    field = check.several("candidates", candidates)
    check.count("judges", judges)
    check.template("prompt", prompt, "a", "b")

    with section("tournament") as here:

        async def compare(seat: int, facts: dict[str, int], label: str, swapped: bool) -> int | None:
            first, second = (facts["b"], facts["a"]) if swapped else (facts["a"], facts["b"])
            values = {**facts, "task": task, "a": field[first], "b": field[second], "judge": seat + 1}
            text = fill(prompt, values)
            answer = await here.ask(text, values, judge, label=label, phase="Matches", form=BETTER)
            if answer is None:
                return None
            return first if answer["better"] == "A" else second

        async def play(round: int, number: int, a: int, b: int) -> Match:
            facts = {"round": round, "match": number, "a": a, "b": b}

            # every second judge sees the pair the other way round, so that a liking for the first place cancels out
            async def vote(seat: int) -> int | None:
                return await compare(seat, facts, "match {round}.{match}, judge {judge}", seat % 2 == 1)

            answers = await here.times(judges, vote)
            votes = answers.count(a), answers.count(b)
            abstained = judges - sum(votes)
            if votes[0] != votes[1]:
                return Match(a, b, a if votes[0] > votes[1] else b, votes, abstained, "votes")
            last = await compare(judges, facts, "match {round}.{match}, tie-break", False)
            winner = a if last is None else last
            return Match(a, b, winner, votes, abstained, "seed" if last is None else "tie-break")

        rounds: list[list[Match]] = []
        left = list(range(len(field)))
        while len(left) > 1:
            round = len(rounds) + 1
            pairs = list(zip(left[::2], left[1::2], strict=False))

            async def match(index: int, round: int = round, pairs: list[tuple[int, int]] = pairs) -> Match:
                return await play(round, index + 1, *pairs[index])

            played = [entry for entry in await here.times(len(pairs), match) if entry is not None]
            # the one without an opponent comes first in the next round, so that it meets one there
            bye = [Match(left[-1], None, left[-1], (0, 0), 0, "bye")] if len(left) % 2 else []
            rounds.append([*bye, *played])
            left = [entry.winner for entry in rounds[-1]]
            here.log(f"round {round}: {len(played)} matches, {len(left)} left")
        abstained = sum(entry.abstained for entries in rounds for entry in entries)
        return Bracket(field[left[0]], left[0], rounds, abstained)
