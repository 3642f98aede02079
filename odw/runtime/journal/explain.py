"""Why a call replays or runs: the comparison of a call with what the journal has of it, part by part."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from typing import Any

from odw.jsonvalue import canonical_json
from odw.runtime.abc import CallRequest, Event
from odw.runtime.call_key import NOT_IN_KEY
from odw.runtime.journal.history import FAILURE, History, Recorded, ResultLost, read_blob

SHOWN = 100  # characters of a value in a reason
DIFF_LINES = 12
# In a call's config, but no options that reach the executor as they are.
_ELSEWHERE = {"model", "effort", "runtime", "schemaRef", "resolvedModel"}
_NEW = "a new call: nothing of its content, place or label is recorded"


class Past:
    """The recorded calls, found by where they stood and what they were called."""

    def __init__(self, history: History, run_dir: str) -> None:
        self._run_dir = run_dir
        self._by_path: dict[str, Event] = {}
        self._by_label: dict[tuple[str, str | None], list[Event]] = {}
        self._ends: dict[tuple[int, str], Recorded] = {}
        for (_, _), start in sorted(history.starts.items()):
            self._by_path[start["path"]] = start
            self._by_label.setdefault((start["label"], start["phase"]), []).append(start)
        self._last: dict[str, Recorded] = {call.key: call for call in history.calls.values()}
        self._ended = history.end is not None and history.end["type"] == "workflow_done"
        self._keys = {start["key"] for start in history.starts.values()}

    def counterpart(self, request: CallRequest) -> Event | None:
        """The start of the recorded call that this one most likely was: at the same place, else of the same label."""
        at_place = self._by_path.get(request.path)
        labelled = self._by_label.get((request.label, request.phase), [])
        if at_place is not None and (at_place["label"] == request.label or not labelled):
            return at_place
        return labelled[-1] if labelled else at_place

    def last_end(self, key: str) -> Recorded | None:
        """How the latest call of this content ended."""
        return self._last.get(key)

    def reasons(self, request: CallRequest) -> list[str]:
        """Why ``request`` has no record to replay: each a sentence, or several lines for a difference of texts."""
        if request.key in self._keys:
            return [self._unfinished(request)]
        past = self.counterpart(request)
        if past is None:
            return [_NEW if self._ended else f"{_NEW}, or one that had not started when the run ended"]
        return list(self._differences(request, past)) or ["its content differs"]

    def _unfinished(self, request: CallRequest) -> str:
        end = self._last.get(request.key)
        if end is None:
            return "it was in flight when the run ended"
        if end.kind == FAILURE and end.failure is not None:
            return f"it failed: {end.failure.category}: {_short(end.failure.message)}"
        if end.final:
            return "every recorded result of this content is given to another call"
        return "no budget was left for it"

    def _differences(self, request: CallRequest, past: Event) -> Iterator[str]:
        config = past.get("config", {})
        before = self._prompt(past)
        if before is not None and before != request.prompt:
            yield _text_difference("the prompt differs", before, request.prompt)
        schema = self._schema(config)
        if canonical_json(schema) != canonical_json(request.schema):
            yield _text_difference("the schema differs", _pretty(schema), _pretty(request.schema))
        for name, old, new in (
            ("model", config.get("model"), request.model),
            ("effort", config.get("effort"), request.effort),
            ("runtime", past.get("runtime"), request.runtime),
        ):
            if old != new:
                yield f"the {name} differs: {_value(old)} → {_value(new)}"
        names = (set(config) | set(request.options)) - NOT_IN_KEY - _ELSEWHERE
        for name in sorted(names):
            old, new = config.get(name), request.options.get(name)
            if old != new:
                yield f"the option {name} differs: {_value(old)} → {_value(new)}"

    def _prompt(self, past: Event) -> str | None:
        reference = past.get("promptRef")
        if reference is None:
            prompt: str = past["promptPreview"]
            return prompt
        try:
            return read_blob(self._run_dir, reference)
        except ResultLost:
            return None

    def _schema(self, config: dict[str, Any]) -> Any:
        reference = config.get("schemaRef")
        if reference is None:
            return config.get("schema")
        try:
            return json.loads(read_blob(self._run_dir, reference))
        except (ResultLost, ValueError):
            return None


def _text_difference(what: str, before: str, after: str) -> str:
    """``what`` and the lines that differ, as in a unified diff without its headings."""
    lines = list(difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0))[2:]
    changed = [_short(line) for line in lines if not line.startswith("@@")]
    more = [f"… {len(changed) - DIFF_LINES} more lines"] if len(changed) > DIFF_LINES else []
    return "\n".join([f"{what}:", *changed[:DIFF_LINES], *more])


def _pretty(value: Any) -> str:
    return "(none)" if value is None else json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)


def _value(value: Any) -> str:
    return "not set" if value is None else _short(json.dumps(value, ensure_ascii=False))


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
