"""What a program leaves behind when it ends in order: it ends too, and its answer counts."""

from __future__ import annotations

from odw.executors.kit.checks import require, shown
from odw.executors.kit.stage import ANSWER, USAGE, Stage


async def grandchild(stage: Stage) -> None:
    """a child process that holds the pipes"""
    await _leaves(stage, "plain")


async def setsid_grandchild(stage: Stage) -> None:
    """a child process in a session of its own"""
    await _leaves(stage, "setsid")


async def daemon(stage: Stage) -> None:
    """a daemon, forked twice"""
    await _leaves(stage, "daemon")


async def _leaves(stage: Stage, how: str) -> None:
    seen = await stage.play([["read"], ["tell", "begin"], ["spawn", how], ["tell", "end", ANSWER, USAGE]])
    require(seen.answered.text.strip() == ANSWER, f"expected {ANSWER!r}, found {shown(seen.ended.text)}")


CASES = (grandchild, setsid_grandchild, daemon)
