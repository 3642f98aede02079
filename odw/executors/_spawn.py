"""Start a process in a session of its own, and say why it cannot be started."""

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


async def start_process(
    argv: Sequence[str], env: Mapping[str, str], cwd: str, with_input: bool
) -> trio.Process:
    """A process with pipes. Waits for a while when the machine is short of something. Raises ExecutorError."""
    for pause in (*_PAUSES_S, None):
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
            if error.errno not in _PASSING or pause is None:
                raise _cannot_start(argv[0], cwd, error) from None
            await trio.sleep(pause)
        except ValueError as error:  # a NUL, or a character that the file system's encoding has not
            raise ExecutorError(f"cannot start {argv[0]}: {error}", category="configuration") from None
    raise AssertionError("the last pause is None")


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
