"""Map-reduce: what is too much for one agent is cut into chunks; each is worked on, and the results are put together."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar, overload

from odw.dsl.options import AgentOptions
from odw.patterns import _checks as check
from odw.patterns._chunks import Chunk, chunks_of_items, chunks_of_text
from odw.patterns._prompts import fill, text
from odw.patterns._section import section
from odw.patterns._shapes import Form, form_of

P = TypeVar("P")
R = TypeVar("R")
T = TypeVar("T")

MAP = "{task}\n\nThis is part {number} of {chunks}; others work on the rest.\n\n{chunk}"
REDUCE = "{task}\n\nMake one result of these {count} partial results; leave out what they say twice.{missing}\n\n{parts}"
SIZE = 10  # items to a chunk
CHARACTERS = 20_000  # of a text to a chunk


@dataclass(frozen=True, slots=True)
class Reduced(Generic[P, R]):
    """``result`` is None when nothing could be put together. ``failed`` numbers the chunks that are missing from it, from 1.

    ``parts`` has what each chunk gave, None for one that failed; ``levels`` counts the rounds of reducing.
    """

    result: R | None
    chunks: int
    failed: list[int]
    levels: int
    parts: list[P | None]


@overload
async def map_reduce(
    task: str,
    items: Sequence[T],
    *,
    map: Callable[[Chunk[T]], Awaitable[P | None]],
    reduce: Callable[[list[P]], Awaitable[P | None]],
    size: int | None = ...,
    characters: int | None = ...,
    fanin: int = ...,
) -> Reduced[P, P]: ...
@overload
async def map_reduce(
    task: str,
    items: Sequence[Any] | str,
    *,
    map: str = ...,
    reduce: str = ...,
    schema: type[R],
    part_schema: type[P],
    size: int | None = ...,
    characters: int | None = ...,
    fanin: int = ...,
    mapper: AgentOptions | None = ...,
    reducer: AgentOptions | None = ...,
) -> Reduced[P, R]: ...
@overload
async def map_reduce(
    task: str,
    items: Sequence[Any] | str,
    *,
    map: str = ...,
    reduce: str = ...,
    schema: type[R],
    size: int | None = ...,
    characters: int | None = ...,
    fanin: int = ...,
    mapper: AgentOptions | None = ...,
    reducer: AgentOptions | None = ...,
) -> Reduced[str, R]: ...
@overload
async def map_reduce(
    task: str,
    items: Sequence[Any] | str,
    *,
    map: str | Callable[[Chunk[Any]], Awaitable[Any]] = ...,
    reduce: str | Callable[[list[Any]], Awaitable[Any]] = ...,
    schema: Mapping[str, Any] | None = ...,
    part_schema: Mapping[str, Any] | None = ...,
    size: int | None = ...,
    characters: int | None = ...,
    fanin: int = ...,
    mapper: AgentOptions | None = ...,
    reducer: AgentOptions | None = ...,
) -> Reduced[Any, Any]: ...


async def map_reduce(
    task: str,
    items: Sequence[Any] | str,
    *,
    map: str | Callable[[Chunk[Any]], Awaitable[Any]] = MAP,
    reduce: str | Callable[[list[Any]], Awaitable[Any]] = REDUCE,
    schema: Any = None,
    part_schema: Any = None,
    size: int | None = None,
    characters: int | None = None,
    fanin: int = 10,
    mapper: AgentOptions | None = None,
    reducer: AgentOptions | None = None,
) -> Reduced[Any, Any]:
    """Work on a long list, or a text, in chunks, and put the results together. docs/patterns/map-reduce.md

    A chunk has at most ``size`` items (10 unless ``characters`` is given) and ``characters`` (20,000 of a text). More than ``fanin`` parts are
    reduced level by level. ``map`` and ``reduce`` are prompts, with holes {task}, {chunk}, {number}, {chunks} and {task}, {parts},
    {count}, {missing}; or functions of your own, of a Chunk and of a list of parts. ``schema`` is that of the result, ``part_schema`` of a part.
    """
    check.words("task", task)
    check.count("fanin", fanin, 2)
    for name, value in (("size", size), ("characters", characters)):
        if value is not None:
            check.count(name, value)
    if isinstance(map, str):
        check.template("map", map, "chunk")
    if isinstance(reduce, str):
        check.template("reduce", reduce, "parts")
    if isinstance(items, str) and size is not None:
        raise ValueError("size counts items; a text is cut by characters")

    with section("map-reduce") as here:
        chunks: list[Chunk[Any]]
        if isinstance(items, str):
            check.words("items", items)
            chunks = chunks_of_text(items, characters or CHARACTERS, here.log)
        else:
            size = SIZE if size is None and characters is None else size
            chunks = chunks_of_items(list(items), size, characters, here.log)
        work = _Work(here, task, len(chunks), map, reduce, mapper, reducer, form_of(part_schema))

        async def mapped(index: int) -> Any:
            return await work.map_chunk(chunks[index])

        parts = await here.times(len(chunks), mapped)
        work.failed = [number for number, part in enumerate(parts, 1) if part is None]
        row = [_Part(part, [number]) for number, part in enumerate(parts, 1) if part is not None]
        levels = 0
        while len(row) > fanin:
            levels += 1
            row = await work.reduce_level(row, fanin, levels)
        work.failed.sort()
        if work.failed:
            numbers = ", ".join(str(number) for number in work.failed)
            here.log(f"{len(work.failed)} of {len(chunks)} chunks are missing from the result: {numbers}")
        result = None
        if row:
            levels += 1
            result = await work.merged(row, levels, 1, form_of(schema))
        return Reduced(result, len(chunks), work.failed, levels, parts)


class _Part(NamedTuple):
    """A partial result, and the numbers of the chunks that are in it."""

    value: Any
    covers: list[int]


@dataclass(slots=True)
class _Work:
    """One map-reduce under way; ``failed`` grows by the chunks that are lost in it."""

    here: section
    task: str
    chunks: int
    map: Any
    reduce: Any
    mapper: AgentOptions | None
    reducer: AgentOptions | None
    part: Form
    failed: list[int] = field(default_factory=list)

    async def map_chunk(self, chunk: Chunk[Any]) -> Any:
        if not isinstance(self.map, str):
            return await self.here.own(self.map, chunk)
        values = {"task": self.task, "number": chunk.number, "chunks": self.chunks, "chunk": chunk.text}
        return await self._asked(self.map, values, self.mapper, "map {number}", "Map", self.part)

    async def reduce_level(self, row: list[_Part], fanin: int, level: int) -> list[_Part]:
        """Every ``fanin`` parts become one."""
        groups = [row[at : at + fanin] for at in range(0, len(row), fanin)]

        async def one(index: int) -> Any:
            group = groups[index]
            return (
                group[0].value if len(group) == 1 else await self.merged(group, level, index + 1, self.part)
            )

        merged = await self.here.times(len(groups), one)
        covers = [[number for part in group for number in part.covers] for group in groups]
        self.failed += [
            number for value, lost in zip(merged, covers, strict=True) if value is None for number in lost
        ]
        return [_Part(value, found) for value, found in zip(merged, covers, strict=True) if value is not None]

    async def merged(self, group: list[_Part], level: int, number: int, form: Form) -> Any:
        if not isinstance(self.reduce, str):
            return await self.here.own(self.reduce, [part.value for part in group])
        lost = f" {len(self.failed)} of {self.chunks} parts are missing: say so." if self.failed else ""
        values = {
            "task": self.task,
            "level": level,
            "number": number,
            "count": len(group),
            "missing": lost,
            "parts": "\n\n".join(
                f"Partial result {n}:\n{text(part.value)}" for n, part in enumerate(group, 1)
            ),
        }
        return await self._asked(self.reduce, values, self.reducer, "reduce {level}.{number}", "Reduce", form)

    async def _asked(
        self,
        prompt: str,
        values: Mapping[str, Any],
        role: AgentOptions | None,
        label: str,
        phase: str,
        form: Form,
    ) -> Any:
        return await self.here.ask(fill(prompt, values), values, role, label=label, phase=phase, form=form)
