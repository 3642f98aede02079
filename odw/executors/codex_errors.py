"""What codex says when it fails, as a failure of a class that the runtime knows: it gives words alone. No I/O."""

from __future__ import annotations

import json
import re

from odw.executors._service_errors import class_of
from odw.runtime.abc import Failure
from odw.runtime.retry import CATEGORIES

_STATUS = re.compile(r"\bstatus:? (\d{3})\b")
# Its own words for what a server said; where they say nothing, the server's do.
_WORDS = tuple(
    (category, re.compile(words, re.IGNORECASE))
    for category, words in (
        ("overload", r"high demand|at capacity"),
        ("authentication", r"missing environment variable|log ?in again|refresh token|access token"),
        (
            "configuration",
            r"do not have access to it|invalid_request|invalid schema|context window|maximum length|unsupported (value|parameter)",
        ),
        ("rate_limit", r"rate limit"),
        ("network", r"stream disconnected|connection failed|error sending request|waiting for network"),
    )
)
_RETRY = re.compile(
    r"(?:try again|retry) (?:in|after) (?:about )?(\d+(?:\.\d+)?) ?(ms|s|sec|seconds|m|min|minutes)\b", re.I
)
_UNIT_S = {"ms": 0.001, "m": 60.0, "min": 60.0, "minutes": 60.0}
# What it writes on standard error, without any event, when it does not even begin.
_USAGE = re.compile(
    r"^error: (unexpected argument|invalid value|the argument)|not valid JSON|^Error loading config|error parsing .*config"
    r"|input_too_large|No prompt provided",
    re.IGNORECASE | re.MULTILINE,
)


def failure_of_message(message: str) -> Failure:
    """The failure that ``turn.failed`` or the last ``error`` names."""
    said = _unwrapped(message)
    category = category_of(said)
    return Failure(category, f"codex: {said}", CATEGORIES[category], retry_after(said))


def category_of(said: str) -> str:
    for category, words in _WORDS:
        if words.search(said):
            return category
    status = _STATUS.search(said)
    return class_of(said, None if status is None else int(status[1]))


def retry_after(said: str) -> float | None:
    """Seconds, if the provider has named a time to wait."""
    found = _RETRY.search(said)
    return None if found is None else round(float(found[1]) * _UNIT_S.get(found[2].lower(), 1.0), 3)


def begins_wrongly(stderr: str) -> bool:
    """Whether codex refused its command line or its settings, which another attempt would not change."""
    return _USAGE.search(stderr) is not None


def session_is_lost(stderr: str) -> bool:
    """Whether the thread that was to be continued is not there."""
    return "no rollout found" in stderr


def _unwrapped(message: str) -> str:
    """Codex passes on the body of some answers as it came: the message in it is what matters."""
    if not message.startswith("{"):
        return message
    try:
        error = json.loads(message)["error"]
        kind = error.get("type") or error.get("code") or ""
        return f"{error['message']} ({kind})" if kind else str(error["message"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return message
