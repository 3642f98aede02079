"""When a call is tried again, and when: one sans-I/O generator that both ways of running a call drive.

Schema mismatches are tried again at once, with the validator's messages; transport failures after an exponential pause with
jitter derived from the call's key, so that equal runs pause equally and 16 calls that fail together do not return
together. Both draw on the same number of attempts.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, NamedTuple, TypeAlias

from odw.runtime.abc import ABSENT, Attempt, CallOutcome, CallRequest, Failure, Report, Usage

# category -> whether it is worth another try (contract, section 3)
CATEGORIES: dict[str, bool] = {
    "transient": True,
    "rate_limit": True,
    "overload": True,
    "network": True,
    "crash": True,
    "timeout": True,
    "schema": True,
    "quota": False,
    "authentication": False,
    "configuration": False,
    "cancelled": False,
    "unknown": False,
}
MAX_PAUSE_S = 60.0


class RetryPolicy(NamedTuple):
    """``attempts`` in all; ``backoff_s`` is the first pause, doubled each time."""

    attempts: int = 3
    backoff_s: float = 1.0


class Pause(NamedTuple):
    """Wait ``seconds`` before the next attempt, because of ``failure``."""

    seconds: float
    failure: Failure
    next_attempt: int


class Invalid(NamedTuple):
    """Attempt ``attempt`` answered something that does not fit the schema; ``last`` if no other follows."""

    attempt: int
    problems: tuple[str, ...]
    last: bool


Step: TypeAlias = CallRequest | Pause | Invalid
# text or structured answer -> (value, problems): how an answer becomes the value of a call with a schema
Judge: TypeAlias = Callable[[Report], tuple[Any, tuple[str, ...]]]


def attempts(
    request: CallRequest, policy: RetryPolicy, judge: Judge | None, done: list[Attempt] | None = None
) -> Generator[Step, Report | None, CallOutcome]:
    """Yields a CallRequest to be answered by ``send(report)``, or a Pause or an Invalid to be noted; returns the outcome.

    ``done`` holds attempts made before, and gets those made here.
    """
    done = [] if done is None else done
    failures = 0
    while True:
        report = yield request
        assert report is not None
        number = request.attempt
        last = number >= policy.attempts
        failure = report.error
        problems: tuple[str, ...] = ()
        value: Any = report.text
        if failure is None and judge is not None:
            value, problems = judge(report)
            if problems:
                failure = Failure("schema", _mismatch(problems, number), retryable=not last)
        done.append(Attempt(number, report.text, report.usage, report.cost, failure, problems))
        if failure is None:
            return _outcome(value, None, done, report.model)
        if problems:
            yield Invalid(number, problems, last)
        if last or not failure.retryable:
            return _outcome(None, failure, done, report.model)
        if problems:
            request = request._replace(
                attempt=number + 1, feedback=problems, previous=report.text, session=report.session
            )
        else:
            failures += 1
            yield Pause(pause_before(failures, policy, request.key, failure), failure, number + 1)
            request = request._replace(attempt=number + 1)


def pause_before(failures: int, policy: RetryPolicy, key: str, failure: Failure) -> float:
    """Seconds: ``backoff · 2^(n-1)``, jittered by ±25 % out of the key; a server's Retry-After is obeyed."""
    pause = min(policy.backoff_s * 2.0 ** (failures - 1), MAX_PAUSE_S)
    jitter = int(key[2 * failures % 56 :][:8] or "0", 16) / 0xFFFFFFFF
    pause *= 0.75 + jitter / 2
    return max(pause, failure.retry_after_s or 0.0)


def _mismatch(problems: tuple[str, ...], number: int) -> str:
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    tries = "attempt" if number == 1 else "attempts"
    return f"the answer does not match the schema after {number} {tries}: {problems[0]}{more}"


def _outcome(value: Any, failure: Failure | None, done: list[Attempt], model: str | None) -> CallOutcome:
    if len(done) == 1:  # by far the most common, and worth no sums
        only = done[0]
        usage = only.usage
        return CallOutcome(value, failure, (only,), usage or Usage(), only.cost, model, usage is None)
    total, cost = Usage(), None
    for attempt in done:
        total += attempt.usage or Usage()
        if attempt.cost is not None:
            cost = (cost or 0.0) + attempt.cost
    approximate = any(attempt.usage is None for attempt in done)
    return CallOutcome(value, failure, tuple(done), total, cost, model, approximate)


__all__ = [
    "ABSENT",
    "CATEGORIES",
    "Invalid",
    "Judge",
    "Pause",
    "RetryPolicy",
    "Step",
    "attempts",
    "pause_before",
]
