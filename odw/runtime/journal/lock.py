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
    """Whether a process drives the run whose journal is at ``path``; False when there is no journal.

    A child that was forked and has not come to its exec still has all its parent's descriptors. When the parent is killed just
    then, the lock outlives it by as long as that takes, which is waited for.
    """
    until = time.monotonic() + PATIENCE_S
    while _is_held(path):
        pid = holder(path)
        if pid is None or lives(pid) or time.monotonic() >= until:
            return True
        time.sleep(_LOOK_S)
    return False


def _is_held(path: str) -> bool:
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


def holder(path: str) -> int | None:
    """The process that holds the lock, from the kernel's own list; None where that does not tell, as outside Linux.

    What a file says about it is older than the lock: a driver that was killed or stopped at once has written nothing.
    """
    try:
        found = os.stat(path)  # noqa: PTH116
        with open("/proc/locks", encoding="ascii", errors="replace") as file:  # noqa: PTH123
            lines = file.readlines()
    except OSError:
        return None
    place = f"{os.major(found.st_dev):02x}:{os.minor(found.st_dev):02x}:{found.st_ino}"
    for line in (
        lines
    ):  # "1: FLOCK  ADVISORY  WRITE 4711 fe:00:2148973 0 EOF"; one that waits has "->" in the second place
        fields = line.split()
        if len(fields) > 5 and (fields[1], fields[3], fields[5]) == ("FLOCK", "WRITE", place):
            return int(fields[4]) if int(fields[4]) > 0 else None  # 0, -1: a process that we cannot see
    return None


def lives(pid: int) -> bool:
    """Whether there is such a process."""
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _flock(fd: int, kind: int) -> bool:
    try:
        fcntl.flock(fd, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
