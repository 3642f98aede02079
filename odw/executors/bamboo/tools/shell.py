"""Run a command of the shell in the workspace."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from contextlib import suppress
from typing import IO, Any

from odw.executors.bamboo.policy import refusal
from odw.executors.bamboo.tools import Tool, clipped, integer, parameters, text
from odw.executors.bamboo.workspace import Refused, Workspace

DEADLINE_S = 120
LONGEST_S = 1800
KEPT = 1 << 20  # bytes of output that are read back: half from the beginning, half from the end

_running: subprocess.Popen[bytes] | None = None


def tools(workspace: Workspace, secrets: tuple[str, ...], *, careful: bool) -> list[Tool]:
    def run(arguments: dict[str, Any]) -> str:
        command = text(arguments, "command")
        why = refusal(command) if careful else ""
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


def stop() -> None:
    """End the command that runs, if one does; for the agent's own end."""
    if _running is not None:
        _end(_running)


def _run(workspace: Workspace, command: str, seconds: int, secrets: tuple[str, ...]) -> str:
    global _running
    env = {name: value for name, value in os.environ.items() if name not in secrets}
    with tempfile.TemporaryFile() as output:  # a pipe could be held open by what the command left behind
        try:
            process = subprocess.Popen(
                ["bash", "-c", command] if _has_bash() else ["sh", "-c", command],
                cwd=workspace.root,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as error:
            raise Refused(f"the command cannot be started: {error.strerror}") from None
        _running = process
        try:
            ended = f"exit code {process.wait(seconds)}"
        except subprocess.TimeoutExpired:
            ended = f"ended by force: it took more than {seconds} s"
        finally:
            _end(process)
            _running = None
        shown = clipped(_read(output).rstrip())
    return f"{shown}\n({ended})" if shown else f"({ended}, no output)"


def _has_bash() -> bool:
    return any(
        os.access(f"{folder}/bash", os.X_OK) for folder in os.environ.get("PATH", "").split(":") if folder
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """The whole group: what the command has started too."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _read(output: IO[bytes]) -> str:
    length = output.seek(0, os.SEEK_END)
    output.seek(0)
    if length <= KEPT:
        data = output.read()
    else:
        head = output.read(KEPT // 2)
        output.seek(length - KEPT // 2)
        data = head + f"\n[… {length - KEPT} bytes left out …]\n".encode() + output.read()
    return data.decode("utf-8", "replace")
