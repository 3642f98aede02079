"""Plays the cases for one subject, several at once, and says what came of each."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import NamedTuple

import trio

from odw.executors.kit.cases import Case
from odw.executors.kit.checks import Broken, NotApplicable
from odw.executors.kit.stage import Sizes, Stage
from odw.executors.kit.subject import Subject
from odw.runtime.process_tags import sweep
from odw.runtime.warden import Warden

AT_ONCE = 4

_numbers = count(1)


class Outcome(NamedTuple):
    """``status`` is ``ok``, ``failed`` or ``skipped``, ``reason`` why if it is not ok; ``seconds``: how long it took."""

    case: str
    title: str
    status: str
    reason: str
    seconds: float


async def run_cases(
    subject: Subject,
    cases: Sequence[Case],
    sizes: Sizes,
    ended: Callable[[Outcome], None] = lambda outcome: None,
    at_once: int = AT_ONCE,
) -> list[Outcome]:
    """The outcomes in the order of ``cases``; ``ended`` hears of each as it comes. No process is left afterwards.

    ``at_once`` is how many cases are played at a time; those that measure memory come last, each by itself.
    """
    run = f"kit-{os.getpid()}-{next(_numbers)}"
    outcomes: dict[str, Outcome] = {}
    warden = Warden(run)
    warden.ensure()
    limiter = trio.CapacityLimiter(at_once)

    async def play(number: int, case: Case) -> None:
        async with limiter:
            outcomes[case.name] = await _play(subject, case, f"{run}.{number}.", sizes)
            ended(outcomes[case.name])

    try:
        async with trio.open_nursery() as nursery:
            for number, case in enumerate(cases):
                if not case.alone:
                    nursery.start_soon(play, number, case)
        for number, case in enumerate(cases):
            if case.alone:
                await play(number, case)
    finally:
        warden.close()
    return [outcomes[case.name] for case in cases]


async def _play(subject: Subject, case: Case, tag: str, sizes: Sizes) -> Outcome:
    began = trio.current_time()
    status, reason = "ok", ""
    with tempfile.TemporaryDirectory(prefix="odw-kit-", ignore_cleanup_errors=True) as directory:
        try:
            await case.play(Stage(subject, Path(directory), tag, sizes))
        except NotApplicable as why:
            status, reason = "skipped", str(why)
        except Broken as broken:
            status, reason = "failed", str(broken)
        except BaseExceptionGroup as group:
            broken_ones, others = group.split(Broken)
            if others is not None or broken_ones is None:
                raise
            status, reason = "failed", str(_first(broken_ones))
        finally:
            sweep(tag)
    return Outcome(case.name, case.title, status, reason, trio.current_time() - began)


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
