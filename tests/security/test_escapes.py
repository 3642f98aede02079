"""A script reaches nothing but its hooks: every attempt of attempts.txt ends in the script's own terms and sees nothing of Python.

A ``---`` line of an attempt says how it ends: ``gives JSON``, ``throws message`` or ``rejects CODE`` (by lint).
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from attempts import HOSTILE_ARGS, Attempt, read_attempts, run_attempt

from odw.errors import InternalError

CANARY = "canary-4f1d9c7be2"
ATTEMPTS = read_attempts()
PYTHON = (
    "<class ", "object at 0x", "site-packages", '.py"', ".py:", 'File "', "built-in method", "Traceback", "<function ",
    "<module ", "mappingproxy", "importlib", "JsThrow", "JSObject",
)  # fmt: skip


@pytest.fixture(autouse=True)
def canary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ODW_TEST_CANARY", CANARY)


def test_there_are_enough_of_them() -> None:
    assert len(ATTEMPTS) >= 220
    assert len({attempt.name for attempt in ATTEMPTS}) == len(ATTEMPTS)


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=lambda attempt: attempt.name)
def test_it_reaches_nothing(attempt: Attempt) -> None:
    ran = run_attempt(attempt.body, HOSTILE_ARGS)
    assert not isinstance(ran.error, InternalError), repr(ran.error.__cause__)
    assert [word for word in _forbidden(attempt) if word in ran.seen] == []
    if attempt.expected:
        assert ran.ending == attempt.expected


def _forbidden(attempt: Attempt) -> list[str]:
    """Texts that may not be seen, but for those that the attempt itself holds."""
    secrets = [CANARY, str(Path.cwd()), *_passwd()]
    home = os.environ.get("HOME", "")
    if len(home) > 1:
        secrets.append(f"{home}/")
    return [word for word in (*PYTHON, *secrets) if word not in attempt.body]


def _passwd() -> list[str]:
    path = Path("/etc/passwd")
    lines = path.read_text("utf-8", "replace").splitlines() if path.exists() else []
    return [line for line in lines if len(line) > 10][:5]


def test_a_schema_cannot_hang_the_run() -> None:
    """A pattern that backtracks without end is stopped like an endless loop."""
    schema = "{ type: 'string', pattern: '^(a+)+$' }"
    ran = run_attempt(
        f"return await agent('x', {{ schema: {schema}, maxAttempts: 1, mockResult: 'a'.repeat(40) + 'b' }})",
        slice_s=0.3,
    )
    assert ran.ending == "gives null"
    assert "the check of the answer was stopped" in ran.seen
