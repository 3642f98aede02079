"""What a provider's server said no with, as an error class of the runtime: by its status, else by the words. No I/O."""

from __future__ import annotations

import re

from odw.runtime.abc import Failure
from odw.runtime.retry import CATEGORIES

_STATUSES = {
    400: "configuration", 401: "authentication", 402: "quota", 403: "authentication", 404: "configuration",
    408: "network", 413: "configuration", 422: "configuration", 429: "rate_limit", 502: "network", 503: "overload",
    504: "network", 529: "overload",
}  # fmt: skip
# Looked for in this order. A quota that is used up comes with the same status as too many calls a minute.
_WORDS = (
    ("quota", r"insufficient.{0,20}(quota|balance|credit|funds)|quota.{0,30}exceed|exceed.{0,30}quota|credit balance"
              r"|payment required|billing|daily limit|out of credits|usage limit"),
    ("authentication", r"unauthori[sz]ed|unauthenticated|authenticat|(invalid|incorrect|missing|no) .{0,20}(api.?key|credential|token)"
                       r"|api.?key.{0,40}(invalid|not valid|missing|not set|required|must)|not logged in|login required|permission.denied"),
    ("rate_limit", r"rate.?limit|too many requests|resource.?exhausted"),
    ("overload", r"overload|at capacity|unavailable"),
    ("network", r"econn|enotfound|eai_again|etimedout|socket hang up|fetch failed|network|connection (reset|refused|closed|error)"
                r"|unable to connect|certificate"),
    ("configuration", r"model.{0,60}(not found|not exist|not supported|unknown|invalid)|(unknown|invalid|no such) model"
                      r"|provider.{0,40}not found"),
    ("timeout", r"timed? ?out|deadline"),
)  # fmt: skip
_PATTERNS = tuple((category, re.compile(words, re.IGNORECASE | re.DOTALL)) for category, words in _WORDS)
_READ = 4000  # characters of a message that are looked at


def class_of(said: str, status: int | None = None, otherwise: str = "crash") -> str:
    """The error class for a server's answer. ``status``: that of HTTP; ``otherwise``: the class when nothing tells."""
    said = said[:_READ]
    if status == 429 or status is None:
        for category, pattern in _PATTERNS:
            if pattern.search(said) is not None and (status is None or category == "quota"):
                return category
    if status is None:
        return otherwise
    return _STATUSES.get(status, "transient" if status >= 500 else otherwise)


def refused(program: str, said: str, status: int | None = None) -> Failure:
    """The failure of an attempt that ended with what the server answered."""
    category = class_of(said, status)
    return Failure(category, f"{program}: {said or 'failed without a reason'}", CATEGORIES[category])
