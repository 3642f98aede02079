"""Makes a program that shows a difference small, with hypothesis: its shrinker plays the program's decisions again, fewer and smaller.

The decisions of a seeded program are the very choices that the strategy below would draw, so they are handed to hypothesis as an
example that an earlier run left in its database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import strategies as st
from hypothesis.database import ExampleDatabase, choices_to_bytes
from hypothesis.errors import HypothesisException

from fuzz.choices import Choices, Drawn


@st.composite
def programs(draw: st.DrawFn, write: Callable[[Choices], str]) -> str:
    """Programs, as a strategy. ``write`` is the generator."""
    return write(Choices(Drawn(lambda count: draw(st.integers(0, count - 1)))))


class _Enough(KeyboardInterrupt):
    """Ends hypothesis: it stops for nothing less."""


def shrink(
    write: Callable[[Choices], str], made: Sequence[int], fails: Callable[[str], bool], most: int = 2000
) -> str:
    """The smallest program found for which ``fails`` holds; ``made`` are the decisions of one for which it does.

    It gives that program itself if nothing smaller was found, or if hypothesis does not take it (it has too many decisions).
    ``most`` programs are tried.
    """
    smallest = [_Shown(write, made).text]
    tried = 0

    @settings(
        database=_OneExample(made),
        phases=(Phase.reuse, Phase.shrink),
        max_examples=10_000,  # counts while shrinking too
        deadline=None,
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
    )
    @given(programs(write))
    def property_holds(text: str) -> None:
        nonlocal tried
        tried += 1
        if tried > most:
            raise _Enough
        if fails(text):
            if len(text) < len(smallest[0]):
                smallest[0] = text
            raise AssertionError

    with suppress(AssertionError, HypothesisException, _Enough):
        property_holds()
    return smallest[0]


class _Shown:
    """The program of recorded decisions."""

    def __init__(self, write: Callable[[Choices], str], made: Sequence[int]) -> None:
        left = iter(made)
        self.text = write(Choices(Drawn(lambda count: next(left))))


class _OneExample(ExampleDatabase):
    """Gives one example, and forgets what it is told to keep.

    It gives it where hypothesis looks for examples that are not the smallest yet: those of the first place it does not shrink again.
    """

    def __init__(self, made: Sequence[int]) -> None:
        super().__init__()
        self._example = choices_to_bytes(made)

    def fetch(self, key: bytes) -> Iterable[bytes]:
        return [self._example] if key.endswith(b".secondary") else []

    def save(self, key: bytes, value: bytes) -> None: ...

    def delete(self, key: bytes, value: bytes) -> None: ...
