"""mypy and pyright, both as strict as they can be, run on a file of a test.

A line that is a mistake ends in ``  # code``, mypy's code for it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_PYRIGHT = Path(__file__).parent / "node_modules" / "pyright" / "index.js"

needs_pyright = pytest.mark.skipif(
    not _PYRIGHT.exists() or not shutil.which("node"), reason="npm could not install pyright"
)


def mistakes(source: str) -> set[tuple[int, str]]:
    """Line and code of what a text says is wrong in it."""
    lines = enumerate(source.splitlines(), 1)
    return {(number, line.rpartition("# ")[2]) for number, line in lines if "  # " in line}


def run_mypy(path: Path) -> subprocess.CompletedProcess[str]:
    """What ``mypy --strict`` says of a file, or of those of a directory."""
    return subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", str(path)],
        cwd=ROOT, env={**os.environ, "MYPYPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def errors_of_mypy(path: Path) -> set[tuple[int, str]]:
    """Line and code of each error that mypy finds in a file."""
    found = re.finditer(r":(\d+): error: .*\[([a-z-]+)\]", run_mypy(path).stdout)
    return {(int(match[1]), match[2]) for match in found}


def lines_of_pyright(path: Path) -> set[int]:
    """The lines of a file in which pyright finds something; its settings are written beside the file."""
    settings = {"typeCheckingMode": "strict", "extraPaths": [str(ROOT)], "include": [path.name]}
    (path.parent / "pyrightconfig.json").write_text(json.dumps(settings))
    done = subprocess.run(
        ["node", str(_PYRIGHT), "--outputjson", "--pythonpath", sys.executable, "-p", str(path.parent)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return {each["range"]["start"]["line"] + 1 for each in json.loads(done.stdout)["generalDiagnostics"]}
