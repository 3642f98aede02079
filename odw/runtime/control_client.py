"""The client's side of control: send one command to the process that drives a run, and wait for its answer.

The command goes through the FIFO in the run's directory, the answer comes through the journal. The FIFO also tells when the
run ends or dies: its other end is closed.
"""

from __future__ import annotations

import errno
import os
import select
import stat
import time
from typing import Any, NamedTuple

from odw.errors import UsageError
from odw.runtime.abc import Event
from odw.runtime.control_line import LINE_LIMIT, Command, command_line
from odw.runtime.journal.reader import TailReader, tail_events
from odw.runtime.run_dir import RunDir

ANSWER_S = 10.0  # how long a run may take to answer
STARTING_S = 2.0  # how long one that has just begun may take until it listens
_LOOK_S = 0.02  # between two looks at the journal
_ATOMIC = min(LINE_LIMIT, select.PIPE_BUF)
_ENDS = ("workflow_done", "workflow_error")


class Answer(NamedTuple):
    """What the run said. ``message`` is why it refused; ``event`` its ``control`` event, with counts of calls."""

    ok: bool
    message: str
    event: Event


class Line:
    """An open connection to the run in ``directory``: ``send``, then perhaps ``wait_end``; a context manager.

    Raises UsageError when nobody drives the run.
    """

    __slots__ = ("_directory", "_fd", "_poll", "_tail", "ending")

    def __init__(self, directory: RunDir) -> None:
        self._directory = directory
        self._tail: TailReader = tail_events(directory.file("events.jsonl"))
        self.ending: Event | None = None  # the last event of the run, once it came
        self._fd = _connect(directory)
        self._poll = select.poll()
        self._poll.register(self._fd, 0)  # errors only: the reader is gone
        self._tail.poll()  # what was there before is not about us

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *exc: object) -> None:
        os.close(self._fd)

    def send(self, name: str, node: str | None = None, answer_s: float | None = None) -> Answer:
        """Send one command and wait for the answer. Raises UsageError when there is none."""
        answer_s = ANSWER_S if answer_s is None else answer_s
        command = Command(os.urandom(8).hex(), name, node)
        self._write(command_line(command))
        deadline = time.monotonic() + answer_s
        while True:
            gone = self._gone() and not driver_lives(self._directory)
            for event in self._new_events():
                if event.get("type") == "control" and event.get("id") == command.id:
                    return Answer(bool(event.get("ok")), str(event.get("message", "")), event)
            if self.ending is not None:
                raise UsageError(
                    f"run {self._directory.run_id} ended before it answered ({ended_as(self.ending)})"
                )
            if gone:
                raise _not_running(self._directory)
            if time.monotonic() >= deadline:
                raise self._silent(answer_s)
            time.sleep(_LOOK_S)

    def wait_end(self) -> Event | None:
        """Wait until the run has ended; its last event, or None if its process died without one."""
        while self.ending is None:
            gone = self._gone() and not driver_lives(self._directory)
            self._new_events()
            if gone:
                break
            time.sleep(_LOOK_S)
        return self.ending

    def _new_events(self) -> list[Event]:
        events = self._tail.poll()
        for event in events:
            if event.get("type") in _ENDS:
                self.ending = event
        return events

    def _gone(self) -> bool:
        return bool(self._poll.poll(0))

    def _write(self, line: bytes) -> None:
        if len(line) > _ATOMIC:
            raise UsageError(
                "the name of the call is too long", hint="Name it by its number: odw logs shows them."
            )
        try:
            os.write(self._fd, line)
        except BlockingIOError:
            raise self._silent(0) from None
        except BrokenPipeError:
            raise _not_running(self._directory) from None

    def _silent(self, waited_s: float) -> UsageError:
        facts = self._directory.read_json("run.json")
        waited = f" within {waited_s:g} s" if waited_s else ", and has not read the commands before this one"
        return UsageError(
            f"run {self._directory.run_id} did not answer{waited}",
            hint=f"Its process {facts.get('pid', '?')} may be stopped (kill -CONT lets it go on) or in a long computation; "
            "a command that was sent stays in its queue.",
        )


def _connect(directory: RunDir) -> int:
    """The FIFO, open for writing. A run that has just begun gets a moment to make it."""
    deadline = time.monotonic() + STARTING_S
    while True:
        fd = open_fifo(directory.file("control"))
        if fd is not None:
            return fd
        status = directory.read_json("run.json").get("status")
        if status not in ("running", "paused") or not driver_lives(directory) or time.monotonic() >= deadline:
            raise _not_running(directory)
        time.sleep(_LOOK_S)


def open_fifo(path: str) -> int | None:
    """A descriptor for writing to the FIFO at ``path`` if someone reads it; else None."""
    try:
        fd = os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError as error:
        if error.errno in (errno.ENXIO, errno.ENOENT, errno.ENOTDIR, errno.ELOOP):
            return None
        raise UsageError(f"the control file {path} cannot be opened: {error.strerror}") from None
    if stat.S_ISFIFO(os.fstat(fd).st_mode):
        return fd
    os.close(fd)
    return None


def driver_lives(directory: RunDir) -> bool:
    """Whether the process that drove the run last is there; True also for one on another host, of which nothing is known."""
    facts: dict[str, Any] = directory.read_json("run.json")
    pid = facts.get("pid")
    if not isinstance(pid, int) or pid <= 0:
        return False
    if facts.get("host") != os.uname().nodename:
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it belongs to another user
        return True
    return True


def ended_as(ending: Event) -> str:
    """The status that a run's last event gives it."""
    return "completed" if ending["type"] == "workflow_done" else str(ending.get("status", "failed"))


def _not_running(directory: RunDir) -> UsageError:
    run_id = directory.run_id
    facts = directory.read_json("run.json")
    status = facts.get("status", "unknown")
    if status == "completed":
        hint = f"See what it came to: odw runs show {run_id}"
    elif status in ("running", "paused"):
        if driver_lives(directory):
            place = f"process {facts.get('pid')} on {facts.get('host')}"
            return UsageError(
                f"run {run_id} cannot be commanded: {place} does not listen",
                hint="It is just starting or ending, or runs on another machine: command it there.",
            )
        status, hint = "dead", f"Its process is gone. Go on with it: odw resume {run_id}"
    else:
        hint = f"Go on with it: odw resume {run_id}"
    return UsageError(f"run {run_id} is not running (status {status})", hint=hint)


def send(directory: RunDir, name: str, node: str | None = None, answer_s: float | None = None) -> Answer:
    """One command to a run, and its answer. Raises UsageError when nobody drives it, or when it does not answer."""
    with Line(directory) as line:
        return line.send(name, node, answer_s)
