"""The completion inbox: order, durability before delivery, waiting."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
import trio
import trio.testing
from runtime_case import Gathered, context

from odw.runtime.abc import Planned, Report
from odw.runtime.clock import SystemClock
from odw.runtime.fakes import FakeExecutor, FakePlanner, MemoryJournal
from odw.runtime.halts import Stopped
from odw.runtime.inbox import Inbox


def inbox_of(journal: MemoryJournal | None = None) -> Inbox:
    return Inbox(SystemClock(), journal or MemoryJournal())


def hand_out(inbox: Inbox, seen: list[Any], name: Any) -> None:
    inbox.hand_out(partial(seen.append, name), durable=False)


async def take_all(inbox: Inbox) -> None:
    while inbox.pending:
        (await inbox.next())()


async def test_the_time_line_goes_by_due_time_then_by_call_order(autojump_clock: Any) -> None:
    inbox, seen = inbox_of(), []
    for serial, delay in enumerate([30, 10, 20, 10, 0]):
        inbox.pending += 1
        inbox.at(delay, serial, partial(hand_out, inbox, seen, serial))
    await take_all(inbox)
    assert seen == [4, 1, 3, 2, 0]
    assert inbox.now == 30


async def test_what_is_put_on_the_line_in_between_counts_from_the_inboxs_now(autojump_clock: Any) -> None:
    inbox, seen = inbox_of(), []

    def first() -> None:
        hand_out(inbox, seen, "first")
        inbox.pending += 1
        inbox.at(5, 3, partial(hand_out, inbox, seen, "third"))

    inbox.pending += 2
    inbox.at(10, 1, first)
    inbox.at(16, 2, partial(hand_out, inbox, seen, "last"))
    await take_all(inbox)
    assert seen == ["first", "third", "last"]


async def test_an_entry_taken_back_does_not_run_and_delays_nothing(autojump_clock: Any) -> None:
    inbox, seen = inbox_of(), []
    entry = inbox.at(1000, 1, partial(hand_out, inbox, seen, "no"))
    inbox.pending += 1
    inbox.at(2000, 2, partial(hand_out, inbox, seen, "yes"))
    assert inbox.take_back(entry)
    await take_all(inbox)
    assert seen == ["yes"]
    assert not inbox.take_back(entry)
    assert trio.current_time() == pytest.approx(2.0, abs=0.01)


async def test_a_busy_machine_does_not_change_the_order_of_the_time_line() -> None:
    """The clock is far past every due time when the inbox is asked; the order is the same."""
    clock = trio.testing.MockClock()
    seen: list[Any] = []
    inbox = Inbox(_Stopped(clock), MemoryJournal())
    for serial, delay in ((1, 7.0), (2, 3.0)):
        inbox.pending += 1
        inbox.at(delay, serial, partial(hand_out, inbox, seen, serial))
    clock.jump(1000)
    await take_all(inbox)
    assert seen == [2, 1]


class _Stopped:
    def __init__(self, clock: trio.testing.MockClock) -> None:
        self._clock = clock
        self._zero = clock.current_time()

    def monotonic(self) -> float:
        return self._clock.current_time() - self._zero

    def wall(self) -> float:
        return 0.0


async def test_arrivals_that_are_there_together_come_in_call_order(trio_order: str) -> None:
    run = context(FakeExecutor(), concurrency=8)
    calls = Gathered(run)
    async with trio.open_nursery() as run.nursery:
        for n in range(8):
            calls.call(f"p{n}")
        await calls.all()
    assert calls.order == [f"p{n}" for n in range(8)]


async def test_a_planned_run_is_the_same_in_both_orders_of_trio(trio_order: str, autojump_clock: Any) -> None:
    delays = {f"p{n}": (n * 7) % 5 for n in range(40)}
    run = context(FakePlanner(lambda r: Planned(Report(text="x"), delays[r.prompt])), concurrency=3)
    calls = Gathered(run)
    for n in range(40):
        calls.call(f"p{n}")
    await calls.all()
    assert calls.order == _simulated(list(delays.values()), slots=3)


def _simulated(delays: list[int], slots: int) -> list[str]:
    """First in, first out over slots, worked out by hand: the calls by the time each ends, then by call order."""
    free = [0] * slots
    ends = []
    for number, delay in enumerate(delays):
        free.sort()
        free[0] += delay
        ends.append((free[0], number))
    return [f"p{number}" for _, number in sorted(ends)]


async def test_nothing_is_handed_out_before_its_record_is_durable() -> None:
    run = context(concurrency=16)
    journal: Any = run.journal
    calls = Gathered(run)
    for n in range(100):
        calls.call(f"p{n}")
    assert journal.commits == []
    deliver = await run.inbox.next()
    assert sum(1 for e in journal.events[: sum(journal.commits)] if e["type"] == "agent_done") == 100
    deliver()
    await calls.all()
    assert len(journal.commits) == 1  # all that was ready together shared one sync


async def test_a_halt_ends_the_waiting() -> None:
    inbox = inbox_of()
    inbox.pending += 1
    async with trio.open_nursery() as nursery:
        nursery.start_soon(_halt_later, inbox)
        with pytest.raises(Stopped, match="enough"):
            await inbox.next()


async def _halt_later(inbox: Inbox) -> None:
    await trio.testing.wait_all_tasks_blocked()
    inbox.halt(Stopped("enough"))
