"""``odw estimate SCRIPT``: how many calls, tokens and dollars a run may come to."""

from __future__ import annotations

import sys
from json import dumps
from typing import Any

from odw.cli.launch import Surroundings, project_of
from odw.cli.terminal import note, one_line, say, show_error, show_findings
from odw.cli.workflow_args import workflow_args
from odw.loader import ABSENT, Loader
from odw.runtime.estimate import Estimate, PhaseEstimate, Range, estimate
from odw.runtime.prices import price_table


def estimate_command(values: dict[str, Any]) -> int:
    """``odw estimate``; 1 when the dry run itself fails, after what it came to."""
    args, remarks = workflow_args(values, ABSENT)
    for remark in remarks:
        note(remark)
    here = Surroundings(values, project_of(values))
    word = values["script"]
    program = Loader(here.project, here.settings).load(word, sys.stdin.buffer.read() if word == "-" else None)
    show_findings(program.diagnostics)
    found = estimate(program, here.options(args, program.meta), here.mock(), here.project)
    if values["json"]:
        say(dumps(_json(found), ensure_ascii=False, separators=(",", ":")))
    else:
        _show(found)
    if found.error is not None:
        show_error(found.error)
        note("the dry run did not come to its end: there may be more calls than these")
    return 1 if found.error is not None else 0


def _show(found: Estimate) -> None:
    rows = [["phase", "calls", "output tokens", "all tokens", "cost"]]
    rows += [_row(phase) for phase in found.phases]
    if len(found.phases) > 1:
        rows.append(_row(found.total))
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        first, *others = [
            cell.ljust(w) if i == 0 else cell.rjust(w)
            for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        ]
        say("  ".join([first, *others]).rstrip())
    for line in _basis(found):
        say(f"[estimate] {line}")


def _basis(found: Estimate) -> list[str]:
    """What the numbers rest on, and what is not in them."""
    total = found.total
    counted = f"{_calls(found.calls)} by a dry run on the mock executor"
    if not found.runs:
        return [
            f"{counted}; no earlier run of this project tells their size",
            f"their prompts have about {_count(total.prompt)} token{'' if total.prompt == 1 else 's'}",
        ]
    runs = "1 earlier run" if found.runs == 1 else f"{found.runs} earlier runs"
    lines = [f"{counted}, sized by {runs}"]
    if total.sized < found.calls:
        lines.append(f"{_calls(found.calls - total.sized)} are like none recorded: not in the sums")
    if 0 < total.priced < total.sized:
        lines.append(f"{_calls(total.sized - total.priced)} have no price: not in the cost")
    if total.cost is not None:
        lines.append(f"prices of {price_table()['date']} where the executor told no cost")
    return lines


def _calls(number: int) -> str:
    return "1 call" if number == 1 else f"{number} calls"


def _row(phase: PhaseEstimate) -> list[str]:
    return [
        one_line(phase.title),
        str(phase.calls),
        _span(phase.output),
        _span(phase.total),
        _money(phase.cost),
    ]


def _span(found: Range | None) -> str:
    if found is None:
        return "?"
    low, high = _count(found.low), _count(found.high)
    return low if low == high else f"{low} - {high}"


def _money(found: Range | None) -> str:
    if found is None:
        return "?"
    places = 2 if found.high >= 0.1 else 4
    low, high = f"${found.low:.{places}f}", f"${found.high:.{places}f}"
    return low if low == high else f"{low} - {high}"


def _count(number: float) -> str:
    """``950``, ``12.3k``, ``1.2M``."""
    if number < 9_999.5:
        return str(round(number))
    return f"{number / 1e3:.1f}k" if number < 999_950 else f"{number / 1e6:.1f}M"


def _json(found: Estimate) -> dict[str, Any]:
    total = _phase_json(found.total)
    del total["title"]
    return {
        **total,
        "runs": found.runs,
        "pricesOf": price_table()["date"],
        "error": found.error.message if found.error is not None else None,
        "phases": [_phase_json(phase) for phase in found.phases],
    }


def _phase_json(phase: PhaseEstimate) -> dict[str, Any]:
    """Tokens and dollars are ``{low, mean, high}``, or null where nothing tells."""
    ranges = {"output": phase.output, "total": phase.total, "cost": phase.cost}
    return {
        "title": phase.title,
        "calls": phase.calls,
        "sized": phase.sized,
        "priced": phase.priced,
        "promptTokens": phase.prompt,
        **{name: _range_json(found, 6 if name == "cost" else None) for name, found in ranges.items()},
    }


def _range_json(found: Range | None, places: int | None) -> dict[str, float] | None:
    return None if found is None else {name: round(end, places) for name, end in found._asdict().items()}
