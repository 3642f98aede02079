"""Loop until dry: finders search in rounds until so many rounds in a row bring nothing new."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeAlias, TypeVar, overload

from odw.dsl.json_values import plain
from odw.dsl.options import AgentOptions
from odw.patterns import _checks as check
from odw.patterns._prompts import bullets, fill, text
from odw.patterns._section import section
from odw.patterns._shapes import list_form

T = TypeVar("T")

PROMPT = (
    "{task}\n\nThis is round {round}; you are finder {finder} of {finders}. Report only what is not in the list below, and nothing "
    "that you doubt: an empty answer is a good one when there is nothing more.\n\nKnown already:\n{known}"
)


@dataclass(frozen=True, slots=True)
class Search(Generic[T]):
    """What a finder of your own is told: the round and its number, both from 1, and all that is known."""

    round: int
    finder: int
    known: list[T]


@dataclass(frozen=True, slots=True)
class Harvest(Generic[T]):
    """What was found, in the order in which it was. ``abstained`` counts the finders' calls that failed."""

    items: list[T]
    rounds: int
    stopped: Literal["dry", "rounds", "failed"]
    duplicates: int
    abstained: int


Finder: TypeAlias = Callable[[Search[T]], Awaitable[Iterable[T] | None]]
Key: TypeAlias = Sequence[str] | Callable[[T], Hashable]


@overload
async def loop_until_dry(
    task: Finder[T],
    *,
    key: Key[T] | None = ...,
    finders: int = ...,
    rounds: int = ...,
    dry_rounds: int = ...,
) -> Harvest[T]: ...
@overload
async def loop_until_dry(
    task: str,
    schema: type[T],
    *,
    key: Key[T] | None = ...,
    finders: int = ...,
    rounds: int = ...,
    dry_rounds: int = ...,
    shown: int = ...,
    prompt: str = ...,
    finder: AgentOptions | None = ...,
) -> Harvest[T]: ...
@overload
async def loop_until_dry(
    task: str,
    schema: Mapping[str, Any],
    *,
    key: Key[Any] | None = ...,
    finders: int = ...,
    rounds: int = ...,
    dry_rounds: int = ...,
    shown: int = ...,
    prompt: str = ...,
    finder: AgentOptions | None = ...,
) -> Harvest[Any]: ...
@overload
async def loop_until_dry(
    task: str,
    *,
    finders: int = ...,
    rounds: int = ...,
    dry_rounds: int = ...,
    shown: int = ...,
    prompt: str = ...,
    finder: AgentOptions | None = ...,
) -> Harvest[str]: ...


async def loop_until_dry(
    task: str | Finder[Any],
    schema: Any = str,
    *,
    key: Key[Any] | None = None,
    finders: int = 3,
    rounds: int = 10,
    dry_rounds: int = 2,
    shown: int = 100,
    prompt: str = PROMPT,
    finder: AgentOptions | None = None,
) -> Harvest[Any]:
    """Search until ``dry_rounds`` rounds in a row bring nothing new, ``rounds`` at most. docs/patterns/loop-until-dry.md

    ``schema`` is that of one item, a type or a JSON Schema; two items are the same if their ``key`` is: the values of these properties, or
    what a function gives; else the whole. ``task`` may be a finder of your own. ``prompt`` has holes {task}, {round}, {finder},
    {finders}, {known}, which names the latest ``shown``.
    """
    for name, value in (
        ("finders", finders), ("rounds", rounds), ("dry_rounds", dry_rounds), ("shown", shown)
    ):  # fmt: skip
        check.count(name, value)
    if not callable(task):
        check.words("task", task)
    check.template("prompt", prompt, "known")
    form = list_form("items", schema)

    with section("loop-until-dry") as here:

        async def find(round: int, number: int, seen: list[Any], known: str) -> list[Any] | None:
            if callable(task):
                own = await here.own(task, Search(round, number, seen))
                return None if own is None else list(own)
            values = {"task": task, "round": round, "finder": number, "finders": finders, "known": known}
            label = "find {round}.{finder}"
            answer = await here.ask(
                fill(prompt, values), values, finder, label=label, phase="Search", form=form
            )
            return None if answer is None else list(answer["items"])

        seen: dict[Hashable, Any] = {}
        round = dry = silent = duplicates = abstained = 0
        while round < rounds and dry < dry_rounds and silent < dry_rounds:
            round += 1
            all_known = list(seen.values())
            if len(seen) > shown and not callable(task):
                here.log(
                    f"the prompts of round {round} name the latest {shown} of {len(seen)} that are known"
                )
            known = bullets([_line(item, key) for item in all_known[-shown:]]) or "(nothing yet)"

            async def one(
                index: int, round: int = round, seen: list[Any] = all_known, known: str = known
            ) -> list[Any] | None:
                return await find(round, index + 1, list(seen), known)

            reports = [report for report in await here.times(finders, one) if report is not None]
            found = [item for report in reports for item in report]
            before = len(seen)
            for item in found:
                seen.setdefault(_identity(item, key), item)
            fresh, missing = len(seen) - before, finders - len(reports)
            duplicates += len(found) - fresh
            abstained += missing
            silent = 0 if reports else silent + 1
            if reports:
                dry = 0 if fresh else dry + 1
            here.log(
                f"round {round}: {fresh} new, {len(seen)} in all; {missing} of {finders} finders abstained"
            )
        stopped: Literal["dry", "rounds", "failed"] = (
            "dry" if dry >= dry_rounds else "failed" if silent >= dry_rounds else "rounds"
        )
        if stopped == "rounds":
            here.log(f"stopped after {rounds} rounds, before it was dry")
        return Harvest(list(seen.values()), round, stopped, duplicates, abstained)


def _identity(item: Any, key: Key[Any] | None) -> Hashable:
    if callable(key):
        return key(item)
    return json.dumps(plain(item) if key is None else _named(item, key), sort_keys=True)


def _line(item: Any, key: Key[Any] | None) -> str:
    return (
        text(item) if key is None or callable(key) else " ".join(text(value) for value in _named(item, key))
    )


def _named(item: Any, key: Sequence[str]) -> list[Any]:
    value = plain(item)
    return [value.get(name) if isinstance(value, dict) else None for name in key]
