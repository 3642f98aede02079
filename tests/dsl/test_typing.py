"""mypy and pyright, both as strict as they can be, see the types that are there, and the mistakes."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PYRIGHT = HERE.parent / "node_modules" / "pyright" / "index.js"
MISTAKES = """

async def wrong() -> None:
    await review(3)  # arg-type
    await review()  # call-arg
    await odw.call("x", lable="l")  # call-overload
    await flow(["a"], strictly="no")  # arg-type
    assert_type(await strict("a"), int)  # assert-type
"""


def test_types_are_seen(tmp_path: Path) -> None:
    source = (HERE / "typed_workflow.py").read_text()
    path = tmp_path / "typed_workflow.py"
    path.write_text(source + MISTAKES)
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", str(path)],
        cwd=HERE.parents[1], env={**os.environ, "MYPYPATH": str(HERE.parents[1])},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = (source + MISTAKES).splitlines()
    expected = {(n, line.rpartition("# ")[2]) for n, line in enumerate(lines, 1) if "  # " in line}
    found = {
        (int(match[1]), match[2]) for match in re.finditer(r":(\d+): error: .*\[([a-z-]+)\]", done.stdout)
    }
    assert expected <= found, done.stdout
    assert {line for line, _ in found} == {line for line, _ in expected}, done.stdout


@pytest.mark.node
@pytest.mark.skipif(not PYRIGHT.exists() or not shutil.which("node"), reason="npm could not install pyright")
def test_pyright_sees_them_too(tmp_path: Path) -> None:
    source = (HERE / "typed_workflow.py").read_text()
    (tmp_path / "typed_workflow.py").write_text(source + MISTAKES)
    settings = {
        "typeCheckingMode": "strict",
        "extraPaths": [str(HERE.parents[1])],
        "include": ["typed_workflow.py"],
    }
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings))
    done = subprocess.run(
        ["node", str(PYRIGHT), "--outputjson", "--pythonpath", sys.executable, "-p", str(tmp_path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    wrong = {n for n, line in enumerate((source + MISTAKES).splitlines(), 1) if "  # " in line}
    found = json.loads(done.stdout)["generalDiagnostics"]
    assert wrong == {each["range"]["start"]["line"] + 1 for each in found}, done.stdout
