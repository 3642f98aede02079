"""``odw logs RUN [NODE]``: the events of a run, or everything about one of its calls."""

from __future__ import annotations

import sys
import time
from json import dumps
from typing import TYPE_CHECKING, Any

from odw.cli.launch import project_of
from odw.cli.terminal import PlainProgress, say
from odw.errors import UsageError
from odw.runtime.journal.history import ResultLost, read_blob
from odw.runtime.journal.lock import is_locked
from odw.runtime.journal.reader import tail_events
from odw.runtime.run_store import JOURNAL, find_run

if TYPE_CHECKING:
    from odw.runtime.abc import Event
    from odw.runtime.run_dir import RunDir

LOOK_S = 0.2
CANDIDATES = 8


def logs_command(values: dict[str, Any]) -> int:
    """Print what there is, and with --follow what comes, until the run or the call has ended."""
    directory = find_run(project_of(values), values["run"])
    if values["node"] is None:
        return _all(directory, values)
    return _one(directory, values)


def _all(directory: RunDir, values: dict[str, Any]) -> int:
    progress = PlainProgress()
    for events in _batches(directory, values["follow"]):
        for event in events:
            if values["json"]:
                _print_json(event)
            else:
                progress.on_event(event)
    return 0


def _one(directory: RunDir, values: dict[str, Any]) -> int:
    """The call in the latest session that made it; in an older one's result if it replays."""
    teller = _Teller(directory, values["node"], as_json=values["json"])
    for events in _batches(directory, values["follow"]):
        teller.take(events, live=values["follow"])
        if teller.ended and values["follow"]:
            break
    teller.finish()
    return 0


def _batches(directory: RunDir, follow: bool) -> Any:
    tail = tail_events(directory.file(JOURNAL))
    while True:
        alive = is_locked(directory.file(JOURNAL))
        events = tail.poll()
        if events:
            yield events
        elif not follow or not alive:
            return
        else:
            time.sleep(LOOK_S)


