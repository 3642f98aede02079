"""Slots: first in, first out in call order."""

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
        slots.request(starter(seen, number))
    assert seen == [0, 1]
    slots.release()
    assert seen == [0, 1, 2]
    slots.release()
    slots.release()
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


def test_the_gate_holds_the_queue_back_without_changing_its_order() -> None:
    seen: list[int] = []
    is_open = False
    slots = Slots(4, lambda: is_open)
    for number in range(3):
        slots.request(starter(seen, number))
    assert seen == []
    is_open = True
    slots.pump()
    assert seen == [0, 1, 2]


def test_ten_thousand_starts_that_end_at_once_do_not_recurse() -> None:
    slots, seen = Slots(1), []

    def start() -> bool:
        seen.append(len(seen))
        slots.release()
        return True

    for _ in range(10_000):
        slots.queue.append(start)
    slots.pump()
    assert (len(seen), slots.in_use) == (10_000, 0)


def test_drop_queue_says_how_many_waited() -> None:
    slots, seen = Slots(1), []
    for number in range(4):
        slots.request(starter(seen, number))
    assert slots.drop_queue() == 3
    slots.release()
    assert seen == [0]
