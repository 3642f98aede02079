"""mypy sees what ``odw.testing`` gives, and the mistakes of a test."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
MISTAKES = """

def test_wrong(odw_run: Project) -> None:
    odw_run(flow, bugdet="5k")  # call-arg
    odw_run(flow, concurrency="many")  # arg-type
    fails(3)  # arg-type
    assert_type(odw_run(flow).calls.one, int)  # assert-type
"""


def test_types_are_seen(tmp_path: Path) -> None:
    source = (HERE / "typed_tests.py").read_text("utf-8") + MISTAKES
    path = tmp_path / "typed_tests.py"
    path.write_text(source, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", str(path)],
        cwd=HERE.parents[1], env={**os.environ, "MYPYPATH": str(HERE.parents[1])},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    expected = {
        (n, line.rpartition("# ")[2]) for n, line in enumerate(source.splitlines(), 1) if "  # " in line
    }
    found = {
        (int(match[1]), match[2]) for match in re.finditer(r":(\d+): error: .*\[([a-z-]+)\]", done.stdout)
    }
    assert found == expected, done.stdout
    assert len(found) == 4
