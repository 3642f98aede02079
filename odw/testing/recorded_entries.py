"""One entry of a recording, what it asked and what came back, and the file that holds them.

    {"label": "review:a", "phase": "Review", "path": "p0[0]/a0", "prompt": "…", "schema": {…}, "answer": {"text": "…", "usage": {…}}}

Texts of several lines are lists of lines, so that people can read the file, and its diff.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from odw.jsonvalue import canonical_json
from odw.runtime.abc import ABSENT, CallRequest, Failure, Planned, Report
from odw.runtime.call_key import NOT_IN_KEY
from odw.runtime.events import failure_json, usage_json
from odw.runtime.journal.history import usage_of

VERSION = 1
Entry = dict[str, Any]
_NOT_ASKED = ("label", "phase", "path", "answer")
_APART = ("model", "effort", "runtime")  # options that stand by themselves
_SHORT = 90  # characters of a JSON value that stays on its line
_UNANSWERED = Failure("timeout", "it had not answered when it was recorded", retryable=True)


def asked_of_request(request: CallRequest) -> dict[str, Any]:
    """What tells one question from another: the prompt, and what else reaches the executor."""
    options = {
        name: value
        for name, value in request.options.items()
        if name not in NOT_IN_KEY and name not in _APART and value is not None
    }
    parts = {
        "schema": request.schema,
        "model": request.model,
        "effort": request.effort,
        "runtime": request.options.get("runtime"),
        "options": options or None,
        "attempt": request.attempt if request.attempt > 1 else None,
    }
    return {"prompt": request.prompt, **{name: part for name, part in parts.items() if part is not None}}


def asked_of_entry(entry: Mapping[str, Any]) -> dict[str, Any]:
    asked = {name: value for name, value in entry.items() if name not in _NOT_ASKED}
    asked["prompt"] = _text(asked["prompt"])
    return asked


def question(asked: Mapping[str, Any]) -> str:
    """What was asked as one text, equal for equal questions."""
    return canonical_json(dict(asked))


def entry_of(request: CallRequest, asked: Mapping[str, Any], report: Report | None, seconds: float) -> Entry:
    """The entry of an attempt that came to ``report`` after so many seconds; None: it was cut off, and had not answered."""
    answer: dict[str, Any] = {"seconds": round(seconds, 3)}
    if report is None:
        answer["unanswered"] = True
    else:
        answer.update(_answer_of(report))
    place = {"label": request.label, "phase": request.phase, "path": request.path}
    return {**place, **asked, "prompt": _lines(asked["prompt"]), "answer": answer}


def _answer_of(report: Report) -> dict[str, Any]:
    answer: dict[str, Any] = {}
    if report.error is not None:
        answer["error"] = failure_json(report.error)
    if report.value is not ABSENT:
        answer["value"] = report.value
    if (report.text and "value" not in answer) or not answer:
        answer["text"] = _lines(report.text)
    if report.usage is not None:
        answer["usage"] = usage_json(report.usage)
    if report.cost is not None:
        answer["cost"] = report.cost
    if report.model is not None:
        answer["model"] = report.model
    return answer


def _report_of(answer: Mapping[str, Any]) -> Report:
    error = answer.get("error")
    failure = Failure(error["category"], error["message"], error.get("retryable") is True) if error else None
    return Report(
        _text(answer.get("text", "")),
        answer.get("value", ABSENT),
        usage_of(answer["usage"]) if "usage" in answer else None,
        answer.get("cost"),
        answer.get("model"),
        error=failure,
    )


def planned_of(answer: Mapping[str, Any]) -> Planned:
    """A recorded answer, and when it comes."""
    milliseconds = float(answer.get("seconds", 0)) * 1000
    if answer.get("unanswered"):  # a moment later than whatever cut it off
        return Planned(Report(error=_UNANSWERED), milliseconds + 1)
    return Planned(_report_of(answer), milliseconds)


def _lines(text: str) -> str | list[str]:
    return text.split("\n") if "\n" in text else text


def _text(lines: str | list[str]) -> str:
    return lines if isinstance(lines, str) else "\n".join(lines)


def read_entries(path: Path) -> list[Entry]:
    """The entries of a file. Raises ValueError that names it."""
    try:
        content = json.loads(path.read_text("utf-8"))
        entries = content["calls"]
        if content["version"] != VERSION or not all(
            isinstance(entry["prompt"], str | list) and isinstance(entry["answer"], dict) for entry in entries
        ):
            raise ValueError("it is of another version")
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(
            f"{path} holds no recorded answers that this odw can read ({type(error).__name__}: {error}); "
            "record it anew: delete it, and run pytest --odw-record"
        ) from None
    found: list[Entry] = entries
    return found


def write_entries(path: Path, test: str, entries: Sequence[Entry]) -> None:
    """Write the file as a whole: whoever reads it meanwhile has the one before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"odw": "recorded answers", "version": VERSION, "test": test, "calls": list(entries)}
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    scratch.write_text(readable(content) + "\n", "utf-8", errors="replace")
    scratch.replace(path)


def readable(value: Any, indent: str = "") -> str:
    """JSON on several lines, with what is short on one."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(flat) <= _SHORT or not isinstance(value, dict | list) or not value:
        return flat
    inner = indent + "  "
    if isinstance(value, dict):
        parts = [
            f"{json.dumps(name, ensure_ascii=False)}: {readable(item, inner)}" for name, item in value.items()
        ]
    else:
        parts = [readable(item, inner) for item in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return opening + ",".join(f"\n{inner}{part}" for part in parts) + f"\n{indent}{closing}"
