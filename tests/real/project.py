"""A project in which odw runs real clients against a scripted server, and what its processes cost. Linux: it reads /proc."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

from odw.runtime.process_tags import tagged
from real.clients import PACKAGES, table

TICKS = os.sysconf("SC_CLK_TCK")
DEADLINE_S = 300.0  # reached only by a test that fails


class Spent(NamedTuple):
    """CPU seconds of odw itself, and of all that it started and waited for; wall is the clock's."""

    own: float
    children: float
    wall: float


class Project:
    """A directory with an ``odw.toml`` for claude and codex."""

    def __init__(self, folder: Path, server: str) -> None:
        self.folder = folder / "project"
        self.folder.mkdir(parents=True)
        tables = {name: table(name, server, folder / f"home-{name}") for name in PACKAGES}
        text = "".join(f"[executors.{name}]\n{_toml(values)}\n" for name, values in tables.items())
        (self.folder / "odw.toml").write_text('default_executor = "claude"\n' + text, "utf-8")

    def start(self, script: str, *words: str) -> Running:
        (self.folder / "workflow.js").write_text(script, "utf-8")
        return self.command("exec", "workflow.js", "--json", "--no-report", *words)

    def command(self, *words: str) -> Running:
        return Running(self.folder, words)

    @property
    def run_dir(self) -> Path:
        return (self.folder / ".odw" / "runs" / "latest").resolve()

    def events(self) -> list[dict[str, Any]]:
        """The journal so far; a line that is being written is left out."""
        try:
            text = (self.run_dir / "events.jsonl").read_text("utf-8")
        except FileNotFoundError:
            return []
        return [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]

    def ended(self) -> set[str]:
        """The labels of calls that have ended."""
        labels = {event["index"]: event["label"] for event in self.events() if event["type"] == "agent_start"}
        ends = ("agent_done", "agent_skip")
        return {labels[event["index"]] for event in self.events() if event["type"] in ends}

    def processes(self) -> list[int]:
        """Those of the run's calls that are alive."""
        return tagged(f"{self.run_dir.name}.")


class Running:
    """One odw command."""

    def __init__(self, folder: Path, words: tuple[str, ...]) -> None:
        self._begun = time.monotonic()
        self._stderr = folder / "stderr"
        with self._stderr.open("w", encoding="utf-8") as stderr:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "odw", *words],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
            )

    def result(self) -> Any:
        """What it printed, which is JSON."""
        return json.loads(self.output())

    def output(self, code: int = 0) -> str:
        """What it printed, if it ended with ``code``."""
        out, _ = self.process.communicate(timeout=DEADLINE_S)
        assert self.process.returncode == code, (
            self.process.returncode,
            out,
            self._stderr.read_text("utf-8"),
        )
        return out

    def spent(self) -> Spent:
        """Waits for the end, and leaves it to be collected by ``output``."""
        os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOWAIT)
        wall = time.monotonic() - self._begun
        stat = Path(f"/proc/{self.process.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        user, system, child_user, child_system = (int(ticks) / TICKS for ticks in stat[11:15])
        return Spent(user + system, child_user + child_system, wall)

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


def _toml(values: dict[str, Any]) -> str:
    return "".join(f"{key} = {_value(value)}\n" for key, value in values.items())


def _value(value: Any) -> str:
    """A text of JSON is one of TOML; so is a list of texts."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_value(each)}" for key, each in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)
