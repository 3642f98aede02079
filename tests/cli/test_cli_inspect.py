"""``odw inspect`` and ``odw graph``: formats, output files, bad input."""

from __future__ import annotations

import json
from pathlib import Path

from cli_case import META, Run

SCRIPT = META + "phase('A')\nreturn await parallel(args.map(x => () => agent(`see ${x}`)))\n"


def test_inspect_as_text_and_as_json(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(SCRIPT)
    done = odw("inspect", "a.js")
    assert done.returncode == 0 and "parallel" in done.stdout and "see ${…}" in done.stdout
    found = json.loads(odw("inspect", "a.js", "--json").stdout)
    assert [site["hook"] for site in found["callSites"]] == ["phase", "parallel", "agent"]


def test_graph_into_a_file(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(SCRIPT)
    done = odw("graph", "a.js", "--format", "mermaid", "-o", "g.mmd")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "[odw] wrote g.mmd\n")
    assert (tmp_path / "g.mmd").read_text().startswith("flowchart TD\n")
    refused = odw("graph", "a.js", "-o", "missing/g.mmd")
    assert refused.returncode == 2 and "cannot write missing/g.mmd" in refused.stderr


def test_bad_input(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.js").write_text("const = 1\n")
    done = odw("graph", "bad.js")
    assert done.returncode == 3 and "bad.js:1:7" in done.stderr
    assert odw("inspect", "none.js").returncode == 2


def test_no_escape_sequence_reaches_the_terminal(odw: Run, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text(META + "await agent('a\x1b[2Jb\\x1b]0;t\\x07')\n")
    for command in ("inspect", "graph"):
        assert "\x1b" not in odw(command, "a.js").stdout
