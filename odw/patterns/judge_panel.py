"""Judge panel: candidates, given or proposed from different angles, are scored by judges who each care about one thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast, overload

from odw.dsl.options import AgentOptions
from odw.patterns import _checks as check
from odw.patterns._prompts import bullets, fill
from odw.patterns._section import section
from odw.patterns._shapes import Form

T = TypeVar("T")

ANGLES = (
    "the simplest thing that works",
    "the most robust under failure",
    "the cheapest to run and to change",
)
JUDGES = ("one who will maintain it for years", "one who is called when it fails", "one who has to use it")
PROPOSE = "Task: {task}\n\nPropose one solution, and aim for {angle}. Others aim for other things."
JUDGE = (
    "As {judge}, score this candidate from 0 (useless) to 10 (could not be better). Others score it for other qualities.\n\n"
    "Task: {task}\n\nCandidate:\n{candidate}"
)
REFINE = (
    "Task: {task}\n\nRefine this candidate: keep its strengths, mend its weaknesses, and take over the best of the others.\n\n"
    "Candidate:\n{candidate}\n\nIts weaknesses, as the judges named them:\n{weaknesses}\n\nStrengths of the others:\n{strengths}"
)
SCORE: Form = {
    "type": "object",
    "required": ["score", "strength", "weakness"],
    "properties": {
        "score": {"type": "integer", "minimum": 0, "maximum": 10},
        "strength": {"type": "string"},
        "weakness": {"type": "string"},
    },
}


@dataclass(frozen=True, slots=True)
class Score:
    """What one judge says of a candidate; ``score`` from 0 to 10."""

    judge: str
    score: int
    strength: str
    weakness: str


@dataclass(frozen=True, slots=True)
class Judged(Generic[T]):
    """A candidate with its scores; ``angle`` is None for one that was given, ``mean`` for one that nobody scored."""

    candidate: T
    angle: str | None
    mean: float | None
    abstained: int
    scores: list[Score]


@dataclass(frozen=True, slots=True)
class Panel(Generic[T]):
    """``ranking`` has the best first. ``tied``: another has the winner's mean. ``failed`` names the angles without a proposal.

    ``final`` is the refined winner, None when that was not wanted or failed; ``abstained`` counts the scores that never came.
    """

    winner: Judged[T] | None
    tied: bool
    ranking: list[Judged[T]]
    unranked: list[Judged[T]]
    failed: list[str]
    final: str | None
    abstained: int


@overload
async def judge_panel(
    task: str,
    candidates: Iterable[T],
    *,
    judges: Sequence[str] = ...,
    score: str = ...,
    refine: bool | str = ...,
    judge: AgentOptions | None = ...,
    refiner: AgentOptions | None = ...,
) -> Panel[T]: ...
@overload
async def judge_panel(
    task: str,
    candidates: None = None,
    *,
    angles: Sequence[str] = ...,
    judges: Sequence[str] = ...,
    propose: str = ...,
    score: str = ...,
    refine: bool | str = ...,
    proposer: AgentOptions | None = ...,
    judge: AgentOptions | None = ...,
    refiner: AgentOptions | None = ...,
) -> Panel[str]: ...


async def judge_panel(
    task: str,
    candidates: Iterable[Any] | None = None,
    *,
    angles: Sequence[str] = ANGLES,
    judges: Sequence[str] = JUDGES,
    propose: str = PROPOSE,
    score: str = JUDGE,
    refine: bool | str = True,
    proposer: AgentOptions | None = None,
    judge: AgentOptions | None = None,
    refiner: AgentOptions | None = None,
) -> Panel[Any]:
    """Rank ``candidates``, or one proposal for each of ``angles``, by the mean of the judges' scores. docs/patterns/judge-panel.md

    ``refine`` is False, True, or a prompt of your own. Prompts have holes: ``propose`` {task}, {angle}; ``score`` {task}, {candidate},
    {judge}; ``refine`` {task}, {candidate}, {weaknesses}, {strengths}.
    """
    check.words("task", task)
    angles, judges = check.several("angles", angles), check.several("judges", judges)
    check.template("propose", propose, "angle")
    check.template("score", score, "candidate")
    refining = check.template("refine", REFINE if refine is True else refine or REFINE, "candidate")
    given = None if candidates is None else check.several("candidates", candidates)

    with section("judge-panel") as here:
        if given is None:
            proposals = await _proposals(here, task, angles, propose, proposer)
            entries = [
                (text, angle) for text, angle in zip(proposals, angles, strict=True) if text is not None
            ]
            failed = [angle for text, angle in zip(proposals, angles, strict=True) if text is None]
        else:
            entries, failed = [(candidate, None) for candidate in given], []

        async def scored(index: int) -> Judged[Any]:
            candidate, angle = entries[index]

            async def one(seat: int) -> Any:
                values = {
                    "task": task,
                    "candidate": candidate,
                    "judge": judges[seat],
                    "number": index + 1,
                    "seat": seat + 1,
                }
                label = "judge {number}.{seat}"
                return await here.ask(
                    fill(score, values), values, judge, label=label, phase="Judge", form=SCORE
                )

            answers = await here.times(len(judges), one)
            scores = [
                Score(name, answer["score"], answer["strength"], answer["weakness"])
                for name, answer in zip(judges, answers, strict=True)
                if answer is not None
            ]
            mean = sum(entry.score for entry in scores) / len(scores) if scores else None
            return Judged(candidate, angle, mean, len(judges) - len(scores), scores)

        judged = [entry for entry in await here.times(len(entries), scored) if entry is not None]
        ranking = sorted(
            (entry for entry in judged if entry.mean is not None), key=lambda entry: -(entry.mean or 0)
        )
        unranked = [entry for entry in judged if entry.mean is None]
        abstained = sum(entry.abstained for entry in judged)
        tied = len(ranking) > 1 and ranking[1].mean == ranking[0].mean
        here.log(
            f"{len(ranking)} ranked, {len(unranked)} not, {len(failed)} not proposed; "
            f"{abstained} of {len(judged) * len(judges)} scores abstained"
            f"{'; the first place is shared, the earlier wins' if tied else ''}"
        )
        final = await _refined(here, task, ranking, refining, refiner) if refine and ranking else None
        winner = ranking[0] if ranking else None
        return Panel(winner, tied, ranking, unranked, failed, final, abstained)


async def _proposals(
    here: section, task: str, angles: Sequence[str], propose: str, proposer: AgentOptions | None
) -> list[str | None]:
    async def proposal(index: int) -> str | None:
        values = {"task": task, "angle": angles[index], "number": index + 1}
        made = await here.ask(
            fill(propose, values), values, proposer, label="propose {number}", phase="Propose"
        )
        return cast("str | None", made)

    return await here.times(len(angles), proposal)


async def _refined(
    here: section, task: str, ranking: list[Judged[Any]], refine: str, refiner: AgentOptions | None
) -> str | None:
    winner, *others = ranking
    strengths = [score.strength for entry in others for score in entry.scores]
    values = {
        "task": task,
        "candidate": winner.candidate,
        "weaknesses": bullets([score.weakness for score in winner.scores]),
        "strengths": bullets(strengths) or "(there are none)",
    }
    made = await here.ask(fill(refine, values), values, refiner, label="refine", phase="Refine")
    return cast("str | None", made)
