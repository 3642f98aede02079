"""The events of a run: every line of the journal is made here, so this is the list of their shapes.

The types are rust-odw's where it has one (contract, section 7), plus ``workflow_resume``, ``agent_progress``, ``timer_fired``,
``step_done``, ``control`` and ``note``.
"""

from __future__ import annotations

from typing import Any

from odw.runtime.abc import Attempt, CallOutcome, CallRequest, Event, Failure, JournalStore, Usage

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


def workflow_resume(name: str, run_id: str, backend: str, journal: str, session: int, **facts: Any) -> Event:
    """A later session of a run begins; ``facts`` say what differs from the one before."""
    return {
        "type": "workflow_resume",
        "name": name,
        "runId": run_id,
        "backend": backend,
        "journal": journal,
        "session": session,
        **facts,
    }


def workflow_done(name: str, result: Any, calls: int, census: dict[str, Any]) -> Event:
    """``calls`` is how many the script made, those included that never came to a slot."""
    return {"type": "workflow_done", "name": name, "result": result, "calls": calls, "census": census}


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


def agent_start(
    request: CallRequest, config: dict[str, Any], group: str, prompt_ref: str | None, waited_ms: float = 0.0
) -> Event:
    """``waited_ms``: how long the call was in the queue for a slot."""
    event: Event = {
        "type": "agent_start",
        "index": request.index,
        "key": request.key,
        "path": request.path,
        "nth": request.nth,
        "label": request.label,
        "phase": request.phase,
        "runtime": request.runtime,
        "promptPreview": request.prompt[:PREVIEW],
        "config": config,
        "attempt": request.attempt,
    }
    if prompt_ref is not None:
        event["promptRef"] = prompt_ref
    if waited_ms >= 1:
        event["waitedMs"] = round(waited_ms)
    if request.site:
        event["site"] = list(request.site)
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
        "nth": request.nth,
        "label": request.label,
        "phase": request.phase,
        "runtime": request.runtime,
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


def attempt_json(attempt: Attempt, journal: JournalStore) -> dict[str, Any]:
    """One try with its raw text: ``{"text": …}``, or ``{"textRef": …}`` when it is long."""
    entry: dict[str, Any] = {"attempt": attempt.number}
    if len(attempt.text) > INLINE:
        entry["textRef"] = journal.blob(attempt.text, ".txt")
    else:
        entry["text"] = attempt.text
    entry.update(_spent_json(attempt))
    if attempt.failure is not None:
        entry["error"] = failure_json(attempt.failure)
    if attempt.problems:
        entry["problems"] = list(attempt.problems)
    return entry


def attempts_of(event: Event) -> tuple[Attempt, ...]:
    """The attempts of a recorded call, by number only."""
    return tuple(Attempt(entry["attempt"]) for entry in event.get("attempts", ())) or (Attempt(1),)


def cut_attempt(trying: CallRequest, usage: Usage, cost: float | None, failure: Failure) -> Attempt:
    """An attempt that was cut off, with what it had told of its usage."""
    return Attempt(trying.attempt, "", usage, cost, failure)


def result_entry(journal: JournalStore, value: Any) -> dict[str, Any]:
    """``{"result": value}``, or ``{"resultRef": "nodes/…"}`` for a large one, which is on disk when this returns."""
    if isinstance(value, str):
        if len(value) > INLINE:
            return {"resultRef": journal.blob(value, ".txt")}
    elif isinstance(value, dict | list):
        from json import dumps

        text = dumps(value, ensure_ascii=False, separators=(",", ":"))
        if len(text) > INLINE:
            return {"resultRef": journal.blob(text, ".json")}
    return {"result": value}


def agent_retry(
    request: CallRequest, failure: Failure, next_attempt: int, pause_s: float, ended: Attempt
) -> Event:
    """``ended`` is the attempt that failed: what it used is known from here on, whatever becomes of the next."""
    return {
        "type": "agent_retry",
        "index": request.index,
        "label": request.label,
        "attempt": next_attempt,
        "delayMs": round(pause_s * 1000),
        "error": failure_json(failure),
        **_spent_json(ended),
    }


def agent_schema_invalid(request: CallRequest, ended: Attempt, last: bool) -> Event:
    return {
        "type": "agent_schema_invalid",
        "index": request.index,
        "label": request.label,
        "attempt": ended.number,
        "problems": list(ended.problems),
        "final": last,
        **_spent_json(ended),
    }


def _agent_skip(request: CallRequest, reason: str, cached: bool) -> Event:
    return {
        "type": "agent_skip",
        "index": request.index,
        "key": request.key,
        "path": request.path,
        "nth": request.nth,
        "label": request.label,
        "phase": request.phase,
        "reason": reason,
        "cached": cached,
    }


