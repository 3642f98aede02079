"""``--detach``: the run goes on in a process of its own, in a session of its own, whatever becomes of the terminal.

The parent has checked everything that can be wrong with the command line and the script. It starts the same command without
``--detach``, waits until that process drives the run, says how to reach it, and leaves.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from odw.cli.next_step import run_words
from odw.cli.options import Command
from odw.cli.terminal import say
from odw.errors import UsageError
from odw.runtime.clock import SystemClock
from odw.runtime.control_client import open_fifo
from odw.runtime.run_dir import DIRECTORY_MODE, RunDir, new_run_id

if TYPE_CHECKING:
    from odw.runtime.options import RunOptions

OUTPUT = "output.log"
_LISTENING_S = 2.0  # how long a run that has begun may take until it can be commanded
_LOOK_S = 0.02


def detach_run(command: Command, values: dict[str, Any], options: RunOptions) -> int:
    """Run ``command`` with ``values`` in the background; 0 once it drives the run, else what it exited with.

    ``options`` are those that the values come to: they name the project, the run to resume, and hold args that were read
    from standard input.
    """
    run_id = options.resume_from or options.run_id or new_run_id(SystemClock().wall())
    directory = RunDir(options.project, run_id)
    theirs = {**values, "detach": False, "json": False, "yes": True}
    if options.resume_from is None:
        theirs["run_id"] = run_id
    log = _Log(directory, new=options.resume_from is None)
    with log.file, _stdin(values, options) as stdin:
        child = subprocess.Popen(
            [sys.executable, *_flags(), "-m", "odw", *command_line(command, theirs)],
            stdin=stdin,
            stdout=log.file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        began = _wait_begun(child, directory)
    except KeyboardInterrupt:
        child.terminate()
        child.wait()
        raise
    if not began:
        return log.give_up(child.returncode)
    log.settle()
    child.returncode = child.returncode or 0  # it is not waited for: init will do that
    _tell(values, directory, child.pid)
    return 0


def command_line(command: Command, values: dict[str, Any]) -> list[str]:
    """The words after ``odw`` that mean these values: ``parse`` backwards."""
    words = command.name.split()
    for option in command.options:
        value = values.get(option.name)
        flag = option.flags[0]
        if not option.metavar:
            words += [flag] if value else []
        elif option.many:
            words += [f"{flag}={entry}" for entry in value or ()]
        elif value is not None and value != option.default:
            words.append(f"{flag}={value}")
    named: list[str] = []
    for argument in command.arguments:
        value = values.get(argument.name)
        named += (value or []) if argument.many else [] if value is None else [value]
    return [*words, "--", *named] if named else words


class _Log:
    """Where the run's output goes: ``output.log`` in its directory, or beside it until there is one."""

    def __init__(self, directory: RunDir, new: bool) -> None:
        self._final = Path(directory.file(OUTPUT))
        home = Path(directory.project, ".odw")
        self._path = home / f"detached-{directory.run_id}.log" if new else self._final
        try:
            home.mkdir(DIRECTORY_MODE, parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW
            fd = os.open(self._path, flags, 0o600)
        except OSError as error:
            raise UsageError(
                f"cannot write the run's output to {self._path}: {error.strerror}",
                hint="Run in a directory that you can write, or name one with --path.",
            ) from None
        self._start = os.fstat(fd).st_size
        self.file: IO[bytes] = os.fdopen(fd, "ab")

    def settle(self) -> None:
        """The run's directory is there: the log moves into it."""
        if self._path != self._final:
            with suppress(OSError):
                self._path.rename(self._final)

    def give_up(self, code: int) -> int:
        """The process ended before it drove the run: show what it said; its exit code."""
        with self._path.open("rb") as file:
            file.seek(self._start)
            text = file.read().decode("utf-8", "replace").rstrip("\n")
        if not self._start:
            self._path.unlink()
        if text:
            say(text, sys.stderr)
        if code < 0:
            say(f"odw: the detached process was killed by signal {-code} before it began", sys.stderr)
        return 128 - code if code < 0 else code


def _stdin(values: dict[str, Any], options: RunOptions) -> IO[bytes]:
    """Standard input of the process: nothing, or the args that came through ours."""
    if values.get("args_file") != "-":
        return open(os.devnull, "rb")  # noqa: PTH123 - the caller closes it
    import tempfile

    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    file.write(json.dumps(options.args, ensure_ascii=True).encode("ascii"))
    file.seek(0)
    return file


def _flags() -> list[str]:
    """``-P`` keeps modules in the current directory from posing as ours, unless odw itself was found that way."""
    return [] if sys.path[:1] in ([""], [str(Path.cwd())]) else ["-P"]


def _wait_begun(child: subprocess.Popen[bytes], directory: RunDir) -> bool:
    """Wait until the process drives the run and can be commanded, or has ended; whether it ever drove it."""
    listening: float | None = None
    while True:
        ended = child.poll() is not None
        if directory.read_json("run.json").get("pid") == child.pid:
            fd = open_fifo(directory.file("control"))
            if fd is not None:
                os.close(fd)
            listening = listening or time.monotonic() + _LISTENING_S
            if ended or fd is not None or time.monotonic() >= listening:
                return True
        if ended:
            return False
        time.sleep(_LOOK_S)


def _tell(values: dict[str, Any], directory: RunDir, pid: int) -> None:
    if values["json"]:
        facts = {"runId": directory.run_id, "pid": pid, "runDir": directory.path}
        say(json.dumps(facts, ensure_ascii=False, separators=(",", ":")))
        return
    run = run_words(directory.path)
    say(f"[odw] run_id={directory.run_id}")
    say(f"[odw] pid={pid}")
    say(f"[odw] output={os.path.relpath(directory.file(OUTPUT))}")
    say(f"[odw] watch it:  odw runs watch {run}")
    say(f"[odw] stop it:   odw stop {run}")
    say(f"[odw] go on:     odw resume {run}   (after it stopped)")
