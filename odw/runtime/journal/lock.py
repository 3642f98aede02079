"""The lock of a run's journal: one process drives a run. Readers need none.

``flock`` on the journal's own descriptor, which the kernel drops with the process, however it dies; unlike POSIX locks it also
keeps a second descriptor of the same process out. The descriptor is close-on-exec, or an agent would keep the lock.
"""

from __future__ import annotations

import fcntl
import os


def lock(fd: int) -> bool:
    """Take the lock if it is free."""
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def is_locked(path: str) -> bool:
    """Whether a process drives the run whose journal is at ``path``; False when there is no journal."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        return not lock(fd)
    finally:
        os.close(fd)
