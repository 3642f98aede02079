"""Whole runs over declared programs: the answers arrive, and nothing outlives odw."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from process_trees import TREES, alive, kill, wait_for, wait_until_dead

from odw.runtime.process_tags import tagged

META = 'export const meta = {name: "w", description: "d"};\n'
SHOUT = """
import json, sys
prompt = sys.stdin.read()
print(json.dumps({"usage": {"out": len(prompt)}}), flush=True)
print(json.dumps({"text": prompt.upper()}))
"""


def project(folder: Path, script: str) -> Path:
    """A project that declares ``shout``, ``broken`` and one executor for each tree of processes."""
    tables = [
        'default_executor = "shout"',
        "[executors.shout]", f"argv = {json.dumps([sys.executable, '-c', SHOUT])}",
        'output = "jsonl"', 'result = "text"', 'usage = {output = "usage.out"}',
        "[executors.broken]", 'argv = ["sh", "-c", "echo no key >&2; exit 77"]', 'exit_codes = {77 = "authentication"}',
    ]  # fmt: skip
    for name, (code, _) in TREES.items():
        tables += [f"[executors.{name}]", f"argv = {json.dumps([sys.executable, '-c', code])}"]
    (folder / "odw.toml").write_text("\n".join(tables))
    (folder / "w.js").write_text(META + script)
    return folder


def odw(folder: Path) -> subprocess.Popen[str]:
    command = [
        sys.executable,
        "-m",
        "odw",
        "exec",
        "w.js",
        "--json",
        "--no-report",
        "--concurrency",
        "16",
        "--grace",
        "0.1",
    ]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_answers_and_failures(tmp_path: Path) -> None:
    script = (
        'const said = await parallel(["a", "b"].map(p => () => agent(p)));\n'
        'return {said, spent: budget.spent(), broken: await agent("c", {runtime: "broken", onFailure: "report"})};'
    )
    process = odw(project(tmp_path, script))
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    result = json.loads(out)
    assert (result["said"], result["spent"]) == (["A", "B"], 2)
    assert (
        result["broken"]["error"]["category"] == "authentication"
        and "no key" in result["broken"]["error"]["message"]
    )


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_nothing_outlives_odw(tmp_path: Path, number: signal.Signals) -> None:
    calls = ", ".join(f'() => agent("x", {{runtime: "{name}"}})' for name in TREES)
    process = odw(project(tmp_path, f"return await parallel([{calls}]);"))
    count = sum(count for _, count in TREES.values())
    pids: list[int] = []
    try:
        runs = tmp_path / ".odw" / "runs"
        assert wait_for(lambda: runs.is_dir() and any(entry.is_dir() for entry in runs.iterdir()))
        [run_id] = [entry.name for entry in runs.iterdir() if entry.is_dir() and not entry.is_symlink()]

        def started() -> bool:
            pids[:] = tagged(f"{run_id}.")
            return len(pids) >= count

        assert wait_for(started)
        os.kill(process.pid, number)
        process.communicate(timeout=60)
        assert wait_until_dead(pids) == [] and tagged(f"{run_id}.") == []
        assert process.returncode == (130 if number == signal.SIGTERM else -number)
    finally:
        process.kill()
        process.wait()
        kill([pid for pid in pids if alive(pid)])
