"""A provider's refusals as error classes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any

RETRIED = frozenset(("rate_limit", "overload", "network"))
_QUOTA = (
    "insufficient_quota", "insufficient balance", "insufficient_balance", "insufficient credit", "exceeded your current quota",
    "billing", "arrearage", "quota exceeded", "balance is not enough", "余额不足", "欠费", "out of credits",
)  # fmt: skip
_CONTEXT = (
    "context_length",
    "context length",
    "maximum context",
    "too many tokens",
    "prompt is too long",
    "input length",
)


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
    text = f"HTTP {status}: {said}" if said else f"HTTP {status}"
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
    except ValueError:
        return " ".join(text.split())[:500]
    error = value.get("error", value) if isinstance(value, dict) else value
    if isinstance(error, dict):
        parts = [str(error[name]) for name in ("message", "msg", "code", "type") if error.get(name)]
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
