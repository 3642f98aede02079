"""Large pieces of memory, told to the host before they are taken.

CPython takes memory inside single instructions, where no signal is heeded: a string of half a gigabyte is there before anybody
could object. So whatever may take much at once says so first, here, and the host may raise what it likes. The limits of
ECMAScript's own, those that are a RangeError, stand where their values are made.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

LARGE: Final = 2**24  # bytes: below this nobody is asked


def _granted(size: int) -> None:
    return


ask: Callable[[int], object] = _granted


def set_host(answer: Callable[[int], object] | None) -> None:
    """Let ``answer(bytes)`` be called before each large piece of memory is taken; None: nobody is asked any more."""
    global ask
    ask = _granted if answer is None else answer


def expect(size: int) -> None:
    """``size`` bytes are about to be taken at once. Raises what the host raises."""
    if size >= LARGE:
        ask(size)
