"""Slots: first in, first out in call order, with lanes that do not hold each other back."""

from __future__ import annotations

from collections.abc import Callable

from odw.runtime.slots import Slots


def starter(seen: list[int], number: int, needs_slot: bool = True) -> Callable[[], bool]:
    def start() -> bool:
        seen.append(number)
        return needs_slot

    return start


def test_as_many_as_there_are_slots_start_at_once_and_the_rest_in_order() -> None:
    slots, seen = Slots(2), []
    for number in range(5):
        slots.request(starter(seen, number), f"phase {number % 3}", f"runtime {number % 2}")
    assert seen == [0, 1]
    slots.release("runtime 0")
    assert seen == [0, 1, 2]
    slots.release("runtime 1")
    slots.release("runtime 0")
    assert seen == [0, 1, 2, 3, 4]
    assert slots.in_use == 2


def test_a_call_that_is_refused_gives_its_slot_to_the_next() -> None:
    slots, seen = Slots(1), []
    slots.request(starter(seen, 0))
    slots.request(starter(seen, 1, needs_slot=False))
    slots.request(starter(seen, 2))
    slots.release()
    assert seen == [0, 1, 2]
    assert slots.in_use == 1


def test_what_is_not_admitted_waits_without_changing_the_order() -> None:
    seen: list[int] = []
    is_open = False
    slots = Slots(4, lambda phase, runtime: is_open)
    for number in range(3):
        slots.request(starter(seen, number))
    assert seen == []
    is_open = True
    slots.pump()
    assert seen == [0, 1, 2]


def test_a_phase_that_is_held_back_holds_back_nobody_else() -> None:
    seen: list[int] = []
    slots = Slots(4, lambda phase, runtime: phase != "full")
    for number, phase in enumerate(["full", "other", "full", None]):
        slots.request(starter(seen, number), phase, "mock")
    assert seen == [1, 3]
    assert len(slots) == 2


def test_a_runtime_has_its_own_limit() -> None:
    seen: list[int] = []
    slots = Slots(4, per_runtime={"codex": 1})
    for number, runtime in enumerate(["codex", "codex", "claude", "codex", "claude"]):
        slots.request(starter(seen, number), None, runtime)
    assert seen == [0, 2, 4]
    slots.release("codex")
    assert seen == [0, 2, 4, 1]
    slots.release("claude")
    assert seen == [0, 2, 4, 1]


def test_nothing_starts_while_paused() -> None:
    slots, seen = Slots(2), []
    slots.paused = True
    slots.request(starter(seen, 0))
    slots.pump()
    assert seen == []
    slots.paused = False
    slots.pump()
    assert seen == [0]


def test_ten_thousand_starts_that_end_at_once_do_not_recurse() -> None:
    slots, seen = Slots(1), []

    def start() -> bool:
        seen.append(len(seen))
        slots.release()
        return True

    for _ in range(10_000):
        slots.request(start)
    assert len(seen) == 10_000


def test_ten_thousand_waiting_calls_are_looked_at_once_each() -> None:
    asked = 0

    def admits(phase: str | None, runtime: str) -> bool:
        nonlocal asked
        asked += 1
        return True

    slots, seen = Slots(1, admits), []
    for number in range(10_000):
        slots.request(starter(seen, number), "phase", "mock")
    for _ in range(10_000):
        slots.release("mock")
    assert len(seen) == 10_000
    assert asked == 10_000


def test_drop_queue_forgets_what_waited() -> None:
    slots, seen = Slots(1), []
    for number in range(4):
        slots.request(starter(seen, number), f"phase {number % 2}")
    slots.drop_queue()
    assert len(slots) == 0
    slots.release()
    assert seen == [0]


def test_a_phase_per_call_costs_no_more_than_one_phase() -> None:
    asked = 0

    def admits(phase: str | None, runtime: str) -> bool:
        nonlocal asked
        asked += 1
        return True

    slots, seen = Slots(1, admits), []
    for number in range(10_000):
        slots.request(starter(seen, number), f"phase {number}", "mock")
    for _ in range(10_000):
        slots.release("mock")
    assert seen == list(range(10_000))
    assert asked == 10_000


def test_a_lane_that_was_held_back_keeps_its_place() -> None:
    seen: list[int] = []
    full = True
    slots = Slots(1, lambda phase, runtime: phase != "full" or not full)
    for number, phase in enumerate(["full", "other", "other", "full"]):
        slots.request(starter(seen, number), phase, "mock")
    assert seen == [1]
    full = False
    for _ in range(3):
        slots.release("mock")
    assert seen == [1, 0, 2, 3]


def test_a_call_made_by_a_start_takes_its_turn() -> None:
    slots, seen = Slots(2), []

    def start() -> bool:
        slots.request(starter(seen, 9), "late", "mock")
        seen.append(0)
        return True

    slots.request(start, "early", "mock")
    assert seen == [0, 9]
    assert (slots.in_use, len(slots)) == (2, 0)
