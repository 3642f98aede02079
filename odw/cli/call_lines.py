"""The events of one call as text for people, in full."""

from __future__ import annotations

from collections.abc import Callable
from json import dumps
from typing import Any

from odw.cli.terminal import one_line
from odw.runtime.abc import Event
from odw.runtime.journal.history import ResultLost, read_blob


class CallLines:
    """``run_dir`` has the texts that are too long for the journal."""

    def __init__(self, run_dir: str) -> None:
        self._run_dir = run_dir
        self._makers: dict[str, Callable[[Event], list[str]]] = {
            "agent_start": self._start,
            "agent_done": self._done,
            "agent_skip": self._skip,
            "agent_progress": _progress,
            "agent_retry": _retry,
            "agent_schema_invalid": _schema_invalid,
            "worktree_start": lambda e: [f"[worktree] branch {e['branch']} from {e['base']}"],
            "worktree_done": _worktree_done,
        }

    def of(self, event: Event) -> list[str]:
        """The lines for one event. A line that holds a newline is to be printed so that the rest cannot pass for another."""
        make = self._makers.get(event["type"])
        return make(event) if make else []

    def of_lost_start(self, end: Event) -> list[str]:
        """How a call began whose end a fork copied, when the run that made it is not there any more."""
        return [_title(end), *_facts(end), "[prompt]", "  (in the run that this is a fork of, which is gone)"]

    def _start(self, event: Event) -> list[str]:
        config = {name: value for name, value in event["config"].items() if name != "label"}
        return [
            _title(event),
            *_facts(event),
            *([f"  config {dumps(config, ensure_ascii=False)}"] if config else []),
            "[prompt]",
            *_block(self._text(event, "promptRef", event["promptPreview"])),
        ]

    def _done(self, event: Event) -> list[str]:
        lines = []
        if "imported" in event:
            lines.append("[imported] the result was copied from the run that this is a fork of")
        for attempt in event.get("attempts", ()):
            error = attempt.get("error")
            lines.append(f"[attempt {attempt['attempt']}]{f' {_error(error)}' if error else ''}")
            lines += [f"  problem: {problem}" for problem in attempt.get("problems", ())]
            lines += _block(self._text(attempt, "textRef", attempt.get("text", "")))
        if event["ok"]:
            lines += ["[result]", *_block(self._text(event, "resultRef", event.get("result")))]
        else:
            lines.append(f"[failed] {_error(event['error'])}")
        usage = ", ".join(f"{count} {name}" for name, count in event.get("usage", {}).items())
        cost = f", ${event['cost']:.4f}" if event.get("cost") is not None else ""
        model = f", model {event['model']}" if event.get("model") else ""
        return [*lines, f"[done] {event['durationMs']} ms, tokens: {usage or 'not told'}{cost}{model}"]

    def _skip(self, event: Event) -> list[str]:
        head = [_title(event), f"  path {event['path']}"]
        if event["cached"]:
            return [*head, f"[replayed] the result recorded at seq {event['from']}"]
        return [*head, f"[skip] {event['reason']}"]

    def _text(self, entry: Event, reference: str, inline: Any) -> Any:
        name = entry.get(reference)
        if name is None:
            return inline
        try:
            return read_blob(self._run_dir, name)
        except ResultLost as lost:
            return f"({lost})"


def _title(event: Event) -> str:
    return one_line(f"call {event['index']}  {event['label']}")


def _facts(event: Event) -> list[str]:
    return [
        one_line(
            f"  path {event['path']}   phase {event['phase'] or '-'}   runtime {event.get('runtime', '-')}"
        ),
        f"  key {event['key']}",
    ]


def _progress(event: Event) -> list[str]:
    told = event["event"]
    return [f"[{told.get('type')}] {told.get('text') or dumps(told, ensure_ascii=False)}"]


def _retry(event: Event) -> list[str]:
    return [f"[retry] attempt {event['attempt']} in {event['delayMs']} ms: {_error(event['error'])}"]


def _schema_invalid(event: Event) -> list[str]:
    return [f"[schema] attempt {event['attempt']}", *(f"  {problem}" for problem in event["problems"])]


def _worktree_done(event: Event) -> list[str]:
    changed = "changed" if event["changed"] else "unchanged"
    lines = [f"[worktree] {changed}, branch {event.get('branch')}"]
    lines += [f"  {_file(file)}" for file in event.get("files") or ()]
    if event.get("patch"):
        lines.append(f"  patch {event['patch']}")
    if event.get("worktree"):
        lines.append(f"  kept in {event['worktree']}")
    return lines


def _file(file: Any) -> str:
    return f"{file.get('status', '?')} {file.get('path')}" if isinstance(file, dict) else str(file)


def _error(error: Event) -> str:
    return f"{error['category']}: {error['message']}"


def _block(value: Any) -> list[str]:
    """A text, or a value as JSON, indented; nothing for an empty text."""
    text = value if isinstance(value, str) else dumps(value, ensure_ascii=False, indent=2)
    return [f"  {line}" for line in text.split("\n")] if text else []
