"""The report as Markdown, for pull requests and CI comments: what became of the run, its failures, what it used, its graph."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from odw.report.mermaid import SIGNS, counted
from odw.report.model import Model

CAUSES = 10
MESSAGE = 300  # characters
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+!|~@$])")  # @ calls people, where comments are read


def markdown(model: Model) -> str:
    """The whole text, with a newline at its end."""
    facts, sums = model.facts(), model.sums()
    parts = [_head(facts), _causes(sums["causes"], model), *_tables(sums), _graph(model)]
    return "\n\n".join(part for part in parts if part) + "\n"


def plain(text: str, length: int = MESSAGE) -> str:
    """A text of others in one line, without any markup in it."""
    line = " ".join(text.split())
    line = line if len(line) <= length else f"{line[: length - 1]}…"
    return _MARKUP.sub(r"\\\1", line).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _head(facts: dict[str, Any]) -> str:
    states = Counter(facts["census"])
    status = "planned" if facts["planned"] else facts["status"]
    told = [f"**{plain(facts['name'] or 'workflow', 100)}** {status}"]
    told.append(f"{states.total()} calls ({counted(states)})" if states else "no calls")
    if not facts["planned"]:
        told.append(took(facts["wallMs"]))
    told.append(f"{facts['usage'][1]:,} output tokens")
    if facts["cost"] is not None:
        told.append(f"${facts['cost']:.2f}")
    lines = [" · ".join(told)]
    if facts["message"]:
        lines.append(f"> {plain(facts['message'])}")
    if facts["damage"]:
        lines.append(f"> The journal is damaged at {plain(facts['damage'])}.")
    return "\n\n".join(lines)


def _causes(causes: list[dict[str, Any]], model: Model) -> str:
    labels = {call.index: call.label for call in model.calls}
    lines = []
    for cause in causes[:CAUSES]:
        named = ", ".join(plain(labels[index], 60) for index in cause["calls"][:3])
        more = f" and {cause['count'] - 3} more" if cause["count"] > 3 else ""
        what = f"{cause['category'] or cause['status']}: {plain(cause['message'])}"
        lines.append(f"- {SIGNS[cause['status']]} ×{cause['count']} {what} ({named}{more})")
    if len(causes) > CAUSES:
        lines.append(f"- and {len(causes) - CAUSES} more causes")
    return "\n".join(["### Without a result", "", *lines]) if lines else ""


def _tables(sums: dict[str, Any]) -> list[str]:
    return [
        _table(title, sums[name])
        for title, name in (("Phase", "phases"), ("Model", "models"))
        if any(row["name"] for row in sums[name])
    ]


def _table(title: str, rows: list[dict[str, Any]]) -> str:
    lines = [
        f"| {title} | calls | failed | input | output | agent time | cost |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for row in rows:
        cost = "" if row["cost"] is None else f"${row['cost']:.2f}"
        name = plain(row["name"], 60) or "–"
        lines.append(
            f"| {name} | {row['calls']} | {row['states'].get('failed', 0)} | {row['input']:,} | {row['output']:,} | {took(row['ms'])} | {cost} |"
        )
    return "\n".join(lines)


def _graph(model: Model) -> str:
    return f"```mermaid\n{model.mermaid}```" if model.calls else ""


def took(milliseconds: float) -> str:
    """``0.8 s``, ``3 min 4 s``, ``2 h 5 min``."""
    seconds = milliseconds / 1000
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
