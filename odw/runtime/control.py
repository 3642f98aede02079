"""The runner's side of control: commands from other terminals, through a FIFO in the run's directory.

Each command is answered by a ``control`` event in the journal that carries its id. There is no port and no daemon: who may
write into the directory may command the run, and a FIFO without a reader says that nobody drives it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import trio

from odw.runtime.control_line import LINE_LIMIT, Command, parse_command
from odw.runtime.halts import Halt, Stopped

if TYPE_CHECKING:
    from odw.runtime.call import Call
    from odw.runtime.context import RunContext

FILE_MODE = 0o600
_CHUNK = 65536
_SHOWN = 8  # candidates that a message names

_GARBAGE = (
    "something other than a command of odw was written into the run's control file; it is ignored (said once)"
)


class Remark(NamedTuple):
    """Something about the control file itself that people should know."""

    text: str


Handle: TypeAlias = Callable[[Command | Remark], None]


class Control:
    """The FIFO at ``path``. ``open`` before the run is announced, ``serve`` while it lasts, ``close`` at its end."""

    __slots__ = ("_buffer", "_discarding", "_fd", "_path", "_trouble")

    def __init__(self, path: str) -> None:
        self._path = path
        self._fd = -1
        self._buffer = b""
        self._discarding = False  # in the middle of a line that is too long
        self._trouble = ""

    def open(self) -> None:
        """Make the FIFO, anew if a killed run left one. Where there can be none, the run cannot be commanded: ``serve`` says so."""
        try:
            _remove(self._path)
            os.mkfifo(self._path, FILE_MODE)
            # For writing too, or the end of the first client would be an end of file.
            self._fd = os.open(self._path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            self._trouble = (
                f"this run cannot be commanded from another terminal: no control file: {error.strerror}"
            )

    async def serve(self, handle: Handle) -> None:
        """Hand each command to ``handle``, in order, until cancelled."""
        if self._trouble:
            handle(Remark(self._trouble))
        if self._fd < 0:
            return
        while True:
            await trio.lowlevel.wait_readable(self._fd)
            for incoming in self._read():
                handle(incoming)

    def close(self) -> None:
        """Remove the FIFO; who waits at its other end notices."""
        if self._fd < 0:
            return
        try:
            _remove(self._path)
        except OSError:  # the directory is gone: so is the FIFO
            pass
        finally:
            os.close(self._fd)
            self._fd = -1

    def _read(self) -> list[Command | Remark]:
        try:
            data = os.read(self._fd, _CHUNK)
        except BlockingIOError:
            return []
        *lines, self._buffer = (self._buffer + data).split(b"\n")
        found: list[Command | Remark] = []
        for line in lines:
            if self._discarding:  # the end of what was reported already
                self._discarding = False
                continue
            found.append(parse_command(line) or Remark(_GARBAGE))
        if len(self._buffer) >= LINE_LIMIT:
            if not self._discarding:
                found.append(Remark(_GARBAGE))
            self._discarding = True
            self._buffer = b""
        return found


def handle(run: RunContext, incoming: Command | Remark) -> None:
    """Obey a command and journal the answer, which is with the kernel, for those who watch, when this returns."""
    try:
        if isinstance(incoming, Remark):
            run.note(incoming.text)
        else:
            _obey(run, incoming)
        run.journal.flush()
    except Halt as halt:  # the journal can take no more: the run's own ending, not this task's
        run.inbox.halt(halt)


def _obey(run: RunContext, command: Command) -> None:
    if command.name in ("skip", "retry"):
        message = _command_call(run, command)
        _answer(run, command, message)
    elif command.name == "stop":
        # The answer comes first: at the halt the run begins to end.
        _answer(run, command, "")
        run.inbox.halt(Stopped("stopped by odw stop"))
    elif run.inbox.halted is not None:
        _answer(run, command, "the run is ending")
    else:
        paused = command.name == "pause"
        if run.slots.paused != paused:
            run.slots.paused = paused
            run.set_status("paused" if paused else "running")
            run.slots.pump()
            run.inbox.wake()
        _answer(run, command, "")


def _answer(run: RunContext, command: Command, message: str) -> None:
    """The ``control`` event: ``message`` says why the command was refused, "" if it was not."""
    event: dict[str, Any] = {"type": "control", "id": command.id, "command": command.name, "ok": not message}
    if command.node is not None:
        event["node"] = command.node
    if message:
        event["message"] = message
    in_flight = sum(call.dispatched for call in run.calls.values())
    run.emit({**event, "inFlight": in_flight, "waiting": len(run.calls) - in_flight})


def _command_call(run: RunContext, command: Command) -> str:
    """Skip or retry one call; returns why not, or ""."""
    from odw.runtime.activity import retry_call, skip_call

    node = command.node or ""
    found = [call for call in run.calls.values() if node in _names(call)]
    if not found:
        return _nothing(run, node)
    if len(found) > 1:
        return f"{node} may be {_listed(found)}: name one by its number"
    if command.name == "skip":
        skip_call(run, found[0])
        return ""
    if run.inbox.halted is not None:
        return "the run is ending"
    why_not = retry_call(run, found[0])
    return f"call {_shown(found[0])} cannot be started over: {why_not}" if why_not else ""


def _names(call: Call) -> tuple[str, str, str]:
    return str(call.request.index), call.request.path, call.request.label


def _nothing(run: RunContext, node: str) -> str:
    if node.isascii() and node.isdecimal() and int(node) in range(1, run.agents + 1):
        return f"call {int(node)} has ended"
    going_on = list(run.calls.values())
    there = f"those that have not ended: {_listed(going_on)}" if going_on else "none is going on"
    return f'no call that goes on is named "{node}"; {there}'


def _listed(calls: list[Call]) -> str:
    more = f", and {len(calls) - _SHOWN} more" if len(calls) > _SHOWN else ""
    return ", ".join(_shown(call) for call in calls[:_SHOWN]) + more


def _shown(call: Call) -> str:
    return f"{call.request.index} ({call.request.path}, {call.request.label})"


def _remove(path: str) -> None:
    """Remove what a killed run left at ``path``; anything but a FIFO is not ours and stays. Raises OSError."""
    try:
        mode = os.lstat(path).st_mode
    except FileNotFoundError:
        return
    if stat.S_ISFIFO(mode):
        os.unlink(path)  # noqa: PTH108
