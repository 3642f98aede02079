"""Scout first: a cheap agent looks around and lists what there is to do; the expensive ones do that, and nothing else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar, overload

from odw.dsl.options import AgentOptions
from odw.patterns import _checks as check
from odw.patterns._prompts import fill
from odw.patterns._section import section
from odw.patterns._shapes import form_of, list_form

T = TypeVar("T")
R = TypeVar("R")

SCOUT = (
    "Look around and list the parts of this task that can be worked on by themselves, the most important first. Do not work on "
    "them.\n\nTask: {task}"
)
WORK = "Task: {task}\n\nDo this part of it, and leave the others to others ({number} of {parts}):\n{part}"


@dataclass(frozen=True, slots=True)
class Done(Generic[T, R]):
    """A part of the task and what its worker gave."""

    part: T
    result: R


@dataclass(frozen=True, slots=True)
class Scouted(Generic[T, R]):
    """``scouted`` is False when the scout failed. ``failed`` has the parts whose workers did, ``dropped`` those over the limit."""

    scouted: bool
    results: list[Done[T, R]]
    failed: list[T]
    dropped: list[T]


Worker: TypeAlias = Callable[[T], Awaitable[R | None]]


@overload
async def scout_first(
    task: str,
    schema: type[T],
    *,
    work: Worker[T, R],
    limit: int = ...,
    scout: str = ...,
    scouting: AgentOptions | None = ...,
) -> Scouted[T, R]: ...
@overload
async def scout_first(
    task: str,
    *,
    work: Worker[str, R],
    limit: int = ...,
    scout: str = ...,
    scouting: AgentOptions | None = ...,
) -> Scouted[str, R]: ...
@overload
async def scout_first(
    task: str,
    schema: type[T],
    *,
    result_schema: type[R],
    work: str = ...,
    limit: int = ...,
    scout: str = ...,
    scouting: AgentOptions | None = ...,
    worker: AgentOptions | None = ...,
) -> Scouted[T, R]: ...
@overload
async def scout_first(
    task: str,
    schema: type[T],
    *,
    work: str = ...,
    limit: int = ...,
    scout: str = ...,
    scouting: AgentOptions | None = ...,
    worker: AgentOptions | None = ...,
) -> Scouted[T, str]: ...
@overload
async def scout_first(
    task: str,
    schema: Mapping[str, Any] | None = None,
    *,
    work: str | Worker[Any, Any] = ...,
    result_schema: Mapping[str, Any] | None = ...,
    limit: int = ...,
    scout: str = ...,
    scouting: AgentOptions | None = ...,
    worker: AgentOptions | None = ...,
) -> Scouted[Any, Any]: ...


async def scout_first(
    task: str,
    schema: Any = str,
    *,
    work: str | Worker[Any, Any] = WORK,
    result_schema: Any = None,
    limit: int = 20,
    scout: str = SCOUT,
    scouting: AgentOptions | None = None,
    worker: AgentOptions | None = None,
) -> Scouted[Any, Any]:
    """Have a scout list the parts of ``task``, then each of them done by an agent, ``limit`` at most. docs/patterns/scout-first.md

    ``schema`` is that of a part, ``result_schema`` of what a worker gives. ``scout`` has the hole {task}; ``work`` {task}, {part}, {number},
    {parts}, or is a function of your own that gets the part. ``scouting`` are the options of the scout's call.
    """
    check.words("task", task)
    check.count("limit", limit)
    check.template("scout", scout, "task")
    if isinstance(work, str):
        check.template("work", work, "part")
    form, result_form = list_form("parts", schema), form_of(result_schema)

    with section("scout-first") as here:
        values = {"task": task}
        report = await here.ask(
            fill(scout, values), values, scouting, label="scout", phase="Scout", form=form
        )
        found: list[Any] = report["parts"] if report else []
        parts, dropped = found[:limit], found[limit:]
        if report is None:
            here.log("the scout failed: nothing is worked on")
        if dropped:
            here.log(f"{len(found)} parts found, more than {limit}: {len(dropped)} are dropped")

        async def one(index: int) -> Any:
            if not isinstance(work, str):
                return await here.own(work, parts[index])
            own = {"task": task, "part": parts[index], "number": index + 1, "parts": len(parts)}
            return await here.ask(
                fill(work, own), own, worker, label="work {number}", phase="Work", form=result_form
            )

        answers = await here.times(len(parts), one)
        pairs = list(zip(parts, answers, strict=True))
        results = [Done(part, answer) for part, answer in pairs if answer is not None]
        failed = [part for part, answer in pairs if answer is None]
        here.log(f"{len(results)} of {len(parts)} parts done, {len(failed)} failed")
        return Scouted(report is not None, results, failed, dropped)
