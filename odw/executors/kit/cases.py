"""The table of cases. A case is a coroutine function of a Stage that raises Broken; its docstring is its title."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from odw.executors.kit import answer_cases, ending_cases, live_cases, output_cases, process_cases
from odw.executors.kit.stage import Stage

Play = Callable[[Stage], Awaitable[None]]


class Case(NamedTuple):
    """``alone``: it measures memory, so that no other may run beside it."""

    name: str
    play: Play
    alone: bool = False

    @property
    def title(self) -> str:
        return (self.play.__doc__ or "").strip().partition("\n")[0]


def _cases(*plays: Play, alone: bool = False) -> tuple[Case, ...]:
    return tuple(Case(play.__name__.replace("_", "-"), play, alone) for play in plays)


CASES = (
    *_cases(*answer_cases.CASES, *ending_cases.CASES, *output_cases.CASES, *process_cases.CASES),
    *_cases(*output_cases.LARGE, alone=True),
)
LIVE_CASES = _cases(*live_cases.CASES)
