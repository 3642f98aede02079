"""mypy and pyright see the types of the patterns, and the mistakes."""

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


def test_types_are_seen() -> None:
    path = HERE / "typed_patterns.py"
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", str(path)],
        cwd=HERE.parents[1], env={**os.environ, "MYPYPATH": str(HERE.parents[1])},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = path.read_text().splitlines()
    expected = {(n, line.rpartition("# ")[2]) for n, line in enumerate(lines, 1) if "  # " in line}
    found = {
        (int(match[1]), match[2]) for match in re.finditer(r":(\d+): error: .*\[([a-z-]+)\]", done.stdout)
    }
    assert found == expected, done.stdout


@pytest.mark.node
@pytest.mark.skipif(not PYRIGHT.exists() or not shutil.which("node"), reason="npm could not install pyright")
def test_pyright_sees_them_too(tmp_path: Path) -> None:
    source = (HERE / "typed_patterns.py").read_text()
    (tmp_path / "typed_patterns.py").write_text(source)
    settings = {
        "typeCheckingMode": "strict",
        "extraPaths": [str(HERE.parents[1])],
        "include": ["typed_patterns.py"],
    }
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings))
    done = subprocess.run(
        ["node", str(PYRIGHT), "--outputjson", "--pythonpath", sys.executable, "-p", str(tmp_path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    wrong = {n for n, line in enumerate(source.splitlines(), 1) if "  # " in line}
    found = json.loads(done.stdout)["generalDiagnostics"]
    assert {each["range"]["start"]["line"] + 1 for each in found} == wrong, done.stdout
