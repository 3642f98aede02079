"""Completeness critic: one agent says what a piece of work lacks, others add it, until nothing is missing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeAlias, TypeVar, overload

from odw.dsl.options import AgentOptions
from odw.patterns import _checks as check
from odw.patterns._prompts import fill, text
from odw.patterns._section import section
from odw.patterns._shapes import Form

T = TypeVar("T")
A = TypeVar("A")

CRITIC = (
    "Say what is missing from the work below for the task: what the task asks for and the work does not have. Not what could be "
    "better, and at most {limit}, the most important first. Nothing, if it is complete.\n\nTask: {task}\n\nWork:\n{work}"
)
FILL = "Task: {task}\n\nThe work so far:\n{work}\n\nThis is missing from it:\n{gap}\n\nWrite what is missing, and only that."


@dataclass(frozen=True, slots=True)
class Addition(Generic[A]):
    """What was added for a gap, and in which round."""

    gap: str
    answer: A
    round: int


@dataclass(frozen=True, slots=True)
class Completed(Generic[T, A]):
    """``work`` is as it was given, ``added`` what it lacked. ``open`` has the gaps of the last round that nobody could fill.

    ``abstained`` counts the calls that failed, of critic and fillers.
    """

    complete: bool
    work: T
    added: list[Addition[A]]
    open: list[str]
    rounds: int
    stopped: Literal["complete", "rounds", "failed"]
    abstained: int


Filler: TypeAlias = Callable[[str], Awaitable[A | None]]


@overload
async def completeness_critic(
    task: str,
    work: T,
    *,
    fill: Filler[A],
    rounds: int = ...,
    limit: int = ...,
    critique: str = ...,
    critic: AgentOptions | None = ...,
) -> Completed[T, A]: ...
@overload
async def completeness_critic(
    task: str,
    work: T,
    *,
    fill: str = ...,
    rounds: int = ...,
    limit: int = ...,
    critique: str = ...,
    critic: AgentOptions | None = ...,
    filler: AgentOptions | None = ...,
) -> Completed[T, str]: ...


async def completeness_critic(
    task: str,
    work: Any,
    *,
    fill: str | Filler[Any] = FILL,
    rounds: int = 3,
    limit: int = 5,
    critique: str = CRITIC,
    critic: AgentOptions | None = None,
    filler: AgentOptions | None = None,
) -> Completed[Any, Any]:
    """Ask what ``work`` lacks and have it added, ``rounds`` times at most. docs/patterns/completeness-critic.md

    A critic names up to ``limit`` gaps in a round. ``critique`` has holes {task}, {work}, {limit}; ``fill`` {task}, {work}, {gap}, or is a
    function of your own that gets the gap. {work} includes what was added in earlier rounds.
    """
    check.words("task", task)
    check.count("rounds", rounds)
    check.count("limit", limit)
    check.template("critique", critique, "work")
    if isinstance(fill, str):
        check.template("fill", fill, "gap")
    gaps_form = {"type": "array", "maxItems": limit, "items": {"type": "string"}}
    form: Form = {"type": "object", "required": ["gaps"], "properties": {"gaps": gaps_form}}

    with section("completeness-critic") as here:
        added: list[Addition[Any]] = []
        left: list[str] = []
        round = abstained = 0
        stopped: Literal["complete", "rounds", "failed"] = "rounds"
        while round < rounds:
            round += 1
            values = {"task": task, "work": _whole(work, added), "limit": limit, "round": round}
            prompt = _filled(critique, values)
            found = await here.ask(
                prompt, values, critic, label="critic {round}", phase="Critique", form=form
            )
            if found is None:
                abstained += 1
                stopped = "failed"
                break
            gaps: list[str] = found["gaps"]
            if not gaps:
                left, stopped = [], "complete"
                break

            async def supply(index: int, gaps: list[str] = gaps, values: dict[str, Any] = values) -> Any:
                if not isinstance(fill, str):
                    return await here.own(fill, gaps[index])
                own = {**values, "gap": gaps[index], "number": index + 1}
                return await here.ask(
                    _filled(fill, own), own, filler, label="fill {round}.{number}", phase="Fill"
                )

            answers = await here.times(len(gaps), supply)
            pairs = list(zip(gaps, answers, strict=True))
            left = [gap for gap, answer in pairs if answer is None]
            added += [Addition(gap, answer, round) for gap, answer in pairs if answer is not None]
            abstained += len(left)
            here.log(f"round {round}: {len(gaps)} missing, {len(gaps) - len(left)} added")
        if stopped == "failed":
            here.log(f"the critic of round {round} failed")
        elif stopped == "rounds":
            here.log(f"stopped after {rounds} rounds, before it was complete")
        return Completed(stopped == "complete", work, added, left, round, stopped, abstained)


_filled = fill  # where ``fill`` is the parameter


def _whole(work: Any, added: list[Addition[Any]]) -> str:
    more = [f"Added, as this was missing: {entry.gap}\n{text(entry.answer)}" for entry in added]
    return "\n\n".join([text(work), *more])
