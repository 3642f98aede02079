"""Running the command line: in this process where that is enough, else in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cli_case import Run

from odw.cli.main import main


@pytest.fixture
def odw(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """``odw("lint", "a.js")`` in this process, in ``tmp_path``."""
    monkeypatch.chdir(tmp_path)

    def run(*argv: str) -> subprocess.CompletedProcess[str]:
        code = main(argv)
        out, err = capsys.readouterr()
        return subprocess.CompletedProcess(argv, code, out, err)

    return run


@pytest.fixture
def odw_process(tmp_path: Path) -> Run:
    """The same in a process of its own; ``env`` adds variables, ``stdin`` is text for standard input."""

    def run(
        *argv: str, stdin: str | bytes = "", env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "odw", *argv],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            cwd=tmp_path,
            env={**os.environ, "ODW_CACHE_DIR": str(tmp_path / "cache"), **(env or {})},
            timeout=60,
            check=False,
        )
        return subprocess.CompletedProcess(argv, done.returncode, done.stdout.decode(), done.stderr.decode())

    return run
