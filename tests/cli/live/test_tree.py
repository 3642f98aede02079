"""The live tree as lines, in terminals of any size."""

from __future__ import annotations

from typing import Any

import pytest

from odw.cli.live.cells import cut, fit, paint, safe, width_of
from odw.cli.live.quantities import duration, money, tokens
from odw.cli.live.tree import Gauges, tree_lines
from odw.runtime.run_view import RunView

NOW = 100_000.0
NO_GAUGES = Gauges()


def run(*calls: tuple[str, str, str], **end: Any) -> RunView:
    """A view of calls (phase, label, status); each took 4 s, those that run began 6 s ago."""
    view = RunView()
    view.take({"type": "workflow_start", "ts": 90_000.0, "name": "demo"})
    for index, (phase, label, _) in enumerate(calls):
        view.take(
            {
                "type": "agent_start",
                "ts": 94_000.0,
                "index": index,
                "label": label,
                "phase": phase,
                "runtime": "mock",
            }
        )
    for index, (_, label, status) in enumerate(calls):
        if status != "running":
            error = {"category": "crash", "message": "m"}
            view.take(
                {
                    "type": "agent_done", "ts": 98_000.0, "index": index, "label": label, "ok": status == "done",
                    "usage": {"input": 500, "output": 500}, "cost": 0.25, "error": error,
                }
            )  # fmt: skip
    if end:
        view.take({"type": "workflow_error", "ts": NOW, "name": "demo", "message": "m", **end})
    return view


def shown(
    view: RunView, gauges: Gauges = NO_GAUGES, height: int = 24, width: int = 79, **more: Any
) -> list[str]:
    return [paint(line, width, colour=False) for line in tree_lines(view, gauges, NOW, height, **more)]


def test_a_run_in_the_middle() -> None:
    view = run(("A", "one", "done"), ("A", "two", "failed"), ("B", "three", "done"), ("B", "four", "running"))
    view.take(
        {
            "type": "agent_progress",
            "index": 3,
            "attempt": 1,
            "event": {"type": "tool", "name": "Bash", "summary": "ls"},
        }
    )
    gauges = Gauges(4, [("five", "B"), ("six", "C")], 750, 1000, "output-tokens")
    assert shown(view, gauges, planned=["A", "B", "C", "D"]) == [
        "demo  10s  3/6 agents  3.0k tok  $0.75  1 failed",
        "  1/4 slots  2 queued  budget 250 tok left (25 %)",
        "✓ A ×2  1 failed  2.0k tok  $0.50",
        "▸ B  ━━━━──────── 1/3  1.0k tok  $0.25",
        "  ⠋ four  6.0s  Bash ls",
        "    … 1 queued",
        "▸ C  ──────────── 0/1",
        "    … 1 queued",
        "○ D",
    ]


def test_the_end() -> None:
    assert shown(run(("A", "one", "done"), status="parked"), Gauges(4)) == [
        "demo  10s  parked  1/1 agents  1.0k tok  $0.25",
        "✓ A ×1  1.0k tok  $0.25",
    ]
    assert shown(run(("A", "one", "failed")))[-1].startswith("✗ A ×1  1 failed")


def test_an_estimate_needs_siblings() -> None:
    done = [("A", str(n), "done") for n in range(3)]
    gauges = Gauges(2, [("x", "A")] * 3)
    assert "about 8.0s to go" in shown(run(*done, ("A", "r", "running")), gauges)[1]
    assert "to go" not in shown(run(*done[:2], ("A", "r", "running")), gauges)[1]


@pytest.mark.parametrize("height", range(1, 16))
@pytest.mark.parametrize("width", [1, 20, 39, 79])
def test_it_never_takes_more_room_than_there_is(height: int, width: int) -> None:
    calls = [
        (f"phase {n % 7}", f"agent 日本 {n}", "done" if n % 7 < 5 or n % 3 else "running") for n in range(60)
    ]
    lines = shown(run(*calls), Gauges(8, [("q", "phase 6")] * 9), height, width, planned=["later"])
    assert 1 <= len(lines) <= height
    assert all(width_of(line) <= width for line in lines)


def test_what_runs_is_shown_before_what_is_over() -> None:
    calls = [(f"phase {n}", "x", "done") for n in range(30)] + [
        ("now", f"busy {n}", "running") for n in range(4)
    ]
    lines = shown(run(*calls), Gauges(4), 10)
    assert any("phases ×" in line for line in lines) and sum("busy" in line for line in lines) >= 3


def test_hostile_labels_stay_on_their_line() -> None:
    label = "x\x1b[2J\x1b]0;title\x07\r\n[node] done\u202eevil\u2066"
    for line in tree_lines(run(("A\x1b[31m\n", label, "running")), Gauges(), NOW, 20):
        text = "".join(span.text for span in line)
        assert not set(text) & set("\x1b\x07\r\n\u202e\u2066")


def test_cutting_counts_cells() -> None:
    assert [cut("日本語", n) for n in range(7)] == ["", "…", "…", "日…", "日…", "日本…", "日本語"]
    assert (cut("abc", 3), cut("abcd", 3)) == ("abc", "ab…") and width_of("e\u0301") == 1
    assert safe("a\n b\t\u202e") == "a b \\u202e"


def test_colours_come_last() -> None:
    from odw.cli.live.cells import Span

    line = [Span("good", "good"), Span(" rest")]
    assert paint(line, 6, colour=True) == "\x1b[32mgood\x1b[0m …" and fit(line, 4) == [Span("good", "good")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (tokens(0), "0"), (tokens(999), "999"), (tokens(1000), "1.0k"), (tokens(9_960), "10k"), (tokens(999_600), "1.0M"),
        (tokens(2.5e9), "2.5G"), (money(0), "$0.00"), (money(0.0031), "$0.0031"), (money(1234), "$1,234"),
        (duration(-5), "0.0s"), (duration(9_960), "10s"), (duration(59_600), "1m 00s"), (duration(8_040_000), "2h 14m"),
    ],
)  # fmt: skip
def test_quantities(text: str, expected: str) -> None:
    assert text == expected
