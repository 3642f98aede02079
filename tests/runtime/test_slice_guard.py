"""The bounds of a slice, in the main thread and in any other."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from odw.runtime.halts import Halt, Interrupted, MemoryCeiling, SliceExceeded
from odw.runtime.resident import peak_bytes, resident_bytes
from odw.runtime.slice_guard import ROOM, SliceGuard

ENOUGH_MB = 2**20


def guard(limit_s: float = 0.05, memory_mb: int = ENOUGH_MB) -> SliceGuard:
    made = SliceGuard(limit_s, memory_mb)
    made.locate = lambda frame: "a line of the script"
    return made


def work_for_ever() -> None:
    while True:
        pass


def raised(of: SliceGuard, work: Callable[[], None]) -> Halt:
    with of.installed(), pytest.raises(Halt) as caught, of:
        work()
    return caught.value


def in_another_thread(work: Callable[[], Any]) -> Any:
    results: list[Any] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:  # noqa: BLE001 - it is looked at in the main thread
            results.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(60)
    assert results, "the thread has not ended"
    return results[0]


def test_a_slice_without_end_is_cut_off() -> None:
    halt = raised(guard(), work_for_ever)
    assert type(halt) is SliceExceeded
    assert halt.place == "a line of the script"


def test_so_it_is_in_another_thread() -> None:
    halt = in_another_thread(lambda: raised(guard(), work_for_ever))
    assert isinstance(halt, SliceExceeded)
    assert halt.reason.startswith("the script ran for 0.05 s")
    assert halt.place == "a line of the script"
    assert halt.args == (halt.reason,)


def test_memory_is_bounded_in_another_thread() -> None:
    of = guard(limit_s=30, memory_mb=resident_bytes() // 2**20 + 30)

    def grow() -> None:
        kept: list[Any] = []
        while True:
            kept.append([len(kept)])

    assert isinstance(in_another_thread(lambda: raised(of, grow)), MemoryCeiling)


def test_a_slice_that_ended_is_never_cut_off_later() -> None:
    def work() -> str:
        of = guard()
        with of.installed():
            for _ in range(20):
                with of:
                    sum(range(1000))
            for _ in range(300_000):  # no slice
                sum((1, 2))
        return "ended"

    assert work() == "ended"
    assert in_another_thread(work) == "ended"


def test_no_halt_inside_the_runtime() -> None:
    of = guard(limit_s=30)
    with of.installed(), of:
        inside: dict[str, Any] = {"__name__": "odw.runtime.journal", "sys": sys}
        exec("def frame(): return sys._getframe()", inside)
        of.raise_in_slice(Interrupted(2), inside["frame"]())
        with pytest.raises(Interrupted):
            work_for_ever()


def test_a_large_piece_is_refused_only_within_a_slice() -> None:
    of = guard(memory_mb=resident_bytes() // 2**20 + 50)
    with of.installed():
        of.expect(2**40)
        with of:
            of.expect(2**20)
            with pytest.raises(MemoryCeiling):
                of.expect(2**30)


def test_memory_is_looked_at_where_every_slice_is_short() -> None:
    of = guard(memory_mb=resident_bytes() // 2**20 - 10)
    with of.installed(), pytest.raises(MemoryCeiling), of:
        pass


@pytest.fixture
def recursion_limit() -> Any:
    before = sys.getrecursionlimit()
    yield before
    sys.setrecursionlimit(before)


def test_a_slice_at_the_end_of_its_stack_is_cut_off_and_finds_its_way_out(recursion_limit: int) -> None:
    of = guard()
    unwound: list[type[BaseException] | None] = []

    def again() -> None:
        try:
            again()
        finally:
            if not _halting():
                again()
            unwound.append(sys.exc_info()[0])

    assert type(raised(of, again)) is SliceExceeded
    assert unwound[-1] is SliceExceeded
    assert sys.getrecursionlimit() == recursion_limit + ROOM


def _halting() -> bool:
    return isinstance(sys.exc_info()[1], Halt)


def test_the_recursion_limit_is_as_before_while_a_slice_goes_on(recursion_limit: int) -> None:
    of = guard(limit_s=0.4)
    seen: set[int] = set()

    def look(frame: FrameType | None) -> object:
        seen.add(sys.getrecursionlimit())
        return "here"

    of.locate = look

    def work() -> None:
        while True:
            seen.add(sys.getrecursionlimit())

    raised(of, work)
    assert seen == {recursion_limit, recursion_limit + ROOM}  # with room only while it is looked at


def test_memory_of_this_process() -> None:
    assert 2**20 < resident_bytes() <= peak_bytes()
