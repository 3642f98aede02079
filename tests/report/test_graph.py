"""The graph: the script's structure out of the paths of calls, equal parts put together, and its Mermaid text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from odw.report.graph import Node, graph, title_of
from odw.report.mermaid import MOST, escaped, mermaid
from odw.report.model import Model
from odw.report.source import read_source
from odw.runtime.run_view import RunView
from tests.report.made_runs import made_run
from tests.report.test_model import begin, done, journal, start

Call = tuple[str, str]


def view_of(
    *steps: str, sites: dict[str, int] | None = None, phases: dict[str, str] | None = None
) -> RunView:
    """A run told in short: ``+a0`` begins a call (or ``+p0`` a fan-out) at that path, ``-a0`` ends it; each label is its path."""
    view, indexes = RunView(), {}
    view.take({"type": "workflow_start", "name": "w", "ts": stamp(0), "seq": 1})
    for seq, step in enumerate(steps, 2):
        path = step[1:]
        event: dict[str, Any] = {"seq": seq, "ts": stamp(seq), "path": path, "label": path, "key": path}
        last = path.rpartition("/")[2]
        if last[0] != "a":
            kind = {"p": "parallel_start", "l": "pipeline_start", "w": "workflow_call_start"}[last[0]]
            view.take({**event, "type": kind, "count": 3, "label": None, "name": "child"})
            continue
        event["index"] = indexes.setdefault(path, len(indexes) + 1)
        event["phase"] = (phases or {}).get(path)
        if sites and path in sites:
            event["site"] = [sites[path], 1]
        kind = "agent_start" if step[0] == "+" else "agent_done"
        view.take({**event, "type": kind, "ok": True, "attempt": 1, "config": {}})
    return view


def stamp(seq: int) -> str:
    return f"2026-01-01T00:00:{seq // 10:02}.{seq % 10}00Z"


def shape(node: Node) -> Any:
    """A node as nested tuples: calls as their paths, or ×n."""
    if node.kind == "call":
        return node.calls[0].path if len(node.calls) == 1 else f"×{len(node.calls)}"
    inside = [shape(child) for child in node.children]
    if node.kind == "seq":
        return inside
    return (node.kind, node.title or node.count, *inside)


def test_what_follows_what() -> None:
    assert shape(graph(view_of("+a0", "-a0", "+a1", "-a1"))) == ["a0", "a1"]


def test_calls_beside_each_other_without_a_parallel_fork() -> None:
    found = shape(graph(view_of("+a0", "+a1", "-a0", "-a1", "+a2", "-a2")))
    assert found == [("fork", 2, ["a0"], ["a1"]), "a2"]


def test_what_follows_only_one_of_them_stays_behind_that_one() -> None:
    found = shape(graph(view_of("+a0", "+a1", "-a1", "+a2", "-a2", "-a0")))
    assert found == [("fork", 2, ["a0"], ["a1", "a2"])]


def test_fan_outs_that_were_made_together_are_beside_each_other_however_their_calls_queued() -> None:
    found = shape(graph(view_of("+p0", "+p1", "+p0[0]/a0", "-p0[0]/a0", "+p1[0]/a0", "-p1[0]/a0")))
    assert found == [("fork", 2, [("fork", 3, ["p0[0]/a0"])], [("fork", 3, ["p1[0]/a0"])])]


def fan_out(branches: int, calls: int = 1) -> list[str]:
    steps = ["+p0"]
    for n in range(branches):
        steps += [f"{sign}p0[{n}]/a{c}" for c in range(calls) for sign in "+-"]
    return steps


def test_a_few_branches_stay_and_many_equal_ones_become_one() -> None:
    same = {f"p0[{n}]/a{c}": 10 + c for n in range(9) for c in range(2)}
    few = graph(view_of(*fan_out(4), sites=same))
    assert shape(few) == [("fork", 3, *[[f"p0[{n}]/a0"] for n in range(4)])]
    many = graph(view_of(*fan_out(9, 2), sites=same))
    assert shape(many) == [("fork", 3, ["×9", "×9"])]


def test_branches_from_different_places_stay_apart() -> None:
    sites = {f"p0[{n}]/a0": n % 2 for n in range(12)}
    assert shape(graph(view_of(*fan_out(12), sites=sites))) == [("fork", 3, ["×6"], ["×6"])]


def test_a_loop() -> None:
    steps = [f"{sign}a{n}" for n in range(7) for sign in "+-"]
    sites = {f"a{n}": (1 if n == 6 else 2 + n % 2) for n in range(7)}
    assert shape(graph(view_of(*steps, sites=sites))) == [("loop", 3, ["×3", "×3"]), "a6"]


def test_twice_is_no_loop() -> None:
    steps = [f"{sign}a{n}" for n in range(2) for sign in "+-"]
    assert shape(graph(view_of(*steps, sites={"a0": 1, "a1": 1}))) == ["a0", "a1"]


def pipeline(items: int, stages: int) -> list[str]:
    return ["+l0", *[f"{sign}l0[{n}.{s}]/a0" for n in range(items) for s in range(stages) for sign in "+-"]]


def test_a_pipeline_of_many_items_is_its_stages() -> None:
    sites = {f"l0[{n}.{s}]/a0": s for n in range(8) for s in range(2)}
    phases = {path: f"stage {site}" for path, site in sites.items()}
    found = shape(graph(view_of(*pipeline(8, 2), sites=sites, phases=phases)))
    assert found == [("pipe", 3, [("phase", "stage 0", ["×8"]), ("phase", "stage 1", ["×8"])])]


def test_items_that_go_different_ways_are_alternatives() -> None:
    steps, sites = ["+l0"], {}
    for n in range(6):
        steps += [f"{sign}l0[{n}.{s}]/a0" for s in range(2) for sign in "+-"]
        sites |= {f"l0[{n}.0]/a0": 1, f"l0[{n}.1]/a0": 2 + n % 2}
    assert shape(graph(view_of(*steps, sites=sites))) == [("pipe", 3, ["×6", ("fork", 2, ["×3"], ["×3"])])]


def test_a_sub_workflow_and_phases_are_frames() -> None:
    steps = ["+a0", "-a0", "+w0", "+w0/a0", "-w0/a0", "+a1", "-a1"]
    found = shape(graph(view_of(*steps, phases={"a0": "One", "w0/a0": "Two", "a1": "Two"})))
    assert found == [("phase", "One", ["a0"]), ("phase", "Two", [("sub", "child", ["w0/a0"]), "a1"])]


def test_a_call_that_ran_again_does_not_put_beside_it_what_followed_it(tmp_path: Path) -> None:
    """The first session fails one of two; the second runs it again, after all that replays."""
    error = {"category": "timeout", "message": "late", "retryable": True}
    skip = {"type": "agent_skip", "key": "k", "phase": None, "cached": True, "reason": "replayed"}
    path = journal(
        tmp_path,
        begin(),
        start(1, "p0[0]/a0"),
        start(2, "p0[1]/a0"),
        done(1, "p0[0]/a0"),
        done(2, "p0[1]/a0", ok=False, error=error),
        start(3, "a0"),
        done(3, "a0"),
        begin(2),
        {**skip, "index": 1, "path": "p0[0]/a0", "label": "one", "from": 4},
        start(2, "p0[1]/a0"),
        {**skip, "index": 3, "path": "a0", "label": "three", "from": 7},
        done(2, "p0[1]/a0"),
    )
    found = shape(graph(read_source(path).view))
    assert found == [("fork", 2, ["p0[0]/a0"], ["p0[1]/a0"]), "a0"]


def test_titles_of_many() -> None:
    view = view_of(*fan_out(6), sites={f"p0[{n}]/a0": 1 for n in range(6)})
    (fork,) = graph(view).children
    assert title_of(fork.children[0].children[0]) == "p0[…]/a0"


def test_a_thousand_calls_are_a_small_graph(tmp_path: Path) -> None:
    model = Model(read_source(made_run(tmp_path, 1000)))
    text = model.mermaid
    assert text.count("\n") < 60
    assert '[["review:src/file#95;….py ×494<br/>✓ 468 ✗ 26"]]:::part' in text
    assert "loop ×4" in text
    assert "▸ style-guide" in text


def test_mermaid_stays_below_the_limits_of_mermaid() -> None:
    steps = [f"{sign}a{n}" for n in range(2000) for sign in "+-"]
    node = graph(view_of(*steps, sites={f"a{n}": n for n in range(2000)}))
    text = mermaid(node, lambda call: call.status)
    assert text.count(" --> ") <= 500
    assert len(text) < 50_000
    assert f"{2000 - MOST} more parts are not drawn" in text


def test_labels_end_nothing_and_mark_nothing_up() -> None:
    assert escaped('a "b" <c> #d; `e`') == "a #34;b#34; #60;c#62; #35;d#59; #96;e#96;"
    assert escaped("1. x") == "1#46; x"
    assert escaped("- x\n  y") == "#45; x y"


def test_an_empty_run() -> None:
    assert "no agent calls" in mermaid(graph(view_of()), lambda call: call.status)
