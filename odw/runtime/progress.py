"""Events as plain progress lines, in rust-odw's shape (contract, section 9). Pure: what prints them is the command line."""

from __future__ import annotations

from collections.abc import Callable
from json import dumps
from typing import Any

from odw.runtime.abc import Event


def plain_lines(event: Event) -> list[str]:
    """The lines for one event, without newlines at their ends; [] for an event that is not shown."""
    make = _LINES.get(event["type"])
    return make(event) if make else []


def _workflow_start(e: Event) -> list[str]:
    return [
        f"[odw] run_id={e['runId']}",
        f"[odw] journal={e['journal']}",
        f"[workflow] start {e['name']} backend={e['backend']}",
    ]


def _workflow_resume(e: Event) -> list[str]:
    return [
        f"[odw] run_id={e['runId']}",
        f"[odw] journal={e['journal']}",
        f"[workflow] resume {e['name']} backend={e['backend']} session={e['session']}",
    ]


def _workflow_done(e: Event) -> list[str]:
    result = dumps(e.get("result"), ensure_ascii=False, separators=(",", ":"))
    return [f"[workflow] done {e['name']}", f"[result] {result}"]


def _workflow_error(e: Event) -> list[str]:
    why = f": {e['message']}" if e["message"] != e["status"] else ""
    return [f"[workflow] {e['status']} {e['name']}{why}"]


def _phase(e: Event) -> list[str]:
    detail = e.get("detail")
    return [f"[phase] {e['title']}{f' - {detail}' if detail else ''}"]


def _node(e: Event) -> str:
    return f"{e.get('phase') or '-'} / {e['label']}"


def _agent_start(e: Event) -> list[str]:
    return [f"[node] start {_node(e)} / {e['runtime']}"]


def _agent_done(e: Event) -> list[str]:
    if "imported" in e:  # another run's result, which this one may come to use
        return []
    return [f"[node] done {_node(e)} ok={_lower(e['ok'])}"]


def _agent_skip(e: Event) -> list[str]:
    why = "" if e["cached"] else f" {e['reason']}"
    return [f"[node] skip {_node(e)} cached={_lower(e['cached'])}{why}"]


def _control(e: Event) -> list[str]:
    node = f" {e['node']}" if e.get("node") is not None else ""
    refused = "" if e["ok"] else f": refused: {e.get('message', '')}"
    return [f"[control] {e['command']}{node}{refused}"]


def _worktree_start(e: Event) -> list[str]:
    return [f"[worktree] {e['label']} on {e['branch']}"]


def _worktree_done(e: Event) -> list[str]:
    files = e.get("files") or []
    changed = f"{len(files)} file{'' if len(files) == 1 else 's'} changed" if e["changed"] else "unchanged"
    return [f"[worktree] {e['label']} {changed}"]


def _agent_retry(e: Event) -> list[str]:
    return [
        f"[node] retry {e['label']} attempt={e['attempt']} {e['error']['category']}: {e['error']['message']}"
    ]


def _agent_schema_invalid(e: Event) -> list[str]:
    return [f"[node] schema {e['label']} attempt={e['attempt']} {e['problems'][0]}"]


def _fanout_start(e: Event) -> list[str]:
    kind = e["type"].removesuffix("_start")
    return [f"[{kind}] start {e['label'] or e['path']} count={e['count']}"]


def _fanout_done(e: Event) -> list[str]:
    kind = e["type"].removesuffix("_done")
    return [f"[{kind}] done {e['label'] or e['path']} count={e['count']} failed={e['failed']}"]


def _workflow_call_start(e: Event) -> list[str]:
    return [f"[workflow] call {e['group']}"]


def _workflow_call_done(e: Event) -> list[str]:
    return [f"[workflow] return {e['group']} ok={_lower(e['ok'])}"]


def _step_done(e: Event) -> list[str]:
    if not e["ok"]:
        return [f"[step] failed {e['name']}: {e['message']}"]
    if "from" in e:
        return [f"[step] skip {e['name']} cached=true"] if not e["name"].startswith("odw.") else []
    return [f"[step] done {e['name']}"] if "durationMs" in e else []


def _lower(flag: Any) -> str:
    return "true" if flag else "false"


_LINES: dict[str, Callable[[Event], list[str]]] = {
    "workflow_start": _workflow_start,
    "workflow_resume": _workflow_resume,
    "workflow_done": _workflow_done,
    "workflow_error": _workflow_error,
    "phase": _phase,
    "log": lambda e: [f"[log] {e['message']}"],
    "note": lambda e: [f"[odw] {e['message']}"],
    "agent_start": _agent_start,
    "agent_done": _agent_done,
    "agent_skip": _agent_skip,
    "agent_retry": _agent_retry,
    "agent_schema_invalid": _agent_schema_invalid,
    "parallel_start": _fanout_start,
    "parallel_done": _fanout_done,
    "pipeline_start": _fanout_start,
    "pipeline_done": _fanout_done,
    "control": _control,
    "worktree_start": _worktree_start,
    "worktree_done": _worktree_done,
    "step_done": _step_done,
    "checkpoint": lambda e: [f"[checkpoint] {e['name']}"],
    "workflow_call_start": _workflow_call_start,
    "workflow_call_done": _workflow_call_done,
}
