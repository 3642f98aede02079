"""What claude says when it fails, as a failure of a class that the runtime knows. No I/O."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from odw.executors._json_events import list_at, text_at
from odw.executors._service_errors import class_of
from odw.runtime.abc import Failure
from odw.runtime.retry import CATEGORIES

# What an assistant event has as ``error`` -> class; others are told apart by their status and words.
_KINDS = {
    "authentication_failed": "authentication",
    "oauth_org_not_allowed": "authentication",
    "billing_error": "quota",
    "rate_limit": "rate_limit",
    "overloaded": "overload",
    "invalid_request": "configuration",
    "model_not_found": "configuration",
    "max_output_tokens": "configuration",
}
_SUBTYPES = {
    "error_max_turns": ("configuration", "; raise maxTurns, or ask for less"),
    "error_max_budget_usd": ("configuration", "; raise --max-budget-usd, or ask for less"),
    "error_max_structured_output_retries": ("schema", ""),
}
_USED_UP = re.compile(
    r"hit your (\w+ )?limit|(usage|session|weekly|monthly|spend\w*) limit|out of (extra )?usage|credit balance",
    re.IGNORECASE,
)
# What it writes on standard error, without any event, when it does not even begin.
_USAGE = re.compile(
    r"^error: (unknown option|unknown argument|option |too many arguments)"
    r"|cannot be used with root|Available agents:|Input must be provided|Invalid MCP configuration"
    r"|file not found|not valid JSON",
    re.IGNORECASE | re.MULTILINE,
)
_AS_ROOT = (
    '; permission "max" needs another user, or env = {IS_SANDBOX = "1"} in the executor\'s table of odw.toml '
    "where the machine itself is a sandbox"
)


class Told(NamedTuple):
    """What the events before the last one said of errors. ``retry_after_s``: the pause before its last own retry."""

    kind: str = ""
    rejected: bool = False
    retry_after_s: float | None = None


def failure_of_result(result: Mapping[str, Any], told: Told) -> Failure:
    """The failure that a result line with ``is_error`` stands for."""
    subtype = text_at(result, "subtype")
    said = text_at(result, "result") or "; ".join(
        error for error in list_at(result, "errors") if isinstance(error, str)
    )
    category, more = _SUBTYPES.get(subtype, ("", ""))
    if not category:
        category = _category(result, told, said)
    retry_after_s = told.retry_after_s if category in ("rate_limit", "overload") else None
    message = f"claude: {said or subtype or 'failed without a reason'}{more}"
    return Failure(category, message, CATEGORIES[category], retry_after_s)


def refused_to_begin(stderr: str, failure: Failure) -> Failure:
    """``failure`` of the right class if claude refused its command line, which another attempt would not change."""
    if _USAGE.search(stderr) is None:
        return failure
    more = _AS_ROOT if "root/sudo" in stderr else ""
    return failure._replace(category="configuration", message=failure.message + more, retryable=False)


def session_is_lost(result: Mapping[str, Any]) -> bool:
    """Whether the session that was to be continued is not there."""
    return any(
        isinstance(error, str) and error.startswith("No conversation found")
        for error in list_at(result, "errors")
    )


def _category(result: Mapping[str, Any], told: Told, said: str) -> str:
    status = result.get("api_error_status")
    if told.rejected or (told.kind in ("rate_limit", "") and _USED_UP.search(said)):
        return "quota"  # the plan's, which no pause of seconds mends
    if told.kind in _KINDS:
        return _KINDS[told.kind]
    return class_of(
        said,
        status if isinstance(status, int) else None,
        "transient" if told.kind == "server_error" else "crash",
    )
