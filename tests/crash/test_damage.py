"""A journal that was cut, bent or shuffled: what it still says is a beginning of what it said, or it is refused."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path

import pytest
from script_runs import Project, Ran

from odw.errors import JournalDamaged, OdwError
from odw.runtime.fakes import FakePlanner
from odw.runtime.journal.history import History
from odw.runtime.journal.reader import parse_journal, read_journal

SCRIPT = """
const equal = await parallel([1, 2, 3].map((i) => () => agent('write', { label: `w${i}` })))
const race = await Promise.race([agent('slow', { label: 'slow' }), agent('quick', { label: 'quick' })])
await new Promise((resolve) => setTimeout(resolve, 3))
const read = await pipeline(['x', 'y'], (x) => agent(`read ${x} ${race}`, { label: x }), (t) => agent(`judge ${t}`, { label: 'j' }))
log('nearly done')
return [equal, race, read, await agent('large', { label: 'large' })]
"""


SMALL = """
const pair = await parallel(['a', 'b'].map((x) => () => agent(x, { label: x })))
return await agent(`sum ${pair}`, { label: 'é' })
"""


def answer(request: object) -> str:
    label = getattr(request, "label", "")
    return "é" * 70_000 if label == "large" else f"{label} says {getattr(request, 'prompt', '')}"


@pytest.fixture
def ran(project: Project) -> Ran:
    return project.run(SCRIPT, executor=FakePlanner(answer))


def journal_of(ran: Ran) -> Path:
    return ran.dir / "events.jsonl"


def test_a_cut_at_every_byte_leaves_a_beginning(project: Project) -> None:
    data = journal_of(project.run(SMALL, executor=FakePlanner(answer))).read_bytes()
    lines = data.splitlines(keepends=True)
    ends = list(accumulate(map(len, lines)))
    whole = parse_journal(data, "whole").events
    count = 0
    for size in range(len(data) + 1):
        journal = parse_journal(data[:size], "cut")
        if count < len(ends) and size == ends[count]:
            count += 1
            History().read(journal.events)
        assert len(journal.events) == count
        assert journal.size + len(journal.torn) == size
        assert journal.size == (ends[count - 1] if count else 0)
    assert journal.events == whole


def test_a_run_goes_on_from_any_cut(project: Project, ran: Ran) -> None:
    path = journal_of(ran)
    data = path.read_bytes()
    rng = random.Random(len(data))
    starts = [0, *accumulate(map(len, data.splitlines(keepends=True)))]
    for size in sorted({*starts[1:], *rng.sample(range(starts[1], len(data)), 30)}):
        path.write_bytes(data[:size])
        kept = parse_journal(data[:size], "cut").events
        results = [event["label"] for event in kept if event["type"] == "agent_done"]
        executor = FakePlanner(answer)
        again = project.run(SCRIPT, executor=executor, resume_from=ran.outcome.run_id)
        assert again.result == ran.result, size
        asked = [request.label for request in executor.seen]
        assert sorted([*asked, *results]) == [
            "j",
            "j",
            "large",
            "quick",
            "slow",
            "w1",
            "w2",
            "w3",
            "x",
            "y",
        ], size
        assert read_journal(str(path)).torn == b""


def flip(lines: list[bytes], rng: random.Random) -> list[bytes]:
    number = rng.randrange(len(lines))
    line = bytearray(lines[number])
    line[rng.randrange(len(line))] ^= 1 << rng.randrange(8)
    return [*lines[:number], bytes(line), *lines[number + 1 :]]


def delete(lines: list[bytes], rng: random.Random) -> list[bytes]:
    number = rng.randrange(len(lines))
    return [*lines[:number], *lines[number + 1 :]]


def double(lines: list[bytes], rng: random.Random) -> list[bytes]:
    number, place = rng.randrange(len(lines)), rng.randrange(len(lines))
    return [*lines[:place], lines[number], *lines[place:]]


def swap(lines: list[bytes], rng: random.Random) -> list[bytes]:
    number, other = rng.sample(range(len(lines)), 2)
    swapped = list(lines)
    swapped[number], swapped[other] = lines[other], lines[number]
    return swapped


def blank(lines: list[bytes], rng: random.Random) -> list[bytes]:
    data = bytearray(b"".join(lines))
    start = rng.randrange(len(data))
    end = min(len(data), start + rng.choice((1, 16, 512)))
    data[start:end] = bytes(end - start)
    return [bytes(data)]


def carriage_returns(lines: list[bytes], rng: random.Random) -> list[bytes]:
    number = rng.randrange(len(lines))
    return [*lines[:number], lines[number][:-1] + b"\r\n", *lines[number + 1 :]]


def insert(lines: list[bytes], rng: random.Random) -> list[bytes]:
    number = rng.randrange(len(lines) + 1)
    return [
        *lines[:number],
        rng.choice((b"\n", b"{}\n", b"null\n", b'{"v":1}\n', b"\xff\n")),
        *lines[number:],
    ]


def alter(lines: list[bytes], rng: random.Random) -> list[bytes]:
    number = rng.choice([i for i, line in enumerate(lines) if b" says " in line])
    return [*lines[:number], lines[number].replace(b" says ", b" lies ", 1), *lines[number + 1 :]]


@pytest.mark.parametrize("damage", [flip, delete, double, swap, blank, carriage_returns, insert, alter])
def test_damage_is_refused_or_a_beginning_is_kept(
    ran: Ran, damage: Callable[[list[bytes], random.Random], list[bytes]]
) -> None:
    lines = journal_of(ran).read_bytes().splitlines(keepends=True)
    whole = parse_journal(b"".join(lines), "whole").events
    refused = 0
    for seed in range(300):
        bent = b"".join(damage(lines, random.Random(seed)))
        try:
            found = parse_journal(bent, "bent")
        except JournalDamaged as error:
            refused += 1
            assert error.line >= 1
            assert len(error.message) > 20
        else:
            assert found.events == whole[: len(found.events)], seed
            if bent != b"".join(lines) and len(found.events) < len(whole):
                assert found.torn or damage is delete, seed
    assert refused > 200


@pytest.mark.parametrize("change", [lambda data: data[:-5], lambda data: data[:-1] + b"?", lambda data: b""])
def test_a_large_result_that_was_lost_is_bought_again(
    project: Project, ran: Ran, change: Callable[[bytes], bytes]
) -> None:
    (blob,) = [path for path in (ran.dir / "nodes").iterdir() if path.stat().st_size > 65_536]
    blob.write_bytes(change(blob.read_bytes()))
    executor = FakePlanner(answer)
    again = project.run(SCRIPT, executor=executor, resume_from=ran.outcome.run_id)
    assert again.result == ran.result
    assert [request.label for request in executor.seen] == ["large"]
    assert project.run(SCRIPT, executor=FakePlanner(), resume_from=ran.outcome.run_id).executor.seen == []


def test_a_damaged_journal_is_left_as_it_is(project: Project, ran: Ran) -> None:
    lines = journal_of(ran).read_bytes().splitlines(keepends=True)
    for damage in (delete, swap, alter, blank, insert):
        bent = b"".join(damage(lines[:-1], random.Random(1)))
        journal_of(ran).write_bytes(bent)
        with pytest.raises(OdwError):
            project.run(SCRIPT, executor=FakePlanner(answer), resume_from=ran.outcome.run_id)
        assert journal_of(ran).read_bytes() == bent
