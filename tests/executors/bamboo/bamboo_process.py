"""What the tests of bamboo's process share: a task, an environment, what the process wrote."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from real.server import ScriptedServer

KEY = "canary-key-0123456789abcdef"
PROGRAM = [sys.executable, "-P", "-m", "odw.executors.bamboo"]
DEADLINE_S = 30.0


class Done:
    """What the process wrote: its events, the last of them the result."""

    def __init__(self, lines: list[dict[str, Any]], code: int, errors: str) -> None:
        self.events, self.result = lines[:-1], lines[-1]
        self.code, self.errors = code, errors

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [event for event in self.events if event["type"] == kind]


Work = Callable[..., Done]


def work_once(server: ScriptedServer, cwd: Path, prompt: str = "the task", **task: Any) -> Done:
    done = subprocess.run(
        PROGRAM,
        input=document(server, cwd, prompt, **task),
        env=environment(),
        capture_output=True,
        timeout=2 * DEADLINE_S,
        check=False,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert KEY not in done.stdout.decode() + done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    return Done(lines, done.returncode, done.stderr.decode())


def document(server: ScriptedServer, cwd: Path, prompt: str, **task: Any) -> bytes:
    base = {"prompt": prompt, "provider": "deepseek", "base_url": f"{server.url}/v1", "cwd": str(cwd)}
    return json.dumps({**base, **task}).encode()


def environment(**more: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "DEEPSEEK_API_KEY": KEY, **more}


def wait_for(look: Callable[[], Any]) -> Any:
    end = time.monotonic() + DEADLINE_S
    while True:
        try:
            found = look()
        except (OSError, ValueError):
            found = None
        if found:
            return found
        assert time.monotonic() < end
        time.sleep(0.02)


def gone(pid: int) -> bool:
    try:
        return "Z" in Path(f"/proc/{pid}/stat").read_text().split(")")[-1][:3]
    except OSError:
        return True
