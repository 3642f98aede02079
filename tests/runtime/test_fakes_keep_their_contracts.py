"""Each seam's fake passes the same tests as the real thing: clocks, journals, executors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import trio
import trio.testing

from odw.runtime.abc import CallRequest, Clock, Executor, JournalStore, PlanningExecutor
from odw.runtime.clock import SystemClock
from odw.runtime.fakes import FakeClock, FakeExecutor, FakePlanner, MemoryJournal
from odw.runtime.journal.writer import JournalWriter


def request(prompt: str = "p") -> CallRequest:
    return CallRequest(prompt, {}, None, None, None, "r", "l", None, 1, "0" * 64, "a0", "/")


@pytest.mark.parametrize("clock", [SystemClock(), FakeClock()], ids=["system", "fake"])
async def test_contract_of_a_clock(clock: Clock) -> None:
    first = clock.monotonic()
    assert clock.monotonic() >= first
    assert 1_600_000_000 < clock.wall() < 5_000_000_000


async def test_the_system_clock_follows_trios_clock(autojump_clock: trio.testing.MockClock) -> None:
    clock = SystemClock()
    before = clock.monotonic()
    await trio.sleep(100)
    assert clock.monotonic() - before == pytest.approx(100)


@pytest.mark.parametrize("executor", [FakePlanner(), FakeExecutor()], ids=["planner", "task"])
async def test_contract_of_an_executor(executor: Executor) -> None:
    report = await executor.run(request("hello"), lambda event: None)
    assert report.error is None
    assert report.text == "re: hello"
    assert isinstance(executor.name, str)
    assert executor.capabilities.backoff_s >= 0


async def test_contract_of_a_planner_plan_and_run_agree() -> None:
    planner = FakePlanner()
    assert isinstance(planner, PlanningExecutor)
    assert not isinstance(FakeExecutor(), PlanningExecutor)
    assert planner.plan(request()).report == await planner.run(request(), lambda event: None)


class Store:
    """A journal store, real or fake, and what it holds durably."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.folder = folder
        (folder / "nodes").mkdir()
        writer = JournalWriter(str(folder / "events.jsonl"), str(folder / "nodes"), FakeClock())
        self.store: JournalStore = MemoryJournal() if kind == "memory" else writer
        if kind == "memory":
            writer.close()

    def events(self) -> list[Any]:
        if isinstance(self.store, MemoryJournal):
            return self.store.events
        ours = ("v", "seq", "ts", "sum")
        lines = (self.folder / "events.jsonl").read_text().splitlines()
        return [{k: v for k, v in json.loads(line).items() if k not in ours} for line in lines]

    def blob(self, name: str) -> str:
        if isinstance(self.store, MemoryJournal):
            return self.store.blobs[name].decode()
        return (self.folder / name).read_text()


@pytest.fixture(params=["writer", "memory"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    made = Store(request.param, tmp_path)
    yield made
    made.store.close()


def test_contract_of_a_journal_what_is_committed_is_there_in_order(journal: Store) -> None:
    for number in range(3):
        journal.store.append({"type": "log", "message": str(number)})
    journal.store.commit()
    assert [event["message"] for event in journal.events()] == ["0", "1", "2"]


def test_contract_of_a_journal_a_flush_shows_what_was_appended(journal: Store) -> None:
    journal.store.append({"type": "log", "message": "a"})
    journal.store.flush()
    journal.store.flush()
    assert journal.events() == [{"type": "log", "message": "a"}]


def test_contract_of_a_journal_a_blob_is_kept_under_its_name(journal: Store) -> None:
    for durable in (True, False):
        name = journal.store.blob(f"text {durable}", ".txt", durable)
        assert name.startswith("nodes/")
        assert name.endswith(".txt")
        assert journal.blob(name) == f"text {durable}"


def test_contract_of_a_journal_equal_texts_are_one_blob(journal: Store) -> None:
    assert journal.store.blob("same", ".txt") == journal.store.blob("same", ".txt")


def test_contract_of_a_journal_close_may_be_called_twice_and_keeps_all(journal: Store) -> None:
    journal.store.append({"type": "log", "message": "last"})
    journal.store.close()
    journal.store.close()
    assert journal.events()[-1]["message"] == "last"
