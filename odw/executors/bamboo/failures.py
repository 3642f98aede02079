"""A provider's refusals as error classes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any

RETRIED = frozenset(("rate_limit", "overload", "network"))
_QUOTA = (
    "insufficient_quota", "insufficient balance", "insufficient_balance", "insufficient credit", "exceeded your current quota",
    "billing", "arrearage",  "quota exceeded", "balance is not enough", "余额不足", "欠费", "out of credits",
)  # fmt: skip
_CONTEXT = (
    "context_length", "context length", "context window", "maximum context", "too many tokens", "prompt is too long", "input length",
    "token limit", "range of input",
)  # fmt: skip
# What stands in an error inside a stream -> the status that would have said the same. Looked for in this order.
_IN_STREAM: tuple[tuple[tuple[str, ...], int], ...] = (
    (_QUOTA, 402),
    (("rate_limit", "rate limit", "too many requests"), 429),
    (_CONTEXT, 400),
    (("authentication", "invalid api key", "unauthorized"), 401),
    (("invalid_request", "invalid parameter"), 400),
    (("overload", "unavailable", "server_error", "internal", "busy"), 503),
)
# minimax has codes of its own
_MINIMAX = {
    1000: 503, 1001: 504, 1002: 429, 1004: 401, 1008: 402, 1013: 503, 1024: 503, 1026: 422, 1027: 422, 1033: 503, 1039: 400, 1041: 429,
    2013: 422, 2049: 401, 2056: 402,
}  # fmt: skip


class ProviderError(Exception):
    """``category`` is an error class; ``retry_after_s`` is the server's wish; ``context``: the conversation is too long."""

    def __init__(
        self, category: str, message: str, retry_after_s: float | None = None, *, context: bool = False
    ) -> None:
        super().__init__(message)
        self.category = category
        self.message = message
        self.retry_after_s = retry_after_s
        self.context = context


def refusal(status: int, body: bytes, headers: Mapping[str, str], now: float) -> ProviderError:
    """The error for an HTTP status other than 200. ``now`` in seconds since 1970."""
    said = _message(body)
    return _classified(status, said, f"HTTP {status}: {said}" if said else f"HTTP {status}", headers, now)


def broken_off(error: Any) -> ProviderError:
    """The error for what a provider says inside a stream of status 200: an object with a code, a type or words, or a text."""
    said = _said(error)
    low = said.casefold()
    status = next((status for words, status in _IN_STREAM if any(word in low for word in words)), 502)
    for name in ("code", "status", "status_code"):
        code = error.get(name) if isinstance(error, dict) else None
        code = int(code) if isinstance(code, str) and code.isdigit() else code
        if isinstance(code, int) and not isinstance(code, bool):
            status = code if 400 <= code < 600 else _MINIMAX.get(code, status)
    return _classified(status, said, f"the provider broke off: {said}", {}, 0.0)


def _classified(status: int, said: str, text: str, headers: Mapping[str, str], now: float) -> ProviderError:
    low = said.casefold()
    if status in (400, 413, 422) and any(word in low for word in _CONTEXT):
        return ProviderError("configuration", text, context=True)
    if status == 402 or (status in (400, 403, 429) and any(word in low for word in _QUOTA)):
        return ProviderError("quota", text)
    if status in (401, 403):
        return ProviderError("authentication", text)
    if status == 429:
        return ProviderError("rate_limit", text, _retry_after(headers, now))
    if status in (408, 425, 502, 504):
        return ProviderError("network", text, _retry_after(headers, now))
    if status >= 500:
        return ProviderError("overload", text, _retry_after(headers, now))
    return ProviderError("configuration", text)


def _message(body: bytes) -> str:
    text = body[:20_000].decode("utf-8", "replace")
    try:
        value: Any = json.loads(text)
    except (ValueError, RecursionError):
        return " ".join(text.split())[:500]
    return _said(value.get("error", value) if isinstance(value, dict) else value)


def _said(error: Any) -> str:
    if isinstance(error, dict):
        names = ("message", "msg", "status_msg", "code", "status_code", "type")
        parts = [str(error[name]) for name in names if error.get(name)]
        return " · ".join(dict.fromkeys(parts))[:800]
    return str(error)[:500]


def _retry_after(headers: Mapping[str, str], now: float) -> float | None:
    value = headers.get("retry-after", "").strip()
    if not value:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(value).timestamp() - now
        except (TypeError, ValueError):
            return None
    return min(max(seconds, 0.0), 3600.0)
