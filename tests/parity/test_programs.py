"""Every program under ``programs/`` prints what Node prints.

``program.out`` beside each holds Node's lines: ``ODW_UPDATE=1 pytest tests/parity`` writes them anew. Where node is on the PATH,
the recorded lines are checked against it too, all programs in one process.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from parity_harness import run_program

HERE = Path(__file__).parent
PROGRAMS = sorted((HERE / "programs").rglob("*.js"))


def _name(program: Path) -> str:
    return program.relative_to(HERE / "programs").with_suffix("").as_posix()


def _node(programs: list[Path]) -> dict[str, list[str]]:
    sources = {_name(program): program.read_text(encoding="utf-8") for program in programs}
    done = subprocess.run(
        ["node", str(HERE / "node_runner.mjs")],
        input=json.dumps(sources),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.fixture(scope="session")
def recorded() -> dict[str, list[str]]:
    """Node's lines by program: from node when asked to update, else from the ``.out`` files."""
    if os.environ.get("ODW_UPDATE"):
        for name, lines in _node(PROGRAMS).items():
            out = "".join(f"{line}\n" for line in lines)
            (HERE / "programs" / f"{name}.out").write_text(out, encoding="utf-8", errors="replace")
    known = {}
    for program in PROGRAMS:
        out = program.with_suffix(".out")
        assert out.exists(), f"{out} is missing: run with ODW_UPDATE=1 where node is"
        known[_name(program)] = out.read_text(encoding="utf-8").split("\n")[:-1]
    return known


@pytest.mark.parametrize("program", PROGRAMS, ids=_name)
def test_prints_what_node_prints(program: Path, recorded: dict[str, list[str]]) -> None:
    printed = run_program(program.read_text(encoding="utf-8"), f"{_name(program)}.js")
    assert "\n".join(printed).split("\n") == (recorded[_name(program)] or [""])


@pytest.mark.node
@pytest.mark.skipif(shutil.which("node") is None, reason="node is not on PATH")
def test_the_records_are_nodes(recorded: dict[str, list[str]]) -> None:
    printed = {name: "\n".join(lines).split("\n") if lines else [] for name, lines in _node(PROGRAMS).items()}
    assert printed == {name: recorded[name] for name in printed}
