"""``odw runs diff A B`` and ``odw stats``: runs compared, and runs added up."""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING, Any

from odw.cli.launch import project_of
from odw.cli.live.cells import safe
from odw.cli.live.quantities import money
from odw.cli.terminal import note, say, say_line
from odw.errors import JournalDamaged, UsageError
from odw.runtime.journal.reader import tail_events
from odw.runtime.run_diff import ANSWERED, ASKED, ONLY_A, ONLY_B, SAME, RunDiff, compare
from odw.runtime.run_stats import Row, Stats, total
from odw.runtime.run_store import JOURNAL, each_run, find_run
from odw.runtime.run_view import CallView, RunView

if TYPE_CHECKING:
    from odw.runtime.run_dir import RunDir

SHOWN = 40  # calls of one kind that are listed
LABEL = 70
_KINDS = {
    ANSWERED: "answered differently",
    ASKED: "asked something else",
    ONLY_A: "only in the first",
    ONLY_B: "only in the second",
}


def diff_command(values: dict[str, Any]) -> int:
    """``odw runs diff``; 0 when the runs are alike, 1 when they differ."""
    project = project_of(values)
    a, b = (find_run(project, values[name]) for name in ("run", "other"))
    difference = compare(_view(a), _view(b))
    if values["json"]:
        say(dumps(_json(a, b, difference), ensure_ascii=False, separators=(",", ":")))
    else:
        _show(a, b, difference)
    return 0 if difference.equal else 1


def stats_command(values: dict[str, Any]) -> int:
    """``odw stats``."""
    stats, runs = Stats(values["by"]), 0
    for run in each_run(project_of(values)):
        if values["since"] is not None and run.started[:10] < _day(values["since"]):
            break
        view = RunView()
        try:
            _feed(view, f"{run.path}/{JOURNAL}")
        except JournalDamaged as damage:
            note(f"run {run.run_id}: counted up to its damage in line {damage.line}")
        stats.take(run.run_id, view)
        runs += 1
    rows = stats.rows()
    if values["json"]:
        say(dumps([_row_json(row) for row in rows], ensure_ascii=False, separators=(",", ":")))
    elif rows:
        _table(values["by"], [*rows, total(rows, runs)] if len(rows) > 1 else rows)
    else:
        note("no calls were made yet")
    return 0


def _day(text: str) -> str:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(f"--since: expected a day such as 2026-01-31, found {text!r}") from None


def _view(directory: RunDir) -> RunView:
    view = RunView()
    _feed(view, directory.file(JOURNAL))
    return view


def _feed(view: RunView, path: str) -> None:
    """Raises JournalDamaged after what is whole."""
    tail = tail_events(path, checked=True)
    for event in tail.poll():
        view.take(event)
    if tail.damage is not None:
        raise tail.damage


def _show(a: RunDir, b: RunDir, difference: RunDiff) -> None:
    say_line(f"A {a.run_id}")
    say_line(f"B {b.run_id}")
    said = {None: "not both have one", True: "the same", False: "different"}[difference.results]
    say_line(f"  result    {said}")
    counts = [f"{len(difference.of(SAME))} the same"]
    counts += [f"{len(pairs)} {what}" for kind, what in _KINDS.items() if (pairs := difference.of(kind))]
    say_line(f"  calls     {', '.join(counts)}")
    (used_a, used_b), (cost_a, cost_b) = difference.usage, difference.cost
    say_line(f"  tokens    {used_a.total:,} and {used_b.total:,}")
    if cost_a or cost_b:
        say_line(f"  cost      {money(cost_a)} and {money(cost_b)}")
    for kind, what in _KINDS.items():
        pairs = difference.of(kind)
        if pairs:
            say_line(f"{what}:")
        for pair in pairs[:SHOWN]:
            say_line(f"  {_number(pair.a)} {_number(pair.b)}  {safe(pair.label)[:LABEL]}")
        if len(pairs) > SHOWN:
            say_line(f"  and {len(pairs) - SHOWN} more")


def _number(call: CallView | None) -> str:
    return f"{call.index:>5}" if call is not None else "    -"


def _json(a: RunDir, b: RunDir, difference: RunDiff) -> dict[str, Any]:
    return {
        "a": a.run_id,
        "b": b.run_id,
        "equal": difference.equal,
        "sameResult": difference.results,
        "tokens": [usage.total for usage in difference.usage],
        "cost": list(difference.cost),
        "calls": [
            {
                "kind": pair.kind,
                "label": pair.label,
                "a": None if pair.a is None else pair.a.index,
                "b": None if pair.b is None else pair.b.index,
            }
            for pair in difference.pairs
        ],
    }


def _table(by: str, rows: list[Row]) -> None:
    head = [by, "runs", "calls", "failed", "input", "output", "cached", "cost"]
    lines = [head, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    for line in lines:
        first, *others = line
        cells = [
            first.ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)),
        ]
        say_line("  ".join(cells).rstrip())


def _cells(row: Row) -> list[str]:
    usage = row.usage
    return [
        safe(row.name)[:40], f"{row.runs:,}", f"{row.calls:,}", f"{row.failed:,}" if row.failed else "", f"{usage.input:,}",
        f"{usage.output:,}", f"{usage.cache_read:,}" if usage.cache_read else "", money(row.cost) if row.cost else "",
    ]  # fmt: skip


def _row_json(row: Row) -> dict[str, Any]:
    return {
        "name": row.name, "runs": row.runs, "calls": row.calls, "failed": row.failed, "cost": row.cost,
        "usage": {
            "input": row.usage.input, "output": row.usage.output, "cacheRead": row.usage.cache_read,
            "cacheWrite": row.usage.cache_write, "reasoning": row.usage.reasoning,
        },
    }  # fmt: skip
