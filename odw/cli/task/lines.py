"""What an executor tells, as one line for people each. No I/O."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

_TOKENS = ("input", "output", "cacheRead", "cacheWrite")


def event_line(event: Mapping[str, Any]) -> str:
    """ "" for an event that is not shown."""
    make = _LINES.get(str(event.get("type")))
    return make(event) if make is not None else ""


def _started(event: Mapping[str, Any]) -> str:
    model = event.get("model")
    return f"started {event.get('program', '')}{f' with {model}' if model else ''}"


def _usage(event: Mapping[str, Any]) -> str:
    told = event.get("usage") or {}
    total = sum(told.get(name, 0) for name in _TOKENS)
    cost = event.get("cost")
    return f"used {total:,} tokens{f', ${cost:.4f}' if cost else ''}"


def _end(event: Mapping[str, Any]) -> str:
    message = event.get("message")
    return f"{event.get('state', '')}{f': {message}' if message else ''}"


_LINES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "turn": lambda event: f"turn {event.get('turn')} on {event.get('runtime')}: {event.get('task')}",
    "started": _started,
    "text": lambda event: f"said: {event.get('text', '')}",
    "tool": lambda event: f"uses {event.get('name', '')} {event.get('summary', '')}".rstrip(),
    "usage": _usage,
    "session": lambda event: f"session of the runtime: {event.get('id', '')}",
    "rate_limit": lambda event: f"has to wait: {event.get('message', '')}",
    "output": lambda event: f"{event.get('bytes', 0):,} bytes of output",
    "end": _end,
}
