"""The one shape of all answers: a report for each state, a failure envelope for each error. No I/O."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from odw.errors import ExecutorError, OdwError
from odw.runtime.abc import Failure, Report, Usage

STATES = ("completed", "waiting_for_user", "idle", "running", "timeout", "stopped", "blocked", "failed")
GOOD = ("completed", "waiting_for_user", "idle", "running")

QUESTION = "NEEDS_INPUT:"
# What --may-ask adds to the task.
MAY_ASK = (
    "If you cannot go on without an answer of the user, end your message with one line that begins with "
    f"{QUESTION} and holds the question. Ask only what you cannot find out or decide yourself."
)
# Error classes that no new attempt mends: somebody has to do something first.
_BLOCKED = ("authentication", "quota", "configuration")
_HINTS = {
    "authentication": "Log in to the runtime or set its key; odw doctor shows which, and odw task resume goes on.",
    "quota": "Wait until the quota is renewed or choose another --runtime; odw task resume goes on.",
    "configuration": "odw doctor shows what is here.",
    "timeout": "Give it more time with --timeout-ms, or less to do; odw task resume goes on.",
    "cancelled": "odw task resume goes on.",
}
_KEPT_OUT = ("pid", "settings", "first_turn")  # of state.json, what is no part of a report


def state_after(report: Report, *, may_ask: bool) -> tuple[str, str]:
    """The state that an executor's report ends a turn in, and the question if there is one."""
    if report.error is None:
        question = question_in(report.text) if may_ask else ""
        return ("waiting_for_user", question) if question else ("completed", "")
    category = report.error.category
    if category in ("timeout", "cancelled"):
        return ("timeout" if category == "timeout" else "stopped"), ""
    return ("blocked" if category in _BLOCKED else "failed"), ""


def question_in(text: str) -> str:
    """What the last line asks; "" if it asks nothing."""
    lines = text.rstrip().splitlines()
    found = re.match(rf"[\s*_`>]*{QUESTION}[\s*_`]*(.*?)[\s*_`]*\Z", lines[-1]) if lines else None
    return found[1] if found else ""


def error_json(failure: Failure, hint: str = "") -> dict[str, Any]:
    return {
        "category": failure.category,
        "message": failure.message,
        "hint": hint or _HINTS.get(failure.category, ""),
        "retryable": failure.retryable,
    }


def envelope(error: OdwError) -> dict[str, Any]:
    """What ``--json`` prints when there is no session to report on."""
    category = error.category if isinstance(error, ExecutorError) else "configuration"
    told = {"category": category, "message": error.message, "hint": error.hint}
    return {"ok": False, "state": "failed", "error": told}


def usage_report(usage: Usage | None, cost: float | None) -> dict[str, Any]:
    """Tokens by the names that pandacode's reports have; {} if none were told."""
    told: dict[str, Any] = {}
    if usage is not None:
        told = {
            "input_tokens": usage.input,
            "output_tokens": usage.output,
            "cache_read_input_tokens": usage.cache_read,
            "cache_creation_input_tokens": usage.cache_write,
            "reasoning_output_tokens": usage.reasoning,
            "total_tokens": usage.total,
        }
    if cost is not None:
        told["cost_usd"] = cost
    return told


def usage_told(told: Mapping[str, Any]) -> tuple[Usage | None, float | None]:
    """``usage_report`` backwards."""
    cost = told.get("cost_usd")
    if "total_tokens" not in told:
        return None, cost
    return Usage(
        told["input_tokens"],
        told["output_tokens"],
        told["cache_read_input_tokens"],
        told["cache_creation_input_tokens"],
        told["reasoning_output_tokens"],
    ), cost


def public(report: Mapping[str, Any]) -> dict[str, Any]:
    """A report without what only odw needs."""
    return {name: value for name, value in report.items() if name not in _KEPT_OUT}


def as_found(report: dict[str, Any], *, driven: bool, last_words: str = "") -> dict[str, Any]:
    """The report as it stands: one that says running while nobody drives it was left behind by a process that died.

    It is idle if the executor's session can be continued, else failed.
    """
    if report.get("state") != "running" or driven:
        return report
    words = last_words.strip()[-800:]
    message = f"its process ended without a last word{': ' + words if words else ''}"
    if report.get("executor_session"):
        return {**report, "ok": True, "state": "idle", "note": f"{message}; odw task resume goes on"}
    error = error_json(Failure("crash", message, True), "Start it again, or go on with odw task resume.")
    return {**report, "ok": False, "state": "failed", "error": error}
