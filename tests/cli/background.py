"""Runs that go on while a test does something to them."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

PATIENCE_S = 30.0


def until(condition: Callable[[], Any], what: str = "") -> Any:
    """Look again and again until ``condition()`` is true; its value."""
    deadline = time.monotonic() + PATIENCE_S
    while not (value := condition()):
        assert time.monotonic() < deadline, f"waited in vain: {what or condition}"
        time.sleep(0.01)
    return value


class Background:
    """``odw …`` in a process of its own, in ``folder``; on a terminal of its own if ``terminal``."""

    def __init__(
        self, folder: Path, *argv: str, terminal: bool = False, env: dict[str, str] | None = None
    ) -> None:
        self.folder = folder
        self.master = -1
        self._output = b""
        environment = {**os.environ, "TERM": "dumb", "ODW_CACHE_DIR": str(folder / "cache"), **(env or {})}
        command = [sys.executable, "-m", "odw", *argv]
        if not terminal:
            self.process = subprocess.Popen(
                command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                start_new_session=True,
            )  # fmt: skip
            return
        self.master, slave = pty.openpty()
        self.settings = termios.tcgetattr(slave)
        self.process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )  # fmt: skip
        self._slave = slave  # kept, so that the settings can be read after the end

    def read(self) -> str:
        """What was printed so far, without waiting."""
        fd = self.master if self.master >= 0 else self._pipe()
        os.set_blocking(fd, False)
        with suppress(BlockingIOError, OSError):
            while chunk := os.read(fd, 65536):
                self._output += chunk
        return self._output.decode("utf-8", "replace").replace("\r\n", "\n")

    def _pipe(self) -> int:
        assert self.process.stdout is not None
        return self.process.stdout.fileno()

    def printed(self, text: str) -> None:
        """Wait until ``text`` was printed."""
        until(lambda: text in self.read(), f"{text!r} in {self._output!r}")

    def wait(self) -> int:
        """Its exit code, when it has ended."""
        until(lambda: [self.read(), self.process.poll() is not None][1], f"its end; it said {self._output!r}")
        return self.process.returncode

    def hang_up(self) -> None:
        """Close the terminal."""
        os.close(self._slave)
        os.close(self.master)
        self.master = self._slave = -1

    def settings_now(self) -> Any:
        return termios.tcgetattr(self._slave)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()
        if self.master >= 0:
            self.hang_up()


def journal(folder: Path, run: str = "latest") -> list[dict[str, Any]]:
    """The events so far."""
    try:
        text = (folder / ".odw/runs" / run / "events.jsonl").read_text("utf-8")
    except OSError:
        return []
    return [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]


def started(folder: Path, count: int, run: str = "latest") -> None:
    """Wait until that many calls have begun in all."""
    until(
        lambda: sum(event["type"] == "agent_start" for event in journal(folder, run)) >= count, "calls begin"
    )


def facts(folder: Path, run: str = "latest") -> dict[str, Any]:
    """run.json; {} as long as there is none."""
    try:
        value: dict[str, Any] = json.loads((folder / ".odw/runs" / run / "run.json").read_text("utf-8"))
    except OSError:
        return {}
    return value


def end_runs(folder: Path) -> None:
    """Kill what detached runs a test left, each by its id."""
    for path in folder.glob(".odw/runs/*/run.json"):
        known = json.loads(path.read_text())
        with suppress(OSError):
            words = Path(f"/proc/{known['pid']}/cmdline").read_bytes()
            if b"odw" in words and known["pid"] != os.getpid():
                os.kill(known["pid"], signal.SIGKILL)


def lives(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
