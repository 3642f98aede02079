"""When a call is tried again: the generator, without any executor."""

from __future__ import annotations

from typing import Any

import pytest

from odw.runtime.abc import ABSENT, CallOutcome, CallRequest, Failure, Report, Usage
from odw.runtime.retry import CATEGORIES, Invalid, Pause, RetryPolicy, attempts, pause_before

REQUEST = CallRequest("p", {}, None, None, None, "fake", "l", None, 1, "ab" * 32, "a0", "/")
TRANSIENT = Report(error=Failure("transient", "gone", retryable=True))


def play(reports: list[Report], policy: RetryPolicy, judge: Any = None) -> tuple[list[Any], CallOutcome]:
    """The steps, and the outcome, when the attempts bring ``reports``."""
    queue = list(reports)
    machine = attempts(REQUEST, policy, judge)
    steps = []
    answer: Report | None = None
    while True:
        try:
            step = machine.send(answer)
        except StopIteration as end:
            return steps, end.value
        steps.append(step)
        answer = queue.pop(0) if isinstance(step, CallRequest) else None


def only_ok(report: Report) -> tuple[Any, tuple[str, ...]]:
    return (report.text, ()) if report.text == "ok" else (None, (f"$: {report.text!r} is not ok",))


def test_a_success_is_one_attempt() -> None:
    steps, outcome = play([Report("fine", usage=Usage(1, 2))], RetryPolicy())
    assert steps == [REQUEST]
    assert (outcome.value, outcome.failure, outcome.usage) == ("fine", None, Usage(1, 2))


def test_a_mismatch_asks_again_with_problems_raw_text_and_session() -> None:
    steps, outcome = play([Report("bad", session="s1"), Report("ok")], RetryPolicy(3), only_ok)
    _, invalid, second = steps
    assert invalid == Invalid(1, ("$: 'bad' is not ok",), last=False)
    assert (second.attempt, second.feedback, second.previous, second.session) == (
        2,
        invalid.problems,
        "bad",
        "s1",
    )
    assert outcome.value == "ok"
    assert [a.text for a in outcome.attempts] == ["bad", "ok"]


def test_mismatches_end_after_the_attempts_and_keep_every_text() -> None:
    steps, outcome = play([Report("a"), Report("b"), Report("c")], RetryPolicy(3), only_ok)
    assert [s.last for s in steps if isinstance(s, Invalid)] == [False, False, True]
    assert outcome.failure == Failure(
        "schema", "the answer does not match the schema after 3 attempts: $: 'c' is not ok"
    )
    assert [a.text for a in outcome.attempts] == ["a", "b", "c"]


def test_a_transport_failure_pauses_and_repeats_the_same_request() -> None:
    steps, outcome = play([TRANSIENT, TRANSIENT, Report("x")], RetryPolicy(3, 1.0))
    _, pause, second, longer, third = steps
    assert (second.attempt, second.feedback, third.attempt) == (2, (), 3)
    assert 0.75 <= pause.seconds <= 1.25 and 1.5 <= longer.seconds <= 2.5
    assert outcome.value == "x"


def test_what_is_not_retryable_ends_at_once() -> None:
    steps, outcome = play([Report(error=Failure("quota", "none left"))], RetryPolicy(5))
    assert steps == [REQUEST]
    assert outcome.failure == Failure("quota", "none left")


def test_usage_and_cost_of_all_attempts_add_up() -> None:
    failed = Report(usage=Usage(1, 2), cost=0.5, error=TRANSIENT.error)
    _, outcome = play([failed, Report("x", usage=Usage(10, 20), cost=0.25)], RetryPolicy(2))
    assert (outcome.usage, outcome.cost, outcome.approximate) == (Usage(11, 22), 0.75, False)
    _, outcome = play([TRANSIENT, Report("x", usage=Usage(10, 20))], RetryPolicy(2))
    assert outcome.approximate


def test_pauses_depend_on_the_key_and_nothing_else() -> None:
    policy, failure = RetryPolicy(backoff_s=1.0), Failure("transient", "", True)
    keys = [f"{n:064x}" for n in range(0, 10**60, 10**59)] + ["ff" * 32]
    pauses = [pause_before(1, policy, key, failure) for key in keys]
    assert pauses == [pause_before(1, policy, key, failure) for key in keys]
    assert all(0.75 <= p <= 1.25 for p in pauses)
    assert pause_before(1, policy, "ff" * 32, failure) != pause_before(1, policy, "00" * 32, failure)


def test_pauses_double_up_to_a_minute_and_obey_retry_after() -> None:
    policy, key = RetryPolicy(backoff_s=1.0), "80" * 32
    pauses = [pause_before(n, policy, key, Failure("transient", "", True)) for n in range(1, 40)]
    assert pauses[:3] == pytest.approx([1.0, 2.0, 4.0], rel=0.01)
    assert max(pauses) <= 75
    assert pause_before(1, policy, key, Failure("rate_limit", "", True, retry_after_s=300.0)) == 300.0


def test_authentication_quota_and_configuration_are_not_worth_another_try() -> None:
    assert [name for name, again in CATEGORIES.items() if not again] == [
        "quota", "authentication", "configuration", "cancelled", "unknown",
    ]  # fmt: skip


def test_a_pause_is_told_with_its_failure() -> None:
    steps, _ = play([TRANSIENT, Report("x")], RetryPolicy(2, 0.0))
    assert steps[1] == Pause(0.0, Failure("transient", "gone", True), 2)


def test_absent_is_false_and_shows_itself() -> None:
    assert not ABSENT
    assert repr(ABSENT) == "ABSENT"
