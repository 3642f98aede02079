"""What servers say no with, by error class."""

from __future__ import annotations

import pytest

from odw.executors._service_errors import class_of, refused


@pytest.mark.parametrize(
    ("said", "status", "category"),
    [
        ("whatever", 401, "authentication"),
        ("whatever", 404, "configuration"),
        ("slow down", 429, "rate_limit"),
        ("You exceeded your current quota, please check your plan", 429, "quota"),
        ("Insufficient Balance", 429, "quota"),
        ("timeout in the words does not count", 500, "transient"),
        ("whatever", 529, "overload"),
        ("whatever", 418, "crash"),
        ("insufficient balance", None, "quota"),
        ("Error: Invalid API key provided", None, "authentication"),
        ("No api key: DEEPSEEK_API_KEY is not set", None, "authentication"),
        ("Too Many Requests", None, "rate_limit"),
        ("The model is overloaded", None, "overload"),
        ("connect ECONNREFUSED 127.0.0.1:1", None, "network"),
        ("TypeError: fetch failed", None, "network"),
        ("model gpt-99 not found", None, "configuration"),
        ("request timed out", None, "timeout"),
        ("segmentation fault", None, "crash"),
        ("", None, "crash"),
    ],
)
def test_classes(said: str, status: int | None, category: str) -> None:
    assert class_of(said, status) == category


def test_a_failure_says_who_and_whether_it_is_worth_another_try() -> None:
    assert refused("prog", "slow down", 429) == ("rate_limit", "prog: slow down", True, None)
    assert refused("prog", "", 401) == ("authentication", "prog: failed without a reason", False, None)


def test_a_long_message_is_read_in_no_time() -> None:
    assert class_of("no " * 2_000_000) == "crash"
