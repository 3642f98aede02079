"""All about one call, as sections of text."""

from __future__ import annotations

import json
from typing import NamedTuple

from odw.cli.live.cells import safe
from odw.cli.live.quantities import duration, money
from odw.cli.watch.follow import RunFollower, as_text
from odw.diagnostics import printable
from odw.runtime.abc import Usage
from odw.runtime.run_view import CallView

LONGEST = 100_000  # characters of a section; the whole is in the run's directory, and in its report
_FACTS = ("model", "effort", "agentType", "isolation", "schema", "schemaRef")


class Section(NamedTuple):
    """``style`` is "" or "error" or "diff"."""

    title: str
    text: str
    style: str = ""


def sections(follower: RunFollower, call: CallView, now: float) -> list[Section]:
    """What there is to say: state and errors first, then what was asked, done and answered."""
    found = [Section("Call", _facts(call, now))]
    if call.error:
        found.append(Section("Error", _error(call), "error"))
    found.append(Section("Prompt", follower.prompt_of(call)))
    if call.tools:
        left_out = call.tool_count - len(call.tools)
        lines = [f"({left_out} earlier ones)"] if left_out else []
        lines += [_one(text) for _, text in call.tools]
        found.append(Section(f"Tool calls ({call.tool_count})", "\n".join(lines)))
    if not call.over and call.said:
        found.append(Section("Last said", call.said))
    if len(call.attempts) > 1 or any(attempt.problems for attempt in call.attempts):
        found.append(Section("Attempts", _attempts(follower, call)))
    result = follower.result_of(call)
    if result is not None:
        found.append(Section("Result", as_text(result)))
    patch = follower.patch_of(call)
    if patch:
        found.append(Section("Changes", patch, "diff"))
    return [section._replace(text=_bounded(section.text)) for section in found if section.text]


def _facts(call: CallView, now: float) -> str:
    config = call.start.get("config", {}) if call.start else {}
    lines = [
        f"state     {call.status}",
        f"label     {_one(call.label)}",
        f"phase     {_one(call.phase or '-')}{f'   {_one(call.group)}' if call.group else ''}",
        f"executor  {_one(call.runtime)}{f'   model {_one(call.model)}' if call.model else ''}",
        f"path      {_one(call.path)}{f'   line {call.site[0]}' if call.site else ''}",
    ]
    if call.started is not None:
        end = call.ended if call.ended is not None else now
        waited = f"   waited {duration(call.waited_ms)}" if call.waited_ms >= 100 else ""
        lines.append(f"time      {duration(end - call.started)}{waited}")
    if call.usage.total or call.cost:
        lines.append(f"used      {usage_text(call.usage)}{f'   {money(call.cost)}' if call.cost else ''}")
    for name in _FACTS:
        if name in config and name != "model":
            lines.append(f"{name:<9} {_one(json.dumps(config[name], ensure_ascii=False))[:2000]}")
    return "\n".join(lines)


def usage_text(usage: Usage) -> str:
    """``1,200 in, 300 out, 5,000 cached``"""
    parts = [f"{usage.input:,} in", f"{usage.output:,} out"]
    for name, count in (
        ("cached", usage.cache_read),
        ("written to cache", usage.cache_write),
        ("reasoning", usage.reasoning),
    ):
        if count:
            parts.append(f"{count:,} {name}")
    return ", ".join(parts)


def _error(call: CallView) -> str:
    error = call.error or {}
    return f"{error.get('category', '')}: {error.get('message', '')}"


def _attempts(follower: RunFollower, call: CallView) -> str:
    lines = []
    for attempt in call.attempts:
        took = f"  {duration(attempt.ended - attempt.started)}" if attempt.ended is not None else ""
        said = follower.text_of(attempt.text_ref, attempt.text)
        lines.append(f"#{attempt.number}{took}")
        lines += [f"    {problem}" for problem in attempt.problems]
        if attempt.error and not attempt.problems:
            lines.append(f"    {attempt.error.get('category', '')}: {attempt.error.get('message', '')}")
        if attempt.problems and said:
            lines.append("    answered: " + said[:2000])
    return "\n".join(lines)


def _one(text: str) -> str:
    return safe(text)


def _bounded(text: str) -> str:
    """Printable, with its newlines, and not more than a person reads here."""
    more = f"\n… {len(text) - LONGEST:,} characters more" if len(text) > LONGEST else ""
    return printable(text[:LONGEST]) + more
