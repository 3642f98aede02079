"""Retry until a check passes: one agent makes it, another checks it, and what the check found goes into the next attempt."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeAlias, TypeVar, overload

from odw.dsl.options import AgentOptions
from odw.patterns import _checks as check_that
from odw.patterns._prompts import bullets, fill
from odw.patterns._section import section
from odw.patterns._shapes import Form, form_of

T = TypeVar("T")

MAKE = "{task}{feedback}"
FEEDBACK = (
    "\n\nAn earlier attempt did not pass. It was:\n{result}\n\nWhat was wrong with it:\n{problems}\n\n"
    "Make it again, without these problems."
)
CHECK = (
    "Check whether this result does what the task asks. Name every problem that must be mended, and none that is a matter of taste.\n\n"
    "Task: {task}\n\nResult:\n{result}"
)
CHECKED: Form = {
    "type": "object",
    "required": ["passed", "problems"],
    "properties": {"passed": {"type": "boolean"}, "problems": {"type": "array", "items": {"type": "string"}}},
}


@dataclass(frozen=True, slots=True)
class Try(Generic[T]):
    """One attempt, from 1. ``passed`` is None when nothing was made, or nobody could check it."""

    attempt: int
    result: T | None
    passed: bool | None
    problems: list[str]


@dataclass(frozen=True, slots=True)
class Retried(Generic[T]):
    """``result`` is the one that passed, else the last that was made. ``abstained`` counts the calls that failed."""

    passed: bool
    result: T | None
    stopped: Literal["passed", "attempts", "unchecked"]
    tries: list[Try[T]]
    abstained: int


# of the attempt's number and the feedback: "" the first time, else what was made before and what was wrong with it
Maker: TypeAlias = Callable[[int, str], Awaitable[T | None]]
# True, or no problems: it passes; None: it could not be checked
Check: TypeAlias = Callable[[T], Awaitable[bool | Sequence[str] | None]]


@overload
async def retry_until_passes(
    task: Maker[T],
    *,
    check: Check[T] | str = ...,
    attempts: int = ...,
    checks: int = ...,
    checker: AgentOptions | None = ...,
) -> Retried[T]: ...
@overload
async def retry_until_passes(
    task: str,
    schema: type[T],
    *,
    make: str = ...,
    check: Check[T] | str = ...,
    attempts: int = ...,
    checks: int = ...,
    maker: AgentOptions | None = ...,
    checker: AgentOptions | None = ...,
) -> Retried[T]: ...
@overload
async def retry_until_passes(
    task: str,
    schema: Mapping[str, Any],
    *,
    make: str = ...,
    check: Check[Any] | str = ...,
    attempts: int = ...,
    checks: int = ...,
    maker: AgentOptions | None = ...,
    checker: AgentOptions | None = ...,
) -> Retried[Any]: ...
@overload
async def retry_until_passes(
    task: str,
    *,
    make: str = ...,
    check: Check[str] | str = ...,
    attempts: int = ...,
    checks: int = ...,
    maker: AgentOptions | None = ...,
    checker: AgentOptions | None = ...,
) -> Retried[str]: ...


async def retry_until_passes(
    task: str | Maker[Any],
    schema: Any = None,
    *,
    make: str = MAKE,
    check: Check[Any] | str = CHECK,
    attempts: int = 3,
    checks: int = 2,
    maker: AgentOptions | None = None,
    checker: AgentOptions | None = None,
) -> Retried[Any]:
    """Make something until it passes its check, ``attempts`` times at most. docs/patterns/retry-until-passes.md

    ``task`` may be a function of your own that makes it, ``check`` one that checks it; as prompts, ``make`` has holes {task}, {attempt},
    {feedback}, ``check`` {task}, {result}. A check that fails itself is tried ``checks`` times; then the result is left unchecked.
    """
    check_that.count("attempts", attempts)
    check_that.count("checks", checks)
    if not callable(task):
        check_that.words("task", task)
    check_that.template("make", make, "feedback")
    if isinstance(check, str):
        check_that.template("check", check, "result")
    form = form_of(schema)

    with section("retry-until-passes") as here:

        async def made(attempt: int, feedback: str) -> Any:
            if callable(task):
                return await here.own(task, attempt, feedback)
            values = {"task": task, "attempt": attempt, "feedback": feedback}
            return await here.ask(
                fill(make, values), values, maker, label="make {attempt}", phase="Make", form=form
            )

        tries: list[Try[Any]] = []
        result: Any = None
        feedback = ""
        abstained = 0
        stopped: Literal["passed", "attempts", "unchecked"] = "attempts"
        while len(tries) < attempts:
            attempt = len(tries) + 1
            new = await made(attempt, feedback)
            if new is None:
                abstained += 1
                tries.append(Try(attempt, None, None, []))
                continue  # with the feedback that there was
            result = new
            problems: list[str] | None = None
            passed = False
            values = {
                "task": "" if callable(task) else task,
                "attempt": attempt,
                "feedback": feedback,
                "result": new,
            }
            for again in range(1, checks + 1):
                verdict = await _checked(here, check, {**values, "check": again}, checker)
                if verdict is not None:
                    passed, problems = verdict
                    break
                abstained += 1
            tries.append(Try(attempt, new, passed if problems is not None else None, problems or []))
            if passed or problems is None:
                stopped = "passed" if passed else "unchecked"
                break
            listed = bullets(problems) or "(the check did not say)"
            feedback = fill(FEEDBACK, {"result": new, "problems": listed})
            here.log(f"attempt {attempt} did not pass: {len(problems)} problems")
        here.log(
            f"{'passed' if stopped == 'passed' else 'not passed'} after {len(tries)} of {attempts} attempts ({stopped}); "
            f"{abstained} calls abstained"
        )
        return Retried(stopped == "passed", result, stopped, tries, abstained)


async def _checked(
    here: section, check: Check[Any] | str, values: Mapping[str, Any], checker: AgentOptions | None
) -> tuple[bool, list[str]] | None:
    """Whether it passes, and its problems; None when nobody could tell."""
    if isinstance(check, str):
        answer = await here.ask(
            fill(check, values),
            values,
            checker,
            label="check {attempt}.{check}",
            phase="Check",
            form=CHECKED,
        )
        return None if answer is None else (answer["passed"], answer["problems"])
    verdict = await here.own(check, values["result"])
    if verdict is None or isinstance(verdict, bool):
        return None if verdict is None else (verdict, [])
    return not verdict, [str(problem) for problem in verdict]
