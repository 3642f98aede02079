"""The events of a run: every line of the journal is made here, so this is the list of their shapes.

The types are rust-odw's where it has one (contract, section 7), plus ``timer_fired``, ``note`` and ``run_end``.
"""

from __future__ import annotations

from typing import Any

from odw.runtime.abc import Attempt, CallOutcome, CallRequest, Event, Failure, Usage

PREVIEW = 8000  # characters of a prompt that its agent_start holds
INLINE = 64 * 1024  # characters of a text or result that a line holds; longer ones go to nodes/


def workflow_start(name: str, run_id: str, backend: str, journal: str, **facts: Any) -> Event:
    return {
        "type": "workflow_start",
        "name": name,
        "runId": run_id,
        "backend": backend,
        "journal": journal,
        **facts,
    }


def workflow_done(name: str, result: Any, census: dict[str, Any]) -> Event:
    return {"type": "workflow_done", "name": name, "result": result, "census": census}


def workflow_error(name: str, status: str, message: str, **facts: Any) -> Event:
    return {"type": "workflow_error", "name": name, "status": status, "message": message, **facts}


def phase(title: str, detail: str | None, group: str) -> Event:
    event: Event = {"type": "phase", "title": title}
    if detail is not None:
        event["detail"] = detail
    if group:
        event["group"] = group
    return event


def log(message: str) -> Event:
    return {"type": "log", "message": message}


def note(message: str) -> Event:
    """Something people should know that the workflow did not say itself."""
    return {"type": "note", "message": message}


def agent_start(request: CallRequest, config: dict[str, Any], group: str, prompt_ref: str | None) -> Event:
    event: Event = {
        "type": "agent_start",
        "index": request.index,
        "key": request.key,
        "path": request.path,
        "label": request.label,
        "phase": request.phase,
        "runtime": request.runtime,
        "promptPreview": request.prompt[:PREVIEW],
        "config": config,
        "attempt": request.attempt,
    }
    if prompt_ref is not None:
        event["promptRef"] = prompt_ref
    if group:
        event["group"] = group
    return event


def agent_done(
    request: CallRequest, outcome: CallOutcome, duration_ms: float, result: dict[str, Any]
) -> Event:
    """``result`` is ``{"result": value}`` or ``{"resultRef": "nodes/…"}``; left out when the call failed."""
    event: Event = {
        "type": "agent_done",
        "index": request.index,
        "key": request.key,
        "path": request.path,
        "label": request.label,
        "phase": request.phase,
        "ok": outcome.failure is None,
        "durationMs": round(duration_ms),
        "usage": usage_json(outcome.usage),
    }
    if outcome.failure is None:
        event.update(result)
    else:
        event["error"] = failure_json(outcome.failure)
    if outcome.cost is not None:
        event["cost"] = outcome.cost
    if outcome.model is not None:
        event["model"] = outcome.model
    if outcome.approximate:
        event["approx"] = True
    return event


def attempt_json(attempt: Attempt, text: dict[str, str]) -> dict[str, Any]:
    """``text`` is ``{"text": …}`` or ``{"textRef": …}``."""
    entry: dict[str, Any] = {"attempt": attempt.number, **text}
    if attempt.usage is not None:
        entry["usage"] = usage_json(attempt.usage)
    if attempt.cost is not None:
        entry["cost"] = attempt.cost
    if attempt.failure is not None:
        entry["error"] = failure_json(attempt.failure)
    if attempt.problems:
        entry["problems"] = list(attempt.problems)
    return entry


def agent_retry(request: CallRequest, failure: Failure, next_attempt: int, pause_s: float) -> Event:
    return {
        "type": "agent_retry",
        "index": request.index,
        "label": request.label,
        "attempt": next_attempt,
        "delayMs": round(pause_s * 1000),
        "error": failure_json(failure),
    }


def agent_schema_invalid(request: CallRequest, attempt: int, problems: tuple[str, ...], last: bool) -> Event:
    return {
        "type": "agent_schema_invalid",
        "index": request.index,
        "label": request.label,
        "attempt": attempt,
        "problems": list(problems),
        "final": last,
    }


def agent_skip(request: CallRequest, reason: str, cached: bool) -> Event:
    return {
        "type": "agent_skip",
        "index": request.index,
        "key": request.key,
        "path": request.path,
        "label": request.label,
        "phase": request.phase,
        "reason": reason,
        "cached": cached,
    }


def fanout_start(kind: str, path: str, label: str | None, count: int) -> Event:
    """``kind`` is "parallel" or "pipeline"."""
    return {"type": f"{kind}_start", "path": path, "label": label, "count": count}


def fanout_done(kind: str, path: str, label: str | None, count: int, failed: int) -> Event:
    return {"type": f"{kind}_done", "path": path, "label": label, "count": count, "failed": failed}


def fanout_item_error(kind: str, path: str, index: int, message: str) -> Event:
    return {"type": f"{kind}_item_error", "path": path, "item": index, "message": message}


def checkpoint(name: str, value: Any) -> Event:
    return {"type": "checkpoint", "name": name, "value": value}


def timer_fired(path: str, delay_ms: float) -> Event:
    return {"type": "timer_fired", "path": path, "delayMs": delay_ms}


def workflow_call_start(path: str, name: str, group: str) -> Event:
    return {"type": "workflow_call_start", "path": path, "name": name, "group": group}


def workflow_call_done(path: str, name: str, group: str, ok: bool, message: str | None = None) -> Event:
    event: Event = {"type": "workflow_call_done", "path": path, "name": name, "group": group, "ok": ok}
    if message is not None:
        event["message"] = message
    return event


def usage_json(usage: Usage) -> dict[str, int]:
    """Zero entries but input and output are left out."""
    entry = {"input": usage.input, "output": usage.output}
    if usage.cache_read:
        entry["cacheRead"] = usage.cache_read
    if usage.cache_write:
        entry["cacheWrite"] = usage.cache_write
    if usage.reasoning:
        entry["reasoning"] = usage.reasoning
    return entry


def failure_json(failure: Failure) -> dict[str, Any]:
    return {"category": failure.category, "message": failure.message, "retryable": failure.retryable}
