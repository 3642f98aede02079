"""Two runs side by side: which of their calls are the same, which asked something else, which answered differently.

Calls are paired as a resume would find them: by content and place, then by content, then by place alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from odw.runtime.abc import ABSENT, Usage
from odw.runtime.run_view import CallView, RunView

SAME, ANSWERED, ASKED, ONLY_A, ONLY_B = "same", "answered", "asked", "only-a", "only-b"


class CallPair(NamedTuple):
    """``kind``: SAME; ANSWERED differently to the same; ASKED something else at the same place; in one run only."""

    kind: str
    a: CallView | None
    b: CallView | None

    @property
    def label(self) -> str:
        call = self.a or self.b
        assert call is not None
        return call.label


class RunDiff(NamedTuple):
    """``results``: whether both runs completed with equal results; None when one of them has no result."""

    pairs: tuple[CallPair, ...]
    results: bool | None
    usage: tuple[Usage, Usage]
    cost: tuple[float, float]

    def of(self, *kinds: str) -> list[CallPair]:
        return [pair for pair in self.pairs if pair.kind in kinds]

    @property
    def equal(self) -> bool:
        return self.results is not False and not self.of(ANSWERED, ASKED, ONLY_A, ONLY_B)


def compare(a: RunView, b: RunView) -> RunDiff:
    """The difference, in the order of A's calls, then what only B has."""
    left, right = list(a.calls.values()), list(b.calls.values())
    partner: dict[int, CallView] = {}
    for key in (_content_and_place, _content, _place):
        _pair(left, right, partner, key)
    taken = {call.index for call in partner.values()}
    pairs = [_judge(call, partner.get(call.index)) for call in left]
    pairs += [CallPair(ONLY_B, None, call) for call in right if call.index not in taken]
    return RunDiff(tuple(pairs), _same_results(a, b), (a.usage, b.usage), (a.cost, b.cost))


def _content_and_place(call: CallView) -> Any:
    return call.key, call.path


def _content(call: CallView) -> Any:
    return call.key


def _place(call: CallView) -> Any:
    return call.path


def _pair(
    left: Iterable[CallView],
    right: Iterable[CallView],
    partner: dict[int, CallView],
    key: Callable[[CallView], Any],
) -> None:
    """Give the calls that have no partner yet the first free one with an equal key."""
    taken = {call.index for call in partner.values()}
    free: dict[Any, list[CallView]] = {}
    for call in right:
        if call.index not in taken:
            free.setdefault(key(call), []).append(call)
    for call in left:
        candidates = free.get(key(call))
        if call.index not in partner and candidates:
            partner[call.index] = candidates.pop(0)


def _judge(a: CallView, b: CallView | None) -> CallPair:
    if b is None:
        return CallPair(ONLY_A, a, None)
    if a.key != b.key:
        return CallPair(ASKED, a, b)
    return CallPair(SAME if _ending(a) == _ending(b) else ANSWERED, a, b)


def _ending(call: CallView) -> Any:
    """How a call ended, for a comparison: large results are named by their hash."""
    end = call.end or {}
    if not end.get("ok"):
        return call.status if call.error is None else call.error.get("category")
    return end.get("resultRef"), end.get("result", ABSENT)


def _same_results(a: RunView, b: RunView) -> bool | None:
    ends = (a.end, b.end)
    if any(end is None or end["type"] != "workflow_done" for end in ends):
        return None
    assert a.end is not None and b.end is not None
    return bool(a.end.get("result") == b.end.get("result"))
