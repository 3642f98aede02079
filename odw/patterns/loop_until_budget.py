"""Loop until budget: rounds of agents as long as the budget holds, with a reserve for what comes after."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeAlias, TypeVar, overload

from odw.dsl.hooks import budget
from odw.dsl.options import AgentOptions
from odw.patterns import _checks as check
from odw.patterns._prompts import bullets, fill, text
from odw.patterns._section import section
from odw.patterns._shapes import form_of
from odw.runtime.halts import BudgetExhausted, CapReached

T = TypeVar("T")
Stop: TypeAlias = Literal["budget", "cap", "rounds", "failed"]

PROMPT = (
    "{task}\n\nThis is round {round}; you are number {number} of {batch}. Give something that is not in the list below.\n\n"
    "So far:\n{known}"
)
SILENT = 2  # rounds without one answer, after which it is of no use to go on
_UNASKED = object()


@dataclass(frozen=True, slots=True)
class Turn(Generic[T]):
    """What a worker of your own is told: the round and its number in it, both from 1, and all answers so far."""

    round: int
    number: int
    results: list[T]


@dataclass(frozen=True, slots=True)
class Yield(Generic[T]):
    """The answers in their order. ``spent`` is in the budget's unit; ``unasked`` calls were forbidden in the middle of a round."""

    results: list[T]
    rounds: int
    stopped: Stop
    spent: float
    abstained: int
    unasked: int


Worker: TypeAlias = Callable[[Turn[T]], Awaitable[T | None]]


@overload
async def loop_until_budget(
    task: Worker[T], *, batch: int = ..., rounds: int = ..., reserve: float = ...
) -> Yield[T]: ...
@overload
async def loop_until_budget(
    task: str,
    schema: type[T],
    *,
    batch: int = ...,
    rounds: int = ...,
    reserve: float = ...,
    shown: int = ...,
    prompt: str = ...,
    worker: AgentOptions | None = ...,
) -> Yield[T]: ...
@overload
async def loop_until_budget(
    task: str,
    schema: Mapping[str, Any],
    *,
    batch: int = ...,
    rounds: int = ...,
    reserve: float = ...,
    shown: int = ...,
    prompt: str = ...,
    worker: AgentOptions | None = ...,
) -> Yield[Any]: ...
@overload
async def loop_until_budget(
    task: str,
    *,
    batch: int = ...,
    rounds: int = ...,
    reserve: float = ...,
    shown: int = ...,
    prompt: str = ...,
    worker: AgentOptions | None = ...,
) -> Yield[str]: ...


async def loop_until_budget(
    task: str | Worker[Any],
    schema: Any = None,
    *,
    batch: int = 3,
    rounds: int = 10,
    reserve: float = 0,
    shown: int = 20,
    prompt: str = PROMPT,
    worker: AgentOptions | None = None,
) -> Yield[Any]:
    """Collect answers in rounds of ``batch`` calls, until another round would go into ``reserve``. docs/patterns/loop-until-budget.md

    At most ``rounds``, which is all that ends it when the run has no budget. ``schema`` is that of an answer, a type or a JSON Schema; text
    without one. ``task`` may be a worker of your own. ``prompt`` has holes {task}, {round}, {number}, {batch}, {known}, which
    holds the latest ``shown`` answers.
    """
    check.count("batch", batch)
    check.count("rounds", rounds)
    check.amount("reserve", reserve)
    check.count("shown", shown)
    if not callable(task):
        check.words("task", task)
    check.words("prompt", prompt)
    form = form_of(schema)

    with section("loop-until-budget") as here:

        async def answer_of(turn: Turn[Any], known: str) -> Any:
            if callable(task):
                return await here.own(task, turn)
            values = {
                "task": task,
                "round": turn.round,
                "number": turn.number,
                "batch": batch,
                "known": known,
            }
            label = "round {round}.{number}"
            asked = fill(prompt, values)
            return await here.ask(asked, values, worker, label=label, phase="Rounds", form=form)

        results: list[Any] = []
        begun = budget.spent()
        round = silent = abstained = unasked = 0
        stopped: Stop | None = None
        if budget.total is None:
            here.log(f"no budget is set: it stops after {rounds} rounds")
        while True:
            mean = (budget.spent() - begun) / round if round else 0
            if budget.total is not None and budget.remaining() <= reserve + mean:
                stopped = "budget"
            elif round == rounds:
                stopped = "rounds"
            elif silent == SILENT:
                stopped = "failed"
            if stopped is not None:
                break
            round += 1
            known = bullets([text(result) for result in results[-shown:]]) or "(nothing yet)"
            if len(results) > shown and not callable(task):
                here.log(f"the prompts of round {round} name the latest {shown} of {len(results)} answers")
            given: list[Any] = [_UNASKED] * batch
            so_far = list(results)

            async def one(
                index: int,
                round: int = round,
                known: str = known,
                given: list[Any] = given,
                so_far: list[Any] = so_far,
            ) -> None:
                nonlocal stopped
                try:
                    given[index] = await answer_of(Turn(round, index + 1, list(so_far)), known)
                except BudgetExhausted:
                    stopped = "budget"
                except CapReached:
                    stopped = "cap"

            await here.times(batch, one)
            came = [answer for answer in given if answer is not _UNASKED and answer is not None]
            asked = sum(answer is not _UNASKED for answer in given)
            unasked += batch - asked
            abstained += asked - len(came)
            silent = 0 if came else silent + 1
            results += came
            if stopped is not None:
                break
        spent = budget.spent() - begun
        here.log(
            f"{len(results)} answers in {round} rounds, stopped by {stopped}; "
            f"{abstained} abstained, {unasked} could not be asked any more"
        )
        return Yield(results, round, stopped, spent, abstained, unasked)
