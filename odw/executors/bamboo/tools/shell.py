"""Run a command of the shell in the workspace."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import time
from contextlib import suppress
from typing import Any

from odw.executors.bamboo.policy import refusal
from odw.executors.bamboo.tools import Tool, clipped, integer, parameters, text
from odw.executors.bamboo.workspace import Refused, Workspace

DEADLINE_S = 120
LONGEST_S = 1800
KEPT = 256 << 10  # bytes that are kept of the beginning of what it writes, and as many of the end
PIECES = 64  # that are read after its end: what called setsid may write on
LOOK_S = 0.1  # how often it is looked whether it has ended, where the system does not say so
# A pager waits for a key, and git for a password, which nobody is there to press or to give.
_QUIET = {"PAGER": "cat", "GIT_PAGER": "cat", "GIT_TERMINAL_PROMPT": "0"}

_running: subprocess.Popen[bytes] | None = None
_starting = False  # a process may be there that nobody knows yet
_wanted = False  # that all ends, once it is known


def tools(workspace: Workspace, secrets: tuple[str, ...], *, careful: bool) -> list[Tool]:
    def run(arguments: dict[str, Any]) -> str:
        command = text(arguments, "command")
        why = refusal(command, str(workspace.root)) if careful else ""
        if why:
            raise Refused(
                f"not allowed here: {why}. Do without it, or say in your answer what a person has to do."
            )
        return _run(workspace, command, integer(arguments, "timeout_s", DEADLINE_S, 1, LONGEST_S), secrets)

    return [
        Tool(
            "bash",
            "Run a command in a shell, in the workspace. Gives its output and exit code. It has no terminal and no input; processes "
            "that it leaves behind are ended.",
            parameters(
                ("command",),
                command={"type": "string"},
                timeout_s={
                    "type": "integer",
                    "description": f"seconds; {DEADLINE_S} by itself, at most {LONGEST_S}",
                },
            ),
            run,
            writes=True,
            shown="command",
        )
    ]


def stop() -> bool:
    """End the command that runs, if one does; for SIGTERM's handler, which must not wait.

    False: a command is just being started. The signal comes again when it can be ended.
    """
    global _wanted
    if _starting:
        _wanted = True
        return False
    if _running is not None:
        _kill(_running)
    return True


def _run(workspace: Workspace, command: str, seconds: int, secrets: tuple[str, ...]) -> str:
    global _running
    process = _started(workspace, command, secrets)
    output = _Output()
    assert process.stdout is not None
    with process.stdout as pipe:
        try:
            in_time = _follow(process, pipe.fileno(), output, time.monotonic() + seconds)
        finally:
            _kill(process)
            process.wait()
            _running = None
        _take(pipe.fileno(), output)
    ended = f"exit code {process.returncode}" if in_time else f"ended by force: it took more than {seconds} s"
    shown = clipped(output.text().rstrip())
    return f"{shown}\n({ended})" if shown else f"({ended}, no output)"


def _started(workspace: Workspace, command: str, secrets: tuple[str, ...]) -> subprocess.Popen[bytes]:
    global _running, _starting
    env = {name: value for name, value in os.environ.items() if name not in secrets}
    _starting = True
    try:
        _running = subprocess.Popen(
            ["bash" if _has_bash() else "sh", "-c", command],
            cwd=workspace.root,
            env={**env, **_QUIET},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        raise Refused(f"the command cannot be started: {error}") from None
    finally:
        _starting = False
        if _wanted:
            signal.raise_signal(signal.SIGTERM)
    return _running


class _Output:
    """Beginning and end of what a command writes, however long that is."""

    def __init__(self) -> None:
        self._head = bytearray()
        self._tail = bytearray()
        self._length = 0

    def feed(self, chunk: bytes) -> None:
        self._length += len(chunk)
        room = KEPT - len(self._head)
        self._head += chunk[:room]
        self._tail += chunk[room:]
        if len(self._tail) > 2 * KEPT:
            del self._tail[:-KEPT]

    def text(self) -> str:
        tail = self._tail[-KEPT:]
        lost = self._length - len(self._head) - len(tail)
        between = f"\n[… {lost} bytes left out …]\n".encode() if lost else b""
        return bytes(self._head + between + tail).decode("utf-8", "replace")


def _follow(process: subprocess.Popen[bytes], pipe: int, output: _Output, deadline: float) -> bool:
    """Read until the command has ended; what it has left behind may hold the pipe open for ever. False: its time was up."""
    os.set_blocking(pipe, False)
    end = _handle(process.pid)
    watched = [pipe] if end is None else [pipe, end]
    try:
        while end is not None or process.poll() is None:
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            ready, _, _ = select.select(watched, [], [], left if end is not None else min(left, LOOK_S))
            if end in ready:  # it is not waited for yet: its group cannot be another's by now
                return True
            if pipe in ready and not _take(pipe, output, once=True):
                watched.remove(pipe)
                if end is None:
                    time.sleep(min(left, LOOK_S))
        return True
    finally:
        if end is not None:
            os.close(end)


def _handle(pid: int) -> int | None:
    """A descriptor that becomes readable when the process ends; None where there is no such thing."""
    try:
        return os.pidfd_open(pid)
    except (AttributeError, OSError):
        return None


def _take(pipe: int, output: _Output, *, once: bool = False) -> bool:
    """What is there to be read, or one piece of it. False at its end."""
    for _ in range(1 if once else PIECES):
        try:
            chunk = os.read(pipe, 65_536)
        except BlockingIOError:
            return True
        if not chunk:
            return False
        output.feed(chunk)
    return True


def _has_bash() -> bool:
    return any(
        os.access(f"{folder}/bash", os.X_OK) for folder in os.environ.get("PATH", "").split(":") if folder
    )


def _kill(process: subprocess.Popen[bytes]) -> None:
    """The whole group: what the command has started too."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
