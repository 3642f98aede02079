"""The lock of a run's journal: one process drives a run. Readers need none.

``flock`` on the journal's own descriptor, which the kernel drops with the process, however it dies; unlike POSIX locks it also
keeps a second descriptor of the same process out. The descriptor is close-on-exec, or an agent would keep the lock.
"""

from __future__ import annotations

import fcntl
import os
import time

PATIENCE_S = 0.3  # longer than anyone looks
_LOOK_S = 0.005


def lock(fd: int) -> bool:
    """Take the lock if no process drives the run. Someone who only looks (``is_locked``) is waited for.

    Raises OSError where the file system knows no locks: a run that cannot be protected must not begin.
    """
    until = time.monotonic() + PATIENCE_S
    while not _flock(fd, fcntl.LOCK_EX):
        if time.monotonic() >= until:
            return False
        time.sleep(_LOOK_S)
    return True


def is_locked(path: str) -> bool:
    """Whether a process drives the run whose journal is at ``path``; False when there is no journal."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        # shared, so that two who look do not take each other for the driver
        return not _flock(fd, fcntl.LOCK_SH)
    except OSError:
        return False
    finally:
        os.close(fd)


def _flock(fd: int, kind: int) -> bool:
    try:
        fcntl.flock(fd, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
