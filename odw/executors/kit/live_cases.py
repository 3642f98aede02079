"""Cases for the real program, each of which costs what a short call costs."""

from __future__ import annotations

from odw.executors.kit.checks import Broken, require, shown
from odw.executors.kit.stage import LIVE_PATIENCE_S, SCHEMA, Stage

_LONG = "Write the numbers from 1 to 3000 in words, one on a line, all of them, without tools."
_SOON_S = 1.0


async def success(stage: Stage) -> None:
    """an answer"""
    request = stage.request("Answer with the single word: ready")
    seen = await stage.attempt(stage.subject.real(), request, patience_s=LIVE_PATIENCE_S)
    require("ready" in seen.answered.text.lower(), f"expected 'ready', found {shown(seen.ended.text)}")


async def schema(stage: Stage) -> None:
    """a structured answer, mended if need be"""
    request = stage.request("What is 6 times 7?", SCHEMA)
    outcome = await stage.call(stage.subject.real(), request, LIVE_PATIENCE_S)
    if outcome.failure is not None:
        raise Broken(f"the call failed: {outcome.failure.category}: {outcome.failure.message}")
    require(outcome.value == {"answer": 42}, f"expected {{'answer': 42}}, found {shown(outcome.value)}")


async def deadline(stage: Stage) -> None:
    """a total deadline that comes long before the answer"""
    seen = await stage.attempt(stage.subject.real(timeout_s=_SOON_S), stage.request(_LONG))
    require(seen.failed.category == "timeout", f"expected a timeout, found {seen.failed.category}")


async def cancelled(stage: Stage) -> None:
    """a call that is cancelled once its program runs"""
    seen = await stage.attempt(
        stage.subject.real(),
        stage.request(_LONG),
        until=lambda: stage.running() > 0,
        patience_s=LIVE_PATIENCE_S,
    )
    error = seen.report.error if seen.report is not None else None
    why = f": {error.message}" if error is not None else ""
    require(seen.report is None, f"the call ended before it could be cancelled{why}")


CASES = (success, schema, deadline, cancelled)
