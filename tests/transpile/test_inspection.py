"""``inspect_script`` and the planned graph: call sites with where they stand, and what is drawn from them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from odw.inspection import Inspection
from odw.planned_graph import mermaid, outline
from odw.transpile.driver import inspect_script
from odw.transpile.source import Source

META = "export const meta = {name: 'n', description: 'd', phases: [{title: 'A'}, 'B']}\n"


def inspect(body: str) -> Inspection:
    return inspect_script(Source(META + body, "a.js"))


def test_a_site_says_what_stands_in_the_text() -> None:
    found = inspect(
        "phase('A')\n"
        "for (const f of args) {\n"
        "  if (f) await agent(`look at ${f}`, {label: f, model: 'opus', schema: {type: 'object'}, ...args.more})\n"
        "}\n"
    )
    site = found.sites[1]
    assert (site.hook, site.line, site.column, site.end_line) == ("agent", 4, 16, 4)
    assert (site.prompt, site.phase, site.many, site.conditional) == ("look at ${…}", "A", True, True)
    assert site.options == {"model": "opus", "schema": {"type": "object"}}
    assert (site.dynamic, site.open, site.within, site.function) == (("label",), True, None, "")


def test_stages_written_in_place_and_handed_over_by_name() -> None:
    found = inspect(
        "const check = async (x) => agent('check ' + x)\n"
        "async function fix(x) { return agent('fix', {phase: 'C'}) }\n"
        "await pipeline(args, x => agent('read'), check, fix)\n"
        "await parallel(args.map(x => () => agent('p')))\n"
    )
    where = {
        site.prompt: (site.within, site.stage, site.many, site.function)
        for site in found.sites
        if site.hook == "agent"
    }
    assert where == {
        "check ${…}": (2, 1, False, "check"),
        "fix": (2, 2, False, "fix"),
        "read": (2, 0, False, ""),
        "p": (4, None, True, ""),
    }
    assert found.phases == ("A", "B", "C")


def test_what_is_no_hook_is_no_site() -> None:
    assert inspect("const agent = x => x\nreturn agent('no')\n").sites == ()


def test_json_has_the_findings_of_lint_too() -> None:
    found = inspect("agent('floats')\n").to_json()
    assert found["meta"]["name"] == "n" and [site["line"] for site in found["callSites"]] == [2]
    assert found["hints"][0]["code"] == "ODW301"


def test_an_outline_for_the_terminal() -> None:
    lines = outline(
        inspect(
            "phase('A')\nconst plan = await agent('plan', {effort: 'high'})\n"
            "phase('B')\nawait pipeline(plan, x => agent('one', {isolation: 'worktree'}), y => y && agent('two'))\n"
        )
    )
    assert [" ".join(line.split()) for line in lines] == [
        "A",
        "agent plan high line 3",
        "B",
        "pipeline line 5",
        "stage 1: agent one worktree line 5",
        "stage 2: agent ? two line 5",
    ]
    assert outline(inspect("return 1\n")) == ["(the script calls no agent)"]


def test_the_flowchart_forks_and_joins() -> None:
    chart = mermaid(
        inspect(
            "await parallel([() => agent('x'), () => agent('y')])\nif (args) await agent('z')\nawait workflow('w')\n"
        )
    )
    edges = {line.strip() for line in chart.splitlines() if "->" in line}
    assert edges == {
        "start --> s0", "s0 --> s1", "s0 --> s2", "s1 --> s0j", "s2 --> s0j", "s0j -.-> s3", "s3 --> s4", "s0j --> s4",
        "s4 --> finish",
    }  # fmt: skip
    assert 's4[["w"]]' in chart


@pytest.mark.parametrize("text", ['"]; click x', "`<img src=x onerror=alert(1)>`", "# & \\\\ end", "a\\nb"])
def test_labels_cannot_leave_their_quotes(text: str) -> None:
    script = f"await agent({text!r})\n"
    for line in mermaid(inspect(script)).splitlines():
        if line.strip().startswith("s0"):
            label = line.split('"')[1]
            assert line.count('"') == 2 and not set(label) & set("<>`\\\n")
            return
    raise AssertionError("the site is not drawn")


def test_every_example_can_be_drawn(tmp_path: Path) -> None:
    examples = sorted(Path(__file__).parents[2].joinpath("examples/js").glob("*.js"))
    assert examples
    for path in examples:
        found: Any = inspect_script(Source(path.read_text(), path.name))
        assert found.sites and mermaid(found).startswith("flowchart TD\n") and outline(found)
