"""A campaign: many programs in several processes, their differences sorted by kind, one of each kind made small."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing import get_context

from fuzz.choices import Choices, Seeded
from fuzz.grammar import read_grammar
from fuzz.programs import program
from fuzz.shrink import shrink
from fuzz.sides import Node, difference

CHUNK = 50  # programs that a worker does at a time
SHRINKS = 12  # kinds of difference of which one is made small


@dataclass(frozen=True)
class Finding:
    """A program of the campaign on which odw and Node disagree, by its number."""

    number: int
    difference: str


@dataclass
class Chunk:
    """What a worker found in some programs. ``slow`` of them took Node too long and were left out."""

    findings: list[Finding] = field(default_factory=list)
    slow: int = 0
    used: Counter[str] = field(default_factory=Counter)


def source_of(seed: int, number: int) -> Seeded:
    return Seeded(f"{seed}/{number}")


def campaign(seed: int, count: int, workers: int, first: int = 0) -> Iterator[Chunk]:
    """What was found, chunk by chunk, in ``count`` programs from number ``first`` on."""
    end = first + count
    parts = [(seed, start, min(start + CHUNK, end)) for start in range(first, end, CHUNK)]
    with get_context("spawn").Pool(workers, maxtasksperchild=40) as pool:
        yield from pool.imap(_run_chunk, parts)


def _run_chunk(part: tuple[int, int, int]) -> Chunk:
    seed, start, end = part
    chunk = Chunk()
    with Node() as node:
        for number in range(start, end):
            text = program(Choices(source_of(seed, number)), chunk.used)
            found = difference(text, node)
            if found is not None:
                chunk.findings.append(Finding(number, found))
        chunk.slow = node.slow
    return chunk


def kind_of(found: str) -> str:
    """What two differences have in common that come from one mistake, mostly: the words, without values."""
    lines = [re.sub(r"'.*?'|\d+|#<\w+>", "", line.strip()) for line in found.split("\n")[1:]]
    return " / ".join(re.sub(r"[^A-Za-z ]+", " ", line)[:60] for line in lines)


def smallest(seed: int, number: int, found: str) -> str:
    """A small program that shows the same kind of difference as one of the campaign."""
    source = source_of(seed, number)
    program(Choices(source))
    kind = kind_of(found)
    with Node() as node:

        def fails(text: str) -> bool:
            again = difference(text, node)
            return again is not None and kind_of(again) == kind

        return shrink(program, source.made, fails)


def report(seed: int, count: int, workers: int, say: Callable[[str], None]) -> bool:
    """Run a campaign and say what came of it. True if there was no difference."""
    read_grammar()  # what is written to its files meanwhile counts for the next campaign
    kinds: dict[str, list[Finding]] = {}
    slow = done = 0
    for chunk in campaign(seed, count, workers):
        done = min(done + CHUNK, count)
        slow += chunk.slow
        for finding in chunk.findings:
            kinds.setdefault(kind_of(finding.difference), []).append(finding)
        if done % 1000 == 0 and done < count:
            say(f"{done} programs, {sum(map(len, kinds.values()))} differences")
    found = sum(map(len, kinds.values()))
    say(f"{count} programs (seed {seed}), {slow} left out as slow, {found} differences of {len(kinds)} kinds")
    for number, findings in enumerate(sorted(kinds.values(), key=len, reverse=True)):
        first = findings[0]
        others = ", ".join(str(finding.number) for finding in findings[1:6])
        say(f"\n--- program {seed}/{first.number}{f' (and {others})' if others else ''}: {first.difference}")
        if number < SHRINKS:
            small = smallest(seed, first.number, first.difference)
            say("\n".join(f"  | {line}" for line in small.rstrip("\n").split("\n")))
    return not kinds
