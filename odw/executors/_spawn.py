"""Start a process in a session of its own, and say why it cannot be started.

A machine that is short of processes or descriptors makes calls wait for those that run already, however long these take:
what there is room for goes on, the rest queues. Only when nothing runs whose end could make room does a start fail.
"""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Mapping, Sequence

import trio

from odw.errors import ExecutorError

# A machine short of processes, descriptors or memory; or a program that is being written at this moment.
_PASSING = (errno.EAGAIN, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ETXTBSY)
_PAUSES_S = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
_EACH = 8  # descriptors of one process: pipes, pidfd, transcripts, files in passing
_SPARE = 16  # descriptors that stay free for the journal and for what runs already


class _Crowd:
    """The processes that run or are being started, and the calls that wait until one of them ends."""

    def __init__(self) -> None:
        self.size = 0
        self._waiting = trio.lowlevel.ParkingLot()

    def enter(self) -> None:
        self.size += 1

    def leave(self) -> None:
        self.size -= 1
        self._waiting.unpark()

    async def wait(self, seconds: float) -> None:
        """Until one leaves, or so long."""
        with trio.move_on_after(seconds):
            await self._waiting.park()


crowd = _Crowd()


async def start_process(
    argv: Sequence[str], env: Mapping[str, str], cwd: str, with_input: bool
) -> trio.Process:
    """A process with pipes; it is in the ``crowd``, which it has to leave after its end. Raises ExecutorError."""
    pauses = iter(_PAUSES_S)
    while True:
        if crowd.size and _is_crowded():
            await crowd.wait(_PAUSES_S[-1])
            continue
        crowd.enter()
        try:
            return await trio.lowlevel.open_process(
                list(argv),
                stdin=subprocess.PIPE if with_input else subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=cwd,
                env=dict(env),
                start_new_session=True,
            )
        except OSError as error:
            crowd.leave()
            pause = next(pauses, None)
            if error.errno not in _PASSING or (pause is None and not crowd.size):
                raise _cannot_start(argv[0], cwd, error) from None
            await crowd.wait(_PAUSES_S[-1] if pause is None else pause)
        except ValueError as error:  # a NUL, or a character that the file system's encoding has not
            crowd.leave()
            raise ExecutorError(f"cannot start {argv[0]}: {error}", category="configuration") from None
        except BaseException:
            crowd.leave()
            raise


def _is_crowded() -> bool:
    """Whether another process could take the last descriptors, which those that run, and the journal, need too."""
    import resource

    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if limit == resource.RLIM_INFINITY or (crowd.size + 1) * _EACH + 2 * _SPARE < limit:
        return False
    try:
        return len(os.listdir("/dev/fd")) + _SPARE > limit  # noqa: PTH208 - pathlib is slow to import
    except OSError:  # none is left to look with
        return True


def _cannot_start(program: str, cwd: str, error: OSError) -> ExecutorError:
    reason = error.strerror or str(error)
    if error.errno in _PASSING and error.errno != errno.ETXTBSY:
        return ExecutorError(
            f"cannot start {program}: {reason}",
            category="transient",
            retryable=True,
            hint="The machine is short of processes, open files or memory: lower --concurrency.",
        )
    hint = ""
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.EACCES) and not os.path.isdir(cwd):  # noqa: PTH112
        reason = f"its directory is not there: {cwd}"
    elif error.errno == errno.ENOENT:
        reason = "there is no such program" if "/" in program else "there is no such program on PATH"
        hint = (
            "Install it, or give its path; if it is a script, the program in its first line must exist too."
        )
    elif error.errno in (errno.EACCES, errno.EPERM):
        reason, hint = "it is not executable", f"chmod +x {program}"
    elif error.errno == errno.ENOEXEC:
        reason, hint = "it is no program that this machine can run", "A script begins with #!."
    elif error.errno == errno.E2BIG:
        reason = "its arguments and environment are too long"
    return ExecutorError(f"cannot start {program}: {reason}", category="configuration", hint=hint)
