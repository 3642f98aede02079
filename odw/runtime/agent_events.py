"""What an executor tells while it works on an attempt: one function for each kind of event.

Texts are cut to what a person can take in at a glance: the whole is in the transcript, and the journal keeps each of these.
"""

from __future__ import annotations

from odw.runtime.abc import Event, Usage
from odw.runtime.events import usage_json

TEXT_LENGTH = 300
SUMMARY_LENGTH = 200
NAME_LENGTH = 200  # of a model, a session, a program


def started(program: str, model: str | None = None) -> Event:
    """The executor is at work; ``model`` is the one it says it uses."""
    known = {"model": model[:NAME_LENGTH]} if model else {}
    return {"type": "started", "program": program[:NAME_LENGTH], **known}


def text(said: str) -> Event:
    """The last of what the agent said: its last line that is not blank, or the end of that."""
    lines = [line for line in said[-8 * TEXT_LENGTH :].splitlines() if line.strip()]
    return {"type": "text", "text": lines[-1].strip()[-TEXT_LENGTH:] if lines else ""}


def tool(name: str, summary: str = "") -> Event:
    """The agent uses a tool; ``summary`` says on what, in one line: a path, the beginning of a command."""
    line = " ".join(summary[: 4 * SUMMARY_LENGTH].split())
    return {"type": "tool", "name": name[:80], "summary": line[:SUMMARY_LENGTH]}


def usage(so_far: Usage | None, cost: float | None = None) -> Event:
    """What the attempt has used so far, all of it, not what came on top. ``cost`` in US dollars, None if not known."""
    event: Event = {"type": "usage"}
    if so_far is not None:
        event["usage"] = usage_json(so_far)
    if cost is not None:
        event["cost"] = cost
    return event


def session(name: str) -> Event:
    """The name under which the executor can continue what it has begun."""
    return {"type": "session", "id": name[:NAME_LENGTH]}


def rate_limit(message: str = "", retry_after_s: float | None = None) -> Event:
    """The provider makes the executor wait; the executor itself goes on trying."""
    event: Event = {"type": "rate_limit", "message": message[:TEXT_LENGTH]}
    if retry_after_s is not None:
        event["retry_after_s"] = retry_after_s
    return event


def output(length: int) -> Event:
    """A sign of life, from a program whose output means nothing until it is whole: bytes so far."""
    return {"type": "output", "bytes": length}
