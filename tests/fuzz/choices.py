"""Where a generator takes its decisions from: a seed, a recorded list, or hypothesis.

A generator asks for whole numbers only, and 0 always stands for the simplest thing. So the list of its answers is the program,
and hypothesis can make that list shorter and smaller.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")


class Source(Protocol):
    """Gives a whole number from 0 up to, not including, ``count``."""

    def below(self, count: int) -> int: ...


class Seeded:
    """A source of its own seed. ``made`` is the list of the answers so far: what ``Recorded`` and hypothesis play again."""

    def __init__(self, seed: int | str) -> None:
        self._random = random.Random(f"odw-fuzz {seed}")
        self.made: list[int] = []

    def below(self, count: int) -> int:
        answer = int(self._random.random() * count)
        self.made.append(answer)
        return answer


class Drawn:
    """A source that asks hypothesis. ``draw(count)`` gives a number that shrinks towards 0."""

    def __init__(self, draw: Callable[[int], int]) -> None:
        self.below = draw


class Choices:
    """Decisions in the words of a generator. The first of several things is the simplest one."""

    def __init__(self, source: Source) -> None:
        self.below = source.below

    def between(self, low: int, high: int) -> int:
        """A whole number of ``low`` to ``high``, both included."""
        return low + self.below(high - low + 1)

    def chance(self, percent: int) -> bool:
        """True that often. The simplest answer is False."""
        return self.below(100) >= 100 - percent

    def pick(self, things: Sequence[T]) -> T:
        return things[self.below(len(things))]

    def weighted(self, things: Sequence[tuple[int, T]]) -> T:
        """One of ``(weight, thing)``."""
        at = self.below(sum(weight for weight, _ in things))
        for weight, thing in things:
            at -= weight
            if at < 0:
                return thing
        raise AssertionError("weights do not add up")

    def some(self, things: Sequence[T], low: int, high: int) -> list[T]:
        """``low`` to ``high`` different ones of ``things``, in their order."""
        left = list(range(len(things)))
        wanted = min(self.between(low, high), len(left))
        kept = sorted(left.pop(self.below(len(left))) for _ in range(wanted))
        return [things[index] for index in kept]
