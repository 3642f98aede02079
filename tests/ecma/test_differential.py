"""Programs over seeded random values whose every line must be Node's: ``differential/*.js`` after its prelude.

ODW_TEST_SCALE multiplies the number of cases of each program, for a thorough run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from programs import run_program

FOLDER = Path(__file__).parent / "differential"
PROGRAMS = sorted(path for path in FOLDER.glob("*.js") if path.name != "prelude.js")
CASES = 300 * int(os.environ.get("ODW_TEST_SCALE", "1"))

pytestmark = [
    pytest.mark.node,
    pytest.mark.skipif(shutil.which("node") is None, reason="node is not on PATH"),
]


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem)
def test_every_line_is_nodes(program: Path) -> None:
    head = f"const CASES = {CASES}, SEED = {len(program.stem)};\n"
    text = head + (FOLDER / "prelude.js").read_text("utf-8") + program.read_text("utf-8")
    environ = {**os.environ, "TZ": "UTC", "LANG": "en_US.UTF-8"}
    node = subprocess.run(
        ["node", "--input-type=module"], input=text, capture_output=True, text=True, check=True, env=environ
    )
    expected = node.stdout.split("\n")[:-1]
    found = "\n".join(run_program(text, program.name)).split("\n")
    differing = [pair for pair in zip(found, expected, strict=False) if pair[0] != pair[1]]
    assert differing[:3] == []
    assert len(found) == len(expected)
