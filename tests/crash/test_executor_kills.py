"""kill -9 of odw while eight calls of real executors run, each of whose programs has left its session: nothing goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from process_trees import alive, kill, wait_for, wait_until_dead

from odw.executors import KINDS
from odw.executors.kit import stand_in
from odw.executors.kit.subject import find_subject
from odw.runtime.process_tags import tagged

SCRIPT = """
export const meta = {name: "eight", description: "Eight calls that never end."};
return await parallel(RUNTIMES.map(runtime => () => agent("Work for ever.", {runtime})));
"""
COMMAND = {"argv": ["agent"], "output": "jsonl", "result": "text"}
ACTS = [["deaf"], ["read"], ["tell", "begin"], ["spawn", "setsid"], ["spawn", "daemon"], ["chatter"]]
EACH = 3  # processes: the program, the child with a session of its own, the daemon
CALLS = 8


def project(root: Path) -> Path:
    """Every executor of odw, and declared programs until there are eight; the stand-in is the program of each."""
    names = [*KINDS, *(f"declared-{number}" for number in range(CALLS - len(KINDS)))]
    toml = ['default_executor = "claude"']
    for name in names:
        table = {} if name in KINDS else COMMAND
        witness = root / f"witness-{name}"
        witness.mkdir(parents=True)
        file = (
            find_subject(name, {name: COMMAND}).dialect_file if table else find_subject(name, {}).dialect_file
        )
        play = {"acts": [ACTS], "options": table, "marks": [], "witness": str(witness)}
        (root / f"{name}.json").write_text(json.dumps(play))
        program = [sys.executable, "-S", "-E", stand_in.__file__, file, str(root / f"{name}.json")]
        entry = {**table, "argv" if table else "program": program}
        toml += [f"[executors.{name}]", *(f"{key} = {json.dumps(value)}" for key, value in entry.items())]
    folder = root / "project"
    folder.mkdir()
    (folder / "odw.toml").write_text("\n".join(toml))
    head, _, body = SCRIPT.strip().partition("\n")
    (folder / "eight.js").write_text(f"{head}\nconst RUNTIMES = {json.dumps(names)};\n{body}\n")
    return folder


def test_nothing_goes_on_after_kill_9(tmp_path: Path) -> None:
    folder = project(tmp_path)
    command = [sys.executable, "-m", "odw", "exec", "eight.js", "--json", "--run-id", f"kill-{os.getpid()}", "--concurrency", "8"]  # fmt: skip
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    pids: list[int] = []

    def started() -> bool:
        pids[:] = tagged(f"kill-{os.getpid()}.")
        return len(pids) >= CALLS * EACH

    try:
        assert wait_for(started), f"{len(pids)} processes"
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert wait_until_dead(pids) == []
        assert wait_for(lambda: tagged(f"kill-{os.getpid()}.") == [])
    finally:
        process.kill()
        process.wait()
        kill([pid for pid in pids if alive(pid)])
