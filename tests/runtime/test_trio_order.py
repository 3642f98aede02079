"""The fixture that the determinism tests stand on does what it says."""

from __future__ import annotations

import trio


async def test_the_two_orders_are_forwards_and_backwards(trio_order: str) -> None:
    seen: list[int] = []

    async def note(number: int) -> None:
        seen.append(number)

    async with trio.open_nursery() as nursery:
        for number in range(5):
            nursery.start_soon(note, number)
    assert seen == ([0, 1, 2, 3, 4] if trio_order == "forwards" else [4, 3, 2, 1, 0])
