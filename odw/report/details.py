"""The large texts of calls: prompts, results, schemas, patches, raw answers; packed so that a page inflates only what is looked at."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable
from typing import Any

from odw.report.source import Source
from odw.runtime.run_view import AttemptView, CallView

TEXT = 400_000  # characters of one text
ALL = 64_000_000  # characters of all texts; what comes after is cut to SHORT
SHORT = 2_000
CHUNK = 400_000  # characters of what is packed together, at least


class Details:
    """Makes the detail of each call, and keeps to the bound on all of them."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._left = ALL

    def of(self, call: CallView) -> dict[str, Any]:
        """Everything about a call that its row does not have; a text that had to be cut is ``{"cut": beginning, "length": n}``."""
        start, end = call.start or {}, call.end or {}
        config = {k: v for k, v in start.get("config", {}).items() if k not in ("schema", "schemaRef")}
        detail: dict[str, Any] = {
            "prompt": self._text(start.get("promptPreview"), start.get("promptRef")),
            "config": encodable(config),
            "schema": self._schema(start.get("config", {})),
            "result": self.value(end.get("result"), end.get("resultRef")) if end.get("ok") else None,
            "text": isinstance(end.get("result"), str) or str(end.get("resultRef", "")).endswith(".txt"),
            "attempts": [self._attempt(attempt) for attempt in call.attempts],
            "tools": [tool for _, tool in call.tools],
            "said": call.said,
            "error": call.error,
            "key": call.key,
        }
        if call.worktree is not None:
            detail["worktree"] = self._worktree(call.worktree)
        return {name: value for name, value in detail.items() if value not in (None, "", [], {})}

    def _schema(self, config: dict[str, Any]) -> Any:
        if "schemaRef" not in config:
            return encodable(config.get("schema"))
        return self.value(None, config["schemaRef"])

    def _attempt(self, attempt: AttemptView) -> dict[str, Any]:
        entry: dict[str, Any] = {"n": attempt.number}
        if attempt.text or attempt.text_ref:
            entry["text"] = self._text(attempt.text, attempt.text_ref)
        if attempt.problems:
            entry["problems"] = attempt.problems
        if attempt.error:
            entry["error"] = attempt.error
        if attempt.usage is not None:
            entry["tokens"] = [attempt.usage.input, attempt.usage.output]
        if attempt.cost is not None:
            entry["cost"] = attempt.cost
        return entry

    def _worktree(self, event: dict[str, Any]) -> dict[str, Any]:
        names = ("branch", "base", "changed", "files", "patch", "worktree")
        found = {name: event[name] for name in names if event.get(name) is not None}
        if event.get("patch"):
            found["diff"] = self._text(None, event["patch"])
        return found

    def value(self, value: Any, reference: str | None) -> Any:
        """A result: as it is, or out of its file; as a text when it is too large to be shown as a tree."""
        if reference is not None:
            found = self._text(None, reference)
            if isinstance(found, str) and reference.endswith(".json"):
                return encodable(json.loads(found))
            return found
        if isinstance(value, str):
            return self._text(value, None)
        return encodable(value)  # its size is bounded: it is on a line of the journal

    def _text(self, text: str | None, reference: str | None) -> Any:
        if reference is not None:
            text = self._source.text(reference) or text
            if text is None:
                return {"cut": "", "length": 0, "file": reference}
        if text is None:
            return None
        limit = TEXT if self._left > 0 else SHORT
        self._left -= min(len(text), limit)
        if len(text) <= limit:
            return text
        return {"cut": text[:limit], "length": len(text), **({"file": reference} if reference else {})}


def pack(details: Iterable[dict[str, Any]]) -> tuple[list[int], list[str]]:
    """Where each chunk begins, by the position of its first detail; and the chunks: a JSON list, deflated, in base64."""
    starts: list[int] = []
    chunks: list[str] = []
    held: list[str] = []
    size, position = 0, 0
    for detail in details:
        text = dumps(detail)
        held.append(text)
        size += len(text)
        position += 1
        if size >= CHUNK:
            starts.append(position - len(held))
            chunks.append(_deflated(held))
            held, size = [], 0
    if held:
        starts.append(position - len(held))
        chunks.append(_deflated(held))
    return starts, chunks


def encodable(value: Any) -> Any:
    """``value``; or a remark in its place when it is nested so deeply that it could be read but not be written again."""
    if isinstance(value, dict | list):
        try:
            dumps([[[[[[[[value]]]]]]]])  # it will stand inside other values
        except RecursionError:
            return "(nested too deeply to be shown)"
    return value


def _deflated(texts: list[str]) -> str:
    data = f"[{','.join(texts)}]".encode("utf-8", "replace")
    return base64.b64encode(zlib.compress(data, 5)).decode("ascii")


def dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
