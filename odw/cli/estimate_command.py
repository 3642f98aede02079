"""``odw estimate SCRIPT``: how many calls, tokens and dollars a run may come to."""

from __future__ import annotations

import sys
from json import dumps
from typing import Any

from odw.cli.launch import Surroundings, project_of
from odw.cli.terminal import note, say, show_error
from odw.cli.workflow_args import workflow_args
from odw.executors import mock_backend
from odw.loader import ABSENT, Loader
from odw.runtime.estimate import Estimate, PhaseEstimate, Range, estimate


def estimate_command(values: dict[str, Any]) -> int:
    """``odw estimate``; 1 when the dry run itself fails, after what it came to."""
    args, remarks = workflow_args(values, ABSENT)
    for remark in remarks:
        note(remark)
    here = Surroundings(values, project_of(values))
    word = values["script"]
    program = Loader(here.project, here.settings).load(word, sys.stdin.buffer.read() if word == "-" else None)
    found = estimate(
        program, here.options(args, program.meta), mock_backend(values["mock_file"]), here.project
    )
    if values["json"]:
        say(dumps(_json(found), ensure_ascii=False, separators=(",", ":")))
    else:
        _show(found)
    if found.ending is not None:
        show_error(found.ending)
    return 1 if found.ending is not None else 0


def _show(found: Estimate) -> None:
    rows = [["phase", "calls", "output tokens", "all tokens", "cost"]]
    rows += [_row(phase.title, phase.calls, phase) for phase in found.phases]
    if len(found.phases) > 1:
        rows.append(_row("total", found.calls, _total(found.phases)))
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        first, *others = [
            cell.ljust(w) if i == 0 else cell.rjust(w)
            for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        ]
        say("  ".join([first, *others]).rstrip())
    say(_basis(found))


def _basis(found: Estimate) -> str:
    if not found.runs:
        prompts = sum(phase.prompt for phase in found.phases)
        return (
            f"[estimate] {found.calls} calls by a dry run on the mock executor; no earlier run tells their size. "
            f"Their prompts alone have about {_count(prompts)} tokens."
        )
    sized = sum(phase.sized for phase in found.phases)
    missing = (
        f"; {found.calls - sized} calls are like none recorded and not in the sums"
        if sized < found.calls
        else ""
    )
    runs = "1 earlier run" if found.runs == 1 else f"{found.runs} earlier runs"
    return f"[estimate] {found.calls} calls by a dry run on the mock executor, sized by {runs}{missing}"


def _row(title: str, calls: int, phase: PhaseEstimate) -> list[str]:
    return [title, str(calls), _span(phase.output), _span(phase.total), _money(phase.cost)]


def _total(phases: list[PhaseEstimate]) -> PhaseEstimate:
    def sum_of(ranges: list[Range | None]) -> Range | None:
        known = [r for r in ranges if r is not None]
        return sum(known[1:], known[0]) if known else None

    return PhaseEstimate(
        "total",
        0,
        0,
        0,
        sum_of([p.output for p in phases]),
        sum_of([p.total for p in phases]),
        sum_of([p.cost for p in phases]),
    )


def _span(found: Range | None) -> str:
    if found is None:
        return "?"
    low, high = _count(found.low), _count(found.high)
    return low if low == high else f"{low} - {high}"


def _money(found: Range | None) -> str:
    if found is None:
        return "?"
    low, high = f"${found.low:.2f}", f"${found.high:.2f}"
    return low if low == high else f"{low} - {high}"


def _count(number: float) -> str:
    for limit, unit in ((1e6, "M"), (1e4, "k")):
        if number >= limit:
            return f"{number / (1e6 if unit == 'M' else 1e3):.1f}{unit}"
    return str(round(number))


def _json(found: Estimate) -> dict[str, Any]:
    return {
        "calls": found.calls,
        "runs": found.runs,
        "phases": [
            {
                "title": phase.title,
                "calls": phase.calls,
                "sized": phase.sized,
                "promptTokens": phase.prompt,
                **{
                    name: value._asdict() if value is not None else None
                    for name, value in (
                        ("output", phase.output),
                        ("total", phase.total),
                        ("cost", phase.cost),
                    )
                },
            }
            for phase in found.phases
        ],
    }