class _Teller:
    """Collects the events of one call. Following, it prints them as they come."""

    def __init__(self, directory: RunDir, node: str, *, as_json: bool) -> None:
        self._directory = directory
        self._node = node
        self._as_json = as_json
        self._by_seq: dict[int, Event] = {}
        self._starts: dict[str, Event] = {}  # by key and path: the prompt of a call that replays
        self._session: list[Event] = []
        self._mine: list[Event] = []
        self._told = 0
        self.ended = False

    def take(self, events: list[Event], *, live: bool) -> None:
        for event in events:
            if event["type"] in ("workflow_start", "workflow_resume"):
                self._session = []
                self.ended = False
            if event["type"] == "agent_start":
                self._starts[event["key"]] = event
            if event["type"] in ("agent_done", "agent_skip"):
                self._by_seq[event["seq"]] = event
            if "index" in event:
                self._session.append(event)
        index = self._index()
        if index is not None:
            self._mine = [event for event in self._session if event["index"] == index]
            self.ended = any(event["type"] in ("agent_done", "agent_skip") for event in self._mine)
        if live:
            self._print(self._mine[self._told :])
            self._told = len(self._mine)

    def finish(self) -> None:
        """Print what has not been; raises UsageError when no call is meant."""
        if not self._mine:
            self._index(strict=True)
        self._print(self._mine[self._told :])

    def _index(self, *, strict: bool = False) -> int | None:
        """Which call of the session ``node`` names: by number, path or label."""
        calls: dict[int, Event] = {}
        for event in self._session:
            if event["type"] in ("agent_start", "agent_skip", "agent_done") and "path" in event:
                calls.setdefault(event["index"], event)
        for matches in (
            [index for index in calls if str(index) == self._node],
            [index for index, call in calls.items() if call["path"] == self._node],
            [index for index, call in calls.items() if call["label"] == self._node],
        ):
            if len(matches) == 1:
                return matches[0]
            if len(matches) > 1:
                listing = ", ".join(f"{i} ({calls[i]['path']})" for i in sorted(matches)[:CANDIDATES])
                raise UsageError(
                    f"{len(matches)} calls are called {self._node!r}: {listing}",
                    hint="Name one by its number or path.",
                )
        if strict:
            known = ", ".join(f"{i} [{call['label']}]" for i, call in sorted(calls.items())[:CANDIDATES])
            raise UsageError(
                f"the run has no call {self._node!r}",
                hint=f"Calls: {known}{', …' if len(calls) > CANDIDATES else '.'}"
                if calls
                else "It made no call yet.",
            )
        return None

    def _print(self, events: list[Event]) -> None:
        for event in events:
            if self._as_json:
                _print_json(event)
            else:
                for line in self._lines(event):
                    say(line)

    def _lines(self, event: Event) -> list[str]:
        kind = event["type"]
        if kind == "agent_start":
            return self._start(event)
        if kind == "agent_done":
            return self._done(event)
        if kind == "agent_skip":
            return self._skip(event)
        if kind == "agent_progress":
            told = event["event"]
            return [f"[{told.get('type')}] {told.get('text') or dumps(told, ensure_ascii=False)}"]
        if kind == "agent_retry":
            error = event["error"]
            return [
                f"[retry] attempt {event['attempt']} in {event['delayMs']} ms: {error['category']}: {error['message']}"
            ]
        if kind == "agent_schema_invalid":
            return [
                f"[schema] attempt {event['attempt']}",
                *(f"  {problem}" for problem in event["problems"]),
            ]
        if kind == "worktree_done":
            names = [f"  {file.get('status', '?')} {file.get('path')}" for file in event.get("files") or []]
            return [
                f"[worktree] {'changed' if event['changed'] else 'unchanged'} branch {event.get('branch')}",
                *names,
            ]
        return []

    def _start(self, event: Event) -> list[str]:
        config = {name: value for name, value in event["config"].items() if name != "label"}
        return [
            f"call {event['index']}  {event['label']}",
            f"  path {event['path']}   phase {event['phase'] or '-'}   runtime {event['runtime']}",
            f"  key {event['key']}",
            *([f"  config {dumps(config, ensure_ascii=False)}"] if config else []),
            "[prompt]",
            _indented(self._text(event, "promptRef", event["promptPreview"])),
        ]

    def _done(self, event: Event) -> list[str]:
        usage = ", ".join(f"{count} {name}" for name, count in event.get("usage", {}).items())
        cost = f", ${event['cost']:.4f}" if event.get("cost") is not None else ""
        lines = []
        for attempt in event.get("attempts", ()):
            error = attempt.get("error")
            lines.append(
                f"[attempt {attempt['attempt']}]"
                + (f" {error['category']}: {error['message']}" if error else "")
            )
            lines.append(_indented(self._text(attempt, "textRef", attempt.get("text", ""))))
        if event["ok"]:
            result = self._text(event, "resultRef", event.get("result"))
            shown = result if isinstance(result, str) else dumps(result, ensure_ascii=False, indent=2)
            lines += ["[result]", _indented(shown)]
        else:
            lines.append(f"[failed] {event['error']['category']}: {event['error']['message']}")
        return [*lines, f"[done] {event['durationMs']} ms, tokens: {usage or 'not told'}{cost}"]

    def _skip(self, event: Event) -> list[str]:
        if not event["cached"]:
            return [f"call {event['index']}  {event['label']}", f"[skip] {event['reason']}"]
        start = self._starts.get(event["key"])
        recorded = self._by_seq.get(event["from"])
        lines = (
            self._start({**start, "index": event["index"], "path": event["path"], "label": event["label"]})
            if start
            else []
        )
        lines.append(f"[replayed] the result recorded at seq {event['from']}")
        return [*lines, *(self._done(recorded) if recorded and recorded["type"] == "agent_done" else [])]

    def _text(self, entry: Event, reference: str, inline: Any) -> Any:
        name = entry.get(reference)
        if name is None:
            return inline
        try:
            return read_blob(self._directory.path, name)
        except ResultLost as lost:
            return f"({lost})"


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.split("\n"))


def _print_json(event: Event) -> None:
    sys.stdout.write(dumps(event, ensure_ascii=True, separators=(",", ":")) + "\n")
