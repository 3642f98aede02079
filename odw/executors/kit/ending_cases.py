"""Bad ends: exit codes, signals, silence, deadlines, and failures that the program reports itself."""

from __future__ import annotations

from typing import Any

from odw.executors.kit.checks import NotApplicable, require, shown
from odw.executors.kit.stage import ANSWER, USAGE, Stage

SHORT_S = 0.4
_BEGIN: list[list[Any]] = [["read"], ["tell", "begin"]]


async def exit_code(stage: Stage) -> None:
    """a non-zero exit, with its last words in the message"""
    seen = await stage.play([*_BEGIN, ["err", "kit: told to fail\n"], ["exit", 3]])
    require("told to fail" in seen.failed.message, f"the last words are lost: {shown(seen.failed.message)}")
    require(seen.ended.exit == "3", f"expected report.exit '3', found {shown(seen.ended.exit)}")


async def crash(stage: Stage) -> None:
    """death by a signal, in the middle of the answer"""
    seen = await stage.play([*_BEGIN, ["tell", "say", "I begin"], ["die", 11]])
    require(seen.failed.category == "crash", f"expected a crash, found {seen.failed.category}")
    require(seen.ended.exit == "SIGSEGV", f"expected report.exit 'SIGSEGV', found {shown(seen.ended.exit)}")


async def no_answer(stage: Stage) -> None:
    """an orderly exit without an answer"""
    for acts in ([["read"]], [*_BEGIN], [*_BEGIN, ["tell", "say", "I shall look at it."]]):
        seen = await stage.play(acts)
        report = seen.ended
        # a program of plain text that says something has answered
        require(
            report.error is not None or report.text.strip() == "I shall look at it.",
            "nothing passed for an answer",
        )


async def not_there(stage: Stage) -> None:
    """a program that is not installed"""
    executor = stage.subject.running(["odw-kit-no-such-program"])
    seen = await stage.attempt(executor, stage.request())
    require(seen.failed.category == "configuration", f"expected configuration, found {seen.failed.category}")
    require(not seen.failed.retryable, "it would be tried again, in vain")


async def total_deadline(stage: Stage) -> None:
    """a program that talks for ever is ended by its total deadline"""
    seen = await stage.play([*_BEGIN, ["chatter"]], timeout_s=SHORT_S)
    require(seen.failed.category == "timeout", f"expected a timeout, found {seen.failed.category}")


async def idle_deadline(stage: Stage) -> None:
    """a program that falls silent is ended by its idle deadline"""
    seen = await stage.play([*_BEGIN, ["hang"]], idle_s=SHORT_S)
    require(seen.failed.category == "timeout", f"expected a timeout, found {seen.failed.category}")


async def deaf(stage: Stage) -> None:
    """a program that hangs and ignores SIGTERM, and its children too"""
    seen = await stage.play([["deaf"], *_BEGIN, ["spawn", "setsid"], ["hang"]], timeout_s=2 * SHORT_S)
    require(seen.failed.category == "timeout", f"expected a timeout, found {seen.failed.category}")


async def failure_of_its_own(stage: Stage) -> None:
    """failures that the program reports in its own words get their class"""
    fails = stage.subject.dialect.fails
    if not fails:
        raise NotApplicable("its program has no failures of its own")
    for category, (lines, code) in fails.items():
        steps: list[list[Any]] = [["raw", stage.lines(lines)], ["exit", code]]
        seen = await stage.play([*_BEGIN, *steps])
        found = seen.failed.category
        require(found == category, f"expected {category}, found {found}: {shown(seen.failed.message)}")


async def cancelled(stage: Stage) -> None:
    """a call that is cancelled as it works"""
    seen = await stage.play([*_BEGIN, ["spawn", "setsid"], ["hang"]], until=lambda: stage.running() >= 2)
    require(seen.report is None, "the cancellation did not get through")


async def cancelled_at_once(stage: Stage) -> None:
    """a call that is cancelled before its program has said a word"""
    seen = await stage.play([*_BEGIN, ["tell", "end", ANSWER, USAGE], ["hang"]], until=lambda: True)
    require(seen.report is None, "the cancellation did not get through")


CASES = (
    exit_code,
    crash,
    no_answer,
    not_there,
    total_deadline,
    idle_deadline,
    deaf,
    failure_of_its_own,
    cancelled,
    cancelled_at_once,
)