def agent_replayed(request: CallRequest, recorded: Event, group: str) -> Event:
    """A call got its recorded end: that of the line ``from``."""
    event = _agent_skip(request, "replayed", cached=True)
    event["from"] = recorded["seq"]
    event["runtime"] = request.runtime
    if request.site:
        event["site"] = list(request.site)
    if "usage" in recorded:
        event["usage"] = recorded["usage"]
    if recorded.get("cost") is not None:
        event["cost"] = recorded["cost"]
    if group:
        event["group"] = group
    return event


def agent_refused(request: CallRequest, reason: str) -> Event:
    """A call was not made, since no budget was left when its turn came."""
    return _agent_skip(request, reason, cached=False)


def agent_given_up(request: CallRequest, usage: Usage, cost: float | None) -> Event:
    """A person gave a call up: its result is null, also on resume. ``usage`` is what it spent until then."""
    event = _agent_skip(request, "given up by hand", cached=False)
    event["skipped"] = True
    event["runtime"] = request.runtime
    event["usage"] = usage_json(usage)
    if cost is not None:
        event["cost"] = cost
    return event


def usage_told(usage: Usage, cost: float | None) -> Event:
    """What an attempt has used so far, as an ``agent_progress`` has it."""
    return {"type": "usage", "usage": usage_json(usage), **({} if cost is None else {"cost": cost})}


def agent_progress(request: CallRequest, attempt: int, told: Event) -> Event:
    """What an executor tells while it runs, such as ``{"type": "usage", "usage": {…}, "cost": 0.1}``, of this attempt so far."""
    return {"type": "agent_progress", "index": request.index, "attempt": attempt, "event": told}


def worktree_start(request: CallRequest, branch: str, base: str) -> Event:
    return {
        "type": "worktree_start",
        "index": request.index,
        "path": request.path,
        "label": request.label,
        "branch": branch,
        "base": base,
    }


def worktree_done(request: CallRequest, base: str, worktree: dict[str, Any]) -> Event:
    """``worktree`` is {changed, files, diff, branch, patch, path?}; the diff itself is in the patch."""
    return {
        "type": "worktree_done",
        "index": request.index,
        "path": request.path,
        "label": request.label,
        "base": base,
        **{name: value for name, value in worktree.items() if name not in ("diff", "path")},
        **({"worktree": worktree["path"]} if worktree.get("path") else {}),
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


def timer_fired(path: str, delay_ms: float, moment: float | None, recorded: int | None = None) -> Event:
    """``moment`` as in ``Inbox.moment``; ``recorded``: the ``seq`` of its firing in an earlier session."""
    event: Event = {"type": "timer_fired", "path": path, "delayMs": delay_ms}
    if moment is not None:
        event["at"] = moment
    if recorded is not None:
        event["from"] = recorded
    return event


def timer_reset(path: str, delay_ms: float) -> Event:
    """A timer whose firing is recorded waits anew, since the call that it belongs to runs anew: that record counts no more."""
    return {"type": "timer_reset", "path": path, "delayMs": delay_ms}


def step_done(
    name: str, key: str, path: str, nth: int, result: dict[str, Any], duration_ms: float | None = None
) -> Event:
    """An effect of the workflow's own, or (without a duration) a value that it drew. ``result`` as in ``agent_done``."""
    event: Event = {"type": "step_done", "name": name, "key": key, "path": path, "nth": nth, "ok": True}
    if duration_ms is not None:
        event["durationMs"] = round(duration_ms)
    event.update(result)
    return event


def step_failed(name: str, key: str, path: str, nth: int, message: str) -> Event:
    """It runs again on resume."""
    return {
        "type": "step_done", "name": name, "key": key, "path": path, "nth": nth, "ok": False, "message": message,
    }  # fmt: skip


def step_replayed(name: str, key: str, path: str, nth: int, recorded: Event) -> Event:
    """A step got what the line ``from`` recorded."""
    return {
        "type": "step_done", "name": name, "key": key, "path": path, "nth": nth, "ok": True, "from": recorded["seq"],
    }  # fmt: skip


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


def _spent_json(attempt: Attempt) -> dict[str, Any]:
    """What an attempt told of its usage and cost; {} if nothing."""
    entry: dict[str, Any] = {}
    if attempt.usage is not None:
        entry["usage"] = usage_json(attempt.usage)
    if attempt.cost is not None:
        entry["cost"] = attempt.cost
    return entry


def failure_json(failure: Failure) -> dict[str, Any]:
    return {"category": failure.category, "message": failure.message, "retryable": failure.retryable}
